package packetwalk

// ofFlowLogs counts the flow logs of each resource (F1.017). It names the first that is one too many.
func (q *quotas) ofFlowLogs() {
	counts, first := make(map[string]int), make(map[string]string)
	var over []string
	for i := range q.FlowLogs {
		l := &q.FlowLogs[i]
		if counts[l.Resource]++; counts[l.Resource] == flowLogsPerResource.standard+1 {
			over, first[l.Resource] = append(over, l.Resource), l.ID
		}
	}
	for _, r := range over {
		q.hold(flowLogsPerResource, counts[r], KindFlowLog, first[r], "Resource", "flow logs of %q", r)
	}
}
