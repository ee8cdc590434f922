package packetwalk

import (
	"errors"
	"slices"

	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/internal/walk"
)

// Build makes a network of a Config: it adds what AWS adds by itself, resolves every reference, and checks
// every rule that AWS would enforce. The error joins every mistake, each a [*ConfigError]. Build keeps no
// part of cfg.
func Build(cfg Config) (*Network, error) { return build(cfg, &mistakes{}) }

// Build is [Build].
func (c Config) Build() (*Network, error) { return Build(c) }

// build goes one way: look at each resource by itself, complete, look at how they hang together, resolve.
func build(cfg Config, bad *mistakes) (*Network, error) {
	cfg = cfg.clone()
	validate(&cfg, bad)
	complete(&cfg, bad)
	checkNames(&cfg, bad)
	x := newIndex(&cfg)
	check(&cfg, x, bad)
	overQuota := checkQuotas(&cfg, x, bad)
	if len(bad.errs) > 0 {
		return nil, errors.Join(bad.errs...)
	}
	n := &Network{config: cfg, index: x}
	n.warnings = append(lint(&n.config, x, n.resolve()), overQuota...)
	return n, nil
}

// Network is a network that was built: immutable, and safe for concurrent use.
type Network struct {
	config   Config
	index    *index
	warnings []Warning

	world      *walk.World
	vpcs       []*walk.VPC // in the order of the Config
	interfaces map[string]*walk.Interface
	onPremises map[string]*walk.VirtualPrivate // by the ID of the gateway before it
	byEndpoint map[string]*walk.GatewayEndpoint
	internet   outsideAddresses
	names      *directory
	observers  map[string]*observer // who writes flow log records, by ID
	services   endpoint.RangeIndex
}

// Config gives the completed data: what was given to [Build], and what AWS adds by itself. That
// of a nil Network is empty.
func (n *Network) Config() Config {
	if n == nil {
		return Config{}
	}
	return n.config.clone()
}

// Warnings lists what AWS allows and people regret.
func (n *Network) Warnings() []Warning {
	if n == nil {
		return nil
	}
	return slices.Clone(n.warnings)
}
