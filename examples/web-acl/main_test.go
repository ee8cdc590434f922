package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/internal/golden"
)

func TestOutput(t *testing.T) {
	var out strings.Builder
	require.NoError(t, run(&out))
	golden.Equal(t, "testdata/output.txt", out.String())
}
