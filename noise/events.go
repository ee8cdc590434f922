package noise

import (
	"time"

	"github.com/packetwalk/packetwalk"
)

// scanned are the TCP ports that a scanner tries: of logins, databases, consoles and web servers.
func scanned() []uint16 {
	return []uint16{
		21, 22, 23, 25, 80, 110, 139, 443, 445, 1433, 1521, 2375, 3306, 3389, 5432, 5900, 6379, 8080, 8088, 8443, 9200, 11211, 27017,
	}
}

// draws is how often the maker looks for two that may talk before it gives up.
const draws = 50

// scan tries one to six ports of one public address.
func (m *maker) scan() error {
	if len(m.public) == 0 {
		return nil
	}
	ports := scanned()
	m.Shuffle(len(ports), func(i, j int) { ports[i], ports[j] = ports[j], ports[i] })
	scan, err := m.session.Scan(pick(m, m.scanners), pick(m, m.public), ports[:1+m.IntN(6)]...)
	m.made.Scans++
	m.made.Ports += len(scan.Ports)
	m.made.Answered += len(scan.Open())
	return err
}

// call opens a connection that the network lets by, if one is found.
func (m *maker) call() error {
	for range draws {
		from, to, service := m.drawCall()
		f, err := m.session.Network().Probe(from, to, service)
		if err != nil || !f.OK() || from == to {
			continue
		}
		e, err := m.session.Exchange(from, to, service, packetwalk.Traffic{
			Request: m.Int64N(4000), Response: m.Int64N(60_000), Duration: time.Duration(m.Int64N(int64(2 * time.Second))),
		})
		m.made.Calls++
		m.add(e)
		return err
	}
	return nil
}

// drawCall draws who may call whom: mostly a service that a group of the called host speaks of.
func (m *maker) drawCall() (from, to, service string) {
	if len(m.hosts) == 0 {
		return "", "", ""
	}
	from, to = pick(m, m.hosts), pick(m, m.hosts)
	switch m.IntN(4) {
	case 0:
		return from, packetwalk.Internet, "tcp/443"
	case 1:
		from = pick(m, m.scanners) // somebody on the internet, who may be a customer as well
	}
	if services := m.services[to]; len(services) > 0 {
		return from, to, pick(m, services)
	}
	return from, to, "tcp/443"
}

// lookup asks the DNS server of a host.
func (m *maker) lookup() error {
	if len(m.hosts) == 0 {
		return nil
	}
	from := pick(m, m.hosts)
	a, err := m.session.Network().Resolve(from, "www.example.com")
	if err != nil || !a.Resolver.IsValid() {
		return nil
	}
	e, err := m.session.Exchange(from, a.Resolver.String(), "udp/53", packetwalk.Traffic{Request: 40, Response: 120})
	if err != nil {
		return nil // it has no address of the resolver's family
	}
	m.made.Lookups++
	m.add(e)
	return nil
}

// ping is from the internet or from a host, to a host.
func (m *maker) ping() error {
	var from, to string
	switch n := len(m.hosts); {
	case len(m.public) > 0 && (n == 1 || m.IntN(2) == 0):
		from, to = pick(m, m.scanners), pick(m, m.public)
	case n > 1:
		i := m.IntN(n)
		from, to = m.hosts[i], m.hosts[(i+1+m.IntN(n-1))%n]
	default:
		return nil
	}
	e, err := m.session.Ping(from, to, 1+m.IntN(4))
	if err != nil {
		return nil // they have no address family in common
	}
	m.made.Pings++
	m.add(e)
	return nil
}

// add counts what an exchange sent.
func (m *maker) add(e packetwalk.Exchange) {
	if e.Completed() {
		m.made.Answered++
	}
	m.made.Packets += e.Caller.Packets + e.Other.Packets
	m.made.Bytes += e.Caller.Bytes + e.Other.Bytes
}
