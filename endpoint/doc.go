// Package endpoint describes VPC endpoints, the private ways to AWS's services and to those of others:
// gateway endpoints, which are a route, and interface endpoints, which are a network interface.
//
// A [Gateway] endpoint leads to Amazon S3, S3 Express or DynamoDB. Its route tables get a route to the
// service's addresses, which a prefix list names; the packet goes as it is, with its private source (F7.002,
// F7.004). An [Interface] endpoint has an address in each of its subnets, and whoever reaches that address
// and passes its security groups reaches the service: neighbours, other zones, peers (F7.106, F7.110). By its
// [Type] it leads to a resource (F7.208), or by a tunnel to network segments (F7.209), that somebody shares.
//
// A [GatewayLoadBalancer] endpoint is neither: routes lead to it, appliances behind it look at the packet,
// and it goes on as it was (F7.206).
//
// Methods say what an endpoint takes in and lets out; [State.Usable] says whether it does so at all.
// The first two only answer: no service opens a connection into a VPC (F7.016, F7.105).
//
// [Offers] says by which kinds of endpoints a service can be reached, [PublicNames] and [ServiceNamed] how
// it is called. [Ranges] holds the addresses of a few services in a few Regions, enough for tests and
// lessons; a network that has a prefix list of its own for a service, or the ranges that [ParseIPRanges]
// reads, does not need it.
//
// Endpoints and buckets have policies, as AWS writes them: [ParsePolicy] reads one, and [Policy.Evaluate]
// says what it says of a [Request], by which statement, and why (F7.007, F7.008).
package endpoint
