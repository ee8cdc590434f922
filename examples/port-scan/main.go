// Port-scan is the lesson on finding a scan from the internet in flow logs.
//
// An hour passes in a shop's network: customers read pages, the office logs in, one address knocks at every
// port it can think of, and another one at a single port, again and again. First see what the scanner sees,
// in step 1. Then forget it: steps 3 to 7 know nothing but the lines of the flow log, which are written,
// and read back as any other flow log would be.
//
// The questions are those that one asks of a real log: how much was rejected, of whom, at which ports; who
// of those that were rejected also got in somewhere; and who moves the most bytes. Each is a few lines of
// Go in questions.go. The network and its hour are in hour.go.
//
//	go run ./examples/port-scan
package main

import (
	"fmt"
	"io"
	"log"
	"os"
	"strings"
)

func main() {
	log.SetFlags(0)
	if err := run(os.Stdout); err != nil {
		log.Fatal(err)
	}
}

func run(w io.Writer) error {
	scans, lines, err := hour()
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "1. %s scans nine TCP ports of every public address, and this is what it sees.\n", wide)
	for _, s := range scans {
		fmt.Fprintf(w, "     %v\n", s)
	}
	fmt.Fprintln(w, "   Silence is all it hears of a closed port: AWS's groups and ACLs drop, and say nothing.")

	fmt.Fprintln(w, "\n2. What the flow log has of two of these ports.")
	for line := range strings.Lines(lines) {
		if strings.Contains(line, " "+wide+" 10.0.1.10 ") && (strings.Contains(line, " 766 ") || strings.Contains(line, " 8088 ")) {
			fmt.Fprintf(w, "     %s", line)
		}
	}
	fmt.Fprintln(w, "   One packet of 40 bytes, REJECT, and tcp-flags 2, a SYN: somebody knocks, and nobody is told.")

	records, err := read(lines)
	if err != nil {
		return err
	}
	for i, q := range questions() {
		fmt.Fprintf(w, "\n%d. %s\n", i+3, q.asks)
		for _, line := range q.answer(records) {
			fmt.Fprintf(w, "     %s\n", line)
		}
		fmt.Fprintf(w, "   %s\n", q.why)
	}
	return nil
}
