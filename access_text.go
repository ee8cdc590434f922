package packetwalk

import (
	"fmt"
	"strings"

	"github.com/packetwalk/packetwalk/internal/enum"
)

// Refusal is who said no to a request of [Network.Access]. The zero Refusal is nobody.
type Refusal uint8

// Who may say no.
const (
	NotRefused       Refusal = iota // it is allowed, as far as what was evaluated tells
	ByNetwork                       // the service, in the resource's Region, or its answer can't be reached
	ByEndpointPolicy                // the policy of the endpoint that it went by
	ByResourcePolicy                // the policy of the bucket, or of another resource
	CannotTell                      // it hangs on something that is not known
)

var refusalNames = []string{"", "network", "endpoint policy", "resource policy", "cannot tell"}

// String gives "network", "endpoint policy", "resource policy", "cannot tell", "" for nobody, and
// "Refusal(9)" for a number that is none.
func (r Refusal) String() string { return enum.String("Refusal", r, refusalNames) }

// MarshalText is [Refusal.String]; a number that is none is an error.
func (r Refusal) MarshalText() ([]byte, error) { return enum.Marshal("Refusal", r, refusalNames) }

// UnmarshalText reads what [Refusal.MarshalText] gives, in any case. Any other text is an error.
func (r *Refusal) UnmarshalText(text []byte) error {
	return enum.Unmarshal("Refusal", text, refusalNames, r)
}

// Format prints what became of a request: one line for %v and %s, for %+v the policies and the hops as well.
func (a Access) Format(s fmt.State, verb rune) {
	if verb == 'v' && s.Flag('+') {
		fmt.Fprint(s, a.story())
		return
	}
	fmt.Fprint(s, a.String())
}

// String says in one line what became of the request, and who said no.
func (a Access) String() string {
	return fmt.Sprintf("%s: %s on %s: %s", a.From, a.Request.Action, a.Request.Resource, a.outcome())
}

// outcome is the verdict with its reason; of a 403 the number stands for it.
func (a Access) outcome() string {
	switch {
	case !a.asked():
		return "not asked"
	case a.OK():
		return a.verdict()
	case a.Status() != 0:
		return fmt.Sprintf("%d: %s", a.Status(), a.why)
	}
	return a.verdict() + ": " + a.why
}

// story is the whole of it: by which way, what each policy says, what nobody asked, and the hops.
func (a Access) story() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s on %s: %s\n\n", a.From, a.Request.Action, a.Request.Resource, a.verdict())
	line := func(what, text string) {
		for i, part := range folded(text, reportWidth-17) {
			if i > 0 {
				what = ""
			}
			fmt.Fprintf(&b, "%-15s  %s\n", what, part)
		}
	}
	line("who", a.who())
	line("network", a.network())
	if d := a.EndpointPolicy; d != nil {
		line("endpoint policy", d.String())
	}
	if a.ResourcePolicy != nil {
		line("resource policy", a.resourceSays)
	}
	if a.denied == ByNetwork || a.denied == CannotTell {
		line("why", a.why)
	}
	if len(a.NotEvaluated) > 0 {
		line("not evaluated", strings.Join(a.NotEvaluated, "; "))
	}
	fmt.Fprintf(&b, "\n%+v", a.Flow)
	return b.String()
}

// verdict is the outcome in a few words.
func (a Access) verdict() string {
	switch a.denied {
	case NotRefused:
		return "allowed"
	case ByNetwork:
		return "no answer"
	case CannotTell:
		return "can't be told"
	}
	return fmt.Sprintf("%d by %v", a.Status(), a.denied)
}

// who is the principal.
func (a Access) who() string {
	if a.Request.Principal == "" {
		return "a role of the account of " + a.From
	}
	return a.Request.Principal
}

// network says what the network made of the request.
func (a Access) network() string {
	if way := a.Flow.Way(); a.Flow.OK() && way != (Way{}) {
		text := fmt.Sprintf("%v, by %v", a.Flow, way)
		if a.Endpoint != "" && a.Endpoint != way.ID {
			text += " and endpoint " + a.Endpoint
		}
		return text
	}
	return a.Flow.String()
}
