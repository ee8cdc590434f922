package packetwalk_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/packetwalk/packetwalk"
)

// lintCase is a network and the warnings of one code that it gets: resource, field, and what the text is to
// say. None is for what must not be warned about.
type lintCase struct {
	name  string
	build func(b *packetwalk.Builder)
	edit  func(c *packetwalk.Config)
	want  []warned
}

// warned is a warning: the texts are parts of what it says.
type warned struct {
	id, field string
	texts     []string
}

func runLint(t *testing.T, code packetwalk.WarningCode, cases []lintCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			b := packetwalk.New()
			c.build(b)
			cfg := b.Config()
			if c.edit != nil {
				c.edit(&cfg)
			}
			all := mustNetwork(t, cfg).Warnings()
			var got []packetwalk.Warning
			for _, w := range all {
				if w.Code == code {
					got = append(got, w)
				}
			}
			if !assert.Len(t, got, len(c.want), "%v", all) {
				return
			}
			for i, want := range c.want {
				assert.Equal(t, want.id, got[i].ID)
				assert.Equal(t, want.field, got[i].Field)
				for _, text := range want.texts {
					assert.Contains(t, got[i].Text, text)
				}
			}
		})
	}
}
