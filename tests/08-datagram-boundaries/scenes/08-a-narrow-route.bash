# A router's next network takes 1300 bytes: the first datagram is lost, and the send of the second one reports it.
host alice 10.0.1.1
host router 10.0.1.9 10.0.2.9
host bob 10.0.2.2
sysctl_on router net.ipv4.ip_forward 1
ip_on alice route add 10.0.2.0/24 via 10.0.1.9
ip_on bob route add 10.0.1.0/24 via 10.0.2.9
ip_on router route change 10.0.2.0/24 dev eth1 mtu 1300
on bob start_server collector udpcollector
on alice start sizes udpsizes 10.0.2.2
type sizes "1400"
expect sizes "1400 bytes: 1 packet, MTU 1500"
type sizes "10"
expect collector "received 10 bytes: xxxxxxxxxx"
finish sizes
stop collector
