package main

import (
	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/flowlog"
)

// Hosts outside, and an address of S3.
const (
	customer = "203.0.113.12"
	scanner  = "198.51.100.99"
	s3       = "52.216.1.1"
)

// shop is a web server and its database, which calls out by a NAT gateway; a server for reports, for which
// the database has no rule; and an office in a VPC beside it, which has no flow log.
func shop() (*packetwalk.Network, error) {
	b := packetwalk.New()
	v, office := b.VPC("shop", "10.0.0.0/16"), b.VPC("office", "10.117.0.0/16")
	public := v.Subnet("public", "10.0.1.0/24").Route("0.0.0.0/0", v.InternetGateway("igw"))
	private := v.Subnet("private", "10.0.2.0/24").Route("0.0.0.0/0", public.NAT("nat"))
	web := public.Instance("web").PrivateIP("10.0.1.14").PublicIP().Allow("tcp/443", packetwalk.Anywhere)
	private.Instance("db").PrivateIP("10.0.2.5").Allow("tcp/5432", web)
	private.Instance("report").PrivateIP("10.0.2.7")
	office.Subnet("desks", "10.117.1.0/24").Instance("desk").PrivateIP("10.117.1.22")
	b.Peer(v, office)

	v.FlowLog("fl-text").ToS3("amzn-s3-demo-bucket/prefix")
	v.FlowLog("fl-parquet").
		Format("${interface-id} ${srcaddr} ${dstaddr} ${dstport} ${bytes} ${end} ${action} " +
			"${tcp-flags} ${pkt-dst-aws-service} ${flow-direction} ${traffic-path} ${log-status}").
		Destination(flowlog.Destination{
			Type: flowlog.S3, ARN: "arn:aws:s3:::amzn-s3-demo-bucket/parquet",
			FileFormat: flowlog.Parquet, HiveCompatiblePartitions: true, PerHourPartition: true,
		})
	return b.Build()
}
