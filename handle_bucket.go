package packetwalk

import "github.com/packetwalk/packetwalk/endpoint"

// BucketHandle describes an S3 bucket; see [Builder.Bucket].
type BucketHandle struct {
	b  *Builder
	at int
}

// Bucket adds an S3 bucket, of which [Network.Access] asks who may reach it. It is in us-east-1, in the
// account of the VPCs that name none, and without a policy. A bucket may have the name of another resource.
func (b *Builder) Bucket(name string) *BucketHandle {
	b.here(name, "")
	b.cfg.Buckets = append(b.cfg.Buckets, endpoint.Bucket{Name: name})
	return &BucketHandle{b, len(b.cfg.Buckets) - 1}
}

func (h *BucketHandle) data() *endpoint.Bucket { return &h.b.cfg.Buckets[h.at] }

// Policy gives the bucket its policy, as AWS writes it (F7.008).
func (h *BucketHandle) Policy(json string) *BucketHandle {
	h.b.here(h.data().Name, "Policy")
	h.data().Policy = json
	return h
}

// Region says where the bucket is.
func (h *BucketHandle) Region(name string) *BucketHandle {
	h.data().Region = name
	return h
}

// Account says who owns the bucket.
func (h *BucketHandle) Account(id string) *BucketHandle {
	h.data().Account = id
	return h
}
