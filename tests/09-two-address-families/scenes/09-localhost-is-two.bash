# The server has 127.0.0.1 only, and a name can mean ::1 first: connect succeeds there, ICMPv6 refuses, and the next
# address answers.
start_server server udpserver 127.0.0.1
start client udpdualclient ::1 127.0.0.1
type client "g1"
expect client "Hi, g1"
finish client
stop server
