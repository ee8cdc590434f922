package packetwalk

import (
	"fmt"
	"net/netip"
)

// dockerBridge is the range of the bridge that Docker makes on a host unless it is told another one (A58).
var dockerBridge = netip.MustParsePrefix("172.17.0.0/16")

// lintBlocks finds blocks that share addresses with Docker's bridge (A58): a container host keeps what it
// sends there to itself. A subnet in that range is inside such a block, so the block alone is named.
func (l *linter) lintBlocks() {
	for i := range l.VPCs {
		v := &l.VPCs[i]
		for j, b := range v.Blocks {
			if b.Usable() && b.CIDR.Overlaps(dockerBridge) {
				l.warn(DockerBridge, KindVPC, v.ID, fmt.Sprintf("Blocks[%d].CIDR", j),
					"%s shares addresses with %s, where Docker's default bridge is: container hosts can't reach these: "+
						"take another block, or set \"bip\" and \"default-address-pools\" of the hosts' Docker", b.CIDR, dockerBridge)
			}
		}
	}
}
