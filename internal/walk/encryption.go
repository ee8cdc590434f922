package walk

import "github.com/packetwalk/packetwalk/trace"

// droppedPlain drops what does not count as encrypted at the interface of an endpoint, in a VPC that enforces
// encryption in transit (F3.202). The groups and the ACL there let it in; its record says all the same that
// VPC Encryption Controls rejected it. It reports whether the walk ends here.
func (w *walker) droppedPlain(h hop) bool {
	w.drop(h, trace.EncryptionRequired)
	w.rejects(trace.RejectEC)
	return w.stopped()
}
