package main

import (
	"fmt"
	"io"

	"github.com/packetwalk/packetwalk"
)

// printCounts says how many of each kind of resource there are. Kinds of which there are none are left out.
func printCounts(w io.Writer, c packetwalk.Config) {
	fmt.Fprint(w, "What is there:\n\n")
	for _, of := range []struct {
		kind  packetwalk.Kind
		count int
	}{
		{packetwalk.KindVPC, len(c.VPCs)},
		{packetwalk.KindDHCPOptions, len(c.DHCPOptions)},
		{packetwalk.KindSubnet, len(c.Subnets)},
		{packetwalk.KindInstance, len(c.Instances)},
		{packetwalk.KindInterface, len(c.Interfaces)},
		{packetwalk.KindElasticIP, len(c.ElasticIPs)},
		{packetwalk.KindRouteTable, len(c.RouteTables)},
		{packetwalk.KindPrefixList, len(c.PrefixLists)},
		{packetwalk.KindInternetGateway, len(c.InternetGateways)},
		{packetwalk.KindEgressOnly, len(c.EgressOnlyGateways)},
		{packetwalk.KindNATGateway, len(c.NATGateways)},
		{packetwalk.KindNetworkACL, len(c.NetworkACLs)},
		{packetwalk.KindSecurityGroup, len(c.SecurityGroups)},
		{packetwalk.KindGatewayEndpoint, len(c.GatewayEndpoints)},
		{packetwalk.KindInterfaceEndpoint, len(c.InterfaceEndpoints)},
		{packetwalk.KindPeering, len(c.Peerings)},
	} {
		if of.count > 0 {
			fmt.Fprintf(w, "    %4d  %s\n", of.count, of.kind)
		}
	}
}

// printList prints warnings under a title, and nothing at all where there are none.
func printList[T fmt.Stringer](w io.Writer, title string, warnings []T) {
	if len(warnings) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s:\n\n", title)
	for _, warning := range warnings {
		fmt.Fprintf(w, "    %v\n", warning)
	}
}
