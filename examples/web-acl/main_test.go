package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/internal/golden"
	"github.com/packetwalk/packetwalk/trace"
)

func TestOutput(t *testing.T) {
	var out strings.Builder
	require.NoError(t, run(&out))
	golden.Equal(t, "testdata/output.txt", out.String())
}

// What the lesson claims, by AWS's rules and not by what is printed.
func TestClaims(t *testing.T) {
	b, acl := site()
	broken, err := b.Build()
	require.NoError(t, err)
	acl.AllowIn(130, "tcp/1024-65535", everywhere)
	mended, err := b.Build()
	require.NoError(t, err)

	noEntry, noRule := trace.SubnetACLRestriction, trace.ENISGRulesMismatch
	for _, test := range []struct {
		name              string
		from, to, service string
		broken, mended    []trace.Code // of the blockers
		reply             bool         // it was the reply that died
	}{
		{"item 73 a page is served", "internet", "web", "tcp/80", nil, nil, false},
		{"item 73 A14 F6.006 an answer needs an entry of its own", "web", repository, "tcp/443", []trace.Code{noEntry}, nil, true},
		{"F6.017 ACL before group, both are blockers", "internet", "web", "tcp/8080", []trace.Code{noEntry, noRule}, []trace.Code{noRule}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			flow, err := broken.Probe(test.from, test.to, test.service)
			require.NoError(t, err)
			assert.Equal(t, test.broken, codes(flow.Blockers()))
			assert.Equal(t, test.reply, flow.Verdict().Reply && !flow.OK())

			flow, err = mended.Probe(test.from, test.to, test.service)
			require.NoError(t, err)
			assert.Equal(t, test.mended, codes(flow.Blockers()))
		})
	}
}

func codes(hops []trace.Hop) (list []trace.Code) {
	for _, hop := range hops {
		list = append(list, hop.Code)
	}
	return list
}
