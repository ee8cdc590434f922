// Leaky-bucket is the lesson on the two sides of a gateway endpoint for S3: who may reach our bucket, and
// which buckets our network may reach.
//
// A call that gets through the network may still end with 403, and that has its own reason: the policy of the
// endpoint that it went by, or the policy of the bucket. Look at the words behind "403": they name the policy
// and its statement. The flow log of such a call says ACCEPT, for the network did its part.
//
// The first scenes close the bucket to everybody who does not come by the endpoint, stolen keys or not. The
// next ones are the other way round: keys that are not ours carry data out to a bucket that is not ours, and
// it is the endpoint's policy that can stop them. The last ones show what goes past it. The bucket is in
// bucket.go, the way out in leak.go.
//
//	go run ./examples/leaky-bucket
package main

import (
	"io"
	"log"
	"os"
	"slices"

	"github.com/packetwalk/packetwalk/examples/internal/lesson"
)

func main() {
	log.SetFlags(0)
	if err := run(os.Stdout); err != nil {
		log.Fatal(err)
	}
}

func run(w io.Writer) error { return lesson.Play(w, slices.Concat(bucket(), leaks())) }
