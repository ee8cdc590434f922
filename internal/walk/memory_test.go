package walk

import (
	"math"
	"math/rand/v2"
	"net/netip"
	"slices"
	"testing"
	"time"

	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/subnet"
)

// tracked remembers a connection of the groups at place 1, from a source port. It is found again by the
// tuple.
func (m *Memory) tracked(p packet.Packet, port uint16) key {
	p.SrcPort = port
	k := key{by: byGroups, in: packet.Ingress, at: 1, tuple: opening(p)}
	m.add(&flow{keys: []key{k}, limits: ofGroups(subnet.Tracking{})}, p)
	return k
}

// TestQueue: F5.207, whatever was seen and in whatever order, each connection is forgotten when it was idle
// for as long as its state says: not before, and not later.
func TestQueue(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	m := NewMemory()
	due := make(map[key]time.Duration) // as a list would have it
	tcp, udp := requests["TCP"], requests["UDP"]
	for range 20_000 {
		switch r.IntN(4) {
		case 0:
			due[m.tracked(tcp, uint16(r.IntN(500)))] = m.now + tcpNotEstablished
		case 1:
			due[m.tracked(udp, uint16(r.IntN(500)))] = m.now + subnet.DefaultUDP
		case 2: // seen again: a SYN and its answer do not change the state, and begin the time anew
			for k, f := range m.flows {
				m.see(f, packet.Packet{Protocol: k.protocol, Flags: packet.SYN}, true)
				due[k] = m.now + f.life.idle(f.limits)
				break
			}
		case 3:
			m.Advance(time.Duration(r.IntN(20)) * time.Second)
			for k, at := range due {
				if at <= m.now {
					delete(due, k)
				}
			}
		}
		if m.Len() != len(due) {
			t.Fatalf("at %v: %d are remembered, want %d", m.now, m.Len(), len(due))
		}
	}
	for k := range due {
		if m.flows[k] == nil {
			t.Errorf("%v is forgotten", k)
		}
	}
	for i, f := range m.ages {
		if f.index != i || f.due > f.deadline {
			t.Fatalf("place %d of the queue: index %d, due %v, deadline %v", i, f.index, f.due, f.deadline)
		}
	}
	m.Advance(time.Hour)
	if m.Len() != 0 || len(m.flows) != 0 {
		t.Errorf("%d are left, by %d keys", m.Len(), len(m.flows))
	}
}

// TestShortenedLife: F1.511, a connection whose time becomes shorter is forgotten by the new time.
func TestShortenedLife(t *testing.T) {
	m := NewMemory()
	k := m.tracked(requests["TCP"], 1)
	f := m.flows[k]
	m.see(f, packet.Packet{Protocol: packet.TCP, Flags: syn | ack}, false)
	m.see(f, packet.Packet{Protocol: packet.TCP, Flags: ack}, true)
	m.tracked(requests["TCP"], 2)
	m.Advance(tcpNotEstablished)
	if m.Len() != 1 || m.flows[k] != f {
		t.Fatalf("F5.207 %d are left, want the established one", m.Len())
	}
	m.see(f, packet.Packet{Protocol: packet.TCP, Flags: fin | ack}, true)
	m.Advance(tcpNotEstablished - 1)
	if m.Len() != 1 {
		t.Error("F1.511 forgotten too early")
	}
	m.Advance(1)
	if m.Len() != 0 {
		t.Error("F1.511 forgotten too late")
	}
}

// TestErrorsDoNotKeepAlive: F5.207, an ICMP error about a connection is no packet of it.
func TestErrorsDoNotKeepAlive(t *testing.T) {
	m := NewMemory()
	f := m.flows[m.tracked(requests["UDP"], 1)]
	m.Advance(20 * time.Second)
	m.see(f, requests["UDP"].TooBig(there), false)
	m.Advance(10 * time.Second)
	if m.Len() != 0 {
		t.Error("the error kept it alive")
	}
}

// TestTimeEnds: time stands still at its end.
func TestTimeEnds(t *testing.T) {
	m := NewMemory()
	m.Advance(-1)
	m.Advance(math.MinInt64)
	if m.Now() != 0 {
		t.Errorf("time ran back to %v", m.Now())
	}
	m.Advance(math.MaxInt64 - 1)
	m.tracked(requests["TCP"], 1)
	m.Advance(math.MaxInt64)
	m.Advance(1)
	if m.Now() != math.MaxInt64 || m.Len() != 0 {
		t.Errorf("at %v %d are left", m.Now(), m.Len())
	}
}

// TestGiveBack: F5.207, the maps shrink with what they hold: Go's do not by themselves.
func TestGiveBack(t *testing.T) {
	m := NewMemory()
	for i := range 10_000 {
		p := requests["TCP"]
		p.SrcPort = uint16(2000 + i)
		m.opened(1, p, 1<<20)
	}
	m.Advance(natIdle - 1)
	kept := m.tracked(requests["UDP"], 1)
	m.Advance(1)
	if m.Len() != 1 || m.flows[kept] == nil || len(m.ports) != 0 {
		t.Fatalf("%d are left", m.Len())
	}
	if m.peak != 1 || cap(m.ages) > 16 {
		t.Errorf("still made for %d, the queue for %d", m.peak, cap(m.ages))
	}
}

// TestMove: F5.204, connections go over to another world by the IDs of what remembers them.
func TestMove(t *testing.T) {
	world := func(ids ...string) *World {
		w := new(World)
		for _, id := range ids {
			w.NewPlace(id)
		}
		return w
	}
	from, to := world("web", "nat", "gone"), world("other", "web", "nat")
	to.RegionalNATs = map[netip.Addr]*RegionalNAT{here: {Place: 3}}
	m := NewMemory()
	m.Advance(time.Second)
	p := requests["TCP"]
	m.add(&flow{keys: []key{{by: byGroups, in: packet.Egress, at: 1, tuple: opening(p)}}, limits: ofGroups(subnet.Tracking{})}, p)
	m.opened(2, p, 10)
	m.add(&flow{keys: []key{{by: byGroups, in: packet.Egress, at: 3, tuple: opening(p)}}, limits: ofGroups(subnet.Tracking{})}, p)
	m.opened(3, p, 10)
	m.Move(from, to)
	var places []uint32
	for k := range m.flows {
		places = append(places, k.at)
	}
	slices.Sort(places)
	if !slices.Equal(places, []uint32{2, 3, 3}) || m.Len() != 2 {
		t.Errorf("F5.204 remembered at %v, %d in all; want at nat, by both keys, and at web", places, m.Len())
	}
	if len(m.ports) != 1 || m.ports[setOf(3, opening(p))] == nil {
		t.Errorf("F4.213 ports: %v", m.ports)
	}
	if m.Now() != time.Second {
		t.Errorf("the time is %v", m.Now())
	}
	m.Advance(tcpNotEstablished)
	m.Advance(natIdle)
	if m.Len() != 0 || len(m.ports) != 0 || len(m.flows) != 0 {
		t.Errorf("F5.207 %d are left, %d sets of ports, %d keys", m.Len(), len(m.ports), len(m.flows))
	}
}
