package query

import (
	"fmt"
	"strings"
)

// tokenKind is what a token of SQL is.
type tokenKind uint8

const (
	word   tokenKind = iota // a name or keyword without quotes
	quoted                  // a name in quotes, which the text has not
	text                    // a text, with its quotes
	number                  // a number
	mark                    // an operator, a parenthesis, a comma
	made                    // what the translation put in place of several tokens
)

type token struct {
	kind tokenKind
	text string
}

// is reports whether the token is one of the keywords, given in capitals, or marks.
func (t token) is(any ...string) bool {
	if t.kind != word && t.kind != mark {
		return false
	}
	for _, s := range any {
		if strings.EqualFold(t.text, s) {
			return true
		}
	}
	return false
}

// String gives the token as SQLite reads it. A name in quotes stands in back-ticks, since SQLite takes one in
// double quotes that is no column for a text.
func (t token) String() string {
	if t.kind == quoted {
		return "`" + strings.ReplaceAll(t.text, "`", "``") + "`"
	}
	return t.text
}

func join(tokens []token) string {
	texts := make([]string, len(tokens))
	for i, t := range tokens {
		texts[i] = t.String()
	}
	return strings.Join(texts, " ")
}

const (
	digits  = "0123456789"
	letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_"
	blanks  = " \t\r\n"
)

// tokenize parts a statement into tokens and leaves out white space and comments.
func tokenize(statement string) ([]token, error) {
	var tokens []token
	for rest := statement; rest != ""; {
		t, n, err := next(rest)
		if err != nil {
			return nil, err
		}
		if n == 0 {
			return nil, fmt.Errorf("%q: no character of SQL", string([]rune(rest)[:1]))
		}
		if t.text != "" || t.kind == quoted {
			tokens = append(tokens, t)
		}
		rest = rest[n:]
	}
	return tokens, nil
}

// next gives the first token of s and its length there. White space and comments give a token without text.
func next(s string) (t token, n int, err error) {
	switch {
	case strings.Contains(blanks, s[:1]):
		return token{}, span(s, blanks), nil
	case strings.HasPrefix(s, "--"):
		line, _, _ := strings.Cut(s, "\n")
		return token{}, len(line), nil
	case strings.HasPrefix(s, "/*"):
		i := strings.Index(s[2:], "*/")
		if i < 0 {
			return token{}, 0, fmt.Errorf("a comment does not end: want */")
		}
		return token{}, i + 4, nil
	case strings.Contains("'\"`", s[:1]):
		return nextQuoted(s)
	case strings.Contains(digits, s[:1]):
		n = span(s, digits+letters+".")
		return token{number, s[:n]}, n, nil
	case strings.Contains(letters, s[:1]):
		n = span(s, letters+digits)
		return token{word, s[:n]}, n, nil
	case len(s) > 1 && strings.Contains(" <= >= <> != || ", " "+s[:2]+" "):
		return token{mark, s[:2]}, 2, nil
	case strings.Contains("()+-*/%,.;<>=?", s[:1]):
		return token{mark, s[:1]}, 1, nil
	}
	return token{}, 0, nil
}

// span is the length of the beginning of s that is made of the characters.
func span(s, characters string) int {
	return len(s) - len(strings.TrimLeft(s, characters))
}

// nextQuoted gives the text or the name in quotes at the beginning of s. A quote inside stands twice.
func nextQuoted(s string) (t token, n int, err error) {
	quote := s[:1]
	for n = 1; n < len(s); n++ {
		if s[n:n+1] != quote {
			continue
		}
		if n++; n < len(s) && s[n:n+1] == quote {
			continue
		}
		if quote == "'" {
			return token{text, s[:n]}, n, nil
		}
		return token{quoted, strings.ReplaceAll(s[1:n-1], quote+quote, quote)}, n, nil
	}
	return token{}, 0, fmt.Errorf("a quote does not end: %.40s", s)
}
