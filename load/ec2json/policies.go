package ec2json

import "github.com/packetwalk/packetwalk/internal/fault"

// unread stands for a policy that can't be read. It allows what has a key that no request has, so that what
// it says of a request can't be told: neither an allow nor a deny.
const unread = `{"Version": "2012-10-17", "Statement": [{"Sid": "Unread", "Effect": "Allow", "Principal": "*", "Action": "*", ` +
	`"Resource": "*", "Condition": {"StringEquals": {"packetwalk:PolicyThatCouldNotBeRead": "true"}}}]}`

// readable gives a policy as it stands, or what stands for one of which err says that it can't be read.
func (l *loader) readable(o origin, document string, err error) string {
	if err == nil {
		return document
	}
	for _, wrong := range fault.Of(err) {
		l.warn(o, Unsupported, wrong.Field, wrong.Value, "a policy of which nobody can tell what it says stands for it: "+wrong.Err.Error())
	}
	return unread
}
