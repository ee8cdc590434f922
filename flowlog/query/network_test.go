package query_test

import (
	"context"
	"fmt"
	"time"

	"github.com/packetwalk/packetwalk"
	"github.com/packetwalk/packetwalk/flowlog/query"
)

// README:start

func ExampleDB_Query() {
	b := packetwalk.New()
	app := b.VPC("app", "10.0.0.0/16")
	app.FlowLog("all")
	public := app.Subnet("public", "10.0.1.0/24").Route("0.0.0.0/0", app.InternetGateway("igw"))
	public.Instance("web").PublicIP().Allow("tcp/443", packetwalk.Anywhere)
	n, err := b.Build()
	if err != nil {
		fmt.Println(err)
		return
	}
	s := n.NewSession(time.Date(2020, 5, 4, 12, 0, 0, 0, time.UTC))
	for _, service := range []string{"tcp/22", "tcp/443", "tcp/3389", "udp/53"} {
		_, _ = s.Probe("internet", "web", service)
	}

	db, err := query.Open()
	if err != nil {
		fmt.Println(err)
		return
	}
	defer db.Close()
	for _, batch := range s.Flush() {
		_ = db.Load("vpc_flow_logs", batch.Records)
	}
	result, _ := db.Query(context.Background(), `
		SELECT day_of_week(date) AS day, date, interface_id, dstport, action
		FROM vpc_flow_logs
		WHERE action = 'REJECT' AND protocol = 6
		LIMIT 100;`)
	fmt.Print(result)
	// Output:
	// day  date        interface_id  dstport  action
	// 1    2020-05-04  web-eni       22       REJECT
	// 1    2020-05-04  web-eni       3389     REJECT
}

// README:end
