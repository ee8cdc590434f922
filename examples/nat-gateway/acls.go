package main

import (
	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/examples/internal/lesson"
)

// servers is where the servers are that the application calls.
const servers = "203.0.113.0/24"

// applications is the private subnet.
const applications = "10.0.2.0/24"

// entry is one entry of an ACL.
type entry struct {
	says string
	add  func(*packetwalk.ACLHandle)
}

// publicEntries are the least that the ACL of the NAT gateway's subnet needs: the request comes in and goes on, and so
// does the reply.
var publicEntries = []entry{
	{"in  tcp/443 from 10.0.2.0/24", func(a *packetwalk.ACLHandle) { a.AllowIn(100, "tcp/443", applications) }},
	{"out tcp/443 to 203.0.113.0/24", func(a *packetwalk.ACLHandle) { a.AllowOut(100, "tcp/443", servers) }},
	{"in  tcp/1024-65535 from 203.0.113.0/24", func(a *packetwalk.ACLHandle) { a.AllowIn(110, "tcp/1024-65535", servers) }},
	{"out tcp/1024-65535 to 10.0.2.0/24", func(a *packetwalk.ACLHandle) { a.AllowOut(110, "tcp/1024-65535", applications) }},
}

// privateEntries are the least that the ACL of the application's subnet needs.
var privateEntries = []entry{
	{"out tcp/443 to 203.0.113.0/24", func(a *packetwalk.ACLHandle) { a.AllowOut(100, "tcp/443", servers) }},
	{"in  tcp/1024-65535 from 203.0.113.0/24", func(a *packetwalk.ACLHandle) { a.AllowIn(100, "tcp/1024-65535", servers) }},
}

// acls shows that each of these entries is needed, by leaving one out at a time.
func acls() []lesson.Scene {
	ofPublic := func(s shop) *packetwalk.SubnetHandle { return s.public }
	ofPrivate := func(s shop) *packetwalk.SubnetHandle { return s.private }
	return []lesson.Scene{{
		Title: "A tight network ACL for the public subnet, of four entries; then without one of them at a time.",
		Asked: oneMissing("public-acl", publicEntries, ofPublic),
		Why:   "A NAT gateway has no security group, but its subnet's ACL is asked on both legs, there and back.",
	}, {
		Title: "The same for the private subnet, where two entries do.",
		Asked: oneMissing("private-acl", privateEntries, ofPrivate),
		Why:   "This ACL sees the server's own address, out and in: the addresses are rewritten behind it.",
	}}
}

// oneMissing asks with all entries, and then with all but one.
func oneMissing(id string, entries []entry, of func(shop) *packetwalk.SubnetHandle) []lesson.Question {
	guarded := func(without int) lesson.Network {
		return func(b *packetwalk.Builder) {
			s := newRoutedShop(b)
			acl := s.vpc.ACL(id).For(of(s))
			for i, e := range entries {
				if i != without {
					e.add(acl)
				}
			}
		}
	}
	list := []lesson.Question{lesson.Ask("all of them", guarded(len(entries)), "app", "internet", "tcp/443")}
	for i, e := range entries {
		list = append(list, lesson.Ask("no "+e.says, guarded(i), "app", "internet", "tcp/443"))
	}
	return list
}
