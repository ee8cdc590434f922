package endpoint

import (
	"errors"
	"fmt"
	"strings"
)

// principal is somebody who asks, or whom a policy names (reference_policies_elements_principal).
type principal struct {
	kind               principalKind
	arn                string // empty for a role that is known by a session only
	partition, account string
	name               string // the last part of the name, without a path; of a session, its role's
}

// principalKind is what a [principal] is.
type principalKind uint8

const (
	whoKnows       principalKind = iota // in a request: not said
	everyone                            // in a policy: "*"
	anonymous                           // in a request: not signed
	account                             // all of an account in a policy, its root user in a request
	user                                // an IAM user
	role                                // an IAM role
	session                             // a session of a role
	federatedUser                       // a user of GetFederationToken
	service                             // a service of AWS
	provider                            // in a policy: an identity provider
	canonicalUser                       // in a policy: an account by its canonical user ID
	deleted                             // in a policy: the ID that is left of a user or role that is gone
	someoneOfAnARN                      // another ARN
)

// whoAsks reads who makes a request. What cannot be read is somebody unknown.
func whoAsks(r Request) principal {
	who := principal{kind: whoKnows}
	switch {
	case r.Principal == "":
	case r.Principal == Anonymous:
		who.kind = anonymous
	case isAccount(r.Principal):
		who = accountOf(r.Principal)
	case strings.HasPrefix(r.Principal, "arn:"):
		if p, err := parsePrincipalARN(r.Principal); err == nil {
			who = p
		}
	case strings.Contains(r.Principal, "."):
		who = principal{kind: service, name: r.Principal}
	}
	if who.account == "" {
		who.account = r.PrincipalAccount
	}
	return who
}

// parseAWSPrincipal reads what stands under "AWS": everyone, an account, an ARN, or the ID of who is gone.
func parseAWSPrincipal(text string) (principal, error) {
	switch {
	case text == "*":
		return principal{kind: everyone}, nil
	case isAccount(text):
		return accountOf(text), nil
	case strings.HasPrefix(text, "AIDA"), strings.HasPrefix(text, "AROA"):
		return principal{kind: deleted, name: text}, nil
	}
	return parsePrincipalARN(text)
}

// parsePrincipalARN reads the ARN of an account's root user, a user, a role or a session.
func parsePrincipalARN(text string) (principal, error) {
	if strings.ContainsAny(text, "*?") {
		return principal{}, errors.New(`want "*" alone, or no wildcard and a condition on aws:PrincipalArn`)
	}
	parts := strings.SplitN(text, ":", arnParts)
	if len(parts) != arnParts || parts[0] != "arn" || parts[1] == "" || parts[5] == "" {
		return principal{}, errors.New(`want "*", an account of 12 digits, or the ARN of a user, a role or a session`)
	}
	p := principal{kind: someoneOfAnARN, arn: text, partition: parts[1], account: parts[4]}
	kind, name, _ := strings.Cut(parts[5], "/")
	switch parts[2] + " " + kind {
	case "iam root":
		p.kind = account
	case "iam user":
		p.kind, p.name = user, name[strings.LastIndex(name, "/")+1:]
	case "iam role":
		p.kind, p.name = role, name[strings.LastIndex(name, "/")+1:]
	case "sts assumed-role":
		roleName, sessionName, _ := strings.Cut(name, "/")
		if roleName == "" || sessionName == "" {
			return principal{}, errors.New("want a role and the name of a session: assumed-role/role/session")
		}
		p.kind, p.name = session, roleName
	case "sts federated-user":
		p.kind, p.name = federatedUser, name
	}
	return p, nil
}

// isAccount reports whether text is an account ID.
func isAccount(text string) bool {
	return len(text) == 12 && strings.Trim(text, "0123456789") == ""
}

// accountOf gives an account as a principal.
func accountOf(id string) principal {
	return principal{kind: account, partition: "aws", account: id, arn: fmt.Sprintf("arn:aws:iam::%s:root", id)}
}

// is says whether who asks is one of those that a policy names by p: an account names all who belong to it, a
// role all of its sessions.
func (who principal) is(p principal, a *asked) truth {
	switch {
	case p.kind == everyone:
		return yes
	case p.kind == deleted || who.kind == anonymous:
		return no
	case p.kind == canonicalUser && who.kind != service:
		return unknown // which account has the ID is nowhere said
	case p.kind == provider:
		return who.signedInBy(p, a)
	case who.kind == whoKnows:
		return who.mayBe(p)
	case who.kind == service || p.kind == service:
		return toTruth(who.kind == p.kind && who.name == p.name)
	case p.kind == account:
		return toTruth(who.account == p.account)
	case p.kind == role && who.kind == session:
		return toTruth(who.sameRole(p))
	case p.kind == session && who.kind == role:
		if who.sameRole(p) {
			return unknown // the session's name is not said
		}
		return no
	}
	return toTruth(who.arn == p.arn)
}

// sameRole reports whether two roles or sessions are of one role. The ARN of a session does not have the
// role's path, and a name is there once in an account.
func (who principal) sameRole(p principal) bool {
	return who.account == p.account && who.name == p.name
}

// mayBe says whether somebody of whom at most the account is known is one of those that p names.
func (who principal) mayBe(p principal) truth {
	switch {
	case who.account == "":
		return unknown
	case p.kind == service:
		return no
	case who.account != p.account:
		return no
	case p.kind == account:
		return yes
	}
	return unknown
}

// signedInBy says whether it was an identity provider that let who asks in, which aws:FederatedProvider tells
// of sessions.
func (who principal) signedInBy(p principal, a *asked) truth {
	if who.kind != session && who.kind != role && who.kind != whoKnows {
		return no
	}
	values, known := a.values("aws:FederatedProvider")
	if !known {
		return unknown
	}
	return toTruth(len(values) == 1 && values[0] == p.name)
}
