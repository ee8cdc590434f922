package endpoint_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/internal/fault"
)

const (
	owner, friend, stranger = "111111111111", "222222222222", "333333333333"
)

func TestServicePermits(t *testing.T) {
	for _, tt := range []struct {
		name       string
		principals []string
		account    string
		want       bool
	}{
		{"F7.201 nobody by default", nil, friend, false},
		{"F7.201 the owner himself", nil, owner, true},
		{"F7.201 an account", []string{"arn:aws:iam::" + friend + ":root"}, friend, true},
		{"F7.201 not another account", []string{"arn:aws:iam::" + friend + ":root"}, stranger, false},
		{"F7.201 a role", []string{"arn:aws:iam::" + friend + ":role/network/admin"}, friend, true},
		{"F7.201 a user", []string{"arn:aws:iam::" + friend + ":user/jo"}, friend, true},
		{"F7.201 another partition", []string{"arn:aws-us-gov:iam::" + friend + ":root"}, friend, true},
		{"F7.201 an organizational unit: who is in it is not known", []string{"arn:aws:organizations::111111111111:ou/o-abc/ou-1-2"}, friend, true},
		{"F7.201 a service of AWS's", []string{"rds.amazonaws.com"}, friend, false},
		{"F7.201 everybody", []string{"*"}, stranger, true},
		{"F7.201 what is no principal permits nobody", []string{friend}, friend, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := endpoint.Service{Account: owner, Principals: tt.principals}
			assert.Equal(t, tt.want, s.Permits(tt.account))
		})
	}
	assert.False(t, (*endpoint.Service)(nil).Permits(owner))
}

func TestServiceServes(t *testing.T) {
	s := endpoint.Service{Region: "us-east-1", Regions: []string{"eu-west-1"}}
	assert.True(t, s.Serves("us-east-1"), "F7.210 its own Region")
	assert.True(t, s.Serves("eu-west-1"), "F7.210 one that it names")
	assert.False(t, s.Serves("eu-west-2"), "F7.210 no other")
	assert.False(t, (*endpoint.Service)(nil).Serves(""))
}

func TestServiceName(t *testing.T) {
	assert.Equal(t, "com.amazonaws.vpce.us-east-1.vpce-svc-1", endpoint.ServiceName("us-east-1", "vpce-svc-1"))
}

func TestServiceValidate(t *testing.T) {
	sound := func() *endpoint.Service {
		return &endpoint.Service{
			ID: "vpce-svc-1", LoadBalancers: []string{"nlb"}, PrivateDNSName: "api.example.com",
			Principals: []string{"*", "arn:aws:iam::123456789012:root"}, Regions: []string{"eu-west-1"},
		}
	}
	assert.NoError(t, sound().Validate())
	assert.NoError(t, (&endpoint.Service{ID: "vpce-svc-1"}).Validate(), "F7.201 one that is known by its name only")
	assert.NoError(t, (&endpoint.Service{ID: "Any Name", Name: "com.amazonaws.vpce.us-east-1.vpce-svc-1"}).Validate())
	for _, tt := range []struct {
		name  string
		edit  func(*endpoint.Service)
		field string
		why   error
	}{
		{"no ID", func(s *endpoint.Service) { s.ID = "" }, "ID", fault.ErrInvalid},
		{"an ID that no name can be made of", func(s *endpoint.Service) { s.ID = "My service" }, "Name", fault.ErrInvalid},
		{"a name that is none", func(s *endpoint.Service) { s.Name = "my.service.com" }, "Name", fault.ErrInvalid},
		{"F7.201 an account's number is no ARN", func(s *endpoint.Service) { s.Principals[0] = "123456789012" }, "Principals[0]", fault.ErrInvalid},
		{"F7.201 the ARN of something else", func(s *endpoint.Service) { s.Principals[0] = "arn:aws:s3:::bucket" }, "Principals[0]", fault.ErrInvalid},
		{"F7.201 no wildcard in an ARN", func(s *endpoint.Service) { s.Principals[0] = "arn:aws:iam::123456789012:role/*" }, "Principals[0]", fault.ErrInvalid},
		{"a principal twice", func(s *endpoint.Service) { s.Principals[0] = s.Principals[1] }, "Principals[1]", fault.ErrDuplicate},
		{"an empty principal", func(s *endpoint.Service) { s.Principals[0] = "" }, "Principals[0]", fault.ErrInvalid},
		{"a load balancer twice", func(s *endpoint.Service) { s.LoadBalancers = []string{"nlb", "nlb"} }, "LoadBalancers[1]", fault.ErrDuplicate},
		{"a Region twice", func(s *endpoint.Service) { s.Regions = []string{"a", "a"} }, "Regions[1]", fault.ErrDuplicate},
		{"a name for private DNS that is none", func(s *endpoint.Service) { s.PrivateDNSName = "api example" }, "PrivateDNSName", fault.ErrInvalid},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := sound()
			tt.edit(s)
			faults := fault.Of(s.Validate())
			require.Len(t, faults, 1)
			assert.Equal(t, tt.field, faults[0].Field)
			assert.ErrorIs(t, faults[0], tt.why)
		})
	}
	assert.Equal(t, (&endpoint.Service{}).Validate(), (*endpoint.Service)(nil).Validate())
}
