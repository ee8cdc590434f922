package ec2json

import (
	"fmt"
	"time"

	"github.com/packetwalk/packetwalk/subnet"
)

// rawTracking holds timeouts in seconds; AWS prints those that were set.
type rawTracking struct{ TcpEstablishedTimeout, UdpStreamTimeout, UdpTimeout *int }

// tracking reads how long the groups of an interface remember a connection. One that AWS does not take
// (F5.207) is reported, and its default stands for it.
func (l *loader) tracking(f found[rawInterface]) subnet.Tracking {
	r := f.raw.ConnectionTrackingConfiguration
	read := func(field string, seconds *int, first, last int) time.Duration {
		switch {
		case seconds == nil:
			return 0
		case *seconds < first || *seconds > last:
			l.warn(f.origin, Malformed, "ConnectionTrackingConfiguration."+field, fmt.Sprint(*seconds),
				fmt.Sprintf("left out, the default counts: AWS takes %d to %d seconds", first, last))
			return 0
		}
		return time.Duration(*seconds) * time.Second
	}
	return subnet.Tracking{
		TCPEstablished: read("TcpEstablishedTimeout", r.TcpEstablishedTimeout, 60, 432000),
		UDPStream:      read("UdpStreamTimeout", r.UdpStreamTimeout, 60, 180),
		UDP:            read("UdpTimeout", r.UdpTimeout, 30, 60),
	}
}
