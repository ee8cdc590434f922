package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/internal/golden"
)

func output(t *testing.T) string {
	var out strings.Builder
	require.NoError(t, run(&out))
	return out.String()
}

func TestOutput(t *testing.T) { golden.Equal(t, "testdata/output.txt", output(t)) }

// What the lesson claims, by AWS's rules and not by what is printed.
func TestClaims(t *testing.T) {
	const (
		works      = "app -> internet tcp/443: works"
		request    = "app -> internet tcp/443: request dropped at "
		reply      = "app -> internet tcp/443: request delivered, reply dropped at "
		publicACL  = "network ACL public-acl: SUBNET_ACL_RESTRICTION"
		privateACL = "network ACL private-acl: SUBNET_ACL_RESTRICTION"
		noSession  = "request dropped at NAT gateway nat: NAT_NO_SESSION"
	)
	golden.Claims(t, output(t), []golden.Claim{
		{Name: "item 62 no route leads to it", Line: request + "route table shop-main-rtb: NO_ROUTE_TO_DESTINATION"},
		{Name: "item 55 a route", Line: works},
		{Name: "A11 item 56 F4.206 the internet can't start", Line: "internet -> nat tcp/443: " + noSession},
		{Name: "F4.207 no answer to a ping from outside", Line: "internet -> nat icmp/echo-request: " + noSession},
		{Name: "item 37 no public address", Line: "internet -> app tcp/443: request dropped at internet gateway igw: IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS"},
		{Name: "A11 F4.206 nor can a neighbour", Line: "neighbour -> nat tcp/443: " + noSession},
		{Name: "F4.207 no answer to a ping from inside", Line: "app -> nat icmp/echo-request: " + noSession},
		{Name: "A12 F4.203 TCP", Line: works},
		{Name: "A12 F4.203 UDP", Line: "app -> internet udp/4500: works"},
		{Name: "A12 F4.203 ICMP", Line: "app -> internet icmp/echo-request: works"},
		{Name: "A12 F4.203 ESP", Line: "app -> internet esp: request dropped at NAT gateway nat: PROTOCOL_RESTRICTION"},
		{Name: "F4.208 a tight ACL of its subnet", Line: works},
		{Name: "F4.208 in from the instance", Line: request + publicACL},
		{Name: "F4.208 out to the internet", Line: request + publicACL},
		{Name: "F4.208 in from the internet, to the ports 1024-65535", Line: reply + publicACL},
		{Name: "F4.208 out to the instance", Line: reply + publicACL},
		{Name: "A19 a tight ACL of the private subnet", Line: works},
		{Name: "A19 out to the server", Line: request + privateACL},
		{Name: "A19 in from the server", Line: reply + privateACL},
		{Name: "item 54 in the public subnet", Line: works},
		{Name: "A05 item 54 in a subnet without a route", Line: request + "route table shop-main-rtb: NO_ROUTE_TO_DESTINATION"},
		{Name: "A05 F2.039 in a subnet that leads to it", Line: request + "NAT gateway nat: ROUTING_LOOP"},
		{Name: "F4.222 a blackhole", Line: request + "route table private-rtb: BAD_STATE_ROUTE"},
		{Name: "item 61 another zone's", Line: "app-b -> internet tcp/443: works"},
		{Name: "item 61 another zone's is gone", Line: "app-b -> internet tcp/443: request dropped at route table private-b-rtb: BAD_STATE_ROUTE"},
		{Name: "item 61 one each", Line: "app-b -> internet tcp/443: works"},
		{Name: "item 61 one each, and the other's is gone", Line: "app-b -> internet tcp/443: works"},
	})
}

// TestHops holds the one way that is shown in full.
func TestHops(t *testing.T) {
	_, after, _ := strings.Cut(output(t), "request  ")
	hops, _, _ := strings.Cut(after, "2. ")
	assert.Contains(t, hops, "source 10.0.2.4 -> 10.0.1.4", "F4.204 the NAT gateway's private address")
	assert.Contains(t, hops, "source 10.0.1.4 -> 198.51.100.1", "F4.204 item 54 its Elastic IP address")
	assert.Equal(t, 6, strings.Count(hops, "network ACL "), "F4.208 four of the public subnet, two of the private one")
}

// TestWarnings holds what is said, or refused, before any packet is sent.
func TestWarnings(t *testing.T) {
	text := output(t)
	assert.Equal(t, 2, strings.Count(text, "(PrivateSubnetNAT)"), "A05")
	assert.Contains(t, text, `refused: NAT gateway "nat": Addresses: invalid`, "item 54 F4.201 an Elastic IP address is required")
	assert.Equal(t, 1, strings.Count(text, "(BlackholeRoute)"), "F4.222")
	assert.Equal(t, 1, strings.Count(text, "(CrossZoneNAT)"), "item 61")
}
