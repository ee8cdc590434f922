package vpc_test

import (
	"fmt"

	"github.com/packetwalk/packetwalk/vpc"
)

func Example() {
	v := vpc.VPC{ID: "app", Blocks: vpc.Blocks("10.0.0.0/16", "100.64.0.0/16", "2001:db8:1200::/56")}
	fmt.Println("mistakes:", v.Validate())
	fmt.Println("primary:", v.Primary())
	fmt.Println("DNS server:", v.DNSServer())
	// Output:
	// mistakes: <nil>
	// primary: 10.0.0.0/16
	// DNS server: 10.0.0.2
}

func ExampleVPC_Validate() {
	v := vpc.VPC{ID: "app", Blocks: vpc.Blocks("10.0.0.7/16", "192.168.0.0/16")}
	fmt.Println(v.Validate())
	// Output:
	// Blocks[0].CIDR "10.0.0.7/16": invalid: host bits are set: want 10.0.0.0/16
	// Blocks[1].CIDR "192.168.0.0/16": invalid: AWS adds no block from 192.168.0.0/16 to a VPC whose primary one is 10.0.0.0/16
}
