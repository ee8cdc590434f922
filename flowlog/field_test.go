package flowlog_test

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/packet"
)

// fields are AWS's table of fields, F1.101 first: name, version, type in Parquet, and a value that a record
// can show.
const fields = `
F1.101 version 2 INT_32 11
F1.102 account-id 2 STRING unknown
F1.103 interface-id 2 STRING eni-1235b8ca123456789
F1.104 srcaddr 2 STRING 10.0.0.220
F1.105 dstaddr 2 STRING 203.0.113.5
F1.106 srcport 2 INT_32 49152
F1.107 dstport 2 INT_32 443
F1.108 protocol 2 INT_32 6
F1.109 packets 2 INT_64 20
F1.110 bytes 2 INT_64 4249
F1.111 start 2 INT_64 1418530010
F1.112 end 2 INT_64 1418530070
F1.113 action 2 STRING REJECT
F1.114 log-status 2 STRING OK
F1.115 vpc-id 3 STRING vpc-abcdefab012345678
F1.116 subnet-id 3 STRING subnet-aaaaaaaa012345678
F1.117 instance-id 3 STRING i-01234567890123456
F1.118 tcp-flags 3 INT_32 19
F1.119 type 3 STRING IPv4
F1.120 pkt-srcaddr 3 STRING 10.0.1.5
F1.121 pkt-dstaddr 3 STRING 203.0.113.5
F1.122 region 4 STRING ap-southeast-2
F1.123 az-id 4 STRING apse2-az3
F1.124 sublocation-type 4 STRING localzone
F1.125 sublocation-id 4 STRING apse2-per1-az1
F1.126 pkt-src-aws-service 5 STRING S3
F1.127 pkt-dst-aws-service 5 STRING ROUTE53_HEALTHCHECKS_PUBLISHING
F1.128 flow-direction 5 STRING egress
F1.129 traffic-path 5 INT_32 8
F1.130 ecs-cluster-arn 7 STRING arn:aws:ecs:us-east-1:123456789012:cluster/blue
F1.131 ecs-cluster-name 7 STRING blue
F1.132 ecs-container-instance-arn 7 STRING arn:aws:ecs:us-east-1:123456789012:container-instance/blue/1
F1.133 ecs-container-instance-id 7 STRING 1
F1.134 ecs-container-id 7 STRING c-1
F1.135 ecs-second-container-id 7 STRING c-2
F1.136 ecs-service-name 7 STRING web
F1.137 ecs-task-definition-arn 7 STRING arn:aws:ecs:us-east-1:123456789012:task-definition/web:1
F1.138 ecs-task-arn 7 STRING arn:aws:ecs:us-east-1:123456789012:task/blue/2
F1.139 ecs-task-id 7 STRING 2
F1.140 reject-reason 8 STRING EC
F1.141 resource-id 9 STRING nat-1234567890abcdef
F1.142 encryption-status 10 INT_32 0
F1.143 instance-tag 11 STRING front%20end
F1.144 instance-tag-2 11 STRING a
F1.145 interface-tag 11 STRING b
F1.146 interface-tag-2 11 STRING c
F1.147 asg-tag 11 STRING d
F1.148 asg-tag-2 11 STRING e
F1.149 interface-type 11 STRING nat_gateway
F1.150 next-hop-interface-id 11 STRING eni-9
F1.151 next-hop-subnet-id 11 STRING subnet-9
F1.152 next-hop-az-id 11 STRING apse2-az1
F1.153 next-hop-vpc-id 11 STRING vpc-9
F1.154 next-hop-interface-type 11 STRING vpc_endpoint
`

