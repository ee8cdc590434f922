package flowlog

import (
	"fmt"
	"slices"
	"strings"

	"github.com/packetwalk/packetwalk/internal/fault"
)

// FlowLog is a flow log as a resource: whose interfaces it watches, what of their traffic it keeps, how a
// record looks and where it goes. It can't be changed once it is made (F1.016), its name and its tags apart.
type FlowLog struct {
	ID   string // any name; for S3 of letters, digits and "._-", as its files bear it (F1.804)
	Name string // the Name tag; for people only

	// Resource is the ID of a VPC, a subnet, a network interface or a regional NAT gateway. A VPC and a
	// subnet stand for every interface in them, those of services too (F1.015).
	Resource     string
	ResourceType ResourceType // zero: Build puts what Resource is

	TrafficType TrafficType // zero counts as ALL

	// MaxAggregationInterval is how long packets are gathered for a record, in seconds: 60 or 600, and zero
	// counts as 600 (F1.009, F1.011). At an interface of an instance it is 60 at most, whatever stands here
	// (F1.010).
	MaxAggregationInterval int `json:",omitempty"`

	Format Format `json:",omitempty"` // nil counts as [Default] (F1.001, F1.002)
	// TagFields are the tags whose values the tag fields of Format show (F1.143-F1.148).
	TagFields TagFields `json:",omitzero"`

	Destination Destination
	// DeliverLogsStatus is whether the records get through; zero counts as SUCCESS. With FAILED none do.
	DeliverLogsStatus DeliveryStatus

	Account string            // who made it; zero: Build puts the owner of Resource, who alone may (F1.020)
	Tags    map[string]string `json:",omitempty"`
}

// TagFields are the keys of the tags that records show (F1.143-F1.148); "" for none.
type TagFields struct {
	Instance  [2]string // fields instance-tag and instance-tag-2
	Interface [2]string // interface-tag and interface-tag-2
	ASG       [2]string // asg-tag and asg-tag-2, of the instance's Auto Scaling group
}

// Intervals are the aggregation intervals that AWS has, in seconds (F1.009).
const (
	longInterval  = 600
	shortInterval = 60
)

// Interval is how long packets are gathered for a record, in seconds, at an interface that is attached to an
// instance and at any other. All instances count as Nitro instances (F1.010).
func (l *FlowLog) Interval(ofInstance bool) int64 {
	if ofInstance || l.MaxAggregationInterval == shortInterval {
		return shortInterval
	}
	return longInterval
}

// Shows is the format of the flow log's lines: Format, or [Default] where that is nil.
func (l *FlowLog) Shows() Format {
	if len(l.Format) == 0 {
		return Default
	}
	return l.Format
}

// Keeps reports whether the flow log has records of an action (F1.012). It has those without one, NODATA and
// SKIPDATA, whatever its traffic type is.
func (l *FlowLog) Keeps(a Action) bool {
	switch {
	case l.TrafficType == TrafficAccept:
		return a != Reject
	case l.TrafficType == TrafficReject:
		return a != Accept
	}
	return true
}

// Validate reports every mistake that can be seen in the flow log alone, all at once. A nil FlowLog is
// reported like a zero one.
func (l *FlowLog) Validate() error {
	if l == nil {
		l = &FlowLog{}
	}
	var faults fault.List
	switch {
	case l.ID == "":
		faults.Add("ID", "", fault.ErrInvalid, "want any name, or AWS's ID")
	case l.Destination.Type == S3 && !namesFile(l.ID):
		faults.Add("ID", l.ID, fault.ErrInvalid, "its files in S3 bear it: want letters, digits, points, hyphens and underscores")
	}
	if l.Resource == "" {
		faults.Add("Resource", "", fault.ErrInvalid, "want the ID of a VPC, subnet, network interface or regional NAT gateway")
	}
	switch {
	case int(l.ResourceType) >= len(resourceTypes):
		faults.Add("ResourceType", uint8(l.ResourceType), fault.ErrInvalid, "want VPC, Subnet, NetworkInterface or RegionalNatGateway")
	case l.ResourceType == ResourceTransitGateway || l.ResourceType == ResourceTransitGatewayAttachment:
		faults.Add("ResourceType", l.ResourceType, fault.ErrInvalid, "flow logs of transit gateways are not modelled: want VPC, Subnet, NetworkInterface or RegionalNatGateway")
	}
	if int(l.TrafficType) >= len(trafficTypes) {
		faults.Add("TrafficType", uint8(l.TrafficType), fault.ErrInvalid, "want ACCEPT, REJECT or ALL")
	}
	if n := l.MaxAggregationInterval; n != 0 && n != shortInterval && n != longInterval {
		faults.Add("MaxAggregationInterval", n, fault.ErrInvalid, "want 60 or 600 seconds")
	}
	if text := l.Format.String(); l.Format != nil {
		if _, err := ParseFormat(text); err != nil {
			faults.Add("Format", text, fault.ErrInvalid, "%v", err)
		}
	}
	l.validateTagFields(&faults)
	if l.DeliverLogsStatus > DeliveryFailed {
		faults.Add("DeliverLogsStatus", uint8(l.DeliverLogsStatus), fault.ErrInvalid, "want SUCCESS or FAILED")
	}
	if l.Account != "" && !isAccount(l.Account) {
		faults.Add("Account", l.Account, fault.ErrInvalid, "want an account's 12 digits")
	}
	l.Destination.validate(&faults)
	return faults.Err()
}

// validateTagFields reports tag fields without a key to show, which could show "-" only.
func (l *FlowLog) validateTagFields(faults *fault.List) {
	for i, key := range slices.Concat(l.TagFields.Instance[:], l.TagFields.Interface[:], l.TagFields.ASG[:]) {
		if f := FieldInstanceTag + Field(i); key == "" && l.Format.Has(f) {
			field := fmt.Sprintf("TagFields.%s[%d]", [...]string{"Instance", "Interface", "ASG"}[i/2], i%2)
			faults.Add(field, "", fault.ErrInvalid, "the format has %s: want the key of the tag that it shows", f)
		}
	}
}

// namesFile reports whether an ID can stand in the name of a file (F1.804).
func namesFile(id string) bool {
	const fit = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ._-"
	return strings.Trim(id, fit) == ""
}

func isAccount(text string) bool {
	return len(text) == 12 && strings.Trim(text, "0123456789") == ""
}
