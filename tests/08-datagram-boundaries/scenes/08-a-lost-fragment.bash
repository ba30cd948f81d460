# Bob's host loses the second of three fragments: all of the datagram is lost, and nobody is told.
host alice 10.0.0.1
host bob 10.0.0.2
nft_on bob 'table ip lab {
    chain lose {
        type filter hook prerouting priority -450
        ip frag-off & 0x1fff == 185 drop
    }
}'
on bob start_server collector udpcollector
on alice start sizes udpsizes 10.0.0.2
type sizes "4000"
expect sizes "4000 bytes: 3 packets, MTU 1500"
type sizes "2"
expect collector "received 2 bytes: xx"
finish sizes
stop collector
