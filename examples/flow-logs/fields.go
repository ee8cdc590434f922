package main

import (
	"fmt"

	"github.com/packetwalk/packetwalk/flowlog"
)

// meanings says what stands in each column of the default format.
var meanings = map[flowlog.Field]string{
	flowlog.FieldVersion:     "the highest version among the format's fields",
	flowlog.FieldAccountID:   "whose network interface it is",
	flowlog.FieldInterfaceID: "the network interface that saw the packets: they may have died elsewhere",
	flowlog.FieldSrcAddr:     "on the way out the interface's own address, else that of the packet",
	flowlog.FieldDstAddr:     "on the way in the interface's own address: never its public one",
	flowlog.FieldSrcPort:     "the client's port, as this is the way of the request",
	flowlog.FieldDstPort:     "the port that is called; of a ping both are 0",
	flowlog.FieldProtocol:    "1 is ICMP, 6 is TCP, 17 is UDP",
	flowlog.FieldPackets:     "how many, this way, in this interval",
	flowlog.FieldBytes:       "with the headers of IP and TCP",
	flowlog.FieldStart:       "when the first of them was seen, in Unix seconds",
	flowlog.FieldEnd:         "and the last",
	flowlog.FieldAction:      "what this interface's groups and its subnet's ACL said, and nobody else",
	flowlog.FieldLogStatus:   "NODATA: there was no traffic; SKIPDATA: some of it was not written down",
}

// explain shows the first record that there is, column by column.
func explain(t *story) error {
	for _, b := range t.session.Flush() {
		shows := b.FlowLog.Shows()
		r := b.Records[0]
		t.tell("%s: %s", b.FlowLog.ID, r.Append(nil, shows))
		for _, f := range shows {
			value := r.Append(nil, flowlog.Format{f})
			t.tell("  %-12s  %-12s  %s", f, value, meanings[f])
		}
		return nil
	}
	return fmt.Errorf("nothing is logged")
}
