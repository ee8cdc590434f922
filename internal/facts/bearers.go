package facts

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// Test is a test function, by the folder of its package ("." is the root) and its name.
type Test struct{ Folder, Name string }

// Bearers says for each number which tests bear it, sorted by folder and name.
type Bearers map[string][]Test

// ownFolder holds tests whose numbers are made up.
const ownFolder = "internal/facts"

// FindBearers reads every test file below the root of a repository. A test, a fuzz test or an example bears
// the numbers that its name, its doc comment and its body cite. It also bears those that it reaches through
// names of its own test package: what the tables cite, and the strings of the functions that it calls.
func FindBearers(root fs.FS) (Bearers, error) {
	packages, err := parseTests(root)
	if err != nil {
		return nil, err
	}
	found := make(Bearers)
	for _, p := range packages {
		for _, d := range p.declarations() {
			if !d.isTest {
				continue
			}
			for n := range d.reaches() {
				found[n] = append(found[n], Test{p.folder, d.name})
			}
		}
	}
	for _, tests := range found {
		slices.SortFunc(tests, func(a, b Test) int {
			return cmp.Or(cmp.Compare(a.Folder, b.Folder), cmp.Compare(a.Name, b.Name))
		})
	}
	return found, nil
}

// testPackage is the test files of one package in one folder.
type testPackage struct {
	folder, name string
	fset         *token.FileSet
	files        []*ast.File
}

// parseTests reads the test files, package by package.
func parseTests(root fs.FS) (list []*testPackage, err error) {
	fset := token.NewFileSet()
	at := make(map[[2]string]*testPackage)
	err = fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" || name == ownFolder):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(name, "_test.go"):
			return nil
		}
		text, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(fset, name, text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return fmt.Errorf("a test file does not parse: %w", err)
		}
		key := [2]string{path.Dir(name), file.Name.Name}
		if at[key] == nil {
			at[key] = &testPackage{folder: key[0], name: key[1], fset: fset}
			list = append(list, at[key])
		}
		at[key].files = append(at[key].files, file)
		return nil
	})
	return list, err
}
