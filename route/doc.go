// Package route describes route tables, routes and prefix lists, and decides which route a packet
// takes.
//
// A [Table] holds [Route]s. Each leads from one destination, a CIDR block or a prefix list, to one
// [Target]. [Table.Lookup] takes a destination address and finds the route that AWS would take;
// [Table.Candidates] tells the same story in full: every route that matches, in order, and why
// each of the others lost.
//
// The longest prefix wins (F2.001). On equal prefixes a static route beats a prefix list, which
// beats a propagated route (F2.002). Two rules surprise people. A local route beats a propagated
// route that is more specific than itself (F2.008). And a route whose target is gone, a blackhole,
// competes like any other: a packet that takes it is dropped, there is no second choice (F2.025).
//
// [Table.Validate] and [PrefixList.Validate] report what is wrong in the data by itself,
// [Table.CheckAgainst] what is wrong about a table in its VPC. Everything here is plain data and
// pure functions: nothing is cached, and reading from several goroutines is safe.
package route
