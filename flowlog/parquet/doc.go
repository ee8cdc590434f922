// Package parquet writes flow log records as the Parquet files that a flow log delivers to a bucket, and
// reads them.
//
// [Write] makes one file, with the columns of a format in its order, each with AWS's type: STRING, INT_32 or
// INT_64 (F1.101-F1.154). The columns are called as Athena calls them, account_id for account-id, since
// Athena finds the columns of Parquet files by name (F1.809). Where a line of text would show "-" the value
// is null. The pages in the file are compressed with gzip (F1.807). The same records give the same bytes.
//
// [Write] fits [github.com/packetwalk/packetwalk/flowlog/deliver.S3] as its encoder:
//
//	sink := &deliver.S3{Buckets: buckets, Parquet: parquet.Write}
//
// [Read] gives the records back, and reads files of the same columns from elsewhere.
//
// The package is a module of its own, so that only who writes Parquet depends on
// github.com/parquet-go/parquet-go.
package parquet
