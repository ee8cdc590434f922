package subnet

import (
	"strings"

	"github.com/packetwalk/packetwalk/internal/fault"
)

// ECSTask is the Amazon ECS task that has a network interface of its own: one in network mode awsvpc. Flow
// logs show it (F1.130-F1.139). The zero ECSTask is none.
type ECSTask struct {
	ClusterARN           string // "arn:aws:ecs:us-east-1:123456789012:cluster/shop"
	ContainerInstanceARN string // zero: on Fargate
	ContainerID          string // of the first container
	SecondContainerID    string
	ServiceName          string // zero: no service started it
	TaskDefinitionARN    string
	TaskARN              string
}

// ClusterName is the last part of ClusterARN, "shop"; "" where that is empty.
func (t ECSTask) ClusterName() string { return lastPart(t.ClusterARN) }

// ContainerInstanceID is the last part of ContainerInstanceARN; "" where that is empty.
func (t ECSTask) ContainerInstanceID() string { return lastPart(t.ContainerInstanceARN) }

// TaskID is the last part of TaskARN; "" where that is empty.
func (t ECSTask) TaskID() string { return lastPart(t.TaskARN) }

func lastPart(arn string) string { return arn[strings.LastIndexByte(arn, '/')+1:] }

// validate reports ARNs that are none of their kind.
func (t ECSTask) validate(faults *fault.List) {
	for _, a := range [...]struct{ field, arn, kind string }{
		{"ClusterARN", t.ClusterARN, "cluster"},
		{"ContainerInstanceARN", t.ContainerInstanceARN, "container-instance"},
		{"TaskDefinitionARN", t.TaskDefinitionARN, "task-definition"},
		{"TaskARN", t.TaskARN, "task"},
	} {
		if a.arn != "" && !isARN(a.arn, "ecs", a.kind) {
			faults.Add("ECS."+a.field, a.arn, fault.ErrInvalid, "want an ARN such as arn:aws:ecs:us-east-1:123456789012:%s/NAME", a.kind)
		}
	}
	if t.SecondContainerID != "" && t.ContainerID == "" {
		faults.Add("ECS.SecondContainerID", t.SecondContainerID, fault.ErrInvalid, "want the first container in ContainerID too")
	}
}

// isARN reports whether text is the ARN of a resource of a service, of that kind.
func isARN(text, service, kind string) bool {
	fields := strings.SplitN(text, ":", 6)
	return len(fields) == 6 && fields[0] == "arn" && fields[2] == service &&
		strings.HasPrefix(fields[5], kind+"/") && len(fields[5]) > len(kind)+1
}
