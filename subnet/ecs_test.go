package subnet_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/packetwalk/packetwalk/internal/fault"
	"github.com/packetwalk/packetwalk/subnet"
)

func TestECSTask(t *testing.T) {
	task := subnet.ECSTask{
		ClusterARN:           "arn:aws:ecs:us-east-1:123456789012:cluster/shop",
		ContainerInstanceARN: "arn:aws:ecs:us-east-1:123456789012:container-instance/shop/0123abcd",
		TaskARN:              "arn:aws:ecs:us-east-1:123456789012:task/9876fedc", // without the cluster, as older ones are
	}
	assert.Equal(t, "shop", task.ClusterName(), "F1.131")
	assert.Equal(t, "0123abcd", task.ContainerInstanceID(), "F1.133")
	assert.Equal(t, "9876fedc", task.TaskID(), "F1.139")
	assert.Empty(t, subnet.ECSTask{}.ClusterName()+subnet.ECSTask{}.ContainerInstanceID()+subnet.ECSTask{}.TaskID(), "F1.130 no task")
}

// TestValidateECSTask: each ARN is of its kind.
func TestValidateECSTask(t *testing.T) {
	const of = "arn:aws:ecs:us-east-1:123456789012:"
	for _, c := range []struct {
		name  string
		task  subnet.ECSTask
		field string // "" for none
	}{
		{"F1.130 no task", subnet.ECSTask{}, ""},
		{"F1.130 all of it", subnet.ECSTask{ClusterARN: of + "cluster/a", ContainerInstanceARN: of + "container-instance/a/b", ContainerID: "1", SecondContainerID: "2",
			TaskDefinitionARN: of + "task-definition/a:1", TaskARN: of + "task/a/b"}, ""},
		{"F1.130 another partition", subnet.ECSTask{ClusterARN: "arn:aws-us-gov:ecs:us-gov-west-1:123456789012:cluster/a"}, ""},
		{"F1.130 a name", subnet.ECSTask{ClusterARN: "shop"}, "ECS.ClusterARN"},
		{"F1.130 without a name", subnet.ECSTask{ClusterARN: of + "cluster/"}, "ECS.ClusterARN"},
		{"F1.130 of another service", subnet.ECSTask{ClusterARN: "arn:aws:eks:us-east-1:123456789012:cluster/a"}, "ECS.ClusterARN"},
		{"F1.132 of another kind", subnet.ECSTask{ContainerInstanceARN: of + "cluster/a"}, "ECS.ContainerInstanceARN"},
		{"F1.137 of another kind", subnet.ECSTask{TaskDefinitionARN: of + "task/a"}, "ECS.TaskDefinitionARN"},
		{"F1.138 no ARN", subnet.ECSTask{TaskARN: "arn:aws:ecs"}, "ECS.TaskARN"},
		{"F1.135 no first container", subnet.ECSTask{SecondContainerID: "2"}, "ECS.SecondContainerID"},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := subnet.Interface{ID: "eni", Subnet: "s", ECS: c.task}
			var got string
			for _, f := range fault.Of(e.Validate()) {
				got += f.Field
				assert.ErrorIs(t, f, fault.ErrInvalid)
			}
			assert.Equal(t, c.field, got)
		})
	}
}

func TestOutpost(t *testing.T) {
	const arn = "arn:aws:outposts:us-west-2:123456789012:outpost/op-0123456789abcdef0"
	assert.Equal(t, "op-0123456789abcdef0", (&subnet.Subnet{OutpostARN: arn}).OutpostID(), "F1.125")
	assert.Empty(t, (*subnet.Subnet)(nil).OutpostID()+(&subnet.Subnet{}).OutpostID())
	for text, want := range map[string]bool{arn: true, "": false, "op-0123456789abcdef0": false, "arn:aws:outposts:us-west-2:123456789012:outpost/": false, "arn:aws:ec2:us-west-2:123456789012:outpost/op-1": false} {
		assert.Equal(t, want, subnet.IsOutpostARN(text), "F1.124 %q", text)
	}
}
