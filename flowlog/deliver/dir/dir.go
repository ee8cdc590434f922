// Package dir is a folder of the file system as a bucket for the files of flow logs: each key is a file below
// it, as a copy of the bucket would have it (aws s3 sync).
//
//	logs := dir.Bucket("testdata/my-bucket")
//	sink := &deliver.S3{Buckets: map[string]deliver.Bucket{"my-bucket": logs}}
package dir

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/packetwalk/packetwalk/flowlog/deliver"
)

// Bucket is the path of a folder. The folder is made with the first file. The zero Bucket is the current
// folder.
type Bucket string

var _ deliver.Bucket = Bucket("")

// Put writes the body to the file that the key names, with the folders that are missing, readable by
// everyone. The file is there whole or not at all. The error is for a key that names no file below the
// bucket, such as "../x", and those of the file system. A context that is done ends it before anything is
// written.
func (b Bucket) Put(ctx context.Context, key string, body []byte) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	local, err := filepath.Localize(key)
	if err != nil || key == "." {
		return fmt.Errorf("dir: key %q: want folders and a name with / between them, without . and ..", key)
	}
	path := filepath.Join(string(b), local)
	folder := filepath.Dir(path)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return fmt.Errorf("dir: %w", err)
	}
	return write(folder, path, body)
}

// write writes a file under another name first, so that nobody finds the half of it.
func write(folder, path string, body []byte) (err error) {
	f, err := os.CreateTemp(folder, ".put-*")
	if err != nil {
		return fmt.Errorf("dir: %w", err)
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name())
			err = fmt.Errorf("dir: %w", err)
		}
	}()
	_, err = f.Write(body)
	if err == nil {
		err = f.Chmod(0o644)
	}
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
