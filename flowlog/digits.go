package flowlog

// Numbers are most of a line, so they are written three digits at a time.

// digits has the numbers below 1000 as text.
var digits = func() (table [1000]struct {
	text   [3]byte // from the left, without leading zeros
	padded [3]byte // with them
	length uint8   // of text
}) {
	for i := range table {
		d := [3]byte{byte('0' + i/100), byte('0' + i/10%10), byte('0' + i%10)}
		e := &table[i]
		e.padded = d
		switch {
		case i < 10:
			e.text, e.length = [3]byte{d[2]}, 1
		case i < 100:
			e.text, e.length = [3]byte{d[1], d[2]}, 2
		default:
			e.text, e.length = d, 3
		}
	}
	return table
}()

// appendSmall appends a number below 1000.
func appendSmall(b []byte, n uint64) []byte {
	e := &digits[n]
	b = append(b, e.text[0], e.text[1], e.text[2])
	return b[:len(b)-3+int(e.length)]
}

// appendNumber appends a number of any size.
func appendNumber(b []byte, n uint64) []byte {
	if n < 1000 {
		return appendSmall(b, n)
	}
	b = appendNumber(b, n/1000)
	e := &digits[n%1000]
	return append(b, e.padded[0], e.padded[1], e.padded[2])
}

// appendCount appends a number that ought not to be negative.
func appendCount(b []byte, n int64) []byte {
	if n < 0 {
		return appendNumber(append(b, '-'), -uint64(n))
	}
	return appendNumber(b, uint64(n))
}
