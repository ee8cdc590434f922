package ec2json

import (
	"slices"
	"strings"
)

// rawGroupAssociation is one group in one further VPC, as describe-security-group-vpc-associations prints it.
type rawGroupAssociation struct{ GroupId, VpcId, State string }

func (r rawGroupAssociation) id() string {
	if r.GroupId == "" || r.VpcId == "" {
		return ""
	}
	return r.GroupId + " " + r.VpcId
}

// addGroupVPCs notes with which VPCs each group is associated (F5.112). A group on its way out of a VPC still
// serves it.
func (l *loader) addGroupVPCs() {
	l.groupVPCs = map[string][]string{}
	for _, f := range l.associations.items {
		group, known := l.groups.get(f.raw.GroupId)
		switch state := strings.ToLower(f.raw.State); {
		case !known:
			l.warn(f.origin, Dangling, "GroupId", f.raw.GroupId, "left out: the group is not in the dump")
		case state == "associating" || state == "association-failed" || state == "disassociated":
			l.warn(f.origin, Ignored, "State", f.raw.State, "left out: the group does not serve the VPC")
		case state != "" && state != "associated" && !strings.HasPrefix(state, "disassociat"):
			l.warn(f.origin, Unsupported, "State", f.raw.State, "left out: the state is not known")
		case !l.hasVPC(f.origin, f.raw.VpcId):
		default:
			l.associate(f.origin, "VpcId", group, f.raw.VpcId)
		}
	}
}

// associate lets a group serve a further VPC, and reports one that it can't serve.
func (l *loader) associate(o origin, field string, group *found[rawGroup], vpc string) bool {
	if _, ok := l.vpcAt[group.raw.VpcId]; !ok {
		return true // the group is left out, which is reported
	}
	if why := l.refusal(group, vpc); why != "" {
		l.warn(o, Unsupported, field, vpc, "left out: "+why)
		return false
	}
	if !slices.Contains(l.groupVPCs[group.id], vpc) {
		l.groupVPCs[group.id] = append(l.groupVPCs[group.id], vpc)
	}
	return true
}

// refusal says why a group can't serve a further VPC, "" where it can. AWS makes no such association, but
// for a VPC that another account shares, which is not modelled (F5.112).
func (l *loader) refusal(group *found[rawGroup], vpc string) string {
	home, v := &l.cfg.VPCs[l.vpcAt[group.raw.VpcId]], &l.cfg.VPCs[l.vpcAt[vpc]]
	if home.Region == "" { // an association says that the Regions are one
		home.Region = v.Region
	}
	if v.Region == "" {
		v.Region = home.Region
	}
	switch {
	case home == v:
		return "it is the VPC of the group itself"
	case group.raw.GroupName == "default":
		return "a default group serves its own VPC only"
	case v.Default:
		return "it is a default VPC"
	case v.Region != home.Region:
		return "it is in Region " + v.Region + ", the group in " + home.Region
	case v.Account != home.Account:
		return "it belongs to account " + v.Account + ", the VPC of the group to " + home.Account
	}
	return ""
}

// serves reports whether what is in a VPC can have a group. Where the dump shows a group of another VPC in
// use, and not its association, the use says that there is one.
func (l *loader) serves(o origin, group *found[rawGroup], vpc string) bool {
	if group.raw.VpcId == vpc || slices.Contains(l.groupVPCs[group.id], vpc) {
		return true
	}
	if _, ok := l.vpcAt[group.raw.VpcId]; !ok {
		l.warn(o, Dangling, "Groups.GroupId", group.id, "left out: the VPC of the group is not in the dump")
		return false
	}
	if why := l.refusal(group, vpc); why != "" {
		l.warn(o, Unsupported, "Groups.GroupId", group.id, "left out: the group belongs to VPC "+group.raw.VpcId+" and can't serve "+vpc+": "+why)
		return false
	}
	l.groupVPCs[group.id] = append(l.groupVPCs[group.id], vpc)
	l.warn(o, Assumed, "Groups.GroupId", group.id, "the group belongs to VPC "+group.raw.VpcId+": taken as associated with "+vpc)
	return true
}
