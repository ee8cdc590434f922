// Package golden compares what a program prints with the file that says what it should print.
//
// A golden file is written by the program and read by a person: rewrite it with
//
//	go test ./examples/... -update
//
// and look at the difference before it is committed.
package golden

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden files with what is printed now")

// Equal fails the test where got is not what the file at path holds, and shows the lines that differ. With
// the flag -update it writes the file instead, and its folder.
func Equal(t testing.TB, path, got string) {
	t.Helper()
	if *update {
		write(t, path, got)
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Errorf("%v; write it with: go test -update", err)
		return
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("not what %s says (-want +got); rewrite it with: go test -update\n%s", path, diff)
	}
}

func write(t testing.TB, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
