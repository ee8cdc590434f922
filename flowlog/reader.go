package flowlog

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"iter"
	"strings"
)

// MaxLine is how long a line may be that a [Reader] reads, in bytes. The longest that AWS can write is far
// below.
const MaxLine = 1 << 20

// Reader reads records from a file as flow logs are delivered: text with one record a line, or what
// CloudWatch Logs hands out. It finds out by itself what it has before it:
//
//   - whether the input is compressed by gzip;
//   - whether lines begin with a header line that names the fields (F1.806). It says the format of the lines
//     after it, and counts more than the option [WithFormat]. A file that was put together from others may
//     have several;
//   - whether it is JSON of CloudWatch Logs, one value or many: what `aws logs get-log-events` and
//     `aws logs filter-log-events` print, the payload that a subscription gets, and the same as Lambda gets
//     it, under "awslogs". Each event's message is a line, and so is that of a record of Data Firehose's. A
//     value is read whole, and may have 128 MiB.
//
// Without a header line and without the option, lines have the format [Default].
//
// Lines end in a newline, with a carriage return before it or without; empty lines are passed over. A line
// that is wrong is an error of its own, and the lines after it are read as if it were not there. So is a JSON
// value that has no log events.
//
// The zero Reader has nothing to read. A Reader is not safe for use by several goroutines at once.
type Reader struct {
	input  io.Reader
	lines  lines // nil until the first Read
	parser parser
	words  words
	header error // what is wrong with the header line that stands above the lines
	number int   // of the line read last
	ended  error // what every further Read gives
}

// lines are where a [Reader] has its lines from.
type lines interface {
	// next gives the next line without its newline. The line is good until the call after. The error is
	// io.EOF at the end; a badLine is about this line, any other error ends the input.
	next() (line []byte, err error)
}

// badLine is the error of a line that can't be read at all, and says why. The line beside it is its
// beginning.
type badLine string

// Error gives what is wrong with the line.
func (b badLine) Error() string { return string(b) }

var errTooLong = badLine(fmt.Sprintf("the line is longer than %d bytes", MaxLine))

// ReaderOption is an option of [NewReader].
type ReaderOption func(*Reader)

// WithFormat says which fields the lines have that no header line stands above: those of CloudWatch Logs
// never have one. The default, and the meaning of a format without fields, is [Default].
func WithFormat(f Format) ReaderOption {
	return func(r *Reader) {
		if len(f) > 0 {
			r.parser.format = f
		}
	}
}

// NewReader gives a reader of the records in r. It reads nothing yet.
func NewReader(r io.Reader, options ...ReaderOption) *Reader {
	reader := &Reader{input: r, parser: parser{format: Default}}
	reader.parser.words = &reader.words
	for _, set := range options {
		set(reader)
	}
	return reader
}

// Format is the format of the record that was read last, and of the lines to come: that of the last header
// line, or what [WithFormat] says. It must not be changed.
func (r *Reader) Format() Format { return r.parser.format }

// Read gives the next record. The error is io.EOF after the last; a [*ParseError] is about one line, after
// which Read goes on with the next; any other, such as a gzip file that is cut off, ends the input and
// comes again.
func (r *Reader) Read() (Record, error) {
	var record Record
	err := r.read(&record)
	return record, err
}

// All ranges over the records that are left, and over the errors among them, each with the zero Record. It
// ends at the end of the input or with the error that ends it.
func (r *Reader) All() iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		for {
			record, err := r.Read()
			if err == io.EOF || !yield(record, err) || r.ended != nil {
				return
			}
		}
	}
}

// read reads the next record into a zero one.
func (r *Reader) read(record *Record) error {
	for r.ended == nil {
		line, err := r.next()
		if bad, ok := err.(badLine); ok {
			return &ParseError{Number: r.number, Line: string(line), Want: string(bad)}
		}
		if err != nil {
			r.ended = err
			break
		}
		line = bytes.TrimSuffix(line, []byte{'\r'})
		if len(line) == 0 {
			continue
		}
		text := string(line)
		if isHeader(text) {
			if err := r.setFormat(text); err != nil {
				return err
			}
			continue
		}
		return r.parse(record, text)
	}
	return r.ended
}

