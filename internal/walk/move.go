package walk

import (
	"container/heap"
	"net/netip"
	"slices"
)

// Move takes what is remembered to another world, by the IDs of what remembers it. What is gone there is
// forgotten, and so is what came by a peering that is gone, or left from an address that is gone or is of a
// regional NAT gateway in a zone that has failed.
func (m *Memory) Move(from, to *World) {
	at := make(map[string]uint32, len(to.Places))
	for place, id := range to.Places {
		at[id] = uint32(place)
	}
	old, fresh := m.ages, NewMemory()
	placeOf := func(place uint32) uint32 { return at[from.Places[place]] }
	fresh.now, fresh.rates = m.now, m.rates.move(placeOf)
	for _, f := range old {
		if f.move(to, placeOf) {
			fresh.adopt(f)
		}
	}
	heap.Init(&fresh.ages)
	*m = *fresh
}

// move puts f where its controls are in another world. It reports whether they are there.
func (f *flow) move(to *World, placeOf func(uint32) uint32) bool {
	for i := range f.keys {
		k := &f.keys[i]
		if k.at = placeOf(k.at); k.at == 0 {
			return false
		}
	}
	if f.peering != "" {
		f.back = placeOf(f.back)
		return f.back != 0 && to.Peerings[f.peering] != nil
	}
	if f.ports != (portsOf{}) {
		f.ports.at = f.keys[len(f.keys)-1].at
		return to.sendsFrom(f.ports.at, addrOf(f.outside.src))
	}
	return true
}

// sendsFrom reports whether what is at a place has that address. A regional NAT gateway goes on without those
// of zones that have failed (F4.219).
func (w *World) sendsFrom(at uint32, a netip.Addr) bool {
	if g := w.RegionalNATs[a]; g != nil && g.Place == at && !slices.Contains(g.lost, a) {
		return true
	}
	for _, v := range w.VPCs {
		if e := v.Addresses[a]; e != nil && e.Place == at {
			return true
		}
	}
	return false
}

// adopt takes over a flow that was moved. The queue is the caller's to put in order.
func (m *Memory) adopt(f *flow) {
	for _, k := range f.keys {
		m.flows[k] = f
	}
	if f.ports != (portsOf{}) {
		m.portsOf(f.ports).used++
	}
	f.index = len(m.ages)
	m.ages = append(m.ages, f)
}
