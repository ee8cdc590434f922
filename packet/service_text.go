package packet

import (
	"errors"
	"fmt"
	"strings"
)

// ParseService parses the text of a service, in any case:
//
//	tcp/443  udp/1024-65535     a port, or a range of ports
//	tcp  esp  47                all of a protocol, by its name or number
//	icmp/echo-request  icmp/8   an ICMP type, by its name or number, with any code
//	icmp/3/4  icmpv6/128/0      an ICMP type and code
//	all  -1                     all traffic
//
// An ICMP type or code may be AWS's -1 for any; a type of -1 wants a code of -1 (F5.007). Ports of a
// protocol whose ports no rule looks at, such as "esp/500", are an error.
func ParseService(s string) (Service, error) {
	v, err := parseService(s)
	if err != nil {
		return Service{}, fmt.Errorf("packet.ParseService(%q): %w", s, err)
	}
	return v, nil
}

// MustParseService is [ParseService] for literals; it panics where that fails.
func MustParseService(s string) Service {
	v, err := ParseService(s)
	if err != nil {
		panic(err)
	}
	return v
}

// parseService is [ParseService] with errors that do not name the call.
func parseService(s string) (Service, error) {
	if s == "" {
		return Service{}, errors.New("empty: want one such as tcp/443, icmp/echo-request, esp or all")
	}
	if isAll(s) {
		return All(), nil
	}
	name, rest, more := strings.Cut(s, "/")
	p, err := parseProtocol(name)
	switch {
	case err != nil:
		return Service{}, err
	case !more:
		return Of(p), nil
	case p.IsICMP():
		return parseICMPService(p, rest)
	case !p.HasPorts():
		return Service{}, fmt.Errorf("no rule looks at ports of %v: want %q", p, p)
	}
	r, err := parsePortRange(rest)
	if err != nil {
		return Service{}, err
	}
	return Ports(p, r), nil
}

// parseICMPService parses what follows "icmp/" or "icmpv6/": a type, or a type and a code (F5.007).
func parseICMPService(p Protocol, s string) (Service, error) {
	typeText, codeText, hasCode := strings.Cut(s, "/")
	anyCode := !hasCode || codeText == "-1"
	if typeText == "-1" {
		if !anyCode {
			return Service{}, fmt.Errorf("type -1 wants code -1, not %q", codeText)
		}
		return Of(p), nil
	}
	typ, err := parseICMPType(p, typeText)
	if err != nil {
		return Service{}, err
	}
	if anyCode {
		return ICMPType(p, typ), nil
	}
	code, err := parseNumber("code", codeText, 255)
	if err != nil {
		return Service{}, err
	}
	return ICMPTypeCode(p, typ, uint8(code)), nil
}

// String gives the one spelling that [ParseService] reads back to the same value: names rather
// than numbers, except for an ICMP type with a code, which is known by its numbers ("icmp/3/4").
// It is "" for the zero Service.
func (s Service) String() string {
	switch s.kind {
	case kindAll:
		return "all"
	case kindProtocol:
		return s.proto.String()
	case kindPorts:
		return s.proto.String() + "/" + PortRange{s.lo, s.hi}.String()
	case kindType:
		return s.proto.String() + "/" + icmpTypeText(s.proto, uint8(s.lo))
	case kindTypeCode:
		return fmt.Sprintf("%v/%d/%d", s.proto, s.lo, s.hi)
	}
	return ""
}

// MarshalText gives [Service.String], and so "" for the zero Service. It never fails.
func (s Service) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText is [ParseService], with "" for the zero Service; an error leaves s as it was.
func (s *Service) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*s = Service{}
		return nil
	}
	v, err := ParseService(string(text))
	if err != nil {
		return err
	}
	*s = v
	return nil
}