// whole is the record with the values of fields.
var whole = flowlog.Record{
	Version: 11, AccountID: flowlog.UnknownAccount, InterfaceID: "eni-1235b8ca123456789",
	SrcAddr: addr("10.0.0.220"), DstAddr: addr("203.0.113.5"), SrcPort: 49152, DstPort: 443, Protocol: packet.TCP,
	Packets: 20, Bytes: 4249, Start: 1418530010, End: 1418530070, Action: flowlog.Reject, LogStatus: flowlog.StatusOK,

	VPCID: "vpc-abcdefab012345678", SubnetID: "subnet-aaaaaaaa012345678", InstanceID: "i-01234567890123456",
	TCPFlags: packet.SYN | packet.ACK | packet.FIN, Type: flowlog.TypeIPv4,
	PktSrcAddr: addr("10.0.1.5"), PktDstAddr: addr("203.0.113.5"),
	Region: "ap-southeast-2", AZID: "apse2-az3",
	SublocationType: flowlog.SublocationLocalZone, SublocationID: "apse2-per1-az1",
	PktSrcAWSService: flowlog.ServiceS3, PktDstAWSService: flowlog.ServiceRoute53HealthChecksPublishing,
	FlowDirection: packet.Egress, TrafficPath: flowlog.PathInternetGateway,
	ECS: flowlog.ECS{
		ClusterARN: "arn:aws:ecs:us-east-1:123456789012:cluster/blue", ClusterName: "blue",
		ContainerInstanceARN: "arn:aws:ecs:us-east-1:123456789012:container-instance/blue/1", ContainerInstanceID: "1",
		ContainerID: "c-1", SecondContainerID: "c-2", ServiceName: "web",
		TaskDefinitionARN: "arn:aws:ecs:us-east-1:123456789012:task-definition/web:1",
		TaskARN:           "arn:aws:ecs:us-east-1:123456789012:task/blue/2", TaskID: "2",
	},
	RejectReason: flowlog.RejectEC, ResourceID: "nat-1234567890abcdef", EncryptionStatus: flowlog.NotEncrypted,
	InstanceTag: flowlog.TagOf("front end"), InstanceTag2: "a", InterfaceTag: "b", InterfaceTag2: "c", ASGTag: "d", ASGTag2: "e",
	InterfaceType: flowlog.InterfaceNATGateway,
	NextHop: flowlog.NextHop{
		InterfaceID: "eni-9", SubnetID: "subnet-9", AZID: "apse2-az1", VPCID: "vpc-9",
		InterfaceType: flowlog.InterfaceVPCEndpoint,
	},
}

// fieldRow is a line of fields.
type fieldRow struct {
	number, name, version, kind, value string
}

func fieldRows() (rows []fieldRow) {
	for line := range strings.SplitSeq(strings.TrimSpace(fields), "\n") {
		w := strings.Split(line, " ")
		rows = append(rows, fieldRow{w[0], w[1], w[2], w[3], w[4]})
	}
	return rows
}

func TestFields(t *testing.T) {
	rows := fieldRows()
	require.Len(t, flowlog.Fields(), len(rows), "F1.101-F1.154")
	for i, row := range rows {
		t.Run(row.number+" "+row.name, func(t *testing.T) {
			f := flowlog.Fields()[i]
			assert.Equal(t, row.name, f.String())
			assert.Equal(t, row.version, strconv.Itoa(f.Version()), "F1.004")
			assert.Equal(t, row.kind, f.Kind().String())
			named, ok := flowlog.FieldNamed(row.name)
			assert.True(t, ok)
			assert.Equal(t, f, named)

			text, ok := whole.Text(f)
			assert.True(t, ok)
			assert.Equal(t, row.value, text)
			n, ok := whole.Number(f)
			assert.Equal(t, row.kind != "STRING", ok, "is a number")
			if ok {
				assert.Equal(t, row.value, strconv.FormatInt(n, 10))
			}
			alone := flowlog.Format{f}
			assert.Equal(t, row.value, string(whole.Append(nil, alone)))
			if f == flowlog.FieldVersion {
				return // F1.003: alone it can only be 2
			}
			r, err := flowlog.ParseLine(alone, row.value)
			require.NoError(t, err)
			assert.Equal(t, row.value, string(r.Append(nil, alone)))
		})
	}
}

