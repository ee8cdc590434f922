package main

import (
	"slices"
	"strings"
	"time"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/flowlog"
)

// The addresses outside, of whom the log is to tell.
const (
	wide   = "192.0.2.66"  // tries many ports of many hosts
	narrow = "192.0.2.99"  // tries one port of one host, each minute
	office = "203.0.113.7" // may log in
)

var noon = time.Date(2025, 3, 1, 12, 0, 0, 0, time.UTC)

// network is a shop with three public hosts, one of them forgotten. The flow log shows, beside the default
// fields, which way a packet went and its TCP flags.
func network() (*packetwalk.Network, error) {
	b := packetwalk.New()
	shop := b.VPC("shop", "10.0.0.0/16")
	public := shop.Subnet("public", "10.0.1.0/24").Route("0.0.0.0/0", shop.InternetGateway("igw"))
	public.Instance("web").PrivateIP("10.0.1.10").PublicIP().
		Allow("tcp/80", packetwalk.Anywhere).Allow("tcp/443", packetwalk.Anywhere)
	public.Instance("bastion").PrivateIP("10.0.1.20").PublicIP().Allow("tcp/22", packetwalk.CIDR(office+"/32"))
	public.Instance("old").PrivateIP("10.0.1.30").PublicIP().Allow("tcp/8080", packetwalk.Anywhere)
	shop.FlowLog("fl-shop").EveryMinute().
		Fields(slices.Concat(flowlog.Default, flowlog.Format{flowlog.FieldFlowDirection, flowlog.FieldTCPFlags})...)
	return b.Build()
}

// hour lets the hour pass. It gives what the scanner found out, and the text of the flow log.
func hour() (scans []packetwalk.Scan, lines string, err error) {
	n, err := network()
	if err != nil {
		return nil, "", err
	}
	s := n.NewSession(noon)
	page := packetwalk.Traffic{Request: 500, Response: 40_000, Duration: 2 * time.Second}
	for _, customer := range []string{"192.0.2.11", "192.0.2.12", "192.0.2.13"} {
		if _, err := s.Exchange(customer, "web", "tcp/443", page); err != nil {
			return nil, "", err
		}
	}
	s.Advance(noon.Add(5 * time.Minute).Sub(s.Now()))
	for _, host := range []string{"web", "bastion", "old"} {
		scan, err := s.Scan(wide, host, 22, 80, 443, 766, 3306, 3389, 5432, 8080, 8088)
		if err != nil {
			return nil, "", err
		}
		scans = append(scans, scan)
	}
	for range 10 {
		s.Advance(time.Minute)
		if _, err := s.Scan(narrow, "bastion", 22); err != nil {
			return nil, "", err
		}
	}
	s.Advance(noon.Add(30 * time.Minute).Sub(s.Now()))
	if _, err := s.Exchange(office, "bastion", "tcp/22", packetwalk.Traffic{Request: 3000, Response: 5000}); err != nil {
		return nil, "", err
	}
	s.Advance(30 * time.Minute)
	lines, err = written(s)
	return scans, lines, err
}

// written is the text of all that the flow log delivered by now, with a header line.
func written(s *packetwalk.Session) (string, error) {
	var text strings.Builder
	var w *flowlog.Writer
	for _, batch := range s.Collect() {
		if w == nil {
			w = flowlog.NewWriter(&text, batch.FlowLog.Format, true)
		}
		for _, r := range batch.Records {
			if err := w.Write(r); err != nil {
				return "", err
			}
		}
	}
	if w == nil {
		return "", nil
	}
	err := w.Flush()
	return text.String(), err
}

// read reads the lines back; the header says which fields they have. Of a minute without traffic there is a
// line too, NODATA, which tells of no packet.
func read(lines string) (records []flowlog.Record, err error) {
	for r, err := range flowlog.NewReader(strings.NewReader(lines)).All() {
		if err != nil {
			return nil, err
		}
		if r.LogStatus == flowlog.StatusOK {
			records = append(records, r)
		}
	}
	return records, nil
}
