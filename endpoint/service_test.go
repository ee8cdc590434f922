package endpoint_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/packetwalk/packetwalk/endpoint"
)

func TestServiceNames(t *testing.T) {
	tests := []struct{ service, region, short string }{
		{"com.amazonaws.us-east-1.s3", "us-east-1", "s3"},
		{"com.amazonaws.eu-central-1.dynamodb", "eu-central-1", "dynamodb"},
		{"com.amazonaws.ap-southeast-2.s3express", "ap-southeast-2", "s3express"},
		{"com.amazonaws.us-gov-west-1.sqs", "us-gov-west-1", "sqs"},
		{"com.amazonaws.us-east-1.ecr.api", "us-east-1", "ecr.api"},
		{"com.amazonaws.us-east-1.ecr.dkr", "us-east-1", "ecr.dkr"},
		{"com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0", "us-east-1", "vpce-svc-0123456789abcdef0"},
		{"cn.com.amazonaws.cn-north-1.sqs", "cn-north-1", "sqs"},
		{"aws.sagemaker.us-west-2.notebook", "us-west-2", "notebook"},
		{"com.amazonaws.s3-global.accesspoint", "", ""},
		{"com.amazonaws.vpce.vpce-svc-1", "", ""},
		{"com.amazonaws.us-east-1", "us-east-1", ""},
		{"s3", "", ""},
		{"", "", ""},
		{"...", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.service, func(t *testing.T) {
			assert.Equal(t, tt.region, endpoint.Region(tt.service))
			assert.Equal(t, tt.short, endpoint.Short(tt.service))
		})
	}
}

// Region and Short are parts of the name, in that order, whatever the name; Validate reads it without a
// panic.
func FuzzService(f *testing.F) {
	for _, seed := range []string{"", "com.amazonaws.us-east-1.s3", "com.amazonaws.vpce.us-east-1.vpce-svc-0", "a-b-1", "--1.-", "..", "\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, service string) {
		region, short := endpoint.Region(service), endpoint.Short(service)
		switch {
		case region == "":
			assert.Empty(t, short)
		case short != "":
			assert.True(t, strings.HasSuffix(service, region+"."+short), "%q and %q", region, short)
		default:
			assert.Contains(t, service, region)
		}
		_ = (&endpoint.Gateway{ID: "vpce", Service: service}).Validate()
		_ = (&endpoint.Interface{ID: "vpce", Service: service}).Validate()
	})
}
