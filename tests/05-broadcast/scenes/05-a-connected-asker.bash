# A socket that is connected to everybody: all hear the question, and their replies are refused.
host alice 10.0.0.1
host bob 10.0.0.2
host carol 10.0.0.3
on bob start_server bob udpserver
on carol start_server carol udpserver

on alice start alice peer
type alice "broadcast"
expect alice "may broadcast"
type alice "connect 10.0.0.255:43211"
expect alice "connected 10.0.0.255:43211"
type alice "send 10.0.0.255:43211 hello?"
expect alice "sent 6 bytes"
expect bob "send bytes: 10"
expect carol "send bytes: 10"
type alice "look"
expect alice "receive failed: EAGAIN"
finish alice
