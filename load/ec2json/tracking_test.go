package ec2json_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/packetwalk/packetwalk/subnet"
)

// TestTracking: F5.207, timeouts in seconds; what is not stated, or is none that AWS takes, stays the
// default.
func TestTracking(t *testing.T) {
	tests := []struct {
		name, text string
		want       subnet.Tracking
		warning    string
	}{
		{"F5.207 nothing said", `{}`, subnet.Tracking{}, ""},
		{"F5.207 all said", `{"TcpEstablishedTimeout": 350, "UdpStreamTimeout": 120, "UdpTimeout": 45}`,
			subnet.Tracking{TCPEstablished: 350 * time.Second, UDPStream: 2 * time.Minute, UDP: 45 * time.Second}, ""},
		{"F5.207 the lowest", `{"TcpEstablishedTimeout": 60, "UdpStreamTimeout": 60, "UdpTimeout": 30}`,
			subnet.Tracking{TCPEstablished: time.Minute, UDPStream: time.Minute, UDP: 30 * time.Second}, ""},
		{"F5.207 the highest", `{"TcpEstablishedTimeout": 432000, "UdpStreamTimeout": 180, "UdpTimeout": 60}`,
			subnet.Tracking{TCPEstablished: 120 * time.Hour, UDPStream: 3 * time.Minute, UDP: time.Minute}, ""},
		{"F5.207 TCP too low", `{"TcpEstablishedTimeout": 59, "UdpTimeout": 30}`, subnet.Tracking{UDP: 30 * time.Second}, `TcpEstablishedTimeout "59": malformed`},
		{"F5.207 TCP too high", `{"TcpEstablishedTimeout": 432001}`, subnet.Tracking{}, `TcpEstablishedTimeout "432001": malformed`},
		{"F5.207 streams too long", `{"UdpStreamTimeout": 181}`, subnet.Tracking{}, `UdpStreamTimeout "181": malformed`},
		{"F5.207 less than nothing", `{"UdpTimeout": -30}`, subnet.Tracking{}, `UdpTimeout "-30": malformed`},
	}
	for _, test := range tests {
		for _, where := range []string{`"NetworkInterfaces": [%s]`, `"Instances": [{"InstanceId": "i-1", "NetworkInterfaces": [%s]}]`} {
			t.Run(test.name, func(t *testing.T) {
				cfg, warnings := load(t, on(fmt.Sprintf(where, `{"NetworkInterfaceId": "eni-1", "SubnetId": "subnet-1", "ConnectionTrackingConfiguration": `+test.text+`}`)))
				assert.Equal(t, test.want, cfg.Interfaces[0].Tracking)
				if test.warning == "" {
					assert.Empty(t, warnings)
				} else {
					assert.Contains(t, fmt.Sprint(warnings), test.warning)
				}
			})
		}
	}
}

// TestAttributes: F4.015 and F4.217, attributes of an interface and of a subnet that are true or false.
func TestAttributes(t *testing.T) {
	cfg, warnings := load(t, `{"Vpcs": [{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16"}],
		"Subnets": [{"SubnetId": "subnet-1", "VpcId": "vpc-1", "CidrBlock": "10.0.1.0/24", "EnableDns64": true}, {"SubnetId": "subnet-2", "VpcId": "vpc-1", "CidrBlock": "10.0.2.0/24", "EnableDns64": false}],
		"NetworkInterfaces": [{"NetworkInterfaceId": "eni-1", "SubnetId": "subnet-1", "DenyAllIgwTraffic": true}, {"NetworkInterfaceId": "eni-2", "SubnetId": "subnet-2", "DenyAllIgwTraffic": false}]}`)
	assert.Empty(t, warnings)
	assert.True(t, cfg.Subnets[0].DNS64, "F4.217")
	assert.False(t, cfg.Subnets[1].DNS64, "F4.217")
	assert.True(t, cfg.Interfaces[0].DenyAllIGWTraffic, "F4.015")
	assert.False(t, cfg.Interfaces[1].DenyAllIGWTraffic, "F4.015")
}
