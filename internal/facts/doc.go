// Package facts writes FACTS.md and SCENARIOS.md, the two pages that say what AWS does, what people ask, and
// which tests show it.
//
// The words come from facts.txt and scenarios.txt beside this file, a line a number; the tests come from the
// tests themselves, which cite the numbers that they bear. To add a fact write its line, to bear one cite it
// in a test; then
//
//	go run ./internal/facts/cmd
//
// in the root of the repository writes both pages anew. A test in the root fails where one of them is stale.
package facts
