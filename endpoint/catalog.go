package endpoint

import "cmp"

// listing is what the table below knows of one service. The zero fields are what most services have: a name
// in the Region that begins with the service's own, a dual-stack name of the same beginning, and interface
// endpoints with a policy.
type listing struct {
	short string // "sqs", "ecr.api"
	// host is how its names begin: "api.ecr" for api.ecr.us-east-1.amazonaws.com; empty: as short. It may
	// begin with "*.".
	host string
	// dual is the beginning of its dual-stack name, as for ecr.us-east-1.api.aws; empty: as host; "-": it has
	// none.
	dual string
	// usual is its usual name where that does not end as those of the others do, whole, with {region} for the
	// Region.
	usual string
	// more are further names of it, whole, with {region} for the Region.
	more []string
	// old are names from before Regions, which lead to us-east-1 and which private DNS leaves alone.
	old []string

	gateway     bool // it has gateway endpoints (F7.001)
	gatewayOnly bool // and no interface endpoints
	noPolicy    bool // its endpoints take no policy (F7.113)
	noPrivate   bool // its endpoints have no private DNS (F7.108)
	crossRegion bool // interface endpoints of other Regions may lead to it (F7.210)
	china       bool // its name in China begins with "cn.com.amazonaws"

	// full is the whole name of a service without a Region; more are then all the names that it is called by.
	full string
}

