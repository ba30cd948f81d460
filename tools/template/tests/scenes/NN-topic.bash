# What the scene shows, in one sentence.
start_server server udpserver
start client udptopic 127.0.0.1
type client "g1"
expect client "Hi, g1"
finish client
