package deliver_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/flowlog/deliver"
)

// documented is the file of AWS's example in all layouts: its name is that of the page flow-logs-s3-path.
var documented = deliver.Key{
	Account: "123456789012", Region: "us-east-1", FlowLog: "fl-1234abcd",
	Start: time.Date(2018, 6, 20, 16, 20, 0, 0, time.UTC).Unix(), Hash: "fe123456",
}

const documentedName = "123456789012_vpcflowlogs_us-east-1_fl-1234abcd_20180620T1620Z_fe123456"

func TestKeys(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(*deliver.Key)
		want   string
	}{
		{
			"F1.801 F1.804 item 137 plain", func(*deliver.Key) {},
			"AWSLogs/123456789012/vpcflowlogs/us-east-1/2018/06/20/" + documentedName + ".log.gz",
		},
		{
			"F1.801 below a prefix", func(k *deliver.Key) { k.Prefix = "my-logs/vpc" },
			"my-logs/vpc/AWSLogs/123456789012/vpcflowlogs/us-east-1/2018/06/20/" + documentedName + ".log.gz",
		},
		{
			"F1.802 for Hive", func(k *deliver.Key) { k.Hive = true },
			"AWSLogs/aws-account-id=123456789012/aws-service=vpcflowlogs/aws-region=us-east-1/year=2018/month=06/day=20/" + documentedName + ".log.gz",
		},
		{
			"F1.803 per hour", func(k *deliver.Key) { k.PerHour = true },
			"AWSLogs/123456789012/vpcflowlogs/us-east-1/2018/06/20/16/" + documentedName + ".log.gz",
		},
		{
			"F1.803 F1.811 for Hive per hour", func(k *deliver.Key) { k.Prefix, k.Hive, k.PerHour = "p", true, true },
			"p/AWSLogs/aws-account-id=123456789012/aws-service=vpcflowlogs/aws-region=us-east-1/year=2018/month=06/day=20/hour=16/" + documentedName + ".log.gz",
		},
		{
			"F1.804 a flow log with a name of two words", func(k *deliver.Key) { k.FlowLog = "web_rejects" },
			"AWSLogs/123456789012/vpcflowlogs/us-east-1/2018/06/20/123456789012_vpcflowlogs_us-east-1_web_rejects_20180620T1620Z_fe123456.log.gz",
		},
		{
			"F1.807 Parquet", func(k *deliver.Key) { k.Parquet = true },
			"AWSLogs/123456789012/vpcflowlogs/us-east-1/2018/06/20/" + documentedName + ".log.parquet",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			k := documented
			tt.change(&k)
			assert.Equal(t, tt.want, k.String())
			back, err := deliver.ParseKey(tt.want)
			require.NoError(t, err)
			assert.Equal(t, k, back)
		})
	}
}

// The records of the documented file end from 16:20:00 to 16:24:59.
func TestStartOf(t *testing.T) {
	at := func(clock string) int64 {
		u, err := time.Parse(time.DateTime, "2018-06-20 "+clock)
		require.NoError(t, err)
		return u.Unix()
	}
	for end, want := range map[string]string{ // F1.804
		"16:19:59": "16:15:00", "16:20:00": "16:20:00", "16:24:59": "16:20:00", "16:25:00": "16:25:00",
	} {
		assert.Equal(t, at(want), deliver.StartOf(at(end)), "F1.804 %s", end)
	}
	assert.Equal(t, int64(-300), deliver.StartOf(-1))
}

