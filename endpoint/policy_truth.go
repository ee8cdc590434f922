package endpoint

// truth is what can be said of a condition. What a request does not say is neither yes nor no, so that "and"
// is the built-in min and "or" the built-in max.
type truth uint8

const (
	no truth = iota
	unknown
	yes
)

// not turns yes into no and back; what is unknown stays so.
func (t truth) not() truth { return yes - t }

// toTruth is yes where b holds.
func toTruth(b bool) truth {
	if b {
		return yes
	}
	return no
}
