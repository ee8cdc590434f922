package packetwalk

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/packetwalk/packetwalk/dns"
	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/trace"
)

// keysOfTheWay are the condition keys that the way of a request decides, in small letters.
var keysOfTheWay = []string{"aws:sourceip", "aws:sourcevpc", "aws:sourcevpce", "aws:vpcsourceip", "aws:securetransport"}

// astray says where a request went, if that is not its service: to a host of one's own that has the name.
func (n *Network) astray(a *Access) string {
	switch v := a.Flow.Forward.Verdict; {
	case !a.Flow.Forward.Delivered(), v.Stage == trace.StageService:
		return ""
	case v.Stage == trace.StageInternet && a.Flow.Lookup != nil:
		for _, step := range a.Flow.Lookup.Steps {
			if step.By == dns.AWSService && sameService(step.ID, a.Request.service()) {
				return ""
			}
		}
	case v.Stage == trace.StageInterfaceEndpoint:
		if p := n.index.ifaceEPs[v.ID]; p != nil && sameService(p.Service, a.Request.service()) {
			return ""
		}
	}
	return fmt.Sprintf("%s leads to %v, which is not %s", a.Request.Host, a.Flow.Forward.Verdict.ID, a.Request.service())
}

// abroad says where the resource is, if that is not where the service was called: no Region has the buckets
// of another one, and S3 only tells who asks to go there (F7.003).
func (n *Network) abroad(a *Access) string {
	where := n.resourceRegion(a.Request)
	if !a.Flow.OK() || where == "" || where == a.Request.Region {
		return ""
	}
	return fmt.Sprintf("%s is %s in %s, which is not where %s is: %s", a.Request.Host, a.Request.Service, a.Request.Region, a.Request.Resource, where)
}

// sameService compares the names of two services, of which those in China may begin with another word.
func sameService(a, b string) bool {
	return a == b || endpoint.Short(a) == endpoint.Short(b) && endpoint.Short(a) != "" && endpoint.Region(a) == endpoint.Region(b)
}

// ask asks the policies, where the network has let the request by. A deny that is certain goes before what
// can't be told.
func (s Source) ask(a *Access) error {
	r := s.policyRequest(a)
	if err := s.askEndpoint(a, r); err != nil {
		return err
	}
	err := s.askResource(a, r)
	a.NotEvaluated = append(a.NotEvaluated, "the policies of who asks, and their boundaries: taken to allow", "the organization's policies")
	return err
}

// refuse notes who said no. The first one counts; but what can't be told goes behind who denies for certain.
func (a *Access) refuse(by Refusal, why string) {
	if a.denied == NotRefused || a.denied == CannotTell && by != CannotTell {
		a.denied, a.why = by, why
	}
}

// policyRequest is the request as the policies see it, with the keys of the way that it took: those of
// endpoints only where it came by one, and the source address only where it did not (F7.004, F7.008).
func (s Source) policyRequest(a *Access) endpoint.Request {
	r := endpoint.Request{
		Principal: a.Request.Principal, PrincipalAccount: a.Request.principalAccount(s), PrincipalOrgID: a.Request.PrincipalOrgID,
		Action: a.Request.Action, Resource: a.Request.Resource, Context: make(map[string][]string),
	}
	if r.Principal == "" { // a role
		r.Context["aws:PrincipalType"], r.Context["aws:PrincipalIsAWSService"] = []string{"AssumedRole"}, []string{"false"}
		r.Context["aws:username"] = nil
	}
	r.Context["aws:SecureTransport"] = []string{fmt.Sprint(!a.Request.PlainHTTP)}
	r.Context["aws:RequestedRegion"] = []string{a.Request.Region}
	if account := s.network.resourceAccount(a.Request); account != "" {
		r.Context["aws:ResourceAccount"] = []string{account}
	}
	source := a.Flow.Forward.Last.Src
	a.Endpoint = endpointOf(a.Flow.Forward)
	switch {
	case a.Endpoint != "":
		r.Context["aws:SourceVpce"] = []string{a.Endpoint}
		r.Context["aws:SourceVpc"] = []string{s.network.vpcOfEndpoint(a.Endpoint)}
		r.Context["aws:VpcSourceIp"] = []string{source.String()}
	case isPublic(source):
		r.Context["aws:SourceIp"] = []string{source.String()}
	default:
		r.Unknown = []string{"aws:SourceIp"}
	}
	for key, values := range a.Request.Context {
		for have := range r.Context {
			if strings.EqualFold(have, key) {
				delete(r.Context, have)
			}
		}
		r.Context[key] = slices.Clone(values)
	}
	return r
}

// endpointOf is the endpoint that a request came by: the last one, which may stand behind a NAT gateway.
func endpointOf(t trace.Trace) (id string) {
	for _, h := range t.Hops {
		if h.Stage == trace.StageGatewayEndpoint || h.Stage == trace.StageInterfaceEndpoint {
			id = h.ID
		}
	}
	return id
}

// isPublic reports whether an address may be that of somebody on the internet.
func isPublic(a netip.Addr) bool {
	return a.IsValid() && !a.IsPrivate() && !a.IsLinkLocalUnicast() && !carrierGrade.Contains(a)
}

