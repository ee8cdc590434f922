package packetwalk_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/trace"
)

// README:start

func ExampleSession_Exchange() {
	b := packetwalk.New()
	shop := b.VPC("shop", "10.0.0.0/16")
	public := shop.Subnet("public", "10.0.1.0/24").Route("0.0.0.0/0", shop.InternetGateway("igw"))
	public.Instance("web").PublicIP().Allow("tcp/443", packetwalk.Anywhere).FlowLog("fl-web")
	n, err := b.Build()
	if err != nil {
		fmt.Println(err)
		return
	}
	s := n.NewSession(time.Unix(1566848400, 0))
	e, err := s.Exchange("internet", "web", "tcp/443", packetwalk.Traffic{Request: 600, Response: 20_000, Duration: 2 * time.Second})
	fmt.Println(e.Flow, e.Completed(), err)
	fmt.Println("asked:   ", e.Caller.Packets, "packets,", e.Caller.Bytes, "bytes")
	fmt.Println("answered:", e.Other.Packets, "packets,", e.Other.Bytes, "bytes")
	for _, batch := range s.Flush() {
		for _, r := range batch.Records {
			fmt.Println(r)
		}
	}
	// Output:
	// internet -> web tcp/443: works true <nil>
	// asked:    12 packets, 1080 bytes
	// answered: 17 packets, 20680 bytes
	// 2 123456789012 web-eni 203.0.113.10 10.0.1.4 49152 443 6 12 1080 1566848400 1566848402 ACCEPT OK
	// 2 123456789012 web-eni 10.0.1.4 203.0.113.10 443 49152 6 17 20680 1566848400 1566848402 ACCEPT OK
}

// README:end

func ExampleSession_Scan() {
	b := packetwalk.New()
	shop := b.VPC("shop", "10.0.0.0/16")
	public := shop.Subnet("public", "10.0.1.0/24").Route("0.0.0.0/0", shop.InternetGateway("igw"))
	public.Instance("web").PublicIP().Allow("tcp/443", packetwalk.Anywhere)
	n, err := b.Build()
	if err != nil {
		fmt.Println(err)
		return
	}
	scan, err := n.NewSession(time.Time{}).Scan("internet", "web", 22, 443, 3389)
	fmt.Printf("%+v %v\n", scan, err)
	// Output:
	// internet -> web: 1 of 3 ports answer: tcp/443
	// tcp/22 silent: dropped at security group web-sg: ENI_SG_RULES_MISMATCH
	// tcp/443 open
	// tcp/3389 silent: dropped at security group web-sg: ENI_SG_RULES_MISMATCH <nil>
}

// TestScanRecords: item 148, a scan shows as a REJECT for each port that is closed; who answers gets a SYN
// and a reset.
func TestScanRecords(t *testing.T) {
	b := sshNet(packetwalk.Anywhere)
	b.FlowLog("fl", "app")
	s := begin(t, b)
	scan, err := s.Scan("internet", "web", 766, 22, 8088)
	require.NoError(t, err)
	assert.Equal(t, []uint16{22}, scan.Open())
	assert.Zero(t, s.Live(), "the reset ends what the SYN opened")
	assert.True(t, s.Now().Equal(time.Unix(0, 0)))
	flags, sources := map[uint16]string{}, map[uint16]bool{}
	for _, batch := range s.Flush() {
		for _, r := range batch.Records {
			if r.FlowDirection == packet.Ingress {
				sources[r.SrcPort] = true
				flags[r.DstPort] = fmt.Sprint(r.Action, " ", r.Packets, " ", r.TCPFlags)
			} else {
				assert.EqualValues(t, 22, r.SrcPort, "nobody else answers")
				assert.Equal(t, flowlog.Accept, r.Action)
			}
		}
	}
	assert.Len(t, sources, 3, "each SYN is a connection of its own")
	assert.Equal(t, map[uint16]string{766: "REJECT 1 SYN", 22: "ACCEPT 2 SYN|RST", 8088: "REJECT 1 SYN"}, flags)
}

// TestScanSilent: an answer that is dropped is silence as well (item 146).
func TestScanSilent(t *testing.T) {
	b := sshNet(packetwalk.Anywhere, func(v *packetwalk.VPCHandle, s *packetwalk.SubnetHandle, _ *packetwalk.InstanceHandle) {
		v.ACL("in-only").AllowIn(100, "all", "0.0.0.0/0").For(s)
	})
	scan, err := begin(t, b).Scan("internet", "web", 22)
	require.NoError(t, err)
	assert.Empty(t, scan.Open())
	assert.Equal(t, trace.SubnetACLRestriction, scan.Ports[0].Verdict.Code)
	assert.Equal(t, "tcp/22 silent: answer dropped at network ACL in-only: SUBNET_ACL_RESTRICTION", scan.Ports[0].String())
	assert.Equal(t, "internet -> web: 0 of 1 ports answer", fmt.Sprint(scan))
}

// TestScanByName: F9.308, the name is looked up once, and where it can't be nothing else is sent.
func TestScanByName(t *testing.T) {
	b := ownServer()
	s := begin(t, b)
	scan, err := s.Scan("client", "db.example.com", 22, 5432, 80)
	require.NoError(t, err)
	assert.Equal(t, []uint16{5432}, scan.Open())
	assert.EqualValues(t, 1, packetsTo(s.Flush(), "client-eni", 53))

	s = mustNetwork(t, deafServer()).NewSession(time.Time{})
	scan, err = s.Scan("client", "db.example.com", 22, 5432)
	require.NoError(t, err)
	assert.Len(t, scan.Ports, 2)
	assert.Empty(t, scan.Open())
	batches := s.Flush()
	assert.EqualValues(t, 1, packetsTo(batches, "client-eni", 53))
	assert.Zero(t, packetsTo(batches, "client-eni", 22)+packetsTo(batches, "client-eni", 5432))
}

func TestScanMistakes(t *testing.T) {
	s := begin(t, twoHosts())
	_, err := s.Scan("client", "server")
	assert.EqualError(t, err, `packetwalk: scan from "client" to "server": invalid: no ports: want at least one`)
	_, err = s.Scan("nobody", "server", 22)
	assert.ErrorIs(t, err, packetwalk.ErrNotFound)
	_, err = s.Scan("client", "nobody", 22)
	assert.ErrorIs(t, err, packetwalk.ErrNotFound)
	var zero packetwalk.Session
	_, err = zero.Scan("client", "server", 22)
	assert.ErrorIs(t, err, packetwalk.ErrInvalid)
	assert.Equal(t, " -> : 0 of 0 ports answer", packetwalk.Scan{}.String())
}

// TestPing: F1.705, four pings are 336 bytes; over IPv6 each is 20 bytes longer.
func TestPing(t *testing.T) {
	s := begin(t, twoHosts())
	e, err := s.Ping("client", "server", 4)
	require.NoError(t, err)
	assert.True(t, e.Completed())
	assert.Equal(t, all(4, 336), e.Caller)
	assert.Equal(t, all(4, 336), e.Other)
	assert.Equal(t, 3*time.Second, s.Now().Sub(time.Unix(0, 0)))

	s = begin(t, waysNet())
	e, err = s.Ping("job", "internet", 0)
	require.NoError(t, err)
	assert.True(t, e.Completed())
	assert.Equal(t, packet.ICMPv6, e.Flow.Forward.Sent.Protocol, "it has no other address")
	assert.Equal(t, all(1, 104), e.Caller)

	_, err = s.Ping("job", "nobody", 1)
	assert.ErrorIs(t, err, packetwalk.ErrNotFound)
}
