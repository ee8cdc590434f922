package facts

import (
	_ "embed" // for the words
	"errors"
	"io/fs"
)

var (
	//go:embed facts.txt
	factsWords string
	//go:embed scenarios.txt
	scenariosWords string
)

// Command is what writes the pages anew.
const Command = "go run ./internal/facts/cmd"

// Written is a page as it is to stand in the repository.
type Written struct {
	File string // its name in the root
	Text string
	Page Page
	By   Bearers
}

// Write makes FACTS.md and SCENARIOS.md out of the words and of the tests below root, which is the
// repository's. It writes no file itself.
func Write(root fs.FS) ([]Written, error) {
	facts, err1 := ParsePage("internal/facts/facts.txt", factsWords)
	scenarios, err2 := ParsePage("internal/facts/scenarios.txt", scenariosWords)
	bearers, err3 := FindBearers(root)
	if err := errors.Join(err1, err2, err3); err != nil {
		return nil, err
	}
	return []Written{
		{"FACTS.md", facts.Markdown(bearers), facts, bearers},
		{"SCENARIOS.md", scenarios.Markdown(bearers), scenarios, bearers},
	}, nil
}

// Untested gives the rows that have neither a test nor a reason.
func (w Written) Untested() (rows []Row) {
	for _, r := range w.rows() {
		if r.Reason == "" && len(w.By[r.Number]) == 0 {
			rows = append(rows, r)
		}
	}
	return rows
}

// Overtaken gives the rows whose reason for having no test can go, since tests bear them.
func (w Written) Overtaken() (rows []Row) {
	for _, r := range w.rows() {
		if r.Reason != "" && len(w.By[r.Number]) > 0 {
			rows = append(rows, r)
		}
	}
	return rows
}

func (w Written) rows() (rows []Row) {
	for _, s := range w.Page.Sections {
		rows = append(rows, s.Rows...)
	}
	return rows
}
