package parquet_test

import (
	"bytes"
	"fmt"

	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/flowlog/parquet"
)

func Example() {
	format := flowlog.MustParseFormat("${srcaddr} ${dstport} ${action} ${bytes} ${traffic-path} ${log-status}")
	r, err := flowlog.ParseLine(format, "10.0.1.4 443 ACCEPT 4249 - OK")
	if err != nil {
		fmt.Println(err)
		return
	}
	var file bytes.Buffer
	if err := parquet.Write(&file, format, []flowlog.Record{r}); err != nil {
		fmt.Println(err)
		return
	}
	columns, records, err := parquet.Read(bytes.NewReader(file.Bytes()), int64(file.Len()))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(columns)
	fmt.Println(string(records[0].Append(nil, columns)))
	// Output:
	// ${srcaddr} ${dstport} ${action} ${bytes} ${traffic-path} ${log-status}
	// 10.0.1.4 443 ACCEPT 4249 - OK
}
