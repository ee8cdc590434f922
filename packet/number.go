package packet

import (
	"fmt"
	"strconv"
	"strings"
)

// isAll reports whether s is one of the spellings of "everything": AWS writes -1.
func isAll(s string) bool { return s == "-1" || strings.EqualFold(s, "all") }

// startsWithDigit tells a number from a name, so that "256" is reported as too large and not as
// an unknown name.
func startsWithDigit(s string) bool { return s != "" && '0' <= s[0] && s[0] <= '9' }

// parseNumber parses decimal digits from 0 to limit. what names the thing in the error. A sign, a
// space or an underscore is an error.
func parseNumber(what, s string, limit uint64) (uint64, error) {
	if s == "" || strings.Trim(s, "0123456789") != "" {
		return 0, fmt.Errorf("%s %q is not a number from 0 to %d", what, s, limit)
	}
	n, err := strconv.ParseUint(s, 10, 64)
	if err != nil || n > limit { // digits alone can only fail by being too large
		return 0, fmt.Errorf("%s %s is above %d", what, s, limit)
	}
	return n, nil
}
