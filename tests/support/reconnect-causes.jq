# Likely causes where the program is the client that visits one server after another with the same socket.
include "recording";

# What was received, and what was printed next: more than that, on the same line.
def printed_more($calls):
  ($calls | map(select(.fd == 1 or .action == "recv" and .result != null and .result > 0))) as $mine
  | range(1; $mine | length) as $i
  | $mine[$i - 1] | select(.action == "recv") | .payload // "" | . as $got
  | $mine[$i] | select(.fd == 1) | .payload // "" | select(startswith($got)) | .[$got | length:]
  | select(. != "" and (startswith("\n") | not));

# Each call with the one before it.
def pairs: range(1; length) as $i | {before: .[$i - 1], now: .[$i]};

# The client's calls ($calls), those of them on UDP sockets, and how it ended.
def reconnect_story($calls; $udp; $status; $expected):
  ($udp | map(select(.action == "connect"))) as $connects
  | ($connects | map(select(.to != "AF_UNSPEC"))) as $visits
  | any($connects[]; .to == "AF_UNSPEC") as $freed
  | ($calls | map(select(.name == "write" and .fd == 2) | .payload // "") | add // "") as $complaint
  | if $visits == [] and any($udp[]; .action == "send" and .to != null) then
      "the client never calls connect: its socket has no peer, and sendto with an address gives it none"
    elif any($udp[]; .name == "getpeername" and .errno == "ENOTCONN") then
      "getpeername asks for the peer's address, and there is no peer: getsockname asks for the socket's own"
    elif any($udp[]; .name == "shutdown") then
      "shutdown does not let go of the peer: it closes the socket for good, and send then fails with Broken pipe (EPIPE)"
    elif any($visits[1:][]; .to == "0.0.0.0:0") then
      "0.0.0.0 does not mean nobody: connect takes it for 127.0.0.1. Only the family AF_UNSPEC dissolves"
    elif any($udp[]; .action == "recv" and .finished == false and .socket.local == null) and $freed then
      "without its association the socket gets nothing any more, and recv waits all the same: MSG_DONTWAIT does not wait"
    elif ($expected | contains("calls socket, once")) and ($udp | map(select(.name == "socket")) | length) > 1 then
      "the client makes another socket: the first one can be connected again, as often as you like"
    elif ($expected | contains("connected to")) and any($udp | pairs;
        .before.name == "getsockname" and .before.from == "0.0.0.0:0" and .now.name == "connect" and .now.to != "AF_UNSPEC") then
      "getsockname was called before connect, and it is connect that chooses the address"
    elif ($expected | contains("connect to AF_UNSPEC")) and $visits != [] and all($connects[]; .errno == null) and ($freed | not) then
      "the socket still has its peer at the end: dissolve the association after the last server, too"
    elif ($expected | contains("local address 0.0.0.0:0")) and any($udp[]; .action == "bind" and (.to // ":0" | endswith(":0") | not)) then
      "the port that bind was told stays when the association is dissolved: let the kernel choose one"
    elif $status == 1 and ($udp[-1] | (.action == "recv" and .socket.peer != null or .to != null) and (.errno | IN(null, "EINVAL") | not)) then
      "the client ended when \($udp[-1].name) failed (\($udp[-1].errno)): error with status 0 lets it go on to the next server"
    elif $status == 0 and ($complaint | contains(" failed")) then
      "a server failed, and the exit status is 0 all the same: what does visit return, and what does main make of it?"
    elif $complaint == "" and any($udp[]; .action == "recv" and .errno == "ECONNREFUSED" and .socket.peer != null) then
      $calls | failed_receive(["ECONNREFUSED"])
    elif any(printed_more($calls); true) then
      "what is printed goes on with the rest of an earlier message: close the received bytes with a NUL byte"
    else empty end;

def reconnect_cause($expected):
  . as $events
  | $events[] | select(.kind == "start" and (.program // "" | endswith("/udpreconnect"))) | .lane as $lane
  | [$events[] | select(.lane == $lane)] as $mine
  | [$mine[] | select(.kind == "call")] as $calls
  | reconnect_story($calls; [$calls[] | select(on_udp)]; $mine | map(select(.kind == "exit")) | .[0].status; $expected);
