package packetwalk_test

import (
	"encoding/json"
	"net/netip"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/subnet"
	"github.com/packetwalk/packetwalk/vpc"
)

// task is an Amazon ECS task on an instance of one's own.
var task = subnet.ECSTask{
	ClusterARN:           "arn:aws:ecs:us-east-1:123456789012:cluster/shop",
	ContainerInstanceARN: "arn:aws:ecs:us-east-1:123456789012:container-instance/shop/0123abcd",
	ContainerID:          "c0ffee-1", SecondContainerID: "c0ffee-2", ServiceName: "checkout",
	TaskDefinitionARN: "arn:aws:ecs:us-east-1:123456789012:task-definition/checkout:7",
	TaskARN:           "arn:aws:ecs:us-east-1:123456789012:task/shop/9876fedc",
}

// placesNet has hosts in a zone, a Local Zone, a Wavelength Zone and on an Outpost, a task, and a flow log
// that shows tags at every interface.
func placesNet() *packetwalk.Builder {
	b := packetwalk.New()
	v := b.VPC("vpc-1", "10.0.0.0/16").Region("us-west-2")
	zone := v.Subnet("zone", "10.0.1.0/24").Zone("us-west-2a").ZoneID("usw2-az2")
	zone.Instance("web").PrivateIP("10.0.1.10").Allow("all", packetwalk.Anywhere).Tag("team", "über uns").Tag("Name", "front").ASGTag("fleet", "blue").InterfaceTag("role", "-")
	zone.Interface("task-eni").PrivateIP("10.0.1.11").Allow("all", packetwalk.Anywhere).Task(task)
	v.Subnet("outpost", "10.0.2.0/24").Zone("us-west-2a").ZoneID("usw2-az2").Outpost("arn:aws:outposts:us-west-2:123456789012:outpost/op-0123456789abcdef0").
		Instance("rack").PrivateIP("10.0.2.10").Allow("all", packetwalk.Anywhere)
	v.Subnet("local", "10.0.3.0/24").Zone("us-west-2-lax-1a").ZoneID("usw2-lax1-az1").
		Instance("lax").PrivateIP("10.0.3.10").Allow("all", packetwalk.Anywhere)
	v.Subnet("mobile", "10.0.4.0/24").Zone("us-west-2-wl1-las-wlz-1").ZoneID("usw2-wl1-las-wlz1").
		Instance("phone").PrivateIP("10.0.4.10").Allow("all", packetwalk.Anywhere)
	v.Subnet("bare", "10.0.5.0/24").Zone("us-west-2b").Instance("plain").PrivateIP("10.0.5.10").Allow("all", packetwalk.Anywhere)
	v.InterfaceEndpoint("sqs", "com.amazonaws.us-west-2.sqs", zone).Allow("all", v)
	return b
}

// TestRecordPlaces: where an interface is, and whose.
func TestRecordPlaces(t *testing.T) {
	n := mustNetwork(t, placesNet())
	const format = "interface-id vpc-id subnet-id instance-id region az-id sublocation-type sublocation-id flow-direction interface-type"
	for _, c := range []struct{ name, from, want string }{
		{"F1.115, F1.116, F1.117, F1.122, F1.123 a zone of the Region", "web", "web-eni vpc-1 zone web us-west-2 usw2-az2 - - egress -"},
		{"F1.117 an interface without an instance", "task-eni", "task-eni vpc-1 zone - us-west-2 usw2-az2 - - egress -"},
		{"F1.124, F1.125 an Outpost, which has no zone of its own (F1.123)", "rack", "rack-eni vpc-1 outpost rack us-west-2 - outpost op-0123456789abcdef0 egress -"},
		{"F1.124, F1.125 a Local Zone", "lax", "lax-eni vpc-1 local lax us-west-2 - localzone usw2-lax1-az1 egress -"},
		{"F1.124, F1.125 a Wavelength Zone", "phone", "phone-eni vpc-1 mobile phone us-west-2 - wavelength usw2-wl1-las-wlz1 egress -"},
		{"F1.005, F1.123 a zone whose ID nobody told", "plain", "plain-eni vpc-1 bare plain us-west-2 - - - egress -"},
	} {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, c.want, shownBetween(t, n, c.from, "sqs", "tcp/443", format)[0])
		})
	}
	t.Run("F1.117, F1.149, F1.519 an endpoint's interface has no instance", func(t *testing.T) {
		assert.Equal(t, "sqs-zone-eni vpc-1 zone - us-west-2 usw2-az2 - - ingress vpc_endpoint", shownBetween(t, n, "web", "sqs", "tcp/443", format)[1])
	})
}

