// Zone-failure is the lesson on what is left of a network when an Availability Zone fails.
//
// Subnets stand in one zone, and so do the instances, the NAT gateways and the interfaces of endpoints in
// them. Internet gateways, gateway endpoints, peerings and routes stand in none. So the question "does this
// survive the loss of us-east-1a?" is one more Build, of the same Config with that zone in ImpairedZones.
//
// Look at the column of us-east-1a in the first table: us-east-1b works, and what runs there has lost its way
// out and its queue all the same, by routes and names that lead into the other zone. The routes stay active:
// AWS turns none into a blackhole. The second table is of the same applications with a NAT gateway and an
// endpoint interface in each zone. The networks are in designs.go.
//
//	go run ./examples/zone-failure
package main

import (
	"fmt"
	"io"
	"log"
	"os"
	"strings"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/trace"
)

func main() {
	log.SetFlags(0)
	if err := run(os.Stdout); err != nil {
		log.Fatal(err)
	}
}

// questions are what the applications need. Those of a zone that fails are gone with it.
var questions = []struct{ from, to, service string }{
	{"internet", "web-a", "tcp/443"},
	{"internet", "web-b", "tcp/443"},
	{"web-b", "app-b", "tcp/8080"},
	{"app-a", "internet", "tcp/443"},
	{"app-b", "internet", "tcp/443"},
	{"app-a", "queue", "tcp/443"},
	{"app-b", "queue", "tcp/443"},
	{"app-b", "files", "tcp/443"},
}

func run(w io.Writer) error {
	for i, d := range designs {
		b := packetwalk.New()
		d.describe(b)
		table, err := survey(b.Config())
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(w, "%d. %s\n\n%s\n", i+1, d.title, table); err != nil {
			return err
		}
	}
	return nil
}

// survey asks the questions while all zones work, and with each zone failed; and what there is to regret
// beforehand.
func survey(cfg packetwalk.Config) (string, error) {
	losses := []struct {
		title string
		zones []string
	}{{"all zones work", nil}, {"us-east-1a fails", []string{"us-east-1a"}}, {"us-east-1b fails", []string{"us-east-1b"}}}
	header, rows := fmt.Sprintf("%30s", ""), make([]string, len(questions))
	for i, q := range questions {
		rows[i] = fmt.Sprintf("%-30s", fmt.Sprintf("%s -> %s %s", q.from, q.to, q.service))
	}
	var warnings string
	for _, loss := range losses {
		cfg.ImpairedZones = loss.zones
		n, err := cfg.Build()
		if err != nil {
			return "", err
		}
		header += fmt.Sprintf("%-30s", loss.title)
		for i, q := range questions {
			flow, err := n.Probe(q.from, q.to, q.service)
			if err != nil {
				return "", err
			}
			rows[i] += fmt.Sprintf("%-30s", cell(flow))
		}
		if loss.zones == nil {
			for _, warning := range n.Warnings() {
				warnings += fmt.Sprintf("\n     warning: %v\n", warning)
			}
		}
	}
	var out strings.Builder
	for _, line := range append([]string{header}, rows...) {
		out.WriteString("     " + strings.TrimRight(line, " ") + "\n")
	}
	return out.String() + warnings, nil
}

// cell is a verdict in a few words.
func cell(flow packetwalk.Flow) string {
	switch v := flow.Verdict(); {
	case flow.OK():
		return "works"
	case v.Code == trace.ZoneImpaired:
		return "lost at " + v.ID
	default:
		return fmt.Sprintf("%v at %s", v.Code, v.ID)
	}
}
