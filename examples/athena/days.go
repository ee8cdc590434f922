package main

import (
	"context"
	"time"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/flowlog/deliver"
	"github.com/packetwalk/packetwalk/flowlog/parquet"
)

// call is a connection from its first packet to its last.
type call struct {
	from, to, service string
	traffic           packetwalk.Traffic
}

// day is what happens at noon of a day.
type day struct {
	date  time.Time
	calls []call
}

// days are a Monday and what comes after.
func days() []day {
	noon := func(day int) time.Time { return time.Date(2020, 5, day, 12, 0, 0, 0, time.UTC) }
	page := packetwalk.Traffic{Request: 500, Response: 10_000}
	backup := packetwalk.Traffic{Request: 1_000_000}
	once := packetwalk.Traffic{Retries: -1} // a scanner sends no SYN again
	return []day{
		{noon(4), []call{{customer, "web", "tcp/443", page}, {"web", "db", "tcp/5432", page}}},
		{noon(5), []call{
			{scanner, "web", "tcp/22", once}, {scanner, "web", "tcp/766", once},
			{scanner, "web", "tcp/3389", once}, {scanner, "web", "tcp/8088", once}, {scanner, "web", "udp/53", once},
		}},
		{noon(6), []call{{"report", "db", "tcp/5432", packetwalk.Traffic{Retries: 2}}}},
		{noon(7), []call{{"db", s3, "tcp/443", backup}, {customer, "web", "tcp/443", page}}},
		{noon(13), []call{{"desk", "web", "tcp/443", page}}},
	}
}

// happen lets the days go by, and puts what the flow logs deliver in the bucket.
func happen(t *story) error {
	n, err := shop()
	if err != nil {
		return err
	}
	s := n.NewSession(days()[0].date)
	// AWS goes on with NODATA, each minute, for as long as there is no traffic. One such record is enough here.
	s.LimitFlowLogs(packetwalk.FlowLogLimits{Silence: time.Minute})
	sink := &deliver.S3{Buckets: map[string]deliver.Bucket{"amzn-s3-demo-bucket": t.bucket}, Parquet: parquet.Write}
	for _, d := range days() {
		s.Advance(d.date.Sub(s.Now()))
		for _, c := range d.calls {
			e, err := s.Exchange(c.from, c.to, c.service, c.traffic)
			if err != nil {
				return err
			}
			t.tell("%s  %v", d.date.Format("Mon 2 Jan"), e.Flow)
		}
		s.Advance(time.Hour)
		if err := sink.Deliver(context.Background(), s.Collect()); err != nil {
			return err
		}
	}
	return nil
}
