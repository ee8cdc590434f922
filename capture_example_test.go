package packetwalk_test

import (
	"fmt"
	"time"

	"github.com/packetwalk/packetwalk"
)

func ExampleSession_Collect() {
	b := packetwalk.New()
	app := b.VPC("app", "10.0.0.0/16")
	web := app.Subnet("front", "10.0.1.0/24").Instance("web")
	app.Subnet("back", "10.0.2.0/24").Instance("db").Allow("tcp/5432", web).FlowLog("fl-db")
	n, err := b.Build()
	if err != nil {
		fmt.Println(err)
		return
	}
	s := n.NewSession(time.Unix(1566848400, 0))
	_, _ = s.Probe("web", "db", "tcp/5432") // the handshake: two packets in, one out
	s.Advance(30 * time.Second)
	_, _ = s.Probe("web", "db", "tcp/22")
	fmt.Println("at once:", len(s.Collect()), "batches")

	s.Advance(7 * time.Minute)
	for _, batch := range s.Collect() {
		for _, r := range batch.Records {
			fmt.Println(batch.Delivered.Format(time.TimeOnly), r)
		}
	}
	// Output:
	// at once: 0 batches
	// 19:46:00 2 123456789012 db-eni 10.0.1.4 10.0.2.4 49152 5432 6 2 80 1566848400 1566848400 ACCEPT OK
	// 19:46:00 2 123456789012 db-eni 10.0.2.4 10.0.1.4 5432 49152 6 1 40 1566848400 1566848400 ACCEPT OK
	// 19:46:00 2 123456789012 db-eni 10.0.1.4 10.0.2.4 49153 22 6 1 40 1566848430 1566848430 REJECT OK
	// 19:47:00 2 123456789012 db-eni - - - - - - - 1566848460 1566848519 - NODATA
}
