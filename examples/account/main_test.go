package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/internal/golden"
	"github.com/packetwalk/packetwalk/internal/shareddata"
)

const (
	shop = "testdata/shop"
	web  = "i-0c4f1a2b3d5e60001"
	app  = "i-0c4f1a2b3d5e60002"
)

func TestOutput(t *testing.T) {
	for _, test := range []struct {
		name   string
		args   []string
		golden string
	}{
		{"a folder alone", []string{shop}, "testdata/output.txt"},
		{"a walk that works", []string{shop, web, app, "tcp/8080"}, "testdata/output-walk.txt"},
		{"a walk that is blocked", []string{shop, web, app, "tcp/22"}, "testdata/output-blocked.txt"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var out strings.Builder
			require.NoError(t, run(&out, test.args...))
			golden.Equal(t, test.golden, out.String())
		})
	}
}

func TestWrongCalls(t *testing.T) {
	empty := t.TempDir()
	broken := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(broken, "vpcs.json"), []byte("{"), 0o600))
	for _, test := range []struct {
		name string
		args []string
		code int
		want string
	}{
		{"no folder", nil, 2, "usage: account FOLDER"},
		{"half a question", []string{shop, web}, 2, "usage: account FOLDER"},
		{"no such folder", []string{"testdata/nowhere"}, 1, "testdata/nowhere"},
		{"a file for a folder", []string{"main.go"}, 1, "main.go is a file"},
		{"an empty folder", []string{empty}, 1, "no VPC in " + empty},
		{"a file that is no JSON", []string{broken}, 1, "vpcs.json:1:"},
		{"nobody of that name", []string{shop, "i-9", web, "tcp/443"}, 1, `"i-9"`},
		{"no such service", []string{shop, web, app, "tcp/https"}, 1, "tcp/https"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var out strings.Builder
			err := run(&out, test.args...)
			require.ErrorContains(t, err, test.want)
			assert.Equal(t, test.code, exitCode(err))
		})
	}
	assert.Zero(t, exitCode(nil))
}

func TestRealAccounts(t *testing.T) {
	folders, err := filepath.Glob(filepath.Join(shareddata.Dir(t, "accounts"), "*"))
	require.NoError(t, err)
	for _, folder := range folders {
		t.Run(filepath.Base(folder), func(t *testing.T) {
			var out strings.Builder
			require.NoError(t, run(&out, folder))
			assert.Regexp(t, `(?m)^ +[1-9]\d*  VPC$`, out.String())
			assert.Contains(t, out.String(), "Who can call out:")
		})
	}
}
