package query

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// translate gives SQLite's statement for one of Athena's.
func translate(statement string, now time.Time) (string, error) {
	tokens, err := tokenize(statement)
	if err != nil {
		return "", err
	}
	if n := len(tokens); n > 0 && tokens[n-1].is(";") {
		tokens = tokens[:n-1]
	}
	if err := checkStatement(tokens); err != nil {
		return "", err
	}
	p := translator{in: nullsLast(tokens), now: now}
	for p.at < len(p.in) {
		if err := p.step(); err != nil {
			return "", err
		}
	}
	return join(p.out), nil
}

// checkStatement wants one statement, and one that asks.
func checkStatement(tokens []token) error {
	if len(tokens) == 0 || !tokens[0].is("SELECT", "WITH", "VALUES", "(") {
		first := ""
		if len(tokens) > 0 {
			first = tokens[0].text
		}
		return fmt.Errorf("statement begins with %q: want SELECT or WITH: "+
			"tables are given to Open, and Load puts each record in its partition", first)
	}
	depth := 0
	for _, t := range tokens {
		switch {
		case t.is(";"):
			return errors.New("two statements: want one")
		case t.is("("):
			depth++
		case t.is(")"):
			depth--
		}
		if depth < 0 {
			break
		}
	}
	if depth != 0 {
		return errors.New("parentheses do not match: want one ) for each (")
	}
	return nil
}

// nullsLast says NULLS LAST where an ORDER BY says nothing of nulls: Athena puts them last in either order,
// SQLite first in the rising one.
func nullsLast(tokens []token) (out []token) {
	type order struct{ active, told bool } // of one level of parentheses
	levels := []order{{}}
	endItem := func() {
		if o := &levels[len(levels)-1]; o.active && !o.told {
			out = append(out, token{word, "NULLS"}, token{word, "LAST"})
		}
	}
	for i, t := range tokens {
		o := &levels[len(levels)-1]
		switch {
		case t.is("("):
			levels = append(levels, order{})
		case t.is(")"):
			endItem()
			levels = levels[:len(levels)-1]
		case t.is(","):
			endItem()
			o.told = false
		case t.is("LIMIT", "OFFSET", "ROWS", "RANGE", "UNION", "INTERSECT", "EXCEPT") && o.active:
			endItem()
			*o = order{}
		case t.is("NULLS", "DESC"):
			o.told = true // SQLite has nulls last in the falling order
		}
		out = append(out, t)
		if t.is("BY") && i > 0 && tokens[i-1].is("ORDER") {
			levels[len(levels)-1] = order{active: true}
		}
	}
	endItem()
	return out
}

// translator goes over the tokens once.
type translator struct {
	in  []token
	at  int // the next token of in
	out []token
	now time.Time
}

// peek gives the token that is n after the next one; it is zero after the last.
func (p *translator) peek(n int) token {
	if p.at+n < len(p.in) {
		return p.in[p.at+n]
	}
	return token{}
}

// put takes the next n tokens off and puts what they mean.
func (p *translator) put(n int, format string, args ...any) {
	p.out = append(p.out, token{made, fmt.Sprintf(format, args...)})
	p.at += n
}

// step translates what stands next.
func (p *translator) step() error {
	t, after := p.peek(0), p.peek(1)
	switch {
	case t.is("+", "-") && after.is("INTERVAL") && p.peek(2).kind == text:
		return p.interval()
	case t.is("DATE", "TIMESTAMP") && after.kind == text:
		p.put(2, "athena_%s(%s)", strings.ToLower(t.text), after.text)
	case t.is("CURRENT_DATE"):
		return p.today(1, time.DateOnly)
	case t.is("CURRENT_TIMESTAMP", "LOCALTIMESTAMP"):
		return p.today(1, timestampLayout)
	case t.is("CURRENT_TIME", "LOCALTIME"):
		return p.today(1, "15:04:05.000")
	case t.is("NOW") && after.is("(") && p.peek(2).is(")"):
		return p.today(3, timestampLayout)
	case t.is("EXTRACT") && after.is("(") && p.peek(3).is("FROM"):
		unit := strings.ToLower(p.peek(2).text)
		p.at += 4
		p.out = append(p.out, token{made, "athena_extract"}, token{mark, "("}, token{made, "'" + unit + "'"}, token{mark, ","})
	case t.is("CAST", "TRY_CAST") && after.is("("):
		return p.cast()
	case t.is("APPROX_DISTINCT") && after.is("("):
		p.at += 2
		p.out = append(p.out, token{made, "count"}, token{mark, "("}, token{word, "DISTINCT"})
	case after.is("(") && functions[strings.ToLower(t.text)] != nil && (t.kind == word || t.kind == quoted):
		p.put(1, "athena_%s", strings.ToLower(t.text))
	case after.is("(") && t.kind == quoted:
		p.put(1, "%s", t.text) // a function's name in quotes
	default:
		p.out = append(p.out, t)
		p.at++
	}
	return nil
}

