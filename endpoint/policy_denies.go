package endpoint

// Denies says what the Deny statements alone say of a request: [ExplicitDeny], [CannotTell], or [Allow] where
// none applies. It is all that counts of a bucket's policy where the bucket and who asks are of one account,
// and a policy of the latter allows (reference_policies_evaluation-logic_policy-eval-basics). A nil Policy
// denies nothing.
func (p *Policy) Denies(r Request) Decision {
	open, err := ParsePolicy(defaultPolicy)
	if err != nil {
		return Decision{Effect: CannotTell, Why: err.Error()}
	}
	if p != nil {
		open.statements = append(p.statements[:len(p.statements):len(p.statements)], open.statements...)
	}
	d := open.Evaluate(r)
	if d.Effect == Allow {
		return Decision{Effect: Allow, Why: "no statement denies"}
	}
	return d
}
