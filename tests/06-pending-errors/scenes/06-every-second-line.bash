# A sender that ignores errors: every second send reports the refusal before it, and sends nothing itself.
start sender talk udp connect:127.0.0.1:43211 send:m1 send:m2 send:m3 send:m4
wait_for sender
