// Command cmd writes FACTS.md and SCENARIOS.md in the root of the repository, where it is run. It says which
// rows have neither a test nor a reason, and whose reason can go.
//
//	go run ./internal/facts/cmd
package main

import (
	"fmt"
	"os"

	"github.com/packetwalk/packetwalk/internal/facts"
)

func main() {
	if err := write(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func write() error {
	if _, err := os.Stat("internal/facts"); err != nil {
		return fmt.Errorf("run this in the root of the repository: %w", err)
	}
	pages, err := facts.Write(os.DirFS("."))
	if err != nil {
		return err
	}
	for _, p := range pages {
		if err := os.WriteFile(p.File, []byte(p.Text), 0o644); err != nil {
			return err
		}
		for _, r := range p.Untested() {
			fmt.Printf("%s: %s is untested: %s\n", p.File, r.Number, r.Says)
		}
		for _, r := range p.Overtaken() {
			fmt.Printf("%s: %s is tested, so %q can go\n", p.File, r.Number, r.Reason)
		}
	}
	return nil
}
