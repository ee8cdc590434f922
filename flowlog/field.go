package flowlog

import (
	"fmt"
)

// Field is one field of a record. The zero Field is none.
type Field uint8

// The fields, in the order of AWS's table (F1.101-F1.154).
const (
	_ Field = iota // no field
	FieldVersion
	FieldAccountID
	FieldInterfaceID
	FieldSrcAddr
	FieldDstAddr
	FieldSrcPort
	FieldDstPort
	FieldProtocol
	FieldPackets
	FieldBytes
	FieldStart
	FieldEnd
	FieldAction
	FieldLogStatus
	FieldVPCID
	FieldSubnetID
	FieldInstanceID
	FieldTCPFlags
	FieldType
	FieldPktSrcAddr
	FieldPktDstAddr
	FieldRegion
	FieldAZID
	FieldSublocationType
	FieldSublocationID
	FieldPktSrcAWSService
	FieldPktDstAWSService
	FieldFlowDirection
	FieldTrafficPath
	FieldECSClusterARN
	FieldECSClusterName
	FieldECSContainerInstanceARN
	FieldECSContainerInstanceID
	FieldECSContainerID
	FieldECSSecondContainerID
	FieldECSServiceName
	FieldECSTaskDefinitionARN
	FieldECSTaskARN
	FieldECSTaskID
	FieldRejectReason
	FieldResourceID
	FieldEncryptionStatus
	FieldInstanceTag
	FieldInstanceTag2
	FieldInterfaceTag
	FieldInterfaceTag2
	FieldASGTag
	FieldASGTag2
	FieldInterfaceType
	FieldNextHopInterfaceID
	FieldNextHopSubnetID
	FieldNextHopAZID
	FieldNextHopVPCID
	FieldNextHopInterfaceType
	afterFields
)

// Kind is the type that a field has in Parquet files. In text every field is a string.
type Kind uint8

// The kinds.
const (
	_ Kind = iota
	KindString
	KindInt32
	KindInt64
)

// String gives Parquet's name, "STRING", "INT_32" or "INT_64"; "" for the zero Kind.
func (k Kind) String() string {
	names := [...]string{"", "STRING", "INT_32", "INT_64"}
	if int(k) < len(names) {
		return names[k]
	}
	return fmt.Sprintf("Kind(%d)", k)
}

