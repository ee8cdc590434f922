package ec2json

import (
	"net/netip"

	"github.com/packetwalk/packetwalk/subnet"
)

type rawAddress struct {
	AllocationId, PublicIp, InstanceId   string
	NetworkInterfaceId, PrivateIpAddress string
}

func (r rawAddress) id() string {
	if r.AllocationId != "" {
		return r.AllocationId
	}
	return r.PublicIp
}

// addElasticIPs makes the Elastic IP addresses.
func (l *loader) addElasticIPs() {
	held := claims{}
	for _, f := range l.addresses.items {
		public := l.addr4(f.origin, "PublicIp", f.raw.PublicIp)
		if !public.IsValid() {
			if f.raw.PublicIp == "" { // a Wavelength address: it has a carrier IP
				l.warn(f.origin, Unsupported, "PublicIp", "", "left out: not an Elastic IP address")
			}
			continue
		}
		if !held.claim(l, f.origin, "PublicIp", f.raw.PublicIp) {
			continue
		}
		ip := subnet.ElasticIP{ID: f.id, PublicIP: public}
		if private := l.addr4(f.origin, "PrivateIpAddress", f.raw.PrivateIpAddress); l.associated(f, public, private) {
			ip.Interface, ip.PrivateIP = l.interfaceOf(f.raw), private
		}
		l.cfg.ElasticIPs = append(l.cfg.ElasticIPs, ip)
	}
}

// associated reports whether the association can stand: its interface is in the dump and says the same.
func (l *loader) associated(f found[rawAddress], public, private netip.Addr) bool {
	r := f.raw
	if r.NetworkInterfaceId == "" && r.InstanceId == "" {
		return false
	}
	at, ok := l.interfaceAt[l.interfaceOf(r)]
	if !ok {
		field, value := "NetworkInterfaceId", r.NetworkInterfaceId
		if value == "" {
			field, value = "InstanceId", r.InstanceId
		}
		l.warn(f.origin, Dangling, field, value, "taken as not associated: the network interface is not in the dump")
		return false
	}
	if n := &l.cfg.Interfaces[at]; publicOf(n, private) != public {
		l.warn(f.origin, Conflict, "PrivateIpAddress", r.PrivateIpAddress, "taken as not associated: "+n.ID+" does not have "+r.PublicIp+" there")
		return false
	}
	return true
}

// interfaceOf gives the interface of an association; where only the instance is printed, its primary one.
func (l *loader) interfaceOf(r rawAddress) string {
	if r.NetworkInterfaceId != "" || r.InstanceId == "" {
		return r.NetworkInterfaceId
	}
	for _, n := range l.cfg.Interfaces {
		if n.Attachment.Instance == r.InstanceId && n.Attachment.DeviceIndex == 0 {
			return n.ID
		}
	}
	return ""
}
