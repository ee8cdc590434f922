package packetwalk

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/packet"
)

// Check is a list of what something needs of the network: the names that it calls, and the ports. Those of
// this package, such as [SessionManager], are for what people run in VPCs; make others like them. A Check
// without needs has all that it needs.
type Check struct {
	Name  string // "Session Manager"; for people only
	Needs []Need
	// Region is where the services of AWS are called. Zero: where the VPC of who is checked is, or us-east-1
	// outside of VPCs.
	Region string
}

// Need is one thing that a [Check] asks for: a service of AWS's, or any other destination.
type Need struct {
	// AWS is the short name of a service of AWS's, "ssm" or "ecr.api", as the names of its endpoints have it.
	// It is called by its public name in the Region; where that begins with a label of one's own, as that of
	// ecr.dkr does, the number of the account stands there.
	AWS string
	// To is a destination as for [Network.Probe], where AWS is empty: a DNS name, [Internet].
	To string

	Service  string // "tcp/443", which is the default
	Why      string // what it is for
	Optional bool   // it works without, or only some use it
}

// String is what is needed: "ssm", "db.corp.example".
func (d Need) String() string { return cmp.Or(d.AWS, d.To) }

// With gives the check with more needs behind its own: the API server of an EKS cluster, say.
func (c Check) With(more ...Need) Check {
	c.Needs = append(c.Needs[:len(c.Needs):len(c.Needs)], more...)
	return c
}

// Check asks for everything that c needs, one by one, as [Network.Probe] would. From is as there; who is on
// the internet reaches the services of AWS past the network. What does not work is no error, and neither is a
// name that nobody knows: the report says so. The error is for an origin that does not exist, and for needs
// that can't be asked, all at once.
//
// A check is about the network: it asks no policy, of an endpoint's or a bucket's, which is for
// [Network.Access]. An image pull may pass here and end in a 403.
func (n *Network) Check(from string, c Check) (Report, error) {
	s, err := n.source(from)
	if err != nil {
		return Report{}, fmt.Errorf("packetwalk: check %q from %q: origin: %w", c.Name, from, err)
	}
	r := Report{From: from, Check: c.Name}
	var bad []error
	for _, need := range c.Needs {
		row, err := s.need(need, cmp.Or(c.Region, s.region()))
		if err != nil {
			bad = append(bad, fmt.Errorf("packetwalk: check %q from %q: %q: %w", c.Name, from, need.String(), err))
		}
		r.Rows = append(r.Rows, row)
	}
	if len(bad) > 0 {
		return Report{}, errors.Join(bad...)
	}
	return r, nil
}

// region is that of the VPC of s.
func (s Source) region() string {
	if e := s.origin.Interface; e != nil {
		return e.Subnet.VPC.Data.Region
	}
	return defaultRegion
}

// account is that of the owner of s, or the one of AWS's own examples outside of VPCs.
func (s Source) account() string {
	if e := s.origin.Interface; e != nil {
		return cmp.Or(e.Data.Account, e.Subnet.VPC.Data.Account)
	}
	return defaultAccount
}

// need asks for one thing.
func (s Source) need(d Need, region string) (Row, error) {
	d.Service = cmp.Or(d.Service, "tcp/443")
	r := Row{Need: d, Name: d.To}
	switch {
	case d.AWS == "" && d.To == "":
		return r, fmt.Errorf("%w: it is empty: want AWS, such as ssm, or To", ErrInvalid)
	case d.AWS != "" && d.To != "":
		return r, fmt.Errorf("%w: it has To %q as well: want one of both", ErrInvalid, d.To)
	case d.AWS != "":
		r.service = "com.amazonaws." + region + "." + d.AWS
		if r.Name = s.nameOf(r.service); r.Name == "" {
			return r, fmt.Errorf("%w: want the short name of a service, such as ssm, and a Region such as us-east-1; the Region is %q", ErrInvalid, region)
		}
	}
	if _, err := packet.ParseService(d.Service); err != nil {
		return r, err
	}
	ask := s.call
	if d.AWS != "" {
		ask = s.reach
	}
	var err error
	if r.Flow, r.Problem, err = ask(r.Name, d.Service); err != nil {
		return r, err
	}
	if r.Problem == "" {
		r.Problem = s.problem(r)
	}
	return r, nil
}

// nameOf is the public name by which s calls a service of AWS's; "" where there is none.
func (s Source) nameOf(service string) string {
	for _, name := range endpoint.PublicNames(service) {
		if rest, ok := strings.CutPrefix(name, "*."); ok {
			name = s.account() + "." + rest
		}
		return name
	}
	return ""
}

// call opens a connection to a DNS name. Of a name that leads to no address astray says so, and only the
// lookup is part of the flow.
func (s Source) call(host, service string) (f Flow, astray string, err error) {
	f, err = s.network.Probe(s.name, host, service)
	if err == nil {
		return f, "", nil
	}
	err = errors.Unwrap(err) // who calls says from where and to where
	if !isHost(host) {
		return f, "", err
	}
	a, lookupErr := s.resolve(nil, host, firstPort)
	if lookupErr != nil || a.OK() {
		return f, "", err
	}
	f = Flow{From: s.name, To: host, Service: packet.MustParseService(service), Lookup: &a, network: s.network}
	return f, fmt.Sprintf("%s leads to no address: %v", host, a.Outcome), nil
}
