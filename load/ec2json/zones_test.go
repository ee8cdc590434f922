package ec2json_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/dns"
)

const (
	// twoZones are a public zone and a private one with one name, as list-hosted-zones prints them.
	twoZones = `{"HostedZones": [
		{"Id": "/hostedzone/Z0PUBLIC", "Name": "example.com.", "CallerReference": "1", "Config": {"Comment": "", "PrivateZone": false}, "ResourceRecordSetCount": 3},
		{"Id": "/hostedzone/Z0PRIVATE", "Name": "example.com.", "CallerReference": "2", "Config": {"PrivateZone": true}, "ResourceRecordSetCount": 4}]}`
	// privateZone is the private one, as get-hosted-zone prints it.
	privateZone = `{"HostedZone": {"Id": "/hostedzone/Z0PRIVATE", "Name": "example.com.", "CallerReference": "2", "Config": {"PrivateZone": true}, "ResourceRecordSetCount": 4},
		"VPCs": [{"VPCRegion": "eu-west-1", "VPCId": "vpc-1"}, {"VPCRegion": "eu-west-1", "VPCId": "vpc-9"}]}`
	publicRecords = `{"ResourceRecordSets": [
		{"Name": "example.com.", "Type": "NS", "TTL": 172800, "ResourceRecords": [{"Value": "ns-1.awsdns-01.org."}]},
		{"Name": "example.com.", "Type": "SOA", "TTL": 900, "ResourceRecords": [{"Value": "ns-1.awsdns-01.org. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400"}]},
		{"Name": "www.example.com.", "Type": "A", "AliasTarget": {"HostedZoneId": "Z0ELB", "DNSName": "dualstack.web-1.eu-west-1.elb.amazonaws.com.", "EvaluateTargetHealth": true}}]}`
	privateRecords = `{"ResourceRecordSets": [
		{"Name": "example.com.", "Type": "SOA", "TTL": 900, "ResourceRecords": [{"Value": "ns-1536.awsdns-00.co.uk. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400"}]},
		{"Name": "\\052.apps.example.com.", "Type": "A", "TTL": 60, "ResourceRecords": [{"Value": "10.0.1.10"}, {"Value": "10.0.1.11"}]},
		{"Name": "db.example.com.", "Type": "CNAME", "TTL": 300, "ResourceRecords": [{"Value": "db-1.example.com."}]},
		{"Name": "db-1.example.com.", "Type": "AAAA", "TTL": 300, "ResourceRecords": [{"Value": "2001:db8::5"}]}]}`
)

func TestHostedZones(t *testing.T) {
	public := dns.Zone{ID: "Z0PUBLIC", Name: "example.com", Records: []dns.Record{
		{Name: "www.example.com", Type: dns.A, Alias: "dualstack.web-1.eu-west-1.elb.amazonaws.com"}}}
	private := dns.Zone{ID: "Z0PRIVATE", Name: "example.com", Private: true, VPCs: []string{"vpc-1"}, Records: []dns.Record{
		{Name: "*.apps.example.com", Type: dns.A, TTL: 60, Values: []string{"10.0.1.10", "10.0.1.11"}},
		{Name: "db.example.com", Type: dns.CNAME, TTL: 300, Values: []string{"db-1.example.com"}},
		{Name: "db-1.example.com", Type: dns.AAAA, TTL: 300, Values: []string{"2001:db8::5"}}}}
	tests := []struct {
		name          string
		public, other string // the names of the files with the record sets
	}{
		{"F9.304 the files' names say the zones", "records-Z0PUBLIC.json", "records-Z0PRIVATE.json"},
		{"F9.304 two zones of one name are told apart by the number of their record sets", "a.json", "b.json"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			cfg, warnings, err := ec2jsonLoad("vpcs.json", twoVPCs, "zones.json", twoZones, "zone.json", privateZone, test.public, publicRecords, test.other, privateRecords)
			require.NoError(t, err)
			same(t, []dns.Zone{private, public}, cfg.HostedZones) // in the order of the files
			text := fmt.Sprint(warnings)
			assert.Contains(t, text, `HostedZones Z0PRIVATE: VPCId "vpc-9": dangling`)
			assert.Contains(t, text, `ResourceRecordSets Z0PUBLIC: Type "NS": ignored: 1 left out`)
			assert.Contains(t, text, `ResourceRecordSets Z0PUBLIC: Type "SOA": ignored: 1 left out`)
			assert.Contains(t, text, `ResourceRecordSets Z0PRIVATE: Type "SOA": ignored: 1 left out`)
			assert.Len(t, warnings, 4)
			_, err = cfg.Build()
			assert.NoError(t, err)
		})
	}
}

