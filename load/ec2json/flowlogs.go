package ec2json

import (
	"strings"

	"github.com/packetwalk/packetwalk/flowlog"
)

// rawFlowLog is a flow log as describe-flow-logs prints it. It does not say whose it is: the command lists
// those of one's own account.
type rawFlowLog struct {
	FlowLogId, ResourceId, TrafficType, LogFormat    string
	LogDestinationType, LogDestination, LogGroupName string
	DeliverLogsStatus                                string
	MaxAggregationInterval                           int
	DestinationOptions                               struct {
		FileFormat                                 string
		HiveCompatiblePartitions, PerHourPartition bool
	}
	TagFieldSpecifications []struct {
		ResourceType string
		TagKeys      []string
	}
	Tags []tag
}

func (r rawFlowLog) id() string { return r.FlowLogId }

// addFlowLogs makes the flow logs of what is in the dump.
func (l *loader) addFlowLogs() {
	for _, f := range l.flowLogs.items {
		r := f.raw
		if strings.HasPrefix(r.ResourceId, "tgw-") {
			l.warn(f.origin, Unsupported, "ResourceId", r.ResourceId, "left out: flow logs of transit gateways are not modelled")
			continue
		}
		if !l.canBeLogged(r.ResourceId) {
			l.warn(f.origin, Dangling, "ResourceId", r.ResourceId, "left out: it is not in the dump")
			continue
		}
		made := flowlog.FlowLog{
			ID: f.id, Name: nameOf(r.Tags), Resource: r.ResourceId,
			TrafficType:            enumText[flowlog.TrafficType](l, f.origin, "TrafficType", r.TrafficType),
			MaxAggregationInterval: r.MaxAggregationInterval,
			Destination:            l.flowLogDestination(f),
			DeliverLogsStatus:      enumText[flowlog.DeliveryStatus](l, f.origin, "DeliverLogsStatus", r.DeliverLogsStatus),
			Tags:                   l.tags(f.origin, "Tags", unnamed(r.Tags)),
			TagFields:              l.tagFields(f),
		}
		if err := made.Format.UnmarshalText([]byte(r.LogFormat)); err != nil {
			l.warn(f.origin, Unsupported, "LogFormat", r.LogFormat, "the flow log is left out: "+err.Error())
			continue
		}
		if l.isValid(f.origin, "the flow log", made.Validate()) {
			l.cfg.FlowLogs = append(l.cfg.FlowLogs, made)
		}
	}
}

// canBeLogged reports whether the dump has what a flow log watches (F1.013).
func (l *loader) canBeLogged(id string) bool {
	_, isVPC := l.vpcAt[id]
	_, isSubnet := l.subnetAt[id]
	_, isInterface := l.interfaceAt[id]
	for i := range l.cfg.NATGateways {
		if g := &l.cfg.NATGateways[i]; g.ID == id && g.IsRegional() {
			return true
		}
	}
	return isVPC || isSubnet || isInterface
}

// flowLogDestination reads where the records go (F1.014). Of CloudWatch Logs that is a group, or the ARN of
// one.
func (l *loader) flowLogDestination(f found[rawFlowLog]) flowlog.Destination {
	r := f.raw
	d := flowlog.Destination{
		Type: enumText[flowlog.DestinationType](l, f.origin, "LogDestinationType", r.LogDestinationType), ARN: r.LogDestination,
		FileFormat:               enumText[flowlog.FileFormat](l, f.origin, "DestinationOptions.FileFormat", r.DestinationOptions.FileFormat),
		HiveCompatiblePartitions: r.DestinationOptions.HiveCompatiblePartitions, PerHourPartition: r.DestinationOptions.PerHourPartition,
	}
	if d.Type == 0 || d.Type == flowlog.CloudWatchLogs {
		d.ARN, d.LogGroup = "", r.LogGroupName
		if _, group, ok := strings.Cut(r.LogDestination, ":log-group:"); ok && d.LogGroup == "" {
			d.LogGroup, _, _ = strings.Cut(group, ":")
		}
	}
	return d
}

// tagFields reads which tags the tag fields show (F1.143-F1.148).
func (l *loader) tagFields(f found[rawFlowLog]) (t flowlog.TagFields) {
	places := map[string]*[2]string{"instance": &t.Instance, "network-interface": &t.Interface, "auto-scaling-group": &t.ASG}
	for _, s := range f.raw.TagFieldSpecifications {
		keys, known := places[s.ResourceType]
		if !known || len(s.TagKeys) > len(keys) {
			l.warn(f.origin, Unsupported, "TagFieldSpecifications", s.ResourceType, "left out: want one or two keys of an instance, network-interface or auto-scaling-group")
			continue
		}
		copy(keys[:], s.TagKeys)
	}
	return t
}
