package packetwalk

import (
	"cmp"

	"github.com/packetwalk/packetwalk/flowlog"
)

// flowLogs tells what each flow log watches, where nobody said, and who made it: the owner of that (F1.020). A log
// group that nobody named has the flow log's ID.
func flowLogs(c *Config) {
	if len(c.FlowLogs) == 0 {
		return
	}
	x := newIndex(c)
	for i := range c.FlowLogs {
		l := &c.FlowLogs[i]
		owner, is := x.watched(l.Resource)
		l.ResourceType = cmp.Or(l.ResourceType, is)
		l.Account = cmp.Or(l.Account, owner)
		if d := &l.Destination; d.Type == 0 || d.Type == flowlog.CloudWatchLogs {
			d.LogGroup = cmp.Or(d.LogGroup, l.ID)
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