// oneZone is a private zone of vpc-1 with more record sets beside its SOA record.
func oneZone(records string) []string {
	return []string{"vpcs.json", twoVPCs,
		"zone.json", `{"HostedZone": {"Id": "/hostedzone/Z1", "Name": "corp.example.", "Config": {"PrivateZone": true}}, "VPCs": [{"VPCRegion": "eu-west-1", "VPCId": "vpc-1"}]}`,
		"records.json", `{"ResourceRecordSets": [{"Name": "corp.example.", "Type": "SOA", "TTL": 900, "ResourceRecords": [{"Value": "x"}]}` + records + `]}`}
}

func TestRecords(t *testing.T) {
	a := func(name string, values ...string) dns.Record {
		return dns.Record{Name: name, Type: dns.A, TTL: 60, Values: values}
	}
	set := func(name, value, more string) string {
		return fmt.Sprintf(`, {"Name": %q, "Type": "A", "TTL": 60, "ResourceRecords": [{"Value": %q}]%s}`, name, value, more)
	}
	tests := []struct {
		name, records string
		want          []dns.Record
		warning       string
	}{
		{"an escape of three digits", set(`\100home.corp.example.`, "10.0.0.5", ""), []dns.Record{a("@home.corp.example", "10.0.0.5")}, ""},
		{"what looks like an escape", set(`a\9.corp.example.`, "10.0.0.5", ""), []dns.Record{a(`a\9.corp.example`, "10.0.0.5")}, ""},
		{"the first of those by weight", set("w.corp.example.", "10.0.0.5", `, "SetIdentifier": "a", "Weight": 1`) + set("w.corp.example.", "10.0.0.6", `, "SetIdentifier": "b", "Weight": 9`),
			[]dns.Record{a("w.corp.example", "10.0.0.5")}, `w.corp.example A "b": assumed: left out`},
		{"the first of those by latency", set("l.corp.example.", "10.0.0.5", `, "SetIdentifier": "a", "Region": "eu-west-1"`) + set("l.corp.example.", "10.0.0.6", `, "SetIdentifier": "b", "Region": "us-east-1"`),
			[]dns.Record{a("l.corp.example", "10.0.0.5")}, `l.corp.example A "b": assumed`},
		{"the first of those by place", set("g.corp.example.", "10.0.0.5", `, "SetIdentifier": "a", "GeoLocation": {"CountryCode": "*"}`) + set("g.corp.example.", "10.0.0.6", `, "SetIdentifier": "b", "GeoLocation": {"ContinentCode": "EU"}`),
			[]dns.Record{a("g.corp.example", "10.0.0.5")}, `g.corp.example A "b": assumed`},
		{"one for some place", set("g.corp.example.", "10.0.0.5", `, "SetIdentifier": "a", "GeoLocation": {"CountryCode": "US"}`),
			[]dns.Record{a("g.corp.example", "10.0.0.5")}, `g.corp.example A "a": assumed: it is told to everybody`},
		{"one for some blocks", set("g.corp.example.", "10.0.0.5", `, "SetIdentifier": "a", "CidrRoutingConfig": {"CollectionId": "c", "LocationName": "office"}`),
			[]dns.Record{a("g.corp.example", "10.0.0.5")}, `g.corp.example A "a": assumed: it is told to everybody`},
		{"the primary one of two", set("f.corp.example.", "10.0.0.5", `, "SetIdentifier": "a", "Failover": "SECONDARY"`) + set("f.corp.example.", "10.0.0.6", `, "SetIdentifier": "b", "Failover": "PRIMARY"`),
			[]dns.Record{a("f.corp.example", "10.0.0.6")}, `f.corp.example A "b": assumed`},
		{"those that are answered together", set("m.corp.example.", "10.0.0.5", `, "SetIdentifier": "a", "MultiValueAnswer": true`) + set("m.corp.example.", "10.0.0.6", `, "SetIdentifier": "b", "MultiValueAnswer": true`),
			[]dns.Record{a("m.corp.example", "10.0.0.5", "10.0.0.6")}, ""},
		{"an address that is none", set("x.corp.example.", "10.0.0.500", "") + set("y.corp.example.", "10.0.0.5", ""), []dns.Record{a("y.corp.example", "10.0.0.5")}, `x.corp.example A.ResourceRecords[0].Value "10.0.0.500": malformed`},
		{"an address of the other family", set("x.corp.example.", "2001:db8::1", ""), nil, `malformed`},
		{"a CNAME that is not alone", set("c.corp.example.", "10.0.0.5", "") + `, {"Name": "c.corp.example.", "Type": "CNAME", "TTL": 60, "ResourceRecords": [{"Value": "d.corp.example."}]}`,
			[]dns.Record{a("c.corp.example", "10.0.0.5")}, `c.corp.example CNAME "c.corp.example": malformed: left out`},
		{"one warning for all of a type", `, {"Name": "corp.example.", "Type": "MX", "ResourceRecords": [{"Value": "10 m"}]}, {"Name": "b.corp.example.", "Type": "MX", "ResourceRecords": [{"Value": "10 m"}]}` + set("y.corp.example.", "10.0.0.5", ""),
			[]dns.Record{a("y.corp.example", "10.0.0.5")}, `Type "MX": ignored: 2 left out`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			cfg, warnings, err := ec2jsonLoad(oneZone(test.records)...)
			require.NoError(t, err)
			require.Len(t, cfg.HostedZones, 1)
			same(t, test.want, cfg.HostedZones[0].Records)
			if test.warning == "" {
				assert.Len(t, warnings, 1, "that of the SOA record: %v", warnings)
			}
			assert.Contains(t, fmt.Sprint(warnings), test.warning)
			_, err = cfg.Build()
			assert.NoError(t, err)
		})
	}
}

