package packetwalk

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/packetwalk/packetwalk/endpoint"
)

// Request is what is asked of AWS, and by whom.
type Request struct {
	// Principal is the ARN of who asks, as in [endpoint.Request]. Zero: a role of the account of from, of
	// which nobody knows the name, so that what hangs on that can't be told; outside of VPCs
	// [endpoint.Anonymous].
	Principal string
	// PrincipalOrgID is the organization of that account, "o-...". Zero: it is in none; with a zero Principal
	// it is not known.
	PrincipalOrgID string

	Action   string // "s3:GetObject"
	Resource string // the ARN: "arn:aws:s3:::bucket/key"; "*" for an action that has none

	// Service is the short name of the service, "ecr.api". Zero: that of Action.
	Service string
	// Region is where the service is called. Zero: that of the bucket or the resource, else that of the VPC
	// of from. Where the resource is in another one, the call is not answered: no Region has those of another.
	Region string
	// Host is the DNS name that is called. Zero: the service's public name in Region, for a bucket the
	// bucket's own: "bucket.s3.eu-west-1.amazonaws.com".
	Host string
	// PlainHTTP is a call without TLS, at tcp/80: aws:SecureTransport is false.
	PlainHTTP bool

	// ResourcePolicy is the policy of a resource that is no bucket of the Config: of a queue, of a key.
	// Empty: it is not known.
	ResourcePolicy string
	// Context holds further condition keys, as in [endpoint.Request]. What follows from the way that the
	// request takes is no part of it: aws:SourceIp, aws:SourceVpc, aws:SourceVpce, aws:VpcSourceIp,
	// aws:SecureTransport.
	Context map[string][]string
}

// port is the service that the network carries.
func (r Request) port() string {
	if r.PlainHTTP {
		return "tcp/80"
	}
	return "tcp/443"
}

// service is the full name of the service of a request that was filled in. That of IAM has no Region.
func (r Request) service() string {
	if global := "com.amazonaws." + r.Service; len(endpoint.PublicNames(global)) > 0 {
		return global
	}
	return "com.amazonaws." + r.Region + "." + r.Service
}

// arn is the resource's ARN in its six parts; nil where it is none.
func (r Request) arn() []string {
	if parts := strings.SplitN(r.Resource, ":", 6); len(parts) == 6 {
		return parts
	}
	return nil
}

// bucket is the name of the bucket that the request is about; "" where it is about none.
func (r Request) bucket() string {
	arn := r.arn()
	if arn == nil || arn[2] != "s3" || arn[3] != "" || arn[4] != "" {
		return ""
	}
	name, _, _ := strings.Cut(arn[5], "/")
	return name
}

// servicesOf are the services whose actions begin with another word than their endpoints' names.
var servicesOf = map[string]string{
	"cloudwatch":   "monitoring",
	"codeartifact": "codeartifact.api",
	"ecr":          "ecr.api",
	"firehose":     "kinesis-firehose",
	"kinesis":      "kinesis-streams",
	"sagemaker":    "sagemaker.api",
	"ses":          "email",
	"tag":          "tagging",
}

