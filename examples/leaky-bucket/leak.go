package main

import (
	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/examples/internal/lesson"
)

// onlyOurs is a policy of the endpoint that lets just our bucket be reached.
const onlyOurs = `{
  "Version": "2012-10-17",
  "Statement": [{
    "Sid": "OurBucket", "Effect": "Allow", "Principal": "*", "Action": "s3:*",
    "Resource": ["arn:aws:s3:::ours", "arn:aws:s3:::ours/*"]
  }]
}`

// onlyAccount lets all buckets of our account be reached, by whom it may be.
const onlyAccount = `{
  "Version": "2012-10-17",
  "Statement": [{
    "Sid": "OurAccount", "Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*",
    "Condition": {"StringEquals": {"aws:ResourceAccount": "123456789012"}}
  }]
}`

// drop puts our data into a bucket of the thief's, with the thief's keys, and dropAbroad into one of another
// Region.
var (
	drop       = packetwalk.Request{Principal: thief, Action: "s3:PutObject", Resource: "arn:aws:s3:::theirs/loot"}
	dropAbroad = packetwalk.Request{Principal: thief, Action: "s3:PutObject", Resource: "arn:aws:s3:::theirs-abroad/loot"}
)

// leaky has an endpoint with a policy; "" is AWS's, which allows all. There are our bucket and two of the
// thief's.
func leaky(policy string) lesson.Network {
	return func(b *packetwalk.Builder) {
		newHome(b).endpoint.Policy(policy)
		b.Bucket("ours").Account(ours).Policy(closed)
		b.Bucket("theirs").Account(theirs)
		b.Bucket("theirs-abroad").Account(theirs).Region("us-west-2")
	}
}

// shut has no default route in the private subnet.
func shut(c *packetwalk.Config) {
	for i := range c.RouteTables {
		if t := &c.RouteTables[i]; t.ID == "private-rtb" {
			t.Routes = nil
		}
	}
}

func leaks() []lesson.Scene {
	return []lesson.Scene{{
		Title: "Somebody broke into the application, and has keys and a bucket of their own.",
		Asked: []lesson.Question{
			lesson.Access("", leaky(""), "app", drop),
			lesson.Ask("", leaky(""), "app", "theirs.s3.us-east-1.amazonaws.com", "tcp/443").Way(),
		},
		Why: "The endpoint lets every bucket be reached, unless it is told which ones. Ours being closed is no help.",
	}, {
		Title: "The endpoint gets a policy.",
		Asked: []lesson.Question{
			lesson.Access("our bucket", leaky(onlyOurs), "app", read),
			lesson.Access("our bucket", leaky(onlyOurs), "app", drop).Hops(),
			lesson.Access("our account", leaky(onlyAccount), "app", read),
			lesson.Access("our account", leaky(onlyAccount), "app", drop),
		},
		Why: "The network lets both by, and the flow log will say ACCEPT. It is the endpoint that says no.",
	}, {
		Title: "What goes past the endpoint? A bucket in another Region, and another subnet.",
		Asked: []lesson.Question{
			lesson.Access("another Region", leaky(onlyOurs), "app", dropAbroad),
			lesson.Access("another Region, no default route", leaky(onlyOurs), "app", dropAbroad).Edit(shut),
			lesson.Access("another subnet", leaky(onlyOurs), "worker", drop),
		},
		Why: "A policy is asked by who comes by its endpoint. A way to the internet is a way to every bucket.",
	}}
}
