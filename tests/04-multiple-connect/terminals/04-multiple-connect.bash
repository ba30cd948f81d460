# One socket visits two servers.
terminal server1 labs/01-unconnected-client
terminal server2 labs/01-unconnected-client
terminal client labs/04-multiple-connect
run_server server1 "./udpserver 127.0.0.1"
run_server server2 "./udpserver 127.0.0.2"
run client "./udpreconnect 127.0.0.1 127.0.0.2"
type client "g1"
expect client "Hi, g1"
type client "g2"
finish client
expect server1 "send bytes: 6"
expect server2 "send bytes: 6"

press_ctrl_c server1
press_ctrl_c server2
