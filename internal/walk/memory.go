package walk

import (
	"container/heap"
	"math"
	"time"

	"github.com/packetwalk/packetwalk/packet"
)

// Memory is what the controls of a network remember of the packets of the past: the connections that groups
// track, those that NAT gateways, NAT instances and egress-only gateways have let out. What is idle for too
// long is forgotten as time goes by, and what is closed at once, so it holds no more than what is live.
//
// [NewMemory] makes an empty one, at time zero. It is not safe for concurrent use.
type Memory struct {
	now   time.Duration
	flows map[key]*flow
	ages  ages
	ports map[portsOf]*ports
	peak  int // the most that flows has held since it was made
	rates rates
}

// key is where a connection is remembered.
type key struct {
	by control
	in packet.Direction // groups: of the packet that opened it
	at uint32           // the place of the control
	tuple
}

// control is a kind of control that remembers.
type control uint8

const (
	byGroups     control = iota + 1
	byTranslator         // as it is inside
	byOutside            // the same, as it is outside
	byEgressOnly
	byPeering  // by which a NAT gateway's connection came in
	byEndpoint // behind which a service takes it
)

// flow is a connection that one control remembers.
type flow struct {
	keys     []key // under which it is found
	life     life
	limits   *timeouts
	deadline time.Duration // when it is forgotten
	due      time.Duration // when the queue looks at it, not later than deadline
	index    int           // in the queue

	inside, outside tuple   // of a translator
	ports           portsOf // from which it has its port; zero: none is counted
	peering         string  // of byPeering: its ID
	back            uint32  // of byPeering: the place of the VPC to which it leads
}

// NewMemory makes an empty memory.
func NewMemory() *Memory {
	return &Memory{flows: make(map[key]*flow), ports: make(map[portsOf]*ports)}
}

// Now is the time since the memory was made.
func (m *Memory) Now() time.Duration { return m.now }

// Len is how many connections are remembered, each once for each control that does.
func (m *Memory) Len() int { return len(m.ages) }

// Advance lets time go by, and forgets what has been idle for too long. Time does not run back: a d below
// zero counts as zero.
func (m *Memory) Advance(d time.Duration) {
	m.now += min(max(d, 0), math.MaxInt64-m.now)
	m.rates.advance(m.now)
	for len(m.ages) > 0 && m.ages[0].due <= m.now {
		f := m.ages[0]
		if f.deadline <= m.now {
			m.forget(f)
			continue
		}
		f.due = f.deadline
		heap.Fix(&m.ages, f.index)
	}
	m.giveBack()
}

// giveBack makes the map anew where most of it is empty: Go's maps do not shrink.
func (m *Memory) giveBack() {
	m.peak = max(m.peak, len(m.flows))
	if m.peak < 1024 || len(m.flows) > m.peak/4 {
		return
	}
	flows := make(map[key]*flow, len(m.flows))
	for k, f := range m.flows {
		flows[k] = f
	}
	m.flows, m.peak = flows, len(flows)
	m.ages = append(make(ages, 0, len(m.ages)), m.ages...)
	ports := make(map[portsOf]*ports, len(m.ports))
	for k, p := range m.ports {
		ports[k] = p
	}
	m.ports = ports
}

// add remembers a connection that p opens, under its keys.
func (m *Memory) add(f *flow, p packet.Packet) {
	for _, k := range f.keys {
		if old := m.flows[k]; old != nil {
			m.forget(old)
		}
	}
	for _, k := range f.keys {
		m.flows[k] = f
	}
	m.peak = max(m.peak, len(m.flows))
	over := f.life.see(p, true)
	f.deadline = m.until(f)
	f.due = f.deadline
	heap.Push(&m.ages, f)
	if over {
		m.forget(f)
	}
}

// see takes note of another packet of f.
func (m *Memory) see(f *flow, p packet.Packet, fromOpener bool) {
	if p.IsError() {
		return // it is about the connection, and no part of it
	}
	if f.life.see(p, fromOpener) {
		m.forget(f)
		return
	}
	f.deadline = m.until(f)
	if f.deadline < f.due {
		f.due = f.deadline
		heap.Fix(&m.ages, f.index)
	}
}

// until is when f will be forgotten, if it is idle from now on.
func (m *Memory) until(f *flow) time.Duration {
	return m.now + min(f.life.idle(f.limits), math.MaxInt64-m.now)
}

// forget removes f.
func (m *Memory) forget(f *flow) {
	for _, k := range f.keys {
		delete(m.flows, k)
	}
	heap.Remove(&m.ages, f.index)
	m.release(f.ports)
}

// ages is the queue of what is forgotten next: a heap by due.
type ages []*flow

func (q ages) Len() int           { return len(q) }
func (q ages) Less(i, j int) bool { return q[i].due < q[j].due }

func (q ages) Swap(i, j int) {
	q[i], q[j] = q[j], q[i]
	q[i].index, q[j].index = i, j
}

// Push is of [heap.Interface].
func (q *ages) Push(x any) {
	f := x.(*flow)
	f.index = len(*q)
	*q = append(*q, f)
}

// Pop is of [heap.Interface].
func (q *ages) Pop() any {
	last := len(*q) - 1
	f := (*q)[last]
	(*q)[last] = nil
	*q = (*q)[:last]
	return f
}
