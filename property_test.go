package packetwalk_test

import (
	"encoding/json"
	"math/rand/v2"
	"net/netip"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/internal/gen"
	"github.com/packetwalk/packetwalk/nacl"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/route"
	"github.com/packetwalk/packetwalk/sg"
	"github.com/packetwalk/packetwalk/trace"
)

// wholes are the values that are compared as wholes.
var wholes = cmpopts.EquateComparable(netip.Addr{}, netip.Prefix{}, packet.Service{})

// smallNetworks runs a property over generated networks, one for each seed, with flows of theirs.
func smallNetworks(t *testing.T, property func(t *testing.T, seed uint64, n *packetwalk.Network, flows []gen.Flow)) {
	for seed := range uint64(800) {
		n, err := packetwalk.Build(gen.Small(seed))
		require.NoError(t, err, "seed %d", seed)
		property(t, seed, n, gen.Flows(n.Config(), seed, 20))
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

// openDrawn asks for a flow; ok is false for one that nobody can send.
func openDrawn(n *packetwalk.Network, f gen.Flow) (flow packetwalk.Flow, ok bool) {
	flow, err := n.Connect(f.From, f.Packet)
	return flow, err == nil
}

// TestMoreIsNotLess: what works still works with one more rule in a group, and with one denial less in an
// ACL.
func TestMoreIsNotLess(t *testing.T) {
	worked := 0
	smallNetworks(t, func(t *testing.T, seed uint64, n *packetwalk.Network, flows []gen.Flow) {
		r := rand.New(rand.NewPCG(seed, 10))
		more, fewer := n.Config(), n.Config()
		g := &more.SecurityGroups[r.IntN(len(more.SecurityGroups))]
		rule := sg.Rule{Direction: packet.Direction(1 + r.IntN(2)), Service: packet.All(), CIDR: netip.MustParsePrefix("10.0.0.0/8")}
		g.Rules = append(g.Rules, rule)
		a := &fewer.NetworkACLs[r.IntN(len(fewer.NetworkACLs))]
		if i := slices.IndexFunc(a.Entries, func(e nacl.Entry) bool { return e.Action == nacl.Deny }); i >= 0 {
			a.Entries = slices.Delete(a.Entries, i, i+1)
		}
		withRule, err := packetwalk.Build(more)
		require.NoError(t, err)
		withoutDeny, err := packetwalk.Build(fewer)
		require.NoError(t, err)
		for _, f := range flows {
			before, ok := openDrawn(n, f)
			if !ok || !before.OK() {
				continue
			}
			worked++
			after, _ := openDrawn(withRule, f)
			assert.True(t, after.OK(), "%v: with %v in %s: %+v", f, &rule, g.ID, after)
			after, _ = openDrawn(withoutDeny, f)
			assert.True(t, after.OK(), "%v: with one denial less in %s: %+v", f, a.ID, after)
		}
	})
	assert.Greater(t, worked, 500)
}

// TestReplyMirrorsRequest: where a connection works, the caller gets its own packet's header the other way
// round.
func TestReplyMirrorsRequest(t *testing.T) {
	replies := 0
	smallNetworks(t, func(t *testing.T, seed uint64, n *packetwalk.Network, flows []gen.Flow) {
		for _, f := range flows {
			flow, ok := openDrawn(n, f)
			if !ok || !flow.OK() || !flow.Return.Delivered() {
				continue
			}
			replies++
			sent, got := flow.Forward.Sent, flow.Return.Last
			assert.Equal(t,
				[]any{sent.Dst, sent.Src, sent.DstPort, sent.SrcPort, sent.Protocol},
				[]any{got.Src, got.Dst, got.SrcPort, got.DstPort, got.Protocol}, "%+v", flow)
		}
	})
	assert.Greater(t, replies, 500)
}

// TestReplyMustMirror: a reply that comes back by a NAT instance has another source, so the caller does not
// take it.
func TestReplyMustMirror(t *testing.T) {
	b := packetwalk.New()
	v := b.VPC("v", "10.0.0.0/16")
	front := v.Subnet("front", "10.0.2.0/24").Route("0.0.0.0/0", v.InternetGateway("igw"))
	nat := front.NATInstance("nat").PublicIP().Allow("all", packetwalk.Anywhere)
	v.Subnet("back", "10.0.1.0/24").Route("0.0.0.0/0", nat).Instance("host").PublicIP().Allow("all", packetwalk.Anywhere)
	n, err := b.Build()
	require.NoError(t, err)
	flow, err := n.Probe(packetwalk.Internet, "host", "tcp/443")
	require.NoError(t, err)
	assert.False(t, flow.OK())
	assert.Equal(t, trace.ReplyAddressMismatch, flow.Verdict().Code)
}

// TestVerdictIsOne: the walk with its hops, without them, and one way only say the same; it ends within a
// bound; and what it says of itself fits together.
func TestVerdictIsOne(t *testing.T) {
	const bound = 200 // hops: no way of 20 interfaces needs more
	smallNetworks(t, func(t *testing.T, seed uint64, n *packetwalk.Network, flows []gen.Flow) {
		for _, f := range flows {
			flow, ok := openDrawn(n, f)
			if !ok {
				continue
			}
			s, err := n.Source(f.From)
			require.NoError(t, err)
			assert.Equal(t, flow.Verdict(), s.Verdict(f.Packet), "%v", f)
			one, err := n.Trace(f.From, f.Packet)
			require.NoError(t, err)
			assert.Equal(t, flow.Forward.Verdict, one.Verdict, "%v", f)
			assert.Equal(t, flow.OK(), len(flow.Blockers()) == 0, "%v: %+v", f, flow)
			for _, way := range []trace.Trace{flow.Forward, flow.Return} {
				assert.LessOrEqual(t, len(way.Hops)+len(way.Beyond), bound, "%v", f)
				if len(way.Hops) > 0 {
					assert.Equal(t, way.Verdict.Code, way.Hops[len(way.Hops)-1].Code, "%v: the last hop decides", f)
				}
			}
		}
	})
}

// told is what a flow says. Only its records name anything.
type told struct {
	Codes   []trace.Code
	Stages  []trace.Stage
	Records []flowlog.Record
}

func tell(n *packetwalk.Network, f gen.Flow) (what told) {
	flow, ok := openDrawn(n, f)
	if !ok {
		return what
	}
	for _, v := range []trace.Verdict{flow.Forward.Verdict, flow.Return.Verdict, flow.Verdict()} {
		what.Codes, what.Stages = append(what.Codes, v.Code), append(what.Stages, v.Stage)
	}
	what.Records = flow.Records()
	return what
}

// TestOrderMeansNothing: the same network with all its lists shuffled gives the same verdicts and records.
func TestOrderMeansNothing(t *testing.T) {
	smallNetworks(t, func(t *testing.T, seed uint64, n *packetwalk.Network, flows []gen.Flow) {
		shuffled, err := packetwalk.Build(shuffle(n.Config(), rand.New(rand.NewPCG(seed, 11))))
		require.NoError(t, err)
		for _, f := range flows {
			assert.Empty(t, cmp.Diff(tell(n, f), tell(shuffled, f), wholes), "%v", f)
		}
	})
}

// shuffle changes the order of everything that has none: not of a VPC's blocks and an interface's addresses,
// of which the first is the primary one.
func shuffle(c packetwalk.Config, r *rand.Rand) packetwalk.Config {
	for _, list := range lists(&c) {
		shuffleList(r, list)
	}
	for i := range c.RouteTables {
		shuffleList(r, reflect.ValueOf(c.RouteTables[i].Routes))
		shuffleList(r, reflect.ValueOf(c.RouteTables[i].Subnets))
	}
	for i := range c.NetworkACLs {
		shuffleList(r, reflect.ValueOf(c.NetworkACLs[i].Entries))
	}
	for i := range c.SecurityGroups {
		shuffleList(r, reflect.ValueOf(c.SecurityGroups[i].Rules))
	}
	for i := range c.PrefixLists {
		shuffleList(r, reflect.ValueOf(c.PrefixLists[i].Entries))
	}
	return c
}

func shuffleList(r *rand.Rand, list reflect.Value) {
	r.Shuffle(list.Len(), reflect.Swapper(list.Interface()))
}

// lists are the slices of a Config whose elements have an ID.
func lists(c *packetwalk.Config) []reflect.Value {
	var all []reflect.Value
	for i, v := 0, reflect.ValueOf(c).Elem(); i < v.NumField(); i++ {
		list := v.Field(i)
		if list.Kind() != reflect.Slice || list.Type().Elem().Kind() != reflect.Struct {
			continue
		}
		if _, named := list.Type().Elem().FieldByName("ID"); named {
			all = append(all, list)
		}
	}
	return all
}

// TestNamesMeanNothing: the same network with other IDs, whose order is another one, gives the same verdicts
// and records.
func TestNamesMeanNothing(t *testing.T) {
	smallNetworks(t, func(t *testing.T, seed uint64, n *packetwalk.Network, flows []gen.Flow) {
		renamed, err := packetwalk.Build(rename(t, n.Config()))
		require.NoError(t, err)
		for _, f := range flows {
			as := f
			if f.From != packetwalk.Internet {
				as.From = renamedID(f.From)
			}
			want := tell(n, f)
			for i := range want.Records {
				renameRecord(&want.Records[i])
			}
			assert.Empty(t, cmp.Diff(want, tell(renamed, as), wholes), "%v", f)
		}
	})
}

// renameRecord gives every resource that a record names its other ID.
func renameRecord(r *flowlog.Record) {
	for _, id := range []*string{
		&r.InterfaceID, &r.VPCID, &r.SubnetID, &r.InstanceID, &r.ResourceID,
		&r.NextHop.InterfaceID, &r.NextHop.SubnetID, &r.NextHop.VPCID,
	} {
		if *id != "" {
			*id = renamedID(*id)
		}
	}
}

// renamedID spells an ID backwards.
func renamedID(id string) string {
	b := []byte(id)
	slices.Reverse(b)
	return "other-" + string(b)
}

// rename gives every resource another ID, wherever it is named.
func rename(t *testing.T, c packetwalk.Config) packetwalk.Config {
	var pairs []string
	for _, list := range lists(&c) {
		for i := range list.Len() {
			id := list.Index(i).FieldByName("ID").String()
			pairs = append(pairs, `"`+id+`"`, `"`+renamedID(id)+`"`)
		}
	}
	text, err := json.Marshal(c)
	require.NoError(t, err)
	var out packetwalk.Config
	require.NoError(t, json.Unmarshal([]byte(strings.NewReplacer(pairs...).Replace(string(text))), &out))
	return out
}

// TestJSONKeepsAll: a Config goes through JSON without loss, completed or not, and so do the zero values of
// all that it can hold.
func TestJSONKeepsAll(t *testing.T) {
	var zeros packetwalk.Config
	for _, list := range lists(&zeros) {
		list.Set(reflect.MakeSlice(list.Type(), 1, 1))
	}
	throughJSON(t, packetwalk.Config{})
	throughJSON(t, zeros)
	smallNetworks(t, func(t *testing.T, seed uint64, n *packetwalk.Network, flows []gen.Flow) {
		throughJSON(t, gen.Small(seed))
		throughJSON(t, n.Config())
	})
}

func throughJSON(t *testing.T, c packetwalk.Config) {
	t.Helper()
	text, err := json.Marshal(c)
	require.NoError(t, err)
	var back packetwalk.Config
	require.NoError(t, json.Unmarshal(text, &back))
	assert.Empty(t, cmp.Diff(c, back, wholes))
}

// TestCompleteOnce: what Build completed, it does not complete again.
func TestCompleteOnce(t *testing.T) {
	smallNetworks(t, func(t *testing.T, seed uint64, n *packetwalk.Network, flows []gen.Flow) {
		again, err := packetwalk.Build(n.Config())
		require.NoError(t, err)
		assert.Empty(t, cmp.Diff(n.Config(), again.Config(), wholes))
		assert.Equal(t, n.Warnings(), again.Warnings())
	})
}

// TestNetworkIsImmutable: a network sees nothing of what happens to the Config that it was built from, or to
// the one that it gives.
func TestNetworkIsImmutable(t *testing.T) {
	for seed := range uint64(50) {
		cfg := gen.Small(seed)
		n, err := packetwalk.Build(cfg)
		require.NoError(t, err)
		before, flows := n.Config(), gen.Flows(n.Config(), seed, 10)
		var said []told
		for _, f := range flows {
			said = append(said, tell(n, f))
		}
		given := n.Config()
		scribble(reflect.ValueOf(&cfg).Elem())
		scribble(reflect.ValueOf(&given).Elem())
		assert.Empty(t, cmp.Diff(before, n.Config(), wholes), "seed %d", seed)
		for i, f := range flows {
			assert.Empty(t, cmp.Diff(said[i], tell(n, f), wholes), "seed %d: %v", seed, f)
		}
	}
}

// scribble overwrites every element of every slice in v with the zero value.
func scribble(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				scribble(v.Field(i))
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			scribble(v.Index(i))
			v.Index(i).SetZero()
		}
	}
}

