package flowlog

import (
	"strings"

	"github.com/packetwalk/packetwalk/internal/fault"
)

// Destination is where a flow log's records go (F1.014). The zero Destination is CloudWatch Logs.
type Destination struct {
	Type DestinationType // zero counts as cloud-watch-logs

	LogGroup string // of CloudWatch Logs; zero: Build puts the flow log's ID

	// ARN is that of the bucket, "arn:aws:s3:::my-bucket" and, where the files are to be in a folder, its
	// prefix: "arn:aws:s3:::my-bucket/my-logs/"; or that of the Firehose stream. It is empty for CloudWatch
	// Logs.
	ARN string `json:",omitempty"`

	FileFormat               FileFormat // of S3; zero counts as plain-text
	HiveCompatiblePartitions bool       `json:",omitempty"` // of S3: folders "year=2026" and the like (F1.802)
	PerHourPartition         bool       `json:",omitempty"` // of S3: a folder for each hour (F1.803)
}

// Bucket gives the name of the bucket and the prefix of its keys, without a slash at either end, for a
// destination of type s3; both are "" for any other.
func (d Destination) Bucket() (name, prefix string) {
	if d.Type != S3 {
		return "", ""
	}
	_, rest, _ := strings.Cut(d.ARN, ":::")
	name, prefix, _ = strings.Cut(rest, "/")
	return name, strings.Trim(prefix, "/")
}

// reservedFolder is the folder that AWS puts its files in; a prefix must not have it (F1.808).
const reservedFolder = "AWSLogs"

func (d *Destination) validate(faults *fault.List) {
	switch d.Type {
	case 0, CloudWatchLogs:
		d.wants(faults, d.ARN == "", "ARN", d.ARN, "CloudWatch Logs have a LogGroup")
	case S3:
		d.validateBucket(faults)
	case Firehose:
		if !strings.HasPrefix(d.ARN, "arn:aws") || !strings.Contains(d.ARN, ":deliverystream/") {
			faults.Add("Destination.ARN", d.ARN, fault.ErrInvalid, "want a Firehose stream's: arn:aws:firehose:us-east-1:123456789012:deliverystream/name")
		}
	default:
		faults.Add("Destination.Type", uint8(d.Type), fault.ErrInvalid, "want cloud-watch-logs, s3 or kinesis-data-firehose")
	}
	if d.Type == S3 || d.Type == Firehose {
		d.wants(faults, d.LogGroup == "", "LogGroup", d.LogGroup, "only cloud-watch-logs has one")
	}
	if int(d.FileFormat) >= len(fileFormats) {
		faults.Add("Destination.FileFormat", uint8(d.FileFormat), fault.ErrInvalid, "want plain-text or parquet")
	}
	if d.Type != S3 {
		d.wants(faults, d.FileFormat == 0, "FileFormat", d.FileFormat, "only s3 has files")
		d.wants(faults, !d.HiveCompatiblePartitions, "HiveCompatiblePartitions", true, "only s3 has folders")
		d.wants(faults, !d.PerHourPartition, "PerHourPartition", true, "only s3 has folders")
	}
}

// wants reports a field that is not of this type of destination.
func (d *Destination) wants(faults *fault.List, ok bool, field string, value any, why string) {
	if !ok {
		faults.Add("Destination."+field, value, fault.ErrInvalid, "%s: want none", why)
	}
}

func (d *Destination) validateBucket(faults *fault.List) {
	name, prefix := d.Bucket()
	service, _, _ := strings.Cut(d.ARN, ":::")
	if name == "" || !strings.HasPrefix(service, "arn:aws") || !strings.HasSuffix(service, ":s3") {
		faults.Add("Destination.ARN", d.ARN, fault.ErrInvalid, "want a bucket's, with or without a prefix: arn:aws:s3:::my-bucket/my-logs/")
		return
	}
	if prefix == "" {
		return
	}
	for folder := range strings.SplitSeq(prefix, "/") {
		switch folder {
		case "", ".", "..":
			faults.Add("Destination.ARN", d.ARN, fault.ErrInvalid, "want folders with one / between them, without . and ..")
		case reservedFolder:
			faults.Add("Destination.ARN", d.ARN, fault.ErrInvalid, "AWS keeps the name %s for its own folder: want another prefix", reservedFolder)
		}
	}
}
