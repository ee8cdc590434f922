package endpoint

// absentKeys are those that a request does not have unless it says so: whoever makes the request knows them
// (reference_policies_condition-keys says of each when it is there).
var absentKeys = map[string]bool{
	"aws:sourceip":       true, // not there where the request came through a VPC endpoint
	"aws:sourcevpc":      true, // there only where it came through one
	"aws:sourcevpce":     true,
	"aws:vpcsourceip":    true,
	"aws:calledvia":      true, // not there where who asks makes the call itself
	"aws:calledviafirst": true,
	"aws:calledvialast":  true,
	"s3:prefix":          true,
	"s3:delimiter":       true,
	"s3:max-keys":        true,
}

// absentWithout reports whether the request has not the key because it lacks what the key goes with.
func (a *asked) absentWithout(key string) bool {
	switch key {
	case "aws:vpceaccount", "aws:vpceorgid", "aws:vpceorgpaths", "aws:sourcevpcarn":
		values, known := a.values("aws:SourceVpce")
		return known && len(values) == 0
	case "aws:sourcearn", "aws:sourceaccount", "aws:sourceorgid", "aws:sourceorgpaths":
		return !a.mayBeService()
	case "aws:userid":
		return a.who.kind == anonymous
	}
	return false
}

// mayBeService reports whether a service asks, or nobody knows. Who is of an account is none.
func (a *asked) mayBeService() bool {
	return a.who.kind == service || a.who.kind == whoKnows && a.who.account == ""
}

// keysOfWho are the keys that who asks decides.
var keysOfWho = map[string]func(*asked) (values []string, known bool){
	"aws:principalarn":          (*asked).principalARN,
	"aws:principalaccount":      (*asked).principalAccount,
	"aws:principalorgid":        (*asked).principalOrgID,
	"aws:principaltype":         (*asked).principalType,
	"aws:principalisawsservice": (*asked).isService,
	"aws:principalservicename":  (*asked).serviceName,
	"aws:username":              (*asked).userName,
	"aws:viaawsservice":         func(*asked) ([]string, bool) { return []string{"false"}, true },
}

// principalARN is, of a session, the ARN of the role.
func (a *asked) principalARN() ([]string, bool) {
	switch a.who.kind {
	case whoKnows:
		return nil, false
	case anonymous, service:
		return nil, true
	case session:
		return []string{"arn:" + a.who.partition + ":iam::" + a.who.account + ":role/" + a.who.name}, true
	}
	return []string{a.who.arn}, true
}

func (a *asked) principalAccount() ([]string, bool) {
	switch {
	case a.who.kind == anonymous:
		return []string{Anonymous}, true
	case a.who.account == "":
		return nil, false
	}
	return []string{a.who.account}, true
}

func (a *asked) principalOrgID() ([]string, bool) {
	if a.PrincipalOrgID != "" {
		return []string{a.PrincipalOrgID}, true
	}
	return nil, a.who.kind != whoKnows
}

func (a *asked) principalType() ([]string, bool) {
	names := map[principalKind]string{
		account: "Account", user: "User", role: "AssumedRole", session: "AssumedRole",
		federatedUser: "FederatedUser", anonymous: "Anonymous",
	}
	if name, ok := names[a.who.kind]; ok {
		return []string{name}, true
	}
	return nil, false
}

func (a *asked) isService() ([]string, bool) {
	switch {
	case a.who.kind == anonymous:
		return nil, true
	case a.who.kind == service:
		return []string{"true"}, true
	case a.mayBeService():
		return nil, false
	}
	return []string{"false"}, true
}

func (a *asked) serviceName() ([]string, bool) {
	if a.who.kind == service {
		return []string{a.who.name}, true
	}
	return nil, !a.mayBeService()
}

func (a *asked) userName() ([]string, bool) {
	if a.who.kind == user {
		return []string{a.who.name}, true
	}
	return nil, a.who.kind != whoKnows
}