// TestRecordOwners: what is told of instances, and to whom.
func TestRecordOwners(t *testing.T) {
	logged := func(edit func(e *subnet.Interface)) []string {
		cfg := placesNet().Config()
		for i := range cfg.Interfaces {
			edit(&cfg.Interfaces[i])
		}
		format, err := flowlog.ParseFormat("interface-id account-id instance-id instance-tag interface-tag vpc-id")
		require.NoError(t, err)
		cfg.FlowLogs = []flowlog.FlowLog{{
			ID: "fl", Resource: "vpc-1", Format: format, Destination: flowlog.Destination{LogGroup: "group"},
			TagFields: flowlog.TagFields{Instance: [2]string{"Name"}, Interface: [2]string{"role"}},
		}}
		s := mustNetwork(t, cfg).NewSession(time.Unix(1418530010, 0))
		_, err = s.Probe("web", "plain", "udp/53")
		require.NoError(t, err)
		var list []string
		for _, b := range s.Flush() {
			for _, r := range b.Records {
				list = append(list, string(r.Append(nil, format)))
			}
		}
		return list
	}
	t.Run("F1.117, F1.143, F1.145 to the owner", func(t *testing.T) {
		assert.Contains(t, logged(func(*subnet.Interface) {}), "web-eni 123456789012 web front %2D vpc-1")
	})
	t.Run("F1.117 and to nobody else who logs the VPC", func(t *testing.T) {
		assert.Contains(t, logged(func(e *subnet.Interface) {
			if e.ID == "web-eni" {
				e.Account = consumerAccount
			}
		}), "web-eni 222222222222 - - - vpc-1")
	})
	t.Run("F1.117 nothing where a service manages the interface", func(t *testing.T) {
		assert.Contains(t, logged(func(e *subnet.Interface) {
			if e.ID == "web-eni" {
				e.Kind = subnet.LoadBalancer
			}
		}), "web-eni 123456789012 - - %2D vpc-1")
	})
}

// TestRecordECS: a task's own fields (F1.130-F1.139).
func TestRecordECS(t *testing.T) {
	const format = "ecs-cluster-arn ecs-cluster-name ecs-container-instance-arn ecs-container-instance-id ecs-container-id ecs-second-container-id ecs-service-name ecs-task-definition-arn ecs-task-arn ecs-task-id"
	n := mustNetwork(t, placesNet())
	t.Run("F1.130, F1.131, F1.132, F1.133, F1.134, F1.135, F1.136, F1.137, F1.138, F1.139 a task", func(t *testing.T) {
		assert.Equal(t, "arn:aws:ecs:us-east-1:123456789012:cluster/shop shop arn:aws:ecs:us-east-1:123456789012:container-instance/shop/0123abcd 0123abcd c0ffee-1 c0ffee-2 checkout "+
			"arn:aws:ecs:us-east-1:123456789012:task-definition/checkout:7 arn:aws:ecs:us-east-1:123456789012:task/shop/9876fedc 9876fedc",
			shownBetween(t, n, "task-eni", "web", "tcp/443", format)[0])
	})
	t.Run("F1.130 no task", func(t *testing.T) {
		assert.Equal(t, "- - - - - - - - - -", shownBetween(t, n, "web", "task-eni", "tcp/443", format)[0])
	})
	t.Run("F1.132, F1.133, F1.136 on Fargate, and without a service", func(t *testing.T) {
		cfg := placesNet().Config()
		for i := range cfg.Interfaces {
			cfg.Interfaces[i].ECS.ContainerInstanceARN, cfg.Interfaces[i].ECS.ServiceName = "", ""
		}
		assert.Equal(t, "- - -", shownBetween(t, mustNetwork(t, cfg), "task-eni", "web", "tcp/443", "ecs-container-instance-arn ecs-container-instance-id ecs-service-name")[0])
	})
}