func TestWrongKeys(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(*deliver.Key)
		want   string
	}{
		{"F1.808 AWSLogs as the prefix", func(k *deliver.Key) { k.Prefix = "AWSLogs" }, `prefix "AWSLogs": AWS keeps the folder name AWSLogs for itself: want another`},
		{"F1.808 AWSLogs below the prefix", func(k *deliver.Key) { k.Prefix = "my/AWSLogs" }, `AWS keeps the folder name AWSLogs`},
		{"F1.801 prefix that begins with a slash", func(k *deliver.Key) { k.Prefix = "/logs" }, "folders with one / between them"},
		{"F1.801 prefix that ends in a slash", func(k *deliver.Key) { k.Prefix = "logs/" }, "folders with one / between them"},
		{"F1.801 prefix that climbs", func(k *deliver.Key) { k.Prefix = "../logs" }, "without . and .."},
		{"F1.801 no account", func(k *deliver.Key) { k.Account = "" }, `account "": want twelve digits`},
		{"F1.801 a Region of two folders", func(k *deliver.Key) { k.Region = "us/east" }, `region "us/east"`},
		{"F1.804 a blank in the flow log", func(k *deliver.Key) { k.FlowLog = "fl 1" }, `flow log "fl 1"`},
		{"F1.804 no hash", func(k *deliver.Key) { k.Hash = "" }, `hash ""`},
		{"F1.805 no multiple of five minutes", func(k *deliver.Key) { k.Start += 60 }, "a multiple of 300 seconds"},
		{"F1.804 after the year 9999", func(k *deliver.Key) { k.Start = 300 << 40 }, "the years 0 to 9999"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			k := documented
			tt.change(&k)
			assert.ErrorContains(t, k.Check(), tt.want)
			back, err := deliver.ParseKey(k.String())
			assert.Error(t, err)
			assert.Zero(t, back)
		})
	}
	assert.NoError(t, documented.Check())
	all := deliver.Key{Start: 1, Prefix: "/"}.Check().Error()
	for _, part := range []string{"account", "region", "flow log", "hash", "start", "prefix"} {
		assert.Contains(t, all, part, "all mistakes at once")
	}
}

func TestParseWrongKeys(t *testing.T) {
	const folder = "AWSLogs/123456789012/vpcflowlogs/us-east-1/2018/06/20/"
	for _, tt := range []struct{ name, key, want string }{
		{"F1.801 nothing", "", "want a folder AWSLogs"},
		{"F1.801 no folders", documentedName + ".log.gz", "want a folder AWSLogs"},
		{"F1.801 the day of the name is another", "AWSLogs/123456789012/vpcflowlogs/us-east-1/2018/06/21/" + documentedName + ".log.gz", `by its name the key is "` + folder},
		{"F1.803 the hour of the name is another", folder + "17/" + documentedName + ".log.gz", `by its name the key is "` + folder + "16/"},
		{"F1.802 Hive in one folder only", "AWSLogs/aws-account-id=123456789012/vpcflowlogs/us-east-1/2018/06/20/" + documentedName + ".log.gz", "by its name the key is"},
		{"F1.804 another ending", folder + documentedName + ".log", "want the ending .log.gz or .log.parquet"},
		{"F1.804 five words", folder + "123456789012_vpcflowlogs_us-east-1_fl-1234abcd_20180620T1620Z.log.gz", "want account_vpcflowlogs_region_flow-log_time_hash"},
		{"F1.804 no time", folder + "123456789012_vpcflowlogs_us-east-1_fl-1234abcd_20181320T1620Z_fe123456.log.gz", `time "20181320T1620Z"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := deliver.ParseKey(tt.key)
			assert.ErrorContains(t, err, tt.want)
		})
	}
}

// Whatever can be read as a key is printed as it was.
func FuzzParseKey(f *testing.F) {
	for _, k := range []deliver.Key{{}, {Hive: true}, {PerHour: true}, {Hive: true, PerHour: true, Parquet: true, Prefix: "a/b"}} {
		d := documented
		d.Hive, d.PerHour, d.Parquet, d.Prefix = k.Hive, k.PerHour, k.Parquet, k.Prefix
		f.Add(d.String())
	}
	f.Add("AWSLogs/AWSLogs//")
	f.Fuzz(func(t *testing.T, key string) {
		k, err := deliver.ParseKey(key)
		if err != nil {
			return
		}
		if got := k.String(); got != key {
			t.Errorf("ParseKey(%q) prints %q", key, got)
		}
		if err := k.Check(); err != nil {
			t.Error(err)
		}
	})
}
