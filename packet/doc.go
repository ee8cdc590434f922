// Package packet holds the header of a packet and the words that describe traffic.
package packet
