# Bob is off, so nothing leaves: the third question has to wait for room in the send buffer, and a dot cancels even
# that.
host alice 10.0.0.1
host bob 10.0.0.2
sysctl_on alice net.ipv4.neigh.eth0.mcast_solicit 100
switch_off bob
UDPLAB_TIMEOUT_MS=8000 on alice start client udpecho 10.0.0.2
for number in 1 2 3; do
    type client "$number is a long question $(printf '.%.0s' {1..1300})"
    type client "."
    expect client "cancelled"
done
finish client
