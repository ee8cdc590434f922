package deliver

import (
	"bytes"
	"context"
	"maps"
	"slices"
)

// Bucket is what files are put in.
type Bucket interface {
	// Put keeps the body under the key, such as "AWSLogs/123456789012/...", instead of what was there before.
	// The body is the caller's and may change after the call.
	Put(ctx context.Context, key string, body []byte) error
}

// Files is a bucket in memory: the bodies by their keys.
type Files map[string][]byte

// Put keeps a copy of the body. It has no error.
func (f Files) Put(_ context.Context, key string, body []byte) error {
	f[key] = bytes.Clone(body)
	return nil
}

// Keys gives the keys of all files, sorted.
func (f Files) Keys() []string { return slices.Sorted(maps.Keys(f)) }
