package trace_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/trace"
)

// indented is v as JSON, with ">" as it is.
func indented(t *testing.T, v any) string {
	t.Helper()
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	require.NoError(t, e.Encode(v))
	return strings.TrimSpace(b.String())
}

func TestHopJSON(t *testing.T) {
	for _, tt := range []struct {
		name string
		hop  trace.Hop
		want string
	}{
		{"zero", trace.Hop{}, `{
  "action": "pass"
}`},
		{"all fields", trace.Hop{
			Stage: trace.StageSecurityGroup, Direction: packet.Ingress, ID: "db-sg", Interface: "db-eni", Subnet: "back",
			VPC: "data", Action: trace.Drop, Code: trace.ENISGRulesMismatch, Rule: by("tcp/5432 from web-sg"),
			Member: "web-eni", Note: "tracked connection",
			Lost:   []trace.Lost{{by("0.0.0.0/0 -> igw-1"), trace.MoreSpecificRoute}, {}},
			Before: toSSH, After: toSSH,
		}, `{
  "stage": "security group",
  "direction": "ingress",
  "id": "db-sg",
  "interface": "db-eni",
  "subnet": "back",
  "vpc": "data",
  "action": "drop",
  "code": "ENI_SG_RULES_MISMATCH",
  "rule": "tcp/5432 from web-sg",
  "member": "web-eni",
  "note": "tracked connection",
  "lost": [
    {
      "rule": "0.0.0.0/0 -> igw-1",
      "code": "MORE_SPECIFIC_ROUTE"
    },
    {
      "rule": ""
    }
  ]
}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			assert.Empty(t, cmp.Diff(tt.want, indented(t, tt.hop)))
		})
	}
}

func TestHopJSONRewritten(t *testing.T) {
	nat := translated().Hops[1]
	var got struct{ Before, After packet.Packet }
	require.NoError(t, json.Unmarshal([]byte(indented(t, nat)), &got))
	assert.Equal(t, nat.Before, got.Before)
	assert.Equal(t, nat.After, got.After)
	assert.NotContains(t, indented(t, translated().Hops[0]), "before")
}

func TestTraceJSON(t *testing.T) {
	assert.JSONEq(t, `{"verdict": {"outcome": "not sent"}, "hops": []}`, indented(t, trace.Trace{}))

	var got struct {
		Verdict    trace.Verdict
		Sent, Last packet.Packet
		Hops       []struct{ Stage, ID, Rule, Code string }
		Beyond     []struct{ Stage, ID, Rule, Code string }
	}
	tr := blockedTwice()
	tr.Crossings = []trace.Crossing{{Interface: "web-eni"}}
	text := indented(t, tr)
	require.NoError(t, json.Unmarshal([]byte(text), &got))
	assert.Equal(t, tr.Verdict, got.Verdict, "a verdict is read back whole")
	assert.Equal(t, toSSH, got.Sent)
	assert.Equal(t, toSSH, got.Last)
	require.Len(t, got.Hops, 6)
	assert.Equal(t, "10.1.0.0/16 -> pcx-ab", got.Hops[3].Rule)
	assert.Equal(t, "SUBNET_ACL_RESTRICTION", got.Hops[5].Code)
	require.Len(t, got.Beyond, 2)
	assert.Equal(t, "db-sg", got.Beyond[0].ID)
	assert.NotContains(t, text, "rossings")
	assert.Equal(t, text, indented(t, tr), "the same each time")

	byPointer, err := json.Marshal(&tr)
	require.NoError(t, err)
	byValue, err := json.Marshal(struct{ T trace.Trace }{tr})
	require.NoError(t, err)
	assert.Equal(t, `{"T":`+string(byPointer)+`}`, string(byValue))
}

func TestJSONOutOfRange(t *testing.T) {
	for _, hop := range []trace.Hop{{Stage: 99}, {Action: 99}, {Code: 200}, {Lost: []trace.Lost{{Code: 200}}}} {
		_, err := json.Marshal(trace.Trace{Hops: []trace.Hop{hop}})
		assert.Error(t, err)
	}
}
