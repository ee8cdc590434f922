package packetwalk

import (
	"cmp"
	"time"

	"github.com/packetwalk/packetwalk/internal/enum"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/packetwalk/packetwalk/trace"
)

// Traffic is what goes over a connection, from its first packet to its last; see [Session.Exchange]. The zero
// Traffic opens a TCP connection and closes it, sends one empty datagram each way, or one ping.
type Traffic struct {
	// Request and Response are what the caller and the other end send, in bytes without any header. Of a ping
	// it is Request, and the answer is as long. 0 and below are nothing.
	Request, Response int64
	// Packets is how many pings, or requests over UDP or another protocol without connections, are sent, each
	// with its answer. 0 and below count as 1. TCP has as many segments as it needs.
	Packets int
	// MSS is how many bytes a segment or datagram holds at most, and no more than 65,000. 0 and below: what
	// fits 1,500 bytes, the least that a path to the internet takes (F4.013): 1460 for TCP over IPv4.
	MSS int
	// Close is how a TCP connection ends. Zero: the caller closes it.
	Close Closing
	// Duration is the time from the first packet to the last, spread evenly over them; acknowledgments, what
	// answers a first packet, and what answers a FIN come at once. Zero: no time goes by, but a second between two pings.
	Duration time.Duration
	// Retries is how often a segment is sent again that nobody answers, after 1 second, then 2, 4 and so on.
	// Zero counts as 6, which is what Linux does with a SYN; below zero it is never.
	Retries int
	// SourcePort is the caller's port, and the identifier of its pings. Zero: the next one of the session, as
	// for [Session.Probe].
	SourcePort uint16
}

// Closing is how a TCP connection ends. The zero Closing counts as [CallerCloses].
type Closing uint8

// The ways to end a TCP connection.
const (
	_            Closing = iota // counts as CallerCloses
	CallerCloses                // FIN of the caller, FIN of the other end, and the last ACK
	OtherCloses                 // the other end is the first
	CallerResets                // a reset by the caller
	OtherResets                 // a reset by the other end
	LeftOpen                    // it goes on
)

var closingNames = []string{"", "caller-closes", "other-closes", "caller-resets", "other-resets", "left-open"}

// String gives the name, such as "caller-closes"; "" for unspecified, and "Closing(9)" for a value without a
// name.
func (c Closing) String() string { return enum.String("Closing", c, closingNames) }

// MarshalText is String; a value without a name is an error.
func (c Closing) MarshalText() ([]byte, error) { return enum.Marshal("closing", c, closingNames) }

// UnmarshalText reads what String gives, in any case; another text is an error and leaves c as it is.
func (c *Closing) UnmarshalText(text []byte) error {
	return enum.Unmarshal("closing", text, closingNames, c)
}

// Exchange is what became of a [Traffic].
type Exchange struct {
	// Flow is its opening: of a SYN that was sent again the last one.
	Flow Flow
	// Caller and Other are the packets that each end sent.
	Caller, Other Sent
	// Lost is the verdict on the packet at which the connection died: that was sent again in vain, or was
	// none that is sent again. Its outcome is [trace.NotSent] where there is none.
	Lost trace.Verdict
}

// Sent counts the packets that one end sent.
type Sent struct {
	Packets, Bytes        int64 // headers included
	Arrived, ArrivedBytes int64 // of them, what came to the other end, as long as it was there
}

// Completed reports whether the exchange came to its end.
func (e Exchange) Completed() bool { return e.Flow.OK() && e.Lost.Outcome == trace.NotSent }

// segmentRoom is how many bytes a packet to the internet has (F4.013).
const segmentRoom = 1500

// maxPayload keeps a packet within 65,535 bytes.
const maxPayload = 65_000

// linuxRetries is how often Linux sends a SYN again (net.ipv4.tcp_syn_retries).
const linuxRetries = 6

// segment is how many bytes one packet of the traffic holds, with a header as long as that of p.
func (t *Traffic) segment(p packet.Packet) int64 {
	p.Length = 0
	return int64(min(max(cmp.Or(max(t.MSS, 0), segmentRoom-int(p.Size())), 1), maxPayload))
}

func (t *Traffic) retries() int { return max(cmp.Or(t.Retries, linuxRetries), 0) }
