# One question to everybody on the LAN, and a reply from each.
host alice 10.0.0.1
host bob 10.0.0.2
host carol 10.0.0.3
on bob start_server bob udpserver
on carol start_server carol udpserver

UDPLAB_TIMEOUT_MS=500 on alice start alice udpbroadcast 10.0.0.255
type alice "hello"
expect_all alice "10.0.0.2:43211: Hi, hello" "10.0.0.3:43211: Hi, hello"
wait_for alice
