package walk

import "github.com/packetwalk/packetwalk/packet"

// The source ports that a translator sends from (F4.204).
const (
	firstPort = 1024
	lastPort  = 65535
)

// portsOf is a set of source ports: those of one address towards one destination, port and protocol (F4.213).
// The zero portsOf is none.
type portsOf struct {
	at       uint32
	src, dst [16]byte
	dstPort  uint16
	protocol packet.Protocol
}

// ports is what is known of such a set.
type ports struct {
	used int
	next uint16 // where to look for a free one
}

// setOf is the set from which the connection of that tuple has its port.
func setOf(at uint32, t tuple) portsOf {
	return portsOf{at: at, src: t.src, dst: t.dst, dstPort: t.dstPort, protocol: t.protocol}
}

// takePort finds a source port for a connection that would like to leave as t, from a translator with room
// for limit of them: the port that it has, where that is free, else the next free one. A protocol without
// ports has one connection to a destination at a time (F5.206).
func (m *Memory) takePort(at uint32, t tuple, limit int) (tuple, bool) {
	set := m.portsOf(setOf(at, t))
	if set.used >= limit {
		return t, false
	}
	for tries := 0; m.flows[key{by: byOutside, at: at, tuple: t}] != nil; tries++ {
		if tries > lastPort-firstPort || !t.protocol.HasPorts() && !t.protocol.IsICMP() {
			return t, false
		}
		t.srcPort = set.next
		if set.next++; set.next == 0 {
			set.next = firstPort
		}
	}
	set.used++
	return t, true
}

// portsOf is what is known of a set.
func (m *Memory) portsOf(s portsOf) *ports {
	set := m.ports[s]
	if set == nil {
		set = &ports{next: firstPort}
		m.ports[s] = set
	}
	return set
}

// release gives a port back.
func (m *Memory) release(s portsOf) {
	if set := m.ports[s]; set != nil {
		if set.used--; set.used == 0 {
			delete(m.ports, s)
		}
	}
}
