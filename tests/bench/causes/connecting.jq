# Aspect: connecting. Whether the socket has a peer, when it got it, and what that means for what it receives.

# A program that should not connect.
def needless_connect_cause:
  select(.connects != [] and expects("never calls (connect|recv failing)|recvfrom failed: Resource|does not print"))
  | "the program calls connect: UDP works without it, and a connected socket receives from its peer only, " +
    "and reports refusals"
  | cause("connecting"; "connect");

# connect returned 0, and the program ended there, or said that it had failed.
def success_as_failure_cause:
  .connects[-1] as $connect
  | select($connect != null and $connect.result == 0 and .ended and .udp[-1].action == "connect")
  | select((.complaint | contains("connect")) or .status != 0 and all(.calls[]; .t < $connect.t or .name != "read"))
  | "connect returned 0, which is success, and the program treated it as a failure: connect returns -1 when it fails"
  | cause("connecting"; "connect");

# connect failed, and the program went on.
def unchecked_connect_cause:
  . as $story
  | first(.connects[] | select(.errno != null and .to != "AF_UNSPEC") | . as $failed
      | select(any($story.sends[], $story.recvs[]; .t > $failed.t)))
  | "connect failed (\(.errno)), and the program went on: check what connect returned"
  | cause("connecting"; "connect");

# A client that should connect, once, before it sends.
def peer_cause:
  .sends[0].t as $sent
  | (.connects | map(select(.to != "AF_UNSPEC"))) as $connects
  | if $connects == [] and $sent != null
      and expects("calls (connect|recv failing)|without an address|does not print|Connection refused|connect failed")
      then
      "the program never calls connect: only a socket with a peer is told of a refusal, and ignores other senders"
    elif $connects != [] and $sent != null and $sent < $connects[0].t then
      "the first datagram is sent before connect: set the peer first, once for all lines"
    elif expects("calls connect, once") and ($connects | length) > 1 then
      "connect is called again for each line: once, before the loop, is enough"
    elif $connects != [] and (.sockets | length) > 1 and any(.sends[]; .socket.peer == null and .to != null) then
      "connect set the peer of another socket: the one that sends and receives was never connected"
    else empty end
  | cause("connecting"; "connect");

# An address in the call, although the socket has a peer.
def needless_address_cause:
  select(expects("with(out)? an address") and any(.sends[]; .to != null and .socket.peer != null))
  | "connect has set the peer, so send needs no address; sendto with an address overrides the peer"
  | cause("connecting"; "send");

# A datagram came to its port, and the kernel refused it: it was not from the peer, or the port was lost.
def refused_here:
  .udp as $calls
  | first(.packets[] | select(.name == "port unreachable") | .about // empty
      | . as $about | first($calls[] | select(.socket.local == $about.dst)) as $call
      | {src, dst, peer: (first($calls[] | select(.socket.local == $about.dst and .socket.peer != null) | .socket.peer)
          // null)}
      | select(.peer != null and .peer != .src));

def connected_elsewhere_cause:
  . as $story
  | refused_here
  | if any($story.connects[]; .to == "AF_UNSPEC") then
      "dissolving the association gave back the port that the kernel had chosen: what was sent to it was refused"
    else
      "the socket is connected to \(.peer) and receives nothing from \(.src): its datagram was refused"
    end
  | cause("connecting"; "connect");

# A refusal of an earlier datagram, reported by a call that has nothing to do with it.
def late_refusal_cause:
  select(expects("^[^ ]+ (prints: |exits with status 0$)")
      and (.udp | map(select(.action | IN("send", "recv"))) | last.errno == "ECONNREFUSED"))
  | "port unreachable came back for an earlier datagram, and this call reported it: " +
    "the error stays in the socket until a call reports it"
  | cause("connecting"; "receive");

def stolen_error_cause:
  if any(.udp[]; .option == "SO_ERROR") and expects("ECONNREFUSED|Connection refused") then
    "getsockopt SO_ERROR cleared the pending error: it is reported once, to the call that asks first"
  elif any(.udp[]; .option == "IP_RECVERR") then
    "IP_RECVERR makes the kernel report refusals to an unconnected socket, too: without it they are dropped"
  else empty end
  | cause("connecting"; "receive");
