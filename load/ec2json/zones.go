package ec2json

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/packetwalk/packetwalk/dns"
	"github.com/packetwalk/packetwalk/internal/fault"
)

// rawZone is a hosted zone as list-hosted-zones and get-hosted-zone print it.
type rawZone struct {
	Id, Name               string // "/hostedzone/Z0A1B", "example.com."
	Config                 struct{ PrivateZone bool }
	ResourceRecordSetCount int
}

func (r rawZone) id() string { return strings.TrimPrefix(r.Id, "/hostedzone/") }

// rawZoneVPC is a VPC with which a private hosted zone is associated.
type rawZoneVPC struct{ VPCId, VPCRegion string }

func (r rawZoneVPC) id() string { return r.VPCId }

// zoneVPC says that a zone is associated with a VPC.
type zoneVPC struct {
	origin
	zone, vpc string
}

// readHostedZone reads an output of get-hosted-zone: a zone, and the VPCs of a private one beside it.
func readHostedZone(l *loader, file string, _ json.RawMessage, top map[string]json.RawMessage) (taken []string) {
	value, ok := top["HostedZone"]
	if !ok || jsonType(value) != "object" {
		return nil
	}
	taken = []string{"HostedZone"}
	zone, ok := decode[rawZone](l, origin{file: file, kind: "HostedZone"}, value)
	if !ok {
		return taken // VPCs is reported as a key that nothing is known of
	}
	l.zones.put(l, origin{file: file, kind: "HostedZones"}, zone)
	var vpcs []json.RawMessage
	if json.Unmarshal(top["VPCs"], &vpcs) != nil {
		return taken
	}
	o := origin{file: file, kind: "VPCs"}
	for _, value := range vpcs {
		if v, ok := decode[rawZoneVPC](l, o, value); ok {
			l.zoneVPCs = append(l.zoneVPCs, zoneVPC{origin{file, "HostedZones", zone.id()}, zone.id(), v.VPCId})
		}
	}
	return append(taken, "VPCs")
}

// rawZoneSummary is a zone as list-hosted-zones-by-vpc prints it: those of others are among them.
type rawZoneSummary struct{ HostedZoneId, Name string }

func (r rawZoneSummary) id() string { return r.HostedZoneId }

// readZoneSummaries reads an output of list-hosted-zones-by-vpc. Of which VPC it is, only the file's path
// says.
func readZoneSummaries(l *loader, o origin, values []json.RawMessage) {
	for _, value := range values {
		if zone, ok := decode[rawZoneSummary](l, o, value); ok {
			private := rawZone{Id: zone.HostedZoneId, Name: zone.Name}
			private.Config.PrivateZone = true
			l.summaries = append(l.summaries, found[rawZone]{origin{o.file, o.kind, zone.HostedZoneId}, private})
		}
	}
}

// addSummaries puts the zones of list-hosted-zones-by-vpc to the others, with their VPC.
func (l *loader) addSummaries() {
	ids := make([]string, 0, len(l.vpcs.items))
	for _, f := range l.vpcs.items {
		ids = append(ids, f.id)
	}
	for _, f := range l.summaries {
		vpc := subject(f.file, ids)
		if vpc == "" {
			l.warn(f.origin, Dangling, "VPCId", "", "left out: the output does not say of which VPC it is, nor does the file's name")
			continue
		}
		if _, known := l.zones.get(f.id); !known {
			l.zones.put(l, f.origin, f.raw)
		}
		l.zoneVPCs = append(l.zoneVPCs, zoneVPC{f.origin, f.id, vpc})
	}
}

// addZones makes the hosted zones. One of which the dump does not say what it holds is left out: as an empty
// one it would say of each of its names that there is none.
func (l *loader) addZones() {
	l.addSummaries()
	records := l.zoneRecords()
	for _, f := range l.zones.items {
		z := dns.Zone{ID: f.id, Name: domainName(f.raw.Name), Private: f.raw.Config.PrivateZone, VPCs: l.vpcsOfZone(f)}
		groups, ok := records[f.id]
		if !ok {
			l.warn(f.origin, Dangling, "ResourceRecordSets", z.Name, "left out: its record sets are not in the dump")
			continue
		}
		if z.Records = l.recordsOf(&z, groups); l.fits(f, &z) {
			l.cfg.HostedZones = append(l.cfg.HostedZones, z)
		}
	}
}

// fits takes the records that a zone can't have from it, and reports whether it can stand.
func (l *loader) fits(f found[rawZone], z *dns.Zone) bool {
	for {
		bad := map[int]bool{}
		for _, fault := range fault.Of(z.Validate()) {
			var i int
			if _, err := fmt.Sscanf(fault.Field, "Records[%d]", &i); err != nil {
				l.warn(f.origin, Malformed, "Name", f.raw.Name, "left out: "+fault.Error())
				return false
			}
			if r := z.Records[i]; !bad[i] {
				bad[i] = true
				l.warn(f.origin, Malformed, r.Name+" "+r.Type.String(), fault.Value, "left out: "+fault.Err.Error())
			}
		}
		if len(bad) == 0 {
			return true
		}
		var good []dns.Record
		for i, r := range z.Records {
			if !bad[i] {
				good = append(good, r)
			}
		}
		z.Records = good
	}
}

// vpcsOfZone gives the VPCs of the dump with which a zone is associated.
func (l *loader) vpcsOfZone(f found[rawZone]) (vpcs []string) {
	said := false
	for _, a := range l.zoneVPCs {
		if a.zone != f.id {
			continue
		}
		said = true
		if _, ok := l.vpcAt[a.vpc]; !ok {
			l.warn(a.origin, Dangling, "VPCId", a.vpc, "left out: the VPC is not in the dump")
		} else if !slices.Contains(vpcs, a.vpc) {
			vpcs = append(vpcs, a.vpc)
		}
	}
	switch {
	case !f.raw.Config.PrivateZone && said:
		l.warn(f.origin, Conflict, "VPCs", fmt.Sprint(len(vpcs)), "left out: the zone is public")
		return nil
	case f.raw.Config.PrivateZone && !said:
		l.warn(f.origin, Dangling, "VPCs", "", "the zone answers nobody: get-hosted-zone says its VPCs, and is not in the dump")
	}
	return vpcs
}

// domainName reads a name as Route 53 prints it: with a last dot, and with \052 for what is no letter, digit,
// hyphen or underscore, such as the asterisk.
func domainName(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if c, ok := octal(text[i:]); ok {
			b.WriteByte(c)
			i += 3
			continue
		}
		b.WriteByte(text[i])
	}
	return strings.TrimSuffix(b.String(), ".")
}

// octal reads an escape such as \052 at the beginning of a text.
func octal(text string) (c byte, ok bool) {
	if len(text) < 4 || text[0] != '\\' {
		return 0, false
	}
	n := 0
	for _, d := range text[1:4] {
		if d < '0' || d > '7' {
			return 0, false
		}
		n = n*8 + int(d-'0')
	}
	return byte(n), n < 256
}
