package vpc_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/packetwalk/packetwalk/vpc"
)

// TestInstanceTag: the tags of an instance, of which Name stands in a field of its own (F1.143).
func TestInstanceTag(t *testing.T) {
	i := &vpc.Instance{ID: "i", Name: "web", Tags: map[string]string{"team": "shop", "empty": ""}}
	for key, want := range map[string]string{"team": "shop", "Name": "web", "name": "", "empty": "", "": ""} {
		assert.Equal(t, want, i.Tag(key), "F1.143 %q", key)
	}
	i.Tags["Name"] = "front"
	assert.Equal(t, "front", i.Tag("Name"), "Tags count where they have it")
	assert.Empty(t, (*vpc.Instance)(nil).Tag("Name"))
}
