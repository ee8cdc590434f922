package trace_test

import (
	"encoding/json"
	"fmt"

	"github.com/packetwalk/packetwalk/trace"
)

// A trace comes from a network's walk. Here it is written by hand: a connection from a web server to
// the SSH port of a database in a peered VPC.
func Example() {
	t := blocked()
	fmt.Printf("%v\n\n", t)
	fmt.Println(t.Table())
	if t.Verdict.Code == trace.ENISGRulesMismatch {
		fmt.Println("\nadd a rule to", t.Verdict.ID)
	}
	// Output:
	// tcp 10.0.1.10:49152 > 10.1.1.10:22: dropped at db-sg: ENI_SG_RULES_MISMATCH
	//
	//  1  network interface       web-eni   out  leaves
	//  2  security group          web-sg    out  all to 0.0.0.0/0
	//  3  network ACL             app-acl   out  100 allow all to 0.0.0.0/0
	//  4  route table             app-rtb        10.1.0.0/16 -> pcx-ab, main route table
	//  5  VPC peering connection  pcx-ab
	//  6  network ACL             data-acl  in   100 allow all from 0.0.0.0/0
	//  7  security group          db-sg     in   no rule allows tcp/22: ENI_SG_RULES_MISMATCH
	//
	// add a rule to db-sg
}

// All that stands in the way, not only the first.
func ExampleTrace_Drops() {
	t := blockedTwice()
	for _, hop := range t.Drops() {
		fmt.Printf("%v %s: %s\n", hop.Stage, hop.ID, hop.Code.Meaning())
	}
	// Output:
	// network ACL data-acl: the network ACL does not allow the traffic
	// security group db-sg: no rule of the security groups allows the traffic
}

func ExampleParseCode() {
	code, err := trace.ParseCode("IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS")
	fmt.Println(code.Meaning(), code.AWS(), err)
	// Output: the source has no public address true <nil>
}

func ExampleVerdict() {
	verdict := blocked().Verdict
	text, err := json.Marshal(verdict)
	fmt.Println(verdict)
	fmt.Println(string(text), err)
	// Output:
	// dropped at db-sg: ENI_SG_RULES_MISMATCH
	// {"outcome":"dropped","code":"ENI_SG_RULES_MISMATCH","stage":"security group","id":"db-sg"} <nil>
}
