package vpctest_test

import (
	"fmt"
	"testing"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/vpctest"
)

// What the package needs of a test, every kind of test has.
var _ = []vpctest.TB{(*testing.T)(nil), (*testing.B)(nil), (*testing.F)(nil)}

// recorder is a TB that keeps what it is told. Its Fatalf returns, so that it shows as well what happens then.
type recorder struct {
	helped       bool
	errors       []string
	fatal        []string
	afterFailure bool // something was said after Fatalf
}

func (r *recorder) Helper() { r.helped = true }

func (r *recorder) Errorf(format string, args ...any) {
	r.afterFailure = r.afterFailure || len(r.fatal) > 0
	r.errors = append(r.errors, fmt.Sprintf(format, args...))
}

func (r *recorder) Fatalf(format string, args ...any) {
	r.afterFailure = r.afterFailure || len(r.fatal) > 0
	r.fatal = append(r.fatal, fmt.Sprintf(format, args...))
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
