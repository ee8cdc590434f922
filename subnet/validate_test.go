package subnet_test

import (
	"net/netip"
	"testing"

	"github.com/packetwalk/packetwalk/internal/fault"
	"github.com/packetwalk/packetwalk/subnet"
	"github.com/stretchr/testify/assert"
)

func TestValidateSubnet(t *testing.T) {
	const (
		size4 = ": invalid: want an IPv4 block from /16 to /28"
		size6 = ": invalid: want an IPv6 block from /44 to /64 in steps of 4"
	)
	tests := []struct {
		name, cidr, ipv6 string
		want             string // "" for none
	}{
		{"F3.013 IPv4-only", "10.0.1.0/24", "", ""},
		{"F3.013 dual-stack", "10.0.1.0/24", "2001:db8::/64", ""},
		{"F3.013 IPv6-only", "", "2001:db8::/64", ""},
		{"F3.009 /16", "10.0.0.0/16", "", ""},
		{"F3.009 /28", "10.0.0.0/28", "", ""},
		{"F3.009 /15 is too large", "10.0.0.0/15", "", `CIDR "10.0.0.0/15"` + size4},
		{"F3.009 /29 is too small", "10.0.0.0/29", "", `CIDR "10.0.0.0/29"` + size4},
		{"F3.008 /44", "", "2001:db8:10::/44", ""},
		{"F3.008 /60", "", "2001:db8::/60", ""},
		{"F3.008 /40 is too large", "", "2001:db8::/40", `IPv6CIDR "2001:db8::/40"` + size6},
		{"F3.008 /68 is too small", "", "2001:db8::/68", `IPv6CIDR "2001:db8::/68"` + size6},
		{"F3.008 /62 is no step of 4", "", "2001:db8::/62", `IPv6CIDR "2001:db8::/62"` + size6},
		{"no block", "", "", `CIDR: invalid: want an IPv4 block such as "10.0.1.0/24" here, or an IPv6 one in IPv6CIDR`},
		{"host bits", "10.0.1.9/24", "", `CIDR "10.0.1.9/24": invalid: host bits are set: want 10.0.1.0/24`},
		{"IPv6 host bits", "", "2001:db8::9/64", `IPv6CIDR "2001:db8::9/64": invalid: host bits are set: want 2001:db8::/64`},
		{"IPv6 as IPv4", "2001:db8::/64", "", `CIDR "2001:db8::/64": invalid: want an IPv4 block; IPv6 ones stand in IPv6CIDR`},
		{"IPv4 as IPv6", "", "10.0.1.0/24", `IPv6CIDR "10.0.1.0/24": invalid: want an IPv6 block; IPv4 ones stand in CIDR`},
		{"IPv4-mapped", "", "::ffff:10.0.1.0/120", `IPv6CIDR "::ffff:10.0.1.0/120": invalid: want an IPv6 block; IPv4 ones stand in CIDR`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := subnet.Subnet{ID: "s", CIDR: block(tt.cidr), IPv6CIDR: block(tt.ipv6)}
			assert.Equal(t, lines(tt.want), messages(s.Validate()))
		})
	}
	bad := subnet.Subnet{CIDR: netip.PrefixFrom(addr("10.0.0.0"), 33), IPv6CIDR: netip.PrefixFrom(addr("2001:db8::"), 129)}
	assert.Equal(t, []string{
		`ID: invalid: want any name, or AWS's ID`,
		`CIDR "invalid Prefix": invalid: the prefix length does not fit the address`,
		`IPv6CIDR "invalid Prefix": invalid: the prefix length does not fit the address`,
	}, messages(bad.Validate()))
}

