package endpoint

import (
	"encoding/base64"
	"errors"
	"strings"
)

// operator is a condition operator without what may stand before and behind it.
type operator struct {
	negated bool
	compile compiler
}

// compiler reads one value of a condition. It gives the patterns in it, if there are any.
type compiler func(text string, variables bool) (matcher, []pattern, error)

// operators are all that AWS has (reference_policies_elements_condition_operators). ArnEquals and ArnLike are
// the same.
var operators = map[string]operator{
	"StringEquals":              {false, exactText},
	"StringNotEquals":           {true, exactText},
	"StringEqualsIgnoreCase":    {false, textInAnyCase},
	"StringNotEqualsIgnoreCase": {true, textInAnyCase},
	"StringLike":                {false, textLike},
	"StringNotLike":             {true, textLike},
	"ArnEquals":                 {false, arnLike},
	"ArnLike":                   {false, arnLike},
	"ArnNotEquals":              {true, arnLike},
	"ArnNotLike":                {true, arnLike},
	"NumericEquals":             {false, number(func(c int) bool { return c == 0 })},
	"NumericNotEquals":          {true, number(func(c int) bool { return c == 0 })},
	"NumericLessThan":           {false, number(func(c int) bool { return c < 0 })},
	"NumericLessThanEquals":     {false, number(func(c int) bool { return c <= 0 })},
	"NumericGreaterThan":        {false, number(func(c int) bool { return c > 0 })},
	"NumericGreaterThanEquals":  {false, number(func(c int) bool { return c >= 0 })},
	"DateEquals":                {false, date(func(c int) bool { return c == 0 })},
	"DateNotEquals":             {true, date(func(c int) bool { return c == 0 })},
	"DateLessThan":              {false, date(func(c int) bool { return c < 0 })},
	"DateLessThanEquals":        {false, date(func(c int) bool { return c <= 0 })},
	"DateGreaterThan":           {false, date(func(c int) bool { return c > 0 })},
	"DateGreaterThanEquals":     {false, date(func(c int) bool { return c >= 0 })},
	"IpAddress":                 {false, address},
	"NotIpAddress":              {true, address},
	"Bool":                      {false, boolean},
	"BinaryEquals":              {false, binary},
	null:                        {false, boolean},
}

// null is the operator that asks whether there is a key.
const null = "Null"

// named gives the operator of a name, such as "ForAllValues:StringLikeIfExists". IfExists goes with all but
// Null.
func (c *condition) named(name string) (operator, error) {
	c.operator = name
	base := name
	if rest, ok := strings.CutPrefix(base, "ForAllValues:"); ok {
		c.set, base = forAllValues, rest
	} else if rest, ok := strings.CutPrefix(base, "ForAnyValue:"); ok {
		c.set, base = forAnyValue, rest
	}
	base, c.ifExists = strings.CutSuffix(base, "IfExists")
	op, ok := operators[base]
	if !ok {
		return op, errors.New("there is no such operator; want one such as StringEquals or ForAnyValue:StringLike")
	}
	if base == null && name != null {
		return op, errors.New("Null takes no IfExists, ForAllValues or ForAnyValue")
	}
	c.presence, c.negated = base == null, op.negated
	return op, nil
}

// exactText compares letter by letter.
func exactText(text string, variables bool) (matcher, []pattern, error) {
	p, err := syntax{variables: variables}.parse(text)
	return p.match, []pattern{p}, err
}

// textInAnyCase compares and ignores the case.
func textInAnyCase(text string, variables bool) (matcher, []pattern, error) {
	p, err := syntax{variables: variables}.parse(text)
	return func(a *asked, value string) truth {
		want, known := p.expand(a)
		if known != yes {
			return known
		}
		return toTruth(strings.EqualFold(string(want), value))
	}, []pattern{p}, err
}

// textLike knows wildcards; they match / and : as well.
func textLike(text string, variables bool) (matcher, []pattern, error) {
	p, err := syntax{wildcards: true, variables: variables}.parse(text)
	return p.match, []pattern{p}, err
}

// arnLike compares part by part, and knows wildcards.
func arnLike(text string, variables bool) (matcher, []pattern, error) {
	p, err := syntax{wildcards: true, variables: variables}.parseARN(text)
	return p.match, p, err
}

// boolean compares true and false. One of AWS's pages says that it takes variables, and another that it does
// not: so it does.
func boolean(text string, variables bool) (matcher, []pattern, error) {
	if variables && strings.Contains(text, "${") {
		return textInAnyCase(text, variables)
	}
	if !strings.EqualFold(text, "true") && !strings.EqualFold(text, "false") {
		return nil, nil, errors.New("want true or false")
	}
	return func(_ *asked, value string) truth { return toTruth(strings.EqualFold(text, value)) }, nil, nil
}

// binary compares bytes with what the condition has in base 64.
func binary(text string, _ bool) (matcher, []pattern, error) {
	want, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil, nil, errors.New("want base 64")
	}
	return func(_ *asked, value string) truth { return toTruth(value == string(want)) }, nil, nil
}