// today puts the time that it is, in one of its shapes.
func (p *translator) today(n int, layout string) error {
	if p.now.IsZero() {
		return fmt.Errorf("%s: nothing here reads a clock: set DB.Now", p.peek(0).text)
	}
	p.put(n, "'%s'", p.now.UTC().Format(layout))
	return nil
}

// interval puts "x - interval '7' day" as a call.
func (p *translator) interval() error {
	sign, amount, unit := p.peek(0).text, strings.Trim(p.peek(2).text, "'"), strings.ToLower(p.peek(3).text)
	from := startOfPrimary(p.out)
	if from == len(p.out) {
		return fmt.Errorf("interval '%s' %s stands after nothing", amount, unit)
	}
	if sign == "+" {
		sign = ""
	}
	operand := join(p.out[from:])
	p.out = p.out[:from]
	p.put(4, "athena_date_add('%s', %s(%s), %s)", unit, sign, amount, operand)
	return nil
}

// notFunctions are words that are no operand, and that a parenthesis can follow without being a call's.
var notFunctions = []string{
	"SELECT", "DISTINCT", "WHERE", "AND", "OR", "NOT", "IN", "BETWEEN", "ON", "BY", "HAVING", "CASE", "WHEN", "THEN", "ELSE",
}

// startOfPrimary gives where the last operand of the tokens begins: a name with what it is qualified by, a
// text, a call with its parentheses.
func startOfPrimary(tokens []token) int {
	i := len(tokens)
	if i > 0 && tokens[i-1].is(")") {
		for depth := 0; i > 0; {
			i--
			if tokens[i].is(")") {
				depth++
			} else if tokens[i].is("(") {
				depth--
			}
			if depth == 0 {
				break
			}
		}
		if i > 0 && (tokens[i-1].kind == word && !tokens[i-1].is(notFunctions...) || tokens[i-1].kind == made) {
			i--
		}
		return i
	}
	if i > 0 && tokens[i-1].kind != mark && !tokens[i-1].is(notFunctions...) {
		i--
	}
	for i > 1 && tokens[i-1].is(".") {
		i -= 2
	}
	return i
}

// castFunctions gives the function that stands for a CAST to a type of Athena.
var castFunctions = map[string]string{
	"date": "date", "timestamp": "timestamp", "varchar": "varchar", "char": "varchar", "ipaddress": "varchar",
	"tinyint": "bigint", "smallint": "bigint", "int": "bigint", "integer": "bigint", "bigint": "bigint",
	"double": "double", "real": "double", "decimal": "double",
}

// cast puts CAST(x AS type) as a call; the tokens of x are translated as well.
func (p *translator) cast() error {
	try := p.peek(0).is("TRY_CAST")
	as, closed := -1, -1
	depth := 0
	for i := p.at + 1; i < len(p.in) && closed < 0; i++ {
		switch t := p.in[i]; {
		case t.is("("):
			depth++
		case t.is(")"):
			if depth--; depth == 0 {
				closed = i
			}
		case t.is("AS") && depth == 1:
			as = i
		}
	}
	if as < 0 || as+1 >= closed {
		return errors.New("CAST has no AS and type: want CAST(x AS bigint)")
	}
	name := strings.ToLower(p.in[as+1].text)
	function, ok := castFunctions[name]
	if !ok {
		return fmt.Errorf("CAST to %s: want a type of %s", name, "date, timestamp, varchar, bigint, integer, double, ipaddress")
	}
	inner := translator{in: p.in[p.at+2 : as], now: p.now}
	for inner.at < len(inner.in) {
		if err := inner.step(); err != nil {
			return err
		}
	}
	if try {
		function = "try_" + function
	}
	p.at = closed + 1
	p.put(0, "athena_%s(%s)", function, join(inner.out))
	return nil
}
