package deliver

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"sync"

	"github.com/packetwalk/packetwalk/flowlog"
)

// MaxFile is how large a file may be, in bytes: 75 MB. What is more goes into another file of the same five
// minutes (F1.805). AWS's page of transit gateways' files has the number, and does not say whether the lines
// count before or after they are compressed: here it is before.
const MaxFile = 75_000_000

// Encode writes records as a file of another format than text, with the columns of f.
type Encode func(w io.Writer, f flowlog.Format, records []flowlog.Record) error

// S3 is a sink that puts files in buckets, as flow logs do that publish to Amazon S3. A file has the records
// of one flow log that end within the same five minutes (F1.804), from all its interfaces. What comes in
// another call of Deliver for the same five minutes is in a file of its own (F1.805), for which the sink
// counts its files.
//
// The zero S3 has no buckets. It may be used by several goroutines at once where its buckets may, and is not
// to be copied after its first use.
type S3 struct {
	// Buckets are the buckets by their names. One with the name "" stands for every bucket that is not listed.
	Buckets map[string]Bucket

	// Parquet writes the files of flow logs whose file format is parquet (F1.807); package flowlog/parquet, a
	// module of its own, has one. Without it, delivery of such a flow log is an error.
	Parquet Encode

	// MaxFile is where a file ends and the next begins, in bytes of lines before they are compressed; zero:
	// [MaxFile].
	MaxFile int

	mutex sync.Mutex
	made  map[Key]int // how many files were delivered, by their keys without hash
}

// File is a file as S3 would hold it.
type File struct {
	Bucket  string // the bucket's name
	Key     Key
	Body    []byte
	Records int // how many it has
}

// Deliver makes the batches' files and puts them in their buckets.
func (s *S3) Deliver(ctx context.Context, batches []flowlog.Batch) error {
	files, err := s.next(batches)
	errs := []error{err}
	for _, f := range files {
		if err := s.put(ctx, f); err != nil {
			errs = append(errs, fmt.Errorf("deliver: flow log %q, bucket %q, key %q: %w", f.Key.FlowLog, f.Bucket, f.Key, err))
		}
	}
	return errors.Join(errs...)
}

// next makes the batches' files, after those of the deliveries before.
func (s *S3) next(batches []flowlog.Batch) ([]File, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.made == nil {
		s.made = make(map[Key]int)
	}
	return s.files(batches, s.made)
}

func (s *S3) put(ctx context.Context, f File) error {
	bucket := s.Buckets[f.Bucket]
	if bucket == nil {
		bucket = s.Buckets[""]
	}
	if bucket == nil {
		return errors.New("there is no such bucket")
	}
	return bucket.Put(ctx, f.Key.String(), f.Body)
}

// Files makes the batches' files, without putting them anywhere, in the order in which their first records
// come. What is wrong with a batch or a record is told in the error, and the files have all others. They are
// those that the first call of Deliver would put.
func (s *S3) Files(batches []flowlog.Batch) ([]File, error) {
	return s.files(batches, make(map[Key]int))
}

func (s *S3) files(batches []flowlog.Batch, made map[Key]int) ([]File, error) {
	heaps, errs := s.sort(batches)
	var files []File
	for _, h := range heaps {
		more, err := s.write(h, made)
		files = append(files, more...)
		errs = append(errs, err)
	}
	return files, errors.Join(errs...)
}

// heap is what goes into one file, or into several where it is too much for one.
type heap struct {
	place   place
	format  flowlog.Format
	records []flowlog.Record
}

// place is what tells one heap from another.
type place struct {
	bucket string
	key    Key // without hash
	header string
}

