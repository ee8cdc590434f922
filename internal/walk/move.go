package walk

import "container/heap"

// Move takes what is remembered to another world, by the IDs of what remembers it: what is gone there is forgotten.
func (m *Memory) Move(from, to *World) {
	at := make(map[string]uint32, len(to.Places))
	for place, id := range to.Places {
		at[id] = uint32(place)
	}
	old, fresh := m.ages, NewMemory()
	fresh.now = m.now
	for _, f := range old {
		if fresh.adopt(f, func(place uint32) uint32 { return at[from.Places[place]] }) {
			f.index = len(fresh.ages)
			fresh.ages = append(fresh.ages, f)
		}
	}
	heap.Init(&fresh.ages)
	*m = *fresh
}

// adopt takes over a flow of another world. It reports whether there is a place for it.
func (m *Memory) adopt(f *flow, placeOf func(uint32) uint32) bool {
	for i := range f.keys {
		k := &f.keys[i]
		if k.at = placeOf(k.at); k.at == 0 {
			return false
		}
	}
	if f.peering != "" {
		if f.back = placeOf(f.back); f.back == 0 {
			return false
		}
	}
	for _, k := range f.keys {
		m.flows[k] = f
	}
	if f.ports != (portsOf{}) {
		f.ports.at = f.keys[0].at
		m.portsOf(f.ports).used++
	}
	return true
}
