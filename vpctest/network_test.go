package vpctest_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/vpctest"
)

// What the package needs of a test, every kind of test has.
var _ = []vpctest.TB{(*testing.T)(nil), (*testing.B)(nil), (*testing.F)(nil)}

// recorder is a TB that keeps what it is told. Its Fatalf returns, so that it shows as well what happens
// then.
type recorder struct {
	errors, fatal []string
	helpers       map[string]bool
	blamed        []string // functions of the package that stand in a failure's place, as they did not call Helper
}

func (r *recorder) Helper() {
	if r.helpers == nil {
		r.helpers = make(map[string]bool)
	}
	r.helpers[stack()[0]] = true
}

func (r *recorder) Errorf(format string, args ...any) {
	r.blame()
	r.errors = append(r.errors, fmt.Sprintf(format, args...))
}

func (r *recorder) Fatalf(format string, args ...any) {
	r.blame()
	r.fatal = append(r.fatal, fmt.Sprintf(format, args...))
}

func (r *recorder) blame() {
	for _, name := range stack() {
		if !r.helpers[name] {
			r.blamed = append(r.blamed, name)
		}
	}
}

// stack is the functions of package vpctest that are being called, the innermost first.
func stack() (names []string) {
	var pcs [32]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(1, pcs[:])])
	for {
		f, more := frames.Next()
		if name, ok := strings.CutPrefix(f.Function, "github.com/packetwalk/packetwalk/vpctest."); ok {
			names = append(names, name)
		}
		if !more {
			return names
		}
	}
}

// told is what a recorder was told: errors, then what ended the test.
type told struct{ Errors, Fatal []string }

// check compares all that r was told, and where it would have reported it.
func (r *recorder) check(t *testing.T, want told) {
	t.Helper()
	assert.Equal(t, want, told{r.errors, r.fatal})
	assert.Empty(t, r.blamed, "a failure is reported at the line of the test, not in here")
}

// shop is a web server that everybody may call, and a database that only the web server may.
func shop() *packetwalk.Builder {
	b := packetwalk.New()
	app := b.VPC("app", "10.0.0.0/16")
	front := app.Subnet("front", "10.0.1.0/24").Route("0.0.0.0/0", app.InternetGateway("igw"))
	web := front.Instance("web").PrivateIP("10.0.1.10").ElasticIP("198.51.100.1").Allow("tcp/443", packetwalk.Anywhere)
	app.Subnet("back", "10.0.2.0/24").Instance("db").PrivateIP("10.0.2.10").Allow("tcp/5432", web)
	return b
}

// shopWithoutReplies is a web server behind an ACL that lets requests in and nothing out (F6.003).
func shopWithoutReplies() *packetwalk.Builder {
	b := packetwalk.New()
	app := b.VPC("app", "10.0.0.0/16")
	front := app.Subnet("front", "10.0.1.0/24").Route("0.0.0.0/0", app.InternetGateway("igw"))
	front.Instance("web").PublicIP().Allow("tcp/443", packetwalk.Anywhere)
	app.ACL("acl").For(front).AllowIn(100, "tcp/443", "0.0.0.0/0")
	return b
}

func build(t testing.TB, b vpctest.Buildable) *packetwalk.Network {
	t.Helper()
	n, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	return n
}
