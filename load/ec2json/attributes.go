package ec2json

import "encoding/json"

// dnsAttributes is one output of describe-vpc-attribute, which prints one attribute at a time.
type dnsAttributes struct {
	origin
	EnableDnsSupport, EnableDnsHostnames *struct{ Value *bool }
}

// readDNSAttributes reads an output of describe-vpc-attribute: the VPC and one attribute (F9.301, F9.302).
func readDNSAttributes(l *loader, file string, document json.RawMessage, top map[string]json.RawMessage) []string {
	if top["VpcId"] == nil || top["EnableDnsSupport"] == nil && top["EnableDnsHostnames"] == nil {
		return nil
	}
	var r struct {
		VpcId string
		dnsAttributes
	}
	if json.Unmarshal(document, &r) != nil || r.VpcId == "" {
		return nil
	}
	r.origin = origin{file, "VpcId", r.VpcId}
	l.dns = append(l.dns, r.dnsAttributes)
	return []string{"VpcId", "EnableDnsSupport", "EnableDnsHostnames"}
}

// setDNSAttributes puts the attributes into their VPCs.
func (l *loader) setDNSAttributes() {
	for _, a := range l.dns {
		i, ok := l.vpcAt[a.id]
		if !ok {
			l.warn(a.origin, Dangling, "VpcId", a.id, "left out: the VPC is not in the dump")
			continue
		}
		if a.EnableDnsSupport != nil && a.EnableDnsSupport.Value != nil {
			l.cfg.VPCs[i].NoDNSSupport = !*a.EnableDnsSupport.Value
		}
		if a.EnableDnsHostnames != nil && a.EnableDnsHostnames.Value != nil {
			l.cfg.VPCs[i].DNSHostnames = *a.EnableDnsHostnames.Value
		}
	}
}
