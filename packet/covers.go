package packet

// Covers reports whether s matches every packet that other matches, so that after a rule for s
// nothing is left for a rule for other. A service covers itself; the zero Service covers nothing and
// is covered by nothing. Covers allocates nothing.
func (s Service) Covers(other Service) bool {
	switch {
	case s.kind == kindInvalid || other.kind == kindInvalid:
		return false
	case s.kind == kindAll || s == other:
		return true
	case other.kind == kindAll || s.proto != other.proto:
		return false
	}
	switch s.kind {
	case kindProtocol:
		return true
	case kindPorts:
		return other.kind == kindPorts && s.lo <= other.lo && other.hi <= s.hi
	case kindType:
		return other.kind == kindTypeCode && s.lo == other.lo
	}
	return false
}
