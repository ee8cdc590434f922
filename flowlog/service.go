package flowlog

// Service is the name of a part of AWS's public address ranges, as the ranges are published: where the
// packet's address is in one, a record names it. "" shows "-", as for every private address (F1.735). Any
// word is read and written.
type Service string

// The services that AWS's page lists (F1.155).
const (
	ServiceAmazon                        Service = "AMAZON"
	ServiceAmazonAppFlow                 Service = "AMAZON_APPFLOW"
	ServiceAmazonConnect                 Service = "AMAZON_CONNECT"
	ServiceAPIGateway                    Service = "API_GATEWAY"
	ServiceAuroraDSQL                    Service = "AURORA_DSQL"
	ServiceChimeMeetings                 Service = "CHIME_MEETINGS"
	ServiceChimeVoiceConnector           Service = "CHIME_VOICECONNECTOR"
	ServiceCloud9                        Service = "CLOUD9"
	ServiceCloudFront                    Service = "CLOUDFRONT"
	ServiceCloudFrontOriginFacing        Service = "CLOUDFRONT_ORIGIN_FACING"
	ServiceCodeBuild                     Service = "CODEBUILD"
	ServiceDynamoDB                      Service = "DYNAMODB"
	ServiceEBS                           Service = "EBS"
	ServiceEC2                           Service = "EC2"
	ServiceEC2InstanceConnect            Service = "EC2_INSTANCE_CONNECT"
	ServiceGlobalAccelerator             Service = "GLOBALACCELERATOR"
	ServiceIVSLowLatency                 Service = "IVS_LOW_LATENCY"
	ServiceIVSRealtime                   Service = "IVS_REALTIME"
	ServiceKinesisVideoStreams           Service = "KINESIS_VIDEO_STREAMS"
	ServiceMediaPackageV2                Service = "MEDIA_PACKAGE_V2"
	ServiceRoute53                       Service = "ROUTE53"
	ServiceRoute53HealthChecks           Service = "ROUTE53_HEALTHCHECKS"
	ServiceRoute53HealthChecksPublishing Service = "ROUTE53_HEALTHCHECKS_PUBLISHING"
	ServiceRoute53Resolver               Service = "ROUTE53_RESOLVER"
	ServiceS3                            Service = "S3"
	ServiceWorkSpacesGateways            Service = "WORKSPACES_GATEWAYS"
)
