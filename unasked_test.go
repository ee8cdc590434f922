package packetwalk_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/packetwalk/packetwalk"
)

// TestNothingAsked: who goes on in spite of an error is not told that all is well.
func TestNothingAsked(t *testing.T) {
	n := mustNetwork(t, twoHosts().Config())
	a, err := n.Access("nobody", packetwalk.Request{Action: "s3:GetObject", Resource: "arn:aws:s3:::data/x"})
	assert.Error(t, err)
	assert.False(t, a.OK())
	assert.Zero(t, a.Status())
	assert.Contains(t, a.String(), "not asked")
	r, err := n.Check("nobody", packetwalk.SessionManager)
	assert.Error(t, err)
	assert.False(t, r.OK())
	assert.NotContains(t, r.String(), "works")
	f, err := n.Probe("nobody", "server", "tcp/443")
	assert.Error(t, err)
	assert.False(t, f.OK())
}
