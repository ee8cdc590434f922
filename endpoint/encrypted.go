package endpoint

import "github.com/packetwalk/packetwalk/packet"

const portHTTPS = 443

// TakesForEncrypted reports whether AWS takes a packet to the endpoint for encrypted by the application.
// Nobody looks into the packet: it is what goes to a service of AWS's own over TCP to port 443 (F1.157). Of a
// service or resource that somebody offers by PrivateLink AWS does not say it, so that nothing there counts
// as encrypted. The piece of a longer packet counts as the whole, by its ports.
func (i *Interface) TakesForEncrypted(p packet.Packet) bool {
	return i != nil && p.Protocol == packet.TCP && p.DstPort == portHTTPS && !i.Type.ToResources() && !IsOffered(i.Service)
}
