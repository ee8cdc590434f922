package endpoint_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/packetwalk/packetwalk/endpoint"
)

// The pages are of the PrivateLink guide: PL/gateway-endpoints, PL/aws-services-privatelink-support,
// PL/aws-services-cross-region-privatelink-support, PL/vpc-endpoints-access, and DDB/privatelink-streams.
func TestOffers(t *testing.T) {
	type offer = endpoint.Offer
	tests := []struct {
		name, service string
		want          offer
	}{
		{"F7.001 S3 has both, and lets other Regions in (F7.210)", "com.amazonaws.us-east-1.s3", offer{Gateway: true, Interface: true, Policy: true, PrivateDNS: true, CrossRegion: true}},
		{"F7.001 DynamoDB has both", "com.amazonaws.us-east-1.dynamodb", offer{Gateway: true, Interface: true, Policy: true}},
		{"F7.001 S3 Express has gateway endpoints", "com.amazonaws.us-east-1.s3express", offer{Gateway: true, Policy: true}},
		{"F7.001 SQS has none", "com.amazonaws.us-east-1.sqs", offer{Interface: true, Policy: true, PrivateDNS: true}},
		{"item 103 all services but S3 and DynamoDB have interface endpoints", "com.amazonaws.us-east-1.ssm", offer{Interface: true, Policy: true, PrivateDNS: true}},
		{"F7.001 the streams of DynamoDB have none, nor private DNS (F7.108)", "com.amazonaws.us-east-1.dynamodb-streams", offer{Interface: true, Policy: true}},
		{"F7.113 no policy", "com.amazonaws.us-east-1.appmesh-envoy-management", offer{Interface: true, PrivateDNS: true}},
		{"F7.113 somebody's own service has no policy", "com.amazonaws.vpce.us-east-1.vpce-svc-0123", offer{Interface: true, PrivateDNS: true}},
		{"F7.210 ECR lets other Regions in", "com.amazonaws.us-east-1.ecr.dkr", offer{Interface: true, Policy: true, PrivateDNS: true, CrossRegion: true}},
		{"F7.210 KMS lets other Regions in", "com.amazonaws.us-east-1.kms", offer{Interface: true, Policy: true, PrivateDNS: true, CrossRegion: true}},
		{"F7.210 ECS lets other Regions in", "com.amazonaws.us-east-1.ecs", offer{Interface: true, Policy: true, PrivateDNS: true, CrossRegion: true}},
		{"F7.210 Lambda lets other Regions in", "com.amazonaws.us-east-1.lambda", offer{Interface: true, Policy: true, PrivateDNS: true, CrossRegion: true}},
		{"F7.210 Data Firehose lets other Regions in", "com.amazonaws.us-east-1.kinesis-firehose", offer{Interface: true, Policy: true, PrivateDNS: true, CrossRegion: true}},
		{"F7.210 Apache Flink lets other Regions in", "com.amazonaws.us-east-1.kinesisanalytics", offer{Interface: true, Policy: true, PrivateDNS: true, CrossRegion: true}},
		{"F7.210 IAM lets other Regions in", "com.amazonaws.iam", offer{Interface: true, Policy: true, PrivateDNS: true, CrossRegion: true}},
		{"F7.210 Route 53 lets other Regions in", "com.amazonaws.route53", offer{Interface: true, Policy: true, PrivateDNS: true, CrossRegion: true}},
		{"China", "cn.com.amazonaws.cn-north-1.sqs", offer{Interface: true, Policy: true, PrivateDNS: true}},
		{"one that is not listed", "com.amazonaws.us-east-1.new", offer{Interface: true, Policy: true, PrivateDNS: true}},
		{"of another form", "aws.sagemaker.us-west-2.notebook", offer{Interface: true, Policy: true, PrivateDNS: true}},
		{"of another form (PL/aws-services-privatelink-support)", "api.aws.us-east-1.cassandra-streams", offer{Interface: true, Policy: true, PrivateDNS: true}},
		{"somebody else's name", "org.example.us-east-1.s3", offer{}},
		{"a short name", "sqs", offer{}},
		{"a host", "sqs.us-east-1.amazonaws.com", offer{}},
		{"nothing", "", offer{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, ok := endpoint.Offers(tt.service)
			assert.Equal(t, tt.want, got)
			assert.Equal(t, tt.want != offer{}, ok)
		})
	}
}

func TestIsOffered(t *testing.T) {
	for service, want := range map[string]bool{
		"com.amazonaws.vpce.us-east-1.vpce-svc-0123":    true,
		"cn.com.amazonaws.vpce.cn-north-1.vpce-svc-012": true,
		"com.amazonaws.us-east-1.sqs":                   false,
		"com.amazonaws.s3-global.accesspoint":           false,
		"":                                              false,
	} {
		assert.Equal(t, want, endpoint.IsOffered(service), "F7.201 %q", service)
	}
}
