package flowlog_test

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/flowlog"
)

// Two lines for files, in the default format and in one of their own.
const (
	ssh      = "2 123456789010 eni-1235b8ca123456789 172.31.16.139 172.31.16.21 20641 22 6 20 4249 1418530010 1418530070 ACCEPT OK"
	rdp      = "2 123456789010 eni-1235b8ca123456789 172.31.9.69 172.31.9.12 49761 3389 6 20 4249 1418530010 1418530070 REJECT OK"
	narrow   = "srcaddr dstaddr action"
	narrowOK = "10.0.0.1 10.0.0.2 ACCEPT"
)

func zipped(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err := io.WriteString(w, text)
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return b.String()
}

// readAll gives what a reader makes of its input: each record in the reader's format, each error with "!"
// before it.
func readAll(r *flowlog.Reader) (list []string) {
	for record, err := range r.All() {
		if err != nil {
			list = append(list, "! "+err.Error())
			continue
		}
		list = append(list, string(record.Append(nil, r.Format())))
	}
	return list
}

func TestReader(t *testing.T) {
	head := flowlog.Default.Header()
	custom := flowlog.WithFormat(flowlog.MustParseFormat(narrow))
	both := []string{ssh, rdp}
	for _, tt := range []struct {
		name    string
		input   string
		options []flowlog.ReaderOption
		want    []string
	}{
		{"F1.806 a header line", head + "\n" + ssh + "\n" + rdp + "\n", nil, both},
		{"F1.001 none: the default format", ssh + "\n" + rdp + "\n", nil, both},
		{"F1.002 none, the format given", narrowOK + "\n", []flowlog.ReaderOption{custom}, []string{narrowOK}},
		{"F1.806 the header line counts more", narrow + "\n" + narrowOK + "\n", []flowlog.ReaderOption{flowlog.WithFormat(flowlog.All)}, []string{narrowOK}},
		{"F1.002 a format without fields is the default", ssh, []flowlog.ReaderOption{flowlog.WithFormat(nil)}, []string{ssh}},
		{"F1.806 files put together", head + "\n" + ssh + "\n" + narrow + "\n" + narrowOK + "\n", nil, []string{ssh, narrowOK}},
		{"F1.804 gzip", zipped(t, head+"\n"+ssh+"\n"+rdp+"\n"), nil, both},
		{"F1.804 gzip files put together", zipped(t, head+"\n"+ssh+"\n") + zipped(t, head+"\n"+rdp+"\n"), nil, both},
		{"no newline at the end", ssh + "\n" + rdp, nil, both},
		{"carriage returns", head + "\r\n" + ssh + "\r\n" + rdp + "\r\n", nil, both},
		{"empty lines", "\n\n" + head + "\n\r\n" + ssh + "\n\n" + rdp + "\n\n", nil, both},
		{"nothing", "", nil, nil},
		{"nothing compressed", zipped(t, ""), nil, nil},
		{"only a header line", head, nil, nil},
		{
			"F1.143 a tag that is called like a field", "region eni-1 -",
			[]flowlog.ReaderOption{flowlog.WithFormat(flowlog.MustParseFormat("instance-tag interface-id vpc-id"))},
			[]string{"region eni-1 -"},
		},
		{
			"F1.715 an error loses no other line", head + "\n" + ssh + "\n" + strings.Replace(rdp, " 49761", "  49761", 1) + "\n" +
				strings.Replace(rdp, "REJECT", "reject", 1) + "\n\n nonsense\n" + rdp + "\n", nil,
			[]string{
				ssh,
				fmt.Sprintf("! flowlog: line 3, %q: the number of fields is 15: want 14, with one blank between them", strings.Replace(rdp, " 49761", "  49761", 1)),
				fmt.Sprintf(`! flowlog: line 4, %q: action "reject": want ACCEPT, REJECT or -`, strings.Replace(rdp, "REJECT", "reject", 1)),
				`! flowlog: line 6, " nonsense": the number of fields is 2: want 14, with one blank between them`,
				rdp,
			},
		},
		{
			"a header line that can't be read", "version src-addr\n2 10.0.0.1\n" + narrow + "\n" + narrowOK, nil,
			[]string{
				`! flowlog: line 1, "version src-addr": the header line: no field is called "src-addr": the nearest name is "srcaddr"`,
				`! flowlog: line 2, "2 10.0.0.1": the header line above it can't be read: no field is called "src-addr": the nearest name is "srcaddr"`,
				narrowOK,
			},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			assert.Equal(t, tt.want, readAll(flowlog.NewReader(strings.NewReader(tt.input), tt.options...)))
			slow := iotest.OneByteReader(strings.NewReader(tt.input))
			assert.Equal(t, tt.want, readAll(flowlog.NewReader(slow, tt.options...)), "byte by byte")
		})
	}
}

