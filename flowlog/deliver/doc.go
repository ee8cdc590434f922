// Package deliver lays flow log records down where AWS would: in files of a bucket of Amazon S3, in the log
// streams of Amazon CloudWatch Logs, in a stream of Amazon Data Firehose, or as plain lines.
//
// A [Sink] takes [flowlog.Batch] values, as a session gives them. [S3] makes files of five minutes,
// compressed and named as AWS names them ([Key]), and hands them to a [Bucket]. [LogGroups] keeps the events
// of CloudWatch Logs and hands subscriptions the payload that AWS Lambda gets. [Firehose] hands on a record a
// line. [Lines] writes lines to an io.Writer. [ByDestination] sends each batch where its flow log says.
//
// Nothing here reads a clock, opens a file or talks to a network. What a bucket is, is the caller's to say:
// [Files] is one in memory, package [github.com/packetwalk/packetwalk/flowlog/deliver/dir] is a folder. The
// same batches give the same bytes under the same keys. All of it can be read back by [flowlog.NewReader].
//
// The rules are those of AWS's pages flow-logs-s3-path, flow-logs-s3-create-flow-log and flow-logs-cwl, in
// https://docs.aws.amazon.com/vpc/latest/userguide/.
package deliver
