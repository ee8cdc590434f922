package peering

import "github.com/packetwalk/packetwalk/internal/enum"

// Status is where a peering is in its life; only an active one carries traffic (F8.001). The zero value is
// unspecified, with the empty text, and counts as [Active].
type Status uint8

// The status codes of a peering connection (F8.001).
const (
	StatusUnspecified Status = iota // counts as Active
	InitiatingRequest               // being asked for
	PendingAcceptance               // the accepter has not said yes yet; expires after 7 days (F8.002)
	Active                          // carries traffic
	Deleted                         // gone
	Rejected                        // the accepter said no
	Failed                          // could not be made, as where the blocks overlap (F8.002)
	Expired                         // the accepter said nothing for 7 days (F8.002)
	Provisioning                    // being made
	Deleting                        // being deleted
)

var statusNames = []string{
	"", "initiating-request", "pending-acceptance", "active", "deleted", "rejected", "failed", "expired", "provisioning", "deleting",
}

// String gives AWS's code of the status, such as "pending-acceptance", "" for unspecified, and "Status(99)"
// for a value without a name.
func (s Status) String() string { return enum.String("Status", s, statusNames) }

// MarshalText is String; a value without a name is an error.
func (s Status) MarshalText() ([]byte, error) { return enum.Marshal("peering status", s, statusNames) }

// UnmarshalText takes what String gives, in any case; another text is an error and leaves s as it is.
func (s *Status) UnmarshalText(text []byte) error {
	return enum.Unmarshal("peering status", text, statusNames, s)
}

// over reports whether a peering in this status never carries traffic again. What overlaps ends as
// failed (F8.002), and a VPC may grow as it likes once a peering is gone.
func (s Status) over() bool {
	return s == Deleted || s == Rejected || s == Failed || s == Expired
}
