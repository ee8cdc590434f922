package endpoint_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/endpoint"
)

// The names are those that AWS documents or that its tools print: "SDK" is the host to which AWS's own client
// goes (botocore 1.43.11, without and with use_dualstack_endpoint), "describe" is a PrivateDnsName that
// describe-vpc-endpoint-services or describe-vpc-endpoints printed for an account, else the page is named.
func TestPublicNames(t *testing.T) {
	tests := []struct {
		name, service string
		want          []string
	}{
		{"SDK", "com.amazonaws.eu-west-1.sqs", []string{"sqs.eu-west-1.amazonaws.com", "sqs.eu-west-1.api.aws"}},
		{"SDK", "com.amazonaws.eu-west-1.kms", []string{"kms.eu-west-1.amazonaws.com", "kms.eu-west-1.api.aws"}},
		{"SDK", "com.amazonaws.eu-west-1.ecr.api", []string{"api.ecr.eu-west-1.amazonaws.com", "ecr.eu-west-1.api.aws"}},
		{"describe", "com.amazonaws.us-west-2.ecr.dkr", []string{"*.dkr.ecr.us-west-2.amazonaws.com", "*.dkr-ecr.us-west-2.on.aws"}},
		{"SDK", "com.amazonaws.eu-west-1.dynamodb", []string{"dynamodb.eu-west-1.amazonaws.com", "dynamodb.eu-west-1.api.aws"}},
		{"SDK", "com.amazonaws.eu-west-1.kinesis-streams", []string{"kinesis.eu-west-1.amazonaws.com", "kinesis.eu-west-1.api.aws"}},
		{"SDK", "com.amazonaws.eu-west-1.kinesis-firehose", []string{"firehose.eu-west-1.amazonaws.com", "firehose.eu-west-1.api.aws"}},
		{"SDK", "com.amazonaws.eu-west-1.sagemaker.api", []string{"api.sagemaker.eu-west-1.amazonaws.com", "api.sagemaker.eu-west-1.api.aws"}},
		{"SDK", "com.amazonaws.eu-west-1.eks-auth", []string{"eks-auth.eu-west-1.api.aws"}},
		{"SDK", "com.amazonaws.eu-west-1.states", []string{"states.eu-west-1.amazonaws.com", "states.eu-west-1.api.aws"}},
		{"describe", "com.amazonaws.ap-southeast-1.ecs-agent", []string{"ecs-a.ap-southeast-1.amazonaws.com"}},
		{"F7.107 PL/aws-services-privatelink-support prints both of CloudWatch", "com.amazonaws.us-east-1.monitoring",
			[]string{"monitoring.us-east-1.amazonaws.com", "monitoring.us-east-1.api.aws"}},
		{"SDK", "cn.com.amazonaws.cn-north-1.sqs", []string{"sqs.cn-north-1.amazonaws.com.cn", "sqs.cn-north-1.api.amazonwebservices.com.cn"}},
		{"SDK", "com.amazonaws.cn-north-1.kms", []string{"kms.cn-north-1.amazonaws.com.cn", "kms.cn-north-1.api.amazonwebservices.com.cn"}},
		{"SDK", "com.amazonaws.iam", []string{"iam.amazonaws.com", "iam.global.api.aws"}},
		{"one that is not listed", "com.amazonaws.eu-west-1.new", []string{"new.eu-west-1.amazonaws.com"}},
		{"one that is not listed, of which no name can be made", "com.amazonaws.eu-west-1.new.api", nil},
		{"not of the usual form", "aws.sagemaker.eu-west-1.notebook", nil},
		{"somebody's own", "com.amazonaws.vpce.eu-west-1.vpce-svc-0123", nil},
		{"no name", "sqs", nil},
		{"no service in it", "com.amazonaws.eu-west-1", nil},
		{"no name", "", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name+" "+tt.service, func(t *testing.T) {
			assert.Equal(t, tt.want, endpoint.PublicNames(tt.service))
		})
	}
}

