# Likely causes of failures in this lab: a server that connects to its first sender.
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
include "signals";
include "replying";
include "counting";

def tasks: {bind: 1, wait: 2, receive: 3, sender: 3, connect: 4, skip: 5, end: 6, send: 7};
def greeting: "Hi, ";
def is_goodbye: . == "goodbye";

# --- task 1: bind -----------------------------------------------------------------------------------------------------

# The port was taken: what did the program do about it?
def taken_cause:
  select(any(.binds[]; .errno == "EADDRINUSE"))
  | if .status == null or .status == 0 then
      "bind failed (EADDRINUSE), another socket has the port, and the program went on: check what bind returned"
    elif .status > 1 and .killed == null then
      "bind failed, and the exit status is \(.status): 1 means that the network said no, 2 is for wrong usage"
    else empty end
  | cause("errors"; "bind");

def bind_success_cause:
  select((.complaint | contains("bind failed")) and all(.binds[]; .errno == null))
  | "bind returned 0, which is success, and the program treated it as a failure" | cause("errors"; "bind");

# --- task 2: Ctrl-C ---------------------------------------------------------------------------------------------------

def ctrl_c_cause:
  if any(.signals[]; .name == "SIGINT") then interrupt_cause
  elif (.ended | not) and (.calls[-1] // {} | (is_wait or .action == "recv") and .finished == false)
    and (expects("received [0-9]+ datagrams$") and (.got[-1].payload | is_goodbye | not)
      or expects("^server ends$") and (.calls[-1].arguments // "" | contains("~["))) then blocked_cause
  else empty end
  | cause("signals"; "wait");

# A server has no deadline.
def limited_wait_cause:
  select(.ended and .killed == null)
  | [.calls[] | select(is_wait or (.action | IN("recv", "send")))] | last // empty
  | select(is_wait and .result == 0)
  | "\(called) returned 0, its time was over, and the program ended: a server waits without a time limit"
  | cause("waiting"; "wait");

# --- task 3: receive --------------------------------------------------------------------------------------------------

def refusal_cause:
  (.udp | map(.errno) | index("ECONNREFUSED")) as $at
  | select($at != null) | .udp[$at] as $refused
  | if $refused.action != "recv" then empty
    elif .ended and $at == (.udp | length) - 1 then
      if .status != 0 then empty
      elif .complaint == ""
          then "recv failed (ECONNREFUSED), and the program ended without a message: error(1, errno, ...) reports it"
      else "an error was reported, and the exit status is 0: it is the first argument of error" end
    elif any(.calls[]; .t > $refused.t and (.action == "send" or is_written(1)))
        then ignored_failure_cause(["ECONNREFUSED"])
    else "recv failed (ECONNREFUSED), and the program goes on waiting: " +
        "report the error with status 1, which ends the server" end
  | cause("errors"; "receive");

def end_of_stream_cause:
  select(.got[-1].payload == "" and .ended and .killed == null and .calls[-1].errno == null
      and (.status == 0 or .complaint != ""))
  | if .status == 0 then "an empty datagram was treated as the end: in UDP it is a message like any other"
    else "an empty datagram was treated as a failure: recvfrom returns 0 for it, and -1 for an error" end
  | cause("receiving"; "receive");

def capacity_cause:
  first(.got[] | select(.capacity != null and .capacity != 4096 and .result == .capacity))
  | "recvfrom was passed a buffer size of \(.capacity): it may store MAXLINE bytes, 4096"
    + (if .capacity == 4097 then ". The byte more is for the NUL" elif .capacity | IN(7, 8)
        then ". Is that the sizeof of a pointer?" else "" end)
  | cause("receiving"; "receive");

# --- task 4: connect --------------------------------------------------------------------------------------------------

def association_cause:
  .connects[0] as $connect
  | [.got[] | select($connect == null or .t < $connect.t) | .from] as $senders
  | if $connect == null and (.sends != [] or any(.fates[]; is_over)) then
      "the server never calls connect: only connect makes the kernel refuse everybody else"
    elif $connect == null then empty
    elif $connect.to == "AF_UNSPEC" then
      "connect was passed an address of zeros, which means no peer: is the client's address stored before connect?"
    elif $connect.errno == "EINVAL" then
      "connect failed (EINVAL): is the size that of the whole struct sockaddr_in?"
    elif $senders == [] then
      "connect was called before a datagram had been received: nobody is the client yet"
    elif $connect.to | IN($senders[]) | not then
      "connect was passed \($connect.to), and the datagram came from \($senders[-1])"
    elif $connect.result == 0 and (.complaint | contains("connect failed")) then
      "connect returned 0, which is success, and the program treated it as a failure"
    elif all(.got[]; .fd != $connect.fd) then
      "connect set the peer of another socket, not of the one that receives"
    elif .sends != [] and .sends[0].t < $connect.t then
      "the first reply is sent before connect: set the peer first"
    else empty end
  | cause("connecting"; "connect");

# --- task 5: skip what others sent ------------------------------------------------------------------------------------

def others($peer): map(select(.got.from != null and .got.from != $peer));
def of_client($peer): map(select((.got.from // $peer) == $peer and (.got.payload | is_goodbye | not)));

def skipping_cause:
  .peer as $peer | select($peer != null)
  | .calls as $calls
  | first(.fates | of_client($peer)[] | select(is_over and is_lost($calls))) as $lost
  | if $lost.got.unasked and ($lost.got | does_not_wait | not) then
      "\($lost.got.name) did not store who sent \($lost.got.payload | quoted): " +
      "`sender` stays empty, and is not the client" | cause("receiving"; "receive")
    else
      "the client's \($lost.got.payload | quoted) was received, and neither printed nor answered: " +
      "skip only what others sent" | cause("receiving"; "skip")
    end;

def believing_others_cause:
  .peer as $peer | select($peer != null)
  | (.fates | others($peer)) as $others
  | .fates[-1] as $last
  | if any(.connects[1:][]; .errno == null and .to != $peer and .to != "AF_UNSPEC") then
      "the server connected to \($peer), and later to others: only the first sender becomes the peer"
          | cause("connecting"; "connect")
    elif any($others[]; .sent != []) then
      first($others[] | select(.sent != []))
      | "the client got the reply to \(.got.payload | quoted), which \(.got.from) had sent before the connect: " +
        "skip what others sent" | cause("receiving"; "skip")
    elif any($others[]; is_told) then
      first($others[] | select(is_told))
          | "\(.got.payload | quoted) came from \(.got.from), not from the client: skip it before anything is printed"
          | cause("receiving"; "skip")
    elif .ended and .killed == null and $last.is_last and ($last.got.from // $peer) != $peer
        and all($last.next[]; is_wait | not) then
      "the datagram of somebody else ended the program: skip it (continue)" | cause("receiving"; "skip")
    else empty end;

# --- task 6: the end --------------------------------------------------------------------------------------------------

def end_cause:
  .got[-1].payload as $text
  | if any(.fates[]; (.got.payload | is_goodbye) and .sent != []) then
      "goodbye was answered: it ends the conversation, and is counted, but gets no reply"
    elif ($text | is_goodbye) and any(.udp[]; .to == "AF_UNSPEC") and (.ended | not) then
      "goodbye dissolved the association, and the server goes on waiting: it should end"
    elif ($text | is_goodbye) and (.fates[-1] | .is_last and any(.next[]; is_wait)) then
      "goodbye was received, and the server goes on waiting: it should end"
    elif .status == 0 and .interrupt == null and $text != null and ($text | is_goodbye | not)
        and (.fates[-1] | .is_last and .sent == []) and .udp[-1].errno == null then
      if $text | has_nul then "the server ended at \($text | quoted) (? is its NUL byte): " +
          "strcmp stops there, and the message goes on"
      else "the server ended at \($text | quoted): only the message goodbye, and no byte more, ends it" end
    else empty end
  | cause("counting"; "end");

def counted_cause:
  .peer as $peer
  | counting_cause("^received (?<n>[0-9]+) datagrams *$"; "received [0-9]+ bytes"; [.got[]
      | select((.from // $peer) == $peer)] | length; .got | length)
  | .about = (if .says | contains("others") then "skip" else "end" end);

# --- task 7: reply ----------------------------------------------------------------------------------------------------

def answering_cause:
  .peer as $peer
  | first(reply_cause(greeting),
      (first(.fates | of_client($peer)[] | select(is_over and .sent == [] and .said != "")
        | "\(.got.payload | quoted) was received and printed, and no reply was sent") | cause("replying"; "send")));

# Which buffer was too small, or which number too large, when a sanitizer stopped the server there.
def server_crash_cause:
  serving
  | select($saw | test("buffer-overflow|out of bounds for type"))
  | .fates[-1] as $last
  | if .got == [] then
      select($saw | contains("READ of size"))
      | "ppoll was passed more descriptors than there are: their number is 1, it is not a size in bytes"
          | cause("memory"; "wait")
    elif $last.got.result > 4096 then
      "recvfrom stored \($last.got.result) bytes, and message has space for MAXLINE bytes and the NUL: " +
      "pass MAXLINE as the size" | cause("memory"; "receive")
    elif $last.said == "" then
      "message is too small for what recvfrom stored and the NUL after it" | cause("memory"; "receive")
    else
      "the buffer of the reply is too small: \"Hi, \" and the message, and the NUL if the reply is made as a string"
          | cause("memory"; "send")
    end;

def likely_cause:
  tell(tasks; memory_or(server_crash_cause;
    serving
    | endless_cause, descriptors_cause, words_cause,
      tcp_cause, bind_cause, taken_cause, bind_success_cause,
      (blind_wait_cause | cause("waiting"; "wait")), limited_wait_cause, stopped_wait_cause, ctrl_c_cause,
          (first(zero_limit_cause, spinning_cause) | cause("waiting"; "wait")),
      (select(.peer == null) | sender_not_asked_cause | cause("receiving"; "receive")),
      (first(peek_cause, truncation_flag_cause) | cause("receiving"; "receive")), end_of_stream_cause, refusal_cause,
          capacity_cause, received_line_cause,
      association_cause, skipping_cause, believing_others_cause, end_cause, counted_cause, reply_destination_cause,
          address_error_cause, answering_cause,
      status_cause, (first(unchecked_call_cause, other_errno_cause | cause("errors"; "receive"))), broken_pipe_cause,
          stuck_cause));
