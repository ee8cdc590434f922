package flowlog_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/packetwalk/packetwalk/flowlog"
)

// What ParseLine reads, it gives back byte for byte.
func FuzzParseLine(f *testing.F) {
	for _, table := range documented {
		for _, tt := range table.lines {
			f.Add(table.format, tt.line)
		}
	}
	f.Add(flowlog.All.String(), string(whole.Append(nil, flowlog.All)))
	f.Add(flowlog.Default.Header(), flowlog.Default.Header())
	f.Add(flowlog.Default.Header(), "2  123456789010 eni-1 - - - - - - - 01 +2 - NODATA")
	f.Add(flowlog.Default.Header(), "2 a\u00a0b \x00 ::FFFF:1.2.3.4 fe80::1%a -0 00 1e1 0x1 1_0 \xff 1 accept ok")
	f.Add("bytes packets", "18446744073709551616 9223372036854775808")
	f.Fuzz(func(t *testing.T, text, line string) {
		format, err := flowlog.ParseFormat(text)
		if err != nil {
			format = flowlog.Default
		}
		r, err := flowlog.ParseLine(format, line)
		if err != nil {
			require.ErrorAs(t, err, new(*flowlog.ParseError))
			require.Zero(t, r)
			return
		}
		require.Equal(t, line, string(r.Append(nil, format)))
		require.NoError(t, r.Check(format))
		again, err := flowlog.ParseLine(format, line)
		require.NoError(t, err)
		require.Equal(t, r, again)
	})
}

// What ParseFormat reads, it gives back byte for byte, in one of the two spellings.
func FuzzParseFormat(f *testing.F) {
	for _, table := range documented {
		f.Add(table.format)
	}
	f.Add(flowlog.All.String())
	f.Add("${version}  ${end}")
	f.Add("${version ${ $} } ${}")
	f.Add("version\tend\n")
	f.Fuzz(func(t *testing.T, text string) {
		format, err := flowlog.ParseFormat(text)
		if err != nil {
			return
		}
		require.NotEmpty(t, format)
		if format.String() != text {
			require.Equal(t, text, format.Header())
		}
		again, err := flowlog.ParseFormat(format.String())
		require.NoError(t, err)
		require.Equal(t, format, again)
	})
}

// A Reader comes to an end whatever it reads, and what it made of text comes back line by line.
func FuzzReader(f *testing.F) {
	f.Add([]byte(flowlog.Default.Header() + "\r\n" + ssh + "\r\n\r\nnonsense\n" + rdp))
	f.Add([]byte(narrow + "\n" + narrowOK + "\n" + ssh))
	f.Add([]byte("version nonsense\n" + ssh))
	f.Add([]byte("\x1f\x8b\x08"))
	f.Add([]byte(cloudWatch("events", ssh, rdp)))
	f.Add([]byte(subscription("DATA_MESSAGE", ssh) + subscription("CONTROL_MESSAGE", "hello")))
	f.Add([]byte(`{"awslogs":{"data":"H4sIAAAAAAAA/w=="}}`))
	f.Add([]byte(" {\"events\":[{\"message\":\"\\n\"},{}]}"))
	f.Fuzz(func(t *testing.T, input []byte) {
		r := flowlog.NewReader(bytes.NewReader(input))
		var lines []string
		for line := range strings.SplitSeq(string(input), "\n") {
			lines = append(lines, strings.TrimSuffix(line, "\r"))
		}
		isText := bytes.HasPrefix(input, []byte("2")) || bytes.HasPrefix(input, []byte("v"))
		for events := 0; ; events++ {
			require.LessOrEqual(t, events, 2*len(input)+8, "comes to an end")
			record, err := r.Read()
			if err == io.EOF {
				break
			}
			if err != nil {
				require.Zero(t, record)
				if wrong := (*flowlog.ParseError)(nil); !errors.As(err, &wrong) {
					_, same := r.Read()
					require.Equal(t, err, same, "comes again")
					break
				}
				continue
			}
			if isText {
				require.Contains(t, lines, string(record.Append(nil, r.Format())))
			}
		}
	})
}
