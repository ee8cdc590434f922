package bucket

import (
	"context"
	"fmt"
	"io"

	"gocloud.dev/blob"
	_ "gocloud.dev/blob/fileblob" // file:// URLs
	_ "gocloud.dev/blob/memblob"  // mem:// URLs
	_ "gocloud.dev/blob/s3blob"   // s3:// URLs
)

// Bucket is a bucket that files are put in. Make it with [Open] or [Of]. It is safe for use by several
// goroutines at once.
type Bucket struct{ blobs *blob.Bucket }

// Open opens the bucket of a URL:
//
//   - "s3://amzn-s3-demo-bucket?region=us-east-1" in Amazon S3, with the credentials that AWS's tools use;
//   - "s3://amzn-s3-demo-bucket?region=us-east-1&endpoint=http://localhost:9000&use_path_style=true" in a
//     server that speaks S3;
//   - "file:///var/flow-logs?create_dir=true&metadata=skip" in a folder, each file under its key;
//   - "mem://" in memory.
//
// "&prefix=a/b/" at the end puts all keys below a/b/. The package documentation of gocloud.dev's s3blob and
// fileblob has the other parameters. Call [Bucket.Close] when it is done with. The error is for a URL of no
// such form; that there is no bucket shows at the first use.
func Open(ctx context.Context, url string) (*Bucket, error) {
	blobs, err := blob.OpenBucket(ctx, url)
	if err != nil {
		return nil, fmt.Errorf("bucket.Open(%q): %w", url, err)
	}
	return Of(blobs), nil
}

// Of gives a bucket that was opened by one of gocloud.dev's packages. [Bucket.Close] closes it.
func Of(blobs *blob.Bucket) *Bucket { return &Bucket{blobs} }

// Put keeps the body under the key, instead of what was there before. A body is there whole or not at all.
func (b *Bucket) Put(ctx context.Context, key string, body []byte) error {
	if err := b.blobs.WriteAll(ctx, key, body, nil); err != nil {
		return fmt.Errorf("bucket: put %q: %w", key, err)
	}
	return nil
}

// Get gives the body under a key.
func (b *Bucket) Get(ctx context.Context, key string) ([]byte, error) {
	body, err := b.blobs.ReadAll(ctx, key)
	if err != nil {
		return nil, fmt.Errorf("bucket: get %q: %w", key, err)
	}
	return body, nil
}

// Keys lists the keys that begin with prefix, in the order of the alphabet; "" lists all.
func (b *Bucket) Keys(ctx context.Context, prefix string) (keys []string, err error) {
	list := b.blobs.List(&blob.ListOptions{Prefix: prefix})
	for {
		o, err := list.Next(ctx)
		if err == io.EOF {
			return keys, nil
		}
		if err != nil {
			return nil, fmt.Errorf("bucket: list %q: %w", prefix, err)
		}
		keys = append(keys, o.Key)
	}
}

// Close frees what the bucket holds. It is not to be used any more then.
func (b *Bucket) Close() error { return b.blobs.Close() }