func TestPrivateNames(t *testing.T) {
	tests := []struct {
		name, service string
		want          []string
	}{
		{"F7.108 the usual and the dual-stack name (PL/aws-services-privatelink-support)", "com.amazonaws.us-east-1.monitoring",
			[]string{"monitoring.us-east-1.amazonaws.com", "monitoring.us-east-1.api.aws"}},
		{"F7.108 of STS not the one from before Regions", "com.amazonaws.us-east-1.sts",
			[]string{"sts.us-east-1.amazonaws.com", "sts.us-east-1.api.aws"}},
		{"F7.108 of S3 those of buckets, access points and control", "com.amazonaws.us-east-1.s3", []string{
			"s3.us-east-1.amazonaws.com", "*.s3.us-east-1.amazonaws.com", "*.s3-accesspoint.us-east-1.amazonaws.com",
			"*.s3-control.us-east-1.amazonaws.com",
		}},
		{"F7.108 DynamoDB has none (DDB/privatelink-interface-endpoints)", "com.amazonaws.us-east-1.dynamodb", nil},
		{"F7.108 S3 Express has no interface endpoints", "com.amazonaws.us-east-1.s3express", nil},
		{"somebody's own", "com.amazonaws.vpce.eu-west-1.vpce-svc-0123", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { assert.Equal(t, tt.want, endpoint.PrivateNames(tt.service)) })
	}
}

func TestServiceNamed(t *testing.T) {
	tests := []struct {
		name, host string
		want       string
	}{
		{"as it is", "sqs.us-east-1.amazonaws.com", "com.amazonaws.us-east-1.sqs"},
		{"capitals and a last dot", "SQS.us-east-1.AmazonAWS.com.", "com.amazonaws.us-east-1.sqs"},
		{"dual-stack", "sqs.us-east-1.api.aws", "com.amazonaws.us-east-1.sqs"},
		{"a bucket", "photos.s3.eu-west-1.amazonaws.com", "com.amazonaws.eu-west-1.s3"},
		{"a bucket with dots", "my.own.photos.s3.eu-west-1.amazonaws.com", "com.amazonaws.eu-west-1.s3"},
		{"a bucket named like a Region", "us-east-1.s3.eu-west-1.amazonaws.com", "com.amazonaws.eu-west-1.s3"},
		{"S3 by dual stack", "photos.s3.dualstack.eu-west-1.amazonaws.com", "com.amazonaws.eu-west-1.s3"},
		{"S3 from before Regions", "s3.amazonaws.com", "com.amazonaws.us-east-1.s3"},
		{"a bucket from before Regions", "photos.s3.amazonaws.com", "com.amazonaws.us-east-1.s3"},
		{"a bucket from before Regions, named like one", "eu-west-1.s3.amazonaws.com", "com.amazonaws.us-east-1.s3"},
		{"item 94 the Region is in the name", "s3.us-west-2.amazonaws.com", "com.amazonaws.us-west-2.s3"},
		{"a zone of S3 Express", "b--use1-az5--x-s3.s3express-use1-az5.us-east-1.amazonaws.com", "com.amazonaws.us-east-1.s3express"},
		{"a registry of ECR", "123456789012.dkr.ecr.eu-west-1.amazonaws.com", "com.amazonaws.eu-west-1.ecr.dkr"},
		{"an API of API Gateway", "a1b2c3.execute-api.eu-west-1.amazonaws.com", "com.amazonaws.eu-west-1.execute-api"},
		{"China", "sqs.cn-north-1.amazonaws.com.cn", "cn.com.amazonaws.cn-north-1.sqs"},
		{"China, S3", "s3.cn-north-1.amazonaws.com.cn", "com.amazonaws.cn-north-1.s3"},
		{"no Region", "iam.amazonaws.com", "com.amazonaws.iam"},
		{"one that is not listed", "new.eu-west-1.amazonaws.com", "com.amazonaws.eu-west-1.new"},

		{"nothing before a service's name", "queue.sqs.us-east-1.amazonaws.com", ""},
		{"a short name is no host", "kinesis-streams.eu-west-1.amazonaws.com", ""},
		{"a short name of two labels is none either", "ecr.dkr.eu-west-1.amazonaws.com", ""},
		{"an instance", "ec2-203-0-113-25.eu-west-1.compute.amazonaws.com", ""},
		{"an instance in us-east-1", "ec2-203-0-113-25.compute-1.amazonaws.com", ""},
		{"F7.107 an endpoint", "vpce-1.sqs.us-east-1.vpce.amazonaws.com", ""},
		{"the domain", "amazonaws.com", ""},
		{"the domain of a Region", "us-east-1.amazonaws.com", ""},
		{"the end of somebody's name", "sqs.us-east-1.amazonaws.com.example.org", ""},
		{"the domain of China elsewhere", "sqs.us-east-1.amazonaws.com.cn", ""},
		{"the domain of elsewhere in China", "sqs.cn-north-1.amazonaws.com", ""},
		{"somebody's", "github.com", ""},
		{"no label", "sqs..amazonaws.com", ""},
		{"", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, ok := endpoint.ServiceNamed(tt.host)
			assert.Equal(t, tt.want, got)
			assert.Equal(t, tt.want != "", ok)
		})
	}
}

