package endpoint

import (
	"errors"
	"fmt"
	"strings"
)

// syntax says what has a meaning of its own in a text of a policy. The zero syntax is plain text.
type syntax struct {
	wildcards bool // * stands for any text, ? for any character
	variables bool // ${aws:username}; only where the policy's Version is 2012-10-17
}

// pattern is a text of a policy in its pieces.
type pattern []piece

// piece is a literal text, a wildcard, or a policy variable.
type piece struct {
	wildcard rune   // anything or anyOne; zero: none
	text     string // a literal text
	key      string // a variable's key
	fallback *string
}

// The wildcards inside a glob: no text has these runes.
const (
	anything rune = -1
	anyOne   rune = -2
)

// parse cuts a text into its pieces. A variable that does not end, or whose default value is not in single
// quotes, is an error (reference_policies_variables).
func (s syntax) parse(text string) (pattern, error) {
	var p pattern
	for i := 0; i < len(text); {
		switch {
		case s.wildcards && text[i] == '*':
			p = append(p, piece{wildcard: anything})
			i++
		case s.wildcards && text[i] == '?':
			p = append(p, piece{wildcard: anyOne})
			i++
		case s.variables && strings.HasPrefix(text[i:], "${"):
			inside, _, ok := strings.Cut(text[i+len("${"):], "}")
			if !ok {
				return nil, errors.New(`a variable does not end: want "}"`)
			}
			variable, err := parseVariable(inside)
			if err != nil {
				return nil, err
			}
			p = append(p, variable)
			i += len("${") + len(inside) + len("}")
		default:
			end := i + 1
			for end < len(text) && !strings.ContainsRune("*?$", rune(text[end])) {
				end++
			}
			p = append(p, piece{text: text[i:end]})
			i = end
		}
	}
	return p, nil
}

// parseVariable reads what stands between "${" and "}": a key, a key and its default value as in
// "aws:userid, 'anonymous'", or one of the characters that would mean something else outside.
func parseVariable(inside string) (piece, error) {
	switch inside {
	case "*", "?", "$":
		return piece{text: inside}, nil
	}
	key, value, hasDefault := strings.Cut(inside, ",")
	v := piece{key: strings.TrimSpace(key)}
	if v.key == "" {
		return piece{}, fmt.Errorf("variable ${%s}: want a key, such as ${aws:username}", inside)
	}
	if !hasDefault {
		return v, nil
	}
	value = strings.TrimSpace(value)
	if len(value) < 2 || value[0] != '\'' || value[len(value)-1] != '\'' {
		return piece{}, fmt.Errorf("variable ${%s}: want its default value in single quotes", inside)
	}
	value = value[1 : len(value)-1]
	v.fallback = &value
	return v, nil
}

// expand puts the request's values in the place of the variables: yes and the text, unknown where the request
// does not say a value, no where it is known to have none and there is no default. A value is plain text: a *
// in it is no wildcard.
func (p pattern) expand(a *asked) (glob, truth) {
	var g glob
	known := yes
	for _, one := range p {
		switch {
		case one.wildcard != 0:
			g = append(g, one.wildcard)
		case one.key != "":
			value, t := a.variable(one)
			g = append(g, []rune(value)...)
			known = min(known, t)
		default:
			g = append(g, []rune(one.text)...)
		}
	}
	return g, known
}

// match reports whether the whole value fits.
func (p pattern) match(a *asked, value string) truth {
	g, known := p.expand(a)
	if known != yes {
		return known
	}
	return toTruth(g.match([]rune(value)))
}

// lacks reports whether a variable has no value in the request, for certain, and no default. "Any attempt to
// match it fails and causes the statement to be invalid", says reference_policies_variables, in one place
// with a "might": what a negated operator makes of it can't be told.
func (p pattern) lacks(a *asked) bool {
	_, known := p.expand(a)
	return known == no
}

// glob is a text with the wildcards [anything] and [anyOne].
type glob []rune

// match reports whether the whole value fits. It goes back to the last * only, which is enough, so that its
// time is the product of the two lengths at worst.
func (g glob) match(value []rune) bool {
	i, star, from := 0, -1, 0
	for j := 0; j < len(value); {
		switch {
		case i < len(g) && g[i] == anything:
			star, from = i, j
			i++
		case i < len(g) && (g[i] == anyOne || g[i] == value[j]):
			i++
			j++
		case star >= 0:
			from++
			i, j = star+1, from
		default:
			return false
		}
	}
	for i < len(g) && g[i] == anything {
		i++
	}
	return i == len(g)
}
