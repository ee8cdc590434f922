package flowlog_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/flowlog"
)

func TestParseFormat(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       flowlog.Format
		version    int
	}{
		{"F1.001 the default", flowlog.Default.Header(), flowlog.Default, 2},
		{"F1.002 as the API takes it", "${dstaddr} ${srcaddr}", flowlog.Format{flowlog.FieldDstAddr, flowlog.FieldSrcAddr}, 2},
		{"F1.806 as a header line", "dstaddr srcaddr", flowlog.Format{flowlog.FieldDstAddr, flowlog.FieldSrcAddr}, 2},
		{"F1.002 one field", "${tcp-flags}", flowlog.Format{flowlog.FieldTCPFlags}, 3},
		{"F1.810 its own order", "traffic-path flow-direction", flowlog.Format{flowlog.FieldTrafficPath, flowlog.FieldFlowDirection}, 5},
		{"F1.003 the newest of the fields", "${version} ${vpc-id} ${az-id}", flowlog.Format{flowlog.FieldVersion, flowlog.FieldVPCID, flowlog.FieldAZID}, 4},
		{"F1.003 no field of version 2", "${next-hop-az-id}", flowlog.Format{flowlog.FieldNextHopAZID}, 11},
		{"F1.004 every field", flowlog.All.String(), flowlog.All, 11},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := flowlog.ParseFormat(tt.text)
			require.NoError(t, err)
			assert.Equal(t, tt.want, got)
			assert.Equal(t, tt.version, got.Version())
			if strings.HasPrefix(tt.text, "$") {
				assert.Equal(t, tt.text, got.String())
			} else {
				assert.Equal(t, tt.text, got.Header())
			}

			data, err := json.Marshal(got)
			require.NoError(t, err)
			assert.Equal(t, `"`+got.String()+`"`, string(data))
			var back flowlog.Format
			require.NoError(t, json.Unmarshal(data, &back))
			assert.Equal(t, got, back)
		})
	}
}

func TestParseFormatRefuses(t *testing.T) {
	const blanks = "an empty field: want one blank between two fields, and none before or after them"
	for _, tt := range []struct{ name, text, want string }{
		{"F1.002 nothing", "", `flowlog.ParseFormat(""): want one field at least`},
		{"F1.002 two blanks", "${version}  ${end}", `flowlog.ParseFormat("${version}  ${end}"): ` + blanks},
		{"F1.002 a blank after", "${version} ", `flowlog.ParseFormat("${version} "): ` + blanks},
		{"F1.002 a blank before", " version", `flowlog.ParseFormat(" version"): ` + blanks},
		{"F1.002 no name", "${}", `flowlog.ParseFormat("${}"): ` + blanks},
		{"F1.002 both spellings", "${version} end", `flowlog.ParseFormat("${version} end"): "end": want the form ${field}`},
		{"F1.002 not closed", "${version", `flowlog.ParseFormat("${version"): "${version": want the form ${field}`},
		{"F1.002 commas", "${version},${end}", `flowlog.ParseFormat("${version},${end}"): no field is called "version},${end": the nearest name is "version"`},
		{
			"F1.002 unknown, each with the nearest name", "${src-addr} ${dstprot} ${Action}",
			`flowlog.ParseFormat("${src-addr} ${dstprot} ${Action}"): no field is called "src-addr": the nearest name is "srcaddr"; ` +
				`no field is called "dstprot": the nearest name is "dstport"; no field is called "Action": the nearest name is "action"`,
		},
		{"F1.002 capitals", "${SRCADDR}", `flowlog.ParseFormat("${SRCADDR}"): no field is called "SRCADDR": the nearest name is "srcaddr"`},
		{"F1.002 twice", "end start end", `flowlog.ParseFormat("end start end"): end stands twice`},
		{"F1.002 a transit gateway's", "version tgw-id", `flowlog.ParseFormat("version tgw-id"): no field is called "tgw-id": the nearest name is "vpc-id"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := flowlog.ParseFormat(tt.text)
			assert.EqualError(t, err, tt.want)
			assert.Nil(t, got)
			assert.Panics(t, func() { flowlog.MustParseFormat(tt.text) })
			if tt.text != "" {
				kept := flowlog.Default
				assert.Error(t, kept.UnmarshalText([]byte(tt.text)))
				assert.Equal(t, flowlog.Default, kept, "an error leaves it alone")
			}
		})
	}
	_, err := flowlog.ParseFormat(strings.Repeat("nonsense ", 10_000) + "x")
	require.Error(t, err)
	assert.Less(t, len(err.Error()), 1200, "an error of a length that can be read")
	assert.ErrorContains(t, err, "; and perhaps more after that")
}

func TestFormatOfNothing(t *testing.T) {
	var none flowlog.Format
	assert.Zero(t, none.Version())
	assert.Empty(t, none.String())
	text, err := none.MarshalText()
	require.NoError(t, err)
	back := flowlog.Default
	require.NoError(t, back.UnmarshalText(text))
	assert.Nil(t, back, "the empty text is the nil format")
	assert.Empty(t, whole.Append(nil, none))
	assert.Error(t, whole.Check(none))
	empty := flowlog.Record{LogStatus: flowlog.StatusOK}
	assert.Error(t, empty.Check(none))
	_, err = flowlog.ParseLine(none, "")
	assert.Error(t, err)

	for _, odd := range []flowlog.Format{{0}, {99}, {flowlog.FieldEnd, flowlog.FieldEnd}} {
		_, err := odd.MarshalText()
		assert.Error(t, err, "%v", []flowlog.Field(odd))
		assert.NotPanics(t, func() { _ = whole.Append(nil, odd) })
		assert.NotPanics(t, func() { _, _ = flowlog.ParseLine(odd, "1 1") })
	}
	assert.True(t, flowlog.Default.Has(flowlog.FieldEnd))
	assert.False(t, flowlog.Default.Has(flowlog.FieldVPCID))
}

// The version that a record shows is the format's, unless it was read with one (F1.003).
func TestVersionOfRecords(t *testing.T) {
	r := whole
	r.Version = 0
	for _, tt := range []struct{ name, format, want string }{
		{"F1.003 version 2", "version log-status", "2 OK"},
		{"F1.003 version 4", "log-status version az-id", "OK 4 apse2-az3"},
		{"F1.003 default and more", flowlog.Default.Header() + " resource-id", r.String()[1:]},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := string(r.Append(nil, flowlog.MustParseFormat(tt.format)))
			if strings.HasPrefix(tt.want, " ") {
				tt.want = "9" + tt.want + " nat-1234567890abcdef"
			}
			assert.Equal(t, tt.want, got)
		})
	}
	_, ok := r.Text(flowlog.FieldVersion)
	assert.False(t, ok)
	_, ok = r.Number(flowlog.FieldVersion)
	assert.False(t, ok)
}
