package facts

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"
)

// declared is a function or a method of the test files, or a package-level constant or variable.
type declared struct {
	name   string
	isTest bool
	node   ast.Node
	cites  numberSet   // by itself
	needs  []*declared // what it names
}

// reaches gives what the declaration cites and what those cite that it needs, however far.
func (d *declared) reaches() map[string]bool {
	found, seen := make(numberSet), make(map[*declared]bool)
	var visit func(*declared)
	visit = func(d *declared) {
		if seen[d] {
			return
		}
		seen[d] = true
		found.addAll(d.cites)
		for _, other := range d.needs {
			visit(other)
		}
	}
	visit(d)
	return found
}

// declarations gives what the package declares, in the order of its files, each linked to what it names.
func (p *testPackage) declarations() (list []*declared) {
	at := make(map[token.Pos]*declared) // by where the name stands
	for _, file := range p.files {
		for _, d := range file.Decls {
			list = append(list, declaredBy(file, d, at)...)
		}
	}
	meaning := p.meaning()
	for _, d := range list {
		ast.Inspect(d.node, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && meaning[id] != nil {
				if other := at[meaning[id].Pos()]; other != nil {
					d.needs = append(d.needs, other)
				}
			}
			return true
		})
	}
	return list
}

// meaning resolves the names in the test files, as far as these say what a name means. Nothing is imported:
// what comes from elsewhere stays unknown, and bears no numbers.
func (p *testPackage) meaning() map[*ast.Ident]types.Object {
	info := types.Info{Uses: make(map[*ast.Ident]types.Object)}
	lenient := types.Config{Error: func(error) {}}
	_, _ = lenient.Check(p.name, p.fset, p.files, &info)
	return info.Uses
}

// declaredBy gives what one declaration declares, and notes where each name stands. A function's doc comment
// counts where it is a test: what helps many tests would else lend its numbers to all of them.
func declaredBy(file *ast.File, d ast.Decl, at map[token.Pos]*declared) (list []*declared) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		one := &declared{name: d.Name.Name, node: d, cites: citedByStrings(d)}
		if one.isTest = d.Recv == nil && isTest(one.name); one.isTest {
			one.cites.addAll(numbersOfName(one.name))
			one.cites.addAll(Numbers(d.Doc.Text()))
			one.cites.addAll(citedByComments(file, d))
		}
		at[d.Name.Pos()] = one
		list = append(list, one)
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			v, ok := spec.(*ast.ValueSpec)
			if !ok {
				continue
			}
			one := &declared{node: v, cites: citedByStrings(v)}
			one.cites.addAll(citedByComments(file, v))
			for _, c := range []*ast.CommentGroup{v.Doc, v.Comment} {
				one.cites.addAll(Numbers(c.Text()))
			}
			if len(d.Specs) == 1 {
				one.cites.addAll(Numbers(d.Doc.Text()))
			}
			for _, name := range v.Names {
				at[name.Pos()] = one
			}
			list = append(list, one)
		}
	}
	return list
}

// isTest tells functions that show something from those that measure or help.
func isTest(name string) bool {
	return name != "TestMain" && slices.ContainsFunc([]string{"Test", "Fuzz", "Example"}, func(kind string) bool {
		return strings.HasPrefix(name, kind)
	})
}

// citedByStrings gives what the string literals in a piece of code cite.
func citedByStrings(code ast.Node) numberSet {
	found := make(numberSet)
	ast.Inspect(code, func(n ast.Node) bool {
		if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
			if text, err := strconv.Unquote(l.Value); err == nil {
				found.addAll(Numbers(text))
			}
		}
		return true
	})
	return found
}

// citedByComments gives what the comments inside a piece of code cite.
func citedByComments(file *ast.File, code ast.Node) numberSet {
	found := make(numberSet)
	for _, c := range file.Comments {
		if c.Pos() >= code.Pos() && c.End() <= code.End() {
			found.addAll(Numbers(c.Text()))
		}
	}
	return found
}
