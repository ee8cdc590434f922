package packetwalk_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/internal/shareddata"
	"github.com/packetwalk/packetwalk/load/ec2json"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/trace"
)

// TestOracle compares the walk with an independent analyser of AWS configurations, flow by flow: delivered
// or not, where it stopped and why, which ACL entries it met, and how its addresses were rewritten.
func TestOracle(t *testing.T) {
	compareWithOracle(t, oracleSet{name: "core", facts: []string{"F7.013"}})
}

// TestOracleExtended compares the networks with several interfaces and addresses an instance, VPCs that
// overlap, chains of peerings, NAT gateways in private subnets and behind tight ACLs, interface endpoints and
// other protocols. Those with transit gateways or load balancers are not compared.
func TestOracleExtended(t *testing.T) {
	compareWithOracle(t, oracleSet{
		name:    "extended",
		without: []string{"TransitGateways", "LoadBalancers"},
		// AWS would refuse these VPCs (F3.005).
		renumbered: []string{"x5009", "x5036", "x5116", "x5127"},
		facts:      []string{"F4.203", "F4.204", "F4.206", "F6.017", "F7.013", "F7.102"},
	})
}

// oracleSet is a folder of networks, each with the flows that the analyser judged.
type oracleSet struct {
	name       string
	without    []string // networks that have one of these kinds are left out
	renumbered []string // networks that Build refuses as they are, compared with other addresses
	facts      []string // those that explain the differences, each at least one
}

// compareWithOracle wants the same outcome of at least 99 % of a set's flows, and a fact for every
// difference, also for one in an ACL entry that was met on the way.
func compareWithOracle(t *testing.T, set oracleSet) {
	dirs, err := filepath.Glob(filepath.Join(shareddata.Dir(t, "oracle", set.name), "*"))
	require.NoError(t, err)
	total, agreed, sameOutcome := 0, 0, 0
	explained := make(map[string]int)
	for _, dir := range dirs {
		name := filepath.Base(dir)
		net, flows := oracleFile(t, dir, "net.json"), oracleFile(t, dir, "cases.jsonl")
		if hasKind(t, net, set.without) {
			continue
		}
		renumber := slices.Contains(set.renumbered, name)
		if renumber {
			wantRefused(t, name, net)
			net, flows = renumbered(net), renumbered(flows)
		}
		n := oracleNetwork(t, name, net, renumber)
		for i, c := range oracleCases(t, flows) {
			f, err := c.ask(n)
			require.NoError(t, err, "%s:%d", name, i+1)
			total++
			if c.sameOutcome(f) {
				sameOutcome++
			}
			d := c.compare(n, f)
			if d == nil {
				agreed++
				continue
			}
			fact := d.fact()
			if explained[fact]++; fact == "" {
				t.Errorf("%s:%d: no fact explains: %s -> %s %d: %s\n%s", name, i+1, c.From, c.Dst, c.Proto, d, d.ours.Table())
			}
		}
	}
	require.NotZero(t, total)
	t.Logf("%d of %d flows agree in all, %d in their outcome; facts explain the others: %v", agreed, total, sameOutcome, explained)
	delete(explained, "")
	assert.Equal(t, set.facts, slices.Sorted(maps.Keys(explained)), "facts that explain differences")
	if sameOutcome*100 < total*99 {
		t.Errorf("%d of %d flows have the same outcome: want at least 99 %%", sameOutcome, total)
	}
}

func oracleFile(t *testing.T, dir, name string) []byte {
	text, err := os.ReadFile(filepath.Join(dir, name))
	require.NoError(t, err)
	return text
}

// hasKind reports whether the network has a resource of one of the kinds.
func hasKind(t *testing.T, net []byte, kinds []string) bool {
	var all map[string][]json.RawMessage
	require.NoError(t, json.Unmarshal(net, &all))
	return slices.ContainsFunc(kinds, func(kind string) bool { return len(all[kind]) > 0 })
}

func oracleConfig(t *testing.T, net []byte) packetwalk.Config {
	cfg, _, err := ec2json.Load(fstest.MapFS{"net.json": {Data: net}})
	require.NoError(t, err)
	return cfg
}

func oracleNetwork(t *testing.T, name string, net []byte, renumber bool) *packetwalk.Network {
	cfg := oracleConfig(t, net)
	if renumber {
		privatePrimaries(cfg.VPCs)
	}
	n, err := cfg.Build()
	require.NoError(t, err, name)
	return n
}

type oracleCase struct {
	From         string      `json:"from"`
	Src, Dst     netip.Addr  `json:",omitzero"`
	Proto        uint8       `json:"proto"`
	Sport, Dport uint16      `json:",omitzero"`
	ICMP         [2]uint8    `json:"icmp"`
	Forward      *oracleSide `json:"forward"`
	Return       *oracleSide `json:"return"` // nil: not delivered, or nothing answers
}

func oracleCases(t *testing.T, flows []byte) []oracleCase {
	var cases []oracleCase
	lines := bufio.NewScanner(bytes.NewReader(flows))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var c oracleCase
		require.NoError(t, json.Unmarshal(lines.Bytes(), &c))
		cases = append(cases, c)
	}
	require.NoError(t, lines.Err())
	return cases
}

// ask walks the flow.
func (c oracleCase) ask(n *packetwalk.Network) (packetwalk.Flow, error) {
	p := packet.Packet{Src: c.Src, Dst: c.Dst, Protocol: packet.Protocol(c.Proto)}
	switch {
	case p.Protocol.IsICMP():
		p.ICMPType, p.ICMPCode = c.ICMP[0], c.ICMP[1]
	case p.Protocol.HasPorts():
		p.SrcPort, p.DstPort = c.Sport, c.Dport
	}
	if p.Protocol == packet.TCP {
		p.Flags = packet.SYN
	}
	return n.Connect(c.From, p)
}

// sameOutcome reports whether request and reply come as far as they do for the analyser.
func (c oracleCase) sameOutcome(f packetwalk.Flow) bool {
	if c.Forward.Delivered != f.Forward.Delivered() {
		return false
	}
	if c.Return == nil {
		return f.Return.Verdict.Outcome == trace.NotSent
	}
	return c.Return.Delivered == f.Return.Delivered()
}

// compare says where the flow differs first; nil is nowhere.
func (c oracleCase) compare(n *packetwalk.Network, f packetwalk.Flow) *difference {
	if says := c.Forward.compare(n, f.Forward); says != "" {
		return &difference{says: "request: " + says, c: c, n: n, theirs: c.Forward, ours: f.Forward}
	}
	if (c.Return == nil) != (f.Return.Verdict.Outcome == trace.NotSent) {
		says := fmt.Sprintf("reply: theirs %v, ours %v", c.Return, f.Return.Verdict)
		return &difference{says: says, c: c, n: n, theirs: &oracleSide{}, ours: f.Return}
	}
	if c.Return == nil {
		return nil
	}
	if says := c.Return.compare(n, f.Return); says != "" {
		return &difference{says: "reply: " + says, c: c, n: n, theirs: c.Return, ours: f.Return}
	}
	return nil
}

// difference is a side of a flow that the walk and the analyser see differently.
type difference struct {
	says   string
	c      oracleCase
	n      *packetwalk.Network
	theirs *oracleSide
	ours   trace.Trace
}

func (d *difference) String() string { return strings.TrimSpace(d.says) }