// fill puts in what a request leaves open. The error joins what is wrong with it.
func (s Source) fill(r Request) (Request, error) {
	var bad []error
	wrong := func(field, value, format string, args ...any) {
		bad = append(bad, fmt.Errorf("%w: %s %q: %s", ErrInvalid, field, value, fmt.Sprintf(format, args...)))
	}
	prefix, action, ok := strings.Cut(r.Action, ":")
	if !ok || prefix == "" || action == "" || strings.ContainsAny(r.Action, "*? ") {
		wrong("Action", r.Action, "want one action, such as s3:GetObject")
	}
	arn := r.arn()
	if r.Resource != "*" && (arn == nil || arn[0] != "arn" || arn[2] == "" || arn[5] == "") {
		wrong("Resource", r.Resource, "want the ARN of one, such as arn:aws:s3:::bucket/key")
	}
	if want := ofBucket(r, strings.ToLower(action)); want != "" {
		wrong("Resource", r.Resource, "%s", want)
	}
	if !isPrincipal(r.Principal) {
		wrong("Principal", r.Principal, "want the ARN of a role, a session or a user, an account, a service, or %q", endpoint.Anonymous)
	}
	for key := range r.Context {
		if slices.Contains(keysOfTheWay, strings.ToLower(key)) {
			wrong("Context", key, "it follows from the way that the request takes")
		}
	}
	if len(bad) > 0 {
		slices.SortFunc(bad, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
		return r, errors.Join(bad...)
	}
	if r.Principal == "" && s.origin.Interface == nil {
		r.Principal = endpoint.Anonymous
	}
	return s.fillService(r, strings.ToLower(prefix))
}

// fillService says where the service is called.
func (s Source) fillService(r Request, prefix string) (Request, error) {
	if service, ok := endpoint.ServiceNamed(r.Host); ok {
		r.Service = cmp.Or(r.Service, endpoint.Short(service))
		r.Region = cmp.Or(r.Region, endpoint.Region(service))
	}
	r.Service = cmp.Or(r.Service, servicesOf[prefix], prefix)
	if ofS3 := strings.HasPrefix(r.Service, "s3"); ofS3 != strings.HasPrefix(prefix, "s3") {
		return r, fmt.Errorf("%w: Action %q: want one of service %s, which is called", ErrInvalid, r.Action, r.Service)
	}
	r.Region = cmp.Or(r.Region, s.network.resourceRegion(r), s.region())
	if r.Host != "" {
		if !isHost(r.Host) {
			return r, fmt.Errorf("%w: Host %q: want a DNS name, such as bucket.s3.eu-west-1.amazonaws.com", ErrInvalid, r.Host)
		}
		return r, nil
	}
	names := endpoint.PublicNames(r.service())
	switch {
	case len(names) == 0:
		return r, fmt.Errorf("%w: Service %q in Region %q: want a service's short name, such as ecr.api, and a Region such as us-east-1", ErrInvalid, r.Service, r.Region)
	case strings.HasPrefix(names[0], "*."):
		return r, fmt.Errorf("%w: Host %q: want the name that is called, since each user of %s has another: %s", ErrInvalid, r.Host, r.Service, names[0])
	}
	r.Host = names[0]
	if bucket := r.bucket(); bucket != "" {
		r.Host = bucket + "." + r.Host
	}
	return r, nil
}

// ofBucket says what resource an action of S3 is about, where it is another kind than the request's; "" where
// it is that one. A policy that denies the objects of a bucket says nothing of the bucket's own ARN.
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
func ofBucket(r Request, action string) string {
	bucket := r.bucket()
	_, key, _ := strings.Cut(r.Resource, "/")
	switch {
	case bucket == "":
	case key == "" && objectAction(action):
		return fmt.Sprintf("want the ARN of an object, such as arn:aws:s3:::%s/key, for %s", bucket, r.Action)
	case key != "" && strings.HasPrefix(action, "listbucket"):
		return fmt.Sprintf("want the ARN of the bucket, arn:aws:s3:::%s, for %s, and s3:prefix in Context", bucket, r.Action)
	}
	return ""
}

// objectAction reports whether an action, in small letters, is about an object.
func objectAction(action string) bool {
	for _, verb := range []string{"get", "put", "delete", "restore"} {
		if strings.HasPrefix(action, verb+"object") {
			return true
		}
	}
	return false
}

// isPrincipal reports whether text may stand for who asks.
func isPrincipal(text string) bool {
	arn := strings.Split(text, ":")
	isARN := len(arn) >= 6 && arn[0] == "arn" && (arn[2] == "iam" || arn[2] == "sts") && isAccountID(arn[4])
	isService := !strings.Contains(text, ":") && strings.Contains(text, ".amazonaws.com")
	return text == "" || text == endpoint.Anonymous || isAccountID(text) || isARN || isService
}

// isAccountID reports whether text is the number of an account.
func isAccountID(text string) bool { return len(text) == 12 && strings.Trim(text, "0123456789") == "" }

// principalAccount is the account of who asks; "" for nobody's.
func (r Request) principalAccount(s Source) string {
	arn := strings.Split(r.Principal, ":")
	switch {
	case r.Principal == "":
		return s.account()
	case len(arn) >= 6:
		return arn[4]
	case r.Principal == endpoint.Anonymous:
		return ""
	case isAccountID(r.Principal):
		return r.Principal
	}
	return ""
}

// resourceAccount is the account that owns the resource; "" where it is not known.
func (n *Network) resourceAccount(r Request) string {
	if b := n.index.buckets[r.bucket()]; b != nil {
		return b.Account
	}
	if arn := r.arn(); arn != nil {
		return arn[4]
	}
	return ""
}

// resourceRegion is the Region of the resource; "" where it is in none, or it is not known.
func (n *Network) resourceRegion(r Request) string {
	if b := n.index.buckets[r.bucket()]; b != nil {
		return b.Region
	}
	if arn := r.arn(); arn != nil {
		return arn[3]
	}
	return ""
}
