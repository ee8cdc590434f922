package endpoint

import "github.com/packetwalk/packetwalk/internal/fault"

// Bucket is an S3 bucket, as far as it says who may reach what it holds (F7.008).
type Bucket struct {
	Name    string
	Account string // owner; zero: Build puts the account of AWS's own examples
	Region  string // zero: Build puts "us-east-1"
	Policy  string // the policy document, kept as it is; empty: none
}

// Validate reports every mistake that can be seen in the bucket alone. A nil Bucket is reported like a zero one.
func (b *Bucket) Validate() error {
	if b == nil {
		b = &Bucket{}
	}
	var faults fault.List
	if b.Name == "" {
		faults.Add("Name", "", fault.ErrInvalid, "want the name of a bucket")
	}
	return faults.Err()
}
