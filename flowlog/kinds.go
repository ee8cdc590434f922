package flowlog

import "github.com/packetwalk/packetwalk/internal/enum"

// ResourceType says what a flow log watches (F1.013). The zero ResourceType is unspecified.
type ResourceType uint8

// The resource types (F1.013). Those of transit gateways can be read and written; nothing else is modelled of
// them.
const (
	_                                ResourceType = iota
	ResourceVPC                                   // VPC
	ResourceSubnet                                // Subnet
	ResourceNetworkInterface                      // NetworkInterface
	ResourceTransitGateway                        // TransitGateway
	ResourceTransitGatewayAttachment              // TransitGatewayAttachment
	ResourceRegionalNATGateway                    // RegionalNatGateway
)

var resourceTypes = []string{"", "VPC", "Subnet", "NetworkInterface", "TransitGateway", "TransitGatewayAttachment", "RegionalNatGateway"}

// String gives AWS's name, such as "NetworkInterface"; "" for unspecified.
func (t ResourceType) String() string { return enum.String("ResourceType", t, resourceTypes) }

// MarshalText gives the text of String; a value without a name is an error.
func (t ResourceType) MarshalText() ([]byte, error) {
	return enum.Marshal("ResourceType", t, resourceTypes)
}

// UnmarshalText reads AWS's name in any case, and "" as unspecified.
func (t *ResourceType) UnmarshalText(text []byte) error {
	return enum.Unmarshal("ResourceType", text, resourceTypes, t)
}

// TrafficType says which traffic a flow log keeps (F1.012). The zero TrafficType is unspecified and counts as
// ALL.
type TrafficType uint8

// The traffic types (F1.012).
const (
	_             TrafficType = iota // counts as ALL
	TrafficAll                       // ALL
	TrafficAccept                    // ACCEPT: what groups and ACLs accept
	TrafficReject                    // REJECT: what they do not
)

var trafficTypes = []string{"", "ALL", "ACCEPT", "REJECT"}

// String gives "ALL", "ACCEPT" or "REJECT", and "" for unspecified.
func (t TrafficType) String() string { return enum.String("TrafficType", t, trafficTypes) }

// MarshalText gives the text of String; a value without a name is an error.
func (t TrafficType) MarshalText() ([]byte, error) {
	return enum.Marshal("TrafficType", t, trafficTypes)
}

// UnmarshalText reads "ALL", "ACCEPT" or "REJECT" in any case, and "" as unspecified.
func (t *TrafficType) UnmarshalText(text []byte) error {
	return enum.Unmarshal("TrafficType", text, trafficTypes, t)
}

// DestinationType says to which service records go (F1.014). The zero DestinationType is unspecified and
// counts as cloud-watch-logs.
type DestinationType uint8

// The destination types (F1.014).
const (
	_              DestinationType = iota // counts as cloud-watch-logs
	CloudWatchLogs                        // cloud-watch-logs
	S3                                    // s3
	Firehose                              // kinesis-data-firehose
)

var destinationTypes = []string{"", "cloud-watch-logs", "s3", "kinesis-data-firehose"}

// String gives AWS's name, such as "s3"; "" for unspecified.
func (t DestinationType) String() string { return enum.String("DestinationType", t, destinationTypes) }

// MarshalText gives the text of String; a value without a name is an error.
func (t DestinationType) MarshalText() ([]byte, error) {
	return enum.Marshal("DestinationType", t, destinationTypes)
}

// UnmarshalText reads AWS's name in any case, and "" as unspecified.
func (t *DestinationType) UnmarshalText(text []byte) error {
	return enum.Unmarshal("DestinationType", text, destinationTypes, t)
}

// FileFormat is the format of files in S3. The zero FileFormat is unspecified and counts as plain-text.
type FileFormat uint8

// The file formats.
const (
	_         FileFormat = iota // counts as plain-text
	PlainText                   // plain-text: lines, compressed with gzip (F1.804, F1.806)
	Parquet                     // parquet (F1.807)
)

var fileFormats = []string{"", "plain-text", "parquet"}

// String gives "plain-text" or "parquet", and "" for unspecified.
func (f FileFormat) String() string { return enum.String("FileFormat", f, fileFormats) }

// MarshalText gives the text of String; a value without a name is an error.
func (f FileFormat) MarshalText() ([]byte, error) { return enum.Marshal("FileFormat", f, fileFormats) }

// UnmarshalText reads "plain-text" or "parquet" in any case, and "" as unspecified.
func (f *FileFormat) UnmarshalText(text []byte) error {
	return enum.Unmarshal("FileFormat", text, fileFormats, f)
}

// DeliveryStatus says whether a flow log's records get through. The zero DeliveryStatus is unspecified and
// counts as SUCCESS.
type DeliveryStatus uint8

// The delivery statuses.
const (
	_                 DeliveryStatus = iota // counts as SUCCESS
	DeliverySucceeded                       // SUCCESS
	DeliveryFailed                          // FAILED: the destination takes none
)

var deliveryStatuses = []string{"", "SUCCESS", "FAILED"}

// String gives "SUCCESS" or "FAILED", and "" for unspecified.
func (s DeliveryStatus) String() string { return enum.String("DeliveryStatus", s, deliveryStatuses) }

// MarshalText gives the text of String; a value without a name is an error.
func (s DeliveryStatus) MarshalText() ([]byte, error) {
	return enum.Marshal("DeliveryStatus", s, deliveryStatuses)
}

// UnmarshalText reads "SUCCESS" or "FAILED" in any case, and "" as unspecified.
func (s *DeliveryStatus) UnmarshalText(text []byte) error {
	return enum.Unmarshal("DeliveryStatus", text, deliveryStatuses, s)
}
