# Likely causes where the program is the client that visits one server after another with the same socket.
include "recording";
include "shared";
include "program";
include "words";
include "network";

# What was received, and what was printed next: more than that, on the same line.
def printed_more:
  (.calls | map(select(.fd == 1 or .action == "recv" and .result != null and .result > 0))) as $mine
  | range(1; $mine | length) as $i
  | $mine[$i - 1] | select(.action == "recv") | .payload // "" | . as $got
  | $mine[$i] | select(.fd == 1) | .payload // "" | select(startswith($got)) | .[$got | length:]
  | select(. != "" and (startswith("\n") | not));

# Each call on a UDP socket with the one before it.
def pairs: range(1; length) as $i | {before: .[$i - 1], now: .[$i]};

# --- task 1: connect ----------------------------------------------------------------------------------------------

# A visit that went no further than a connect that had succeeded.
def left_after_connect:
  .udp as $udp | range($udp | length) as $i | $udp[$i]
  | select(.action == "connect" and .result == 0 and .to != "AF_UNSPEC")
  | select((first($udp[$i + 1:][] | select(.action | IN("connect", "send", "recv")) | .action) // "connect") == "connect");

# An address of a server, at another port than a server's.
def wrong_server: . != null and (IN("AF_UNSPEC", "other", "0.0.0.0:0") or endswith(":43211") | not);

# The datagram that was sent although connect had failed just before.
def sent_all_the_same: first(.udp[] | select(.action == "send" and .to == null and .visited[-1].errno != null));

# What it complained of, where it was to say in other words that connect had failed.
def other_words($expected):
  ($expected | capture("says on standard error: connect to .* failed: (?<reason>.*) \\([0-9]+\\)$").reason) as $reason
  | first(.complaint | split("\n")[] | select(contains($reason) or (ascii_downcase | contains("connect"))));

def connecting_cause($expected):
  if .visits == [] and any(.udp[]; .action == "bind" and (.to // "" | endswith(":43211"))) then
    "bind gives the socket an address of its own. It is connect that chooses the peer, and a client needs no bind"
  elif .visits == [] and any(.udp[]; .action == "send" and .to != null) then
    "the client never calls connect: its socket has no peer, and sendto with an address gives it none"
  elif any(.visits[].to; wrong_server) then
    first(.visits[].to | select(wrong_server)) | wrong_port
  elif .visits != [] and all(.visits[]; .errno == "EINVAL" and .to == null) then
    "the size that connect was given is not that of an address: `server` is a pointer, and sizeof server the pointer's size"
  elif any(left_after_connect; true) and (.complaint | contains("connect")) then
    "connect returned 0, which is success, and the program took it for a failure: it returns -1 when it fails"
  elif any(sent_all_the_same; true) then
    sent_all_the_same
    | if .socket.peer == null then "connect failed, and the program went on to send, without a peer: nothing may be sent then"
      else "connect failed, and the program sent all the same, to the old peer \(.socket.peer): a failed connect keeps it" end
  elif any(other_words($expected); true) then
    "the closest line is \(first(other_words($expected)) | quoted)"
  elif .status == 1 and (.udp[-1] | .action == "connect" and .to != null and (.errno | IN(null, "EINVAL") | not)) then
    "the client ended when connect failed (\(.udp[-1].errno)): error with status 0 lets it go on to the next server"
  else empty end;

# --- task 2: ask the socket for its address -----------------------------------------------------------------------

def asking_cause($expected):
  .udp as $udp
  | if any($udp[]; .name == "getpeername" and (.errno == "ENOTCONN" or ($expected | contains("connected to")))) then
      "getpeername asks for the peer's address, and there is no peer: getsockname asks for the socket's own"
    elif any($udp[]; .name == "getsockname" and .errno != null) then
      first($udp[] | select(.name == "getsockname" and .errno != null))
      | "getsockname failed (\(.errno)): it takes a pointer to the address, and a pointer to its size"
    elif any($udp[]; .name == "getsockname" and .from == null and .result == 0) then
      "getsockname was told that there is no room for an address: `size` goes in as sizeof local"
    elif ($expected | contains("connected to")) and any($udp | pairs;
        .before.name == "getsockname" and .before.from == "0.0.0.0:0" and .now.name == "connect" and .now.to != "AF_UNSPEC") then
      "getsockname was called before connect, and it is connect that chooses the address"
    elif ($expected | contains("connected to")) and (.printed | contains("from 0.0.0.0:0")) and all($udp[]; .name != "getsockname") then
      "nothing asks the socket for its address: getsockname writes it into `local`"
    else empty end;

# --- task 3: dissolve the association -----------------------------------------------------------------------------

# An address of no family that connect knows, and no address at all, where there has been a peer.
def strange_family: any(.connects[]; .to == "other" and .errno == "EAFNOSUPPORT");
def no_address: any(.udp[]; .action == "connect" and .errno == "EINVAL" and .to == null and any(.visited[]; .result == 0));

# The local address of an earlier visit is still there.
def stuck:
  any(.udp[]; .action == "connect" and .errno == "EINVAL" and .to != null
    and (.to | IN("AF_UNSPEC") or startswith("127.") | not) and any(.visited[]; .to // "" | startswith("127.")));

def dissolving_cause($expected):
  if strange_family then
    "connect failed (EAFNOSUPPORT): the family of that address is not AF_UNSPEC. Was sa_family set?"
  elif any(.udp[]; .name == "shutdown") then
    "shutdown does not let go of the peer: it closes the socket for good, and send then fails with Broken pipe (EPIPE)"
  elif any(.visits[1:][]; .to == "0.0.0.0:0") then
    "0.0.0.0 does not mean nobody: connect takes it for 127.0.0.1. Only the family AF_UNSPEC dissolves"
  elif no_address then
    "connect failed (EINVAL): to dissolve, it takes an address as well, of family AF_UNSPEC, and the size of it"
  elif .status == 1 and (.udp[-1] // {} | .to == "AF_UNSPEC" and .result == 0) then
    "connect to AF_UNSPEC returned 0, which is success, and the program took it for a failure"
  elif (.sockets > 1 or any(.calls[]; .name | IN("dup2", "dup3"))) and ($expected | test("AF_UNSPEC|calls socket, once|0.0.0.0:0")) then
    "the client makes another socket: the first one can be connected again, as often as you like"
  elif stuck then
    "the socket still has the local address 127.0.0.1 of an earlier connect, and from there no way leads off this host"
  elif ($expected | contains("connect to AF_UNSPEC")) and .visits != [] and all(.connects[]; .errno == null) and (.freed | not) then
    "the socket still has its peer at the end: dissolve the association after each server, and after the last one, too"
  elif ($expected | contains("local address 0.0.0.0:0")) and any(.udp[]; .action == "bind" and (.to // ":0" | endswith(":0") | not)) then
    "the port that bind was told stays when the association is dissolved: let the kernel choose one"
  else empty end;

# --- task 4: forget what is left ----------------------------------------------------------------------------------

def does_not_wait: .flags // "" | contains("MSG_DONTWAIT");

# What was received as a peer's, though another had sent it, before the socket was connected to that peer.
def inherited($events):
  first(.udp[] | select(.action == "recv" and .errno == null and .socket.peer != null and (does_not_wait | not)) | . as $got
    | [$events[] | select(.kind == "call" and .action == "send" and .lane != $got.lane and .payload == $got.payload) | .socket.local // ""]
    | select(length > 0 and all(.[]; startswith("0.0.0.0") | not) and index($got.socket.peer) == null)
    | {from: .[0], peer: $got.socket.peer, got: $got});

# The looks into the queue between the visit before that call and its own: all of them leave it sooner or later.
def looks_before($got):
  ($got.visited[-2].t // 0) as $from | ($got.visited[-1].t // 0) as $to
  | map(select(.action == "recv" and .t > $from and .t < $to and (does_not_wait or .socket.peer == null)));

def inherited_cause($events):
  inherited($events) as $late | .udp | looks_before($late.got)
  | if length > 0 and .[-1].errno == "ECONNREFUSED" then
      "the forgetting ended at the refusal, and that comes before the datagrams: only EAGAIN says that nothing is left"
    elif length > 0 and .[-1].errno == null then
      "the forgetting ended before \(.[-1].name) said EAGAIN, and a reply of \($late.from) was left: go on until then"
    else
      "this reply came from \($late.from), before the socket was connected to \($late.peer): what is queued survives connect"
    end;

# The same look into the queue, hundreds of times.
def endless_look:
  [.udp[-40:][] | select(.action == "recv" and (does_not_wait or .freed))] | select(length == 40) | .[-1];

# A call that was to wait for the reply to what had just been sent, and came back at once with nothing.
def cannot_wait:
  any([.calls[] | select(.name != "write")] | pairs; .before.action == "send"
    and (.now | .action == "recv" and .errno == "EAGAIN" and (does_not_wait | not) and .seconds < 0.01));

# Left over from a server, and printed all the same.
def printed_leftover:
  .calls as $calls | range(1; $calls | length) as $i
  | $calls[$i - 1] | select(.action == "recv" and .errno == null and does_not_wait) | .payload // ""
  | . as $left | select($left != "" and ($calls[$i] | .fd == 1 and (.payload // "" | startswith($left))));

def forgetting_cause($events):
  if any(endless_look; looks_only and .errno == null) then
    "MSG_PEEK leaves a datagram in the queue, so it is there again and again: receive without it"
  elif any(endless_look; .errno == "EAGAIN") then
    "recv says EAGAIN when nothing is left: that is to end the loop, and the loop goes on"
  elif any(endless_look; true) then
    "the loop that forgets goes on without end: EAGAIN, which says that nothing is left, is what ends it"
  elif .status == 1 and (.udp[-1] | .action == "recv" and (does_not_wait or .socket.peer == null) and .errno == "ECONNREFUSED") then
    "the refusal of an earlier server was left in the socket, and ended the program: forget it like a datagram"
  elif .status == 1 and (.udp[-1] | .action == "recv" and (does_not_wait or .socket.peer == null) and .errno == "EAGAIN") then
    "EAGAIN says that nothing is left: it ends the forgetting, not the program"
  elif any(.udp[]; .action == "recv" and .finished == false and .socket.local == null and .freed) then
    "without its association the socket gets nothing any more, and recv waits all the same: MSG_DONTWAIT does not wait"
  elif any(printed_leftover; true) then
    "what was left in the queue is printed: it is another server's reply, and to be thrown away"
  elif any(inherited($events); true) then
    inherited_cause($events)
  elif any(.udp[]; .action == "send" and .errno == "ECONNREFUSED" and (.visited | map(.to) | unique | length) > 1) then
    "an earlier server refused, late. The error waited in the socket, survived connect, and this send reported it"
  elif cannot_wait then
    "recv did not wait for the reply: a socket that was made non-blocking (O_NONBLOCK) to look into its queue stays so"
  else empty end;

# --- what was given -----------------------------------------------------------------------------------------------

def story_cause:
  if .sockets > 1 then
    "the client makes another socket: the first one can be connected again, as often as you like"
  elif .status == 1 and (.udp[-1] | (.action == "recv" and .socket.peer != null or .to != null) and (.errno | IN(null, "EINVAL") | not)) then
    "the client ended when \(.udp[-1].name) failed (\(.udp[-1].errno)): error with status 0 lets it go on to the next server"
  elif .status == 0 and (.complaint | contains(" failed")) then
    "a server failed, and the exit status is 0 all the same: what does visit return, and what does main make of it?"
  elif .complaint == "" and any(.udp[]; .action == "recv" and .errno == "ECONNREFUSED" and .socket.peer != null) then
    .calls | failed_receive(["ECONNREFUSED"])
  elif any(printed_more; true) then
    "what is printed goes on with the rest of an earlier message: close the received bytes with a NUL byte"
  else empty end;

# The client: its calls, those of them on UDP sockets, what it said, and how it ended.
def reconnecting($lane):
  map(select(.lane == $lane)) as $mine
  | ($mine | map(select(.kind == "call"))) as $calls
  | [$calls | map(select(on_udp)) | remembering] as $udp
  | ($udp | map(select(.action == "connect"))) as $connects
  | { $calls, $udp, $connects,
      visits: ($connects | map(select(.to != "AF_UNSPEC"))),
      freed: any($connects[]; .to == "AF_UNSPEC"),
      sockets: ($udp | map(select(.name == "socket")) | length),
      printed: ($calls | map(select(.name == "write" and .fd == 1) | .payload // "") | add // ""),
      complaint: ($calls | map(select(.name == "write" and .fd == 2) | .payload // "") | add // ""),
      status: ($mine | map(select(.kind == "exit")) | .[0].status) };

def reconnect_cause($expected):
  . as $events
  | first(.[] | select(.kind == "start") | select(is_answer)
    | .lane) as $lane
  | reconnecting($lane)
  | first((dissolving_cause($expected) | of_task(3)),
      (connecting_cause($expected) | of_task(1)),
      (asking_cause($expected) | of_task(2)),
      (forgetting_cause($events) | of_task(4)),
      story_cause);

def likely_cause: first_cause(reconnect_cause($expected));
