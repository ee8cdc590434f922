package packetwalk_test

import (
	"bytes"
	"encoding/json"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const module = "github.com/packetwalk/packetwalk"

// The groups that the arrows below are made of, by their path inside the module.
var (
	ground       = []string{"packet", "internal/enum", "internal/fault"}
	vocabularies = []string{"vpc", "subnet", "route", "gateway", "nacl", "sg", "endpoint", "peering"}
	told         = []string{"trace", "flowlog"}
	outsiders    = []string{"go4.org/netipx", "github.com/gaissmai/bart"}
)

// arrows says, for each package, what it may import beside the standard library. A path that ends in "/" stands for all
// packages below it. The first that fits counts.
var arrows = []struct {
	of  string
	may [][]string
}{
	{"internal/enum", nil},
	{"internal/fault", nil},
	{"internal/shareddata", nil}, // for tests
	{"internal/golden", [][]string{{"github.com/google/go-cmp/cmp"}}}, // for tests
	{"internal/gen", [][]string{ground, vocabularies, told, {""}}},    // for benchmarks and property tests
	{"packet", [][]string{{"internal/enum", "internal/fault"}}},
	{"vpc", [][]string{ground, {"go4.org/netipx"}}},
	{"subnet", [][]string{ground, {"go4.org/netipx"}}},
	{"route", [][]string{ground, {"go4.org/netipx"}}},
	{"gateway", [][]string{ground, {"go4.org/netipx"}}},
	{"nacl", [][]string{ground, {"go4.org/netipx"}}},
	{"sg", [][]string{ground, {"go4.org/netipx"}}},
	{"endpoint", [][]string{ground, {"go4.org/netipx"}}},
	{"peering", [][]string{ground, {"go4.org/netipx"}}},
	{"trace", [][]string{{"packet", "internal/enum"}}},
	{"flowlog", [][]string{{"packet", "internal/enum"}}},
	{"internal/walk", [][]string{ground, vocabularies, {"trace"}, outsiders}},
	{"", [][]string{ground, vocabularies, told, {"internal/walk"}, outsiders}},
	{"vpctest", [][]string{ground, vocabularies, told, {""}}},
	{"load/", [][]string{ground, vocabularies, told, {""}}},
	{"examples/", [][]string{{"packet"}, vocabularies, told, {"", "vpctest", "load/"}}},
}

// core is what does no I/O; these packages of the standard library do.
var (
	core = slices.Concat([]string{"", "packet", "internal/walk"}, vocabularies, told)
	does = []string{"os", "os/exec", "net", "net/http", "io/fs", "io/ioutil", "syscall", "log", "log/slog", "testing", "flag", "math/rand", "math/rand/v2"}
)

// listed is what `go list -json` says of a package.
type listed struct {
	ImportPath string
	Standard   bool
	Imports    []string
}

// inside is the path inside the module; ok is false for what is not of this module.
func inside(path string) (rest string, ok bool) {
	if path == module {
		return "", true
	}
	return strings.CutPrefix(path, module+"/")
}

// listPackages gives every package of the module and everything that they need, without their tests.
func listPackages(t *testing.T) []listed {
	t.Helper()
	cmd := exec.Command("go", "list", "-deps", "-json=ImportPath,Standard,Imports", "./...")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	require.NoError(t, err, stderr.String())
	var list []listed
	for d := json.NewDecoder(bytes.NewReader(out)); d.More(); {
		var p listed
		require.NoError(t, d.Decode(&p))
		list = append(list, p)
	}
	return list
}

// TestArrows holds which package may import which: the vocabularies do not know each other, the walk does not know the
// root, nothing but examples (and tests) uses vpctest and the loaders, and next to nothing comes from elsewhere.
func TestArrows(t *testing.T) {
	list := listPackages(t)
	standard := make(map[string]bool)
	for _, p := range list {
		standard[p.ImportPath] = p.Standard
	}
	seen := 0
	for _, p := range list {
		path, ours := inside(p.ImportPath)
		if !ours {
			continue
		}
		seen++
		may, ok := allowed(path)
		if !assert.True(t, ok, "package %s has no arrows: say in arrows_test.go what it may import", p.ImportPath) {
			continue
		}
		for _, needs := range p.Imports {
			if standard[needs] {
				assert.False(t, slices.Contains(core, path) && slices.Contains(does, needs), "%s is of the core, which does no I/O, and imports %s", p.ImportPath, needs)
				continue
			}
			name := needs
			if rest, ok := inside(needs); ok {
				name = rest
			}
			assert.True(t, covers(may, name), "%s must not import %s", p.ImportPath, needs)
		}
	}
	assert.Greater(t, seen, 15, "packages looked at")
}

// allowed gives what a package may import, as one list.
func allowed(path string) (may []string, ok bool) {
	for _, a := range arrows {
		if path == a.of || strings.HasSuffix(a.of, "/") && strings.HasPrefix(path, a.of) {
			return slices.Concat(a.may...), true
		}
	}
	return nil, false
}

func covers(may []string, name string) bool {
	return slices.ContainsFunc(may, func(m string) bool {
		return name == m || strings.HasSuffix(m, "/") && strings.HasPrefix(name, m)
	})
}