func TestZonesLeftOut(t *testing.T) {
	zone := func(id, name string, private bool) string {
		return fmt.Sprintf(`{"HostedZones": [{"Id": "/hostedzone/%s", "Name": %q, "Config": {"PrivateZone": %v}}]}`, id, name, private)
	}
	records := strings.ReplaceAll(publicRecords, "example.com", "corp.example")
	tests := []struct {
		name    string
		files   []string
		want    []string // IDs
		warning string
	}{
		{"a zone without its record sets", []string{"z.json", zone("Z1", "corp.example.", false)}, nil, `HostedZones Z1: ResourceRecordSets "corp.example": dangling: left out`},
		{"record sets without their zone", []string{"r.json", records}, nil, `ResourceRecordSets: HostedZoneId: dangling: left out`},
		{"record sets that fit two zones", []string{"a.json", zone("Z1", "corp.example.", false), "b.json", zone("Z2", "corp.example.", true), "r.json", records}, nil,
			`ResourceRecordSets: HostedZoneId "Z1 Z2": dangling: left out: the output does not say its zone, nor does the file's name, and the names in it fit 2 zones`},
		{"the file's name counts for more", []string{"a.json", zone("Z1", "corp.example.", false), "b.json", zone("Z2", "corp.example.", true), "of/Z1/r.json", records}, []string{"Z1"}, "Z2: ResourceRecordSets"},
		{"the zone above is another one", []string{"a.json", zone("Z1", "example.", false), "r.json", records}, nil, "fit 0 zones"},
		{"the longer zone of two, which stands first", []string{"a.json", zone("Z2", "corp.example.", false), "b.json", zone("Z1", "example.", false), "r.json", `{"ResourceRecordSets": [{"Name": "a.corp.example.", "Type": "A", "ResourceRecords": [{"Value": "192.0.2.1"}]}]}`}, []string{"Z2"}, "Z1: ResourceRecordSets"},
		{"a word that ends like the ID is another one", []string{"a.json", zone("Z1", "corp.example.", false), "b.json", zone("Z2", "corp.example.", true), "xZ1.json", records}, nil, "fit 2 zones"},
		{"a longer word in the path is another one", []string{"a.json", zone("Z1", "corp.example.", false), "b.json", zone("Z2", "corp.example.", true), "Z11.json", records}, nil, "fit 2 zones"},
		{"the longer zone of two", []string{"a.json", zone("Z1", "example.", false), "b.json", zone("Z2", "corp.example.", false), "r.json", records}, []string{"Z2"}, "Z1: ResourceRecordSets"},
		{"a second page, without the SOA record", []string{"a.json", zone("Z1", "example.", false), "b.json", zone("Z2", "corp.example.", false), "r.json", `{"ResourceRecordSets": [{"Name": "a.corp.example.", "Type": "A", "ResourceRecords": [{"Value": "192.0.2.1"}]}]}`}, []string{"Z2"}, "Z1: ResourceRecordSets"},
		{"F9.304 a private zone whose VPCs nobody printed", []string{"a.json", zone("Z1", "corp.example.", true), "r.json", records}, []string{"Z1"}, `HostedZones Z1: VPCs: dangling: the zone answers nobody`},
		{"a name that is none", []string{"a.json", zone("Z1", "corp..example.", true), "Z1.json", records}, nil, `HostedZones Z1: Name "corp..example.": malformed: left out`},
		{"F9.304 a zone of another account", []string{"vpcs.json", twoVPCs, "zones-of-vpc-1.json", `{"HostedZoneSummaries": [{"HostedZoneId": "Z1", "Name": "corp.example.", "Owner": {"OwningAccount": "444455556666"}}]}`, "r.json", records}, []string{"Z1"}, ""},
		{"F9.304 zones of a VPC that nobody names", []string{"vpcs.json", twoVPCs, "z.json", `{"HostedZoneSummaries": [{"HostedZoneId": "Z1", "Name": "corp.example."}]}`}, nil, `HostedZoneSummaries Z1: VPCId: dangling`},
		{"VPCs of a public zone", []string{"vpcs.json", twoVPCs, "z.json", `{"HostedZone": {"Id": "/hostedzone/Z1", "Name": "corp.example."}, "VPCs": [{"VPCId": "vpc-1"}]}`, "r.json", records}, []string{"Z1"}, `Z1: VPCs "1": conflict`},
		{"VPCs without their zone", []string{"z.json", `{"VPCs": [{"VPCId": "vpc-1"}]}`}, nil, `VPCs (1): unsupported`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			cfg, warnings, err := ec2jsonLoad(test.files...)
			require.NoError(t, err)
			var ids []string
			for _, z := range cfg.HostedZones {
				ids = append(ids, z.ID)
			}
			assert.Equal(t, test.want, ids)
			assert.Contains(t, fmt.Sprint(warnings), test.warning)
			_, err = cfg.Build()
			assert.NoError(t, err)
		})
	}
	cfg, _, err := ec2jsonLoad("vpcs.json", twoVPCs, "zones-of-vpc-1.json", `{"HostedZoneSummaries": [{"HostedZoneId": "Z1", "Name": "corp.example."}]}`, "r.json", records)
	require.NoError(t, err)
	assert.Equal(t, []string{"vpc-1"}, cfg.HostedZones[0].VPCs)
}
