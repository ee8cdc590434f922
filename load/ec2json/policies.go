package ec2json

import "github.com/packetwalk/packetwalk/internal/fault"

// unread stands for a policy that can't be read. It denies what has a key of which nobody knows, so that what
// it says of a request can't be told. An Allow would not do: inside one account only the denies of a bucket's
// policy count.
const unread = `{"Version": "2012-10-17", "Statement": [{"Sid": "Unread", "Effect": "Deny", "Principal": "*", "Action": "*", ` +
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
