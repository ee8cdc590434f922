package ec2json_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/endpoint"
)

// policyOf is an output of get-bucket-policy that allows all on the resources.
func policyOf(resources string) (document, output string) {
	document = `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": ` + resources + `}]}`
	text, _ := json.Marshal(map[string]string{"Policy": document})
	return document, string(text)
}

// TestBuckets: F7.008, buckets and their policies.
func TestBuckets(t *testing.T) {
	const list = `{"Buckets": [{"Name": "amzn-s3-demo-bucket", "CreationDate": "2026-01-01T00:00:00+00:00", "BucketRegion": "eu-west-1"}], "Owner": {"DisplayName": "x", "ID": "0a1b"}}`
	one, oneOutput := policyOf(`"arn:aws:s3:::amzn-s3-demo-bucket/*"`)
	_, twoOutput := policyOf(`["arn:aws:s3:::amzn-s3-demo-bucket", "arn:aws:s3:::amzn-s3-demo-logs/*"]`)
	_, queuePolicy := policyOf(`"arn:aws:sqs:::amzn-s3-demo-bucket"`)
	all, allOutput := policyOf(`"*"`)
	bucket := endpoint.Bucket{Name: "amzn-s3-demo-bucket", Account: "111122223333", Region: "eu-west-1"}
	with := func(policy string) []endpoint.Bucket {
		b := bucket
		b.Policy = policy
		return []endpoint.Bucket{b}
	}
	nowhere := func(policy string) []endpoint.Bucket {
		b := bucket
		b.Policy, b.Region = policy, ""
		return []endpoint.Bucket{b}
	}
	tests := []struct {
		name    string
		files   []string
		want    []endpoint.Bucket
		warning string // in all of them; "" for none
	}{
		{"F7.008 a policy names its bucket", []string{"b.json", list, "p.json", oneOutput}, with(one), ""},
		{"a bucket without a policy", []string{"b.json", list}, with(""), ""},
		{"a policy names none, and the file does", []string{"b.json", list, "policy-amzn-s3-demo-bucket.json", allOutput}, with(all), ""},
		{"a policy names two", []string{"b.json", list, "p.json", twoOutput}, with(""), `p.json: Policy: Resource "amzn-s3-demo-bucket amzn-s3-demo-logs": dangling: left out: the policy names 2 buckets`},
		{"a policy names none", []string{"b.json", list, "p.json", allOutput}, with(""), `p.json: Policy: Resource: dangling: left out: the policy names 0 buckets`},
		{"a policy of another service's", []string{"b.json", list, "p.json", queuePolicy}, with(""), `p.json: Policy: Resource: dangling: left out: the policy names 0 buckets`},
		{"a bucket that nobody lists", []string{"p.json", oneOutput}, nowhere(one), `p.json: Policy amzn-s3-demo-bucket: BucketRegion: assumed: taken as in us-east-1`},
		{"an older list, without Regions", []string{"b.json", `{"Buckets": [{"Name": "amzn-s3-demo-bucket"}]}`}, nowhere(""), `BucketRegion: assumed`},
		{"a policy twice", []string{"b.json", list, "p.json", oneOutput, "q.json", oneOutput}, with(one), ""},
		{"two policies of one", []string{"b.json", list, "p.json", oneOutput, "q-amzn-s3-demo-bucket.json", allOutput}, with(one), `q-amzn-s3-demo-bucket.json: Policy: Resource "amzn-s3-demo-bucket": conflict`},
		{"a policy that is an object, as IAM has them", []string{"b.json", list, "p.json", `{"Policy": {"PolicyName": "x"}}`}, with(""), `Policy (object): unsupported`},
		{"a name that S3 does not take", []string{"b.json", `{"Buckets": [{"Name": "A_B", "BucketRegion": "eu-west-1"}]}`}, nil, `Buckets A_B: Name "A_B": unsupported: the bucket is left out`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			cfg, warnings, err := ec2jsonLoad(append(test.files, "vpcs.json", twoVPCs)...)
			require.NoError(t, err)
			same(t, test.want, cfg.Buckets)
			if test.warning == "" {
				assert.Empty(t, warnings)
			}
			assert.Contains(t, fmt.Sprint(warnings), test.warning)
			_, err = cfg.Build()
			assert.NoError(t, err)
		})
	}
}

