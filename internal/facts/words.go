package facts

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// Page is one of the two pages, without the tests.
type Page struct {
	Title    string
	Intro    []string // paragraphs and line breaks, as they are printed
	Sections []Section
}

// Section is one table of a page.
type Section struct {
	Title string
	Of    string // what a row is: "fact", "claim" or "question"
	Rows  []Row
}

// Row is a number with its words.
type Row struct {
	Number string
	Says   string
	Source string // in Markdown; "—" where there is none
	Reason string // why no test bears it: "not applicable: ..." or "not yet: ..."; may be empty
}

// The lines of a words file. A row's cells stand between bars.
//
//	# a comment
//	title Facts
//	intro A line of the head text.
//	source UG https://docs.aws.amazon.com/vpc/latest/userguide/*.html
//	source BF https://github.com/batfish/batfish Batfish
//	section Routes | fact
//	F2.001 | the longest prefix wins | UG/route-tables-priority
//	F2.038 | the sender's zone counts | TG/how-transit-gateways-work | not yet: transit gateways
var (
	rowNumber   = regexp.MustCompile(`^(F\d+\.\d{3}|item [1-9]\d*|A\d{2})$`)
	reasonGiven = regexp.MustCompile(`^(not applicable|not yet): \S`)
	sourceLine  = regexp.MustCompile(`^([A-Z][A-Z0-9]*) +(https://\S+)(?: +(\S.*))?$`)
	sourceNamed = regexp.MustCompile(`\bhttps?://\S*[^\s,.;]|\b[A-Z][A-Z0-9]*\b(?:/[\w.-]*\w)?`)
)

// ParsePage reads a words file. The error lists every mistake, each with the file's name and its line.
func ParsePage(name, text string) (Page, error) {
	r := reader{file: name, sources: make(map[string]source), lineOf: make(map[string]int)}
	for i, line := range strings.Split(text, "\n") {
		r.line = i + 1
		r.read(strings.TrimSpace(line))
	}
	if r.page.Title == "" {
		r.fail("there is no title")
	}
	return r.page, errors.Join(r.errs...)
}

// source is where words come from: a page's address with a * for its name, or one address with a label.
type source struct{ url, label string }

// reader holds what is read so far.
type reader struct {
	file    string
	line    int
	page    Page
	sources map[string]source
	lineOf  map[string]int // of each number
	errs    []error
}

func (r *reader) fail(format string, args ...any) {
	r.errs = append(r.errs, fmt.Errorf("%s:%d: "+format, append([]any{r.file, r.line}, args...)...))
}

func (r *reader) read(line string) {
	kind, rest, _ := strings.Cut(line, " ")
	switch rest = strings.TrimSpace(rest); kind {
	case "", "#":
	case "title":
		r.page.Title = rest
	case "intro":
		r.page.Intro = append(r.page.Intro, rest)
	case "source":
		r.readSource(rest)
	case "section":
		title, of, ok := strings.Cut(rest, " | ")
		if !ok || title == "" || of == "" {
			r.fail("want: section Title | what a row is")
		}
		r.page.Sections = append(r.page.Sections, Section{Title: title, Of: of})
	default:
		r.readRow(line)
	}
}

func (r *reader) readSource(text string) {
	m := sourceLine.FindStringSubmatch(text)
	if m == nil || strings.Contains(m[2], "*") == (m[3] != "") {
		r.fail("want: source KEY https://address/of/*.html, or: source KEY https://address Label; not %q", text)
		return
	}
	r.sources[m[1]] = source{m[2], m[3]}
}

func (r *reader) readRow(line string) {
	cells := strings.Split(line, "|")
	for i := range cells {
		cells[i] = strings.TrimSpace(cells[i])
	}
	number := cells[0]
	switch {
	case !rowNumber.MatchString(number):
		r.fail("a line begins with title, intro, source, section, # or a number such as F2.001, item 61, A26; not %q", number)
		return
	case len(cells) < 3 || len(cells) > 4:
		r.fail("%s: want number | words | source, and perhaps | a reason; there are %d cells", number, len(cells))
		return
	case len(r.page.Sections) == 0:
		r.fail("%s stands before the first section", number)
		return
	case r.lineOf[number] != 0:
		r.fail("%s stands on line %d already", number, r.lineOf[number])
	case cells[1] == "":
		r.fail("%s has no words", number)
	}
	r.lineOf[number] = r.line
	row := Row{Number: number, Says: cells[1], Source: r.link(number, cells[2])}
	if len(cells) == 4 {
		if row.Reason = cells[3]; !reasonGiven.MatchString(row.Reason) {
			r.fail(`%s: a reason begins with "not applicable: " or "not yet: " and says why; not %q`, number, row.Reason)
		}
	}
	s := &r.page.Sections[len(r.page.Sections)-1]
	s.Rows = append(s.Rows, row)
}

// link turns the sources that a cell names into links, and leaves its other words alone.
func (r *reader) link(number, cell string) string {
	if cell == "" {
		return "—"
	}
	return sourceNamed.ReplaceAllStringFunc(cell, func(named string) string {
		if strings.Contains(named, "://") {
			return "[page](" + named + ")"
		}
		key, page, isPage := strings.Cut(named, "/")
		s, known := r.sources[key]
		switch {
		case !known && !isPage:
			return named // a word in capitals, or a number
		case !known || isPage != (s.label == ""):
			r.fail("%s: %q names no source; a line such as \"source %s https://...\" says what it stands for", number, named, key)
			return named
		case isPage:
			return "[" + page + "](" + strings.Replace(s.url, "*", page, 1) + ")"
		default:
			return "[" + s.label + "](" + s.url + ")"
		}
	})
}
