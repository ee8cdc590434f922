package vpctest_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/vpctest"
)

// truth is what holds in the shop.
const truth = `
            web tcp/443  db tcp/5432  internet tcp/443
  internet  yes          no           -
  web       -            yes          yes
  db        yes          -            NO_ROUTE_TO_DESTINATION
`

// What a cell may say, and what it then comes to. The question is whether web reaches db.
func TestMatrixCells(t *testing.T) {
	n := build(t, shop())
	for _, tt := range []struct {
		service, cell string
		want          string // the wrong cell; "" where it is right
	}{
		{"tcp/5432", "yes", ""},
		{"tcp/5432", "YES", ""},
		{"tcp/5432", "-", ""},
		{"tcp/5432", "no", "want no, is yes"},
		{"tcp/5432", "ENI_SG_RULES_MISMATCH", "want ENI_SG_RULES_MISMATCH, is yes"},
		{"tcp/22", "no", ""},
		{"tcp/22", "No", ""},
		{"tcp/22", "-", ""},
		{"tcp/22", "ENI_SG_RULES_MISMATCH", ""},
		{"tcp/22", "eni_sg_rules_mismatch", ""},
		{"tcp/22", "yes", "want yes, is ENI_SG_RULES_MISMATCH"},
		{"tcp/22", "SUBNET_ACL_RESTRICTION", "want SUBNET_ACL_RESTRICTION, is ENI_SG_RULES_MISMATCH"},
		{"all", "yes", "want yes, is an error"},
		{"all", "no", "want no, is an error"},
		{"all", "-", ""},
	} {
		t.Run(tt.service+" "+tt.cell, func(t *testing.T) {
			var r recorder
			vpctest.Matrix(&r, n, "db "+tt.service+"  internet tcp/80\nweb  "+tt.cell+"  yes\n")
			if tt.want == "" {
				r.check(t, told{})
				return
			}
			require.Len(t, r.errors, 1)
			assert.Contains(t, r.errors[0], "1 of 2 answers wrong:\n")
			assert.Contains(t, r.errors[0], "\n  web  "+tt.want+"  yes\n")
		})
	}
}

// How a table may be written: each of these is the same one.
func TestMatrixForms(t *testing.T) {
	n := build(t, shop())
	for _, tt := range []struct{ name, table string }{
		{"aligned", truth},
		{"tabs", "web tcp/443\tdb tcp/5432\tinternet tcp/443\ninternet\tyes\tno\t-\nweb\t-\tyes\tyes\ndb\tyes\t-\tNO_ROUTE_TO_DESTINATION"},
		{"tabs among blanks", strings.ReplaceAll(truth, "  ", " \t ")},
		{"carriage returns", strings.ReplaceAll(truth, "\n", "\r\n")},
		{"empty lines between", strings.ReplaceAll(truth, "\n", "\n \t\n")},
		{"indented", strings.ReplaceAll(truth, "\n", "\n\t\t")},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var r recorder
			vpctest.Matrix(&r, n, tt.table)
			r.check(t, told{})

			// And it is understood, not skipped: one wrong cell in it shows.
			vpctest.Matrix(&r, n, strings.Replace(tt.table, "NO_ROUTE_TO_DESTINATION", "yes", 1))
			require.Len(t, r.errors, 1)
			assert.Contains(t, r.errors[0], "1 of 6 answers wrong:\n")
			assert.Contains(t, r.errors[0], "want yes, is NO_ROUTE_TO_DESTINATION")
		})
	}
}

func TestMatrixShowsWhatDiffers(t *testing.T) {
	n := build(t, shop())
	for _, tt := range []struct{ name, table, want string }{
		{"the table, and the hops in its order", `
		            web tcp/443  db tcp/22  internet tcp/443
		  internet  no           -          -
		  web       -            yes        yes
		  db        -            -          yes
		`, `3 of 4 answers wrong:

            web tcp/443      db tcp/22                           internet tcp/443
  internet  want no, is yes  -                                   -
  web       -                want yes, is ENI_SG_RULES_MISMATCH  yes
  db        -                -                                   want yes, is NO_ROUTE_TO_DESTINATION

` + webHops + "\n\n" + sshHops + "\n\n" + outHops},

		{"what is refused comes before the hops", `
		            wbe tcp/443  web tcp/443
		  internet  no           no
		  db        -            yes
		`, `2 of 3 answers wrong:

            wbe tcp/443           web tcp/443
  internet  want no, is an error  want no, is yes
  db        -                     yes

` + noSuchName + "\n\n" + webHops},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var r recorder
			vpctest.Matrix(&r, n, tt.table)
			r.check(t, told{Errors: []string{tt.want}})
		})
	}
}

// A table that is all wrong stays readable: all cells, and the hops of the first three.
func TestMatrixShowsThreeHopTables(t *testing.T) {
	n := build(t, shop())
	for _, tt := range []struct {
		name, table string
		tables      int
		more        string // how the message ends
	}{
		{"three wrong", "db tcp/22  db tcp/23  db tcp/24\nweb  yes  yes  yes", 3, " no rule allows tcp/24: ENI_SG_RULES_MISMATCH"},
		{"four wrong", "db tcp/22  db tcp/23  db tcp/24  db tcp/25\nweb  yes  yes  yes  yes", 3, "\n\nand 1 more"},
		{"five wrong, one refused", "db tcp/22  db tcp/23  db tcp/24  db tcp/25  db tcp/26  db all\nweb  yes  yes  yes  yes  yes  yes", 3, "\n\nand 2 more"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var r recorder
			vpctest.Matrix(&r, n, tt.table)
			require.Len(t, r.errors, 1)
			assert.Equal(t, tt.tables, strings.Count(r.errors[0], "\n\nrequest  "))
			assert.True(t, strings.HasSuffix(r.errors[0], tt.more), r.errors[0])
		})
	}
}

// Columns are as wide as their characters, not as their bytes.
func TestMatrixAlignsCharacters(t *testing.T) {
	b := packetwalk.New()
	s := b.VPC("app", "10.0.0.0/16").Subnet("front", "10.0.1.0/24")
	s.Instance("büro")
	s.Instance("zürich süd")
	var r recorder
	vpctest.Matrix(&r, build(t, b), "zürich süd tcp/22  büro tcp/22\nbüro  yes  -\nzürich süd  -  yes")
	require.Len(t, r.errors, 1)
	assert.Contains(t, r.errors[0], `

              zürich süd tcp/22             büro tcp/22
  büro        want yes, is SG_HAS_NO_RULES  -
  zürich süd  -                             want yes, is SG_HAS_NO_RULES

`)
}
