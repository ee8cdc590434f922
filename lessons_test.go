package packetwalk_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestLessons wants each lesson to be in the README's list, and to have what it prints beside it.
func TestLessons(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	require.NoError(t, err)
	programs, err := filepath.Glob("examples/*/main.go")
	require.NoError(t, err)
	require.NotEmpty(t, programs)
	for _, program := range programs {
		folder := filepath.ToSlash(filepath.Dir(program))
		assert.Contains(t, string(readme), "\n| ["+filepath.Base(folder)+"]("+folder+") | ", "the README does not list it")
		printed, err := filepath.Glob(folder + "/testdata/output*.txt")
		require.NoError(t, err)
		assert.NotEmpty(t, printed, "%s has no golden file", folder)
	}
}
