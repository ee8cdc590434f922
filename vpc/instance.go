package vpc

import (
	"github.com/packetwalk/packetwalk/internal/enum"
	"github.com/packetwalk/packetwalk/internal/fault"
)

// Instance is a virtual machine. Its network interfaces refer to it by their attachment.
type Instance struct {
	ID    string
	Name  string        // the Name tag; for people only
	State InstanceState // zero counts as running

	Tags    map[string]string `json:",omitempty"` // without the tag "Name" where Name is set
	ASGTags map[string]string `json:",omitempty"` // of its Auto Scaling group; none: it is in none
}

// Tag gives the value of a tag, "" where the instance has none of that key. The tag "Name" is Name where Tags
// lacks it. A nil Instance has no tags.
func (i *Instance) Tag(key string) string {
	if i == nil {
		return ""
	}
	value, ok := i.Tags[key]
	if !ok && key == "Name" {
		return i.Name
	}
	return value
}

// Running reports whether the instance sends and receives: unspecified counts as running.
func (i Instance) Running() bool { return i.State == InstanceUnspecified || i.State == Running }

// Validate reports every mistake that can be seen in the instance alone: a missing ID, a state that is none,
// a tag without a key. A nil Instance is reported like a zero one.
func (i *Instance) Validate() error {
	if i == nil {
		i = &Instance{}
	}
	var faults fault.List
	validateID(&faults, i.ID)
	if int(i.State) >= len(instanceStates) {
		faults.Add("State", uint8(i.State), fault.ErrInvalid, "want a state such as running or stopped")
	}
	for _, tags := range [...]struct {
		field string
		of    map[string]string
	}{{"Tags", i.Tags}, {"ASGTags", i.ASGTags}} {
		if value, ok := tags.of[""]; ok {
			faults.Add(tags.field, value, fault.ErrInvalid, "a tag without a key: want one")
		}
	}
	return faults.Err()
}

// InstanceState is where an instance is in its life. Only a running one sends and receives.
type InstanceState uint8

// The states of an instance, in the order of its life.
const (
	InstanceUnspecified InstanceState = iota // counts as running
	Pending
	Running
	ShuttingDown
	Terminated
	Stopping
	Stopped
)

var instanceStates = []string{"", "pending", "running", "shutting-down", "terminated", "stopping", "stopped"}

// String gives AWS's name, such as "shutting-down"; "" for unspecified, "InstanceState(9)" for a value
// without a name.
func (s InstanceState) String() string { return enum.String("InstanceState", s, instanceStates) }

// MarshalText gives AWS's name; a value without one is an error.
func (s InstanceState) MarshalText() ([]byte, error) {
	return enum.Marshal("instance state", s, instanceStates)
}

// UnmarshalText reads AWS's name, in any case; a name that AWS does not have is an error.
func (s *InstanceState) UnmarshalText(text []byte) error {
	return enum.Unmarshal("instance state", text, instanceStates, s)
}
