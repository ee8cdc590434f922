package ec2json

import (
	"maps"
	"slices"
	"strings"

	"github.com/packetwalk/packetwalk/vpc"
)

// rawEncryptionControl is what describe-vpc-encryption-controls prints of a VPC.
type rawEncryptionControl struct {
	VpcEncryptionControlId, VpcId, Mode, State string
	ResourceExclusions                         map[string]state // by kind of resource
}

func (r rawEncryptionControl) id() string { return r.VpcEncryptionControlId }

// encryptionExclusions are AWS's keys, in small letters.
var encryptionExclusions = map[string]vpc.EncryptionExclusion{
	"internetgateway":           vpc.ExcludeInternetGateway,
	"egressonlyinternetgateway": vpc.ExcludeEgressOnlyInternetGateway,
	"natgateway":                vpc.ExcludeNATGateway,
	"virtualprivategateway":     vpc.ExcludeVirtualPrivateGateway,
	"vpcpeering":                vpc.ExcludeVPCPeering,
	"lambda":                    vpc.ExcludeLambda,
	"vpclattice":                vpc.ExcludeVPCLattice,
	"elasticfilesystem":         vpc.ExcludeElasticFileSystem,
}

// addEncryptionControls makes VPC Encryption Controls (F3.201). One that is deleted is left out.
func (l *loader) addEncryptionControls() {
	controlled := claims{}
	for _, f := range l.encryption.items {
		e := vpc.EncryptionControl{
			VPC:   f.raw.VpcId,
			Mode:  enumText[vpc.EncryptionMode](l, f.origin, "Mode", f.raw.Mode),
			State: enumText[vpc.EncryptionState](l, f.origin, "State", f.raw.State),
		}
		if e.State == vpc.EncryptionDeleted {
			l.warn(f.origin, Ignored, "State", f.raw.State, "left out")
			continue
		}
		if _, known := l.vpcAt[e.VPC]; !known {
			l.warn(f.origin, Dangling, "VpcId", e.VPC, "left out: the VPC is not in the dump")
			continue
		}
		if !controlled.claim(l, f.origin, "VpcId", e.VPC) {
			continue
		}
		e.Exclusions = l.encryptionExclusions(f)
		l.cfg.EncryptionControls = append(l.cfg.EncryptionControls, e)
	}
}

// encryptionExclusions reads which kinds of resources may stay, in a stable order (F3.202).
func (l *loader) encryptionExclusions(f found[rawEncryptionControl]) (list []vpc.EncryptionExclusion) {
	for _, key := range slices.Sorted(maps.Keys(f.raw.ResourceExclusions)) {
		field, value := "ResourceExclusions."+key, f.raw.ResourceExclusions[key].State
		e, known := encryptionExclusions[strings.ToLower(key)]
		switch s := strings.ToLower(value); {
		case s == "disabled" || s == "":
		case s == "enabling" || s == "disabling":
			l.warn(f.origin, Assumed, field+".State", value, "taken as enabled")
			fallthrough
		case s == "enabled":
			if !known {
				l.warn(f.origin, Unsupported, field, "", "left out: nothing of the kind is modelled")
				continue
			}
			list = append(list, e)
		default:
			l.warn(f.origin, Unsupported, field+".State", value, "left out: the state is not known")
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}
