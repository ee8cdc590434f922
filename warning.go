package packetwalk

import (
	"fmt"

	"github.com/packetwalk/packetwalk/internal/enum"
)

// Warning is something that AWS allows and people regret.
type Warning struct {
	Code  WarningCode
	Kind  Kind // of the resource
	ID    string
	Field string // path inside the resource; "" for all of it
	Text  string // what is wrong, and what would mend it
}

// String says it in one line.
func (w Warning) String() string {
	where := ""
	if w.Field != "" {
		where = " " + w.Field
	}
	return fmt.Sprintf("%s %q%s: %s (%s)", w.Kind, w.ID, where, w.Text, w.Code)
}

// WarningCode says what kind of thing is regretted.
type WarningCode uint8

// The warnings.
const (
	WarningUnspecified   WarningCode = iota
	PublicByMainTable                // a subnet without a table of its own, where the main one leads out
	ACLEntryNeverMatches             // an ACL entry behind one that takes all that it could
	CrossZoneNAT                     // a route to a NAT gateway in another Availability Zone
	PrivateSubnetNAT                 // a public NAT gateway in a subnet without a way to the internet
	BlackholeRoute                   // a route whose target can't take packets
	StaleRule                        // a group rule that refers to a group which can't be reached any more
	NotModelled                      // a route to a kind of target that is kept and not walked
	UnusedGroup                      // a group that no interface has, and no rule refers to
	NoInterface                      // an instance without a network interface
	NATLoop                          // a NAT gateway to which the table of its own subnet leads
	ACLDropsReplies                  // an ACL that lets requests by and not the replies to them
	OpenAdminPort                    // a rule that lets everybody try SSH, RDP, WinRM or Telnet
	DockerBridge                     // a block that shares addresses with Docker's default bridge
	OverQuota                        // more than an account may have unless it asked AWS for more
	MiddleboxAtService               // an appliance between a NAT gateway or the like and the subnet where that stands
)

var warningCodes = []string{
	"", "PublicByMainTable", "ACLEntryNeverMatches", "CrossZoneNAT", "PrivateSubnetNAT", "BlackholeRoute", "StaleRule", "NotModelled",
	"UnusedGroup", "NoInterface", "NATLoop", "ACLDropsReplies", "OpenAdminPort", "DockerBridge", "OverQuota",
	"MiddleboxAtService",
}

// String gives the constant's name.
func (c WarningCode) String() string { return enum.String("WarningCode", c, warningCodes) }

// MarshalText gives the constant's name.
func (c WarningCode) MarshalText() ([]byte, error) {
	return enum.Marshal("warning code", c, warningCodes)
}

// UnmarshalText parses the constant's name.
func (c *WarningCode) UnmarshalText(text []byte) error {
	return enum.Unmarshal("warning code", text, warningCodes, c)
}
