package packetwalk

import (
	"fmt"

	"github.com/packetwalk/packetwalk/nacl"
)

// lintACLs finds entries that can never match (A17).
func (l *linter) lintACLs() {
	for i := range l.NetworkACLs {
		a := &l.NetworkACLs[i]
		for _, s := range a.Shadowed() {
			mend := "remove it"
			if s.Entry.Action != s.By.Action {
				mend = "give it a lower number, or remove it"
			}
			l.warn(ACLEntryNeverMatches, KindNetworkACL, a.ID, entryField(a, s.Entry), "%s: %s", s, mend)
		}
	}
}

// entryField is the place of an entry in its ACL.
func entryField(a *nacl.ACL, e *nacl.Entry) string {
	for i := range a.Entries {
		if &a.Entries[i] == e {
			return fmt.Sprintf("Entries[%d]", i)
		}
	}
	return ""
}
