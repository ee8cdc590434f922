package packet

// protocolNames are IANA's keywords in lower case, for the protocols that people meet. Where another
// spelling is the common one, that stands here and IANA's is an alias.
var protocolNames = [256]string{
	0:      "hopopt",
	ICMP:   "icmp",
	2:      "igmp",
	4:      "ipv4", // IPv4 in IP; the keyword "ipip" is another protocol, 94
	TCP:    "tcp",
	8:      "egp",
	9:      "igp",
	UDP:    "udp",
	33:     "dccp",
	41:     "ipv6", // IPv6 in IP
	43:     "ipv6-route",
	44:     "ipv6-frag",
	46:     "rsvp",
	GRE:    "gre",
	ESP:    "esp",
	AH:     "ah",
	ICMPv6: "icmpv6",
	59:     "ipv6-nonxt",
	60:     "ipv6-opts",
	88:     "eigrp",
	89:     "ospf",
	94:     "ipip",
	97:     "etherip",
	98:     "encap",
	103:    "pim",
	108:    "ipcomp",
	112:    "vrrp",
	115:    "l2tp",
	SCTP:   "sctp",
	136:    "udplite",
	137:    "mpls-in-ip",
	139:    "hip",
	143:    "ethernet",
}

// protocolAliases are other spellings that are read but never printed.
var protocolAliases = map[string]Protocol{
	"icmp6":     ICMPv6,
	"ipv6-icmp": ICMPv6,
	"icmp-v6":   ICMPv6,
	"ipencap":   4,
	"ospfigp":   89,
}

// protocolNumbers is protocolNames and protocolAliases the other way round.
var protocolNumbers = func() map[string]Protocol {
	m := make(map[string]Protocol)
	for n, name := range protocolNames {
		if name != "" {
			m[name] = Protocol(n)
		}
	}
	for alias, p := range protocolAliases {
		m[alias] = p
	}
	return m
}()
