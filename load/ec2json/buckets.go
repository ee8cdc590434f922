package ec2json

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/packetwalk/packetwalk/endpoint"
)

// rawBucket is a bucket as list-buckets prints it; the first years of that command printed no Region.
type rawBucket struct{ Name, BucketRegion string }

func (r rawBucket) id() string { return r.Name }

// bucketPolicy is one output of get-bucket-policy, which does not say its bucket.
type bucketPolicy struct {
	origin
	document string
}

// readBucketPolicy reads an output of get-bucket-policy: a policy as a string.
func readBucketPolicy(l *loader, file string, _ json.RawMessage, top map[string]json.RawMessage) (taken []string) {
	var document string
	if top["Policy"] == nil || json.Unmarshal(top["Policy"], &document) != nil || document == "" {
		return nil
	}
	l.policies = append(l.policies, bucketPolicy{origin{file: file, kind: "Policy"}, document})
	return []string{"Policy"}
}

// addBuckets makes the buckets: those of list-buckets, and those that only a policy names.
func (l *loader) addBuckets() {
	named := map[string]bucketPolicy{}
	for _, p := range l.policies {
		name, why := l.bucketOf(p)
		if why != "" {
			l.warn(p.origin, Dangling, "Resource", name, "left out: "+why)
			continue
		}
		if first, twice := named[name]; twice {
			if first.document != p.document {
				l.warn(p.origin, Conflict, "Resource", name, "left out: "+first.file+" has another policy of the bucket")
			}
			continue
		}
		named[name] = p
		if _, known := l.buckets.get(name); !known {
			l.buckets.put(l, p.origin, rawBucket{Name: name})
		}
	}
	account, region := l.only(func(i int) string { return l.cfg.VPCs[i].Account }), l.only(func(i int) string { return l.cfg.VPCs[i].Region })
	for _, f := range l.buckets.items {
		b := endpoint.Bucket{Name: f.id, Account: account, Region: cmp.Or(f.raw.BucketRegion, region), Policy: named[f.id].document}
		_, err := b.ParsePolicy()
		b.Policy = l.readable(f.origin, b.Policy, err)
		if account == "" && len(l.cfg.VPCs) > 0 {
			l.warn(f.origin, Assumed, "Account", "", "taken as of account "+defaultAccount+": the dump does not say whose it is")
		}
		if f.raw.BucketRegion == "" {
			l.warn(f.origin, Assumed, "BucketRegion", "", "taken as in "+cmp.Or(region, defaultRegion)+": the dump does not say it")
		}
		if l.isValid(f.origin, "the bucket", b.Validate()) {
			l.cfg.Buckets = append(l.cfg.Buckets, b)
		}
	}
}

// bucketOf gives the bucket of a policy: the only one that its resources name, else that which the file's
// path names. Where there is none, why says it.
func (l *loader) bucketOf(p bucketPolicy) (name, why string) {
	names := bucketsIn(p.document)
	if len(names) == 1 {
		return names[0], ""
	}
	ids := slices.Clone(names)
	for _, f := range l.buckets.items {
		ids = append(ids, f.id)
	}
	if name := subject(p.file, ids); name != "" {
		return name, ""
	}
	return strings.Join(names, " "), fmt.Sprintf("the policy names %d buckets, and the file's name none of them", len(names))
}

// bucketsIn gives the buckets that the resources of a policy name: "arn:aws:s3:::logs/*" is one of "logs".
func bucketsIn(document string) (names []string) {
	var policy struct{ Statement json.RawMessage }
	if json.Unmarshal([]byte(document), &policy) != nil {
		return nil
	}
	type statement struct{ Resource, NotResource json.RawMessage }
	for _, value := range oneOrMore(policy.Statement) {
		var s statement
		if json.Unmarshal(value, &s) != nil {
			continue
		}
		for _, resource := range append(oneOrMore(s.Resource), oneOrMore(s.NotResource)...) {
			var arn string
			if json.Unmarshal(resource, &arn) != nil {
				continue
			}
			fields := strings.SplitN(arn, ":", 6)
			if len(fields) < 6 || fields[2] != "s3" || fields[3] != "" {
				continue
			}
			if name, _, _ := strings.Cut(fields[5], "/"); name != "" && !strings.ContainsAny(name, "*?") {
				names = append(names, name)
			}
		}
	}
	return unique(names)
}

// oneOrMore gives the values of a JSON array, or a value that stands by itself, as policies have it.
func oneOrMore(value json.RawMessage) (values []json.RawMessage) {
	if len(value) == 0 {
		return nil
	}
	if json.Unmarshal(value, &values) != nil {
		return []json.RawMessage{value}
	}
	return values
}

// only gives what all VPCs of the dump have in common, "" where they differ.
func (l *loader) only(of func(vpc int) string) (common string) {
	for i := range l.cfg.VPCs {
		if i > 0 && of(i) != common {
			return ""
		}
		common = of(i)
	}
	return common
}
