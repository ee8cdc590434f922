package flowlog_test

import (
	"encoding"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/packet"
)

// An enumeration's text is what a record shows, and "" for unspecified.
func TestEnumText(t *testing.T) {
	eachName(t, "F1.113", map[string]flowlog.Action{"": 0, "ACCEPT": flowlog.Accept, "REJECT": flowlog.Reject})
	eachName(t, "F1.114", map[string]flowlog.Status{
		"": 0, "OK": flowlog.StatusOK, "NODATA": flowlog.StatusNoData, "SKIPDATA": flowlog.StatusSkipData,
	})
	eachName(t, "F1.119", map[string]flowlog.Type{
		"": 0, "IPv4": flowlog.TypeIPv4, "IPv6": flowlog.TypeIPv6, "EFA": flowlog.TypeEFA,
	})
	eachName(t, "F1.142", map[string]flowlog.EncryptionStatus{
		"": 0, "0": flowlog.NotEncrypted, "1": flowlog.NitroEncrypted, "2": flowlog.ApplicationEncrypted, "3": flowlog.BothEncrypted,
	})
	eachName(t, "F1.301-F1.303", map[string]flowlog.TrafficPath{
		"": 0, "1": flowlog.PathSameVPC, "2": flowlog.PathInternetOrGatewayEndpoint, "3": flowlog.PathVirtualPrivateGateway,
		"4": flowlog.PathPeering, "5": flowlog.PathInterRegionPeering, "6": flowlog.PathLocalZone,
		"7": flowlog.PathGatewayEndpoint, "8": flowlog.PathInternetGateway, "255": 255,
	})
	assert.Equal(t, "Action(9)", flowlog.Action(9).String())
	assert.Equal(t, "Status(9)", flowlog.Status(9).String())
	assert.Equal(t, "Type(9)", flowlog.Type(9).String())
	assert.Equal(t, "EncryptionStatus(9)", flowlog.EncryptionStatus(9).String())
}

func eachName[E interface {
	comparable
	String() string
	encoding.TextMarshaler
}, P interface {
	*E
	encoding.TextUnmarshaler
}](t *testing.T, number string, names map[string]E) {
	for text, want := range names {
		var got E
		require.NoError(t, P(&got).UnmarshalText([]byte(text)), number)
		assert.Equal(t, want, got, number)
		assert.Equal(t, text, got.String(), number)
		back, err := got.MarshalText()
		require.NoError(t, err, number)
		assert.Equal(t, text, string(back), number)
	}
	var kept E
	assert.Error(t, P(&kept).UnmarshalText([]byte("256")), number)
}

func TestTrafficPathMeaning(t *testing.T) {
	for p, want := range map[flowlog.TrafficPath]string{
		0: "", 9: "", 255: "",
		flowlog.PathInternetGateway: "an internet gateway", // F1.303
		flowlog.PathGatewayEndpoint: "a gateway endpoint",
		flowlog.PathSameVPC:         "another resource in the same VPC", // F1.301
	} {
		assert.Equal(t, want, p.Meaning(), p)
	}
}

// Values that are no field's, in lines of one field.
func TestValuesThatAreRefused(t *testing.T) {
	for _, tt := range []struct{ name, field, value, want string }{
		{"F1.118 too large", "tcp-flags", "256", "a number from 0 to 255 without leading zeros, or -"},
		{"F1.119 another spelling", "type", "ipv4", "IPv4, IPv6, EFA or -"},
		{"F1.120 no address", "pkt-srcaddr", "s3", "an IPv4 or IPv6 address, or -"},
		{"F1.121 a longer spelling", "pkt-dstaddr", "2001:db8::0:1", "the shortest spelling, 2001:db8::1"},
		{"F1.128 capitals", "flow-direction", "Ingress", "ingress, egress or -"},
		{"F1.129 zero", "traffic-path", "0", "a number from 1 to 255 without leading zeros, or -"},
		{"F1.129 leading zero", "traffic-path", "08", "a number from 1 to 255 without leading zeros, or -"},
		{"F1.142 unknown", "encryption-status", "4", "0, 1, 2, 3 or -"},
		{"F1.143 not encoded", "instance-tag", "a\tb", "a text of printable characters without blanks, or -"},
		{"F1.154 empty", "next-hop-interface-type", "", "a text of printable characters without blanks, or -"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := flowlog.ParseLine(flowlog.MustParseFormat(tt.field), tt.value)
			var wrong *flowlog.ParseError
			require.ErrorAs(t, err, &wrong)
			assert.Equal(t, tt.field, wrong.Field.String())
			assert.Equal(t, tt.value, wrong.Value)
			assert.Equal(t, tt.want, wrong.Want)
		})
	}
}

// The versions that records may say, in a format with fields of version 11 (F1.003, F1.004).
func TestVersionsOfRecords(t *testing.T) {
	format := flowlog.MustParseFormat("version interface-type")
	for n := range 20 {
		_, err := flowlog.ParseLine(format, strconv.Itoa(n)+" -")
		assert.Equal(t, n >= 2 && n <= 11 && n != 6, err == nil, "F1.004 version %d: %v", n, err)
	}
}

