package deliver

import (
	"fmt"
	"strings"
	"time"
)

// ParseKey reads the key of a file as AWS names them, in any of the layouts. [Key.String] gives the key back
// byte for byte. The error says what the key lacks, such as a folder's day that is not that of the name.
func ParseKey(key string) (Key, error) {
	k, err := parseKey(key)
	if err != nil {
		return Key{}, fmt.Errorf("deliver.ParseKey(%q): %w", key, err)
	}
	return k, nil
}

func parseKey(key string) (k Key, err error) {
	rest, ok := strings.CutPrefix(key, reserved+"/")
	if !ok {
		k.Prefix, rest, ok = strings.Cut(key, "/"+reserved+"/")
		if !ok {
			return k, fmt.Errorf("want a folder %s", reserved)
		}
	}
	folders := strings.Split(rest, "/")
	name := folders[len(folders)-1]
	if err := k.parseName(name); err != nil {
		return k, fmt.Errorf("name %q: %w", name, err)
	}
	k.Hive = strings.HasPrefix(rest, hiveNames[0]+"=")
	k.PerHour = len(folders) == 8 // account, service, Region, year, month, day, hour, name
	if err := k.Check(); err != nil {
		return k, err
	}
	if want := k.String(); want != key {
		return k, fmt.Errorf("by its name the key is %q", want)
	}
	return k, nil
}

// parseName reads what the name of a file tells.
func (k *Key) parseName(name string) error {
	stem, ok := strings.CutSuffix(name, textSuffix)
	if !ok {
		stem, k.Parquet = strings.CutSuffix(name, parquetSuffix)
		if !k.Parquet {
			return fmt.Errorf("want the ending %s or %s", textSuffix, parquetSuffix)
		}
	}
	words := strings.Split(stem, "_")
	last := len(words) - 1
	if last < 5 {
		return fmt.Errorf("want account_vpcflowlogs_region_flow-log_time_hash")
	}
	start, err := time.Parse(timeInName, words[last-1])
	if err != nil {
		return fmt.Errorf("time %q: want the form %s", words[last-1], timeInName)
	}
	k.Account, k.Region, k.FlowLog = words[0], words[2], strings.Join(words[3:last-1], "_")
	k.Start, k.Hash = start.Unix(), words[last]
	return nil
}
