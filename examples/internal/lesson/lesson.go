// Package lesson plays the lessons that are made of scenes. A scene shows one thing: it asks whether
// connections work, what names lead to, or what becomes of requests, in networks that differ in what the
// scene is about, and says why the answers are what they are.
//
// The answers are always those of the simulation. Each question builds its network anew, so no scene depends
// on another, and a lesson can be read from any scene on.
//
//	scenes := []lesson.Scene{{
//		Title: "A gateway, then a route to it.",
//		Asked: []lesson.Question{
//			lesson.Ask("no route", unrouted, "web", "internet", "tcp/443"),
//			lesson.Ask("a route", routed, "web", "internet", "tcp/443").Hops(),
//		},
//		Why: "A gateway is no way out until a route leads to it.",
//	}}
//	err := lesson.Play(os.Stdout, scenes)
package lesson

import (
	"fmt"
	"io"
	"strings"

	"github.com/packetwalk/packetwalk"
)

// Scene is one thing that is shown. The zero Scene prints its number.
type Scene struct {
	Title string // what is built, or what is asked
	Asked []Question
	Why   string // the answers are what they are
}

// Network describes a network by handles.
type Network func(*packetwalk.Builder)

// Question is what a scene asks of one network; make one with [Ask], [Resolve], [Check], [Access] or
// [Refused].
type Question struct {
	when              string // how this network differs from the scene's others
	network           Network
	edit              func(*packetwalk.Config)
	put               func(*packetwalk.Network) (answer, error)
	way, hops, logged bool
	warned, refused   bool
}

// answer is what a network says: one line with %v, all of it with %+v.
type answer interface {
	fmt.Formatter
	fmt.Stringer
}

// Ask asks whether a connection works, as [packetwalk.Network.Probe] does. When says how the network differs
// from those of the scene's other questions; it may be empty.
func Ask(when string, network Network, from, to, service string) Question {
	return Question{when: when, network: network, put: func(n *packetwalk.Network) (answer, error) {
		return n.Probe(from, to, service)
	}}
}

// Resolve asks what a name leads to, as [packetwalk.Network.Resolve] does.
func Resolve(when string, network Network, from, name string) Question {
	return Question{when: when, network: network, put: func(n *packetwalk.Network) (answer, error) {
		return n.Resolve(from, name)
	}}
}

// Check asks what is missing of something, as [packetwalk.Network.Check] does.
func Check(when string, network Network, from string, c packetwalk.Check) Question {
	return Question{when: when, network: network, put: func(n *packetwalk.Network) (answer, error) {
		return n.Check(from, c)
	}}
}

// Access asks what becomes of a request to a service of AWS, as [packetwalk.Network.Access] does.
func Access(when string, network Network, from string, r packetwalk.Request) Question {
	return Question{when: when, network: network, put: func(n *packetwalk.Network) (answer, error) {
		return n.Access(from, r)
	}}
}

// Refused asks why a network can't be built. It is an error of the lesson if it can.
func Refused(when string, network Network) Question {
	return Question{when: when, network: network, refused: true}
}

// Way shows by which gateway or endpoint a connection that works goes out: [packetwalk.Flow.Way].
func (q Question) Way() Question {
	q.way = true
	return q
}

// Hops shows all of the answer: the way of a connection, there and back, what decided where a name leads to,
// the table of a check.
func (q Question) Hops() Question {
	q.hops = true
	return q
}

// Logged shows what the flow logs have of a connection, or of a name that was looked up:
// [packetwalk.Flow.Records].
func (q Question) Logged() Question {
	q.logged = true
	return q
}

// Warned shows what there is to regret about the network too: [packetwalk.Network.Warnings].
func (q Question) Warned() Question {
	q.warned = true
	return q
}

// Edit changes the network, once the handles have described it: what fails, what is deleted.
func (q Question) Edit(change func(*packetwalk.Config)) Question {
	q.edit = change
	return q
}

