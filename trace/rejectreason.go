package trace

import "github.com/packetwalk/packetwalk/internal/enum"

// RejectReason says why a packet was rejected, where AWS's flow logs have a word for it: their field
// reject-reason (F1.140). The zero value is any other reason, such as a group or an ACL.
type RejectReason uint8

// The reasons.
const (
	NoRejectReason RejectReason = iota // the packet was not rejected, or for another reason
	RejectBPA                          // VPC Block Public Access (F1.512)
	RejectEC                           // VPC Encryption Controls (F3.202)
)

var rejectReasons = []string{"", "BPA", "EC"}

// String gives AWS's word, "BPA" or "EC"; "" for NoRejectReason, "RejectReason(9)" for a value without one.
func (r RejectReason) String() string { return enum.String("RejectReason", r, rejectReasons) }

// MarshalText gives AWS's word; a value without one is an error.
func (r RejectReason) MarshalText() ([]byte, error) {
	return enum.Marshal("reject reason", r, rejectReasons)
}

// UnmarshalText reads AWS's word, in any case; a word that AWS does not have is an error.
func (r *RejectReason) UnmarshalText(text []byte) error {
	return enum.Unmarshal("reject reason", text, rejectReasons, r)
}
