// Package shareddata finds the data that lies beside the repository, for the tests that read
// it: real accounts, AWS's own examples, an independent analyser's expectations. The data is no part
// of the module, so a test that needs it is skipped where it is absent.
package shareddata

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// Dir gives the folder path inside the shared data, and skips the test where it is absent.
func Dir(t testing.TB, path ...string) string {
	t.Helper()
	_, file, _, ok := runtime.Caller(0)
	if !ok {
		t.Skip("the source tree is not known, so the shared data cannot be found")
	}
	root := filepath.Join(filepath.Dir(file), "..", "..")
	dir := filepath.Join(append([]string{root, "..", "shared", "data"}, path...)...)
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		t.Skipf("no shared data in %s", dir)
	}
	return dir
}
