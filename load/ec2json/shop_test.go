package ec2json_test

import (
	"encoding/json"
	"fmt"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/load/ec2json"
)

// TestShop: a folder as the commands of the package comment leave it, of a provider and a consumer whose VPCs
// have one range (F7.204). The client asks its private zone for the shop, whose name leads to the endpoint,
// and gets there.
func TestShop(t *testing.T) {
	cfg, warnings, err := ec2json.Load(os.DirFS("testdata/shop"))
	require.NoError(t, err)
	var said []string
	for _, w := range warnings {
		said = append(said, w.String())
	}
	assert.Equal(t, []string{
		`records-Z0CORP.json: ResourceRecordSets Z0CORP: Type "NS": ignored: 1 left out: records of that type lead to no address`,
		`records-Z0CORP.json: ResourceRecordSets Z0CORP: Type "SOA": ignored: 1 left out: records of that type lead to no address`,
		`buckets.json: Buckets amzn-s3-demo-bucket: Account: assumed: taken as of account 123456789012: the dump does not say whose it is`,
	}, said)

	n, err := packetwalk.Build(cfg)
	require.NoError(t, err)
	answer, err := n.Resolve("i-0client", "buy.corp.example")
	require.NoError(t, err)
	assert.Equal(t, "[10.0.1.30]", fmt.Sprint(answer.Addresses), "%+v", answer)
	flow, err := n.Probe("i-0client", "buy.corp.example", "tcp/443")
	require.NoError(t, err)
	assert.True(t, flow.OK(), "%+v", flow)
	answer, err = n.Resolve("i-0web", "buy.corp.example")
	require.NoError(t, err)
	assert.Empty(t, answer.Addresses, "the zone is not the provider's")
}

// TestShopRoundTrip: a loaded account, as Build completes it, is written as JSON and built again without a
// difference.
func TestShopRoundTrip(t *testing.T) {
	cfg, _, err := ec2json.Load(os.DirFS("testdata/shop"))
	require.NoError(t, err)
	n, err := packetwalk.Build(cfg)
	require.NoError(t, err)
	text, err := json.Marshal(n.Config())
	require.NoError(t, err)
	var back packetwalk.Config
	require.NoError(t, json.Unmarshal(text, &back))
	same(t, n.Config(), back)
	again, err := packetwalk.Build(back)
	require.NoError(t, err)
	same(t, n.Config(), again.Config())
}