// TestRecordTags: the tags that a flow log asks for (F1.143-F1.148). Without a flow log none show.
func TestRecordTags(t *testing.T) {
	const format = "interface-id instance-tag instance-tag-2 interface-tag interface-tag-2 asg-tag asg-tag-2"
	cfg := placesNet().Config()
	shown, err := flowlog.ParseFormat(format)
	require.NoError(t, err)
	cfg.FlowLogs = []flowlog.FlowLog{{
		ID: "fl", Resource: "vpc-1", Format: shown, Destination: flowlog.Destination{LogGroup: "group"},
		TagFields: flowlog.TagFields{Instance: [2]string{"team", "Name"}, Interface: [2]string{"role", "x"}, ASG: [2]string{"fleet", "x"}},
	}}
	s := mustNetwork(t, cfg).NewSession(time.Unix(1418530010, 0))
	f, err := s.Probe("web", "plain", "udp/53")
	require.NoError(t, err)
	assert.Equal(t, "web-eni - - - - - -", shownOf(t, f, format)[0])
	var got []string
	for _, batch := range s.Flush() {
		for _, r := range batch.Records {
			got = append(got, string(r.Append(nil, shown)))
		}
	}
	assert.Contains(t, got, "web-eni %C3%BCber%20uns front %2D - blue -", "F1.143, F1.144, F1.145, F1.146, F1.147, F1.148")
	assert.Contains(t, got, "plain-eni - - - - - -", "F1.143 untagged")
}

// TestRecordServices: whose public address the other side has (F1.126, F1.127, F1.155, F1.735).
func TestRecordServices(t *testing.T) {
	cfg := pathNet().Config()
	in := func(cidr, service string) endpoint.IPRange {
		return endpoint.IPRange{Prefix: netip.MustParsePrefix(cidr), Region: "us-east-1", Service: service}
	}
	cfg.IPRanges = []endpoint.IPRange{in("203.0.112.0/22", "AMAZON"), in("203.0.113.0/24", "AMAZON"), in("203.0.113.0/25", "EC2"), in("52.216.0.0/15", "S3")}
	n := mustNetwork(t, cfg)
	const format = "pkt-src-aws-service pkt-dst-aws-service"
	for _, c := range []struct {
		name, to string
		want     []string
	}{
		{"F1.126, F1.127, F1.155 of several one, that of the service", "203.0.113.10", []string{"- EC2", "EC2 -"}},
		{"F1.155 AMAZON alone", "203.0.113.200", []string{"- AMAZON", "AMAZON -"}},
		{"F1.127 nobody's", "192.0.2.1", []string{"- -", "- -"}},
		{"F1.735 a private address", "10.0.1.11", []string{"- -", "- -", "- -", "- -"}},
	} {
		t.Run(c.name, func(t *testing.T) { assert.Equal(t, c.want, shownBetween(t, n, "a", c.to, "udp/53", format)) })
	}
}

// TestRecordEncryption: what records say where VPC Encryption Controls look (F1.142, F1.157).
func TestRecordEncryption(t *testing.T) {
	const format = "interface-id encryption-status reject-reason"
	watched := encrypted(t, control(vpc.EncryptionMonitor))
	for _, c := range []struct {
		name              string
		n                 *packetwalk.Network
		from, to, service string
		want              []string
	}{
		{"F1.157 TCP 443 with an endpoint", watched, "host", "sqs", "tcp/443", []string{"host-eni 2 -", "sqs-sub-eni 2 -", "sqs-sub-eni 2 -", "host-eni 2 -"}},
		{"F1.157 TCP 443 with a gateway endpoint", watched, "host", s3Here, "tcp/443", []string{"host-eni 2 -", "host-eni 2 -"}},
		{"F1.142 another port", watched, "host", "sqs", "tcp/80", []string{"host-eni - -", "sqs-sub-eni - -", "sqs-sub-eni - -", "host-eni - -"}},
		{"F1.142 what two instances say is not known", watched, "host", "server", "tcp/443", []string{"host-eni - -", "server-eni - -", "server-eni - -", "host-eni - -"}},
		{"F1.157 somebody's own service", watched, "host", "theirs", "tcp/443", []string{"host-eni - -"}},
		{"F1.142 without Encryption Controls", mustNetwork(t, endpointsNet()), "host", "sqs", "tcp/443", []string{"host-eni - -"}},
		{"F1.142 with those of another VPC", watched, "remote", "sns", "tcp/443", []string{"remote-eni - -"}},
		{"F1.140, F3.202 what they reject", encrypted(t, enforcing(vpc.ExcludeVPCPeering)), "host", "sqs", "tcp/80", []string{"host-eni - -", "sqs-sub-eni - EC"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			lines := shownBetween(t, c.n, c.from, c.to, c.service, format)
			require.GreaterOrEqual(t, len(lines), len(c.want))
			assert.Equal(t, c.want, lines[:len(c.want)])
		})
	}
}

