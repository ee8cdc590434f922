package packetwalk_test

import (
	"math/rand/v2"
	"net/netip"
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/internal/gen"
)

// TestBuildNeverPanics damages generated networks, field by field: values that no JSON can hold, enums out of
// range, names of other resources, things twice. Build says what is wrong, or the network answers.
func TestBuildNeverPanics(t *testing.T) {
	built, refused := 0, 0
	for seed := range uint64(3000) {
		r := rand.New(rand.NewPCG(seed, 13))
		cfg := gen.Small(seed % 100)
		if seed%2 == 0 {
			if n, err := packetwalk.Build(cfg); assert.NoError(t, err) {
				cfg = n.Config()
			}
		}
		m := mutator{Rand: r}
		for _, list := range lists(&cfg) {
			for i := range list.Len() {
				m.ids = append(m.ids, list.Index(i).FieldByName("ID").String())
			}
		}
		for range 1 + r.IntN(3) {
			m.damage(reflect.ValueOf(&cfg).Elem())
		}
		assert.NotPanics(t, func() {
			n, err := packetwalk.Build(cfg)
			if err != nil {
				refused++
				onlyConfigErrors(t, err)
				return
			}
			built++
			ask(n)
		}, "seed %d", seed)
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
	assert.Greater(t, built, 200)
	assert.Greater(t, refused, 300)
}

// mutator changes one thing somewhere.
type mutator struct {
	*rand.Rand
	ids []string
}

// damage goes down to some field of v, and changes it.
func (m mutator) damage(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		if m.address(v) || !v.Type().Field(0).IsExported() {
			return
		}
		m.damage(v.Field(m.IntN(v.NumField())))
	case reflect.Slice:
		m.list(v)
	case reflect.String:
		v.SetString(append(m.ids, "", "nowhere")[m.IntN(len(m.ids)+2)])
	case reflect.Bool:
		v.SetBool(!v.Bool())
	case reflect.Uint8:
		v.SetUint([]uint64{0, 1, 2, 3, 255}[m.IntN(5)])
	case reflect.Int, reflect.Int64:
		v.SetInt([]int64{-1, 0, 1, 100, 1 << 40}[m.IntN(5)])
	}
}

// list loses an element of v, has one twice, or goes down into one.
func (m mutator) list(v reflect.Value) {
	if v.Len() == 0 {
		v.Set(reflect.Append(v, reflect.Zero(v.Type().Elem())))
		return
	}
	i := m.IntN(v.Len())
	switch m.IntN(8) {
	case 0:
		v.Set(reflect.Append(v, v.Index(i)))
	case 1:
		v.Index(i).SetZero()
	case 2:
		v.Set(reflect.AppendSlice(v.Slice(0, i), v.Slice(i+1, v.Len())))
	default:
		m.damage(v.Index(i))
	}
}

// address changes an address or a prefix; it reports whether v is one.
func (m mutator) address(v reflect.Value) bool {
	addresses := []netip.Addr{
		{}, netip.IPv4Unspecified(), netip.MustParseAddr("10.0.1.4"), netip.MustParseAddr("255.255.255.255"),
		netip.MustParseAddr("::ffff:10.0.1.4"), netip.MustParseAddr("fe80::1%eth0"), netip.MustParseAddr("2001:db8::1"),
	}
	a := addresses[m.IntN(len(addresses))]
	switch v.Interface().(type) {
	case netip.Addr:
		v.Set(reflect.ValueOf(a))
	case netip.Prefix:
		v.Set(reflect.ValueOf(netip.PrefixFrom(a.WithZone(""), []int{-1, 0, 16, 24, 28, 32, 64, 128}[m.IntN(8)])))
	default:
		return false
	}
	return true
}
