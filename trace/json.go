package trace

import (
	"bytes"
	"encoding/json"

	"github.com/packetwalk/packetwalk/packet"
)

var (
	_ json.Marshaler = Trace{}
	_ json.Marshaler = Hop{}
	_ json.Marshaler = Lost{}
)

// MarshalJSON gives an object with the verdict, the packet as it was sent and as it was last, the
// hops and those beyond. It is for other programs to read: rules are their text in it, so it can't be read
// back into a Trace. A number that is no Stage, Action, Outcome or Code is an error.
func (t Trace) MarshalJSON() ([]byte, error) {
	type plain Trace // without methods, or this would not end
	if t.Hops == nil {
		t.Hops = []Hop{} // a reader can then count on the list
	}
	return marshal(plain(t))
}

// MarshalJSON gives an object with what the hop holds; what is empty is left out. The rule is its
// text. The header stands there, before and after, only where the hop rewrote it.
func (h Hop) MarshalJSON() ([]byte, error) {
	object := struct {
		Stage     Stage            `json:"stage,omitempty"`
		Direction packet.Direction `json:"direction,omitempty"`
		ID        string           `json:"id,omitempty"`
		Interface string           `json:"interface,omitempty"`
		Subnet    string           `json:"subnet,omitempty"`
		VPC       string           `json:"vpc,omitempty"`
		Action    Action           `json:"action"`
		Code      Code             `json:"code,omitempty"`
		Rule      string           `json:"rule,omitempty"`
		Member    string           `json:"member,omitempty"`
		Note      string           `json:"note,omitempty"`
		Lost      []Lost           `json:"lost,omitempty"`
		Before    *packet.Packet   `json:"before,omitempty"`
		After     *packet.Packet   `json:"after,omitempty"`
	}{
		Stage: h.Stage, Direction: h.Direction, ID: h.ID, Interface: h.Interface, Subnet: h.Subnet, VPC: h.VPC,
		Action: h.Action, Code: h.Code, Rule: ruleText(h.Rule), Member: h.Member, Note: h.Note, Lost: h.Lost,
	}
	if h.Before != h.After {
		object.Before, object.After = &h.Before, &h.After
	}
	return marshal(object)
}

// MarshalJSON gives an object with the text of the rule and the code.
func (l Lost) MarshalJSON() ([]byte, error) {
	return marshal(struct {
		Rule string `json:"rule"`
		Code Code   `json:"code,omitempty"`
	}{ruleText(l.Rule), l.Code})
}

// marshal is json.Marshal that leaves the ">" of "10.1.0.0/16 -> pcx-1" as it is. Whether that is escaped in
// the end is then for the caller's encoder to say.
func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}
