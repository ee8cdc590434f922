package endpoint

// principals is a Principal or a NotPrincipal element.
type principals struct {
	list    []principal
	negated bool // NotPrincipal
}

// apply says whether a statement with these principals is about who asks.
func (p *principals) apply(a *asked, effect Effect) truth {
	switch {
	case !p.negated:
		return p.name(a)
	case effect == Allow:
		return p.name(a).not()
	}
	return p.spare(a).not()
}

// name says whether who asks is among them.
func (p *principals) name(a *asked) truth {
	t := no
	for _, one := range p.list {
		t = max(t, a.who.is(one, a))
	}
	return t
}

// spare says whether a Deny with NotPrincipal spares who asks. It does where the list has the principal, its
// role and its account; where one of them is missing, AWS "might" deny all the same
// (reference_policies_elements_notprincipal).
func (p *principals) spare(a *asked) truth {
	named := p.name(a)
	if p.lists(principal{kind: everyone}) {
		return yes
	}
	if a.who.kind == whoKnows {
		return min(named, unknown) // at best its account is known
	}
	levels := a.who.levels()
	listed := 0
	for _, level := range levels {
		if p.lists(level) {
			listed++
		}
	}
	switch {
	case listed == len(levels):
		return yes
	case listed > 0 || named == unknown:
		return unknown
	}
	return no
}

// levels gives who asks, and what it belongs to: a session's role, and the account.
func (who principal) levels() []principal {
	of := principal{kind: account, account: who.account}
	switch who.kind {
	case session:
		return []principal{who, {kind: role, account: who.account, name: who.name}, of}
	case account, service, anonymous:
		return []principal{who}
	}
	return []principal{who, of}
}

// lists reports whether the list has this very principal.
func (p *principals) lists(level principal) bool {
	for _, one := range p.list {
		if one.kind == level.kind && one.equals(level) {
			return true
		}
	}
	return false
}

// equals compares two principals of one kind.
func (who principal) equals(p principal) bool {
	switch who.kind {
	case account:
		return who.account == p.account
	case role:
		return who.sameRole(p) && (who.arn == p.arn || who.arn == "" || p.arn == "")
	}
	return who.arn == p.arn && who.name == p.name
}
