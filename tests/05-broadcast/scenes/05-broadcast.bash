# One question to everybody on the LAN, and a reply from each; a connected asker is heard by all and hears nobody.
host alice 10.0.0.1
host bob 10.0.0.2
host carol 10.0.0.3
on bob start_server bob udpserver
on carol start_server carol udpserver

UDPLAB_TIMEOUT_MS=500 on alice start alice udpbroadcast 10.0.0.255
type alice "hello"
expect_all alice "10.0.0.2:43211: Hi, hello" "10.0.0.3:43211: Hi, hello"
wait_for alice

on alice start connected peer
type connected "broadcast"
expect connected "may broadcast"
type connected "connect 10.0.0.255:43211"
expect connected "connected 10.0.0.255:43211"
type connected "send 10.0.0.255:43211 hello?"
expect connected "sent 6 bytes"
expect bob "send bytes: 10"
expect carol "send bytes: 10"
type connected "look"
expect connected "receive failed: EAGAIN"
finish connected
