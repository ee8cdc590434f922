// Package bucket puts flow log files in a bucket that is really there: in Amazon S3, in a server that speaks
// S3, in a folder or in memory, by gocloud.dev/blob.
//
// [Open] opens one by its URL, and [Of] takes one that was opened otherwise. A [Bucket] is what
// [github.com/packetwalk/packetwalk/flowlog/deliver.S3] puts its files in:
//
//	b, err := bucket.Open(ctx, "s3://amzn-s3-demo-bucket?region=us-east-1")
//	...
//	sink := &deliver.S3{Buckets: map[string]deliver.Bucket{"amzn-s3-demo-bucket": b}}
//
// The keys and bytes are those that a flow log would deliver (F1.801-F1.807), so that what reads a real
// account's files can be tried on these.
//
// The package is a module of its own, so that only who writes to buckets depends on gocloud.dev and the AWS
// SDK.
package bucket
