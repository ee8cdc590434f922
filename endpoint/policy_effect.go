package endpoint

import "github.com/packetwalk/packetwalk/internal/enum"

// Effect is what a policy says of a request. An explicit deny goes over an allow, and an allow over the deny
// that there is where nothing allows (reference_policies_evaluation-logic). The zero value is unspecified,
// with the empty text: no policy was asked.
type Effect uint8

// The effects of a policy.
const (
	_            Effect = iota
	ImplicitDeny        // no statement allows
	Allow               // a statement allows, and none denies
	ExplicitDeny        // a statement denies
	CannotTell          // it hangs on something that the request does not say
)

// The names are those of the IAM policy simulator, and one of ours.
var effectNames = []string{"", "implicitDeny", "allowed", "explicitDeny", "cannotTell"}

// String gives the name that AWS's policy simulator has for the effect, such as "explicitDeny", "cannotTell"
// where it has none, "" for unspecified, and "Effect(9)" for a value without a name.
func (e Effect) String() string { return enum.String("Effect", e, effectNames) }

// MarshalText is String; a value without a name is an error.
func (e Effect) MarshalText() ([]byte, error) { return enum.Marshal("effect", e, effectNames) }

// UnmarshalText reads what String gives, in any case; another text is an error and leaves e as it is.
func (e *Effect) UnmarshalText(text []byte) error {
	return enum.Unmarshal("effect", text, effectNames, e)
}
