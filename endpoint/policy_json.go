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

// nodeKind is what a value of a JSON document is.
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

// String gives the kind as one says it, "a list".
func (k nodeKind) String() string { return nodeKindNames[k] }

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
	return readNode(d), nil
}

// readNode reads the next value of a document that is known to be JSON, so that no token fails.
func readNode(d *json.Decoder) node {
	token, _ := d.Token()
	switch t := token.(type) {
	case string:
		return node{kind: isString, text: t}
	case json.Number:
		return node{kind: isNumber, text: t.String()}
	case bool:
		return node{kind: isBool, text: fmt.Sprint(t)}
	case json.Delim:
		if t == '{' {
			return readObject(d)
		}
		return readList(d)
	}
	return node{kind: isNull}
}

// readList reads a list, whose first bracket has been read, with its last bracket.
func readList(d *json.Decoder) node {
	n := node{kind: isList}
	for d.More() {
		n.items = append(n.items, readNode(d))
	}
	_, _ = d.Token()
	return n
}

// readObject reads an object, whose first bracket has been read, with its last bracket.
func readObject(d *json.Decoder) node {
	n := node{kind: isObject}
	for d.More() {
		token, _ := d.Token()
		name, _ := token.(string)
		n.members = append(n.members, member{name, readNode(d)})
	}
	_, _ = d.Token()
	return n
}
