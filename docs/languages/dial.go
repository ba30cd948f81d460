// How long does net.Dial take? Called as dial.c is, without its server.
package main

import (
	"fmt"
	"net"
	"os"
	"sort"
	"strconv"
	"time"
)

func dial(kind, folder, port string) (net.Conn, error) {
	switch kind {
	case "unixgram":
		mine := &net.UnixAddr{Name: folder + "/mine", Net: kind}
		theirs := &net.UnixAddr{Name: folder + "/datagrams", Net: kind}
		return net.DialUnix(kind, mine, theirs)
	case "unix":
		return net.Dial(kind, folder+"/stream")
	default:
		return net.Dial(kind, "127.0.0.1:"+port)
	}
}

func main() {
	kind, folder, port := os.Args[1], os.Args[2], os.Args[3]
	count, _ := strconv.Atoi(os.Args[4])
	times := make([]float64, count)
	for i := range times {
		begun := time.Now()
		connection, err := dial(kind, folder, port)
		times[i] = float64(time.Since(begun).Nanoseconds()) / 1000
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		if tcp, is := connection.(*net.TCPConn); is {
			tcp.SetLinger(0)
		}
		connection.Close()
		os.Remove(folder + "/mine")
	}
	first := times[0]
	sort.Float64s(times)
	fmt.Printf("%.1f %.1f\n", first, times[count/2])
}
