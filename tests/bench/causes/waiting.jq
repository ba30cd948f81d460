# Aspect: waiting. Whether a program waits, for what, and how long.

# --- how long ---------------------------------------------------------------------------------------------------------

# The bytes that strace writes as "\2\0\n@", and the number that they are on this machine.
def octal: reduce (explode[] - 48) as $digit (0; . * 8 + $digit);
def strace_bytes:
  [ltrimstr("\"") | rtrimstr("\"") | scan("\\\\[0-7]{1,3}|\\\\.|[^\\\\]")
    | if test("^\\\\[0-7]") then .[1:] | octal
      elif startswith("\\") then {n: 10, t: 9, r: 13, f: 12, v: 11}[.[1:]] // (.[1:] | explode[0])
      else explode[0] end];
def little_endian: reduce reverse[] as $byte (0; . * 256 + $byte);

def timeval_ms: capture("tv_sec=(?<s>[0-9]+), tv_usec=(?<u>[0-9]+)") | (.s | tonumber) * 1000 + (.u | tonumber) / 1000;
def timespec_ms: capture("tv_sec=(?<s>[0-9]+), tv_nsec=(?<n>[0-9]+)") | (.s | tonumber) * 1000 + (.n | tonumber) / 1000000;

# The receive deadlines that the socket was given, in milliseconds; the first is set_receive_deadline's.
def deadlines:
  [ .calls[] | select(.name == "setsockopt" and (.option // "" | startswith("SO_RCVTIMEO")) and .result == 0)
    | .value // empty
    | if startswith("\"") then strace_bytes | select(length == 16) | (.[:8] | little_endian) * 1000 + (.[8:] | little_endian) / 1000
      else timeval_ms end ];

# How many milliseconds a wait was asked to last, if it was to end at all: limited adds it as .limit.
def limit: .arguments // "" | timeval_ms // timespec_ms // (capture(", (?<ms>[0-9]+)(, [^,]*, [0-9]+)?$").ms | tonumber);
def limited: [.waits[] | .limit = (limit // null)];

# Each wait with the last datagram that was sent before it, and how many had been sent.
def waits_after_sends:
  . as $story
  | [limited[] | select(.limit != null) | . as $wait
      | [$story.sends[] | select(succeeded and .t < $wait.t)]
      | select(length > 0) | $wait + {sent: .[-1].t, count: length}];

def shrinking_limit_cause:
  deadlines[0] as $deadline
  | select($deadline != null)
  | waits_after_sends as $waits
  | first($waits[] | select(.count > 1 and .limit + (.t - .sent) * 1000 < $deadline * 0.9 - 20)
      | . as $late | select(any($waits[]; .count < $late.count and .limit > $late.limit)))
  | if .name | IN("select", "pselect6") then
      "select was asked to wait \(.limit | floor) ms: Linux writes the time that is left into the timeval, so set it again before each call"
    else
      "\(called) was asked to wait \(.limit | floor) ms: the lines share one deadline. Each line's deadline starts when it is sent"
    end;

# A limit that is far from the deadline.
def other_unit_cause:
  deadlines[0] as $deadline
  | select($deadline != null)
  | [limited[] | select(.limit != null and .limit > 0)] as $waits
  | ($waits[0] // {limit: $deadline}) as $first
  | if $first.limit * 100 <= $deadline or $first.limit >= $deadline * 100 then
      $first | "\(called) was asked to wait \(.limit | if . < 1 then . else floor end) ms, and the deadline is \($deadline) ms: "
        + (if .name | IN("select", "pselect6", "ppoll") then "what are the units of its time limit?" else "its time limit is in milliseconds" end)
    else empty end;

# What the program set itself after set_receive_deadline.
def own_deadline_cause:
  deadlines
  | select(length > 1 and .[-1] != .[0])
  | "the program sets SO_RCVTIMEO to \(.[-1]) ms after set_receive_deadline, whose deadline was \(.[0]) ms. The last one counts";

# Any other limit that ended a wait too early, or too late.
def wrong_limit_cause:
  deadlines[0] as $deadline
  | select($deadline != null)
  | first(waits_after_sends[] | select(.limit > $deadline + 50 or .result == 0 and .limit + (.t - .sent) * 1000 < $deadline - 50 and expects(" waits ")))
  | "\(called) was asked to wait \(.limit | floor) ms, and the deadline is \($deadline) ms: wait for what is left of it, in milliseconds";

# Each reply starts the wait again.
def restarted_cause:
  deadlines[0] as $deadline
  | select($deadline != null)
  | . as $story
  | first(waits_after_sends[] | . as $wait
      | select($wait.limit + ($wait.t - $wait.sent) * 1000 > $deadline * 1.2 + 100)
      | select(any($story.got[]; .t > $wait.sent and .t < $wait.t)))
  | "each datagram that is received starts the wait again: one deadline is for all of them, so the time that is left gets less";

def restarted_receive_cause:
  select(.waits == [] and (.got | length) > 2 and expects("replies keep coming"))
  | "each datagram that is received starts the wait again: the socket's deadline is for one call, and one deadline is for all of them";

def no_deadline_cause:
  if any(.waits[]; (.finished | not) and (.arguments // "" | test(", -1$|, -1, |NULL$|NULL, NULL, [0-9]+$"))) and .ended == false and deadlines != [] then
    first(.waits[] | select(.finished | not)) | "\(called) was called without a time limit: it waits for ever. Pass the milliseconds that are left"
  elif deadlines == [] and (.udp[-1] // {} | .action == "recv" and (.finished == false or .errno == "ERESTARTSYS")) then
    "no reply comes, and \(.udp[-1] | called) waits without a deadline: set_receive_deadline gives the socket one"
  else empty end;

# --- for what ---------------------------------------------------------------------------------------------------------

def arguments_of_wait: .arguments // "";
def select_sets: arguments_of_wait | capture("^(?<count>[0-9]+), (?<read>NULL|\\[[^\\]]*\\]), (?<write>NULL|\\[[^\\]]*\\]), (?<except>NULL|\\[[^\\]]*\\])");

# A wait that cannot see a datagram.
def blind_wait_cause:
  first(.waits[]
    | . as $wait
    | if .name | IN("select", "pselect6") then
        select_sets
        | if .read == "[]" then
            "\($wait.name) watches the descriptors below its first argument, \(.count): pass the socket's number plus 1"
          elif .read == "NULL" and .write != "NULL" then
            "\($wait.name) waits until the socket can be written to: the set of descriptors to read from is its second argument"
          elif .read == "NULL" and .except != "NULL" then
            "\($wait.name) waits for exceptional conditions: the set of descriptors to read from is its second argument"
          elif .read == "NULL" then
            "\($wait.name) was passed no descriptors: it only sleeps"
          else empty end
      elif .name | IN("poll", "ppoll") then
        if arguments_of_wait | test("^\\[\\], 0,|^[^\\[][^,]*, 0,|\\], 0,") then
          "\(called) was passed 0 descriptors: it watches none of them"
        elif arguments_of_wait | test("fd=-[0-9]+, ") then
          "\(called) was passed a negative descriptor, which it ignores"
        elif arguments_of_wait | test("events=0[},]") then
          "\(called) waits for no event (events is 0): a datagram that has arrived is POLLIN"
        elif arguments_of_wait | test("events=[A-Z|]*") and (test("events=[A-Z|]*POLLIN|events=[A-Z|]*POLLRDNORM") | not) then
          (arguments_of_wait | capture("events=(?<events>[A-Z|]+)").events) as $events
          | "\(called) waits for \($events)"
            + (if $events | contains("POLLPRI") then ", which is urgent data of TCP: a datagram that has arrived is POLLIN"
               elif $events | contains("POLLOUT") then ": the socket can be written to at once. A datagram that has arrived is POLLIN"
               else ": a datagram that has arrived is POLLIN" end)
        elif arguments_of_wait | test("\\], ([2-9]|[1-9][0-9]+), ") and (test("\\{.*\\{") | not) then
          "\(called) was passed \(arguments_of_wait | capture("\\], (?<n>[0-9]+), ").n) as the number of descriptors, and the array has one: it is not a size in bytes"
        else empty end
      else empty end);

# Received although the wait before it had not said that a datagram was there.
def deaf_to_the_wait_cause:
  [.calls[] | select(is_wait or .action == "recv")] as $calls
  | first(range(1; $calls | length) as $i | $calls[$i] | select(.action == "recv" and .errno == "EAGAIN" and (does_not_wait | not))
      | $calls[$i - 1] | select(is_wait and (.result == 0 or .flags != null and .result != -1 and (.flags | test("POLLIN|POLLRDNORM|EPOLLIN|POLLERR") | not))))
  | if .result == 0 then "\(called) returned 0, which means that the time is over, and the program received all the same: `> 0` means that a datagram is there"
    else "\(called) reported \(.flags), and the program received: only POLLIN says that a datagram is there" end;

# An error is there (POLLERR), and nobody fetches it.
def ignored_error_event_cause:
  [.calls[] | select(is_wait or .action == "recv" or .option == "SO_ERROR" or .action == "send")] as $calls
  | first(range(1; $calls | length) as $i
      | select(($calls[$i - 1] | is_wait and (.flags // "" | test("POLLERR"))) and ($calls[$i] | is_wait)) | $calls[$i - 1])
  | "\(called) reported POLLERR, a pending error, and the program waits again: recv returns the error, and only that clears it";

# --- whether at all ---------------------------------------------------------------------------------------------------

def spinning_cause:
  first(
    ([.udp[] | select(.errno != null)] | group_by([.name, .errno])[] | select(length > 200) | .[0]
      | "\(called) reported \(.errno) hundreds of times: the program spins, and neither waits nor gives up"),
    (select([.waits[] | select(.result == 0)] | length > 100) | .waits[-1]
      | "\(called) was called with a time limit of 0 hundreds of times: it returns at once, and the program spins"));

# What came between a send and the receive that follows it.
def unwaited:
  [.calls[] | select(is_wait or (.socket != null and (.action | IN("send", "recv"))))]
  | first(pairs | select(.before.action == "send" and .now.action == "recv" and .now.errno == "EAGAIN") | .now);

def no_wait_cause:
  deadlines[0] as $deadline
  | unwaited
  | if does_not_wait then
      "\(called) was passed MSG_DONTWAIT: it looks for a datagram, and does not wait for one"
    elif .seconds != null and .seconds < 0.01 and ($deadline // 1000) >= 50 then
      "\(called) did not wait: a socket that was set to O_NONBLOCK stays non-blocking"
    else empty end;

def zero_limit_cause:
  first(.waits[] | select(.result == 0 and (arguments_of_wait | test(", 0$|tv_sec=0, tv_[un]sec=0[^0-9]|\\], [0-9]+, 0, "))))
  | "\(called) was called with a time limit of 0: it looks for a datagram, and does not wait for one";

def never_receives_cause:
  select(.status != null and any(.sends[]; succeeded) and .waits == [] and .recvs == [] and (.sockets | length) > 0 and .killed == null)
  | "the program sent and ended, without a call that waits or receives";

# Silence, and the same call again.
def asked_again_cause:
  [.udp[] | select(.action | IN("send", "recv"))]
  | first(pairs | select(.now.action == "recv" and .before.action == "recv" and .before.errno == "EAGAIN" and (.before | does_not_wait | not)) | .before)
  | select(.seconds > 0.01)
  | "\(called) returned -1 (EAGAIN: nothing came before the deadline), and the program called it again: report the error, and end";

# For all programs that wait for a reply.
def waiting_cause:
  first(blind_wait_cause, ignored_error_event_cause, shrinking_limit_cause, own_deadline_cause, other_unit_cause, asked_again_cause, spinning_cause,
    no_wait_cause, zero_limit_cause, no_deadline_cause)
  | cause("waiting"; "wait");
