// Package nacl describes network ACLs, the stateless filters at a subnet's border.
//
// An [ACL] is a list of numbered entries for each direction. A packet that enters or leaves a
// subnet is compared with them from the lowest number up, and the first [Entry] that matches
// decides; what no entry matches is denied. [ACL.Eval] answers that for one packet, and names the
// entry. Traffic between two hosts of one subnet never meets the ACL (F6.011).
//
// An ACL remembers nothing: the answer to an allowed request needs an entry of its own, and its
// destination port is the ephemeral port that the request came from (F6.006). That is the mistake
// that people make most often, together with an entry that never matches because one with a
// lower number takes all its traffic: [ACL.Shadowed] finds those.
//
// The types are plain data, which can be written as literals, compared, and marshalled to JSON and
// back. [ACL.Validate] reports what AWS would not accept. Nothing here changes an ACL, so that one
// may be used from several goroutines as long as nobody writes to it.
package nacl
