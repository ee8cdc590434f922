package subnet

// OutpostID is the last part of OutpostARN, "op-0123456789abcdef0"; "" where that is empty.
func (s *Subnet) OutpostID() string {
	if s == nil {
		return ""
	}
	return lastPart(s.OutpostARN)
}

// IsOutpostARN reports whether text is the ARN of an Outpost, as AWS writes them:
// "arn:aws:outposts:us-west-2:123456789012:outpost/op-0123456789abcdef0".
func IsOutpostARN(text string) bool { return isARN(text, "outposts", "outpost") }