// fieldTable says of each field what AWS's table says (F1.101-F1.154): its name, the version that it came
// with and its type in Parquet.
var fieldTable = [afterFields]struct {
	name    string
	version int
	kind    Kind
}{
	FieldVersion:                 {"version", 2, KindInt32},
	FieldAccountID:               {"account-id", 2, KindString},
	FieldInterfaceID:             {"interface-id", 2, KindString},
	FieldSrcAddr:                 {"srcaddr", 2, KindString},
	FieldDstAddr:                 {"dstaddr", 2, KindString},
	FieldSrcPort:                 {"srcport", 2, KindInt32},
	FieldDstPort:                 {"dstport", 2, KindInt32},
	FieldProtocol:                {"protocol", 2, KindInt32},
	FieldPackets:                 {"packets", 2, KindInt64},
	FieldBytes:                   {"bytes", 2, KindInt64},
	FieldStart:                   {"start", 2, KindInt64},
	FieldEnd:                     {"end", 2, KindInt64},
	FieldAction:                  {"action", 2, KindString},
	FieldLogStatus:               {"log-status", 2, KindString},
	FieldVPCID:                   {"vpc-id", 3, KindString},
	FieldSubnetID:                {"subnet-id", 3, KindString},
	FieldInstanceID:              {"instance-id", 3, KindString},
	FieldTCPFlags:                {"tcp-flags", 3, KindInt32},
	FieldType:                    {"type", 3, KindString},
	FieldPktSrcAddr:              {"pkt-srcaddr", 3, KindString},
	FieldPktDstAddr:              {"pkt-dstaddr", 3, KindString},
	FieldRegion:                  {"region", 4, KindString},
	FieldAZID:                    {"az-id", 4, KindString},
	FieldSublocationType:         {"sublocation-type", 4, KindString},
	FieldSublocationID:           {"sublocation-id", 4, KindString},
	FieldPktSrcAWSService:        {"pkt-src-aws-service", 5, KindString},
	FieldPktDstAWSService:        {"pkt-dst-aws-service", 5, KindString},
	FieldFlowDirection:           {"flow-direction", 5, KindString},
	FieldTrafficPath:             {"traffic-path", 5, KindInt32},
	FieldECSClusterARN:           {"ecs-cluster-arn", 7, KindString},
	FieldECSClusterName:          {"ecs-cluster-name", 7, KindString},
	FieldECSContainerInstanceARN: {"ecs-container-instance-arn", 7, KindString},
	FieldECSContainerInstanceID:  {"ecs-container-instance-id", 7, KindString},
	FieldECSContainerID:          {"ecs-container-id", 7, KindString},
	FieldECSSecondContainerID:    {"ecs-second-container-id", 7, KindString},
	FieldECSServiceName:          {"ecs-service-name", 7, KindString},
	FieldECSTaskDefinitionARN:    {"ecs-task-definition-arn", 7, KindString},
	FieldECSTaskARN:              {"ecs-task-arn", 7, KindString},
	FieldECSTaskID:               {"ecs-task-id", 7, KindString},
	FieldRejectReason:            {"reject-reason", 8, KindString},
	FieldResourceID:              {"resource-id", 9, KindString},
	FieldEncryptionStatus:        {"encryption-status", 10, KindInt32},
	FieldInstanceTag:             {"instance-tag", 11, KindString},
	FieldInstanceTag2:            {"instance-tag-2", 11, KindString},
	FieldInterfaceTag:            {"interface-tag", 11, KindString},
	FieldInterfaceTag2:           {"interface-tag-2", 11, KindString},
	FieldASGTag:                  {"asg-tag", 11, KindString},
	FieldASGTag2:                 {"asg-tag-2", 11, KindString},
	FieldInterfaceType:           {"interface-type", 11, KindString},
	FieldNextHopInterfaceID:      {"next-hop-interface-id", 11, KindString},
	FieldNextHopSubnetID:         {"next-hop-subnet-id", 11, KindString},
	FieldNextHopAZID:             {"next-hop-az-id", 11, KindString},
	FieldNextHopVPCID:            {"next-hop-vpc-id", 11, KindString},
	FieldNextHopInterfaceType:    {"next-hop-interface-type", 11, KindString},
}

var fieldsByName = func() map[string]Field {
	byName := make(map[string]Field, len(fieldTable))
	for f := FieldVersion; f < afterFields; f++ {
		byName[fieldTable[f].name] = f
	}
	return byName
}()

// Fields lists all fields in the order of AWS's table. The caller owns the slice.
func Fields() []Field {
	list := make([]Field, 0, len(fieldTable)-1)
	for f := FieldVersion; f < afterFields; f++ {
		list = append(list, f)
	}
	return list
}

// FieldNamed gives the field that AWS calls name, such as "account-id"; ok is false where there is none.
func FieldNamed(name string) (f Field, ok bool) {
	f, ok = fieldsByName[name]
	return f, ok
}

func (f Field) known() bool { return f > 0 && f < afterFields }

// String gives AWS's name, such as "account-id"; "" for the zero Field and "Field(99)" for a value that is
// none.
func (f Field) String() string {
	if f >= afterFields {
		return fmt.Sprintf("Field(%d)", uint8(f))
	}
	return fieldTable[f].name
}

// Version is the version of flow logs that the field came with: 2 to 5 or 7 to 11 (F1.004). It is 0 for a
// value that is no field.
func (f Field) Version() int {
	if !f.known() {
		return 0
	}
	return fieldTable[f].version
}

// Kind is the field's type in Parquet files; 0 for a value that is no field.
func (f Field) Kind() Kind {
	if !f.known() {
		return 0
	}
	return fieldTable[f].kind
}

// MarshalText gives the field's name, "" for the zero Field. A value that is no field is an error.
func (f Field) MarshalText() ([]byte, error) {
	if f >= afterFields {
		return nil, fmt.Errorf("field %d has no name", uint8(f))
	}
	return []byte(f.String()), nil
}

// UnmarshalText reads a field's name, and "" as the zero Field. The error for a name that no field has
// tells the nearest one; f stays as it was then.
func (f *Field) UnmarshalText(text []byte) error {
	named, ok := FieldNamed(string(text))
	if !ok && len(text) > 0 {
		return unknownField(string(text))
	}
	*f = named
	return nil
}
