package main

import (
	"cmp"
	"fmt"
	"maps"
	"net/netip"
	"slices"

	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/packet"
)

// question is what one asks of a log.
type question struct {
	asks   string
	answer func([]flowlog.Record) []string
	why    string
}

func questions() []question {
	return []question{{
		asks: "How much was let by, and how much was not?", answer: actions,
		why: "Much of what comes to a public address is knocking at closed doors. That alone is no alarm: it was REJECT.",
	}, {
		asks: "Of whom was something rejected, how often, at how many ports of how many hosts?", answer: rejected,
		why: "Many ports of many hosts in a minute: a scan. One port of one host, again and again: somebody wants that one.",
	}, {
		asks: "At which ports?", answer: ports,
		why: "22 is SSH, 3389 remote desktops, 3306 and 5432 are databases. Who needs none of them from outside can be calm.",
	}, {
		asks: "Who of them got in, and where?", answer: gotIn,
		why: "This is the question that counts. A SYN and a reset (2 and 4 are 6) is a scanner's: it knows the port now. Was 8080 meant to be open?",
	}, {
		asks: "Who moved how many bytes, both ways?", answer: talkers,
		why: "Customers and the office, as it should be. Whoever is high on this list and on none that you know is worth a look.",
	}}
}

// inbound are the records of what came in, of one action.
func inbound(records []flowlog.Record, a flowlog.Action) (list []flowlog.Record) {
	for _, r := range records {
		if r.Action == a && r.FlowDirection == packet.Ingress {
			list = append(list, r)
		}
	}
	return list
}

// actions counts the records by action.
func actions(records []flowlog.Record) []string {
	count := make(map[flowlog.Action]int)
	for _, r := range records {
		count[r.Action]++
	}
	return []string{
		fmt.Sprintf("ACCEPT: %d records", count[flowlog.Accept]),
		fmt.Sprintf("REJECT: %d records", count[flowlog.Reject]),
	}
}

// knocks are what was rejected of one address.
type knocks struct {
	records      int
	ports, hosts map[string]bool
}

// rejected groups what was rejected by its source, the most frequent first.
func rejected(records []flowlog.Record) (lines []string) {
	by := make(map[netip.Addr]*knocks)
	for _, r := range inbound(records, flowlog.Reject) {
		k := by[r.SrcAddr]
		if k == nil {
			k = &knocks{ports: make(map[string]bool), hosts: make(map[string]bool)}
			by[r.SrcAddr] = k
		}
		k.records++
		k.ports[fmt.Sprint(r.DstPort)] = true
		k.hosts[r.InterfaceID] = true
	}
	for _, a := range most(by, func(k *knocks) int64 { return int64(k.records) }, netip.Addr.Compare) {
		k := by[a]
		lines = append(lines, fmt.Sprintf("%v: %d records, %d ports, %d hosts", a, k.records, len(k.ports), len(k.hosts)))
	}
	return lines
}

// ports counts what was rejected by its port.
func ports(records []flowlog.Record) (lines []string) {
	by := make(map[uint16]int64)
	for _, r := range inbound(records, flowlog.Reject) {
		by[r.DstPort]++
	}
	for _, port := range most(by, func(n int64) int64 { return n }, cmp.Compare[uint16]) {
		lines = append(lines, fmt.Sprintf("tcp/%d: %d records", port, by[port]))
	}
	return lines
}

// gotIn lists what was accepted of those of whom something was rejected.
func gotIn(records []flowlog.Record) (lines []string) {
	suspects := make(map[netip.Addr]bool)
	for _, r := range inbound(records, flowlog.Reject) {
		suspects[r.SrcAddr] = true
	}
	for _, r := range inbound(records, flowlog.Accept) {
		if suspects[r.SrcAddr] {
			lines = append(lines, fmt.Sprintf("%v at %s, tcp/%d: %d packets, tcp-flags %d", r.SrcAddr, r.InterfaceID, r.DstPort, r.Packets, r.TCPFlags))
		}
	}
	slices.Sort(lines)
	return lines
}

// talkers adds up the bytes from and to each address outside.
func talkers(records []flowlog.Record) (lines []string) {
	by := make(map[netip.Addr]int64)
	for _, r := range records {
		switch {
		case r.Action != flowlog.Accept:
		case r.FlowDirection == packet.Ingress:
			by[r.SrcAddr] += r.Bytes
		default:
			by[r.DstAddr] += r.Bytes
		}
	}
	for _, a := range most(by, func(n int64) int64 { return n }, netip.Addr.Compare) {
		lines = append(lines, fmt.Sprintf("%v: %d bytes", a, by[a]))
	}
	return lines
}

// most lists the keys, those with the largest numbers first.
func most[K comparable, V any](by map[K]V, number func(V) int64, order func(a, b K) int) []K {
	return slices.SortedFunc(maps.Keys(by), func(a, b K) int {
		return cmp.Or(cmp.Compare(number(by[b]), number(by[a])), order(a, b))
	})
}