// Play prints the scenes. The error is for a network that can't be built, a question that can't be asked, or
// a w that does not take what is printed.
func Play(w io.Writer, scenes []Scene) error {
	for i, s := range scenes {
		text, err := s.play()
		if err != nil {
			return fmt.Errorf("scene %d: %w", i+1, err)
		}
		if _, err := fmt.Fprintf(w, "%d. %s\n%s   %s\n\n", i+1, s.Title, text, s.Why); err != nil {
			return err
		}
	}
	return nil
}

func (s Scene) play() (string, error) {
	var b strings.Builder
	width := 0
	for _, q := range s.Asked {
		width = max(width, len(q.when))
	}
	for _, q := range s.Asked {
		answer, err := q.answer()
		if err != nil {
			return "", err
		}
		when := ""
		if width > 0 {
			when = fmt.Sprintf("%-*s  ", width, q.when)
		}
		fmt.Fprintf(&b, "     %s%s\n", when, answer)
	}
	return b.String(), nil
}

// answer is what the simulation says, in one line or more: the answer, what else stands in the way, and what
// the question wants to see.
func (q Question) answer() (string, error) {
	n, err := q.build()
	switch {
	case q.refused && err == nil:
		return "", fmt.Errorf("%q: the network was not refused", q.when)
	case q.refused:
		return "refused: " + indented(err.Error()), nil
	case err != nil:
		return "", err
	}
	got, err := q.put(n)
	if err != nil {
		return "", err
	}
	lines := q.lines(got)
	if q.warned {
		for _, warning := range n.Warnings() {
			lines = append(lines, fmt.Sprintf("warning: %v", warning))
		}
	}
	if q.logged {
		lines = append(lines, records(got)...)
	}
	text := indented(strings.Join(lines, "\n"))
	if q.hops {
		_, table, _ := strings.Cut(fmt.Sprintf("%+v", got), "\n")
		text += "\n" + strings.TrimRight(table, "\n") + "\n"
	}
	return text, nil
}

// lines are the answer in short, and all that stands in the way where the answer itself does not say it.
func (q Question) lines(got answer) []string {
	switch got := got.(type) {
	case packetwalk.Answer:
		lines := []string{got.From + " asks for " + got.String()}
		if got.Lookup != nil {
			lines = append(lines, inTheWay(*got.Lookup)...)
		}
		return lines
	case packetwalk.Flow:
		line := got.String()
		if way := got.Way(); q.way && got.OK() && way != (packetwalk.Way{}) {
			line += fmt.Sprintf(", by %v", way)
		}
		if blockers := inTheWay(got); len(blockers) > 1 { // the first one is in the line itself
			return append([]string{line}, blockers...)
		}
		return []string{line}
	}
	return []string{got.String()}
}

// inTheWay is what stands in the way of a connection, one a line.
func inTheWay(f packetwalk.Flow) (lines []string) {
	for _, hop := range f.Blockers() {
		lines = append(lines, fmt.Sprintf("in the way: %v", hop))
	}
	return lines
}

// records are the flow-log records of an answer, one a line.
func records(got answer) (lines []string) {
	flow, _ := got.(packetwalk.Flow)
	if a, ok := got.(packetwalk.Answer); ok && a.Lookup != nil {
		flow = *a.Lookup
	}
	for _, r := range flow.Records() {
		lines = append(lines, fmt.Sprintf("logged: %v", r))
	}
	if len(lines) == 0 {
		return []string{"nothing is logged"}
	}
	return lines
}

func (q Question) build() (*packetwalk.Network, error) {
	b := packetwalk.New()
	q.network(b)
	if q.edit == nil {
		return b.Build()
	}
	if _, err := b.Build(); err != nil { // a wrong handle shows here only
		return nil, err
	}
	cfg := b.Config()
	q.edit(&cfg)
	return cfg.Build()
}

// indented puts the lines after the first further in.
func indented(text string) string { return strings.ReplaceAll(text, "\n", "\n         ") }
