package capture

import (
	"math"

	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/trace"
)

// Window is one aggregation interval with the records of it, those of flows in the order of their first
// packets.
type Window struct {
	Start, End int64 // its first second, and the one after its last
	Records    []flowlog.Record
}

// Log is what one flow log gathers at one network interface. It begins with the interface's first packet:
// before that nothing is written (F1.019). Make one with [New]. It holds the open interval, and those that
// nobody took yet.
//
// Intervals begin at multiples of their length in Unix time. AWS does not say where they begin: that is
// assumed.
type Log struct {
	interval int64
	most     int            // flows in an interval
	about    flowlog.Record // the interface, without a packet; with a status of zero nothing is known of it

	open    Window
	places  map[Flow]int // in open.Records
	busy    bool         // the open interval had traffic
	skipped bool         // the open interval had flows beyond most

	over  []Window // intervals with traffic that are over, in their order
	began bool     // there was traffic
	next  int64    // the start of the first interval that was not taken
	last  int64    // the end of the last interval with traffic that was taken
	end   int64    // from when on the flow log is gone
}

// New makes a Log that gathers for interval seconds, and of no more flows than most in each.
func New(interval int64, most int) *Log {
	return &Log{interval: interval, most: most, places: make(map[Flow]int), end: math.MaxInt64}
}

// Interval is the length of the intervals in seconds.
func (l *Log) Interval() int64 { return l.interval }

// Add counts a packet of a flow that is known in the open interval. It reports false for a flow that is not:
// then [Log.Begin] wants its record. Now is the time, which never runs back.
func (l *Log) Add(f Flow, p *packet.Packet, now int64) (known bool) {
	l.Touch(now)
	i, known := l.places[f]
	if known {
		add(&l.open.Records[i], p, now)
	}
	return known
}

// Begin adds the first packet of a flow in the open interval: r is the record of that packet. What is beyond
// the bound on flows is not recorded, and leaves one SKIPDATA record however many flows it is (F1.652,
// F1.653); what Block Public Access rejects leaves none (F1.512).
func (l *Log) Begin(f Flow, r *flowlog.Record, now int64) {
	l.Touch(now)
	if l.about.LogStatus == 0 {
		l.about = blank(r, flowlog.StatusNoData, 0, 0)
	}
	if len(l.open.Records) >= l.most {
		l.skipped = l.skipped || f.Reason != trace.RejectBPA
		return
	}
	l.places[f] = len(l.open.Records)
	l.open.Records = append(l.open.Records, *r)
}

// About tells of which interface the log is, where Begin was never called, or what has changed of it since: r
// is any record of the interface.
func (l *Log) About(r *flowlog.Record) { l.about = blank(r, flowlog.StatusNoData, 0, 0) }

// Known reports whether the log was told of which interface it is.
func (l *Log) Known() bool { return l.about.LogStatus != 0 }

// Touch notes that there was traffic, which the flow log need not keep.
func (l *Log) Touch(now int64) {
	if l.busy && now < l.open.End {
		return
	}
	l.seal()
	start := floor(now, l.interval)
	if !l.began {
		l.began, l.next, l.last = true, start, start
	}
	l.open, l.busy = Window{Start: start, End: start + l.interval}, true
}

// floor is the greatest multiple of n that is not above t.
func floor(t, n int64) int64 { return t - ((t%n)+n)%n }

// seal ends the open interval.
func (l *Log) seal() {
	if !l.busy {
		return
	}
	if l.skipped {
		l.open.Records = append(l.open.Records, blank(&l.about, flowlog.StatusSkipData, l.open.Start, l.open.End-1))
	}
	l.over = append(l.over, l.open)
	l.open, l.busy, l.skipped = Window{}, false, false
	if len(l.places) > roomy {
		l.places = make(map[Flow]int)
	}
	clear(l.places)
}

// roomy is the number of flows from which on an interval's memory is given back at its end.
const roomy = 1024

// Stop ends the flow log: the open interval ends as it is, and there is no NODATA for what is not over now.
func (l *Log) Stop(now int64) {
	l.seal()
	l.end = now
}

// Empty reports whether a log that was stopped has nothing left to take, such as one that saw no packet.
func (l *Log) Empty() bool { return len(l.over) == 0 && (!l.began || l.next > l.end-l.interval) }

// Flush is Take of all intervals, the open one too, as if it were over.
func (l *Log) Flush(now, silence int64) []Window {
	l.seal()
	until := now
	if n := len(l.over); n > 0 {
		until = max(until, l.over[n-1].End)
	}
	return l.Take(until, silence)
}

// Take gives the intervals that were over at a time, each once: of those with traffic what the flow log keeps
// of it, and a NODATA record for each one without (F1.651), until the last traffic is silence seconds ago.
func (l *Log) Take(until, silence int64) (list []Window) {
	if l.busy && l.open.End <= until {
		l.seal()
	}
	for len(l.over) > 0 && l.over[0].End <= until {
		w := l.over[0]
		list = l.quiet(list, min(w.Start, l.end), silence)
		if len(w.Records) > 0 {
			list = append(list, w)
		}
		l.over[0] = Window{}
		l.over = l.over[1:]
		l.next, l.last = max(l.next, w.End), max(l.last, w.End)
	}
	if len(l.over) == 0 {
		l.over = nil
	}
	if l.busy {
		until = min(until, l.open.Start)
	}
	if len(l.over) > 0 {
		until = min(until, l.over[0].Start)
	}
	return l.quiet(list, min(until, l.end), silence)
}

// quiet appends the intervals without traffic that were over at a time.
func (l *Log) quiet(list []Window, until, silence int64) []Window {
	if !l.Known() {
		return list
	}
	for ; l.next+l.interval <= until; l.next += l.interval {
		if l.next-l.last >= silence {
			l.next = floor(until, l.interval)
			return list
		}
		end := l.next + l.interval
		r := blank(&l.about, flowlog.StatusNoData, l.next, end-1)
		list = append(list, Window{Start: l.next, End: end, Records: []flowlog.Record{r}})
	}
	return list
}