// What a record does not have shows "-" in every field but two (F1.005), and is read so.
func TestFieldsThatAreAbsent(t *testing.T) {
	none := flowlog.Record{Missing: flowlog.All.Set(), VPCID: "-"}
	for i, row := range fieldRows() {
		f := flowlog.Fields()[i]
		t.Run(row.number+" "+row.name, func(t *testing.T) {
			_, ok := none.Text(f)
			assert.False(t, ok)
			_, ok = none.Number(f)
			assert.False(t, ok)
			r, err := flowlog.ParseLine(flowlog.Format{f}, "-")
			if f == flowlog.FieldVersion || f == flowlog.FieldLogStatus {
				assert.Error(t, err)
				return
			}
			require.NoError(t, err)
			assert.Equal(t, "-", string(none.Append(nil, flowlog.Format{f})))
			assert.Equal(t, "-", string(r.Append(nil, flowlog.Format{f})))
		})
	}
}

// A line with every field gives the whole record, and the record the line (F1.101-F1.154).
func TestWholeRecord(t *testing.T) {
	var values []string
	for _, row := range fieldRows() {
		values = append(values, row.value)
	}
	line := strings.Join(values, " ")
	r, err := flowlog.ParseLine(flowlog.All, line)
	require.NoError(t, err)
	assert.Equal(t, whole, r)
	assert.Equal(t, line, string(whole.Append(nil, flowlog.All)))
	require.NoError(t, whole.Check(flowlog.All))

	data, err := json.Marshal(whole)
	require.NoError(t, err)
	var back flowlog.Record
	require.NoError(t, json.Unmarshal(data, &back))
	assert.Equal(t, whole, back, "JSON keeps every field")
}

func TestFieldText(t *testing.T) {
	for _, f := range append(flowlog.Fields(), 0) {
		text, err := f.MarshalText()
		require.NoError(t, err)
		back := flowlog.FieldEnd
		require.NoError(t, back.UnmarshalText(text))
		assert.Equal(t, f, back)
	}
	f := flowlog.FieldEnd
	assert.EqualError(t, f.UnmarshalText([]byte("src-addr")), `no field is called "src-addr": the nearest name is "srcaddr"`)
	assert.Equal(t, flowlog.FieldEnd, f, "an error leaves it alone")
	_, err := flowlog.Field(99).MarshalText()
	assert.Error(t, err)
	assert.Equal(t, "Field(99)", flowlog.Field(99).String())
	for _, odd := range []flowlog.Field{0, 99} {
		assert.Zero(t, odd.Version())
		assert.Zero(t, odd.Kind())
	}
	_, ok := flowlog.FieldNamed("")
	assert.False(t, ok)
	assert.Equal(t, "Kind(9)", flowlog.Kind(9).String())
}

func TestFieldSet(t *testing.T) {
	s := flowlog.SetOf(flowlog.FieldEnd, flowlog.FieldBytes, 0, 99)
	assert.Equal(t, []flowlog.Field{flowlog.FieldBytes, flowlog.FieldEnd}, s.Fields(), "in the order of the table")
	assert.True(t, s.Has(flowlog.FieldEnd))
	assert.False(t, s.Has(flowlog.FieldStart))
	assert.False(t, s.Has(0))
	assert.False(t, s.Has(99))
	assert.True(t, s.HasAll(noBytes))
	assert.False(t, s.HasAll(noBytes|noTimes), "all of them, not any")
	assert.Equal(t, "bytes end", s.String())

	for _, want := range []flowlog.FieldSet{0, s, flowlog.All.Set()} {
		text, err := want.MarshalText()
		require.NoError(t, err)
		var back flowlog.FieldSet
		require.NoError(t, back.UnmarshalText(text))
		assert.Equal(t, want, back)
	}
	_, err := flowlog.FieldSet(1).MarshalText()
	assert.Error(t, err)
	assert.ErrorContains(t, s.UnmarshalText([]byte("bytes byte")), `no field is called "byte"`)
	assert.Equal(t, "bytes end", s.String(), "an error leaves it alone")
}
