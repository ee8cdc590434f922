// Athena is the lesson on asking a network's flow logs in SQL: what the files look like, which statements
// make tables of them, and what the answers tell.
//
// Begin with scene 1: ten days of a shop's traffic, some of it wanted and some not. Two flow logs put it into
// files, one as text and one as Parquet, and from scene 3 on all that is known of the network is what stands
// in those. The queries without a remark are those of Athena's pages on flow logs, word for word; ask them of
// files of your own, in Athena or here.
//
// Look out for scene 5, where one backup is counted three times, and for scene 7, which tells the interfaces
// apart that did so.
//
// The network is in network.go, its days in days.go, files and tables in files.go, the scenes with their
// queries in scenes.go, and what prints them in story.go. The folder is a module of its own, so that who
// imports packetwalk depends on neither SQLite nor Parquet:
//
//	go run -C examples/athena .
package main

import (
	"io"
	"log"
	"os"
)

func main() {
	log.SetFlags(0)
	if err := run(os.Stdout); err != nil {
		log.Fatal(err)
	}
}

func run(w io.Writer) error {
	t, err := begin(w)
	if err != nil {
		return err
	}
	defer t.close()
	for i, s := range scenes() {
		if err := s.play(t, i+1); err != nil {
			return err
		}
	}
	return nil
}
