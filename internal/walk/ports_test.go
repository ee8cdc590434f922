package walk

import (
	"testing"

	"github.com/packetwalk/packetwalk/packet"
)

// opened lets the memory open a connection by a translator at a place. It gives its source port outside.
func (m *Memory) opened(at uint32, p packet.Packet, limit int) (port uint16, ok bool) {
	inside := opening(p)
	outside, ok := m.takePort(at, inside, limit)
	if !ok {
		return 0, false
	}
	m.add(&flow{
		keys:   []key{{by: byTranslator, at: at, tuple: inside}, {by: byOutside, at: at, tuple: outside}},
		limits: &ofNATGateway, ports: setOf(at, outside), inside: inside, outside: outside,
	}, p)
	return outside.srcPort, true
}

// TestPorts: F4.204, F4.213, from which ports a translator sends. All packets here leave from one address,
// which stands as their source.
func TestPorts(t *testing.T) {
	tcp, ping := requests["TCP"], requests["a ping"]
	from := func(p packet.Packet, port uint16) packet.Packet { p.SrcPort = port; return p }
	t.Run("F4.204 a port that is free stays", func(t *testing.T) {
		m := NewMemory()
		if got, ok := m.opened(1, from(tcp, 5000), 10); !ok || got != 5000 {
			t.Errorf("port %d, %v", got, ok)
		}
	})
	t.Run("F4.204 one that is taken becomes another from 1024 on", func(t *testing.T) {
		m := NewMemory()
		seen := make(map[uint16]bool)
		for _, port := range []uint16{1024, 1025, 65535} {
			m.opened(1, from(tcp, port), 10)
			seen[port] = true
		}
		for range 7 {
			outside, ok := m.takePort(1, opening(from(tcp, 1024)), 1000)
			if !ok || outside.srcPort < 1024 || seen[outside.srcPort] {
				t.Fatalf("port %d, %v", outside.srcPort, ok)
			}
			m.flows[key{by: byOutside, at: 1, tuple: outside}] = &flow{}
			seen[outside.srcPort] = true
		}
	})
	t.Run("F4.213 so many connections to one destination, port and protocol, and no more", func(t *testing.T) {
		m := NewMemory()
		for i := range 5 {
			if _, ok := m.opened(1, from(tcp, uint16(2000+i)), 5); !ok {
				t.Fatalf("connection %d", i)
			}
		}
		if _, ok := m.opened(1, from(tcp, 3000), 5); ok {
			t.Error("a sixth")
		}
		elsewhere, port, protocol := from(tcp, 3000), from(tcp, 3000), from(tcp, 3000)
		elsewhere.Dst, port.DstPort, protocol.Protocol = natAddress, 80, packet.UDP
		for _, p := range []packet.Packet{elsewhere, port, protocol} {
			if _, ok := m.opened(1, p, 5); !ok {
				t.Errorf("none is left for %v", p)
			}
		}
		if _, ok := m.opened(2, from(tcp, 3000), 5); !ok {
			t.Error("none is left at another translator")
		}
	})
	t.Run("F4.213 what is forgotten gives its port back", func(t *testing.T) {
		m := NewMemory()
		for i := range 5 {
			m.opened(1, from(tcp, uint16(2000+i)), 5)
		}
		m.Advance(natIdle)
		if len(m.ports) != 0 {
			t.Errorf("%d sets of ports are left", len(m.ports))
		}
		if _, ok := m.opened(1, from(tcp, 3000), 5); !ok {
			t.Error("no port is left")
		}
	})
	t.Run("F4.204 all of 1024-65535 and not one more", func(t *testing.T) {
		m := NewMemory()
		for i := firstPort; i <= lastPort; i++ {
			if got, ok := m.opened(1, from(tcp, 1024), 1<<20); !ok || got < firstPort {
				t.Fatalf("connection %d: port %d, %v", i-firstPort, got, ok)
			}
			delete(m.flows, key{by: byTranslator, at: 1, tuple: opening(from(tcp, 1024))}) // as another host's
		}
		if got, ok := m.opened(1, from(tcp, 1024), 1<<20); ok {
			t.Errorf("one more: port %d", got)
		}
	})
	t.Run("F5.206 a protocol without ports has one connection at a time", func(t *testing.T) {
		m := NewMemory()
		if port, ok := m.opened(1, requests["ESP"], 10); !ok || port != 0 {
			t.Errorf("port %d, %v", port, ok)
		}
		if _, ok := m.takePort(1, opening(requests["ESP"]), 10); ok {
			t.Error("a second one")
		}
	})
	t.Run("F4.204 pings have identifiers in the place of ports", func(t *testing.T) {
		m := NewMemory()
		m.opened(1, ping, 10)
		if outside, ok := m.takePort(1, opening(ping), 10); !ok || outside.srcPort == ping.ICMPID {
			t.Errorf("identifier %d, %v", outside.srcPort, ok)
		}
	})
}