// cloudWatch gives the JSON of events with the messages, under a name.
func cloudWatch(name string, messages ...string) string {
	var events []map[string]any
	for i, m := range messages {
		events = append(events, map[string]any{"id": fmt.Sprint(i), "timestamp": 1418530010000, "ingestionTime": 1418530120000, "message": m})
	}
	text, _ := json.Marshal(map[string]any{name: events, "nextToken": "f/1"})
	return string(text)
}

func subscription(kind string, messages ...string) string {
	return strings.Replace(cloudWatch("logEvents", messages...), "{",
		`{"messageType":"`+kind+`","owner":"123456789010","logGroup":"g","logStream":"eni-1235b8ca123456789-all",`, 1)
}

// lambda gives the event that a subscription makes for Lambda.
func lambda(t *testing.T, payload string) string {
	return awslogs(zipped(t, payload))
}

func awslogs(data string) string {
	return `{"awslogs":{"data":"` + base64.StdEncoding.EncodeToString([]byte(data)) + `"}}`
}

func TestReaderOfCloudWatchLogs(t *testing.T) {
	both := []string{ssh, rdp}
	data := subscription("DATA_MESSAGE", ssh, rdp)
	for _, tt := range []struct {
		name  string
		input string
		want  []string
	}{
		{"F1.812 what get-log-events prints", cloudWatch("events", ssh, rdp), both},
		{"F1.812 no events", cloudWatch("events"), []string{`! flowlog: line 1, "": CloudWatch Logs: JSON without "events", "logEvents", "awslogs" or "message"`}},
		{"F1.812 an empty list of events", `{"events": []}`, nil},
		{"F1.815 with newlines and blanks before", "\n  " + strings.ReplaceAll(cloudWatch("events", ssh, rdp), ",", ",\n  "), both},
		{"F1.812 messages that end in a newline", cloudWatch("events", ssh+"\n", rdp+"\r\n"), both},
		{"item 151 a subscription's payload", data, both},
		{"item 151 its events alone", cloudWatch("logEvents", ssh, rdp), both},
		{
			"item 151 a payload that grows beyond measure", awslogs(zipped(t, data) + strings.Repeat(zipped(t, strings.Repeat(" ", 1<<20)), 64)),
			[]string{"! flowlog: line 1, \"\": CloudWatch Logs: awslogs.data is larger than 67108864 bytes once it is unpacked"},
		},
		{"item 151 compressed, as Data Firehose gets it", zipped(t, data), both},
		{"item 151 one after the other", data + subscription("CONTROL_MESSAGE", "CWL CONTROL MESSAGE: Checking health of destination.") + "\n" + data, append(both, both...)},
		{"item 151 as Lambda gets it", lambda(t, data), both},
		{"item 151 a control message for Lambda", lambda(t, subscription("CONTROL_MESSAGE", "hello")), nil},
		{
			"item 151 a message that is wrong", subscription("DATA_MESSAGE", ssh, "hello", "", rdp),
			[]string{ssh, `! flowlog: line 2, "hello": the number of fields is 1: want 14, with one blank between them`, rdp},
		},
		{
			"item 151 an event without a message", `{"events":[{"id":"1"},{"message":"` + ssh + `"}]}`,
			[]string{`! flowlog: line 1, "": the event has no message`, ssh},
		},
		{"item 151 another message type", subscription("NEWS", ssh), []string{`! flowlog: line 1, "": CloudWatch Logs: messageType "NEWS": want DATA_MESSAGE or CONTROL_MESSAGE`}},
		{"item 151 awslogs in awslogs", lambda(t, lambda(t, data)), []string{`! flowlog: line 1, "": CloudWatch Logs: awslogs.data holds awslogs again`}},
		{"item 151 awslogs that are not compressed", `{"awslogs":{"data":"aGVsbG8="}}`, []string{`! flowlog: line 1, "": CloudWatch Logs: awslogs.data: unexpected EOF`}},
		{"F1.812 JSON of something else", `{"Vpcs": []}`, []string{`! flowlog: line 1, "": CloudWatch Logs: JSON without "events", "logEvents", "awslogs" or "message"`}},
		{
			"item 151 a value that is none, between others", data + `{"Vpcs": []}` + `{"logEvents": 5}` + data,
			[]string{
				ssh, rdp, `! flowlog: line 3, "": CloudWatch Logs: JSON without "events", "logEvents", "awslogs" or "message"`,
				`! flowlog: line 4, "": CloudWatch Logs: json: cannot unmarshal number into Go struct field value.logEvents of type []flowlog.event`,
				ssh, rdp,
			},
		},
		{"F1.812 cut off", cloudWatch("events", ssh) + `{"events":[`, []string{ssh, "! flowlog: CloudWatch Logs: unexpected EOF"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			assert.Equal(t, tt.want, readAll(flowlog.NewReader(strings.NewReader(tt.input))))
		})
	}

	custom := flowlog.WithFormat(flowlog.MustParseFormat(narrow))
	assert.Equal(t, []string{narrowOK}, // F1.806: no header line, so the format has to be given
		readAll(flowlog.NewReader(strings.NewReader(cloudWatch("events", narrowOK)), custom)))
}

