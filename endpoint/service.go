package endpoint

import (
	"slices"
	"strings"
)

// Region gives the Region in the name of a service: "us-east-1" for "com.amazonaws.us-east-1.s3". It
// is "" for a name without one, such as "com.amazonaws.s3-global.accesspoint", and for what is no name.
func Region(service string) string {
	labels := strings.Split(service, ".")
	if i := regionAt(labels); i >= 0 {
		return labels[i]
	}
	return ""
}

// Short gives the name of a service without what stands before it: "s3" for "com.amazonaws.us-east-1.s3",
// "ecr.api" for "com.amazonaws.us-east-1.ecr.api". It is "" for a name without a Region, as in [Region].
func Short(service string) string {
	labels := strings.Split(service, ".")
	if i := regionAt(labels); i >= 0 {
		return strings.Join(labels[i+1:], ".")
	}
	return ""
}

// regionAt finds the label that is a Region, or gives -1. The first one counts: the name of
// a service of one's own ends in an ID that may look like one.
func regionAt(labels []string) int {
	for i, label := range labels {
		if isRegion(label) {
			return i
		}
	}
	return -1
}

// isRegion reports whether label looks like "us-east-1" or "us-gov-west-1": words, then a number. A
// table of the Regions would be out of date each year.
func isRegion(label string) bool {
	words := strings.Split(label, "-")
	last := len(words) - 1
	if last < 2 || !onlyOf(words[last], "0123456789") {
		return false
	}
	for _, word := range words[:last] {
		if !onlyOf(word, letters) {
			return false
		}
	}
	return words[0] != "vpce"
}

const letters = "abcdefghijklmnopqrstuvwxyz"

// isService reports whether name has the form of a service's name: three labels or more, of small
// letters, digits and hyphens, of which the first ones are AWS's.
func isService(name string) bool {
	labels := strings.Split(name, ".")
	for _, label := range labels {
		if !onlyOf(label, letters+"0123456789-_") {
			return false
		}
	}
	ours := func(first string) bool { return strings.HasPrefix(name, first) }
	return len(labels) >= 3 && slices.ContainsFunc(beginnings, ours)
}

// beginnings are those of the names of services, in all partitions that have names under amazonaws.
var beginnings = []string{"com.amazonaws.", "cn.com.amazonaws.", "eu.amazonaws.", "aws.", "api.aws."}

// onlyOf reports whether text is one character or more of set, and no other.
func onlyOf(text, set string) bool { return text != "" && strings.Trim(text, set) == "" }
