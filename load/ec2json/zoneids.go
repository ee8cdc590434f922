package ec2json

import "cmp"

// dropZoneIDs takes the ID of its zone from a subnet that contradicts one before: in an account each zone has
// one ID, and no two have the same.
func (l *loader) dropZoneIDs() {
	type key struct{ account, text string }
	ids, zones := map[key]string{}, map[key]string{}
	for i := range l.cfg.Subnets {
		s := &l.cfg.Subnets[i]
		if s.ZoneID == "" {
			continue
		}
		v := &l.cfg.VPCs[l.vpcAt[s.VPC]]
		account := cmp.Or(v.Account, defaultAccount)
		name := cmp.Or(s.Zone, l.regionOfVPC(s.VPC)+"a") // as Build takes it
		zone, id := key{account, name}, key{account, s.ZoneID}
		if a, b := ids[zone], zones[id]; a != "" && a != s.ZoneID || b != "" && b != name {
			f, _ := l.subnets.get(s.ID)
			l.warn(f.origin, Conflict, "AvailabilityZoneId", s.ZoneID, "left out: another subnet says otherwise of this zone")
			s.ZoneID = ""
			continue
		}
		ids[zone], zones[id] = s.ZoneID, name
	}
}