// catalog is the table. Its sources are AWS's page "AWS services that integrate with AWS PrivateLink" for the
// names of the services, the cross-Region list there, and the hosts to which AWS's SDKs go. Where the
// service's name in China is another one is as AWS CDK has it. It is never written to.
var catalog = []listing{
	{
		short: "s3", dual: "-", gateway: true, crossRegion: true,
		more: []string{
			"*.s3.{region}.amazonaws.com", "*.s3-accesspoint.{region}.amazonaws.com",
			"*.s3-control.{region}.amazonaws.com",
			"s3.dualstack.{region}.amazonaws.com", "*.s3.dualstack.{region}.amazonaws.com",
		},
		old: []string{"s3.amazonaws.com", "*.s3.amazonaws.com"},
	},
	{short: "s3express", host: "s3express-control", dual: "-", gateway: true, gatewayOnly: true},
	{short: "s3tables"},
	{short: "dynamodb", gateway: true, noPrivate: true},
	{short: "dynamodb-streams", host: "streams.dynamodb", noPrivate: true},

	{full: "com.amazonaws.iam", crossRegion: true, more: []string{"iam.amazonaws.com", "iam.global.api.aws"}},
	{full: "com.amazonaws.route53", crossRegion: true, more: []string{"route53.amazonaws.com"}},
	{full: "com.amazonaws.s3-global.accesspoint", more: []string{"*.accesspoint.s3-global.amazonaws.com"}},

	{short: "access-analyzer"},
	{short: "acm"},
	{short: "acm-pca"},
	{short: "apigateway"},
	{short: "appconfig"},
	{short: "appconfigdata"},
	{short: "application-autoscaling", china: true},
	{short: "appmesh"},
	{short: "appmesh-envoy-management", dual: "-", noPolicy: true, china: true},
	{short: "aps"},
	{short: "aps-workspaces"},
	{short: "athena", china: true},
	{short: "autoscaling", china: true},
	{short: "backup", china: true},
	{short: "batch", china: true},
	{short: "bedrock"},
	{short: "bedrock-agent"},
	{short: "bedrock-agent-runtime"},
	{short: "bedrock-runtime"},
	{short: "cassandra", china: true},
	{short: "cloudformation", china: true},
	{short: "cloudtrail"},
	{short: "codeartifact.api", host: "codeartifact"},
	{short: "codeartifact.repositories", host: "*.d.codeartifact", dual: "-"},
	{short: "codebuild"},
	{short: "codecommit"},
	{short: "codedeploy"},
	{short: "codedeploy-commands-secure", dual: "-", china: true},
	{short: "codepipeline"},
	{short: "comprehend"},
	{short: "config"},
	{short: "datasync"},
	{short: "dms", china: true},
	{short: "ds"},
	{short: "ebs", china: true},
	{short: "ec2", china: true},
	{short: "ec2messages", dual: "-"},
	{short: "ecr.api", host: "api.ecr", dual: "ecr", crossRegion: true, china: true},
	{
		short: "ecr.dkr", host: "*.dkr.ecr", dual: "-", crossRegion: true, china: true,
		more: []string{"*.dkr-ecr.{region}.on.aws"},
	},
	{short: "ecs", crossRegion: true},
	{short: "ecs-agent", host: "ecs-a", dual: "-"},
	{short: "ecs-telemetry", host: "ecs-t", dual: "-"},
	{short: "eks", china: true},
	{short: "eks-auth", usual: "eks-auth.{region}.api.aws", dual: "-"}, // has its dual-stack name only
	{short: "elasticache", china: true},
	{short: "elasticbeanstalk", china: true},
	{short: "elasticfilesystem", china: true},
	{short: "elasticloadbalancing"},
	{short: "elasticmapreduce"},
	{short: "email-smtp", dual: "-"},
	{short: "emr-containers", china: true},
	{short: "emr-serverless"},
	{short: "events"},
	{short: "execute-api", host: "*.execute-api", dual: "-", china: true},
	{short: "fsx", china: true},
	{short: "git-codecommit", dual: "-"},
	{short: "glue"},
	{short: "grafana"},
	{short: "guardduty"},
	{short: "guardduty-data", dual: "-"},
	{short: "imagebuilder", china: true},
	{short: "inspector2"},
	{short: "kafka"},
	{short: "kinesis-firehose", host: "firehose", crossRegion: true},
	{short: "kinesis-streams", host: "kinesis", china: true},
	{short: "kinesisanalytics", crossRegion: true},
	{short: "kms", crossRegion: true},
	{short: "lakeformation"},
	{short: "lambda", crossRegion: true, china: true},
	{short: "license-manager", china: true},
	{short: "logs"},
	{short: "monitoring", china: true},
	{short: "mq"},
	{short: "network-firewall"},
	{short: "organizations"},
	{short: "pipes"},
	{short: "ram"},
	{short: "rds", china: true},
	{short: "rds-data"},
	{short: "redshift", china: true},
	{short: "redshift-data", china: true},
	{short: "rekognition"},
	{short: "sagemaker.api", host: "api.sagemaker", china: true},
	{short: "sagemaker.featurestore-runtime", host: "featurestore-runtime.sagemaker", china: true},
	{short: "sagemaker.runtime", host: "runtime.sagemaker", china: true},
	{short: "scheduler"},
	{short: "secretsmanager"},
	{short: "securityhub", china: true},
	{short: "servicecatalog", china: true},
	{short: "servicediscovery"},
	{short: "servicequotas"},
	{short: "sns"},
	{short: "sqs", china: true},
	{short: "ssm"},
	{short: "ssmmessages", dual: "-"},
	{short: "states", china: true},
	{short: "storagegateway"},
	{short: "sts", china: true, old: []string{"sts.amazonaws.com"}},
	{short: "synthetics", china: true},
	{short: "tagging"},
	{short: "textract"},
	{short: "transfer", china: true},
	{short: "translate"},
	{short: "wafv2"},
	{short: "xray", china: true},
}

// listed finds the listing of a service of AWS's by its full name; nil where it has none.
func listed(service string) *listing {
	if l := byName[service]; l != nil && l.full != "" {
		return l
	}
	if l := byName[Short(service)]; l != nil && isUsual(service) {
		return l
	}
	return nil
}

// isUsual reports whether a service has the name that most have, "com.amazonaws.us-east-1.sqs", or one such
// in China.
func isUsual(service string) bool {
	name := "com.amazonaws." + Region(service) + "." + Short(service)
	return service == name || service == "cn."+name && isChina(Region(service))
}

// byName finds a listing by the short name of the service, or by the full one where there is no Region in it.
var byName = func() map[string]*listing {
	m := make(map[string]*listing, len(catalog))
	for i := range catalog {
		m[cmp.Or(catalog[i].full, catalog[i].short)] = &catalog[i]
	}
	return m
}()
