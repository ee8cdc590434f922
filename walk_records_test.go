package packetwalk_test

import (
	"fmt"

	"github.com/packetwalk/packetwalk"
)

// recordsOf writes what the flow logs would say, without account, counts and times.
func recordsOf(f packetwalk.Flow) (list []string) {
	for _, r := range f.Records() {
		list = append(list, fmt.Sprintf("%s %s %s %d %d %d %s", r.InterfaceID, r.SrcAddr, r.DstAddr, r.SrcPort, r.DstPort, r.Protocol, r.Action))
	}
	return list
}
