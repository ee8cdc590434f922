package trace_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/trace"
)

// The words of the field reject-reason (F1.140).
func TestRejectReasonText(t *testing.T) {
	for r, want := range map[trace.RejectReason]string{trace.NoRejectReason: "", trace.RejectBPA: "BPA", trace.RejectEC: "EC"} {
		text, err := r.MarshalText()
		require.NoError(t, err)
		assert.Equal(t, want, string(text))
		assert.Equal(t, want, r.String())
		back := trace.RejectReason(9)
		require.NoError(t, back.UnmarshalText(text))
		assert.Equal(t, r, back)
	}
	assert.Equal(t, "RejectReason(9)", trace.RejectReason(9).String())
	_, err := trace.RejectReason(9).MarshalText()
	assert.Error(t, err)
	assert.Error(t, new(trace.RejectReason).UnmarshalText([]byte("SG")))
}
