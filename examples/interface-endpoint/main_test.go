package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/internal/golden"
)

func output(t *testing.T) string {
	var out strings.Builder
	require.NoError(t, run(&out))
	return out.String()
}

func TestOutput(t *testing.T) { golden.Equal(t, "testdata/output.txt", output(t)) }

// What the lesson claims, by AWS's rules and not by what is printed. The endpoint is at 10.0.1.5 and
// 10.0.2.5, behind the four reserved addresses of each subnet and the application.
func TestClaims(t *testing.T) {
	const (
		asksA      = "app-a asks for "
		callsA     = "app-a -> "
		https      = " tcp/443: "
		byNAT      = "works, by NAT gateway nat"
		byEndpoint = "works, by interface endpoint vpce-sqs"
		noRoute    = "request dropped at route table shop-main-rtb: NO_ROUTE_TO_DESTINATION"
	)
	address, _ := endpoint.PublicAddress(service, nil)
	require.False(t, address.IsPrivate())
	public := ": " + address.String()
	golden.Claims(t, output(t), []golden.Claim{
		{Name: "item 108 F7.108 off: public addresses", Line: asksA + queues + public},
		{Name: "A34 and so by the NAT gateway", Line: callsA + queues + https + byNAT},
		{Name: "item 107 F7.107 a name of its own", Line: asksA + ofEndpoint + ": 10.0.1.5, 10.0.2.5"},
		{Name: "item 101 F7.106 which leads there", Line: callsA + ofEndpoint + https + byEndpoint},

		{Name: "item 108 F7.108 on: private addresses", Line: asksA + queues + ": 10.0.1.5, 10.0.2.5"},
		{Name: "item 106 the name decides, NAT gateway or not", Line: callsA + queues + https + byEndpoint},

		{Name: "item 109 off, and no way out", Line: callsA + queues + https + noRoute},
		{Name: "item 101 on, and no way out", Line: callsA + queues + https + byEndpoint},

		{Name: "A38 F7.108 without host names the name is public", Line: asksA + queues + public},
		{Name: "A38 item 109 and no route leads there", Line: callsA + queues + https + noRoute},
		{Name: "F9.302 without DNS support nobody answers", Line: callsA + queues + https +
			"the name can't be looked up at 10.0.0.2: request dropped at AWS service amazon-dns: RESOLVER_DISABLED"},

		{Name: "item 107 F7.106 the Regional name", Line: asksA + ofEndpoint + ": 10.0.1.5, 10.0.2.5"},
		{Name: "item 107 F7.107 zone a's", Line: asksA + ofZoneA + ": 10.0.1.5"},
		{Name: "item 107 F7.107 zone b's", Line: asksA + ofZoneB + ": 10.0.2.5"},
		{Name: "item 102 no name for another zone", Line: asksA + ofZoneC + ": NXDOMAIN"},
		{Name: "F7.107 publicly resolvable to private addresses", Line: "internet asks for " + ofZoneA + ": 10.0.1.5"},

		{Name: "A35 F7.103 the group lacks 443", Line: callsA + queues + https + "request dropped at security group vpce-sqs-sg: ENI_SG_RULES_MISMATCH"},
		{Name: "A35 F7.103 the group has 443", Line: callsA + queues + https + byEndpoint},
		{Name: "F7.102 no ping", Line: callsA + queues + " icmp/echo-request: request dropped at interface endpoint vpce-sqs: PROTOCOL_RESTRICTION"},

		{Name: "F7.109 a peer is told the public address", Line: "client asks for " + queues + public},
		{Name: "F7.109 to which it has no route", Line: "client -> " + queues + https + "request dropped at route table partner-main-rtb: NO_ROUTE_TO_DESTINATION"},
		{Name: "F7.107 a peer is told of the endpoint by its own name", Line: "client asks for " + ofEndpoint + ": 10.0.1.5, 10.0.2.5"},
		{Name: "F7.110 and reaches it", Line: "client -> " + ofEndpoint + https + byEndpoint},

		{Name: "F7.106 an endpoint of another zone", Line: "app-b -> " + queues + https + byEndpoint},
		{Name: "item 102 which fails", Line: "app-b -> " + queues + https + "request dropped at network interface vpce-sqs-private-a-eni: AVAILABILITY_ZONE_IMPAIRED"},
		{Name: "item 102 F7.106 the name leads to healthy ones", Line: "app-b asks for " + queues + ": 10.0.2.5"},
		{Name: "item 102 so the other zone goes on", Line: "app-b -> " + queues + https + byEndpoint},
	})
}

// TestRefusals: A38, private DNS is refused, and which attribute is missing is told.
func TestRefusals(t *testing.T) {
	var refused []string
	for line := range strings.Lines(output(t)) {
		if _, reason, ok := strings.Cut(line, "refused: "); ok {
			refused = append(refused, reason)
		}
	}
	require.Len(t, refused, 2)
	for _, reason := range refused {
		assert.Contains(t, reason, `interface endpoint "vpce-sqs": PrivateDNS`, "A38 item 109")
		assert.Contains(t, reason, "enableDnsHostnames", "A38 item 109")
	}
}

// TestHops holds the one way that is shown in full.
func TestHops(t *testing.T) {
	_, after, _ := strings.Cut(output(t), "2. ")
	hops, _, _ := strings.Cut(after, "3. ")
	assert.Contains(t, hops, "endpoint private DNS vpce-sqs: sqs.us-east-1.amazonaws.com A 10.0.1.5, 10.0.2.5", "item 111 F7.108 what decided")
	assert.NotContains(t, hops, "route table", "item 106 no route")
	assert.NotContains(t, hops, "internet gateway", "item 115")
}
