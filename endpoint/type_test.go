package endpoint_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/internal/fault"
	"github.com/packetwalk/packetwalk/packet"
)

func TestTypeText(t *testing.T) {
	for _, c := range []struct {
		name string
		of   endpoint.Type
		text string
		to   bool
	}{
		{"F7.205 unspecified", 0, "", false},
		{"F7.205 an interface endpoint", endpoint.TypeInterface, "Interface", false},
		{"F7.205 a resource endpoint", endpoint.TypeResource, "Resource", true},
		{"F7.205 a tunnel endpoint", endpoint.TypeTunnel, "Tunnel", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			text, err := c.of.MarshalText()
			assert.NoError(t, err)
			assert.Equal(t, c.text, string(text))
			assert.Equal(t, c.text, c.of.String())
			assert.Equal(t, c.to, c.of.ToResources())
			back := endpoint.Type(9)
			assert.NoError(t, back.UnmarshalText(text))
			assert.Equal(t, c.of, back)
		})
	}
	kept := endpoint.TypeTunnel
	assert.Error(t, kept.UnmarshalText([]byte("Gateway")), "F7.205 a gateway endpoint has no network interfaces")
	assert.Equal(t, endpoint.TypeTunnel, kept)
	_, err := endpoint.Type(9).MarshalText()
	assert.Error(t, err)
	assert.Equal(t, "Type(9)", endpoint.Type(9).String())
}

// TestTypeAdmits: what an endpoint takes in by its type.
func TestTypeAdmits(t *testing.T) {
	geneve := packet.Packet{Protocol: packet.UDP, SrcPort: 49152, DstPort: 6081}
	for _, c := range []struct {
		name string
		of   endpoint.Type
		p    packet.Packet
		want bool
	}{
		{"F7.102 UDP to a service", endpoint.TypeInterface, of(packet.UDP), true},
		{"F7.208 TCP to a resource", endpoint.TypeResource, tcp(packet.SYN), true},
		{"F7.208 no UDP", endpoint.TypeResource, of(packet.UDP), false},
		{"F7.208 no ping", endpoint.TypeResource, icmp(packet.ICMP, 8), false},
		{"F7.209 GENEVE", endpoint.TypeTunnel, geneve, true},
		{"F7.209 UDP to another port", endpoint.TypeTunnel, packet.Packet{Protocol: packet.UDP, SrcPort: 6081, DstPort: 53}, false},
		{"F7.209 TCP to the port of GENEVE", endpoint.TypeTunnel, packet.Packet{Protocol: packet.TCP, DstPort: 6081}, false},
		{"F7.209 no ping", endpoint.TypeTunnel, icmp(packet.ICMP, 8), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, c.want, (&endpoint.Interface{Type: c.of}).Admits(c.p))
		})
	}
	https := packet.Packet{Protocol: packet.TCP, DstPort: 443}
	assert.False(t, (&endpoint.Interface{Type: endpoint.TypeResource, Service: "rcfg-1"}).TakesForEncrypted(https), "F1.157 no service of AWS's own")
}

// TestResourceValidate: what an endpoint to resources has, and what only one to a service has.
func TestResourceValidate(t *testing.T) {
	const arn = "arn:aws:vpc-lattice:us-east-1:123456789012:resourceconfiguration/rcfg-0123456789abcdef0"
	of := func(edit func(*endpoint.Interface)) endpoint.Interface {
		i := endpoint.Interface{ID: "db", VPC: "vpc", Type: endpoint.TypeResource, Service: "rcfg-0123456789abcdef0"}
		edit(&i)
		return i
	}
	for _, c := range []struct {
		name string
		i    endpoint.Interface
		want []mistake
	}{
		{"F7.208 the ID of a resource configuration", of(func(i *endpoint.Interface) {}), nil},
		{"F7.208 its ARN", of(func(i *endpoint.Interface) { i.Service = arn }), nil},
		{"F7.208 in China", of(func(i *endpoint.Interface) {
			i.Service = "arn:aws-cn:vpc-lattice:cn-north-1:123456789012:resourceconfiguration/rcfg-1"
		}), nil},
		{"F7.209 of a tunnel too", of(func(i *endpoint.Interface) { i.Type = endpoint.TypeTunnel }), nil},
		{"F7.208 zones of the resource gateway", of(func(i *endpoint.Interface) { i.ResourceZones = []string{"us-east-1a", "us-east-1b"} }), nil},
		{"F7.208 a policy that allows all", of(func(i *endpoint.Interface) { i.Policy = policy(`"*"`, `"*"`) }), nil},
		{"F7.208 a service", of(func(i *endpoint.Interface) { i.Service = "com.amazonaws.us-east-1.sqs" }), []mistake{{"Service", fault.ErrInvalid}}},
		{"F7.208 an ARN of something else", of(func(i *endpoint.Interface) { i.Service = "arn:aws:vpc-lattice:us-east-1:123456789012:service/svc-1" }), []mistake{{"Service", fault.ErrInvalid}}},
		{"F7.208 nothing", of(func(i *endpoint.Interface) { i.Service = "" }), []mistake{{"Service", fault.ErrInvalid}}},
		{"F7.208 what only services have", of(func(i *endpoint.Interface) {
			i.PrivateDNS, i.PrivateDNSInboundOnly, i.Policy = true, true, policy(`"*"`, `"s3:*"`)
		}), []mistake{{"PrivateDNS", fault.ErrInvalid}, {"PrivateDNSInboundOnly", fault.ErrInvalid}, {"Policy", fault.ErrInvalid}}},
		{"F7.208 a policy that can't be read", of(func(i *endpoint.Interface) { i.Policy = "{}" }), []mistake{{"Policy.Statement", fault.ErrInvalid}}},
		{"F7.208 a zone twice", of(func(i *endpoint.Interface) { i.ResourceZones = []string{"a", "a", ""} }), []mistake{{"ResourceZones[1]", fault.ErrDuplicate}, {"ResourceZones[2]", fault.ErrInvalid}}},
		{"F7.208 a resource to which an interface endpoint leads", of(func(i *endpoint.Interface) { i.Type = 0 }), []mistake{{"Service", fault.ErrInvalid}}},
		{"F7.208 zones of a service", endpoint.Interface{ID: "sqs", Service: "com.amazonaws.us-east-1.sqs", ResourceZones: []string{"us-east-1a"}}, []mistake{{"ResourceZones", fault.ErrInvalid}}},
		{"F7.205 a type without a name", endpoint.Interface{ID: "sqs", Service: "com.amazonaws.us-east-1.sqs", Type: 9}, []mistake{{"Type", fault.ErrInvalid}}},
	} {
		t.Run(c.name, func(t *testing.T) { holds(t, c.i.Validate(), c.want) })
	}
}
