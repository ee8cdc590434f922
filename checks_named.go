package packetwalk

// SessionManager is what the agent of AWS Systems Manager calls, so that Session Manager opens a shell: no
// bastion, and no inbound port. Agents from 3.3.40.0 on do without ec2messages where they can reach
// ssmmessages.
// https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-prerequisites.html
var SessionManager = Check{Name: "Session Manager", Needs: []Need{
	{AWS: "ssm", Why: "the agent registers with Systems Manager"},
	{AWS: "ssmmessages", Why: "the channels of sessions"},
	{AWS: "ec2messages", Why: "agents before 3.3.40.0", Optional: true},
}}

// ECRPull is what it takes to pull a private image of Amazon ECR: its API, its registry, and S3, where the
// layers are. https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
var ECRPull = Check{Name: "ECR pull", Needs: []Need{
	{AWS: "ecr.api", Why: "tokens and metadata"},
	{AWS: "ecr.dkr", Why: "the manifests of images"},
	{AWS: "s3", Why: "the layers of images"},
}}

// FargateTask is what an ECS task on Fargate calls, from platform version 1.4.0 on by its own network
// interface: its image, and its logs. Secrets are fetched where the task names some.
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/platform-version-migration.html
var FargateTask = Check{Name: "Fargate task", Needs: ECRPull.With(
	Need{AWS: "logs", Why: "the awslogs log driver"},
	Need{AWS: "secretsmanager", Why: "secrets of Secrets Manager", Optional: true},
	Need{AWS: "ssm", Why: "secrets of Parameter Store", Optional: true},
).Needs}

// EKSNode is what a node of an EKS cluster calls, in a VPC without a way out. What only some use is optional.
// The cluster's own API server is missing here, since every cluster has another name: add it with
// [Check.With]. https://docs.aws.amazon.com/eks/latest/userguide/private-clusters.html
var EKSNode = Check{Name: "EKS node", Needs: append([]Need{
	{AWS: "ec2", Why: "the node's own name and network interfaces"},
}, ECRPull.With(
	Need{AWS: "sts", Why: "IAM roles for service accounts", Optional: true},
	Need{AWS: "eks-auth", Why: "EKS Pod Identity", Optional: true},
	Need{AWS: "eks", Why: "nodes that are started without the cluster's address", Optional: true},
	Need{AWS: "elasticloadbalancing", Why: "the AWS Load Balancer Controller", Optional: true},
	Need{AWS: "autoscaling", Why: "the Cluster Autoscaler", Optional: true},
	Need{AWS: "logs", Why: "CloudWatch Logs", Optional: true},
).Needs...)}

// S3 is Amazon S3 in the Region: what a gateway endpoint or an interface endpoint serves.
// https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html
var S3 = Check{Name: "S3", Needs: []Need{{AWS: "s3"}}}

// CloudWatchLogs is what an agent needs that sends its logs to CloudWatch. The agent's metrics go elsewhere.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch-logs-and-interface-VPC.html
var CloudWatchLogs = Check{Name: "CloudWatch Logs", Needs: []Need{
	{AWS: "logs"},
	{AWS: "monitoring", Why: "metrics of the agent", Optional: true},
}}

// PlainInternet is a site somewhere on the internet, by HTTPS; what is left of plain HTTP is optional.
var PlainInternet = Check{Name: "plain internet", Needs: []Need{
	{To: Internet},
	{To: Internet, Service: "tcp/80", Why: "sites and package mirrors without TLS", Optional: true},
}}
