package walk

import (
	"testing"
	"time"

	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/subnet"
)

// told is one packet: of the opener's, or of the other end's.
type told struct {
	byOpener bool
	packet.Flags
}

func says(f packet.Flags) told  { return told{true, f} }
func hears(f packet.Flags) told { return told{false, f} }

// over stands for a connection that is over with its last packet.
const over = time.Duration(-1)

const (
	syn, ack, fin, rst = packet.SYN, packet.ACK, packet.FIN, packet.RST
	data               = packet.ACK | packet.PSH
)

// TestLife: for how long a connection is remembered, from its first packet to its last.
func TestLife(t *testing.T) {
	const established, opening = subnet.DefaultTCPEstablished, 2 * time.Minute
	shake := []told{says(syn), hears(syn | ack), says(ack)}
	after := func(more ...told) []told { return append(shake[:len(shake):len(shake)], more...) }
	for _, c := range []struct {
		name     string
		protocol packet.Protocol
		packets  []told
		want     time.Duration
	}{
		{"F5.207 a SYN", packet.TCP, []told{says(syn)}, opening},
		{"F5.207 flags that are not stated open as well", packet.TCP, []told{says(0)}, opening},
		{"F5.207 SYN and SYN", packet.TCP, []told{says(syn), says(syn)}, opening},
		{"F5.207 SYN, and no SYN and ACK", packet.TCP, []told{says(syn), hears(ack), says(ack)}, opening},
		{"F5.207 answered", packet.TCP, []told{says(syn), hears(syn | ack)}, opening},
		{"F5.207 answered twice", packet.TCP, []told{says(syn), hears(syn | ack), hears(syn | ack)}, opening},
		{"F5.207 data of the other end does not end the handshake", packet.TCP, []told{says(syn), hears(syn | ack), hears(data)}, opening},
		{"F5.207 the handshake is done", packet.TCP, shake, established},
		{"F5.207 by data", packet.TCP, []told{says(syn), hears(syn | ack), says(data)}, established},
		{"F5.207 a SYN once more changes nothing", packet.TCP, after(says(syn)), established},
		{"F5.207 nor does one of the other end's", packet.TCP, after(hears(syn)), established},
		{"F5.210 picked up in the middle", packet.TCP, []told{says(data)}, established},
		{"F5.210 picked up at its end", packet.TCP, []told{says(fin | ack)}, opening},
		{"F1.511 a FIN", packet.TCP, after(says(fin | ack)), opening},
		{"F1.511 a FIN, acknowledged", packet.TCP, after(says(fin|ack), hears(ack)), opening},
		{"F1.511 the other end goes on", packet.TCP, after(says(fin|ack), hears(ack), hears(data), says(ack)), opening},
		{"F1.511 both FINs", packet.TCP, after(says(fin|ack), hears(fin|ack)), opening},
		{"F1.511 the last ACK is not that of who closed last", packet.TCP, after(says(fin|ack), hears(fin|ack), hears(ack)), opening},
		{"F1.511 the last ACK", packet.TCP, after(says(fin|ack), hears(fin|ack), says(ack)), over},
		{"F1.511 the other end closes first", packet.TCP, after(hears(fin|ack), says(ack), says(fin|ack), hears(ack)), over},
		{"F1.511 FIN without ACK", packet.TCP, after(hears(fin), says(fin), hears(ack)), over},
		{"F1.511 a FIN that is sent again is acknowledged again", packet.TCP, after(says(fin|ack), hears(fin|ack), says(fin|ack), says(ack)), opening},
		{"F1.511 a reset", packet.TCP, after(says(rst)), over},
		{"F1.511 a reset of the other end's", packet.TCP, after(hears(rst | ack)), over},
		{"F1.511 refused", packet.TCP, []told{says(syn), hears(rst | ack)}, over},
		{"F1.511 a reset after a FIN", packet.TCP, after(says(fin|ack), hears(rst)), over},

		{"F5.207 a UDP request", packet.UDP, []told{says(0)}, 30 * time.Second},
		{"F5.207 many requests without an answer", packet.UDP, []told{says(0), says(0), says(0)}, 30 * time.Second},
		{"F5.207 with its answer", packet.UDP, []told{says(0), hears(0)}, 30 * time.Second},
		{"F5.207 an answer in many packets is one", packet.UDP, []told{says(0), hears(0), hears(0), hears(0)}, 30 * time.Second},
		{"F5.207 two requests and then their answers are one transaction", packet.UDP, []told{says(0), says(0), hears(0), hears(0)}, 30 * time.Second},
		{"F5.207 a second request alone", packet.UDP, []told{says(0), hears(0), says(0)}, 30 * time.Second},
		{"F5.207 more than one transaction", packet.UDP, []told{says(0), hears(0), says(0), hears(0)}, 180 * time.Second},
		{"F5.207 once a stream, always a stream", packet.UDP, []told{says(0), hears(0), says(0), hears(0), says(0), says(0)}, 180 * time.Second},

		{"F5.206 another protocol", packet.ESP, []told{says(0), hears(0), says(0), hears(0)}, 600 * time.Second},
		{"F5.201 ICMP", packet.ICMP, []told{says(0), hears(0)}, 30 * time.Second},
	} {
		t.Run(c.name, func(t *testing.T) {
			var l life
			got := time.Duration(0)
			for i, p := range c.packets {
				if got == over {
					t.Fatalf("over before packet %d", i)
				}
				got = over
				if !l.see(packet.Packet{Protocol: c.protocol, Flags: p.Flags}, p.byOpener) {
					got = l.idle(ofGroups(subnet.Tracking{}))
				}
			}
			if got != c.want {
				t.Errorf("remembered for %v, want %v", got, c.want)
			}
		})
	}
}

// TestTimeoutsOfNATGateways: F4.212, a NAT gateway forgets all in the same time.
func TestTimeoutsOfNATGateways(t *testing.T) {
	for _, proto := range []packet.Protocol{packet.TCP, packet.UDP, packet.ICMP} {
		for _, f := range []packet.Flags{syn, ack, fin} {
			var l life
			l.see(packet.Packet{Protocol: proto, Flags: f}, true)
			if got := l.idle(&ofNATGateway); got != 350*time.Second {
				t.Errorf("F4.212 %v %v: %v", proto, f, got)
			}
		}
	}
}