// TestUnreadPolicy: what can't be read is neither an allow nor a deny.
func TestUnreadPolicy(t *testing.T) {
	_, output := policyOf(`"arn:aws:s3:::amzn-s3-demo-bucket/*", "Condition": {"StringResembles": {"aws:SourceVpc": "vpc-1"}}`)
	cfg, warnings, err := ec2jsonLoad("b.json", `{"Buckets": [{"Name": "amzn-s3-demo-bucket", "BucketRegion": "eu-west-1"}]}`, "p.json", output)
	require.NoError(t, err)
	require.Len(t, warnings, 1)
	assert.Contains(t, warnings[0].String(), "StringResembles")
	policy, err := cfg.Buckets[0].ParsePolicy()
	require.NoError(t, err)
	r := endpoint.Request{Principal: "arn:aws:iam::111122223333:user/ana", Action: "s3:GetObject", Resource: "arn:aws:s3:::amzn-s3-demo-bucket/a"}
	assert.Equal(t, endpoint.CannotTell, policy.Evaluate(r).Effect)
	assert.Equal(t, endpoint.CannotTell, policy.Denies(r).Effect, "F7.008 where only denies count")
}

// TestIPRanges: F7.001, AWS's public ranges in place of those that are built in.
func TestIPRanges(t *testing.T) {
	const good = `{"syncToken": "1700000000", "createDate": "2023-11-14-22-13-20",
		"prefixes": [{"ip_prefix": "52.216.0.0/15", "region": "us-east-1", "service": "S3", "network_border_group": "us-east-1"}],
		"ipv6_prefixes": [{"ipv6_prefix": "2600:1f18::/33", "region": "us-east-1", "service": "AMAZON", "network_border_group": "us-east-1"}]}`
	v4 := endpoint.IPRange{Prefix: prefix("52.216.0.0/15"), Region: "us-east-1", Service: "S3"}
	v6 := endpoint.IPRange{Prefix: prefix("2600:1f18::/33"), Region: "us-east-1", Service: "AMAZON"}
	tests := []struct {
		name    string
		files   []string
		want    []endpoint.IPRange
		warning string
	}{
		{"the file as AWS publishes it", []string{"ip-ranges.json", good}, []endpoint.IPRange{v4, v6}, ""},
		{"the file twice", []string{"a.json", good, "b.json", good}, []endpoint.IPRange{v4, v6}, ""},
		{"another one", []string{"a.json", good, "b.json", `{"syncToken": "2", "prefixes": [{"ip_prefix": "3.5.0.0/19", "region": "us-east-1", "service": "S3"}]}`}, []endpoint.IPRange{v4, v6}, `b.json: prefixes: syncToken "2": conflict`},
		{"a line that is none", []string{"a.json", `{"prefixes": [{"ip_prefix": "52.216.0.0/15", "region": "us-east-1", "service": "S3"}, {"ip_prefix": "52.216.0.0/33", "region": "us-east-1", "service": "S3"}]}`}, []endpoint.IPRange{v4},
			`a.json: prefixes: prefixes[1] "{\"ip_prefix\":\"52.216.0.0/33\",\"region\":\"us-east-1\",\"service\":\"S3\"}": malformed: left out`},
		{"a line of another type", []string{"a.json", `{"prefixes": [5, {"ip_prefix": "52.216.0.0/15", "region": "us-east-1", "service": "S3"}], "ipv6_prefixes": {}}`}, []endpoint.IPRange{v4}, `ipv6_prefixes "object": malformed`},
		{"no lines", []string{"a.json", `{"prefixes": []}`}, nil, `prefixes: malformed`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			cfg, warnings, err := ec2jsonLoad(test.files...)
			require.NoError(t, err)
			same(t, test.want, cfg.IPRanges)
			if test.warning == "" {
				assert.Empty(t, warnings)
			}
			assert.Contains(t, fmt.Sprint(warnings), test.warning)
		})
	}
}
