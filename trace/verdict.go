package trace

import (
	"strings"

	"github.com/packetwalk/packetwalk/internal/enum"
)

// Verdict is what became of a packet, or of a connection. It is comparable and holds no pointers
// but the ID's. The zero Verdict is that of a packet that was never sent.
type Verdict struct {
	Outcome Outcome `json:"outcome"`
	Code    Code    `json:"code,omitempty"` // why it was dropped
	Stage   Stage   `json:"stage,omitempty"`
	ID      string  `json:"id,omitempty"`    // the resource that dropped it, or where it arrived
	Reply   bool    `json:"reply,omitempty"` // it is the reply that was dropped
}

// String says the verdict in one line: "delivered to db-eni", "dropped at acl-x: SUBNET_ACL_RESTRICTION",
// "reply dropped at acl-x: SUBNET_ACL_RESTRICTION", "not sent". Without an ID the stage stands in its place.
func (v Verdict) String() string {
	var b strings.Builder
	if v.Reply {
		b.WriteString("reply ")
	}
	b.WriteString(v.Outcome.String())
	if place := v.place(); place != "" {
		b.WriteString(place)
	}
	if v.Code != NoCode {
		b.WriteString(": " + v.Code.String())
	}
	return b.String()
}

// place is " to db-eni" or " at acl-x", with the words that go with the outcome.
func (v Verdict) place() string {
	where := oneLine(v.ID)
	if where == "" && v.Stage != 0 {
		where = "the " + v.Stage.String()
	}
	switch {
	case where == "":
		return ""
	case v.Outcome == Delivered:
		return " to " + where
	}
	return " at " + where
}

// Outcome is what became of a packet. The zero Outcome is [NotSent].
type Outcome uint8

// The outcomes.
const (
	NotSent   Outcome = iota // there was nothing to send
	Delivered                // it arrived
	Dropped                  // something on the way dropped it
)

var outcomeNames = []string{"not sent", "delivered", "dropped"}

// String gives "not sent", "delivered" or "dropped", and "Outcome(9)" for a number that is no outcome.
func (o Outcome) String() string { return enum.String("Outcome", o, outcomeNames) }

// MarshalText is [Outcome.String]; a number that is no outcome is an error.
func (o Outcome) MarshalText() ([]byte, error) { return enum.Marshal("Outcome", o, outcomeNames) }

// UnmarshalText reads what [Outcome.MarshalText] gives, in any case. Any other text is an error.
func (o *Outcome) UnmarshalText(text []byte) error {
	return enum.Unmarshal("Outcome", text, outcomeNames, o)
}
