package ec2json

import (
	"fmt"

	"github.com/packetwalk/packetwalk/vpc"
)

type rawDHCPOptions struct {
	DhcpOptionsId      string
	DhcpConfigurations []struct {
		Key    string
		Values []struct{ Value string }
	}
	Tags []tag
}

func (r rawDHCPOptions) id() string { return r.DhcpOptionsId }

// addDHCPOptions makes the DHCP options sets.
func (l *loader) addDHCPOptions() {
	for _, f := range l.dhcp.items {
		set := vpc.DHCPOptions{ID: f.raw.DhcpOptionsId, Name: nameOf(f.raw.Tags)}
		for i, c := range f.raw.DhcpConfigurations {
			for j, v := range c.Values {
				l.addDHCPOption(&set, f.origin, fmt.Sprintf("DhcpConfigurations[%d].Values[%d]", i, j), c.Key, v.Value)
			}
		}
		l.cfg.DHCPOptions = append(l.cfg.DHCPOptions, set)
	}
}

func (l *loader) addDHCPOption(set *vpc.DHCPOptions, o origin, field, key, value string) {
	switch key {
	case "domain-name":
		set.DomainName = value
	case "domain-name-servers":
		if value != "AmazonProvidedDNS" {
			if _, ok := l.addr(o, field, value); !ok {
				return
			}
		}
		set.DomainNameServers = append(set.DomainNameServers, value)
	case "ntp-servers":
		if a, ok := l.addr(o, field, value); ok {
			set.NTPServers = append(set.NTPServers, a)
		}
	default:
		l.warn(o, Ignored, field, key+"="+value, "the option does not steer packets")
	}
}

// dhcpOptionsOf gives the ID of a VPC's set, or "" for AWS's default set and one that is not in the dump.
func (l *loader) dhcpOptionsOf(f found[rawVPC]) string {
	id := f.raw.DhcpOptionsId
	if _, ok := l.dhcp.get(id); ok {
		return id
	}
	if id != "" && id != "default" {
		l.warn(f.origin, Dangling, "DhcpOptionsId", id, "AWS's default set stands for it")
	}
	return ""
}
