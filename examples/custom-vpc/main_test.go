package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/internal/golden"
)

func TestOutput(t *testing.T) {
	var out strings.Builder
	require.NoError(t, run(&out))
	golden.Equal(t, "testdata/output.txt", out.String())
}

// What each step claims to change, by AWS's rules and not by what is printed.
func TestClaims(t *testing.T) {
	claims := []struct{ name, before, after string }{
		{"F2.009 the local route joins the subnets, F5.002 a new group lets nothing in", "no such instance", "SG_HAS_NO_RULES"},
		{"a gateway is no way out", "NO_ROUTE_TO_DESTINATION", "NO_ROUTE_TO_DESTINATION"},
		{"F4.002 the gateway needs a public address", "NO_ROUTE_TO_DESTINATION", "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS"},
		{"F4.002 the address is put on", "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS", "works"},
		{"F4.204 a NAT gateway lends its address", "NO_ROUTE_TO_DESTINATION", "works"},
		{"F6.005 an ACL of one's own denies all", "works", "SUBNET_ACL_RESTRICTION"},
		{"F6.006 the answer has its entry", "SUBNET_ACL_RESTRICTION", "works"},
		{"F5.010 the answer needs no rule", "SG_HAS_NO_RULES", "works"},
		{"F5.101 a rule that names a group", "SG_HAS_NO_RULES", "works"},
	}
	b := packetwalk.New()
	all := steps(b)
	require.Len(t, all, len(claims))
	for i, s := range all {
		before, err := s.ask(b)
		require.NoError(t, err)
		s.change()
		after, err := s.ask(b)
		require.NoError(t, err)
		assert.Contains(t, before, claims[i].before, claims[i].name)
		assert.Contains(t, after, claims[i].after, claims[i].name)
	}
}
