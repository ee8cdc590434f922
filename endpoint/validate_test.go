package endpoint_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/internal/fault"
)

// mistake is a field and what is wrong with it.
type mistake struct {
	Field string
	Err   error
}

// holds asserts that err has these mistakes, in this order, and no other.
func holds(t *testing.T, err error, want []mistake) {
	t.Helper()
	got := fault.Of(err)
	if !assert.Len(t, got, len(want), "%v", err) {
		return
	}
	for i, m := range want {
		assert.Equal(t, m.Field, got[i].Field)
		assert.ErrorIs(t, got[i].Err, m.Err)
	}
}

func TestGatewayValidate(t *testing.T) {
	of := func(service string) endpoint.Gateway {
		return endpoint.Gateway{ID: "vpce", VPC: "vpc", Service: service}
	}
	noService := []mistake{{"Service", fault.ErrInvalid}}
	tests := []struct {
		name string
		g    endpoint.Gateway
		want []mistake
	}{
		{"F7.001 S3", of("com.amazonaws.us-east-1.s3"), nil},
		{"F7.001 DynamoDB", of("com.amazonaws.us-east-1.dynamodb"), nil},
		{"F7.001 S3 Express", of("com.amazonaws.us-east-1.s3express"), nil},
		{"F7.001 a Region that the table of ranges lacks", of("com.amazonaws.af-south-1.s3"), nil},
		{"F7.001 SQS has none", of("com.amazonaws.us-east-1.sqs"), noService},
		{"F7.001 nor has a service without a Region", of("com.amazonaws.s3-global.accesspoint"), noService},
		{"no name of a service", of("s3"), noService},
		{"no service", of(""), noService},
		{"capital letters", of("com.amazonaws.us-east-1.S3"), noService},
		{"an empty label", of("com..us-east-1.s3"), noService},
		{"a name of somebody else's", of("org.example.us-east-1.s3"), noService},
		{"F7.002 a route table twice", endpoint.Gateway{ID: "vpce", Service: "com.amazonaws.us-east-1.s3", RouteTables: []string{"a", "b", "a"}}, []mistake{{"RouteTables[2]", fault.ErrDuplicate}}},
		{"F7.002 a route table without an ID", endpoint.Gateway{ID: "vpce", Service: "com.amazonaws.us-east-1.s3", RouteTables: []string{""}}, []mistake{{"RouteTables[0]", fault.ErrInvalid}}},
		{"F7.007 a policy that is no JSON", endpoint.Gateway{ID: "vpce", Service: "com.amazonaws.us-east-1.s3", Policy: "{"}, []mistake{{"Policy", fault.ErrInvalid}}},
		{"F7.007 a policy for everybody", endpoint.Gateway{ID: "vpce", Service: "com.amazonaws.us-east-1.s3", Policy: policy(`"*"`, `"s3:GetObject"`)}, nil},
		{"F7.007 a policy that names somebody", endpoint.Gateway{ID: "vpce", Service: "com.amazonaws.us-east-1.s3", Policy: policy(`{"AWS": "123456789012"}`, `"*"`)}, []mistake{{"Policy.Statement[0].Principal", fault.ErrInvalid}}},
		{"F7.007 20,480 characters", endpoint.Gateway{ID: "vpce", Service: "com.amazonaws.us-east-1.s3", Policy: ofLength(20480)}, nil},
		{"F7.007 no more", endpoint.Gateway{ID: "vpce", Service: "com.amazonaws.us-east-1.s3", Policy: ofLength(20481)}, []mistake{{"Policy", fault.ErrLimit}}},
		{"F7.011 dual-stack", endpoint.Gateway{ID: "vpce", Service: "com.amazonaws.us-east-1.s3", IPAddressType: endpoint.Dualstack}, nil},
		{"F7.011 an address type without a name", endpoint.Gateway{ID: "vpce", Service: "com.amazonaws.us-east-1.s3", IPAddressType: 9}, []mistake{{"IPAddressType", fault.ErrInvalid}}},
		{"every mistake at once", endpoint.Gateway{State: 99}, []mistake{{"ID", fault.ErrInvalid}, {"Service", fault.ErrInvalid}, {"State", fault.ErrInvalid}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { holds(t, tt.g.Validate(), tt.want) })
	}
	holds(t, (*endpoint.Gateway)(nil).Validate(), []mistake{{"ID", fault.ErrInvalid}, {"Service", fault.ErrInvalid}})
}

func TestInterfaceValidate(t *testing.T) {
	const sqs, own = "com.amazonaws.us-east-1.sqs", "com.amazonaws.vpce.us-east-1.vpce-svc-0123"
	tests := []struct {
		name string
		i    endpoint.Interface
		want []mistake
	}{
		{"F7.101 an interface in each subnet", endpoint.Interface{ID: "vpce", Service: sqs, Subnets: []string{"a", "b"}, Interfaces: []string{"x", "y"}}, nil},
		{"F7.101 interfaces that are still to be made", endpoint.Interface{ID: "vpce", Service: sqs, Subnets: []string{"a", "b"}}, nil},
		{"F7.101 more interfaces than subnets", endpoint.Interface{ID: "vpce", Service: sqs, Subnets: []string{"a"}, Interfaces: []string{"x", "y"}}, []mistake{{"Interfaces", fault.ErrInvalid}}},
		{"F7.101 a subnet twice", endpoint.Interface{ID: "vpce", Service: sqs, Subnets: []string{"a", "a"}}, []mistake{{"Subnets[1]", fault.ErrDuplicate}}},
		{"F7.103 no groups", endpoint.Interface{ID: "vpce", Service: sqs}, nil},
		{"F7.103 a group twice", endpoint.Interface{ID: "vpce", Service: sqs, Groups: []string{"g", "g"}}, []mistake{{"Groups[1]", fault.ErrDuplicate}}},
		{"an interface twice", endpoint.Interface{ID: "vpce", Service: sqs, Subnets: []string{"a", "b"}, Interfaces: []string{"x", "x"}}, []mistake{{"Interfaces[1]", fault.ErrDuplicate}}},
		{"S3 has interface endpoints too", endpoint.Interface{ID: "vpce", Service: "com.amazonaws.us-east-1.s3"}, nil},
		{"a service of one's own", endpoint.Interface{ID: "vpce", Service: "com.amazonaws.vpce.us-east-1.vpce-svc-0123"}, nil},
		{"a service that starts with aws", endpoint.Interface{ID: "vpce", Service: "aws.sagemaker.us-west-2.notebook"}, nil},
		{"F7.001 S3 Express has gateway endpoints only", endpoint.Interface{ID: "vpce", Service: "com.amazonaws.us-east-1.s3express"}, []mistake{{"Service", fault.ErrInvalid}}},
		{"F7.007 a policy may name somebody", endpoint.Interface{ID: "vpce", Service: sqs, Policy: policy(`{"AWS": "123456789012"}`, `"*"`)}, nil},
		{"F7.007 a policy without statements", endpoint.Interface{ID: "vpce", Service: sqs, Policy: "{}"}, []mistake{{"Policy.Statement", fault.ErrInvalid}}},
		{"F7.113 a service of one's own takes no policy", endpoint.Interface{ID: "vpce", Service: own, Policy: policy(`"*"`, `"sqs:*"`)}, []mistake{{"Policy", fault.ErrInvalid}}},
		{"F7.113 but AWS shows one that allows all", endpoint.Interface{ID: "vpce", Service: own, Policy: policy(`"*"`, `"*"`)}, nil},
		{"F7.113 two statements do not", endpoint.Interface{ID: "vpce", Service: own, Policy: `{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}, {"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*"}]}`}, []mistake{{"Policy", fault.ErrInvalid}}},
		{"F7.116 S3, for on-premises alone", endpoint.Interface{ID: "vpce", Service: "com.amazonaws.us-east-1.s3", PrivateDNS: true, PrivateDNSInboundOnly: true}, nil},
		{"F7.116 without private DNS", endpoint.Interface{ID: "vpce", Service: "com.amazonaws.us-east-1.s3", PrivateDNSInboundOnly: true}, []mistake{{"PrivateDNSInboundOnly", fault.ErrInvalid}}},
		{"F7.116 of a service without gateway endpoints", endpoint.Interface{ID: "vpce", Service: sqs, PrivateDNS: true, PrivateDNSInboundOnly: true}, []mistake{{"PrivateDNSInboundOnly", fault.ErrInvalid}}},
		{"F7.112 dual-stack", endpoint.Interface{ID: "vpce", Service: sqs, IPAddressType: endpoint.Dualstack}, nil},
		{"F7.112 an address type without a name", endpoint.Interface{ID: "vpce", Service: sqs, IPAddressType: 9}, []mistake{{"IPAddressType", fault.ErrInvalid}}},
		{"every mistake at once", endpoint.Interface{State: 99}, []mistake{{"ID", fault.ErrInvalid}, {"Service", fault.ErrInvalid}, {"State", fault.ErrInvalid}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { holds(t, tt.i.Validate(), tt.want) })
	}
	holds(t, (*endpoint.Interface)(nil).Validate(), []mistake{{"ID", fault.ErrInvalid}, {"Service", fault.ErrInvalid}})
}

// policy allows somebody an action.
func policy(principal, action string) string {
	return fmt.Sprintf(`{"Statement": [{"Effect": "Allow", "Principal": %s, "Action": %s, "Resource": "*"}]}`, principal, action)
}

// ofLength is a policy of so many characters: white space counts.
func ofLength(n int) string {
	text := policy(`"*"`, `"*"`)
	return text + strings.Repeat(" ", n-len(text))
}

func TestGatewayLoadBalancerValidate(t *testing.T) {
	const service = "com.amazonaws.vpce.us-east-1.vpce-svc-0123"
	tests := []struct {
		name string
		g    endpoint.GatewayLoadBalancer
		want []mistake
	}{
		{"F7.206 in one subnet", endpoint.GatewayLoadBalancer{ID: "vpce", VPC: "vpc", Service: service, Subnet: "s"}, nil},
		{"F7.206 in none", endpoint.GatewayLoadBalancer{ID: "vpce", VPC: "vpc", Service: service}, []mistake{{"Subnet", fault.ErrInvalid}}},
		{"F7.205 AWS's own services have other endpoints", endpoint.GatewayLoadBalancer{ID: "vpce", Service: "com.amazonaws.us-east-1.sqs", Subnet: "s"}, []mistake{{"Service", fault.ErrInvalid}}},
		{"every mistake at once", endpoint.GatewayLoadBalancer{State: 99}, []mistake{{"ID", fault.ErrInvalid}, {"Service", fault.ErrInvalid}, {"Subnet", fault.ErrInvalid}, {"State", fault.ErrInvalid}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { holds(t, tt.g.Validate(), tt.want) })
	}
	holds(t, (*endpoint.GatewayLoadBalancer)(nil).Validate(), []mistake{{"ID", fault.ErrInvalid}, {"Service", fault.ErrInvalid}, {"Subnet", fault.ErrInvalid}})
}
