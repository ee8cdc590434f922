package subnet_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/packetwalk/packetwalk/subnet"
)

func TestTrackingOrDefaults(t *testing.T) {
	assert.Equal(t, subnet.Tracking{TCPEstablished: 432000 * time.Second, UDPStream: 180 * time.Second, UDP: 30 * time.Second},
		subnet.Tracking{}.OrDefaults(), "F5.207")
	set := subnet.Tracking{TCPEstablished: 350 * time.Second, UDPStream: time.Minute, UDP: time.Minute}
	assert.Equal(t, set, set.OrDefaults(), "F5.207")
}

func TestValidateTracking(t *testing.T) {
	for _, c := range []struct {
		name string
		set  subnet.Tracking
		want string // "" for none
	}{
		{"F5.207 the least", subnet.Tracking{TCPEstablished: time.Minute, UDPStream: time.Minute, UDP: 30 * time.Second}, ""},
		{"F5.207 the most", subnet.Tracking{TCPEstablished: 432000 * time.Second, UDPStream: 180 * time.Second, UDP: time.Minute}, ""},
		{"F5.207 TCP, too short", subnet.Tracking{TCPEstablished: 59 * time.Second}, `Tracking.TCPEstablished "59s": invalid: want whole seconds from 1m0s to 120h0m0s, or zero for the default`},
		{"F5.207 TCP, too long", subnet.Tracking{TCPEstablished: 432001 * time.Second}, `Tracking.TCPEstablished "120h0m1s": invalid: want whole seconds from 1m0s to 120h0m0s, or zero for the default`},
		{"F5.207 a stream, too long", subnet.Tracking{UDPStream: 181 * time.Second}, `Tracking.UDPStream "3m1s": invalid: want whole seconds from 1m0s to 3m0s, or zero for the default`},
		{"F5.207 UDP, too short", subnet.Tracking{UDP: 29 * time.Second}, `Tracking.UDP "29s": invalid: want whole seconds from 30s to 1m0s, or zero for the default`},
		{"F5.207 below zero", subnet.Tracking{UDP: -time.Second}, `Tracking.UDP "-1s": invalid: want whole seconds from 30s to 1m0s, or zero for the default`},
		{"F5.207 AWS takes whole seconds", subnet.Tracking{UDP: 30500 * time.Millisecond}, `Tracking.UDP "30.5s": invalid: want whole seconds from 30s to 1m0s, or zero for the default`},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := subnet.Interface{ID: "e", Tracking: c.set}
			assert.Equal(t, lines(c.want), messages(e.Validate()))
		})
	}
}