// next gives the next line and counts it.
func (r *Reader) next() ([]byte, error) {
	if r.lines == nil {
		opened, err := open(r.input)
		if err != nil {
			return nil, err
		}
		r.lines = opened
	}
	line, err := r.lines.next()
	if _, bad := err.(badLine); bad || err == nil {
		r.number++
	}
	return line, err
}

func (r *Reader) parse(record *Record, line string) error {
	if r.header != nil {
		return &ParseError{Number: r.number, Line: line, Want: "the header line above it can't be read: " + r.header.Error()}
	}
	err := r.parser.parse(record, line)
	if err != nil {
		*record = Record{}
		err.(*ParseError).Number = r.number
	}
	return err
}

// isHeader reports whether a line names fields: its first word and at least half of its words are fields'
// names. In a record a tag's value may be one by chance.
func isHeader(line string) bool {
	if line[0] < 'a' || line[0] > 'z' {
		return false // most lines, without a look into the table
	}
	first, _, _ := cut(line)
	if _, ok := FieldNamed(first); !ok {
		return false
	}
	words, names := 0, 0
	for word := range strings.SplitSeq(line, " ") {
		words++
		if _, ok := FieldNamed(word); ok {
			names++
		}
	}
	return 2*names >= words
}

// setFormat takes the format of a header line. Where that can't be read, neither can the lines below it.
func (r *Reader) setFormat(line string) error {
	format, err := parseFormat(line)
	r.header = err
	if err != nil {
		return &ParseError{Number: r.number, Line: line, Want: "the header line: " + err.Error()}
	}
	r.parser.format = format
	return nil
}

// open looks at the first bytes of the input to tell what it is.
func open(input io.Reader) (lines, error) {
	if input == nil {
		return nil, io.EOF
	}
	buffered := bufio.NewReaderSize(input, 1<<16)
	if start, _ := buffered.Peek(2); string(start) == "\x1f\x8b" {
		unzipped, err := gzip.NewReader(buffered)
		if err != nil {
			return nil, fmt.Errorf("flowlog: %w", err)
		}
		buffered = bufio.NewReaderSize(unzipped, 1<<16)
	}
	if first(buffered) == '{' {
		return newPayload(buffered, maxValue), nil
	}
	return &text{input: buffered}, nil
}

// first looks for the first byte that is no white space, among the first few. It reads no further than that,
// as more input may be long in coming.
func first(input *bufio.Reader) byte {
	for n := 1; n <= 512; n++ {
		start, err := input.Peek(n)
		if err != nil {
			break
		}
		if c := start[n-1]; c > ' ' {
			return c
		}
	}
	return 0
}

// text is an input of lines.
type text struct {
	input *bufio.Reader
	long  []byte // a line that is longer than the input's buffer
}

func (t *text) next() ([]byte, error) {
	line, err := t.input.ReadSlice('\n')
	if err == bufio.ErrBufferFull {
		return t.nextLong(line)
	}
	return chomp(line, err)
}

// nextLong reads on where a line is longer than the buffer. Of one that is too long it gives the beginning.
func (t *text) nextLong(part []byte) (line []byte, err error) {
	t.long = append(t.long[:0], part...)
	tooLong := false
	for err = bufio.ErrBufferFull; err == bufio.ErrBufferFull; {
		part, err = t.input.ReadSlice('\n')
		if len(t.long)+len(part) > MaxLine+len("\r\n") {
			tooLong = true
			continue
		}
		t.long = append(t.long, part...)
	}
	if tooLong && (err == nil || err == io.EOF) {
		return t.long[:quotedMost], errTooLong
	}
	return chomp(t.long, err)
}

// chomp takes the newline off a line. The last line may be without one.
func chomp(line []byte, err error) ([]byte, error) {
	switch {
	case err == io.EOF && len(line) > 0:
		return line, nil
	case err == io.EOF:
		return nil, io.EOF
	case err != nil:
		return nil, fmt.Errorf("flowlog: %w", err)
	}
	return line[:len(line)-1], nil
}
