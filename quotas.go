package packetwalk

import (
	"fmt"

	"github.com/packetwalk/packetwalk/internal/fault"
)

// quota is one of AWS's quotas: what an account has unless it asked for more, and the most that AWS gives. A
// highest of zero is for one that AWS raises without telling an end; one as high as the standard is never
// raised.
type quota struct{ standard, highest int }

// AWS's quotas. Those of a Region are for an account in it. Not here are the quotas that have a highest value
// alone and show in one resource, which its Validate holds: entries of a prefix list (F2.037), addresses of a
// NAT gateway (F4.213).
var (
	blocksPerFamily = quota{5, 50} // of a VPC, the primary one included (F3.003)
	vpcsPerRegion   = quota{5, 0}  // F3.022
	subnetsPerVPC   = quota{200, 0}
	elasticIPs      = quota{5, 0} // in a Region

	tablesPerVPC     = quota{200, 0} // the main one included (F2.035)
	routesPerFamily  = quota{500, 1000}
	propagatedRoutes = quota{100, 100} // of both families together

	groupsPerRegion    = quota{2500, 0}  // F5.013
	rulesPerFamily     = quota{60, 1000} // of a group, in and out apart
	groupsPerInterface = quota{5, 16}
	rulesPerInterface  = quota{1000, 1000} // the groups of an interface times the rules of a group

	aclsPerVPC     = quota{200, 0}  // F6.020
	entriesPerWay  = quota{20, 40}  // of an ACL, in and out apart
	activePeerings = quota{50, 125} // of a VPC (F8.004)

	flowLogsPerResource = quota{250, 250} // F1.017
)

// quotas holds a network to the quotas: what is beyond the standard one is a warning, what is beyond the
// highest one a mistake.
type quotas struct {
	*Config
	*index
	bad   *mistakes
	found []Warning
}

// checkQuotas gives the warnings. Config.NoQuotas switches it off. The Config may hold other mistakes.
func checkQuotas(c *Config, x *index, bad *mistakes) []Warning {
	if c.NoQuotas {
		return nil
	}
	q := quotas{Config: c, index: x, bad: bad}
	q.ofVPCs()
	q.ofRegions()
	q.ofTables()
	q.ofACLs()
	q.ofGroups()
	q.ofEndpoints()
	q.ofFlowLogs()
	return q.found
}

// hold compares a count with its quota. what says what was counted, and of what where that is not the
// resource itself.
func (q *quotas) hold(limit quota, n int, kind Kind, id, field, what string, args ...any) {
	if n <= limit.standard {
		return
	}
	what = fmt.Sprintf(what, args...)
	if limit.highest > 0 && n > limit.highest {
		q.refuse(kind, id, field, n, what, limit.highest)
		return
	}
	raised := "AWS raises it"
	if limit.highest > 0 {
		raised = fmt.Sprintf("AWS raises it to at most %d", limit.highest)
	}
	q.found = append(q.found, Warning{OverQuota, kind, id, field, fmt.Sprintf(
		"%d %s: the default quota is %d, %s: ask for more, or set NoQuotas where the account has more", n, what, limit.standard, raised)})
}

// refuse reports each count, also the second that is about one field.
func (q *quotas) refuse(kind Kind, id, field string, n int, what string, highest int) {
	pos := ""
	if q.bad.pos != nil {
		pos = q.bad.pos(id, field)
	}
	q.bad.addAt(pos, kind, id, field, n, fault.ErrLimit, "%s: want at most %d, AWS raises the quota no further", what, highest)
}
