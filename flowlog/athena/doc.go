// Package athena writes the statements that make Amazon Athena read flow logs from a bucket: CREATE EXTERNAL
// TABLE for a format and a layout of the files, ALTER TABLE ADD PARTITION for a day, MSCK REPAIR TABLE.
//
// A [Table] says what a flow log delivers and where, in the words of its destination options: the format, the
// bucket, text or Parquet, Hive-compatible prefixes or plain ones, folders for each hour or not.
// [Table.Create] prints the statement. The columns stand in the order of the format, since text is read by
// position (F1.810), and have the names of the fields with "_" for "-" (F1.809):
//
//	version int, account_id string, ..., `end` bigint, action string, log_status string
//
// There are three ways to tell Athena which folders there are, and each has its own partition columns:
//
//   - plain prefixes, a day at a time: partitioned by `date`, and [Table.AddPartition] adds a day;
//   - Hive-compatible prefixes: partitioned by what the prefixes name (F1.811), and [Table.Repair] finds
//     them;
//   - partition projection, [Table].ProjectFrom: Athena works out the folders, and nothing is to be added.
//
// The statements are those of AWS's pages vpc-flow-logs-create-table-statement, vpc-flow-logs-parquet,
// vpc-flow-logs-partition-projection and vpc-flow-logs-partition-projection-parquet-example, in
// https://docs.aws.amazon.com/athena/latest/ug/. Nothing here talks to AWS.
package athena
