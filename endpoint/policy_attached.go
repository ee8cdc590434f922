package endpoint

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/packetwalk/packetwalk/internal/fault"
)

// The longest policies: of an endpoint in characters with all white space (F7.007), of a bucket in bytes
// (AmazonS3, example-bucket-policies).
const (
	maxEndpointPolicy = 20480
	maxBucketPolicy   = 20 * 1024
)

// defaultPolicy is what AWS puts where an endpoint is given no policy (F7.007).
const defaultPolicy = `{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}]}`

// ParsePolicy reads the endpoint's policy; an empty one allows all (F7.007). Beside the mistakes that the
// function [ParsePolicy] finds it reports a policy of more than 20,480 characters, and a principal that is
// not "*": a gateway endpoint takes no other (F7.007). A nil endpoint has the default policy.
func (g *Gateway) ParsePolicy() (*Policy, error) {
	if g == nil {
		g = &Gateway{}
	}
	var r reader
	p := r.ofEndpoint(g.Policy)
	if p != nil {
		r.wantEveryone(p)
	}
	return r.result(p)
}

// ParsePolicy reads the endpoint's policy; an empty one allows all (F7.007). Beside the mistakes that the
// function [ParsePolicy] finds it reports a policy of more than 20,480 characters. It does not know whether
// the service takes a policy: where it does not, all is allowed whatever stands here (F7.113). A nil endpoint
// has the default policy.
func (i *Interface) ParsePolicy() (*Policy, error) {
	if i == nil {
		i = &Interface{}
	}
	var r reader
	return r.result(r.ofEndpoint(i.Policy))
}

// ParsePolicy reads the bucket's policy (F7.008). It is nil, without an error, where the bucket has none.
// Beside the mistakes that the function [ParsePolicy] finds it reports a policy of more than 20 KB, and a
// Resource that is not this bucket or something in it.
func (b *Bucket) ParsePolicy() (*Policy, error) {
	if b == nil || b.Policy == "" {
		return nil, nil
	}
	var r reader
	if n := len(b.Policy); n > maxBucketPolicy {
		r.faults.Add("Policy", fmt.Sprintf("%d bytes", n), fault.ErrLimit, "want at most %d", maxBucketPolicy)
	}
	p := r.document(b.Policy)
	if p != nil {
		r.wantBucket(p, b.Name)
	}
	return r.result(p)
}

// ofEndpoint reads an endpoint's policy, and looks at its length.
func (r *reader) ofEndpoint(document string) *Policy {
	if document == "" {
		document = defaultPolicy
	}
	if n := utf8.RuneCountInString(document); n > maxEndpointPolicy {
		r.faults.Add("Policy", fmt.Sprintf("%d characters", n), fault.ErrLimit, "want at most %d", maxEndpointPolicy)
	}
	return r.document(document)
}

// wantEveryone reports the statements that name somebody.
func (r *reader) wantEveryone(p *Policy) {
	named := func(one principal) bool { return one.kind != everyone }
	for i, s := range p.statements {
		if s.who != nil && (s.who.negated || slices.ContainsFunc(s.who.list, named)) {
			r.invalid(fmt.Sprintf("Policy.Statement[%d].Principal", i), "",
				`for a gateway endpoint want "*", and a condition on aws:PrincipalArn to name somebody`)
		}
	}
}

// wantBucket reports the resources that are not of the bucket.
func (r *reader) wantBucket(p *Policy, name string) {
	for i, s := range p.statements {
		for _, one := range s.resources {
			if !s.notAmong && !mayBeOfBucket(one.text, name) {
				r.invalid(fmt.Sprintf("Policy.Statement[%d].Resource", i), one.text,
					"it is not of this bucket; want arn:aws:s3:::%s or arn:aws:s3:::%s/*", name, name)
			}
		}
	}
}

// mayBeOfBucket reports whether an ARN of the bucket, or of what is in it, may fit a resource of a policy.
// Only what stands before the first wildcard or variable is compared.
func mayBeOfBucket(resource, name string) bool {
	parts := cutARN(resource)
	if len(parts) < arnParts {
		return true // it has a * that may stand for the rest
	}
	bucket := parts[arnParts-1]
	end := strings.IndexAny(bucket, "*?$/")
	if end >= 0 && bucket[end] != '/' {
		return strings.HasPrefix(name, bucket[:end])
	}
	bucket, _, _ = strings.Cut(bucket, "/")
	return bucket == name
}
