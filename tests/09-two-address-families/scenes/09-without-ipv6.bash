# Alice's host has no IPv6: connect to bob's IPv6 address fails at once, without a packet, and his IPv4 address answers.
host alice 10.0.0.1
host bob 10.0.0.2 fd00::2
sysctl_on alice net.ipv6.conf.all.disable_ipv6 1
on bob start_server server udpdualserver
on alice start client udpdualclient fd00::2 10.0.0.2
type client "g1"
expect client "Hi, g1"
finish client
stop server
