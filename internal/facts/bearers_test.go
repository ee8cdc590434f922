package facts_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/internal/facts"
)

// bearersOf writes who bears what in the test file, as "number: folder Name, folder Name".
func bearersOf(t *testing.T, files map[string]string) (lines []string) {
	t.Helper()
	root := make(fstest.MapFS)
	for name, text := range files {
		root[name] = &fstest.MapFile{Data: []byte(text)}
	}
	found, err := facts.FindBearers(root)
	require.NoError(t, err)
	for _, number := range slices.Sorted(maps.Keys(found)) {
		var tests []string
		for _, one := range found[number] {
			tests = append(tests, one.Folder+" "+one.Name)
		}
		lines = append(lines, number+": "+strings.Join(tests, ", "))
	}
	return lines
}

// TestFindBearers looks at one test file a case.
func TestFindBearers(t *testing.T) {
	tests := []struct {
		name, code string
		want       []string
	}{
		{"its doc comment", "// TestX holds F4.001.\nfunc TestX(t *testing.T) {}", []string{"F4.001: . TestX"}},
		{"its name, a question", "func TestScenarioA57(t *testing.T) {}", []string{"A57: . TestScenarioA57"}},
		{"its name, a question and more", "func TestScenarioA20Hops(t *testing.T) {}", []string{"A20: . TestScenarioA20Hops"}},
		{"its name, an item", "func TestItem183(t *testing.T) {}", []string{"item 183: . TestItem183"}},
		{"its name, a fact", "func TestF4_001(t *testing.T) {}", []string{"F4.001: . TestF4_001"}},
		{"its name says nothing", "func TestSHA25(t *testing.T) {}", nil},
		{"a case's name", `func TestX(t *testing.T) { t.Run("A26 the rule is gone", nil) }`, []string{"A26: . TestX"}},
		{"a range in a case's name", `func TestX(t *testing.T) { t.Run("F4.301-F4.302", nil) }`, []string{"F4.301: . TestX", "F4.302: . TestX"}},
		{"a comment in its body", "func TestX(t *testing.T) {\n\tx() // F4.001\n}", []string{"F4.001: . TestX"}},
		{"a comment elsewhere", "// F4.001\n\nfunc TestX(t *testing.T) {}\n// F4.002", nil},
		{"a table", "var table = []string{\"F4.001\"}\nfunc TestX(t *testing.T) { run(table) }", []string{"F4.001: . TestX"}},
		{"a table's comments", "// F4.001\nvar table = []string{\n\t\"a\", // F4.002\n}\nfunc TestX(t *testing.T) { run(table) }", []string{"F4.001: . TestX", "F4.002: . TestX"}},
		{"one of a group of constants", "const (\n\ta = 1 // F4.001\n\tb = 2 // F4.002\n)\nfunc TestX(t *testing.T) { run(b) }", []string{"F4.002: . TestX"}},
		{"a table by way of a function", "var table = []string{\"F4.001\"}\nfunc cases() []string { return table }\nfunc TestX(t *testing.T) { run(cases()) }", []string{"F4.001: . TestX"}},
		{"functions that call each other", "func a() { b(); _ = \"F4.001\" }\nfunc b() { a() }\nfunc TestX(t *testing.T) { b() }", []string{"F4.001: . TestX"}},
		{"a function's strings, not its comments", "// F4.001\nfunc a() { _ = \"F4.002\" } // F4.003\nfunc TestX(t *testing.T) { a() }", []string{"F4.002: . TestX"}},
		{"a type's comments", "// F4.001\ntype c struct {\n\ta int // F4.002\n}\nfunc TestX(t *testing.T) { c{}.run() }", nil},
		{"a method", "type c struct{}\nfunc (c) run() { _ = \"F4.001\" }\nfunc TestX(t *testing.T) { c{}.run() }", []string{"F4.001: . TestX"}},
		{"a local name like a table's", "var table = []string{\"F4.001\"}\nfunc TestX(t *testing.T) { table := 1; run(table) }", nil},
		{"a field like a table", "var table = []string{\"F4.001\"}\nfunc TestX(t *testing.T) { run(struct{ table int }{table: 1}) }", nil},
		{"inside what an unknown package is given", "var table = []string{\"F4.001\"}\nfunc TestX(t *testing.T) { other.Run(func() { run(table) }) }", []string{"F4.001: . TestX"}},
		{"a table that nobody reads", "var table = []string{\"F4.001\"}\nfunc TestX(t *testing.T) {}", nil},
		{"an example and a fuzz test", "// F4.001\nfunc ExampleX() {}\n// F4.001\nfunc FuzzX(f *testing.F) {}", []string{"F4.001: . ExampleX, . FuzzX"}},
		{"no benchmark, no TestMain, no method", "// F4.001\nfunc BenchmarkX(b *testing.B) {}\n// F4.001\nfunc TestMain(m *testing.M) {}\n// F4.001\nfunc (c) TestX() {}", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			assert.Equal(t, test.want, bearersOf(t, map[string]string{"x_test.go": "package x\n\nimport \"testing\"\n\n" + test.code}))
		})
	}
}

// TestFindBearersInFolders: the two packages of a folder are apart, the files of one are not, and some
// folders do not count.
func TestFindBearersInFolders(t *testing.T) {
	got := bearersOf(t, map[string]string{
		"b/a_test.go":                "package b\n\nfunc TestA() { run(table) }",
		"b/b_test.go":                "package b\n\nvar table = \"F4.001\"\n\n// TestB: F4.001\nfunc TestB() {}",
		"b/c_test.go":                "package b_test\n\nfunc TestC() { run(table) }",
		"b/d_test.go":                "package b_test\n\nvar own = \"F4.002\"\n\nfunc TestD() { run(own) }",
		"b/code.go":                  "package b\n\n// TestE: F4.001\nfunc TestE() {}",
		"a/a_test.go":                "package a\n\n// TestZ: F4.001\nfunc TestZ() {}",
		"a/testdata/a_test.go":       "not Go",
		".git/a_test.go":             "not Go",
		"internal/facts/own_test.go": "package facts\n\n// TestOwn: F4.001\nfunc TestOwn() {}",
	})
	assert.Equal(t, []string{"F4.001: a TestZ, b TestA, b TestB", "F4.002: b TestD"}, got)
}

func TestFindBearersOfBrokenCode(t *testing.T) {
	_, err := facts.FindBearers(fstest.MapFS{"a/x_test.go": {Data: []byte("package x\n\nfunc")}})
	assert.ErrorContains(t, err, "a/x_test.go:3:")
}
