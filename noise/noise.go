package noise

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/packetwalk/packetwalk"
)

// Mix is how much of each kind begins in a minute, on average. The zero Mix is silence; a number below zero
// counts as zero.
type Mix struct {
	Scans   float64 // somebody on the internet tries a few TCP ports of one public address
	Calls   float64 // a TCP connection that the network lets by, with data both ways
	Lookups float64 // a host asks its DNS server, with 40 bytes, for an answer of 120; Amazon's is in no flow log (F1.601)
	Pings   float64 // one to four of them, from the internet or from host to host, let by or not
}

// Usual is a quiet network: two scans, six calls, four lookups and a ping a minute.
func Usual() Mix { return Mix{Scans: 2, Calls: 6, Lookups: 4, Pings: 1} }

// Made says what was done.
type Made struct {
	Scans, Calls, Lookups, Pings int
	Ports                        int // that were tried in scans
	Answered                     int // calls, lookups, pings and ports that got their answer, up to the last
	// Packets and Bytes are what calls, lookups and pings sent, from both ends.
	Packets, Bytes int64
}

// String says it in one line.
func (m Made) String() string {
	return fmt.Sprintf("%d scans of %d ports, %d calls, %d lookups, %d pings; %d answered",
		m.Scans, m.Ports, m.Calls, m.Lookups, m.Pings, m.Answered)
}

// Make lets a session pass d, with noise in it. Of what the network has no place for, such as scans where
// nothing is public, there is none. What begins late may end after d; else exactly d has passed. A d below
// zero counts as zero.
//
// The error is for a session without a network, and for a Mix of more than a million things in d.
func Make(s *packetwalk.Session, seed uint64, d time.Duration, mix Mix) (Made, error) {
	if s == nil || s.Network() == nil {
		return Made{}, fmt.Errorf("noise: %w: the zero Session: want one that NewSession made", packetwalk.ErrInvalid)
	}
	if n := (max(mix.Scans, 0) + max(mix.Calls, 0) + max(mix.Lookups, 0) + max(mix.Pings, 0)) * max(d, 0).Minutes(); !(n <= most) {
		return Made{}, fmt.Errorf("noise: %w: %g things in %s: want at most %d", packetwalk.ErrInvalid, n, d, int(most))
	}
	m := newMaker(s, seed)
	end := s.Now().Add(max(d, 0))
	for _, e := range m.plan(max(d, 0), mix) {
		s.Advance(e.at.Sub(s.Now()))
		if err := e.happens(); err != nil {
			return m.made, fmt.Errorf("noise: %w", err)
		}
	}
	s.Advance(end.Sub(s.Now()))
	return m.made, nil
}

// most is how many things are planned at a time.
const most = 1e6

// event is one thing that happens.
type event struct {
	at      time.Time
	happens func() error
}

// plan draws the times at which things happen, in their order.
func (m *maker) plan(d time.Duration, mix Mix) (events []event) {
	for _, kind := range []struct {
		rate    float64
		happens func() error
	}{{mix.Scans, m.scan}, {mix.Calls, m.call}, {mix.Lookups, m.lookup}, {mix.Pings, m.ping}} {
		for range m.count(kind.rate * d.Minutes()) {
			at := m.session.Now().Add(time.Duration(m.Float64() * float64(d)))
			events = append(events, event{at, kind.happens})
		}
	}
	slices.SortStableFunc(events, func(a, b event) int { return a.at.Compare(b.at) })
	return events
}

// count is a whole number that is x on average.
func (m *maker) count(x float64) int {
	x = max(x, 0)
	n := int(x)
	if m.Float64() < x-float64(n) {
		n++
	}
	return n
}

// maker makes noise in a session.
type maker struct {
	*rand.Rand
	session *packetwalk.Session
	places
	made Made
}

// newMaker makes the maker of a session, which draws from the seed.
func newMaker(s *packetwalk.Session, seed uint64) *maker {
	return &maker{Rand: rand.New(rand.NewPCG(seed, 4)), session: s, places: placesOf(s.Network())}
}

// pick draws one of a list that is not empty.
func pick[T any](m *maker, list []T) T { return list[m.IntN(len(list))] }
