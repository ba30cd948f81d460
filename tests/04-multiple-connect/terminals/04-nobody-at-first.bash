# The first of two servers is not there.
terminal server labs/01-unconnected-client
terminal client labs/04-multiple-connect
run_server server "./udpserver 127.0.0.2"
run client "./udpreconnect 127.0.0.3 127.0.0.2"
type client "g1"
expect client "recv from 127.0.0.3:43211 failed: *"
type client "g2"
finish client
expect server "send bytes: 6"

press_ctrl_c server
