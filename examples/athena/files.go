package main

import (
	"bytes"

	"github.com/packetwalk/packetwalk/flowlog"
	"github.com/packetwalk/packetwalk/flowlog/athena"
	"github.com/packetwalk/packetwalk/flowlog/deliver"
	"github.com/packetwalk/packetwalk/flowlog/parquet"
	"github.com/packetwalk/packetwalk/flowlog/query"
)

// The tables, by the names that Athena's pages give them. Two are of the same files.
const (
	byDate    = "vpc_flow_logs"
	projected = "test_table_vpclogs"
	byHour    = "vpc_flow_logs_parquet"
)

// tables gives the tables over what the flow logs deliver.
func tables() ([]athena.Table, error) {
	n, err := shop()
	if err != nil {
		return nil, err
	}
	logs := n.Config().FlowLogs
	text, err := athena.Of(logs[0], "us-east-1")
	if err != nil {
		return nil, err
	}
	columnar, err := athena.Of(logs[1], "us-east-1")
	if err != nil {
		return nil, err
	}
	text.Name, columnar.Name = byDate, byHour
	byDay := text
	byDay.Name, byDay.ProjectFrom = projected, "2020/05/01"
	return []athena.Table{text, byDay, columnar}, nil
}

// load reads every file of the bucket into its tables.
func load(db *query.DB, bucket deliver.Files) error {
	for _, name := range bucket.Keys() {
		records, err := read(name, bucket[name])
		if err != nil {
			return err
		}
		key, err := deliver.ParseKey(name)
		if err != nil {
			return err
		}
		into := []string{byDate, projected}
		if key.Parquet {
			into = []string{byHour}
		}
		for _, table := range into {
			if err := db.Load(table, records); err != nil {
				return err
			}
		}
	}
	return nil
}

// read gives the records of a file by what its key says of it.
func read(name string, body []byte) (list []flowlog.Record, err error) {
	key, err := deliver.ParseKey(name)
	if err != nil {
		return nil, err
	}
	if key.Parquet {
		_, list, err = parquet.Read(bytes.NewReader(body), int64(len(body)))
		return list, err
	}
	for r, err := range flowlog.NewReader(bytes.NewReader(body)).All() {
		if err != nil {
			return nil, err
		}
		list = append(list, r)
	}
	return list, nil
}
