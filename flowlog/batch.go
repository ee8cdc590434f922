package flowlog

import "time"

// Batch is what a flow log wrote of one network interface and one aggregation interval: the unit in which
// records are delivered.
type Batch struct {
	// FlowLog is as it was when the batch was collected. Batches share its format and tags: don't change them.
	FlowLog FlowLog

	// Interface is the ID of the network interface, "" for a regional NAT gateway, whose ID is in Resource
	// then.
	Interface string
	Resource  string
	Region    string // of the interface; part of a file's place in S3 (F1.801)

	// WindowStart and WindowEnd are the aggregation interval, from its first moment to the one after its
	// last.
	WindowStart, WindowEnd time.Time
	// Delivered is when the records came to the destination, minutes after WindowEnd (F1.018).
	Delivered time.Time

	// Records are at least one. They are complete, whatever fields the flow log's format has: print them with
	// [FlowLog.Shows].
	Records []Record
}
