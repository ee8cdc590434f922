// Package packetwalk is an AWS VPC network in memory: describe one, ask whether a packet gets through, and
// see hop by hop what decided.
//
// Describe a network with the handles of [New], or as plain data, a [Config]. [Build] adds what AWS adds by
// itself (main route tables, local routes, default network ACLs and groups), checks what AWS would refuse,
// and gives a [Network]:
//
//	b := packetwalk.New()
//	app := b.VPC("app", "10.0.0.0/16")
//	web := app.Subnet("front", "10.0.1.0/24").Instance("web")
//	app.Subnet("back", "10.0.2.0/24").Instance("db").Allow("tcp/5432", web)
//	n, err := b.Build()
//
// [Network.Probe] opens a connection, by the names of things. It walks the request, and the reply by its
// own way back: a connection works when both arrive. The [Flow] says so ([Flow.OK]), says where it ended
// and why ([Flow.Verdict]), names everything that stands in the way ([Flow.Blockers]), and holds the
// flow-log records that the walk would have left ([Flow.Records]). Print it with %v for one line, with %+v
// for the table of its hops:
//
//	f, err := n.Probe("web", "db", "tcp/5432")
//	fmt.Printf("%+v\n", f)
//
// A blocked packet is an answer and no error. Its code is AWS Reachability Analyzer's where one fits, such as
// ENI_SG_RULES_MISMATCH or NO_ROUTE_TO_DESTINATION; package trace lists them.
//
// A destination may be a DNS name. [Network.Resolve] says what a name leads to for somebody, and why: the
// lookup is traffic as any other, and [Flow.Lookup] holds it.
//
// [Network.Access] goes on where the network ends: it asks the policy of the endpoint and that of the bucket
// about a [Request] to a service of AWS, and says who refused it. [Network.Check] asks for all that something
// needs, such as [SessionManager], and says what is missing.
//
// What lives in time is a [Session]: it remembers connections, and rules may change under them.
//
// A Network never changes and may be used by many goroutines. To ask a what-if, take [Network.Config], edit
// it, and build it again. Nothing here talks to AWS, reads a clock or does I/O. Package vpctest makes
// assertions of all this for tests, and package load/ec2json reads a real account out of what the AWS
// command line prints.
//
// Numbers such as F5.101 in comments and tests are facts about AWS; FACTS.md lists them with their sources.
package packetwalk
