// Package elb describes Network Load Balancers, as far as they stand before an endpoint service: their
// listeners and targets, and what a target sees (F7.201, F7.202).
package elb
