package packetwalk

import (
	"cmp"
	"slices"
	"time"

	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/internal/capture"
)

// How long after the end of an interval its records are there, about (F1.018). For Firehose AWS tells no
// time: that of CloudWatch Logs is assumed.
const (
	deliversToLogs = 5 * time.Minute
	deliversToS3   = 10 * time.Minute
)

func deliveryTime(l *flowlog.FlowLog) time.Duration {
	if l.Destination.Type == flowlog.S3 {
		return deliversToS3
	}
	return deliversToLogs
}

// Collect gives what flow logs delivered up to now and was not collected yet, in the order of the deliveries:
// each batch is of one flow log, interface and interval. Records of the last minutes are not there yet: an
// interval has to end first, and then AWS takes its time (F1.018). Of a flow log whose delivery fails there
// are none.
func (s *Session) Collect() []flowlog.Batch {
	now, silence := s.Now(), s.gathered.limits.silence()
	return s.gather(func(v *viewer) []capture.Window {
		return v.log.Take(now.Add(-deliveryTime(v.of)).Unix(), silence)
	})
}

// Flush is Collect of everything, the intervals that are open too: what would be delivered if nothing else
// happened. No time goes by; what follows in an interval that was flushed is a batch of its own.
func (s *Session) Flush() []flowlog.Batch {
	now, silence := s.Now().Unix(), s.gathered.limits.silence()
	return s.gather(func(v *viewer) []capture.Window { return v.log.Flush(now, silence) })
}

func (s *Session) gather(take func(*viewer) []capture.Window) (list []flowlog.Batch) {
	add := func(v *viewer) {
		for _, w := range take(v) {
			if v.of.DeliverLogsStatus != flowlog.DeliveryFailed {
				list = append(list, v.batch(w))
			}
		}
	}
	for _, v := range s.gathered.gone { // before those that took their ID
		add(v)
	}
	for _, viewers := range s.gathered.at {
		for _, v := range viewers {
			add(v)
		}
	}
	s.gathered.gone = slices.DeleteFunc(s.gathered.gone, func(v *viewer) bool { return v.log.Empty() })
	slices.SortStableFunc(list, func(a, b flowlog.Batch) int {
		return cmp.Or(a.Delivered.Compare(b.Delivered), a.WindowStart.Compare(b.WindowStart), cmp.Compare(a.FlowLog.ID, b.FlowLog.ID),
			cmp.Compare(a.Interface, b.Interface), cmp.Compare(a.Resource, b.Resource))
	})
	return list
}

func (v *viewer) batch(w capture.Window) flowlog.Batch {
	end := time.Unix(w.End, 0).UTC()
	return flowlog.Batch{
		FlowLog: *v.of, Interface: v.eni, Resource: v.nat, Region: v.region,
		WindowStart: time.Unix(w.Start, 0).UTC(), WindowEnd: end, Delivered: end.Add(deliveryTime(v.of)),
		Records: w.Records,
	}
}
