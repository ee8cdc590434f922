package subnet

import (
	"cmp"
	"time"

	"github.com/packetwalk/packetwalk/internal/fault"
)

// Tracking is how long security groups remember a connection that is idle, per state (F5.207). AWS takes
// whole seconds. A zero field is AWS's default.
type Tracking struct {
	TCPEstablished time.Duration // 60 s to 432,000 s; default 432,000 s, five days
	UDPStream      time.Duration // more than one request with its answer: 60 s to 180 s; default 180 s
	UDP            time.Duration // one way, or one request with its answer: 30 s to 60 s; default 30 s
}

// The timeouts where none is set (F5.207). Instances of the sixth Nitro generation have
// NitroV6TCPEstablished; set it there.
const (
	DefaultTCPEstablished = 432000 * time.Second
	NitroV6TCPEstablished = 350 * time.Second
	DefaultUDPStream      = 180 * time.Second
	DefaultUDP            = 30 * time.Second
)

// OrDefaults puts AWS's defaults in the place of what is zero.
func (t Tracking) OrDefaults() Tracking {
	t.TCPEstablished = cmp.Or(t.TCPEstablished, DefaultTCPEstablished)
	t.UDPStream = cmp.Or(t.UDPStream, DefaultUDPStream)
	t.UDP = cmp.Or(t.UDP, DefaultUDP)
	return t
}

// validate reports a timeout that AWS does not take (F5.207).
func (t Tracking) validate(faults *fault.List) {
	for _, f := range []struct {
		name             string
		set, least, most time.Duration
	}{
		{"TCPEstablished", t.TCPEstablished, time.Minute, DefaultTCPEstablished},
		{"UDPStream", t.UDPStream, time.Minute, DefaultUDPStream},
		{"UDP", t.UDP, DefaultUDP, time.Minute},
	} {
		if f.set != 0 && (f.set < f.least || f.set > f.most || f.set%time.Second != 0) {
			faults.Add("Tracking."+f.name, f.set, fault.ErrInvalid, "want whole seconds from %v to %v, or zero for the default", f.least, f.most)
		}
	}
}
