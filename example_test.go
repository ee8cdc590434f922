package packetwalk_test

import (
	"errors"
	"fmt"
	"net/netip"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/subnet"
	"github.com/packetwalk/packetwalk/trace"
	"github.com/packetwalk/packetwalk/vpc"
)

// threeTiers is a public, a private and an isolated subnet, with a NAT gateway, an S3 endpoint, a custom ACL, and groups
// that refer to each other.
func threeTiers() *packetwalk.Builder {
	b := packetwalk.New()
	v := b.VPC("shop", "10.0.0.0/16")
	igw := v.InternetGateway("igw")
	public := v.Subnet("public", "10.0.1.0/24").Route("0.0.0.0/0", igw)
	nat := public.NAT("nat")
	private := v.Subnet("private", "10.0.2.0/24").Route("0.0.0.0/0", nat)
	isolated := v.Subnet("isolated", "10.0.3.0/24")
	v.GatewayEndpoint("s3", "com.amazonaws.us-east-1.s3", isolated)
	web := public.Instance("web").PublicIP().Allow("tcp/443", packetwalk.Anywhere)
	app := private.Instance("app").Allow("tcp/8080", web)
	isolated.Instance("db").Allow("tcp/5432", app)
	v.ACL("db-acl").For(isolated).
		AllowIn(100, "tcp/5432", "10.0.2.0/24").AllowIn(110, "tcp/1024-65535", "0.0.0.0/0").
		AllowOut(100, "tcp/1024-65535", "10.0.2.0/24").AllowOut(110, "tcp/443", "0.0.0.0/0")
	return b
}

// A three-tier network: who reaches whom.
func Example() {
	n, err := threeTiers().Build()
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, ask := range [][3]string{
		{"internet", "web", "tcp/443"}, {"web", "app", "tcp/8080"}, {"app", "db", "tcp/5432"}, {"db", "s3", "tcp/443"},
		{"app", "internet", "tcp/443"}, {"web", "db", "tcp/5432"}, {"internet", "app", "tcp/8080"}, {"db", "internet", "tcp/443"},
	} {
		f, _ := n.Probe(ask[0], ask[1], ask[2])
		fmt.Println(f)
	}
	// Output:
	// internet -> web tcp/443: works
	// web -> app tcp/8080: works
	// app -> db tcp/5432: works
	// db -> s3 tcp/443: works
	// app -> internet tcp/443: works
	// web -> db tcp/5432: request dropped at security group db-sg: ENI_SG_RULES_MISMATCH
	// internet -> app tcp/8080: request dropped at internet gateway igw: IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS
	// db -> internet tcp/443: request dropped at route table shop-main-rtb: NO_ROUTE_TO_DESTINATION
}

// Everything that stands in the way is named at once.
func ExampleFlow_Blockers() {
	n, err := threeTiers().Build()
	if err != nil {
		fmt.Println(err)
		return
	}
	f, _ := n.Probe("web", "db", "tcp/22")
	for _, h := range f.Blockers() {
		fmt.Println(h.Stage, h.ID, h.Direction, h.Code)
	}
	// Output:
	// network ACL db-acl ingress SUBNET_ACL_RESTRICTION
	// security group db-sg ingress ENI_SG_RULES_MISMATCH
	// network ACL db-acl egress SUBNET_ACL_RESTRICTION
}

// A what-if: the Config of a network is copied, edited and built again.
func ExampleNetwork_Config() {
	n, err := threeTiers().Build()
	if err != nil {
		fmt.Println(err)
		return
	}
	cfg := n.Config()
	for i := range cfg.NetworkACLs {
		if cfg.NetworkACLs[i].ID == "db-acl" {
			cfg.NetworkACLs[i].Entries = nil // an ACL without entries denies all
		}
	}
	whatIf, err := cfg.Build()
	if err != nil {
		fmt.Println(err)
		return
	}
	before, _ := n.Probe("app", "db", "tcp/5432")
	after, _ := whatIf.Probe("app", "db", "tcp/5432")
	fmt.Println(before)
	fmt.Println(after)
	// Output:
	// app -> db tcp/5432: works
	// app -> db tcp/5432: request dropped at network ACL db-acl: SUBNET_ACL_RESTRICTION
}

// Build reports all mistakes at once, each with what would be right.
func ExampleBuild() {
	_, err := packetwalk.Build(packetwalk.Config{
		VPCs:    []vpc.VPC{{ID: "v", Blocks: vpc.Blocks("10.0.0.0/15")}},
		Subnets: []subnet.Subnet{{ID: "s", VPC: "v", CIDR: netip.MustParsePrefix("192.168.1.0/24")}},
	})
	fmt.Println(err)
	fmt.Println(errors.Is(err, packetwalk.ErrOutside))
	var first *packetwalk.ConfigError
	if errors.As(err, &first) {
		fmt.Println(first.Kind, first.ID, first.Field, first.Value)
	}
	// Output:
	// VPC "v": Blocks[0].CIDR "10.0.0.0/15": invalid: want an IPv4 block from /16 to /28
	// subnet "s": CIDR "192.168.1.0/24": outside: want a range inside one of the blocks [10.0.0.0/15] of VPC "v"
	// true
	// VPC v Blocks[0].CIDR 10.0.0.0/15
}

// The code of a verdict can be compared.
func ExampleFlow_Verdict() {
	b := packetwalk.New()
	s := b.VPC("v", "10.0.0.0/16").Subnet("s", "10.0.0.0/24")
	s.Instance("a")
	s.Instance("b")
	n, err := b.Build()
	if err != nil {
		fmt.Println(err)
		return
	}
	f, _ := n.Probe("a", "b", "tcp/22")
	fmt.Println(f.OK(), f.Verdict().Code == trace.SGHasNoRules)
	fmt.Println(f.Verdict())
	// Output:
	// false true
	// dropped at b-sg: SG_HAS_NO_RULES
}
