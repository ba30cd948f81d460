# A client that does not leave the first server takes its late reply for the second one's.
mistaken 04-multiple-connect leaves-at-the-end-only
terminal server1 labs/01-unconnected-client
terminal server2 labs/01-unconnected-client
terminal client labs/04-multiple-connect
run_server server1 "./udpserver 127.0.0.1"
run_server server2 "./udpserver 127.0.0.2"
pause server1
run client "./udpreconnect 127.0.0.1 127.0.0.2"
type client "g1"
expect client "recv from 127.0.0.1:43211 failed: *"
resume server1
expect server1 "send bytes: 6"
type client "g2"
finish client
expect server2 "send bytes: 6"

press_ctrl_c server1
press_ctrl_c server2
