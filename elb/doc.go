// Package elb describes Network Load Balancers: where they stand, what they listen on, whom they send to, and
// what a target sees. They are what an endpoint service is made of (F7.201).
//
// A [LoadBalancer] has a network interface in each of its subnets. [LoadBalancer.Takes] says which of its
// listeners a packet is for, [LoadBalancer.Serves] to the targets of which zones an interface sends (F9.202,
// F9.203), and [Listener.Open] is the packet as a target gets it: from the load balancer's own address
// (F7.202).
//
// The values are plain data, and Validate reports every mistake that shows in one alone. The other methods
// only read. Copies share their slices.
package elb
