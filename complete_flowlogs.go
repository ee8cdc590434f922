package packetwalk

import (
	"cmp"

	"github.com/packetwalk/packetwalk/flowlog"
)

// flowLogs puts the defaults that nobody named: all traffic, ten minutes, the default format, CloudWatch Logs
// (F1.009, F1.014). It tells what each flow log watches, and who made it: the owner of that (F1.020). A log
// group without a name has the flow log's ID.
func flowLogs(c *Config) {
	if len(c.FlowLogs) == 0 {
		return
	}
	x := newIndex(c)
	for i := range c.FlowLogs {
		l := &c.FlowLogs[i]
		owner, is := x.watched(l.Resource)
		l.ResourceType = cmp.Or(l.ResourceType, is)
		l.TrafficType = cmp.Or(l.TrafficType, flowlog.TrafficAll)
		l.MaxAggregationInterval = int(l.Interval(false))
		l.Format = l.Shows()
		l.Account = cmp.Or(l.Account, owner)
		d := &l.Destination
		d.Type = cmp.Or(d.Type, flowlog.CloudWatchLogs)
		switch d.Type {
		case flowlog.CloudWatchLogs:
			d.LogGroup = cmp.Or(d.LogGroup, l.ID)
		case flowlog.S3:
			d.FileFormat = cmp.Or(d.FileFormat, flowlog.PlainText)
		}
	}
}

// watched says what a flow log watches by an ID, and whose that is; both are zero for what none can.
func (x *index) watched(id string) (owner string, is flowlog.ResourceType) {
	vpc := ""
	if e := x.interfaces[id]; e != nil {
		vpc, is, owner = x.vpcOf(e), flowlog.ResourceNetworkInterface, e.Account
	} else if s := x.subnets[id]; s != nil {
		vpc, is = s.VPC, flowlog.ResourceSubnet
	} else if g := x.nats[id]; g != nil && g.IsRegional() {
		vpc, is = g.VPC, flowlog.ResourceRegionalNATGateway
	} else if x.vpcs[id] != nil {
		vpc, is = id, flowlog.ResourceVPC
	}
	if v := x.vpcs[vpc]; v != nil && owner == "" {
		owner = v.Account
	}
	return owner, is
}
