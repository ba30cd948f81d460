# The server is asked at 127.0.0.5, and answers from 127.0.0.1.
terminal server labs/03-connect-on-first-packet-server
terminal client labs/02-connected-client
run_server server "./udpconnectserver"
run client "./udpconnectclient 127.0.0.5"
type client "g1"