func TestValidateInterface(t *testing.T) {
	private := func(list ...string) (out []subnet.Address) {
		for _, s := range list {
			out = append(out, subnet.Address{Private: addr(s)})
		}
		return out
	}
	public := func(list ...string) (out []subnet.Address) {
		for _, s := range list {
			out = append(out, subnet.Address{Public: addr(s)})
		}
		return out
	}
	ipv6 := func(list ...string) (out []netip.Addr) {
		for _, s := range list {
			out = append(out, addr(s))
		}
		return out
	}
	tests := []struct {
		name string
		e    subnet.Interface
		want string // "" for none
	}{
		{"nothing but an ID", subnet.Interface{}, ""},
		{"addresses", subnet.Interface{Private: private("10.0.1.4", "10.0.1.5"), IPv6: ipv6("2001:db8::4", "2001:db8::5")}, ""},
		{"private addresses that Build allocates", subnet.Interface{Private: private("", "")}, ""},
		{"a private address twice", subnet.Interface{Private: private("10.0.1.4", "10.0.1.4")}, `Private[1].Private "10.0.1.4": duplicate: Private[0] is the same`},
		{"a private IPv6 address", subnet.Interface{Private: private("2001:db8::4")}, `Private[0].Private "2001:db8::4": invalid: want an IPv4 address`},
		{"a private IPv4-mapped address", subnet.Interface{Private: private("::ffff:10.0.1.4")}, `Private[0].Private "::ffff:10.0.1.4": invalid: want an IPv4 address`},
		{"F3.018 a public address each", subnet.Interface{Private: public("203.0.113.4", "203.0.113.5")}, ""},
		{"F3.018 one public address for two", subnet.Interface{Private: public("203.0.113.4", "203.0.113.4")}, `Private[1].Public "203.0.113.4": duplicate: it stands for Private[0] already: want one public address for each private one`},
		{"public IPv6", subnet.Interface{Private: public("2001:db8::4")}, `Private[0].Public "2001:db8::4": invalid: want an IPv4 address`},
		{"public RFC 1918, 10/8", subnet.Interface{Private: public("10.0.0.4")}, `Private[0].Public "10.0.0.4": invalid: want a public address`},
		{"public RFC 1918, 172.16/12", subnet.Interface{Private: public("172.31.0.4")}, `Private[0].Public "172.31.0.4": invalid: want a public address`},
		{"public RFC 1918, 192.168/16", subnet.Interface{Private: public("192.168.0.4")}, `Private[0].Public "192.168.0.4": invalid: want a public address`},
		{"public loopback", subnet.Interface{Private: public("127.0.0.1")}, `Private[0].Public "127.0.0.1": invalid: want a public address`},
		{"public link-local", subnet.Interface{Private: public("169.254.0.4")}, `Private[0].Public "169.254.0.4": invalid: want a public address`},
		{"public multicast", subnet.Interface{Private: public("224.0.0.4")}, `Private[0].Public "224.0.0.4": invalid: want a public address`},
		{"public 0.0.0.0", subnet.Interface{Private: public("0.0.0.0")}, `Private[0].Public "0.0.0.0": invalid: want a public address`},
		{"no IPv6 address", subnet.Interface{IPv6: ipv6("")}, `IPv6[0]: invalid: want an IPv6 address`},
		{"IPv4 among the IPv6", subnet.Interface{IPv6: ipv6("10.0.1.4")}, `IPv6[0] "10.0.1.4": invalid: want an IPv6 address; IPv4 ones stand in Private`},
		{"IPv4-mapped among the IPv6", subnet.Interface{IPv6: ipv6("::ffff:10.0.1.4")}, `IPv6[0] "::ffff:10.0.1.4": invalid: want an IPv6 address; IPv4 ones stand in Private`},
		{"IPv6 with a zone", subnet.Interface{IPv6: ipv6("2001:db8::4%eth0")}, `IPv6[0] "2001:db8::4%eth0": invalid: want 2001:db8::4, without a zone`},
		{"IPv6 twice", subnet.Interface{IPv6: ipv6("2001:db8::4", "2001:db8::4")}, `IPv6[1] "2001:db8::4": duplicate: IPv6[0] is the same`},
		{"groups", subnet.Interface{Groups: []string{"a", "b"}}, ""},
		{"a group twice", subnet.Interface{Groups: []string{"a", "b", "a"}}, `Groups[2] "a": duplicate: Groups[0] is the same`},
		{"a group without a name", subnet.Interface{Groups: []string{""}}, `Groups[0]: invalid: want the ID of a security group`},
		{"F4.208 a NAT gateway without groups", subnet.Interface{Kind: subnet.NATGateway}, ""},
		{"F4.208 a NAT gateway with a group", subnet.Interface{Kind: subnet.NATGateway, Groups: []string{"a"}}, `Groups "[a]": invalid: a NAT gateway has no security groups: want none`},
		{"no kind", subnet.Interface{Kind: 99}, `Kind "99": invalid: want an interface type such as interface or nat_gateway`},
		{"F4.302 an appliance without the check", subnet.Interface{NoSourceDestCheck: true, Forwarding: subnet.Route}, ""},
		{"F4.302 a NAT instance without the check", subnet.Interface{NoSourceDestCheck: true, Forwarding: subnet.Masquerade}, ""},
		{"F4.301 the check is on by default and stops routing", subnet.Interface{Forwarding: subnet.Route}, `Forwarding "route": invalid: the source/destination check drops what there is to forward: want NoSourceDestCheck too`},
		{"F4.301 the check is on by default and stops a NAT instance", subnet.Interface{Forwarding: subnet.Masquerade}, `Forwarding "masquerade": invalid: the source/destination check drops what there is to forward: want NoSourceDestCheck too`},
		{"no forwarding", subnet.Interface{Forwarding: 9}, `Forwarding "9": invalid: want route or masquerade`},
		{"device index", subnet.Interface{Attachment: subnet.Attachment{Instance: "i", DeviceIndex: -1}}, `Attachment.DeviceIndex "-1": invalid: want 0 for the primary interface, or more`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.e.ID = "e"
			assert.Equal(t, lines(tt.want), messages(tt.e.Validate()))
		})
	}
	assert.Equal(t, []string{`ID: invalid: want any name, or AWS's ID`}, messages((&subnet.Interface{}).Validate()))
}