// TestMetadataIsData: what flow logs show comes through JSON unharmed, and belongs to nobody else.
func TestMetadataIsData(t *testing.T) {
	cfg := placesNet().Config()
	text, err := json.Marshal(cfg)
	require.NoError(t, err)
	var again packetwalk.Config
	require.NoError(t, json.Unmarshal(text, &again))
	assert.Empty(t, cmp.Diff(cfg, again, wholes))

	n := mustNetwork(t, cfg)
	cfg.Instances[0].Tags["team"], cfg.Instances[0].ASGTags["fleet"], cfg.Interfaces[0].Tags["role"] = "changed", "changed", "changed"
	got := n.Config()
	assert.Equal(t, map[string]string{"team": "über uns", "Name": "front"}, got.Instances[0].Tags)
	assert.Equal(t, map[string]string{"fleet": "blue"}, got.Instances[0].ASGTags)
	assert.Equal(t, map[string]string{"role": "-"}, got.Interfaces[0].Tags)
}

// TestMetadataMistakes: what can't be true of zones, Outposts, tags and tasks.
func TestMetadataMistakes(t *testing.T) {
	second := func(b *packetwalk.Builder, account string) *packetwalk.SubnetHandle {
		return b.VPC("other", "10.1.0.0/16").Region("us-west-2").Account(account).Subnet("second", "10.1.1.0/24").Zone("us-west-2a")
	}
	for _, c := range []struct {
		name string
		edit func(b *packetwalk.Builder)
		want string // "" for none
	}{
		{"F1.123 one zone with two IDs", func(b *packetwalk.Builder) { second(b, "123456789012").ZoneID("usw2-az1") },
			`subnet "second": ZoneID "usw2-az1": invalid: another subnet of account 123456789012 says that zone us-west-2a has the ID "usw2-az2": want one ID for a zone`},
		{"F1.123 in another account they are dealt out anew", func(b *packetwalk.Builder) { second(b, "222222222222").ZoneID("usw2-az1") }, ""},
		{"F1.123 two zones with one ID", func(b *packetwalk.Builder) { second(b, "123456789012").Zone("us-west-2c").ZoneID("usw2-az2") },
			`subnet "second": ZoneID "usw2-az2": duplicate: in account 123456789012 it is the ID of zone us-west-2a: want that of us-west-2c`},
		{"F1.124 no Outpost", func(b *packetwalk.Builder) { second(b, "123456789012").Outpost("op-1") },
			`subnet "second": OutpostARN "op-1": invalid: want an ARN such as arn:aws:outposts:us-west-2:123456789012:outpost/op-0123456789abcdef0`},
		{"F1.143 a tag twice", func(b *packetwalk.Builder) { second(b, "123456789012").Instance("x").Tag("a", "1").Tag("a", "2") },
			`instance "x": Tags "a": duplicate: it has that tag already, with the value "1": want each key once`},
		{"F1.145 a tag without a key", func(b *packetwalk.Builder) { second(b, "123456789012").Instance("x").InterfaceTag("", "1") },
			`network interface "x-eni": Tags "1": invalid: a tag without a key: want one`},
		{"F1.147 a group's tag without a key", func(b *packetwalk.Builder) { second(b, "123456789012").Instance("x").ASGTag("", "1") },
			`instance "x": ASGTags "1": invalid: a tag without a key: want one`},
		{"F1.138 no task's ARN", func(b *packetwalk.Builder) {
			second(b, "123456789012").Instance("x").Task(subnet.ECSTask{TaskARN: "arn:aws:ecs:us-east-1:123456789012:cluster/shop"})
		}, `network interface "x-eni": ECS.TaskARN "arn:aws:ecs:us-east-1:123456789012:cluster/shop": invalid: want an ARN such as arn:aws:ecs:us-east-1:123456789012:task/NAME`},
		{"F1.135 a second container without a first", func(b *packetwalk.Builder) {
			second(b, "123456789012").Instance("x").Task(subnet.ECSTask{SecondContainerID: "c"})
		}, `network interface "x-eni": ECS.SecondContainerID "c": invalid: want the first container in ContainerID too`},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := placesNet()
			c.edit(b)
			_, err := b.Build()
			if c.want == "" {
				assert.NoError(t, err)
				return
			}
			assert.ErrorContains(t, err, c.want)
		})
	}
}
