package endpoint_test

import (
	"testing"

	"github.com/packetwalk/packetwalk/endpoint"
	"github.com/packetwalk/packetwalk/packet"
	"github.com/stretchr/testify/assert"
)

func TestTakesForEncrypted(t *testing.T) {
	const sqs = "com.amazonaws.us-east-1.sqs"
	for _, c := range []struct {
		name, service string
		protocol      packet.Protocol
		port          uint16
		want          bool
	}{
		{"F1.157 TCP 443 to a service of AWS's", sqs, packet.TCP, 443, true},
		{"F1.157 another port", sqs, packet.TCP, 80, false},
		{"F1.157 UDP", sqs, packet.UDP, 443, false},
		{"F1.157 in China", "cn.com.amazonaws.cn-north-1.sqs", packet.TCP, 443, true},
		{"F1.157 somebody's own service", "com.amazonaws.vpce.us-east-1.vpce-svc-0123", packet.TCP, 443, false},
		{"F1.157 the same in China", "cn.com.amazonaws.vpce.cn-north-1.vpce-svc-0123", packet.TCP, 443, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := packet.Packet{Protocol: c.protocol, DstPort: c.port}
			assert.Equal(t, c.want, (&endpoint.Interface{Service: c.service}).TakesForEncrypted(p))
		})
	}
	assert.False(t, (*endpoint.Interface)(nil).TakesForEncrypted(packet.Packet{Protocol: packet.TCP, DstPort: 443}))
}
