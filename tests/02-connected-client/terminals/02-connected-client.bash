# A client is served; then the server goes, and the client is told.
terminal server labs/02-connected-client
terminal client labs/02-connected-client
run_server server "../01-unconnected-client/udpserver"
run client "./udpconnectclient 127.0.0.1"
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