// Lines that are longer than the buffer are read, those that are longer than MaxLine are an error of their
// own.
func TestReaderOfLongLines(t *testing.T) {
	format := flowlog.MustParseFormat("instance-tag")
	long, limit := strings.Repeat("a", 200_000), strings.Repeat("b", flowlog.MaxLine)
	input := long + "\n" + limit + "\r\n" + limit + "bb\n" + strings.Repeat("c", 3<<20) + "\nend-of-it\n" + limit + "bbb"
	r := flowlog.NewReader(strings.NewReader(input), flowlog.WithFormat(format))
	got := readAll(r)
	require.Len(t, got, 6)
	assert.Equal(t, long, got[0])
	assert.Equal(t, limit, got[1])
	for _, i := range []int{2, 3, 5} {
		assert.True(t, strings.HasPrefix(got[i], fmt.Sprintf("! flowlog: line %d, ", i+1)), got[i][:40])
		assert.True(t, strings.HasSuffix(got[i], "the line is longer than 1048576 bytes"))
		assert.Less(t, len(got[i]), 5000)
	}
	assert.Equal(t, "end-of-it", got[4])
}

// An error of the input ends it, after the lines before it.
func TestReaderOfBrokenInput(t *testing.T) {
	broken := errors.New("the disk is gone")
	r := flowlog.NewReader(io.MultiReader(strings.NewReader(ssh+"\n"), iotest.ErrReader(broken)))
	_, err := r.Read()
	require.NoError(t, err)
	for range 2 {
		_, err = r.Read()
		assert.ErrorIs(t, err, broken)
	}
	assert.Len(t, readAll(r), 1, "ranges over the error once")

	whole := zipped(t, strings.Repeat(ssh+"\n", 100))
	r = flowlog.NewReader(strings.NewReader(whole[:len(whole)-9]))
	got := readAll(r)
	require.Len(t, got, 101)
	assert.Equal(t, ssh, got[99])
	assert.Equal(t, "! flowlog: unexpected EOF", got[100])

	assert.Equal(t, []string{"! flowlog: gzip: invalid header"}, readAll(flowlog.NewReader(strings.NewReader("\x1f\x8b and more text"))))
	assert.Empty(t, readAll(flowlog.NewReader(nil)))
	_, err = new(flowlog.Reader).Read()
	assert.Equal(t, io.EOF, err, "the zero Reader has nothing to read")
}