// sort gives each record to the heap that it belongs on.
func (s *S3) sort(batches []flowlog.Batch) (heaps []*heap, errs []error) {
	at := make(map[place]*heap)
	for i := range batches {
		b := &batches[i]
		p, err := s.place(b)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		format := b.FlowLog.Shows()
		for _, r := range b.Records {
			if err := fileable(&r, format); err != nil {
				errs = append(errs, batchError(b, err))
				continue
			}
			p.key.Start = StartOf(r.End)
			h := at[p]
			if h == nil {
				h = &heap{place: p, format: format}
				at[p] = h
				heaps = append(heaps, h)
			}
			h.records = append(h.records, r)
		}
	}
	return heaps, errs
}

// fileable says why a record can't be in a file.
func fileable(r *flowlog.Record, format flowlog.Format) error {
	if r.Missing.Has(flowlog.FieldEnd) {
		return errors.New("a record without an end, which says in which file it is")
	}
	return r.Check(format)
}

// place says where the files of a batch lie; start and hash are still zero.
func (s *S3) place(b *flowlog.Batch) (place, error) {
	if err := wrongType(b, flowlog.S3); err != nil {
		return place{}, err
	}
	l := &b.FlowLog
	bucket, prefix := l.Destination.Bucket()
	p := place{bucket: bucket, header: l.Shows().Header(), key: Key{
		Prefix: prefix, Account: l.Account, Region: b.Region, FlowLog: l.ID,
		Hive: l.Destination.HiveCompatiblePartitions, PerHour: l.Destination.PerHourPartition,
		Parquet: l.Destination.FileFormat == flowlog.Parquet,
	}}
	hashed := p.key
	hashed.Hash = "0"
	if err := hashed.Check(); err != nil {
		return p, batchError(b, err)
	}
	if p.key.Parquet && s.Parquet == nil {
		return p, batchError(b, errors.New("its file format is parquet, and the sink has no encoder: want S3.Parquet"))
	}
	return p, nil
}

// write makes the files of a heap, and counts them in made.
func (s *S3) write(h *heap, made map[Key]int) (files []File, err error) {
	most := s.MaxFile
	if most <= 0 {
		most = MaxFile
	}
	for rest := h.records; len(rest) > 0; {
		n := fit(rest, h.format, most)
		f := File{Bucket: h.place.bucket, Key: h.place.key, Records: n}
		f.Key.Hash = hash(rest[:n], made[h.place.key])
		made[h.place.key]++
		if f.Body, err = s.body(h, rest[:n]); err != nil {
			return files, fmt.Errorf("deliver: flow log %q, key %q: %w", f.Key.FlowLog, f.Key, err)
		}
		files, rest = append(files, f), rest[n:]
	}
	return files, nil
}

// fit is how many of the records go into a file: one at least.
func fit(records []flowlog.Record, format flowlog.Format, most int) int {
	var line []byte
	size := len(format.Header()) + 1
	for i := range records {
		line = records[i].Append(line[:0], format)
		size += len(line) + 1
		if size > most && i > 0 {
			return i
		}
	}
	return len(records)
}

// body gives what is in a file: a header line and the records' lines, compressed (F1.804, F1.806), or
// Parquet. Nothing in it tells when it was made.
func (s *S3) body(h *heap, records []flowlog.Record) ([]byte, error) {
	var body bytes.Buffer
	if h.place.key.Parquet {
		err := s.Parquet(&body, h.format, records)
		return body.Bytes(), err
	}
	zipped := gzip.NewWriter(&body)
	lines := flowlog.NewWriter(zipped, h.format, true)
	for i := range records {
		if err := lines.Write(records[i]); err != nil {
			return nil, err
		}
	}
	if err := errors.Join(lines.Flush(), zipped.Close()); err != nil {
		return nil, err
	}
	return body.Bytes(), nil
}

// hash gives a file's hash: of all that is known of its records, so that two files differ in it though their
// lines are the same, and of its number among the files of the same five minutes.
func hash(records []flowlog.Record, number int) string {
	h := fnv.New32a()
	line := fmt.Appendln(nil, number)
	for i := range records {
		line = append(records[i].Append(line, flowlog.All), '\n')
		h.Write(line)
		line = line[:0]
	}
	return fmt.Sprintf("%08x", h.Sum32())
}
