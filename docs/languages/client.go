package main

import (
	"fmt"
	"net"
	"time"
)

func main() {
	client, err := net.Dial("udp", "127.0.0.1:43211")
	if err != nil {
		panic(err)
	}
	client.SetReadDeadline(time.Now().Add(2 * time.Second))
	reply := make([]byte, 4096)
	if _, err = client.Write([]byte("hello")); err == nil {
		var n int
		if n, err = client.Read(reply); err == nil {
			fmt.Printf("%s\n", reply[:n])
		}
	}
	if err != nil {
		fmt.Println(err)
	}
}
