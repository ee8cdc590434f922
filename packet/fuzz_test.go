package packet_test

import (
	"testing"

	"github.com/packetwalk/packetwalk/packet"
)

// Whatever parses prints a text that parses back to the same value.

func FuzzParseService(f *testing.F) {
	for _, seed := range []string{"", "tcp/443", "udp/1024-65535", "tcp/0-65535", "icmp/echo-request", "icmp/3/4",
		"icmp/-1/-1", "icmpv6/128", "esp", "47", "all", "-1", "tcp/90-80", "0"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, err := packet.ParseService(text)
		if (err == nil) != s.IsValid() {
			t.Fatalf("ParseService(%q) = %q, %v", text, s, err)
		}
		if err != nil {
			return
		}
		if back, err := packet.ParseService(s.String()); err != nil || back != s {
			t.Fatalf("%q gave %q, which came back as %q, %v", text, s, back, err)
		}
		if p, err := s.Open(a4, b4, 49152); err == nil && !s.Matches(p) {
			t.Fatalf("%q does not match what it opens: %v", s, p)
		}
	})
}

func FuzzParseProtocol(f *testing.F) {
	for _, seed := range []string{"", "tcp", "icmp6", "IPv6-ICMP", "0", "255", "256", "-1", "all"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p, err := packet.ParseProtocol(text)
		if err != nil {
			return
		}
		if back, err := packet.ParseProtocol(p.String()); err != nil || back != p {
			t.Fatalf("%q gave %q, which came back as %q, %v", text, p, back, err)
		}
	})
}

func FuzzParsePortRange(f *testing.F) {
	for _, seed := range []string{"", "443", "1024-65535", "90-80", "0", "65536", "-", "1-2-3"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r, err := packet.ParsePortRange(text)
		if err != nil {
			return
		}
		if !r.IsValid() || !r.Contains(r.First) || !r.Contains(r.Last) {
			t.Fatalf("%q gave the range %v", text, r)
		}
		if back, err := packet.ParsePortRange(r.String()); err != nil || back != r {
			t.Fatalf("%q gave %q, which came back as %q, %v", text, r, back, err)
		}
	})
}

func FuzzParseFlags(f *testing.F) {
	for _, seed := range []string{"", "SYN", "ack|syn", "|", "FIN|FOO"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		flags, err := packet.ParseFlags(text)
		if err != nil {
			return
		}
		if back, err := packet.ParseFlags(flags.String()); err != nil || back != flags {
			t.Fatalf("%q gave %q, which came back as %q, %v", text, flags, back, err)
		}
	})
}
