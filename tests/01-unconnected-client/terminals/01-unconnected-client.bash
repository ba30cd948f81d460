# A client is served; then the server goes, and the client waits in vain.
terminal server labs/01-unconnected-client
terminal client labs/01-unconnected-client
run_server server "./udpserver"
run client "./udpclient 127.0.0.1"
type client "g1"
expect client "Hi, g1"
type client "g2"
expect client "Hi, g2"
expect server "send bytes: 6"
expect server "send bytes: 6"

press_ctrl_c server
finish server
new_block client
type client "g3"
