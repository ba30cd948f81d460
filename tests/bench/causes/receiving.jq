# Aspect: receiving. How a datagram was received, whose it was, and whether there was space for it.

# --- flags ------------------------------------------------------------------------------------------------------------

# The same datagram again: it was only looked at.
def peek_cause:
  select(.peeks != [] and .got == []
      or any(.recvs | pairs; (.before | looks_only) and (.now | looks_only) and .before.payload == .now.payload
          and .before.from == .now.from))
  | "MSG_PEEK leaves the datagram in the queue, so the next call returns the same one again: receive without MSG_PEEK";

def truncation_flag_cause:
  select(any(.got[]; .capacity != null and .result > .capacity))
  | "with MSG_TRUNC the call returns how long the datagram was, not how many bytes it stored: pass 0 for the flags";

# --- capacity ---------------------------------------------------------------------------------------------------------

# A datagram that filled the buffer, and was longer. (The longest reply to a line has 4099 bytes. What is longer comes
# from a test that looks at how a buffer ends. Who receives one byte at most wants none of it.)
def cut_cause:
  . as $story
  | first(.got[] | . as $got
      | select(.payload != null and (does_not_wait | not)
          and (.capacity == null or .capacity > 1 and .result >= .capacity))
      | [$story.others[] | select(.t < $got.t + $got.seconds and .bytes > $got.result
          and (.bytes <= 4100 or $got.result < 4099) and (.payload // "" | startswith($got.payload)))]
      | select(length > 0)
      | select(any($story.others[]; .payload == $got.payload) | not)
      | "the datagram has \(.[-1].bytes) bytes, and \($got | called) was passed a buffer size of " +
        "\($got.capacity // $got.result): the rest is lost"
        + (if $got.capacity | IN(7, 8) then ". Is that the sizeof of a pointer?" else "" end));

# No space at all: the datagram is taken from the queue, and lost. (Who does not wait wants none of it.)
def no_space_cause:
  . as $story
  | first(.got[] | . as $got
      | select(.capacity == 0 and (does_not_wait | not)
      and any($story.others[]; .bytes > 0 and .t < $got.t + $got.seconds)))
  | "\(called) was passed a buffer size of 0, so it stored nothing of the datagram: pass the size of the buffer";

# --- how many calls ---------------------------------------------------------------------------------------------------

def between($from; $to): map(select(.t > $from and .t < $to));

# Receives again before anything was printed: as from a stream. A connected socket has one sender only.
def stream_cause:
  . as $story
  | [.calls[] | select(.name != "poll" and .name != "ppoll" and .name != "select" and .name != "pselect6"
      and .action != "connect")]
  | first(pairs | select(.before.action == "recv" and (.before | succeeded and (looks_only | not))
      and .before.result > 0
        and .now.action == "recv" and (.now | does_not_wait | not) and .now.fd == .before.fd)
      | select(.now.capacity != null and .now.capacity == .before.capacity - .before.result
          or (.before.socket.peer != null and (.now | succeeded | not))))
  | "a datagram of \(.before.result) bytes was received, and \(.now | called) was called for more of it: " +
    "one call returns the whole datagram, and UDP has no end of a stream";

# The reply to a line was received and printed, and the program received again before it sent the next line.
def extra_receive_cause:
  . as $story
  | [.calls[] | select((.action | IN("recv", "send")) and .socket != null or .name == "read" and .fd == 0)]
  | first(pairs | select(.before.action == "recv" and (.before | succeeded and (looks_only | not))
      and .now.action == "recv" and (.now | succeeded | not) and (.now | does_not_wait | not))
      | select((.before.from // .before.socket.peer // "") | IN($story.sends[] | .to // .socket.peer)))
  | "a reply was received, and \(.now | called) was called again before the next line was sent: " +
    "one line gets one reply, and UDP has no end of a stream";

# --- from whom --------------------------------------------------------------------------------------------------------

# One call that did not ask, on a socket that anybody can send to.
def sender_not_asked_cause:
  [.udp | remembering] as $calls
  | first($calls[] | select(.action == "recv" and succeeded and .socket.peer == null and .from == null
      and (.freed | not) and (looks_only | not)))
  | if .no_address then
      "recv does not tell who sent the datagram, and recvfrom with NULL for the address does not either: " +
      "pass recvfrom a pointer to an address, and one to its size"
    else
      "\(called) did not store who sent the datagram: pass a pointer to an address, and a pointer to its size, " +
      "which must be set before each call"
    end;

# What the program was asked to talk to, and its ports.
def servers: [.asked[] | "\(.):43211"] + [.sends[].to, .sends[].socket.peer | strings] | unique;

# The datagram of somebody else was printed, or nothing was received after it.
def stranger_cause:
  servers as $servers
  | . as $story
  | first(.got[] | select(.socket.peer == null and .from != null and (.from | IN($servers[]) | not)) | . as $got
      | [$story.calls[] | select(.t > $got.t)]
      | select(any(.[]; is_written(1) and ($got.payload // "") != "" and (.payload // "" | contains($got.payload)))
          or (map(select((is_written(1) or is_written(2)) | not)) | first
            | . == null or (.name == "read" and .fd == 0) or .action == "send"))
      | ($servers | map(select((host_of) == ($got.from | host_of))) | first) as $near
      | "the datagram from \($got.from) is not from the server: it is neither the reply nor an error. "
        + (if ($got.from | port_of) | IN($servers[] | port_of)
            then "The port is the server's, the address is not: compare both"
           elif $near != null then "The address is the server's, the port is not: compare both"
           else "Compare address and port" end));

# What came from the server was not accepted: the program received again, and not for the rest of a stream.
def passed_over_cause:
  servers as $servers
  | [.calls[] | select((is_wait or .name == "rt_sigreturn") | not)]
  | first(pairs | select(.now.action == "recv" and .before.action == "recv"
      and (.before | succeeded and (looks_only | not) and .socket.peer == null)
        and (.before.capacity == null or .before.result == 0 or .now.capacity != .before.capacity - .before.result))
      | .before.from // empty | select(IN($servers[])))
  | "the reply came from \(.), the server, and the program received again: " +
    "a datagram from the server must end the loop";

# --- what came of it ----------------------------------------------------------------------------------------------

def empty_datagram_cause:
  .got[-1] as $last
  | select($last.payload == "" and .ended and .killed == null and (.recvs[-1] | succeeded)
      and any(.others[]; .bytes == 0))
  | if .complaint != "" then "an empty datagram was treated as a failure: recv returns 0 for it, and -1 for an error"
    elif expects("exits with status|prints|receives?")
        then "an empty datagram was treated as the end: in UDP it is a message like any other"
    else empty end;

# For clients of one server; a lab that has no strangers leaves believing_cause out.
def receiving_cause:
  first(peek_cause, truncation_flag_cause, no_space_cause, cut_cause, stream_cause, empty_datagram_cause,
      extra_receive_cause)
  | cause("receiving"; "receive");
def believing_cause:
  first((sender_not_asked_cause | cause("receiving"; "receive")),
    (first(stranger_cause, passed_over_cause) | cause("receiving"; "sender")));
