# Likely causes of failures in this lab: programs that send to everybody on a LAN, or to a group, and wait for replies.
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

# In the program for groups, allowing and waiting are given.
def tasks: if .program == "udpmulticast" then {send: 5, bind: 5, receive: 6, print: 6}
    else {option: 1, send: 2, bind: 2, connect: 2, wait: 3, receive: 4, print: 4} end;

# --- task 1: allow broadcasts -----------------------------------------------------------------------------------------

def options: .udp | map(select(.name == "setsockopt" and (.option // "" | startswith("SO_RCVTIMEO") | not)));

def option_failed:
  if .errno == "EINVAL" then
    "setsockopt failed (EINVAL): the value is an int, so pass the size of an int"
  elif .errno == "EFAULT" then
    "setsockopt failed (EFAULT): it takes a pointer to the value, and the value's size"
  else
    "setsockopt failed (\(.errno)): SO_BROADCAST is an option of the level SOL_SOCKET"
  end;

# What was done about the permission by the time that it was denied.
def allowing_cause:
  options as $options
  | (first(.udp[] | select(.errno == "EACCES")) // null) as $denied
  | ($options | map(select(.option == "SO_BROADCAST"))) as $set
  | if any($options[]; .errno != null) then
      first($options[] | select(.errno != null)) | option_failed
    elif $denied == null then empty
    elif any($set[]; .t < $denied.t and (.value // "" | startswith("[0]"))) then
      "SO_BROADCAST was set to 0, which forbids broadcasts: set it to 1"
    elif $set != [] and $set[0].t > $denied.t then
      "SO_BROADCAST was set after the datagram had been denied: set it before anything is sent"
    elif $set == [] and $options != [] then
      "\($options[-1].option) was set. The option that allows broadcasts is SO_BROADCAST, at the level SOL_SOCKET"
    else
      "the address is a broadcast address, and a socket may not send there before SO_BROADCAST is set (level " +
      "SOL_SOCKET)"
    end
  | cause("option"; "option");

# --- sending ----------------------------------------------------------------------------------------------------------

# Several datagrams, to hosts that did not have to be known.
def each_host_cause:
  select((.sends | map(.payload) | length > 1 and (unique | length) == 1) and (.sends | map(.to) | unique | length) > 1)
  | "\(.sends | length) datagrams were sent, each to one host: one datagram to the broadcast address reaches them all"
  | cause("destination"; "send");

# The port that a server knew as the sender's is not open any more, or is open for one peer only.
def connecting_to_everybody_cause:
  ([.got[].from]) as $heard
  | first(.connects[] | select(.to != "AF_UNSPEC")) as $connect
  | if $connect.to | IN($heard[]) then
      "the socket was connected to \($connect.to), which answered first: " +
      "from then on it receives nothing from the others" | cause("connecting"; "receive")
    elif any(refused_here; true) then
      refused_here as $refused
      | if any(.connects[]; .to == "AF_UNSPEC") then
          "dissolving the association gave back the port that the kernel had chosen: what was sent to it was refused"
              | cause("connecting"; "send")
        else
          "the socket is connected to \($connect.to) and receives nothing from \($refused.src): " +
          "its datagram was refused" | cause("connecting"; "send")
        end
    elif $connect.errno == null and any(.connects[]; .to == "AF_UNSPEC") then
      "dissolving the association gave back the port that the kernel had chosen: what was sent to it was refused"
          | cause("connecting"; "send")
    else
      "connect makes \($connect.to) the peer, and no reply comes from there: sendto works without connect"
          | cause("connecting"; "send")
    end;

def own_datagram_cause:
  . as $story
  | select(any(.got[]; .payload == $story.sends[0].payload) and .binds != [])
  | "the socket received its own datagram: a client of a group does not join it, and needs no bind"
  | cause("destination"; "send");

def failed_send_cause:
  . as $story
  | first(.sends[] | select(.errno == "ENETUNREACH") | . as $failed
      | select(any($story.waits[], $story.recvs[]; .t > $failed.t)))
  | "\(called) failed (ENETUNREACH), and the program went on: check what \(called) returned"
  | cause("errors"; "send");

# --- waiting ----------------------------------------------------------------------------------------------------------

# A deadline that ends a receive is not an error.
def silence_as_failure_cause:
  select(any(.recvs[]; .errno == "EAGAIN") and (.complaint | contains("temporarily unavailable")))
  | "EAGAIN is how a receive deadline ends the wait: that is not an error, but the time to count the replies"
  | cause("errors"; "wait");

def never_waits_cause:
  select(.status != null and any(.sends[]; succeeded) and .waits == [] and .recvs == [])
  | "the program ended without a call that waits or receives: was the deadline over before the wait began?"
  | cause("waiting"; "wait");

# It ended by itself, before the deadline.
def one_reply_cause:
  select(.status == 0 and .got != [] and all(.recvs[]; .errno != "EAGAIN") and all(.waits[]; .result != 0))
  | "the program ended after \(.got | length | if . == 1 then "1 reply" else "\(.) replies" end), " +
    "and more may be coming: only the deadline ends the wait"
  | cause("waiting"; "wait");

# --- receiving --------------------------------------------------------------------------------------------------------

def receive_error_cause:
  first(.recvs[] | select(.errno | IN("EFAULT", "EINVAL")))
  | "\(.name) failed (\(.errno)): it takes a pointer to the sender's address, and a pointer to the size of that"
  | cause("receiving"; "receive");

# A reply that was received, and not printed before the program waited again.
def unbelieved_cause:
  . as $story
  | first(.got[] | select((.payload // "") != "") | . as $reply
      | select(any($story.calls[]; is_written(1) and (.payload // "" | contains($reply.payload[:40] | up_to_nul)))
          | not))
  | "the reply from \(.from) was received, and is not printed: " +
    "print each reply when it comes, whatever address it is from"
  | cause("receiving"; "receive");

# A reply that was printed after the program had waited, or received, again.
def late_cause:
  . as $story
  | first(.got[] | select((.payload // "") != "") | . as $reply
      | (.payload[:40] | up_to_nul) as $text
      | first($story.calls[] | select(is_written(1) and .t > $reply.t and (.payload // "" | contains($text)))) as $write
      | select(any($story.waits[], $story.recvs[]; .t > $reply.t and .t < $write.t)))
  | "the reply from \(.from) is printed after the wait for others: print each reply when it comes"
  | cause("printing"; "print");

def nobody_answered_cause:
  select(.status == 0 and .got == [] and expects("exits with status 1$"))
  | "nobody answered, and the exit status is 0: error(1, 0, ...) ends a program with 1"
  | cause("errors"; "status");

def likely_cause:
  tell(tasks; memory_or(
    endless_cause, descriptors_cause, words_cause, tcp_cause, family_cause,
    each_host_cause, destination_cause, loopback_interface_cause, own_datagram_cause, client_bind_cause, allowing_cause,
    connecting_to_everybody_cause, one_line_cause, failed_send_cause, address_error_cause, same_socket_cause,
    (peek_cause | cause("receiving"; "receive")), receive_error_cause,
        (first(sender_not_asked_cause, truncation_flag_cause, cut_cause) | cause("receiving"; "receive")),
    (first(sender_printed_cause, one_byte_less_cause, made_up_cause) | cause("printing"; "print")), unbelieved_cause,
        printing_cause,
    (first(blind_wait_cause, ignored_error_event_cause, no_deadline_cause, own_deadline_cause, other_unit_cause,
        deaf_to_the_wait_cause, restarted_cause,
      restarted_receive_cause, wrong_limit_cause, spinning_cause, no_wait_cause, zero_limit_cause)
          | cause("waiting"; "wait")),
    silence_as_failure_cause, never_waits_cause, late_cause, one_reply_cause, nobody_answered_cause, broken_pipe_cause,
        status_cause, stuck_cause));
