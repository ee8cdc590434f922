package main

import (
	"fmt"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/examples/internal/lesson"
)

const (
	everywhere = "0.0.0.0/0"
	service    = "com.amazonaws.us-east-1.s3"

	ours   = "123456789012" // our account, and its role for the application
	role   = "arn:aws:iam::123456789012:role/app"
	theirs = "999999999999" // somebody else's
	thief  = "arn:aws:iam::999999999999:user/thief"
)

// closed is a policy of our bucket that denies whatever does not come by our endpoint.
const closed = `{
  "Version": "2012-10-17",
  "Statement": [{
    "Sid": "OnlyByOurEndpoint", "Effect": "Deny", "Principal": "*", "Action": "s3:*",
    "Resource": ["arn:aws:s3:::ours", "arn:aws:s3:::ours/*"],
    "Condition": {"StringNotEquals": {"aws:sourceVpce": "vpce-s3"}}
  }]
}`

// addressed is a policy that denies whatever does not come from the application's subnet, by a condition key
// that has the address of who asks.
func addressed(key string) string {
	return fmt.Sprintf(`{
  "Version": "2012-10-17",
  "Statement": [{
    "Sid": "OnlyOurAddresses", "Effect": "Deny", "Principal": "*", "Action": "s3:*",
    "Resource": ["arn:aws:s3:::ours", "arn:aws:s3:::ours/*"],
    "Condition": {"NotIpAddress": {%q: "10.0.2.0/24"}}
  }]
}`, key)
}

// home is our VPC. The application is in a private subnet, and the worker in another one. Both have a NAT
// gateway, and the application's subnet an endpoint for S3 as well.
type home struct {
	private  *packetwalk.SubnetHandle
	endpoint *packetwalk.GatewayEndpointHandle
}

func newHome(b *packetwalk.Builder) home {
	v := b.VPC("home", "10.0.0.0/16").Account(ours).DNS(true, true)
	nat := v.Subnet("public", "10.0.1.0/24").Route(everywhere, v.InternetGateway("igw")).NAT("nat")
	h := home{private: v.Subnet("private", "10.0.2.0/24").Route(everywhere, nat)}
	h.private.Instance("app")
	v.Subnet("batch", "10.0.3.0/24").Route(everywhere, nat).Instance("worker")
	h.endpoint = v.GatewayEndpoint("vpce-s3", service, h.private)
	return h
}

// guarded has our bucket, with a policy; "" is none.
func guarded(policy string) lesson.Network {
	return func(b *packetwalk.Builder) {
		newHome(b)
		b.Bucket("ours").Account(ours).Policy(policy)
	}
}

// read takes an object of our bucket with our keys, wherever they are used.
var read = packetwalk.Request{Principal: role, Action: "s3:GetObject", Resource: "arn:aws:s3:::ours/january"}

func bucket() []lesson.Scene {
	return []lesson.Scene{{
		Title: "Our bucket has no policy. Our keys are used in the application, in the worker, and by who stole them.",
		Asked: []lesson.Question{
			lesson.Access("", guarded(""), "app", read),
			lesson.Access("", guarded(""), "worker", read),
			lesson.Access("", guarded(""), "internet", read),
		},
		Why: "Inside one account the policies of the keys decide. Where they are used is not asked.",
	}, {
		Title: "A policy of the bucket denies whatever does not come by our endpoint.",
		Asked: []lesson.Question{
			lesson.Access("", guarded(closed), "app", read),
			lesson.Access("", guarded(closed), "worker", read),
			lesson.Access("", guarded(closed), "internet", read),
		},
		Why: "The worker is in the same VPC, and its table has no route to the endpoint: it comes by the NAT gateway.",
	}, {
		Title: "The same by addresses: those of the application's subnet.",
		Asked: []lesson.Question{
			lesson.Access("aws:SourceIp", guarded(addressed("aws:SourceIp")), "app", read),
			lesson.Access("aws:VpcSourceIp", guarded(addressed("aws:VpcSourceIp")), "app", read),
			lesson.Access("aws:VpcSourceIp", guarded(addressed("aws:VpcSourceIp")), "worker", read),
		},
		Why: "What comes by an endpoint has a private address, and that is in aws:VpcSourceIp alone.",
	}}
}
