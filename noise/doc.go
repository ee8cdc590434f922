// Package noise makes background traffic in a [packetwalk.Session], as it is on any network that nobody
// watches: scanners from the internet knock at each public address, hosts call those that they may call, ask
// for names, and ping. It is for flow logs to have something in them, to learn on and to load what reads
// them.
//
// Everything is drawn from a seed: the same network, seed and time give the same packets.
//
//	s := network.NewSession(time.Unix(1566848400, 0))
//	made, err := noise.Make(s, 42, time.Hour, noise.Usual())
//	fmt.Println(made, err)
//	for _, batch := range s.Flush() {
//		fmt.Println(batch.FlowLog.ID, len(batch.Records))
//	}
package noise
