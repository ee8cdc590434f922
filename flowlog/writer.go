package flowlog

import (
	"bufio"
	"fmt"
	"io"
)

// Writer writes records, a line each, as files of flow logs have them.
//
// A Writer is not safe for use by several goroutines at once. Its errors stay: once the target has failed,
// each call gives that error and writes nothing more.
type Writer struct {
	target *bufio.Writer
	format Format
	header bool // is still to be written
	line   []byte
}

// NewWriter gives a writer of lines in the format to w; a format without fields stands for [Default]. With
// a header the first line names the fields, as in files in S3; streams of CloudWatch Logs have none
// (F1.806). Nothing is written before [Writer.Write] or [Writer.Flush].
func NewWriter(w io.Writer, f Format, header bool) *Writer {
	if len(f) == 0 {
		f = Default
	}
	return &Writer{target: bufio.NewWriterSize(w, 1<<16), format: f, header: header}
}

// Write writes the record's line. Lines are gathered: call [Writer.Flush] after the last. The error is a
// [*ParseError] where the record has no line in the format, see [Record.Check]; then nothing is written and
// the next record can be. Any other error is the target's.
func (w *Writer) Write(r Record) error {
	if err := r.Check(w.format); err != nil {
		return err
	}
	if err := w.start(); err != nil {
		return err
	}
	w.line = append(r.Append(w.line[:0], w.format), '\n')
	return w.wrap(w.write(w.line))
}

// Flush writes what was gathered to the target, the header line too where there was no record.
func (w *Writer) Flush() error {
	if err := w.start(); err != nil {
		return err
	}
	return w.wrap(w.target.Flush())
}

func (w *Writer) start() error {
	if !w.header {
		return nil
	}
	w.header = false
	return w.wrap(w.write([]byte(w.format.Header() + "\n")))
}

func (w *Writer) write(line []byte) error {
	_, err := w.target.Write(line)
	return err
}

func (w *Writer) wrap(err error) error {
	if err != nil {
		return fmt.Errorf("flowlog: %w", err)
	}
	return nil
}