// The names are given by PL/privatelink-access-aws-services, that of ECR as BaseEndpointDnsNames of
// describe-vpc-endpoint-services, that of S3 by S3/privatelink-interface-endpoints, that of somebody's own
// service by PL/privatelink-share-your-services.
func TestEndpointNames(t *testing.T) {
	tests := []struct {
		name, service, regional, zonal string
	}{
		{"F7.107 SQS", "com.amazonaws.us-east-1.sqs", "vpce-1.sqs.us-east-1.vpce.amazonaws.com", "vpce-1-z.sqs.us-east-1.vpce.amazonaws.com"},
		{"F7.107 ECR", "com.amazonaws.us-west-2.ecr.api", "vpce-1.api.ecr.us-west-2.vpce.amazonaws.com", "vpce-1-z.api.ecr.us-west-2.vpce.amazonaws.com"},
		{"F7.107 ECR's images", "com.amazonaws.us-west-2.ecr.dkr", "vpce-1.dkr.ecr.us-west-2.vpce.amazonaws.com", "vpce-1-z.dkr.ecr.us-west-2.vpce.amazonaws.com"},
		{"F7.107 S3", "com.amazonaws.us-east-1.s3", "*.vpce-1.s3.us-east-1.vpce.amazonaws.com", "*.vpce-1-z.s3.us-east-1.vpce.amazonaws.com"},
		{"F7.107 China", "cn.com.amazonaws.cn-north-1.ec2", "vpce-1.ec2.cn-north-1.vpce.amazonaws.com.cn", "vpce-1-z.ec2.cn-north-1.vpce.amazonaws.com.cn"},
		{"F7.107 somebody's own", "com.amazonaws.vpce.us-east-2.vpce-svc-071afff70666e61e0", "vpce-1.vpce-svc-071afff70666e61e0.us-east-2.vpce.amazonaws.com", "vpce-1-z.vpce-svc-071afff70666e61e0.us-east-2.vpce.amazonaws.com"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			regional, zonal := endpoint.EndpointNames("vpce-1", tt.service, []string{"z"})
			assert.Equal(t, tt.regional, regional)
			assert.Equal(t, []string{tt.zonal}, zonal)
			_, ok := endpoint.ServiceNamed(regional)
			assert.False(t, ok, "the name of an endpoint is none of the service")
		})
	}
	regional, zonal := endpoint.EndpointNames("vpce-1", "com.amazonaws.iam", []string{"z"})
	assert.Empty(t, regional)
	assert.Empty(t, zonal)
}

func TestIsDualstack(t *testing.T) {
	for host, want := range map[string]bool{
		"sqs.eu-west-1.amazonaws.com": false, "s3.eu-west-1.amazonaws.com": false, "sqs.eu-west-1.api.aws": true,
		"photos.s3.dualstack.eu-west-1.amazonaws.com": true, "s3.dualstack.eu-west-1.amazonaws.com.": true,
		"1.dkr-ecr.eu-west-1.on.aws": true, "SQS.cn-north-1.api.amazonwebservices.com.cn": true, "": false,
	} {
		assert.Equal(t, want, endpoint.IsDualstack(host), host)
	}
}

// Whatever the host: no panic, and a service that is found is called by names that lead back to it.
func FuzzServiceNamed(f *testing.F) {
	for _, seed := range []string{"", "sqs.us-east-1.amazonaws.com", "a.s3.amazonaws.com", ".", "s3express-.us-east-1", "*.s3.cn-north-1.amazonaws.com.cn", "a-b-1", "\xff.eu-west-1.amazonaws.com"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, host string) {
		service, ok := endpoint.ServiceNamed(host)
		if !ok {
			assert.Empty(t, service)
			return
		}
		offer, known := endpoint.Offers(service)
		assert.True(t, known && (offer.Gateway || offer.Interface), service)
		names := endpoint.PublicNames(service)
		require.NotEmpty(t, names, "%q of %q", service, host)
		for _, name := range names {
			back, _ := endpoint.ServiceNamed(strings.Replace(name, "*", "a", 1))
			assert.Equal(t, service, back, name)
		}
	})
}
