# Likely causes of failures in this lab: a client that visits one server after another with the same socket.
include "recording";
include "story";
include "memory";
include "descriptors";
include "destination";
include "connecting";
include "payload";
include "waiting";
include "receiving";
include "printing";
include "errors";

def tasks: {connect: 1, name: 2, dissolve: 3, discard: 4};

# A story with each call's past, the visits, and what the program was asked to visit.
def visiting:
  .udp = [.udp | remembering]
  | .connects = (.udp | map(select(.action == "connect")))
  | .visits = (.connects | map(select(.to != "AF_UNSPEC")))
  | .freed = any(.connects[]; .to == "AF_UNSPEC")
  | .got = (.got | map(select(.socket.peer != null and (does_not_wait | not)))); # replies, and not what is discarded

# --- task 1: connect --------------------------------------------------------------------------------------------------

# A visit that went no further than a connect that had succeeded.
def left_after_connect:
  .udp as $udp | range($udp | length) as $i | $udp[$i]
  | select(.action == "connect" and .result == 0 and .to != "AF_UNSPEC")
  | select((first($udp[$i + 1:][] | select(.action | IN("connect", "send", "recv")) | .action)
      // "connect") == "connect");

# The datagram that was sent although connect had failed just before.
def sent_all_the_same: first(.udp[] | select(.action == "send" and .to == null and .visited[-1].errno != null));

# What it reported, where it should say in other words that connect had failed.
def other_words:
  (expected | capture("says on standard error: connect to .* failed: (?<reason>.*) \\([0-9]+\\)$").reason) as $reason
  | first(.complaint | split("\n")[] | select(contains($reason) or (ascii_downcase | contains("connect"))));

# The n-th visit goes to the n-th address.
def visit_order_cause:
  . as $story
  | first(range(.visits | length) as $i | .visits[$i]
      | select($i < ($story.asked | length) and .to != null and (.to | host_of) != $story.asked[$i]
          and (.to | host_of | IN($story.asked[])))
      | "visit \($i + 1) went to \(.to | host_of), and the address for it is \($story.asked[$i])")
  | cause("destination"; "connect");

def connecting_cause:
  if .visits == [] and any(.binds[]; .to // "" | endswith(":43211")) then
    "bind gives the socket its own address. It is connect that sets the peer, and a client needs no bind"
  elif .visits == [] and any(.udp[]; .action == "send" and .to != null) then
    "the client never calls connect: its socket has no peer, and sendto with an address does not set one"
  elif .visits != [] and all(.visits[]; .errno == "EINVAL" and .to == null) then
    "the size that connect was passed is not that of an address: " +
    "`server` is a pointer, and sizeof server is the pointer's size"
  elif any(left_after_connect; true) and (.complaint | contains("connect")) then
    "connect returned 0, which is success, and the program treated it as a failure: connect returns -1 when it fails"
  elif any(sent_all_the_same; true) then
    sent_all_the_same
    | if .socket.peer == null
        then "connect failed, and the program went on to send, without a peer: do not send after that"
      else "connect failed, and the program sent all the same, to the old peer \(.socket.peer): " +
          "a failed connect keeps it" end
  elif any(other_words; true) then
    "the closest line is \(first(other_words) | quoted)"
  elif .status == 1 and (.udp[-1] | .action == "connect" and .to != null and (.errno | IN(null, "EINVAL") | not)) then
    "the client ended when connect failed (\(.udp[-1].errno)): error with status 0 lets it go on to the next server"
  else empty end
  | cause("connecting"; "connect");

# --- task 2: ask the socket for its address ---------------------------------------------------------------------------

def naming_cause:
  .udp as $udp
  | if any($udp[]; .name == "getpeername" and (.errno == "ENOTCONN" or expects("connected to"))) then
      "getpeername returns the peer's address: getsockname returns the socket's own"
    elif any($udp[]; .name == "getsockname" and .errno != null) then
      first($udp[] | select(.name == "getsockname" and .errno != null))
      | "getsockname failed (\(.errno)): it takes a pointer to the address, and a pointer to its size"
    elif any($udp[]; .name == "getsockname" and .from == null and .result == 0) then
      "getsockname was told that there are 0 bytes for the address: `size` must be sizeof local before the call"
    elif expects("connected to") and any($udp | pairs;
        .before.name == "getsockname" and .before.from == "0.0.0.0:0" and .now.name == "connect"
            and .now.to != "AF_UNSPEC") then
      "getsockname was called before connect, and it is connect that chooses the address"
    elif expects("connected to") and (.printed | contains("from 0.0.0.0:0")) and all($udp[]; .name != "getsockname")
        then
      "nothing asks the socket for its address: getsockname stores it in `local`"
    else empty end
  | cause("naming"; "name");

# Both texts of one line are the same address's, and at that time the socket's two addresses differed.
def same_buffer_cause:
  . as $story
  | first(.calls[] | select(is_written(1)) | .t as $t | .payload // "" | split("\n")[]
      | capture("^connected to (?<to>[0-9.]+):(?<port>[0-9]+) from (?<from>[0-9.]+):(?<own>[0-9]+) *$")
          | select(.to == .from)
      | . as $line
      | [$story.udp[] | select(.t < $t and .socket.peer != null) | .socket] | last // {}
      | select((.local // $line.from | host_of) != $line.from or (.peer // $line.to | host_of) != $line.to)
      | $line)
  | if .port == .own then
      "\(.to):\(.port) is printed twice: the second address is the socket's own, which getsockname returns"
    else
      "both addresses are printed as \(.to): inet_ntoa stores every text in one buffer, " +
      "so the second call overwrites the first text"
    end
  | cause("printing"; "name");

# --- task 3: dissolve the association ---------------------------------------------------------------------------------

# An address of no family that connect knows, and no address at all, where there has been a peer.
def strange_family: any(.udp[]; .to == "other" and .errno == "EAFNOSUPPORT" and any(.visited[]; .result == 0));
def no_address: any(.udp[]; .action == "connect" and .errno == "EINVAL" and .to == null
    and any(.visited[]; .result == 0));

# Between the datagram and its reply.
def dissolved_too_early:
  [.calls[] | select(is_wait or (.socket != null and (.action | IN("send", "recv", "connect"))))]
  | any(pairs; .before.action == "send" and .before.result != null and .before.result >= 0 and .now.to == "AF_UNSPEC");

# Bound to one address, which dissolving the association leaves as it is.
def bound_host: first(.binds[].to // empty | host_of | select(. != "0.0.0.0"));

# The local address of an earlier visit is still there.
def stuck:
  any(.udp[]; .action == "connect" and .errno == "EINVAL" and .to != null
    and (.to | . == "AF_UNSPEC" or startswith("127.") | not) and any(.visited[]; .to // "" | startswith("127.")));

# Closed after a visit that was not dissolved, and used again.
def closed_cause:
  first(.calls[] | select(.name == "close" and .result == 0)) as $close
  | select(all(.connects[]; .to != "AF_UNSPEC" or .t > $close.t))
  | first(.calls[] | select(.errno == "EBADF" and .fd == $close.fd and .t > $close.t))
  | "close ends the socket, and \(called) was called with it afterwards: " +
    "connect to AF_UNSPEC dissolves the association, and the socket stays"
  | cause("connecting"; "dissolve");

def dissolving_cause:
  if strange_family then
    "connect failed (EAFNOSUPPORT): the family of that address is not AF_UNSPEC. Is sa_family set?"
  elif any(.udp[]; .name == "shutdown") then
    "shutdown does not dissolve the association: it closes the socket's directions for good, " +
    "and send then fails with EPIPE"
  elif any(.visits[1:][]; .to == "0.0.0.0:0") then
    "0.0.0.0 does not mean nobody: connect takes it for 127.0.0.1. Only the family AF_UNSPEC dissolves"
  elif no_address then
    "connect failed (EINVAL): to dissolve, it needs an address, too, of family AF_UNSPEC, and the size of it"
  elif .status == 1 and (.udp[-1] // {} | .to == "AF_UNSPEC" and .result == 0) then
    "connect to AF_UNSPEC returned 0, which is success, and the program treated it as a failure"
  elif ((.sockets | length) > 1 or any(.calls[]; .name | IN("dup2", "dup3")))
      and expects("AF_UNSPEC|calls socket, once|0.0.0.0:0") then
    "the client makes another socket: the first one can be connected again, as often as you like"
  elif any(dissolved_too_early; .) then
    "the association is dissolved before the reply is received: the socket has no port then, and nothing can reach it"
  elif any(bound_host; true) and (stuck or expects("local address 0.0.0.0:0")) then
    "bind gave the socket the address \(bound_host), which stays when the association is dissolved: " +
    "a client needs no bind"
  elif stuck then
    "the socket still has the local address 127.0.0.1 of an earlier connect, " +
    "and from there nothing can be sent to other hosts"
  elif expects("connect to AF_UNSPEC") and .visits != [] and all(.connects[]; .errno == null) and (.freed | not) then
    "the socket still has its peer at the end: dissolve the association after each server, and after the last one, too"
  elif expects("local address 0.0.0.0:0") and any(.binds[]; .to != null and .to != "0.0.0.0:0") then
    "the address \(.binds[0].to) that bind was passed stays when the association is dissolved: let the kernel choose"
  else empty end
  | cause("connecting"; "dissolve");

# --- the lines --------------------------------------------------------------------------------------------------------

# The n-th visit sends the n-th line, also where an earlier visit failed.
def line_order_cause:
  . as $story
  | first(.udp[] | select(.action == "send" and succeeded) | (.visited | length) as $n
      | select($n > 0 and .payload != $story.lines[$n - 1] and (.payload | IN($story.lines[])))
      | if $story.lines[$n - 1] == null
          then "visit \($n) sent \(.payload | quoted), the line of an earlier visit: each visit has a line of its own"
        else "visit \($n) sent \(.payload | quoted), and its line is \($story.lines[$n - 1] | quoted): " +
            "each visit has a line of its own" end)
  | cause("payload"; "send");

# --- task 4: discard what is left -------------------------------------------------------------------------------------

# What was received as a peer's, though another had sent it, before the socket was connected to that peer.
def inherited:
  .others as $others
  | first(.udp[] | select(.action == "recv" and .errno == null and .socket.peer != null and (does_not_wait | not)) | .
      as $got
    | [$others[] | select(.payload == $got.payload) | .socket.local // ""]
    | select(length > 0 and all(.[]; startswith("0.0.0.0") | not) and index($got.socket.peer) == null)
    | {from: .[0], peer: $got.socket.peer, got: $got});

# The looks into the queue between the visit before that call and its own: all of them leave it sooner or later.
def is_between($got): .t > ($got.visited[-2].t // 0) and .t < ($got.visited[-1].t // 0);
def looks_before($got): map(select(.action == "recv" and is_between($got) and (does_not_wait or .socket.peer == null)));

# What is left was asked for its size.
def asks_for_sizes: any(.calls[]; .name == "ioctl" and (.option // .arguments // "" | test("FIONREAD")));

def inherited_cause:
  inherited as $late | .udp as $calls | $calls | looks_before($late.got)
  | if length > 0 and .[-1].errno == "ECONNREFUSED" then
      "the discarding ended at the refusal, which is reported before the datagrams: " +
      "only EAGAIN says that nothing is left"
    elif length > 0 and .[-1].errno == null then
      "the discarding ended before \(.[-1] | called) failed with EAGAIN, and a reply from \($late.from) was left: " +
      "go on until then"
    elif length == 0 and any($calls[]; .action == "recv" and does_not_wait)
        and any($calls[]; .to == "AF_UNSPEC" and is_between($late.got)) then
      "after the visit to \($late.from) nothing was discarded, and after another visit it was: " +
      "does the loop look at the errno of an earlier call?"
    else
      "this reply came from \($late.from), before the socket was connected to \($late.peer): " +
      "what is queued survives connect"
    end;

# The same look into the queue, again and again.
def endless_look:
  [.udp[-40:][] | select(.action == "recv" and (does_not_wait or .freed))] | select(length == 40) | .[0];

# Left over from a server, and printed all the same.
def printed_leftover:
  .calls as $calls | range(1; $calls | length) as $i
  | $calls[$i - 1] | select(.action == "recv" and .errno == null and does_not_wait) | .payload // ""
  | . as $left | select($left != "" and ($calls[$i] | is_written(1) and (.payload // "" | startswith($left))));

def discarding_cause:
  if any(endless_look; looks_only and .errno == null) then
    "MSG_PEEK leaves a datagram in the queue, so it is there again and again: receive without MSG_PEEK"
  elif any(endless_look; .errno == "EAGAIN") then
    "recv fails with EAGAIN when nothing is left: that should end the loop, and the loop goes on"
  elif any(endless_look; true) then
    "the loop that discards never ends: EAGAIN, which says that nothing is left, must end it"
  elif .status == 1 and (.udp[-1] | .action == "recv" and (does_not_wait or .socket.peer == null)
      and .errno == "ECONNREFUSED") then
    "the refusal of an earlier server was left in the socket, and ended the program: discard it like a datagram"
  elif .status == 1 and (.udp[-1] | .action == "recv" and (does_not_wait or .socket.peer == null)
      and .errno == "EAGAIN") then
    "EAGAIN says that nothing is left: it ends the discarding, not the program"
  elif any(.udp[]; .action == "recv" and .finished == false and .socket.local == null and .freed) then
    "without its association the socket receives nothing any more, and recv waits all the same: " +
    "MSG_DONTWAIT does not wait"
  elif any(printed_leftover; true) then
    "a datagram that was left in the queue is printed: it is another server's reply, so discard it"
  elif asks_for_sizes and (any(inherited; true) or any(.udp[]; .action == "send" and .errno == "ECONNREFUSED")) then
    "FIONREAD tells the size of the next datagram, 0 for an empty one, and nothing of a pending error: " +
    "only recv with EAGAIN says that nothing is left"
  elif any(inherited; true) then
    inherited_cause
  elif any(.udp[]; .action == "send" and .errno == "ECONNREFUSED" and (.visited | map(.to) | unique | length) > 1) then
    "an earlier server refused, late. The error stayed in the socket, survived connect, and this send reported it"
  else empty end
  | cause("discarding"; "discard");

# --- what was given ---------------------------------------------------------------------------------------------------

def story_cause:
  if (.sockets | length) > 1 then
    "the client makes another socket: the first one can be connected again, as often as you like"
        | cause("descriptors"; "dissolve")
  elif .status == 1 and (.udp[-1] | (.action == "recv" and .socket.peer != null or .to != null)
      and (.errno | IN(null, "EINVAL") | not)) then
    "the client ended when \(.udp[-1] | called) failed (\(.udp[-1].errno)): " +
    "error with status 0 lets it go on to the next server" | cause("errors"; "error")
  elif .status == 0 and (.complaint | contains(" failed")) then
    (.complaint | contains("connect to ")) as $at_connect
    | "a server failed, and the exit status is 0 all the same: what does visit return, and what does main make of it?"
    | cause("errors"; if $at_connect then "connect" else "status" end)
  else empty end;

def likely_cause:
  tell(tasks; memory_or(
    visiting
    | endless_cause, closed_cause, descriptors_cause, words_cause, tcp_cause, family_cause,
      dissolving_cause, visit_order_cause, destination_cause, connecting_cause, naming_cause,
          (no_wait_cause | cause("waiting"; "discard")), discarding_cause, same_buffer_cause, address_error_cause,
      story_cause, line_order_cause, lines_cause, same_socket_cause, receiving_cause,
      (first(blind_wait_cause, ignored_error_event_cause, shrinking_limit_cause, own_deadline_cause, other_unit_cause,
          no_deadline_cause) | cause("waiting"; "wait")),
      (printed_address_cause | cause("printing"; "name")), printing_cause,
      (first(other_errno_cause, ignored_failure_cause(["ECONNREFUSED"])) | cause("errors"; "error")), broken_pipe_cause,
          status_cause, stuck_cause));
