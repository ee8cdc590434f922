package packetwalk

import (
	"fmt"
	"strings"

	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/trace"
)

// Scan is what a port scan found out; see [Session.Scan]. The zero Scan is of no ports.
type Scan struct {
	From, To string        // as they were asked for
	Ports    []ScannedPort // in the order in which they were asked for
}

// ScannedPort is a port of a [Scan].
type ScannedPort struct {
	Port uint16
	// Verdict is that on the SYN, or on the answer to it. Who is dropped hears nothing: of AWS's controls
	// none says no.
	Verdict trace.Verdict
}

// Open reports whether an answer came back. What listens behind the controls is not known: whoever gets a SYN
// accepts it.
func (p ScannedPort) Open() bool { return p.Verdict.Outcome == trace.Delivered }

// Open lists the ports that answered.
func (s Scan) Open() (ports []uint16) {
	for _, p := range s.Ports {
		if p.Open() {
			ports = append(ports, p.Port)
		}
	}
	return ports
}

// Format prints a scan: one line for %v and %s, and for %+v one more for each port.
func (s Scan) Format(f fmt.State, verb rune) {
	fmt.Fprint(f, s.String())
	if verb == 'v' && f.Flag('+') {
		for _, p := range s.Ports {
			fmt.Fprintf(f, "\n%s", p)
		}
	}
}

// String says in one line which ports answered.
func (s Scan) String() string {
	open := s.Open()
	var names []string
	for _, port := range open {
		names = append(names, fmt.Sprintf("tcp/%d", port))
	}
	text := fmt.Sprintf("%s -> %s: %d of %d ports answer", s.From, s.To, len(open), len(s.Ports))
	if len(names) > 0 {
		text += ": " + strings.Join(names, ", ")
	}
	return text
}

// String says whether the port answered, and if not, where it ended and why.
func (p ScannedPort) String() string {
	if p.Open() {
		return fmt.Sprintf("tcp/%d open", p.Port)
	}
	what := "dropped"
	if p.Verdict.Reply {
		what = "answer dropped"
	}
	return fmt.Sprintf("tcp/%d silent: %s at %v %s: %v", p.Port, what, p.Verdict.Stage, p.Verdict.ID, p.Verdict.Code)
}

// Scan sends a SYN to each of the TCP ports, each from a port of its own, and a reset to who answers, as a
// scanner's host does that opens no connection. Nothing is sent again, and no time goes by. From and to are
// as for [Session.Probe]; a name is looked up once. The error is also for a scan of no ports.
func (s *Session) Scan(from, to string, ports ...uint16) (Scan, error) {
	out := Scan{From: from, To: to}
	wrong := func(err error) (Scan, error) {
		return Scan{}, fmt.Errorf("packetwalk: scan from %q to %q: %w", from, to, err)
	}
	if len(ports) == 0 {
		return wrong(fmt.Errorf("%w: no ports: want at least one", ErrInvalid))
	}
	c, err := s.network.call(s.memory, from, to, tcpService(ports[0]).String(), s.nextPort())
	if err != nil {
		return wrong(err)
	}
	k := &exchange{session: s, call: c}
	var unresolved *Flow
	if c.unresolved() {
		f := k.open(0)
		unresolved = &f
	}
	for i, port := range ports {
		if unresolved != nil { // which is all that happens
			out.Ports = append(out.Ports, ScannedPort{port, unresolved.Verdict()})
			continue
		}
		if i > 0 {
			k.call.first.SrcPort = s.nextPort()
		}
		k.call.service, k.call.first.DstPort = tcpService(port), port
		out.Ports = append(out.Ports, ScannedPort{port, k.knock()})
	}
	return out, nil
}

func tcpService(port uint16) packet.Service {
	return packet.Ports(packet.TCP, packet.PortRange{First: port, Last: port})
}

// knock sends a SYN, and a reset to who answers.
func (k *exchange) knock() trace.Verdict {
	k.out.Flow = k.open(0)
	if k.out.Flow.OK() {
		k.opened()
		k.send(&k.caller, packet.RST, 0)
	}
	return k.out.Flow.Verdict()
}
