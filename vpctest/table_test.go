package vpctest_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/vpctest"
)

func TestMatrixMalformed(t *testing.T) {
	n := build(t, shop())
	_, noService := packet.ParseService("ssh")
	const nothing = `it asks nothing: want at least one cell that is not -`
	for _, tt := range []struct{ name, table, want string }{
		{"empty", "", nothing},
		{"only white space", "\n \t\n", nothing},
		{"no rows", "db tcp/22", nothing},
		{"only hyphens", "db tcp/22\nweb  -", nothing},

		{"a column without a service", "db\nweb  yes",
			`line 1: column "db": want a destination and a service with one blank between them, such as "db tcp/5432"`},
		{"two blanks between destination and service", "db  tcp/22\nweb  yes",
			`line 1: column "db": want a destination and a service with one blank between them, such as "db tcp/5432"`},
		{"a service that does not parse", "db ssh\nweb  yes", `line 1: column "db ssh": ` + noService.Error()},
		{"a column twice", "db tcp/22  db tcp/23  db tcp/22\nweb  yes  yes  yes", `line 1: column "db tcp/22" is there twice`},

		{"a cell is missing", "db tcp/22  db tcp/23\nweb  yes",
			`line 2: row "web" has 1 cells for 2 columns: want one for each, "-" where it is not asked`},
		{"a cell too many", "db tcp/22\nweb  yes  no",
			`line 2: row "web" has 2 cells for 1 columns: want one for each, "-" where it is not asked`},
		{"one blank between source and cell", "db tcp/22\nweb yes",
			`line 2: row "web yes" has 0 cells for 1 columns: want one for each, "-" where it is not asked`},
		{"a word that is no answer", "db tcp/22\nweb  maybe",
			`line 2: row "web": cell "maybe": want yes, no, "-" or a code such as ENI_SG_RULES_MISMATCH`},
		{"a row twice", "db tcp/22\nweb  yes\ninternet  no\nweb  no", `line 4: row "web" is there twice`},

		{"lines count from the one with the opening quote", `
			db tcp/22

			web  maybe
			`, `line 4: row "web": cell "maybe": want yes, no, "-" or a code such as ENI_SG_RULES_MISMATCH`},
		{"the first mistake is reported", "db ssh\nweb  maybe", `line 1: column "db ssh": ` + noService.Error()},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var r recorder
			vpctest.Matrix(&r, n, tt.table)
			r.check(t, told{Fatal: []string{"the table can't be read: " + tt.want}})
		})
	}
}

// Whatever the text is, it is understood or refused, with one message at most and never a panic.
func FuzzMatrix(f *testing.F) {
	n := build(f, shop())
	for _, seed := range []string{
		truth, "", "\t", "a\tb", "db tcp/22", "db tcp/22\nweb  yes", "db tcp/22\nweb  no\nweb  no", "db all\nweb  yes",
		"db tcp/22  internet icmp/8\r\nweb\tNO_PATH\t-", "a b c tcp/1\n\xff  yes", " \nx  y", "2001:db8::1 icmpv6\n10.0.0.1  no",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, table string) {
		var first, second recorder
		vpctest.Matrix(&first, n, table)
		vpctest.Matrix(&second, n, table)
		assert.LessOrEqual(t, len(first.errors)+len(first.fatal), 1)
		second.check(t, told{first.errors, first.fatal})
	})
}
