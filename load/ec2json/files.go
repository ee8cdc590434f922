package ec2json

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
)

// readAll collects the resources of every .json file.
func (l *loader) readAll(fsys fs.FS) error {
	if fsys == nil {
		return errors.New("ec2json: no file system")
	}
	var errs []error
	err := fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			errs = append(errs, fmt.Errorf("ec2json: %s: %w", name, err))
		case entry.IsDir() || !strings.EqualFold(path.Ext(name), ".json"):
		default:
			if err := l.readFile(fsys, name); err != nil {
				errs = append(errs, fmt.Errorf("ec2json: %w", err))
			}
		}
		return nil // one bad file or folder does not hide the others
	})
	return errors.Join(append(errs, err)...)
}

// readFile collects the resources of one file. Documents that follow each other are all read, as
// `aws ... >> all.json` leaves them.
func (l *loader) readFile(fsys fs.FS, name string) error {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if len(bytes.TrimSpace(data)) == 0 {
		return fmt.Errorf("%s:1:1: the file is empty (byte offset 0)", name)
	}
	documents := json.NewDecoder(bytes.NewReader(data))
	for {
		var document json.RawMessage
		start := documents.InputOffset()
		switch err := documents.Decode(&document); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return syntaxError(name, data, start)
		}
		l.readDocument(name, document)
	}
}

// syntaxError says where in the file the document that begins at start goes wrong.
func syntaxError(name string, data []byte, start int64) error {
	var whole json.RawMessage
	err := json.Unmarshal(data[start:], &whole)
	offset := int64(len(data))
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		offset = min(start+syntax.Offset, offset)
	}
	before := data[:offset]
	line := 1 + bytes.Count(before, []byte("\n"))
	column := max(1, len(before)-1-bytes.LastIndexByte(before, '\n'))
	return fmt.Errorf("%s:%d:%d: %w (byte offset %d)", name, line, column, err, offset)
}

// readDocument collects the resources of one JSON document, which is known to be well-formed.
func (l *loader) readDocument(file string, document json.RawMessage) {
	keys := json.NewDecoder(bytes.NewReader(document))
	if first, err := keys.Token(); err != nil || first != json.Delim('{') {
		l.warn(origin{file: file}, Unsupported, "", jsonType(document),
			"left out: want an object with keys such as Vpcs, as aws ec2 describe-* prints without --query")
		return
	}
	taken := map[string]bool{}
	top := topLevel(document)
	for _, read := range documentReaders {
		for _, key := range read(l, file, document, top) {
			taken[key] = true
		}
	}
	// Token by token, not into a map: a key that stands twice counts twice.
	for keys.More() {
		key, err := keys.Token()
		if err != nil {
			return
		}
		var value json.RawMessage
		if keys.Decode(&value) != nil {
			return
		}
		if key := fmt.Sprint(key); !taken[key] {
			l.readKey(file, key, value)
		}
	}
}

// readKey collects the resources that stand under one key.
func (l *loader) readKey(file, key string, value json.RawMessage) {
	if withoutEffect[key] || string(value) == "null" {
		return
	}
	read, known := readers[key]
	o := origin{file: file, kind: key}
	var values []json.RawMessage
	if single[key] && jsonType(value) == "object" {
		values = []json.RawMessage{value}
	} else if err := json.Unmarshal(value, &values); err != nil {
		reason := Malformed
		if !known {
			reason = Unsupported
		}
		l.warn(o, reason, "", jsonType(value), "left out: want an array of resources")
		return
	}
	switch {
	case len(values) == 0:
	case !known:
		l.warn(o, Unsupported, "", fmt.Sprint(len(values)), "left out: not modelled")
	default:
		read(l, o, values)
	}
}

// jsonType names the type of a well-formed JSON value.
func jsonType(value json.RawMessage) string {
	switch value = bytes.TrimSpace(value); {
	case len(value) == 0:
		return "nothing"
	case value[0] == '{':
		return "object"
	case value[0] == '[':
		return "array"
	case value[0] == '"':
		return "string"
	case value[0] == 't' || value[0] == 'f':
		return "boolean"
	case value[0] == 'n':
		return "null"
	}
	return "number"
}
