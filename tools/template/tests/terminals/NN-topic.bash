# What the transcripts show, in one sentence.
terminal server labs/01-unconnected-client
terminal client labs/NN-topic
run_server server "./udpserver"
run client "./udptopic 127.0.0.1"
type client "g1"
expect client "Hi, g1"
