package deliver

import (
	"fmt"
	"regexp"
	"strings"
	"time"
)

// FileSeconds is how many seconds of records a file has (F1.805).
const FileSeconds = 300

// timeInName is how the name of a file tells its five minutes (F1.804).
const timeInName = "20060102T1504Z"

// The two endings of a file's name (F1.804, F1.807).
const (
	textSuffix    = ".log.gz"
	parquetSuffix = ".log.parquet"
)

// reserved is the folder that AWS puts its own folders in, so that no prefix may have it (F1.808).
const reserved = "AWSLogs"

// Key is where a file of a flow log lies in a bucket: the folders and the name (F1.801-F1.804). It is a
// comparable value. The zero Key is no file's; [Key.Check] says what a key wants.
type Key struct {
	Prefix  string // folders of one's own before AWS's, "my-logs/vpc"; "" for none. None may be AWSLogs (F1.808)
	Account string // whose flow log it is: twelve digits, or "unknown"
	Region  string // "us-east-1"
	FlowLog string // "fl-1234abcd"
	Start   int64  // the five minutes in which the records end begin here, in Unix seconds, a multiple of 300 (F1.804)
	Hash    string // tells the files of the same five minutes apart: letters and digits, eight of them in AWS's

	Hive    bool // folders that tell what they are, "year=2018" (F1.802)
	PerHour bool // a folder for each hour too (F1.803)
	Parquet bool // Parquet instead of text (F1.807)
}

// StartOf gives the Start of the file that a record is in, by the record's end (F1.804).
func StartOf(end int64) int64 { return end - modulo(end, FileSeconds) }

// modulo is n%d, but never negative.
func modulo(n, d int64) int64 { return (n%d + d) % d }

// String gives the key: "AWSLogs/123456789012/vpcflowlogs/us-east-1/2018/06/20/" and the [Key.Name].
func (k Key) String() string { return k.Folder() + k.Name() }

// Folder gives the part of the key before the name. It ends in "/" (F1.801-F1.803).
func (k Key) Folder() string {
	t := k.time()
	folders := make([]string, 0, 10)
	if k.Prefix != "" {
		folders = append(folders, k.Prefix)
	}
	folders = append(folders, reserved)
	for i, part := range k.parts() {
		if k.Hive {
			part = hiveNames[i] + "=" + part
		}
		folders = append(folders, part)
	}
	layout := "2006/01/02/"
	if k.Hive {
		layout = "year=2006/month=01/day=02/"
	}
	folder := strings.Join(folders, "/") + "/" + t.Format(layout)
	switch {
	case k.PerHour && k.Hive:
		return folder + t.Format("hour=15/")
	case k.PerHour:
		return folder + t.Format("15/")
	}
	return folder
}

// hiveNames are the names of [Key.parts].
var hiveNames = [...]string{"aws-account-id", "aws-service", "aws-region"}

func (k Key) parts() [3]string { return [...]string{k.Account, "vpcflowlogs", k.Region} }

// Name gives the part of the key after the last "/" (F1.804).
func (k Key) Name() string {
	suffix := textSuffix
	if k.Parquet {
		suffix = parquetSuffix
	}
	parts := k.parts()
	words := append(parts[:], k.FlowLog, k.time().Format(timeInName), k.Hash)
	return strings.Join(words, "_") + suffix
}

func (k Key) time() time.Time { return time.Unix(k.Start, 0).UTC() }

// What the parts of a key look like. None has a "/", which would make a folder of it. In a name "_" parts the
// words, so that none but the flow log's ID, which may be any name here, has one.
var (
	accountPattern = regexp.MustCompile(`^(\d{12}|unknown)$`)
	regionPattern  = regexp.MustCompile(`^[A-Za-z0-9-]+$`)
	flowLogPattern = regexp.MustCompile(`^[A-Za-z0-9._-]+$`)
	hashPattern    = regexp.MustCompile(`^[A-Za-z0-9]+$`)
)

// The years that four digits can tell.
var firstSecond, lastSecond = time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC).Unix(), time.Date(9999, 12, 31, 23, 55, 0, 0, time.UTC).Unix()

// Check says everything that is wrong with a key, nil for a right one. [ParseKey] reads the keys of which
// this is true.
func (k Key) Check() error {
	var wrong []string
	add := func(ok bool, what string, value any, want string) {
		if !ok {
			wrong = append(wrong, fmt.Sprintf("%s %#v: want %s", what, value, want))
		}
	}
	add(accountPattern.MatchString(k.Account), "account", k.Account, `twelve digits or "unknown"`)
	add(regionPattern.MatchString(k.Region), "region", k.Region, "letters, digits and hyphens")
	add(flowLogPattern.MatchString(k.FlowLog), "flow log", k.FlowLog, "letters, digits, points, hyphens and underscores")
	add(hashPattern.MatchString(k.Hash), "hash", k.Hash, "letters and digits")
	add(modulo(k.Start, FileSeconds) == 0, "start", k.Start, "a multiple of 300 seconds")
	add(k.Start >= firstSecond && k.Start <= lastSecond, "start", k.Start, "a time in the years 0 to 9999")
	if err := checkPrefix(k.Prefix); err != nil {
		wrong = append(wrong, err.Error())
	}
	if wrong != nil {
		return fmt.Errorf("deliver: key: %s", strings.Join(wrong, "; "))
	}
	return nil
}

// checkPrefix says what is wrong with a prefix of a bucket, nil for "" and for a right one: folders with one
// "/" between them and none around them, and none of them AWSLogs, which AWS keeps for itself (F1.808).
func checkPrefix(prefix string) error {
	if prefix == "" {
		return nil
	}
	for folder := range strings.SplitSeq(prefix, "/") {
		switch folder {
		case "", ".", "..":
			return fmt.Errorf("prefix %q: want folders with one / between them, without . and ..", prefix)
		case reserved:
			return fmt.Errorf("prefix %q: AWS keeps the folder name %s for itself: want another", prefix, reserved)
		}
	}
	return nil
}
