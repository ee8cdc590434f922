package elb

import "github.com/packetwalk/packetwalk/internal/fault"

// Validate reports every mistake that can be seen in the load balancer alone. A nil LoadBalancer is reported like
// a zero one.
func (l *LoadBalancer) Validate() error {
	if l == nil {
		l = &LoadBalancer{}
	}
	var faults fault.List
	if l.ID == "" {
		faults.Add("ID", "", fault.ErrInvalid, "want any name, or AWS's ID")
	}
	return faults.Err()
}
