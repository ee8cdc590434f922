// Package dns describes names as data: hosted zones with their records, and what a zone answers.
//
// A [Zone] is public, and then the whole world is told what it holds, or private, and then only the VPCs that
// are associated with it (F9.304). [Lookup] answers one name from a set of zones: the zone whose name fits
// best, the record of that name, or the wildcard above it.
//
// Which zones somebody may ask, and whether the question arrives at all, is a matter of the network.
package dns