// TestManyAtOnce asks one network from many goroutines; the race detector looks on.
func TestManyAtOnce(t *testing.T) {
	n, err := packetwalk.Build(gen.Small(5))
	require.NoError(t, err)
	flows := gen.Flows(n.Config(), 5, 50)
	var said []told
	for _, f := range flows {
		said = append(said, tell(n, f))
	}
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			for i, f := range flows {
				assert.Empty(t, cmp.Diff(said[i], tell(n, f), wholes), "%v", f)
				if s, err := n.Source(f.From); err == nil {
					s.Verdict(f.Packet)
				}
				_, _ = n.Probe(f.From, f.Packet.Dst.String(), "tcp/443")
				_ = n.Config()
				_ = n.Warnings()
			}
		})
	}
	wait.Wait()
}

// TestEveryTargetKindIsDrawn keeps the properties above from being about nothing.
func TestEveryTargetKindIsDrawn(t *testing.T) {
	drawn := make(map[route.TargetKind]int)
	smallNetworks(t, func(t *testing.T, seed uint64, n *packetwalk.Network, flows []gen.Flow) {
		for _, table := range n.Config().RouteTables {
			for _, r := range table.Routes {
				drawn[r.Target.Kind]++
			}
		}
	})
	for k := route.Local; k <= route.GatewayLoadBalancerEndpoint; k++ {
		assert.NotZero(t, drawn[k], "%v", k)
	}
}
