package endpoint_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/internal/fault"
)

// The names are those of the rules for general purpose buckets,
// AmazonS3/latest/userguide/bucketnamingrules.html, and of its examples.
func TestBucketNames(t *testing.T) {
	for _, tt := range []struct {
		name string
		good bool
	}{
		{"amzn-s3-demo-bucket1-a1b2c3d4-5678-90ab-cdef-example11111", true},
		{"example.com", true},
		{"www.example.com", true},
		{"my.example.s3.bucket", true},
		{"abc", true},
		{strings.Repeat("a", 63), true},

		{"", false},
		{"ab", false},
		{strings.Repeat("a", 64), false},
		{"amzn_s3_demo_bucket", false},
		{"AmznS3DemoBucket", false},
		{"amzn-s3-demo-bucket-", false},
		{"-bucket", false},
		{"example..com", false},
		{"192.168.5.4", false},
		{"xn--bucket", false},
		{"sthree-bucket", false},
		{"bucket-s3alias", false},
		{"bucket--ol-s3", false},
		{"bucket.mrap", false},
		{"bucket--x-s3", false},
		{"bucket--table-s3", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			faults := fault.Of((&endpoint.Bucket{Name: tt.name}).Validate())
			if tt.good {
				assert.Empty(t, faults)
				return
			}
			require.Len(t, faults, 1)
			assert.Equal(t, "Name", faults[0].Field)
		})
	}
}

// All mistakes come at once, those of the policy among them (F7.008): it names nobody, and another bucket.
func TestBucketValidate(t *testing.T) {
	good := endpoint.Bucket{
		Name: "logs", Account: "123456789012", Region: "eu-west-1",
		Policy: `{"Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::logs/*"}}`,
	}
	assert.NoError(t, good.Validate())

	bad := endpoint.Bucket{
		Name: "L", Account: "me", Region: "Ireland",
		Policy: `{"Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::logs/*"}}`,
	}
	var fields []string
	for _, f := range fault.Of(bad.Validate()) {
		fields = append(fields, f.Field)
	}
	assert.Equal(t, []string{"Name", "Account", "Region", "Policy.Statement[0].Principal", "Policy.Statement[0].Resource"}, fields)
	assert.Equal(t, (&endpoint.Bucket{}).Validate(), (*endpoint.Bucket)(nil).Validate())
}