func TestValidateElasticIP(t *testing.T) {
	good := addr("203.0.113.4")
	tests := []struct {
		name string
		a    subnet.ElasticIP
		want string // "" for none
	}{
		{"not associated", subnet.ElasticIP{ID: "a", PublicIP: good}, ""},
		{"F3.018 with one private address", subnet.ElasticIP{ID: "a", PublicIP: good, Interface: "e", PrivateIP: addr("10.0.1.4")}, ""},
		{"no ID", subnet.ElasticIP{PublicIP: good}, `ID: invalid: want any name, or AWS's ID`},
		{"no address", subnet.ElasticIP{ID: "a"}, `PublicIP: invalid: want a public IPv4 address`},
		{"a private one", subnet.ElasticIP{ID: "a", PublicIP: addr("10.0.0.4")}, `PublicIP "10.0.0.4": invalid: want a public address`},
		{"IPv6", subnet.ElasticIP{ID: "a", PublicIP: addr("2001:db8::4")}, `PublicIP "2001:db8::4": invalid: want an IPv4 address`},
		{"for IPv6", subnet.ElasticIP{ID: "a", PublicIP: good, Interface: "e", PrivateIP: addr("2001:db8::4")}, `PrivateIP "2001:db8::4": invalid: want an IPv4 address`},
		{"a private address of no interface", subnet.ElasticIP{ID: "a", PublicIP: good, PrivateIP: addr("10.0.1.4")}, `PrivateIP "10.0.1.4": invalid: want the interface that has it in Interface too`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { assert.Equal(t, lines(tt.want), messages(tt.a.Validate())) })
	}
}

// lines is the one message, or nil for "".
func lines(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// messages lists the faults as text; nil for none.
func messages(err error) []string {
	var list []string
	for _, f := range fault.Of(err) {
		list = append(list, f.Error())
	}
	return list
}
