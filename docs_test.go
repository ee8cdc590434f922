package packetwalk_test

import (
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// sourceFolder is a folder of the repository with Go files.
type sourceFolder struct {
	path         string // from the root; "." for the root
	code, tests  []*ast.File
	fset         *token.FileSet
	documented   *doc.Package
	hasMain, own bool // own: of this project only, not for who imports it
}

// goFiles gives every Go file of the repository by its path.
func goFiles(t *testing.T) (paths []string) {
	t.Helper()
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		name := d.Name()
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != "." && (strings.HasPrefix(name, ".") || name == "testdata"):
			return fs.SkipDir
		case strings.HasSuffix(name, ".go"):
			paths = append(paths, filepath.ToSlash(path))
		}
		return nil
	})
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	return paths
}

// sourceFolders parses the repository.
func sourceFolders(t *testing.T) (list []*sourceFolder) {
	t.Helper()
	at := make(map[string]*sourceFolder)
	for _, path := range goFiles(t) {
		dir := filepath.ToSlash(filepath.Dir(path))
		f := at[dir]
		if f == nil {
			f = &sourceFolder{path: dir, fset: token.NewFileSet()}
			f.own = strings.HasPrefix(dir, "internal/") || strings.Contains(dir, "/internal/")
			at[dir] = f
			list = append(list, f)
		}
		file, err := parser.ParseFile(f.fset, path, nil, parser.ParseComments)
		require.NoError(t, err)
		if strings.HasSuffix(path, "_test.go") {
			f.tests = append(f.tests, file)
			continue
		}
		f.code = append(f.code, file)
		f.hasMain = f.hasMain || file.Name.Name == "main"
	}
	for _, f := range list {
		if len(f.code) == 0 {
			continue
		}
		var err error
		f.documented, err = doc.NewFromFiles(f.fset, f.code, modulePath+"/"+f.path, doc.PreserveAST)
		require.NoError(t, err, f.path)
	}
	return list
}

// TestPackageComments wants of each package a comment that a newcomer can start from.
func TestPackageComments(t *testing.T) {
	for _, f := range sourceFolders(t) {
		if len(f.code) == 0 {
			continue
		}
		begins := "Package " + f.documented.Name + " "
		if f.hasMain {
			begins = ""
		}
		assert.True(t, f.documented.Doc != "" && strings.HasPrefix(f.documented.Doc, begins), "%s: the package comment has to begin with %q", f.path, begins)
	}
}

// TestDocComments wants a comment for every exported name, which begins with the name.
func TestDocComments(t *testing.T) {
	for _, f := range sourceFolders(t) {
		if len(f.code) == 0 || f.hasMain {
			continue
		}
		d := f.documented
		f.values(t, d.Consts)
		f.values(t, d.Vars)
		f.functions(t, d.Funcs)
		for _, one := range d.Types {
			f.comment(t, one.Name, one.Doc, one.Decl)
			f.values(t, one.Consts)
			f.values(t, one.Vars)
			f.functions(t, one.Funcs)
			f.functions(t, one.Methods)
		}
	}
}

func (f *sourceFolder) functions(t *testing.T, list []*doc.Func) {
	for _, one := range list {
		f.comment(t, one.Name, one.Doc, one.Decl)
	}
}

// values looks at constants and variables. One alone begins with its name; in a group each has a comment of
// its own, or the group has one.
func (f *sourceFolder) values(t *testing.T, list []*doc.Value) {
	for _, one := range list {
		if len(one.Decl.Specs) == 1 && !one.Decl.Lparen.IsValid() {
			if token.IsExported(one.Names[0]) {
				f.comment(t, one.Names[0], one.Doc, one.Decl)
			}
			continue
		}
		for _, spec := range one.Decl.Specs {
			v := spec.(*ast.ValueSpec)
			for _, name := range v.Names {
				if name.IsExported() {
					assert.True(t, one.Doc != "" || v.Doc != nil || v.Comment != nil, "%s: %s has no comment, and neither has its group", f.fset.Position(name.Pos()), name.Name)
				}
			}
		}
	}
}

func (f *sourceFolder) comment(t *testing.T, name, text string, at ast.Node) {
	begins, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(text, "A "), "An "), "\n")
	first, _, _ := strings.Cut(begins, " ")
	assert.Equal(t, name, strings.TrimRight(first, ",.:;"), "%s: the comment of %s has to begin with its name", f.fset.Position(at.Pos()), name)
}

// TestExamples wants an Example with output of each package that people import.
func TestExamples(t *testing.T) {
	for _, f := range sourceFolders(t) {
		if len(f.code) == 0 || f.hasMain || f.own {
			continue
		}
		printed := 0
		for _, e := range doc.Examples(f.tests...) {
			if e.Output != "" {
				printed++
			}
		}
		assert.NotZero(t, printed, "%s: no Example with an // Output: comment", f.path)
	}
}
