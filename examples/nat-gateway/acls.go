package main

import (
	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/examples/internal/lesson"
)

// servers is where the servers are that the application calls.
const servers = "203.0.113.0/24"

// applications is the private subnet.
const applications = "10.0.2.0/24"

// entry is one entry of an ACL, that allows.
type entry struct {
	in            bool
	service, cidr string // of an entry that lets in the cidr is the source, else the destination
}

// String names the entry as the scenes print it: "in  tcp/443 from 10.0.2.0/24".
func (e entry) String() string {
	if e.in {
		return "in  " + e.service + " from " + e.cidr
	}
	return "out " + e.service + " to " + e.cidr
}

// add puts the entry into an ACL.
func (e entry) add(a *packetwalk.ACLHandle, number int) {
	if e.in {
		a.AllowIn(number, e.service, e.cidr)
		return
	}
	a.AllowOut(number, e.service, e.cidr)
}

// publicEntries are the least that the ACL of the NAT gateway's subnet needs: the request comes in and goes
// on, and so does the reply.
var publicEntries = []entry{
	{true, "tcp/443", applications}, {false, "tcp/443", servers},
	{true, "tcp/1024-65535", servers}, {false, "tcp/1024-65535", applications},
}

// privateEntries are the least that the ACL of the application's subnet needs.
var privateEntries = []entry{{false, "tcp/443", servers}, {true, "tcp/1024-65535", servers}}

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
					e.add(acl, 100+i)
				}
			}
		}
	}
	list := []lesson.Question{lesson.Ask("all of them", guarded(len(entries)), "app", "internet", "tcp/443")}
	for i, e := range entries {
		list = append(list, lesson.Ask("no "+e.String(), guarded(i), "app", "internet", "tcp/443"))
	}
	return list
}
