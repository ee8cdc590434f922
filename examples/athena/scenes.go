package main

// scenes are the traffic, the tables, and what is asked of them.
func scenes() []scene {
	return []scene{{
		title: "What happens, at noon of each day. Nobody who reads the flow logs was told.",
		steps: []step{happen},
		why:   "A customer, a port scan, a server whose rule was forgotten, a backup to S3, and a colleague.",
	}, {
		title: "What is in the bucket, and how many records there are in each file.",
		steps: []step{list},
		why: "A file has the records of one flow log that end within the same five minutes. Both flow logs saw the same. The text\n" +
			"files are in plain folders by the day, the Parquet files in folders that say what they are, by the hour.",
	}, {
		title: "A table of the text files: Athena has to be told each day's folder.",
		steps: []step{create(byDate), add(byDate), ask(`
SELECT *
FROM vpc_flow_logs
WHERE date = DATE('2020-05-04')
LIMIT 100;`)},
		why: "Text is read by position: columns in another order than the format's give wrong answers, and no error. Each connection\n" +
			"has two rows at each interface, one a direction. A minute without traffic is NODATA: - as text, NULL as number.",
	}, {
		title: "Who was turned away?",
		steps: []step{ask(`
SELECT day_of_week(date) AS
  day,
  date,
  interface_id,
  srcaddr,
  action,
  protocol
FROM vpc_flow_logs
WHERE action = 'REJECT' AND protocol = 6
LIMIT 100;`), ask(`
-- ours: what of it is a scan?
SELECT srcaddr, count(DISTINCT dstport) AS ports, sum(packets) AS packets
FROM vpc_flow_logs
WHERE action = 'REJECT' AND srcaddr NOT LIKE '10.%'
GROUP BY srcaddr;`), ask(`
-- ours: and what is a rule that is missing?
SELECT interface_id, srcaddr, dstport, sum(packets) AS packets
FROM vpc_flow_logs
WHERE action = 'REJECT' AND srcaddr LIKE '10.%'
GROUP BY interface_id, srcaddr, dstport;`)},
		why: "Day 2 is a Tuesday. Many ports from one address outside, a packet each, is a scan. One port from an address inside,\n" +
			"again and again, is a rule that somebody forgot: at the interface that has the REJECT, which is db's.",
	}, {
		title: "Who gets most on port 443, in the last seven days?",
		steps: []step{ask(`
SELECT SUM(packets) AS
  packetcount,
  dstaddr
FROM vpc_flow_logs
WHERE dstport = 443 AND date > current_date - interval '7' day
GROUP BY dstaddr
ORDER BY packetcount DESC
LIMIT 10;`), ask(`
-- ours: the same, a week more
SELECT SUM(packets) AS packetcount, dstaddr
FROM vpc_flow_logs
WHERE dstport = 443 AND date > current_date - interval '14' day
GROUP BY dstaddr
ORDER BY packetcount DESC
LIMIT 10;`)},
		why: "Today is the 14th, and the 7th is not later than a week ago. A week more has the backup in it, of 689 packets, three\n" +
			"times: as they leave db, as they come to the NAT gateway at 10.0.1.4, and as they leave that.",
	}, {
		title: "The same files by partition projection: Athena works the folders out.",
		steps: []step{create(projected), ask(`
SELECT *
FROM test_table_vpclogs
WHERE split_part(srcaddr,'.', 1)='10'
  AND split_part(srcaddr,'.', 2) ='117'`), ask(`
-- ours in its dates, and for what is no NODATA
SELECT interface_id,
       srcaddr,
       action,
       protocol,
       to_iso8601(from_unixtime(start)) AS start_time,
       to_iso8601(from_unixtime("end")) AS end_time
FROM test_table_vpclogs
WHERE DAY >= '2020/05/06'
  AND DAY < '2020/05/07'
  AND log_status = 'OK'`)},
		why: "10.117 is the office, which web answered: that row has it as its destination. The office's own interface is not logged.\n" +
			"Report's interface let its packets out, and db's did not let them in: an action is the word of one interface.",
	}, {
		title: "The Parquet files, by their Hive-compatible folders.",
		steps: []step{create(byHour), repair(byHour), ask(`
-- ours: the backup once an interface, and the way it took from there
SELECT interface_id, pkt_dst_aws_service, traffic_path, sum(bytes) AS bytes
FROM vpc_flow_logs_parquet
WHERE year = '2020' AND month = '05' AND day = '07' AND hour = '12'
  AND flow_direction = 'egress' AND pkt_dst_aws_service = 'S3'
GROUP BY interface_id, pkt_dst_aws_service, traffic_path
ORDER BY interface_id;`), ask(`
-- ours: who was answered? A SYN with ACK left
SELECT interface_id, dstaddr AS caller, action
FROM vpc_flow_logs_parquet
WHERE tcp_flags IN (18, 19) AND flow_direction = 'egress'
ORDER BY "end", interface_id;`)},
		why: "Columns of Parquet are found by name. Path 8 is an internet gateway, so the backup went through the NAT gateway, which is\n" +
			"paid for by the byte: with a gateway endpoint for S3 it would be path 7, from db itself. nat-eni did not answer db: it\n" +
			"handed on what S3 said. Path, service and flags are not in the default format, and a flow log can't be changed afterwards.",
	}}
}
