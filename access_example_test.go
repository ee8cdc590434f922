package packetwalk_test

import (
	"fmt"

	"github.com/packetwalk/packetwalk"
)

// README:start

func ExampleNetwork_Access() {
	b := packetwalk.New()
	app := b.VPC("app", "10.0.0.0/16")
	back := app.Subnet("back", "10.0.1.0/24")
	back.Instance("job")
	app.GatewayEndpoint("vpce-s3", "com.amazonaws.us-east-1.s3", back)
	b.Bucket("data").Policy(`{"Version": "2012-10-17", "Statement": [
		{"Sid": "OnlyMyEndpoint", "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::data/*",
		 "Condition": {"StringNotEquals": {"aws:SourceVpce": "vpce-s3"}}}]}`)
	n, err := b.Build()
	if err != nil {
		fmt.Println(err)
		return
	}
	read := packetwalk.Request{
		Principal: "arn:aws:iam::123456789012:role/job", Action: "s3:GetObject", Resource: "arn:aws:s3:::data/january",
	}
	for _, from := range []string{"job", "internet"} {
		a, _ := n.Access(from, read)
		fmt.Printf("%s: network %v, status %d, refused by %q\n", from, a.Flow.OK(), a.Status(), a.DeniedBy())
	}
	// Output:
	// job: network true, status 200, refused by ""
	// internet: network true, status 403, refused by "resource policy"
}

// README:end

// The whole story of a request: the network, each policy, and what nobody asked.
func ExampleAccess() {
	b := packetwalk.New()
	app := b.VPC("app", "10.0.0.0/16")
	back := app.Subnet("back", "10.0.1.0/24")
	back.Instance("job").PrivateIP("10.0.1.10")
	app.GatewayEndpoint("vpce-s3", "com.amazonaws.us-east-1.s3", back).Policy(`{"Version": "2012-10-17", "Statement": [
		{"Sid": "Data", "Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::data/*"}]}`)
	b.Bucket("photos")
	n, err := b.Build()
	if err != nil {
		fmt.Println(err)
		return
	}
	a, _ := n.Access("job", packetwalk.Request{Action: "s3:PutObject", Resource: "arn:aws:s3:::photos/cat"})
	fmt.Printf("%+v", a)
	// Output:
	// job: s3:PutObject on arn:aws:s3:::photos/cat: 403 by endpoint policy
	//
	// who              a role of the account of job
	// network          job -> photos.s3.us-east-1.amazonaws.com tcp/443: works, by gateway endpoint vpce-s3
	// endpoint policy  no statement allows s3:PutObject on arn:aws:s3:::photos/cat; statement 1 "Data" does not: it
	//                  is for other resources
	// not evaluated    the bucket's Block Public Access and access control lists; the policies of who asks, and
	//                  their boundaries: taken to allow; the organization's policies
	//
	// job -> photos.s3.us-east-1.amazonaws.com tcp/443: works
	//
	// lookup   photos.s3.us-east-1.amazonaws.com: 3.5.0.1
	//  1  resolver 10.0.0.2: the Amazon resolver of VPC app
	//  2  AWS service com.amazonaws.us-east-1.s3: photos.s3.us-east-1.amazonaws.com A 3.5.0.1
	//
	// request  tcp 10.0.1.10:49152 > 3.5.0.1:443 SYN
	//  1  network interface  job-eni                     out  leaves
	//  2  security group     job-sg                      out  all to 0.0.0.0/0
	//  3  network ACL        app-default-acl             out  100 allow all to 0.0.0.0/0
	//  4  route table        app-main-rtb                     pl-com.amazonaws.us-east-1.s3 -> vpce-s3, main route
	//                                                           table
	//  5  gateway endpoint   vpce-s3
	//  6  AWS service        com.amazonaws.us-east-1.s3       arrives
	//
	// reply    tcp 3.5.0.1:443 > 10.0.1.10:49152 SYN|ACK
	//  1  gateway endpoint   vpce-s3
	//  2  network ACL        app-default-acl  in  100 allow all from 0.0.0.0/0
	//  3  security group     job-sg           in  tracked connection
	//  4  network interface  job-eni          in  arrives
}

// Session Manager needs two endpoints or another way out; here is one of them.
func ExampleNetwork_Check() {
	b := packetwalk.New()
	app := b.VPC("app", "10.0.0.0/16").DNS(true, true)
	back := app.Subnet("back", "10.0.1.0/24")
	back.Instance("job").PrivateIP("10.0.1.10")
	app.InterfaceEndpoint("vpce-ssm", "com.amazonaws.us-east-1.ssm", back).PrivateDNS().Allow("tcp/443", app)
	n, err := b.Build()
	if err != nil {
		fmt.Println(err)
		return
	}
	r, _ := n.Check("job", packetwalk.SessionManager)
	fmt.Printf("%+v", r)
	// Output:
	// job: Session Manager: ssmmessages is missing
	//
	//   ssm          tcp/443  10.0.1.4       works  interface endpoint vpce-ssm
	//   ssmmessages  tcp/443  52.94.244.103  no
	//       ssmmessages.us-east-1.amazonaws.com leads to a public address, and no route of app-main-rtb goes there:
	//       NO_ROUTE_TO_DESTINATION; want an interface endpoint for com.amazonaws.us-east-1.ssmmessages with private
	//       DNS, or a NAT gateway
	//   ec2messages  tcp/443  52.94.244.45   no
	//       ec2messages.us-east-1.amazonaws.com leads to a public address, and no route of app-main-rtb goes there:
	//       NO_ROUTE_TO_DESTINATION; want an interface endpoint for com.amazonaws.us-east-1.ec2messages with private
	//       DNS, or a NAT gateway (optional: agents before 3.3.40.0)
}