// The names of services are those of AWS's page (F1.155).
func TestServices(t *testing.T) {
	const page = "AMAZON AMAZON_APPFLOW AMAZON_CONNECT API_GATEWAY AURORA_DSQL CHIME_MEETINGS CHIME_VOICECONNECTOR CLOUD9 " +
		"CLOUDFRONT CLOUDFRONT_ORIGIN_FACING CODEBUILD DYNAMODB EBS EC2 EC2_INSTANCE_CONNECT GLOBALACCELERATOR " +
		"IVS_LOW_LATENCY IVS_REALTIME KINESIS_VIDEO_STREAMS MEDIA_PACKAGE_V2 ROUTE53 ROUTE53_HEALTHCHECKS " +
		"ROUTE53_HEALTHCHECKS_PUBLISHING ROUTE53_RESOLVER S3 WORKSPACES_GATEWAYS"
	var names []string
	for _, s := range []flowlog.Service{
		flowlog.ServiceAmazon, flowlog.ServiceAmazonAppFlow, flowlog.ServiceAmazonConnect, flowlog.ServiceAPIGateway,
		flowlog.ServiceAuroraDSQL, flowlog.ServiceChimeMeetings, flowlog.ServiceChimeVoiceConnector, flowlog.ServiceCloud9,
		flowlog.ServiceCloudFront, flowlog.ServiceCloudFrontOriginFacing, flowlog.ServiceCodeBuild, flowlog.ServiceDynamoDB,
		flowlog.ServiceEBS, flowlog.ServiceEC2, flowlog.ServiceEC2InstanceConnect, flowlog.ServiceGlobalAccelerator,
		flowlog.ServiceIVSLowLatency, flowlog.ServiceIVSRealtime, flowlog.ServiceKinesisVideoStreams,
		flowlog.ServiceMediaPackageV2, flowlog.ServiceRoute53, flowlog.ServiceRoute53HealthChecks,
		flowlog.ServiceRoute53HealthChecksPublishing, flowlog.ServiceRoute53Resolver, flowlog.ServiceS3,
		flowlog.ServiceWorkSpacesGateways,
	} {
		names = append(names, string(s))
	}
	assert.Equal(t, page, strings.Join(names, " "))
}

func TestTags(t *testing.T) {
	for _, tt := range []struct {
		name, value string
		want        flowlog.Tag
	}{
		{"F1.143 plain", "web-1.blue_~", "web-1.blue_~"},
		{"F1.143 a blank", "front end", "front%20end"},
		{"F1.143 what tags may hold", "a+b=c:d/e@f", "a%2Bb%3Dc%3Ad%2Fe%40f"},
		{"F1.143 UTF-8", "Büro", "B%C3%BCro"},
		{"F1.143 a percent sign", "100%", "100%25"},
		{"F1.143 what means no tag", "-", "%2D"},
		{"F1.143 no tag", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tag := flowlog.TagOf(tt.value)
			assert.Equal(t, tt.want, tag)
			back, err := tag.Value()
			require.NoError(t, err)
			assert.Equal(t, tt.value, back)
			r := flowlog.Record{InstanceTag: tag, LogStatus: flowlog.StatusOK}
			assert.NoError(t, r.Check(flowlog.Format{flowlog.FieldInstanceTag}))
		})
	}
	value, err := flowlog.Tag("a+b").Value()
	require.NoError(t, err)
	assert.Equal(t, "a+b", value, "a plus sign is one")
	_, err = flowlog.Tag("100%").Value()
	assert.ErrorContains(t, err, `flow log tag "100%"`)
}

func TestTCPFlags(t *testing.T) {
	const fin, syn, rst, psh, ack, urg, ece = packet.FIN, packet.SYN, packet.RST, packet.PSH, packet.ACK, packet.URG, packet.ECE
	for _, tt := range []struct {
		name string
		sent packet.Flags
		want int
	}{
		{"F1.201 FIN", fin, 1},
		{"F1.201 SYN", syn, 2},
		{"F1.201 RST", rst, 4},
		{"F1.201 SYN-ACK", syn | ack, 18},
		{"F1.202 ACK", ack, 0},
		{"F1.202 PSH and ACK", psh | ack, 0},
		{"F1.202 URG, ECE and CWR", urg | ece | packet.CWR, 0},
		{"F1.202 none", 0, 0},
		{"F1.203 FIN-ACK shows FIN", fin | ack, 1},
		{"F1.203 RST-ACK shows RST", rst | ack, 4},
		{"F1.203 SYN with ECE shows SYN", syn | ece, 2},
		{"F1.206 SYN with FIN is invalid", syn | fin, -1},
		{"F1.206 SYN with RST is invalid", syn | rst | ack, -1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			shown, ok := flowlog.TCPFlags(tt.sent)
			assert.Equal(t, tt.want >= 0, ok)
			assert.Equal(t, max(tt.want, 0), int(shown))

			p := packet.Packet{Src: addr("10.0.0.5"), Dst: addr("10.0.1.9"), Protocol: packet.TCP, Flags: tt.sent}
			r := flowlog.New(flowlog.Sighting{Packet: p})
			n, ok := r.Number(flowlog.FieldTCPFlags)
			assert.Equal(t, tt.want >= 0, ok)
			assert.Equal(t, max(tt.want, 0), int(n))

			p.Protocol = packet.UDP
			r = flowlog.New(flowlog.Sighting{Packet: p})
			n, ok = r.Number(flowlog.FieldTCPFlags)
			assert.True(t, ok, "F1.207")
			assert.Zero(t, n, "F1.207")
		})
	}
}
