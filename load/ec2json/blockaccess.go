package ec2json

import (
	"fmt"
	"strings"

	"github.com/packetwalk/packetwalk/vpc"
)

// rawBlockAccess is what describe-vpc-block-public-access-options prints: one object for an account and a
// Region.
type rawBlockAccess struct{ AwsAccountId, AwsRegion, State, InternetGatewayBlockMode string }

func (r rawBlockAccess) id() string { return accountAndRegion(r.AwsAccountId, r.AwsRegion) }

// rawExclusion is what describe-vpc-block-public-access-exclusions prints of a VPC or a subnet.
type rawExclusion struct{ ExclusionId, InternetGatewayExclusionMode, ResourceArn, State string }

func (r rawExclusion) id() string { return r.ExclusionId }

// accountAndRegion names what there is once for both, "" where one is missing.
func accountAndRegion(account, region string) string {
	if account == "" || region == "" {
		return ""
	}
	return account + " " + region
}

// addBlockAccess makes VPC Block Public Access, with its exclusions (F3.101, F3.105).
func (l *loader) addBlockAccess() {
	at := map[string]int{} // by account and Region
	for _, f := range l.blockAccess.items {
		if s := strings.ToLower(f.raw.State); s != "" && s != "default-state" && s != "update-complete" {
			l.warn(f.origin, Assumed, "State", f.raw.State, "the mode is taken as in effect")
		}
		at[f.id] = len(l.cfg.BlockPublicAccess)
		l.cfg.BlockPublicAccess = append(l.cfg.BlockPublicAccess, vpc.BlockPublicAccess{
			Account: f.raw.AwsAccountId, Region: f.raw.AwsRegion,
			Mode: enumText[vpc.BPAMode](l, f.origin, "InternetGatewayBlockMode", f.raw.InternetGatewayBlockMode),
		})
	}
	excluded := claims{}
	for _, f := range l.exclusions.items {
		e, ok := l.exclusion(f)
		if !ok || !excluded.claim(l, f.origin, "ResourceArn", f.raw.ResourceArn) {
			continue
		}
		account, region := arnAccount(f.raw.ResourceArn), arnRegion(f.raw.ResourceArn)
		key := accountAndRegion(account, region)
		if _, ok := at[key]; !ok {
			l.warn(f.origin, Assumed, "ResourceArn", f.raw.ResourceArn,
				fmt.Sprintf("Block Public Access of account %s in %s is not in the dump: taken as off", account, region))
			at[key] = len(l.cfg.BlockPublicAccess)
			l.cfg.BlockPublicAccess = append(l.cfg.BlockPublicAccess, vpc.BlockPublicAccess{Account: account, Region: region})
		}
		b := &l.cfg.BlockPublicAccess[at[key]]
		b.Exclusions = append(b.Exclusions, e)
	}
}

// exclusion reads one exclusion; ok is false for one that is not in effect, or that is reported.
func (l *loader) exclusion(f found[rawExclusion]) (e vpc.BPAExclusion, ok bool) {
	switch s := strings.ToLower(f.raw.State); s {
	case "", "create-complete", "update-complete":
	case "update-in-progress", "update-failed":
		l.warn(f.origin, Assumed, "State", f.raw.State, "taken as in effect")
	case "create-in-progress", "create-failed", "delete-in-progress", "delete-complete", "disable-in-progress", "disable-complete":
		l.warn(f.origin, Ignored, "State", f.raw.State, "left out: the exclusion is not in effect")
		return e, false
	default:
		l.warn(f.origin, Unsupported, "State", f.raw.State, "left out: the state is not known")
		return e, false
	}
	if e.Mode.UnmarshalText([]byte(f.raw.InternetGatewayExclusionMode)) != nil || e.Mode == vpc.BPAExclusionUnspecified {
		l.warn(f.origin, Unsupported, "InternetGatewayExclusionMode", f.raw.InternetGatewayExclusionMode,
			"left out: want allow-bidirectional or allow-egress")
		return e, false
	}
	return l.excluded(f, e)
}

// excluded says what an exclusion is for: a VPC or a subnet of the dump.
func (l *loader) excluded(f found[rawExclusion], e vpc.BPAExclusion) (vpc.BPAExclusion, bool) {
	arn := f.raw.ResourceArn
	kind, id := arnResource(arn)
	known := false
	switch {
	case accountAndRegion(arnAccount(arn), arnRegion(arn)) == "" || kind != "vpc" && kind != "subnet":
		l.warn(f.origin, Malformed, "ResourceArn", arn, "left out: not the ARN of a VPC or of a subnet")
		return e, false
	case kind == "vpc":
		e.VPC = id
		_, known = l.vpcAt[id]
	default:
		e.Subnet = id
		_, known = l.subnetAt[id]
	}
	if !known {
		l.warn(f.origin, Dangling, "ResourceArn", arn, "left out: the "+kind+" is not in the dump")
		return e, false
	}
	if v := &l.cfg.VPCs[l.vpcAt[l.excludedVPC(arn)]]; v.Account != arnAccount(arn) || v.Region != arnRegion(arn) {
		l.warn(f.origin, Conflict, "ResourceArn", arn, "left out: VPC "+v.ID+" is of account "+v.Account+" in "+v.Region)
		return e, false
	}
	return e, true
}

// excludedVPC gives the VPC that an ARN names, or that of the subnet that it names.
func (l *loader) excludedVPC(arn string) string {
	kind, id := arnResource(arn)
	if kind != "subnet" {
		return id
	}
	if f, ok := l.subnets.get(id); ok {
		return f.raw.VpcId
	}
	return ""
}
