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

const modulePath = "github.com/packetwalk/packetwalk"

// The groups that the arrows below are made of, by their path inside the module.
var (
	groundFloor   = []string{"packet", "internal/enum", "internal/fault"}
	vocabularies  = []string{"vpc", "subnet", "route", "gateway", "nacl", "sg", "endpoint", "peering", "dns", "elb"}
	tellers       = []string{"trace", "flowlog"}
	fromElsewhere = []string{"go4.org/netipx", "github.com/gaissmai/bart"}
)

// arrows says, for each package, what it may import beside the standard library. A path that ends in "/"
// stands for all packages below it. The first that fits counts.
var arrows = []struct {
	of  string
	may [][]string
}{
	{"internal/enum", nil},
	{"internal/fault", nil},
	{"internal/shareddata", nil}, // for tests
	{"internal/facts", nil},
	{"internal/facts/cmd", [][]string{{"internal/facts"}}},
	{"internal/golden", [][]string{{"github.com/google/go-cmp/cmp"}}},      // for tests
	{"internal/gen", [][]string{groundFloor, vocabularies, tellers, {""}}}, // for benchmarks and property tests
	{"packet", [][]string{{"internal/enum", "internal/fault"}}},
	{"vpc", [][]string{groundFloor, {"go4.org/netipx"}}},
	{"subnet", [][]string{groundFloor, {"go4.org/netipx"}}},
	{"route", [][]string{groundFloor, {"go4.org/netipx"}}},
	{"gateway", [][]string{groundFloor, {"go4.org/netipx"}}},
	{"nacl", [][]string{groundFloor, {"go4.org/netipx"}}},
	{"sg", [][]string{groundFloor, {"go4.org/netipx"}}},
	{"endpoint", [][]string{groundFloor, {"go4.org/netipx"}}},
	{"peering", [][]string{groundFloor, {"go4.org/netipx"}}},
	{"dns", [][]string{groundFloor, {"go4.org/netipx"}}},
	{"elb", [][]string{groundFloor, {"go4.org/netipx"}}},
	{"trace", [][]string{{"packet", "internal/enum"}}},
	{"flowlog", [][]string{groundFloor}},
	{"flowlog/athena", [][]string{{"flowlog"}}},
	{"flowlog/deliver", [][]string{{"flowlog"}}},
	{"flowlog/deliver/dir", [][]string{{"flowlog/deliver"}}},
	{"internal/capture", [][]string{groundFloor, tellers}},
	{"internal/walk", [][]string{groundFloor, vocabularies, {"trace"}, fromElsewhere}},
	{"", [][]string{groundFloor, vocabularies, tellers, {"internal/walk", "internal/capture"}, fromElsewhere}},
	{"vpctest", [][]string{groundFloor, vocabularies, tellers, {""}}},
	{"noise", [][]string{groundFloor, vocabularies, tellers, {""}}},
	{"load/", [][]string{groundFloor, vocabularies, tellers, {""}}},
	{"examples/", [][]string{{"packet"}, vocabularies, tellers, {"", "vpctest", "load/", "examples/internal/"}}},
}

// coreFolders are what does no I/O; these packages of the standard library do.
var (
	coreFolders = slices.Concat([]string{"", "packet", "internal/walk", "internal/capture", "flowlog/deliver", "flowlog/athena"}, vocabularies, tellers)
	doesIO      = []string{"os", "os/exec", "net", "net/http", "io/fs", "io/ioutil", "syscall", "log", "log/slog", "testing", "flag", "math/rand", "math/rand/v2"}
)

// listedPackage is what `go list -json` says of a package.
type listedPackage struct {
	ImportPath string
	Standard   bool
	Imports    []string
}

// insideModule is the path inside the module; ok is false for what is not of this module.
func insideModule(path string) (rest string, ok bool) {
	if path == modulePath {
		return "", true
	}
	return strings.CutPrefix(path, modulePath+"/")
}

// listPackages gives every package of the module and everything that they need, without their tests.
func listPackages(t *testing.T) []listedPackage {
	t.Helper()
	cmd := exec.Command("go", "list", "-deps", "-json=ImportPath,Standard,Imports", "./...")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	require.NoError(t, err, stderr.String())
	var list []listedPackage
	for d := json.NewDecoder(bytes.NewReader(out)); d.More(); {
		var p listedPackage
		require.NoError(t, d.Decode(&p))
		list = append(list, p)
	}
	return list
}

// TestArrows holds which package may import which: the vocabularies do not know each other, the walk does not
// know the root, nothing but examples (and tests) uses vpctest and the loaders, and next to nothing comes
// from elsewhere.
func TestArrows(t *testing.T) {
	list := listPackages(t)
	standard := make(map[string]bool)
	for _, p := range list {
		standard[p.ImportPath] = p.Standard
	}
	seen := 0
	for _, p := range list {
		path, ours := insideModule(p.ImportPath)
		if !ours {
			continue
		}
		seen++
		may, ok := mayImport(path)
		if !assert.True(t, ok, "package %s has no arrows: say in arrows_test.go what it may import", p.ImportPath) {
			continue
		}
		for _, needs := range p.Imports {
			if standard[needs] {
				assert.False(t, slices.Contains(coreFolders, path) && slices.Contains(doesIO, needs), "%s is of the core, which does no I/O, and imports %s", p.ImportPath, needs)
				continue
			}
			name := needs
			if rest, ok := insideModule(needs); ok {
				name = rest
			}
			assert.True(t, coversImport(may, name), "%s must not import %s", p.ImportPath, needs)
		}
	}
	assert.Greater(t, seen, 15, "packages looked at")
}

// mayImport gives what a package may import, as one list.
func mayImport(path string) (may []string, ok bool) {
	for _, a := range arrows {
		if path == a.of || strings.HasSuffix(a.of, "/") && strings.HasPrefix(path, a.of) {
			return slices.Concat(a.may...), true
		}
	}
	return nil, false
}

func coversImport(may []string, name string) bool {
	return slices.ContainsFunc(may, func(m string) bool {
		return name == m || strings.HasSuffix(m, "/") && strings.HasPrefix(name, m)
	})
}
