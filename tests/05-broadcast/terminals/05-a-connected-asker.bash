# Everybody on the LAN hears a connected asker, which hears nobody.
mistaken 05-broadcast connects-to-everybody
host alice 10.0.0.1
host bob 10.0.0.2
host carol 10.0.0.3
on alice terminal alice .
on bob terminal bob .
on carol terminal carol .
run_server bob "labs/01-unconnected-client/udpserver"
run_server carol "labs/01-unconnected-client/udpserver"
pause bob
run alice "labs/05-broadcast/udpbroadcast 10.0.0.255"
type alice "hello"
expect carol "send bytes: 9"
resume bob
finish alice
expect bob "send bytes: 9"

packets_written
# A call stands where it began, but the wait where it ended. (A shell may ask its system's name service something, too.)
tell 'sort_by(.t + if .name == "poll" then .seconds else 0 end)[]
    | if .kind == "call" and on_udp and .lane == $lane and (.name | IN("connect", "sendto", "poll"))
      then "\(.lane)  \(brief_call)"
      elif .kind == "packet" and .proto != "ARP" and $lane == (.from_host, .to_host) then "       \(brief_packet)"
      else empty end' alice >"$BLOCKS/kernel.1"
press_ctrl_c bob
press_ctrl_c carol
