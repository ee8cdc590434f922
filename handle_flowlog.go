package packetwalk

import "github.com/packetwalk/packetwalk/flowlog"

// FlowLogHandle describes a flow log; see [VPCHandle.FlowLog].
type FlowLogHandle struct {
	b  *Builder
	at int
}

// FlowLog adds a flow log of every network interface in the VPC: of all traffic, in the default format, in
// intervals of ten minutes at most, to CloudWatch Logs.
func (v *VPCHandle) FlowLog(id string) *FlowLogHandle {
	return v.b.flowLog(id, flowlog.ResourceVPC, v.id)
}

// FlowLog adds a flow log of every network interface in the subnet; else it is [VPCHandle.FlowLog].
func (s *SubnetHandle) FlowLog(id string) *FlowLogHandle {
	return s.b.flowLog(id, flowlog.ResourceSubnet, s.id)
}

// FlowLog adds a flow log of the network interface, the primary one of an instance; else it is
// [VPCHandle.FlowLog].
func (n *nic[H]) FlowLog(id string) *FlowLogHandle {
	return n.b.flowLog(id, flowlog.ResourceNetworkInterface, n.eni().ID)
}

// FlowLog adds a flow log of a resource by its ID: a VPC, a subnet, a regional NAT gateway, or a network
// interface, such as one that Build makes. Else it is [VPCHandle.FlowLog].
func (b *Builder) FlowLog(id, resource string) *FlowLogHandle { return b.flowLog(id, 0, resource) }

func (b *Builder) flowLog(id string, is flowlog.ResourceType, resource string) *FlowLogHandle {
	b.here(id, "")
	b.cfg.FlowLogs = append(b.cfg.FlowLogs, flowlog.FlowLog{ID: id, Resource: resource, ResourceType: is})
	return &FlowLogHandle{b, len(b.cfg.FlowLogs) - 1}
}

func (h *FlowLogHandle) data() *flowlog.FlowLog { return &h.b.cfg.FlowLogs[h.at] }

// Only keeps the records of accepted or of rejected traffic alone.
func (h *FlowLogHandle) Only(a flowlog.Action) *FlowLogHandle {
	h.data().TrafficType = flowlog.TrafficAccept
	if a == flowlog.Reject {
		h.data().TrafficType = flowlog.TrafficReject
	}
	return h
}

// EveryMinute gathers packets for a minute instead of ten (F1.009).
func (h *FlowLogHandle) EveryMinute() *FlowLogHandle {
	h.data().MaxAggregationInterval = 60
	return h
}

// Format says which fields a record shows, as the API takes it: "${version} ${srcaddr}"; see
// [flowlog.ParseFormat].
func (h *FlowLogHandle) Format(text string) *FlowLogHandle {
	h.b.here(h.data().ID, "Format")
	f, err := flowlog.ParseFormat(text)
	if err != nil {
		h.b.wrong(KindFlowLog, h.data().ID, "Format", text, ErrInvalid, "%v", err)
		return h
	}
	h.data().Format = f
	return h
}

// Fields is Format with a list of fields, such as [flowlog.All].
func (h *FlowLogHandle) Fields(f ...flowlog.Field) *FlowLogHandle {
	h.b.here(h.data().ID, "Format")
	h.data().Format = f
	return h
}

// TagFields names the tags whose values the tag fields of the format show (F1.143-F1.148).
func (h *FlowLogHandle) TagFields(t flowlog.TagFields) *FlowLogHandle {
	h.b.here(h.data().ID, "TagFields")
	h.data().TagFields = t
	return h
}

// ToCloudWatch sends the records to a log group; the default is one with the flow log's ID.
func (h *FlowLogHandle) ToCloudWatch(group string) *FlowLogHandle {
	h.data().Destination = flowlog.Destination{Type: flowlog.CloudWatchLogs, LogGroup: group}
	return h
}

// ToS3 sends the records to a bucket, "my-bucket" or, with a prefix, "my-bucket/my-logs".
func (h *FlowLogHandle) ToS3(bucket string) *FlowLogHandle {
	h.b.here(h.data().ID, "Destination.ARN")
	h.data().Destination = flowlog.Destination{Type: flowlog.S3, ARN: "arn:aws:s3:::" + bucket}
	return h
}

// Destination says where the records go, with every detail.
func (h *FlowLogHandle) Destination(d flowlog.Destination) *FlowLogHandle {
	h.b.here(h.data().ID, "Destination")
	h.data().Destination = d
	return h
}

// Account says who made the flow log; the default is the owner of what it watches, and nobody else may
// (F1.020).
func (h *FlowLogHandle) Account(id string) *FlowLogHandle {
	h.b.here(h.data().ID, "Account")
	h.data().Account = id
	return h
}

// Tag gives the flow log a tag.
func (h *FlowLogHandle) Tag(key, value string) *FlowLogHandle {
	if h.data().Tags == nil {
		h.data().Tags = make(map[string]string)
	}
	h.data().Tags[key] = value
	return h
}
