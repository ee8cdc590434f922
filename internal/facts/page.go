package facts

import (
	"fmt"
	"strings"
)

// untested stands where a row has neither a test nor a reason.
const untested = "**untested**"

// Markdown writes the page, with the tests that bear each number.
func (p Page) Markdown(bearers Bearers) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n", p.Title)
	for _, line := range p.Intro {
		b.WriteString(line + "\n")
	}
	for _, s := range p.Sections {
		fmt.Fprintf(&b, "\n## %s\n\n%s\n\n", s.Title, s.summary(bearers))
		fmt.Fprintf(&b, "| number | the %s | source | tests |\n|---|---|---|---|\n", s.Of)
		for _, r := range s.Rows {
			fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", r.Number, r.Says, r.Source, r.tests(bearers))
		}
	}
	return b.String()
}

// tests is the last cell of a row.
func (r Row) tests(bearers Bearers) string {
	tests := bearers[r.Number]
	switch {
	case len(tests) == 0 && r.Reason == "":
		return untested
	case len(tests) == 0:
		return r.Reason
	}
	var b strings.Builder
	for i, t := range tests {
		switch {
		case i == 0:
			fmt.Fprintf(&b, "`%s` ", t.Folder)
		case t.Folder != tests[i-1].Folder:
			fmt.Fprintf(&b, "; `%s` ", t.Folder)
		default:
			b.WriteString(", ")
		}
		b.WriteString(t.Name)
	}
	return b.String()
}

// summary counts the rows of a section by what their last cell says.
func (s Section) summary(bearers Bearers) string {
	var tested, notApplicable, notYet, without int
	for _, r := range s.Rows {
		switch {
		case len(bearers[r.Number]) > 0:
			tested++
		case strings.HasPrefix(r.Reason, "not applicable"):
			notApplicable++
		case r.Reason != "":
			notYet++
		default:
			without++
		}
	}
	of := s.Of
	if len(s.Rows) != 1 {
		of += "s"
	}
	line := fmt.Sprintf("%d %s: %d tested, %d not applicable, %d not yet", len(s.Rows), of, tested, notApplicable, notYet)
	if without > 0 {
		line += fmt.Sprintf(", %d untested", without)
	}
	return line + "."
}
