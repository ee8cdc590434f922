package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/internal/golden"
)

func output(t *testing.T) string {
	var out strings.Builder
	require.NoError(t, run(&out))
	return out.String()
}

func TestOutput(t *testing.T) { golden.Equal(t, "testdata/output.txt", output(t)) }

// TestClaims: each line of every answer, counted by hand from the hour's story and AWS's rules. The scan is
// of 9 ports of 3 hosts, of which 3 are open: 24 REJECTs, and 3 ACCEPTs each way. The other one knocks 10
// times. Three customers and the office have an ACCEPT each way: 34 to 6 and 8.
func TestClaims(t *testing.T) {
	claims := []struct{ name, line string }{
		{"F5.001 what is open to everybody", wide + " -> web: 2 of 9 ports answer: tcp/80, tcp/443"},
		{"F5.001 what is open to the office", wide + " -> bastion: 0 of 9 ports answer"},
		{"F5.001 what nobody remembers", wide + " -> old: 1 of 9 ports answer: tcp/8080"},
		{"item 148 F1.003 F1.502 port 766", "5 123456789012 web-eni 192.0.2.66 10.0.1.10 49158 766 6 1 40 1740830700 1740830700 REJECT OK ingress 2"},
		{"item 148 F1.003 F1.502 port 8088", "5 123456789012 web-eni 192.0.2.66 10.0.1.10 49163 8088 6 1 40 1740830700 1740830700 REJECT OK ingress 2"},
		{"item 154", "ACCEPT: 14 records"},
		{"item 148 item 154", "REJECT: 34 records"},
		{"item 148 item 154 the wide scan", wide + ": 24 records, 9 ports, 3 hosts"},
		{"item 148 item 154 the narrow one", narrow + ": 10 records, 1 ports, 1 hosts"},
		{"item 154 SSH, of both: the scan at three hosts, and ten times", "tcp/22: 13 records"},
		{"item 154 closed at three hosts", "tcp/766: 3 records"},
		{"item 154 closed at three hosts", "tcp/3306: 3 records"},
		{"item 154 closed at three hosts", "tcp/3389: 3 records"},
		{"item 154 closed at three hosts", "tcp/5432: 3 records"},
		{"item 154 closed at three hosts", "tcp/8088: 3 records"},
		{"item 154 open at one", "tcp/80: 2 records"},
		{"item 154 open at one", "tcp/443: 2 records"},
		{"item 154 open at one", "tcp/8080: 2 records"},
		{"item 154 F1.205 a SYN and a reset", wide + " at old-eni, tcp/8080: 2 packets, tcp-flags 6"},
		{"item 154 F1.205 a SYN and a reset", wide + " at web-eni, tcp/443: 2 packets, tcp-flags 6"},
		{"item 154 F1.205 a SYN and a reset", wide + " at web-eni, tcp/80: 2 packets, tcp-flags 6"},
		// 500 bytes are one segment and 40,000 are 28, of which 14 are acknowledged: the customer sends SYN,
		// ACK, 1, 14, FIN and ACK, which are 19, and the server SYN|ACK, ACK, 28 and FIN, which are 31: 50
		// headers of 40 bytes.
		{"item 154 a customer", "192.0.2.11: 42500 bytes"},
		{"item 154 a customer", "192.0.2.12: 42500 bytes"},
		{"item 154 a customer", "192.0.2.13: 42500 bytes"},
		// 3,000 bytes are three segments with two ACKs, 5,000 four with two: 9 packets and 8.
		{"item 154 the office", office + ": 8680 bytes"},
		// SYN, SYN|ACK and RST at three ports.
		{"item 154 the scan", wide + ": 360 bytes"},
	}
	var got []string
	for line := range strings.Lines(output(t)) {
		if answer, ok := strings.CutPrefix(line, "     "); ok {
			got = append(got, strings.TrimSpace(answer))
		}
	}
	require.Len(t, got, len(claims), "%s", output(t))
	for i, c := range claims {
		assert.Equal(t, c.line, got[i], c.name)
	}
}