// vpcOfEndpoint is the VPC of a gateway or interface endpoint.
func (n *Network) vpcOfEndpoint(id string) string {
	if g := n.byEndpoint[id]; g != nil {
		return g.VPC.Data.ID
	}
	if p := n.index.ifaceEPs[id]; p != nil {
		return p.VPC
	}
	return ""
}

// askEndpoint asks the policy of the endpoint that the request went by: all that passes needs to be allowed
// there (F7.007). Where the service takes no such policy all passes (F7.113).
func (s Source) askEndpoint(a *Access, r endpoint.Request) error {
	var p *endpoint.Policy
	var err error
	if g := s.network.byEndpoint[a.Endpoint]; g != nil {
		p, err = g.Data.ParsePolicy()
	} else if e := s.network.index.ifaceEPs[a.Endpoint]; e != nil {
		if offer, _ := endpoint.Offers(e.Service); !offer.Policy {
			return nil
		}
		p, err = e.ParsePolicy()
	} else {
		return nil
	}
	if err != nil {
		return fmt.Errorf("endpoint %q: %w", a.Endpoint, err)
	}
	d := p.Evaluate(r)
	a.EndpointPolicy = &d
	switch d.Effect {
	case endpoint.Allow:
	case endpoint.CannotTell:
		a.refuse(CannotTell, fmt.Sprintf("the policy of endpoint %s: %v", a.Endpoint, d))
	default:
		a.refuse(ByEndpointPolicy, fmt.Sprintf("the policy of endpoint %s: %v", a.Endpoint, d))
	}
	return nil
}

// askResource asks the policy of the resource: a bucket's (F7.008), or the one that came with the request.
func (s Source) askResource(a *Access, r endpoint.Request) error {
	if a.Request.bucket() != "" {
		a.NotEvaluated = append(a.NotEvaluated, "the bucket's Block Public Access and access control lists")
	}
	p, known, err := s.network.resourcePolicy(a.Request)
	whose := "the policy of the resource"
	if name := a.Request.bucket(); name != "" {
		whose = "the policy of bucket " + name
	}
	needs, why := s.network.needsResourcePolicy(a.Request, r)
	switch {
	case err != nil:
		return fmt.Errorf("%s: %w", whose, err)
	case !known && needs:
		a.refuse(CannotTell, fmt.Sprintf("%s is not known, and has to allow: %s", whose, why))
		return nil
	case !known:
		a.NotEvaluated = append(a.NotEvaluated, "the policy of the resource, if it has one")
		return nil
	case p == nil && !needs:
		return nil
	}
	d := p.Evaluate(r)
	a.ResourcePolicy, a.resourceSays = &d, d.String()
	decides := d
	if !needs {
		decides = p.Denies(r)
	}
	if decides.Effect != d.Effect && decides.Effect == endpoint.Allow {
		a.resourceSays = decides.String() + ", and it need not allow"
	}
	switch decides.Effect {
	case endpoint.Allow:
	case endpoint.CannotTell:
		a.refuse(CannotTell, fmt.Sprintf("%s: %v", whose, decides))
	case endpoint.ImplicitDeny:
		a.refuse(ByResourcePolicy, fmt.Sprintf("%s: %v; it has to allow: %s", whose, decides, why))
	default:
		a.refuse(ByResourcePolicy, fmt.Sprintf("%s: %v", whose, decides))
	}
	return nil
}

// resourcePolicy finds the policy of the resource, nil for a bucket without one; known is false where nothing
// says whether it has one. An action without a resource has none; but which of those nobody has to sign, such
// as sts:AssumeRoleWithWebIdentity, nothing says.
func (n *Network) resourcePolicy(r Request) (p *endpoint.Policy, known bool, err error) {
	if r.ResourcePolicy != "" {
		p, err = endpoint.ParsePolicy(r.ResourcePolicy)
		return p, true, err
	}
	if b := n.index.buckets[r.bucket()]; b != nil {
		p, err = b.ParsePolicy()
		return p, true, err
	}
	return nil, r.Resource == "*" && r.Principal != endpoint.Anonymous, nil
}

// needsResourcePolicy reports whether the resource's own policy has to allow, and why: for who is of another
// account or of none (reference_policies_evaluation-logic-cross-account), and for keys of KMS and roles
// (reference_policies_evaluation-logic_policy-eval-basics). Of an unknown bucket not even the account is
// known.
func (n *Network) needsResourcePolicy(r Request, asked endpoint.Request) (needs bool, why string) {
	owner := n.resourceAccount(r)
	switch {
	case asked.Principal == endpoint.Anonymous:
		return true, "nobody signed the request"
	case r.Resource == "*":
		return false, ""
	case asked.PrincipalAccount == "":
		return true, "a service of AWS asks"
	case r.bucket() != "" && owner == "":
		return true, "the Config does not have the bucket"
	case owner != "" && owner != asked.PrincipalAccount:
		return true, fmt.Sprintf("account %s asks, and %s owns it", asked.PrincipalAccount, owner)
	case r.Service == "kms" || strings.EqualFold(r.Action, "sts:AssumeRole"):
		return true, "so it is with keys and roles"
	}
	return false, ""
}
