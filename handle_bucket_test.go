package packetwalk_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/endpoint"
)

// A bucket may have the name of another resource, but not that of another bucket; Build says whose it is and where.
func TestBuckets(t *testing.T) {
	b := packetwalk.New()
	isolated(b)
	b.Bucket("vpc")
	b.Bucket("logs").Region("eu-west-1").Account("111122223333").Policy(onlyMyEndpoint)
	want := []endpoint.Bucket{
		{Name: "vpc", Account: "123456789012", Region: "us-east-1"},
		{Name: "logs", Account: "111122223333", Region: "eu-west-1", Policy: onlyMyEndpoint},
	}
	assert.Empty(t, cmp.Diff(want, mustNetwork(t, b).Config().Buckets))

	b.Bucket("logs")
	b.Bucket("LOGS")
	b.Bucket("photos").Policy(onlyMyEndpoint)
	_, err := b.Build()
	require.ErrorIs(t, err, packetwalk.ErrDuplicate)
	for _, text := range []string{
		`bucket "logs": ID "logs": duplicate: another resource has it (bucket)`,
		`bucket "LOGS": Name "LOGS": invalid: want small letters`,
		`bucket "photos": Policy.Statement[0].Resource`,
		"handle_bucket_test.go:28: bucket \"photos\"",
	} {
		assert.ErrorContains(t, err, text)
	}
}
