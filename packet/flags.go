package packet

import (
	"fmt"
	"strings"
)

// Flags are TCP flags, a bit each. The zero Flags are "not stated".
type Flags uint8

// The TCP flags, with the bits of the TCP header.
const (
	FIN Flags = 1 << iota
	SYN
	RST
	PSH
	ACK
	URG
	ECE
	CWR
)

// flagNames are in the order of the bits.
var flagNames = [...]string{"FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"}

// String gives the names of the flags that are set, lowest bit first, as in "SYN|ACK", and "" for
// none.
func (f Flags) String() string {
	var set []string
	for bit, name := range flagNames {
		if f&(1<<bit) != 0 {
			set = append(set, name)
		}
	}
	return strings.Join(set, "|")
}

// ParseFlags parses names with "|" between them, in any order and case: "SYN|ACK". The empty text is
// the zero Flags. A name that is no TCP flag is an error.
func ParseFlags(s string) (Flags, error) {
	if s == "" {
		return 0, nil
	}
	var f Flags
	for name := range strings.SplitSeq(s, "|") {
		flag, ok := flagNamed(name)
		if !ok {
			return 0, fmt.Errorf("packet.ParseFlags(%q): %q is no TCP flag: want %s",
				s, name, strings.Join(flagNames[:], ", "))
		}
		f |= flag
	}
	return f, nil
}

// flagNamed gives the one flag of that name.
func flagNamed(name string) (f Flags, ok bool) {
	for bit, known := range flagNames {
		if strings.EqualFold(name, known) {
			return 1 << bit, true
		}
	}
	return 0, false
}

// MarshalText gives [Flags.String]. It never fails.
func (f Flags) MarshalText() ([]byte, error) { return []byte(f.String()), nil }

// UnmarshalText is [ParseFlags]; an error leaves f as it was.
func (f *Flags) UnmarshalText(text []byte) error {
	v, err := ParseFlags(string(text))
	if err != nil {
		return err
	}
	*f = v
	return nil
}
