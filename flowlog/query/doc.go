// Package query asks flow log records in SQL, as one asks Amazon Athena, in memory and without AWS.
//
// [Open] makes tables as [athena.Table] describes them, with Athena's columns (F1.809) and the partition
// columns of the layout; [DB.Load] puts records in; [DB.Query] runs a statement as it is written for Athena:
//
//	SELECT day_of_week(date) AS day, date, interface_id, srcaddr, action, protocol
//	FROM vpc_flow_logs
//	WHERE action = 'REJECT' AND protocol = 6
//	LIMIT 100;
//
// The engine is SQLite. What it spells otherwise than Athena is put right on the way: DATE and TIMESTAMP
// literals, intervals, EXTRACT, CAST, "quoted" names, nulls at the end of an ORDER BY, letters that LIKE
// tells apart, approx_distinct, and the functions on times, texts and addresses that [Functions] lists.
// SQLite's own are there as well. What else Athena has, such as arrays and maps, gives an error.
//
// Some of what Athena refuses works here, such as to compare a date with a text. Timestamps are in UTC
// and show no zone. What is compared with a date should be a date, not a timestamp.
//
// In a table of text files a text that is not there is "-", as in the line; a number is null. In a table of
// Parquet files both are null.
//
// Nothing of Athena's reads a clock: current_date and now() are [DB].Now.
//
// The package is a module of its own, so that only who queries depends on modernc.org/sqlite.
package query
