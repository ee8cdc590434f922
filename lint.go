package packetwalk

import (
	"fmt"

	"github.com/packetwalk/packetwalk/route"
	"github.com/packetwalk/packetwalk/vpc"
)

// linter looks for what AWS allows and people regret, subject by subject, each in the order of the Config.
type linter struct {
	*Config
	*index
	resolver *resolver
	found    []Warning
}

func lint(c *Config, x *index, r *resolver) []Warning {
	l := linter{Config: c, index: x, resolver: r}
	l.lintBlocks()
	l.lintSubnets()
	l.lintRoutes()
	l.lintNATs()
	l.lintACLs()
	l.lintReplies()
	l.lintGroups()
	l.lintInstances()
	return l.found
}

func (l *linter) warn(code WarningCode, kind Kind, id, field, format string, args ...any) {
	l.found = append(l.found, Warning{code, kind, id, field, fmt.Sprintf(format, args...)})
}

// destinationOf names a route's destination.
func destinationOf(r *route.Route) string {
	if r.PrefixList != "" {
		return r.PrefixList
	}
	return r.Destination.String()
}

// lintInstances finds instances without a network interface. One that is gone has none.
func (l *linter) lintInstances() {
	for i := range l.Instances {
		n := &l.Instances[i]
		if len(l.attached[n.ID]) == 0 && n.State != vpc.Terminated {
			l.warn(NoInterface, KindInstance, n.ID, "",
				"no network interface is attached to it, so it can't be asked about: want one with it in Attachment.Instance")
		}
	}
}
