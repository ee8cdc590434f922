package endpoint

import (
	"slices"
	"strings"
)

// Anonymous is the [Request.Principal] of a request that nobody signed.
const Anonymous = "anonymous"

// Request is what a policy is asked about: who wants to do what, with which resource, and how the request
// came.
//
// A condition key has a value, has none, or nobody knows. Context gives values; an empty list says that the
// request does not have the key. Of a key that Context does not name:
//
//   - The keys of who asks come from Principal, PrincipalAccount and PrincipalOrgID: aws:PrincipalArn,
//     aws:PrincipalAccount, aws:PrincipalOrgID, aws:PrincipalType, aws:username, aws:PrincipalIsAWSService
//     and aws:PrincipalServiceName.
//   - The keys of the way that the request took are absent: aws:SourceIp, aws:SourceVpc, aws:SourceVpce,
//     aws:VpcSourceIp, and with aws:SourceVpce all others that tell of an endpoint. So are s3:prefix,
//     s3:delimiter and s3:max-keys, which a request may go without, aws:CalledVia, and where no service asks
//     aws:SourceArn, aws:SourceAccount and their kin. aws:ViaAWSService is false: the request is made by who
//     asks.
//   - Any other key is unknown, and what hangs on it is [CannotTell].
//
// The zero Request asks nothing: it can't be told.
type Request struct {
	// Principal is the ARN of who asks: an IAM user, a role, a role session, or an account's root user; or a
	// service's name, such as "delivery.logs.amazonaws.com"; or [Anonymous]. Empty: not known, so that a
	// statement which names principals can't be told. A role session is taken to be of a role without a path;
	// give aws:PrincipalArn in Context for another.
	Principal string
	// PrincipalAccount is the account of who asks. Empty: the one in Principal. With an empty Principal it says
	// that somebody of the account asks, and no service.
	PrincipalAccount string
	// PrincipalOrgID is the organization that the account is in, "o-...". Empty: in none, where Principal is
	// known.
	PrincipalOrgID string

	Action   string // "s3:GetObject"
	Resource string // the ARN: "arn:aws:s3:::bucket/key"

	// Context holds the values of condition keys, whose case does not matter.
	Context map[string][]string
	// Unknown are keys of which nobody knows whether the request has them. They go over all that is said
	// above.
	Unknown []string
}

// asked is a request made ready for looking up its keys.
type asked struct {
	Request
	who     principal
	context map[string][]string // by keys in small letters
	unknown []string            // the same
}

// ask makes a request ready.
func ask(r Request) *asked {
	a := &asked{Request: r, who: whoAsks(r), context: make(map[string][]string, len(r.Context))}
	for key, values := range r.Context {
		a.context[strings.ToLower(key)] = append(a.context[strings.ToLower(key)], values...)
	}
	for _, key := range r.Unknown {
		a.unknown = append(a.unknown, strings.ToLower(key))
	}
	return a
}

// values gives what the request has for a condition key, none where it has not the key. Without known it may
// be anything.
func (a *asked) values(key string) (values []string, known bool) {
	key = strings.ToLower(key)
	if slices.Contains(a.unknown, key) {
		return nil, false
	}
	if values, ok := a.context[key]; ok {
		return values, true
	}
	if of, ok := keysOfWho[key]; ok {
		return of(a)
	}
	return nil, absentKeys[key] || a.absentWithout(key)
}

// variable gives the value of a policy variable: unknown where nobody knows it, no where there is none. A key
// with several values is no variable.
func (a *asked) variable(v piece) (string, truth) {
	values, known := a.values(v.key)
	switch {
	case !known || len(values) > 1:
		return "", unknown
	case len(values) == 1:
		return values[0], yes
	case v.fallback != nil:
		return *v.fallback, yes
	}
	return "", no
}
