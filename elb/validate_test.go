package elb_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/elb"
	"github.com/packetwalk/packetwalk/internal/fault"
	"github.com/packetwalk/packetwalk/packet"
)

func sound() *elb.LoadBalancer {
	return &elb.LoadBalancer{
		ID: "nlb", VPC: "v", Subnets: []string{"a", "b"}, Interfaces: []string{"e"}, Groups: []string{"g"},
		Listeners: []elb.Listener{
			{Protocol: packet.TCP, Port: 443, Targets: []elb.Target{
				{Instance: "web"}, {Instance: "web", Port: 8443}, {Address: addr("10.0.0.4")}, {Address: addr("2001:db8::4")},
			}},
			{Protocol: packet.UDP, Port: 443},
		},
	}
}

func TestValidate(t *testing.T) {
	assert.NoError(t, sound().Validate())
	bare := elb.LoadBalancer{ID: "nlb", Subnets: []string{"a"}}
	assert.NoError(t, bare.Validate(), "F9.205 without groups; without listeners")
	for _, tt := range []struct {
		name  string
		edit  func(*elb.LoadBalancer)
		field string
		why   error
	}{
		{"no ID", func(l *elb.LoadBalancer) { l.ID = "" }, "ID", fault.ErrInvalid},
		{"no subnet", func(l *elb.LoadBalancer) { l.Subnets, l.Interfaces = nil, nil }, "Subnets", fault.ErrInvalid},
		{"a subnet twice", func(l *elb.LoadBalancer) { l.Subnets[1] = "a" }, "Subnets[1]", fault.ErrDuplicate},
		{"an interface twice", func(l *elb.LoadBalancer) { l.Interfaces = []string{"e", "e"} }, "Interfaces[1]", fault.ErrDuplicate},
		{"more interfaces than subnets", func(l *elb.LoadBalancer) { l.Interfaces = []string{"e", "f", "g"} }, "Interfaces", fault.ErrInvalid},
		{"an empty group", func(l *elb.LoadBalancer) { l.Groups[0] = "" }, "Groups[0]", fault.ErrInvalid},
		{"ICMP", func(l *elb.LoadBalancer) { l.Listeners[0].Protocol = packet.ICMP }, "Listeners[0].Protocol", fault.ErrInvalid},
		{"no port", func(l *elb.LoadBalancer) { l.Listeners[1].Port = 0 }, "Listeners[1].Port", fault.ErrInvalid},
		{"a port twice", func(l *elb.LoadBalancer) { l.Listeners[1].Protocol = packet.TCP }, "Listeners[1].Port", fault.ErrDuplicate},
		{"a target without a name", func(l *elb.LoadBalancer) { l.Listeners[0].Targets[0] = elb.Target{Port: 1} }, "Listeners[0].Targets[0]", fault.ErrInvalid},
		{"a target with two", func(l *elb.LoadBalancer) { l.Listeners[0].Targets[2].Instance = "web" }, "Listeners[0].Targets[2]", fault.ErrInvalid},
		{"a target twice, by its default port", func(l *elb.LoadBalancer) { l.Listeners[0].Targets[1].Port = 443 }, "Listeners[0].Targets[1]", fault.ErrDuplicate},
		{"no host", func(l *elb.LoadBalancer) { l.Listeners[0].Targets[2].Address = addr("224.0.0.1") }, "Listeners[0].Targets[2].Address", fault.ErrInvalid},
		{"an address with a zone", func(l *elb.LoadBalancer) { l.Listeners[0].Targets[3].Address = addr("fe80::1%eth0") }, "Listeners[0].Targets[3].Address", fault.ErrInvalid},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := sound()
			tt.edit(l)
			faults := fault.Of(l.Validate())
			require.Len(t, faults, 1)
			assert.Equal(t, tt.field, faults[0].Field)
			assert.ErrorIs(t, faults[0], tt.why)
		})
	}
	assert.Equal(t, (&elb.LoadBalancer{}).Validate(), (*elb.LoadBalancer)(nil).Validate())
	worst := elb.LoadBalancer{Subnets: []string{"", ""}, Listeners: []elb.Listener{{}, {}}}
	assert.Len(t, fault.Of(worst.Validate()), 8, "all at once: %v", worst.Validate())
}
