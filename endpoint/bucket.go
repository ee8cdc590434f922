package endpoint

import (
	"net/netip"
	"strings"

	"github.com/packetwalk/packetwalk/internal/fault"
)

// Bucket is an S3 bucket, as far as it says who may reach what it holds (F7.008).
type Bucket struct {
	Name    string
	Account string // owner; zero: Build puts the account of AWS's own examples
	Region  string // zero: Build puts "us-east-1"
	Policy  string // the policy document, kept as it is; empty: none
}

// Validate reports every mistake that can be seen in the bucket alone, all at once: a name that S3 does not
// take, an account or a Region that is none, and all that [Bucket.ParsePolicy] reports. A nil Bucket is
// reported like a zero one.
func (b *Bucket) Validate() error {
	if b == nil {
		b = &Bucket{}
	}
	var faults fault.List
	if why := misnamed(b.Name); why != "" {
		faults.Add("Name", b.Name, fault.ErrInvalid, "%s", why)
	}
	if b.Account != "" && !isAccount(b.Account) {
		faults.Add("Account", b.Account, fault.ErrInvalid, "want an account's 12 digits")
	}
	if b.Region != "" && !isRegion(b.Region) {
		faults.Add("Region", b.Region, fault.ErrInvalid, "want a Region such as us-east-1")
	}
	_, err := b.ParsePolicy()
	return append(faults, fault.Of(err)...).Err()
}

// reservedNames are the beginnings and ends that S3 keeps for itself. It keeps "amzn-s3-demo-" too, for the
// examples in its documentation, which people paste.
var reservedNames = struct{ first, last []string }{
	first: []string{"xn--", "sthree-"},
	last:  []string{"-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"},
}

// misnamed says what is wrong with a name, by the rules for general purpose buckets
// (https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html); "" where nothing is.
func misnamed(name string) string {
	switch {
	case len(name) < 3 || len(name) > 63:
		return "want a name of 3 to 63 characters"
	case strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789.-") != "":
		return "want small letters, digits, dots and hyphens only"
	case strings.Trim(name, ".-") != name:
		return "want a letter or digit at both ends"
	case strings.Contains(name, ".."):
		return "want no two dots side by side"
	}
	if _, err := netip.ParseAddr(name); err == nil {
		return "want no IP address"
	}
	for _, text := range reservedNames.first {
		if strings.HasPrefix(name, text) {
			return "S3 keeps names that begin with " + text + " for itself"
		}
	}
	for _, text := range reservedNames.last {
		if strings.HasSuffix(name, text) {
			return "S3 keeps names that end with " + text + " for itself"
		}
	}
	return ""
}
