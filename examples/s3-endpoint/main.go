// S3-endpoint is the lesson on how a private subnet comes to Amazon S3 without a way to the internet: by a
// gateway endpoint, which is a route and nothing else.
//
// The first four scenes are one demonstration in four steps. The same two names are called in each: S3 in the
// Region, and a site somewhere else. Look at the word "by": it says which way a call went, and in the last
// step the two of them go different ways through one route table, since the more specific route wins.
//
// Then come the limits. The endpoint is for one Region, for the route tables that it was given, and for its
// own VPC; and groups and ACLs still have to let the call by. The steps are in steps.go, the limits in
// limits.go.
//
//	go run ./examples/s3-endpoint
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

func run(w io.Writer) error { return lesson.Play(w, slices.Concat(steps(), limits())) }
