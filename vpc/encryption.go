package vpc

import (
	"slices"

	"github.com/packetwalk/packetwalk/internal/enum"
)

// EncryptionControl is VPC Encryption Controls: it watches whether what a VPC sends and gets is encrypted in
// transit, or enforces that it is (F3.201). A VPC has one or none. It has no name in errors but that of its
// VPC.
//
// AWS lets an existing VPC begin in [EncryptionMonitor] only (F3.201). A network is one moment of an account,
// so that Build does not ask what came before.
type EncryptionControl struct {
	VPC   string
	Mode  EncryptionMode  // zero counts as EncryptionMonitor
	State EncryptionState // zero counts as EncryptionAvailable
	// Exclusions let resources stay that do not enforce encryption, each kind once. AWS refuses the mode
	// EncryptionEnforce for a VPC with such a resource and without its exclusion, and so does Build (F3.202).
	Exclusions []EncryptionExclusion
}

// Enforces reports whether the VPC's encryption is enforced: in the mode [EncryptionEnforce], once that is
// available (F3.201). On the way there, and from there to anything else, it is not: AWS does not say. A nil c
// enforces nothing.
func (c *EncryptionControl) Enforces() bool {
	return c != nil && c.Mode == EncryptionEnforce && (c.State == EncryptionAvailable || c.State == EncryptionStateUnspecified)
}

// Watches reports whether flow logs say of the VPC's traffic whether it is encrypted (F1.142): in either
// mode, from when the control is there until it is deleted. A nil c watches nothing.
func (c *EncryptionControl) Watches() bool {
	return c != nil && c.State != EncryptionCreating && c.State != EncryptionDeleted
}

// Excludes reports whether resources of the kind e may stay (F3.202). A nil c has no exclusions.
func (c *EncryptionControl) Excludes(e EncryptionExclusion) bool {
	return c != nil && slices.Contains(c.Exclusions, e)
}

// EncryptionMode is what an [EncryptionControl] does (F3.201).
type EncryptionMode uint8

// The modes. Unspecified counts as [EncryptionMonitor].
const (
	EncryptionUnspecified EncryptionMode = iota
	EncryptionMonitor                    // nothing is dropped; flow logs say what is encrypted
	EncryptionEnforce                    // interface endpoints drop what the application does not encrypt (F3.202)
)

var encryptionModes = []string{"", "monitor", "enforce"}

// String gives AWS's name, such as "enforce"; "" for unspecified, "EncryptionMode(9)" for a value without a
// name.
func (m EncryptionMode) String() string { return enum.String("EncryptionMode", m, encryptionModes) }

// MarshalText gives AWS's name; a value without one is an error.
func (m EncryptionMode) MarshalText() ([]byte, error) {
	return enum.Marshal("encryption mode", m, encryptionModes)
}

// UnmarshalText reads AWS's name, in any case; a name that AWS does not have is an error.
func (m *EncryptionMode) UnmarshalText(text []byte) error {
	return enum.Unmarshal("encryption mode", text, encryptionModes, m)
}

// EncryptionState is where an [EncryptionControl] is in its life (F3.201).
type EncryptionState uint8

// The states. Unspecified counts as [EncryptionAvailable]. AWS's guide says "modify-in-progress" where its
// API has one state for each mode.
const (
	EncryptionStateUnspecified  EncryptionState = iota
	EncryptionCreating                          // being made
	EncryptionAvailable                         // its mode holds
	EncryptionModifying                         // on its way to another mode, or to other exclusions
	EncryptionMonitorInProgress                 // on its way to EncryptionMonitor
	EncryptionEnforceInProgress                 // on its way to EncryptionEnforce
	EncryptionMonitorFailed                     // it did not come there
	EncryptionEnforceFailed                     // it did not come there
	EncryptionDeleting                          // being deleted
	EncryptionDeleted                           // gone: the VPC may have another one
	EncryptionDeleteFailed                      // it could not be deleted
)

var encryptionStates = []string{
	"", "creating", "available", "modify-in-progress", "monitor-in-progress", "enforce-in-progress",
	"monitor-failed", "enforce-failed", "deleting", "deleted", "delete-failed",
}

// String gives AWS's name, such as "available"; "" for unspecified, "EncryptionState(99)" for a value without
// a name.
func (s EncryptionState) String() string { return enum.String("EncryptionState", s, encryptionStates) }

// MarshalText gives AWS's name; a value without one is an error.
func (s EncryptionState) MarshalText() ([]byte, error) {
	return enum.Marshal("encryption state", s, encryptionStates)
}

// UnmarshalText reads AWS's name, in any case; a name that AWS does not have is an error.
func (s *EncryptionState) UnmarshalText(text []byte) error {
	return enum.Unmarshal("encryption state", text, encryptionStates, s)
}

// EncryptionExclusion is a kind of resource that may stay in a VPC with enforced encryption, although what
// comes by it may not be encrypted (F3.202).
type EncryptionExclusion uint8

// The exclusions. Unspecified is not valid. File systems and VPC Lattice are no resources of a network here,
// so that Build asks for neither of their exclusions.
const (
	ExclusionUnspecified EncryptionExclusion = iota
	ExcludeInternetGateway
	ExcludeEgressOnlyInternetGateway
	ExcludeNATGateway
	ExcludeVirtualPrivateGateway
	ExcludeVPCPeering // with a VPC that does not enforce, or has exclusions, or is in another Region (F3.203)
	ExcludeLambda
	ExcludeVPCLattice
	ExcludeElasticFileSystem
)

var encryptionExclusions = []string{
	"", "internet-gateway", "egress-only-internet-gateway", "nat-gateway", "virtual-private-gateway", "vpc-peering",
	"lambda", "vpc-lattice", "elastic-file-system",
}

// String gives the name as the AWS CLI's options begin, such as "nat-gateway"; "" for unspecified,
// "EncryptionExclusion(99)" for a value without a name.
func (e EncryptionExclusion) String() string {
	return enum.String("EncryptionExclusion", e, encryptionExclusions)
}

// MarshalText gives what String does; a value without a name is an error.
func (e EncryptionExclusion) MarshalText() ([]byte, error) {
	return enum.Marshal("encryption exclusion", e, encryptionExclusions)
}

// UnmarshalText reads what String gives, in any case; another text is an error.
func (e *EncryptionExclusion) UnmarshalText(text []byte) error {
	return enum.Unmarshal("encryption exclusion", text, encryptionExclusions, e)
}
