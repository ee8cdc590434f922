package packetwalk_test

import (
	"fmt"
	"go/ast"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/load/ec2json"
	"github.com/packetwalk/packetwalk/trace"
	"github.com/packetwalk/packetwalk/vpctest"
)

// The code that the README shows stands here and in the examples, between two marks, so that it is compiled
// and run.

// README:start

func TestWhoReachesWhom(t *testing.T) {
	b := packetwalk.New()
	app := b.VPC("app", "10.0.0.0/16")
	web := app.Subnet("front", "10.0.1.0/24").Instance("web")
	app.Subnet("back", "10.0.2.0/24").Instance("db").Allow("tcp/5432", web)

	n := vpctest.Build(t, b)
	vpctest.Reach(t, n, "web", "db", "tcp/5432")
	vpctest.Block(t, n, "web", "db", "tcp/22", trace.ENISGRulesMismatch)
	vpctest.Matrix(t, n, `
	         web tcp/443      db tcp/5432  internet tcp/443
	    web  -                yes          no
	    db   SG_HAS_NO_RULES  -            NO_ROUTE_TO_DESTINATION
	`)
}

// README:end

// README:start

func loadAccount(folder string) (*packetwalk.Network, error) {
	cfg, warnings, err := ec2json.Load(os.DirFS(folder))
	if err != nil {
		return nil, err
	}
	for _, w := range warnings {
		fmt.Fprintln(os.Stderr, w) // what could not be used as it stands
	}
	return cfg.Build()
}

// README:end

func TestLoadAccountOfReadme(t *testing.T) {
	n, err := loadAccount(filepath.Join("examples", "account", "testdata", "shop"))
	require.NoError(t, err)
	assert.NotEmpty(t, n.Config().VPCs)
}

// blocksOfReadme gives the README's blocks of code in a language.
func blocksOfReadme(t *testing.T, language string) (blocks []string) {
	t.Helper()
	text, err := os.ReadFile("README.md")
	require.NoError(t, err)
	for _, m := range regexp.MustCompile("(?ms)^```"+language+"\n(.*?)^```$").FindAllStringSubmatch(string(text), -1) {
		blocks = append(blocks, m[1])
	}
	require.NotEmpty(t, blocks, "no blocks of %s", language)
	return blocks
}

// TestReadmeCode wants each block of Go to be code that stands between the marks somewhere, word for word.
func TestReadmeCode(t *testing.T) {
	marked := make(map[string]bool)
	section := regexp.MustCompile(`(?ms)^// README:start\n(.*?)^// README:end$`)
	for _, path := range goFiles(t) {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		for _, m := range section.FindAllStringSubmatch(string(text), -1) {
			marked[strings.TrimSpace(m[1])] = true
		}
	}
	shown := make(map[string]bool)
	for _, block := range blocksOfReadme(t, "go") {
		shown[strings.TrimSpace(block)] = true
		assert.True(t, marked[strings.TrimSpace(block)], "the README shows code that stands nowhere:\n%s", block)
	}
	for code := range marked {
		assert.True(t, shown[code], "the README does not show\n%s", code)
	}
}

// TestReadmeOutput wants each block of output to be part of what an example prints; the examples' own tests
// hold that they print it.
func TestReadmeOutput(t *testing.T) {
	files, err := filepath.Glob("examples/*/testdata/*.txt")
	require.NoError(t, err)
	var printed strings.Builder
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		printed.Write(text)
	}
	for _, block := range blocksOfReadme(t, "text") {
		assert.Contains(t, printed.String(), block, "the README shows what no example prints")
	}
}

// TestReadmeCommands wants the set-up to be two commands, and .ci/run to run both.
func TestReadmeCommands(t *testing.T) {
	commands := blocksOfReadme(t, "sh")[0]
	assert.Equal(t, "go run ./examples/quickstart\ngo test ./...\n", commands)
	script, err := os.ReadFile(".ci/run")
	require.NoError(t, err)
	for _, line := range strings.Split(strings.TrimSpace(commands), "\n") {
		assert.Contains(t, string(script), "\n"+line+"\n")
	}
}

// TestReadmeNames wants each test and each file that the README names to exist.
func TestReadmeNames(t *testing.T) {
	text, err := os.ReadFile("README.md")
	require.NoError(t, err)
	exists := make(map[string]bool)
	for _, f := range sourceFolders(t) {
		for _, file := range f.tests {
			for _, d := range file.Decls {
				if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil {
					exists[fn.Name.Name] = true
				}
			}
		}
	}
	for _, m := range regexp.MustCompile("`((?:Test|Example|Fuzz|Benchmark)[A-Za-z0-9_]+)`").FindAllStringSubmatch(string(text), -1) {
		assert.True(t, exists[m[1]], "the README names %s, which is not there", m[1])
	}
	for _, m := range regexp.MustCompile(`\]\(([^):#]+)\)`).FindAllStringSubmatch(string(text), -1) {
		_, err := os.Stat(m[1])
		assert.NoError(t, err, "the README leads to %s", m[1])
	}
}
