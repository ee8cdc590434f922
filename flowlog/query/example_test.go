package query_test

import (
	"context"
	"fmt"
	"strings"

	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/flowlog/query"
)

func Example() {
	// A file of flow logs, with its header line.
	file := flowlog.NewReader(strings.NewReader(`version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status
2 123456789010 eni-1235b8ca123456789 172.31.16.139 172.31.16.21 20641 22 6 20 4249 1418530010 1418530070 ACCEPT OK
2 123456789010 eni-1235b8ca123456789 172.31.9.69 172.31.9.12 49761 3389 6 20 4249 1418530010 1418530070 REJECT OK
`))
	var records []flowlog.Record
	for r, err := range file.All() {
		if err != nil {
			fmt.Println(err)
			return
		}
		records = append(records, r)
	}

	db, err := query.Open()
	if err != nil {
		fmt.Println(err)
		return
	}
	defer db.Close()
	if err := db.Load("vpc_flow_logs", records); err != nil {
		fmt.Println(err)
		return
	}
	result, err := db.Query(context.Background(), `
		SELECT day_of_week(date) AS day, date, interface_id, srcaddr, action, protocol
		FROM vpc_flow_logs
		WHERE action = 'REJECT' AND protocol = 6
		LIMIT 100;`)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(result)
	// Output:
	// day  date        interface_id           srcaddr      action  protocol
	// 7    2014-12-14  eni-1235b8ca123456789  172.31.9.69  REJECT  6
}