// A line is read as soon as it is there, though more may come.
func TestReaderOfAPipe(t *testing.T) {
	in, out := io.Pipe()
	r := flowlog.NewReader(in)
	for _, line := range []string{ssh, rdp} {
		go io.WriteString(out, line+"\n")
		record, err := r.Read()
		require.NoError(t, err)
		assert.Equal(t, line, record.String())
	}
	require.NoError(t, out.Close())
	_, err := r.Read()
	assert.Equal(t, io.EOF, err)
}

func TestReaderStops(t *testing.T) {
	r := flowlog.NewReader(strings.NewReader(ssh + "\n" + rdp + "\n"))
	for record, err := range r.All() {
		require.NoError(t, err)
		assert.Equal(t, ssh, record.String())
		break
	}
	record, err := r.Read()
	require.NoError(t, err)
	assert.Equal(t, rdp, record.String(), "the next one is still there")
}

// A record keeps its texts, whatever is read after it.
func TestReaderKeepsTexts(t *testing.T) {
	var input strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&input, "eni-%d vpc-%d\n", i, i%3)
	}
	r := flowlog.NewReader(strings.NewReader(input.String()), flowlog.WithFormat(flowlog.MustParseFormat("interface-id vpc-id")))
	i, records := 0, []flowlog.Record{}
	for record, err := range r.All() {
		require.NoError(t, err)
		records = append(records, record)
	}
	for _, record := range records {
		require.Equal(t, fmt.Sprintf("eni-%d vpc-%d", i, i%3), record.InterfaceID+" "+record.VPCID)
		i++
	}
	assert.Equal(t, 5000, i)
}

func TestWriter(t *testing.T) {
	r, err := flowlog.ParseLine(flowlog.Default, ssh)
	require.NoError(t, err)
	for _, tt := range []struct {
		name   string
		format flowlog.Format
		header bool
		want   string
	}{
		{"F1.806 with a header line", flowlog.Default, true, flowlog.Default.Header() + "\n" + ssh + "\n" + ssh + "\n"},
		{"F1.806 without, as in a stream", flowlog.Default, false, ssh + "\n" + ssh + "\n"},
		{"F1.001 a format without fields is the default", nil, true, flowlog.Default.Header() + "\n" + ssh + "\n" + ssh + "\n"},
		{"F1.002 another format", flowlog.MustParseFormat("dstport vpc-id tcp-flags"), true, "dstport vpc-id tcp-flags\n22 - -\n22 - -\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var out bytes.Buffer
			w := flowlog.NewWriter(&out, tt.format, tt.header)
			require.NoError(t, w.Write(r))
			var wrong *flowlog.ParseError
			if bad := (flowlog.Record{DstAddr: addr("fe80::1%eth0"), VPCID: "a b"}); assert.ErrorAs(t, w.Write(bad), &wrong) {
				assert.NotEmpty(t, wrong.Want)
			}
			require.NoError(t, w.Write(r))
			assert.Empty(t, out.String(), "lines are gathered")
			require.NoError(t, w.Flush())
			assert.Equal(t, tt.want, out.String())
		})
	}
	var out bytes.Buffer
	require.NoError(t, flowlog.NewWriter(&out, nil, true).Flush())
	assert.Equal(t, flowlog.Default.Header()+"\n", out.String(), "F1.806 a file without records has its header line")
}

func TestWriterKeepsErrors(t *testing.T) {
	full := errors.New("the disk is full")
	w := flowlog.NewWriter(brokenWriter{full}, nil, true)
	require.NoError(t, w.Write(flowlog.NoData(pinged, 1, 2)))
	assert.ErrorIs(t, w.Flush(), full)
	assert.ErrorIs(t, w.Write(flowlog.NoData(pinged, 1, 2)), full)
	assert.ErrorIs(t, w.Flush(), full)
}

type brokenWriter struct{ err error }

func (b brokenWriter) Write([]byte) (int, error) { return 0, b.err }
