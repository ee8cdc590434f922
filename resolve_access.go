package packetwalk

// resolveBlockPublicAccess asks once what is blocked where, so that the walk only looks it up (F3.105).
func (r *resolver) resolveBlockPublicAccess() {
	for i := range r.config.BlockPublicAccess {
		b := &r.config.BlockPublicAccess[i]
		for _, v := range r.Network.vpcs {
			if v.Data.Account != b.Account || v.Data.Region != b.Region {
				continue
			}
			v.BPA = b.In(v.Data.ID, "")
			for _, s := range v.Subnets {
				s.BPA = b.In(v.Data.ID, s.Data.ID)
			}
		}
	}
}

// resolveEncryptionControls notes which VPCs enforce encryption in transit (F3.202).
func (r *resolver) resolveEncryptionControls() {
	for i := range r.config.EncryptionControls {
		if e := &r.config.EncryptionControls[i]; e.Enforces() {
			r.vpcs[e.VPC].EnforcesEncryption = true
		}
	}
}
