package packetwalk_test

import (
	"fmt"

	"github.com/packetwalk/packetwalk"
)

// One group for the monitors of two VPCs: whoever has it is let in, from either VPC.
func ExampleGroupHandle_ShareWith() {
	b := packetwalk.New()
	app, data := b.VPC("app", "10.0.0.0/16"), b.VPC("data", "10.1.0.0/16")
	b.Peer(app, data)
	monitors := app.Group("monitors").ShareWith(data)
	front, back := app.Subnet("front", "10.0.1.0/24"), data.Subnet("back", "10.1.1.0/24")
	front.Instance("prober").Groups(monitors)
	back.Instance("backup-prober").Groups(monitors)
	back.Instance("db").Allow("tcp/9100", monitors)

	n, err := b.Build()
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, from := range []string{"prober", "backup-prober"} {
		f, err := n.Probe(from, "db", "tcp/9100")
		fmt.Println(from, f.OK(), err)
	}
	// Output:
	// prober true <nil>
	// backup-prober true <nil>
}
