package endpoint

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// node is one value of a JSON document. encoding/json alone would let a second element of the same name win
// in silence, and so would drop half of a condition.
type node struct {
	kind    nodeKind
	text    string // of a string, a number or a boolean
	items   []node // of a list
	members []member
}

// member is one element of an object.
type member struct {
	name  string
	value node
}

type nodeKind uint8

const (
	isNull nodeKind = iota
	isString
	isNumber
	isBool
	isList
	isObject
)

var nodeKindNames = []string{"null", "a string", "a number", "a boolean", "a list", "an object"}

func (k nodeKind) String() string { return nodeKindNames[k] }

// maxDepth is far more than the five levels that a policy has.
const maxDepth = 20

// readJSON reads a whole document.
func readJSON(document string) (node, error) {
	var whole json.RawMessage
	if err := json.Unmarshal([]byte(document), &whole); err != nil {
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			return node{}, fmt.Errorf("byte %d: %w", syntax.Offset, err)
		}
		return node{}, err
	}
	d := json.NewDecoder(strings.NewReader(document))
	d.UseNumber()
	return readNode(d, 0)
}

// readNode reads the next value.
func readNode(d *json.Decoder, depth int) (n node, err error) {
	if depth > maxDepth {
		return node{}, fmt.Errorf("more than %d levels deep", maxDepth)
	}
	token, err := d.Token()
	if err != nil {
		return node{}, err
	}
	switch t := token.(type) {
	case string:
		return node{kind: isString, text: t}, nil
	case json.Number:
		return node{kind: isNumber, text: t.String()}, nil
	case bool:
		return node{kind: isBool, text: fmt.Sprint(t)}, nil
	case json.Delim:
		return readInside(d, t, depth)
	}
	return node{}, nil
}

// readInside reads a list or an object, whose first bracket has been read, with its last bracket.
func readInside(d *json.Decoder, bracket json.Delim, depth int) (node, error) {
	n := node{kind: isList}
	if bracket == '{' {
		n.kind = isObject
	}
	for d.More() {
		var name string
		if n.kind == isObject {
			token, err := d.Token()
			if err != nil {
				return node{}, err
			}
			name, _ = token.(string)
		}
		value, err := readNode(d, depth+1)
		if err != nil {
			return node{}, err
		}
		if n.kind == isObject {
			n.members = append(n.members, member{name, value})
		} else {
			n.items = append(n.items, value)
		}
	}
	_, err := d.Token()
	return n, err
}
