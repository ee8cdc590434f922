package dns

import "net/netip"

// Zone is a Route 53 hosted zone: the names at and below its own.
type Zone struct {
	ID      string
	Name    string   // "corp.example.com", with or without the last dot
	Private bool     // only VPCs and Servers are told; else everybody is
	VPCs    []string // those that are associated with a private zone
	// Servers are the addresses of DNS servers of one's own that hold the zone too, beside Route 53.
	Servers []netip.Addr
	Records []Record
}

// Record is the records of one name and type.
type Record struct {
	Name   string   // the whole name, "db.corp.example.com"; "*.corp.example.com" for all others below
	Type   Type     // zero is not valid
	TTL    int64    // seconds
	Values []string // addresses, or for a CNAME the one name
	Alias  string   // the name for which it stands, as Route 53's alias records do; then Values is empty
}
