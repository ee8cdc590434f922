package endpoint_test

import (
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
		{"the policy is not read", endpoint.Gateway{ID: "vpce", Service: "com.amazonaws.us-east-1.s3", Policy: "{"}, nil},
		{"every mistake at once", endpoint.Gateway{State: 99}, []mistake{{"ID", fault.ErrInvalid}, {"Service", fault.ErrInvalid}, {"State", fault.ErrInvalid}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { holds(t, tt.g.Validate(), tt.want) })
	}
	holds(t, (*endpoint.Gateway)(nil).Validate(), []mistake{{"ID", fault.ErrInvalid}, {"Service", fault.ErrInvalid}})
}

func TestInterfaceValidate(t *testing.T) {
	const sqs = "com.amazonaws.us-east-1.sqs"
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
		{"every mistake at once", endpoint.Interface{State: 99}, []mistake{{"ID", fault.ErrInvalid}, {"Service", fault.ErrInvalid}, {"State", fault.ErrInvalid}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { holds(t, tt.i.Validate(), tt.want) })
	}
	holds(t, (*endpoint.Interface)(nil).Validate(), []mistake{{"ID", fault.ErrInvalid}, {"Service", fault.ErrInvalid}})
}
