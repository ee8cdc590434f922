package packet

import (
	"fmt"
	"strconv"
	"strings"
)

// PortRange is a range of ports, both ends included. The zero PortRange is port 0 alone.
type PortRange struct{ First, Last uint16 }

// ParsePortRange parses one port, "443", or two with "-" between them, "1024-65535". The error is
// for text that is no number from 0 to 65535, and for a range that is upside down.
func ParsePortRange(s string) (PortRange, error) {
	r, err := parsePortRange(s)
	if err != nil {
		return PortRange{}, fmt.Errorf("packet.ParsePortRange(%q): %w", s, err)
	}
	return r, nil
}

// parsePortRange is [ParsePortRange] with errors that do not name the call.
func parsePortRange(s string) (PortRange, error) {
	from, to, isRange := strings.Cut(s, "-")
	first, err := parseNumber("port", from, 65535)
	if err != nil {
		return PortRange{}, err
	}
	if !isRange {
		return PortRange{uint16(first), uint16(first)}, nil
	}
	last, err := parseNumber("port", to, 65535)
	if err != nil {
		return PortRange{}, err
	}
	if first > last {
		return PortRange{}, fmt.Errorf("port range is upside down: want \"%d-%d\"", last, first)
	}
	return PortRange{uint16(first), uint16(last)}, nil
}

// IsValid reports whether r is not upside down.
func (r PortRange) IsValid() bool { return r.First <= r.Last }

// Contains reports whether port is in r. A range that is upside down contains nothing.
func (r PortRange) Contains(port uint16) bool { return r.First <= port && port <= r.Last }

// String gives "443" for one port and "1024-65535" for several.
func (r PortRange) String() string {
	if r.First == r.Last {
		return strconv.Itoa(int(r.First))
	}
	return fmt.Sprintf("%d-%d", r.First, r.Last)
}
