# One socket hears both families: an IPv4 client's address comes mapped, and the answer to it leaves as IPv4.
start_server server udpdualserver
start six udpdualclient ::1
type six "g1"
expect six "Hi, g1"
finish six
start four udpdualclient 127.0.0.1
type four "g2"
expect four "Hi, g2"
finish four
stop server
