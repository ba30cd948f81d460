# Aspect: waiting. Whether a program waits, for what, and how long.

# --- how long ---------------------------------------------------------------------------------------------------------

# The receive deadlines that the socket was given, in milliseconds; the first is set_receive_deadline's.
def deadlines: [.calls[]
    | select(.name == "setsockopt" and (.option // "" | startswith("SO_RCVTIMEO")) and .result == 0) | timeval_of_option
    // empty];

# How many milliseconds a wait was asked to last; null when it was not to end.
def limit: if .timeout == null then null else .timeout * 1000 end;
def limited: [.waits[] | .limit = limit];

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
      "select was asked to wait \(.limit | floor) ms: Linux writes the time that is left into the timeval, " +
      "so set it again before each call"
    else
      "\(called) was asked to wait \(.limit | floor) ms: " +
      "the lines share one deadline. Each line's deadline starts when it is sent"
    end;

# A limit that is far from the deadline.
def other_unit_cause:
  deadlines[0] as $deadline
  | select($deadline != null)
  | [limited[] | select(.limit != null and .limit > 0)] as $waits
  | ($waits[0] // {limit: $deadline}) as $first
  | if $first.limit * 100 <= $deadline or $first.limit >= $deadline * 100 then
      $first | "\(called) was asked to wait \(.limit | if . < 1 then . else floor end) ms, " +
          "and the deadline is \($deadline) ms: "
        + (if .name | IN("select", "pselect6", "ppoll") then "what are the units of its time limit?"
            else "its time limit is in milliseconds" end)
    else empty end;

# What the program set itself after set_receive_deadline.
def own_deadline_cause:
  deadlines
  | select(length > 1 and .[-1] != .[0])
  | "the program sets SO_RCVTIMEO to \(.[-1]) ms after set_receive_deadline, " +
    "whose deadline was \(.[0]) ms. The last one counts";

# Any other limit that ended a wait too early, or too late.
def wrong_limit_cause:
  deadlines[0] as $deadline
  | select($deadline != null)
  | first(waits_after_sends[]
      | select(.limit > $deadline + 50 or .result == 0 and .limit + (.t - .sent) * 1000 < $deadline - 50
      and expects(" waits ")))
  | "\(called) was asked to wait \(.limit | floor) ms, and the deadline is \($deadline) ms: " +
    "wait for what is left of it, in milliseconds";

# Each reply starts the wait again.
def restarted_cause:
  deadlines[0] as $deadline
  | select($deadline != null)
  | . as $story
  | first(waits_after_sends[] | . as $wait
      | select($wait.limit + ($wait.t - $wait.sent) * 1000 > $deadline * 1.2 + 100)
      | select(any($story.got[]; .t > $wait.sent and .t < $wait.t)))
  | "each datagram that is received starts the wait again: " +
    "one deadline is for all of them, so the time that is left gets less";

def restarted_receive_cause:
  select(.waits == [] and (.got | length) > 2 and expects("replies keep coming"))
  | "each datagram that is received starts the wait again: " +
    "the socket's deadline is for one call, and one deadline is for all of them";

def no_deadline_cause:
  if any(.waits[]; (.finished | not) and .timeout == null) and (.ended | not) and deadlines != [] then
    first(.waits[] | select(.finished | not))
        | "\(called) was called without a time limit: it waits for ever. Pass the milliseconds that are left"
  elif deadlines == [] and (.udp[-1] // {} | .action == "recv" and (.finished == false or .errno == "ERESTARTSYS")) then
    "no reply comes, and \(.udp[-1] | called) waits without a deadline: set_receive_deadline gives the socket one"
  else empty end;

# --- for what ---------------------------------------------------------------------------------------------------------

# select's sets, as strace prints them.
def select_sets: .arguments // ""
    | capture("^(?<count>[0-9]+), (?<read>NULL|\\[[^\\]]*\\]), (?<write>NULL|\\[[^\\]]*\\]), " +
        "(?<except>NULL|\\[[^\\]]*\\])");
def events_of($pattern): .watched | map(select(.events // "" | test($pattern)));

# A wait that cannot see a datagram.
def blind_select:
  select_sets as $sets
  | if $sets.read == "[]" then
      "\(called) watches the descriptors below its first argument, \($sets.count): pass the socket's number plus 1"
    elif $sets.read == "NULL" and $sets.write != "NULL" then
      "\(called) waits until the socket can be written to: its second argument is the set of descriptors to read from"
    elif $sets.read == "NULL" and $sets.except != "NULL" then
      "\(called) waits for exceptional conditions: its second argument is the set of descriptors to read from"
    elif $sets.read == "NULL" then
      "\(called) was passed no descriptors: it only sleeps"
    else empty end;

def blind_poll:
  (first(.watched[].events | strings) // null) as $events
  | if .watched == [] then
      "\(called) was passed 0 descriptors: it watches none of them"
    elif all(.watched[]; .fd < 0) then
      "\(called) was passed a negative descriptor, which it ignores"
    elif $events == null then
      "\(called) waits for no event (events is 0): a datagram that has arrived is POLLIN"
    elif events_of("POLLIN|POLLRDNORM") == [] then
      "\(called) waits for \($events)"
      + (if $events | contains("POLLPRI") then ", which is urgent data of TCP: a datagram that has arrived is POLLIN"
         elif $events | contains("POLLOUT")
             then ": the socket can be written to at once. A datagram that has arrived is POLLIN"
         else ": a datagram that has arrived is POLLIN" end)
    elif (.watched | length) > 1 and all(.watched[1:][]; .events == null) then
      "\(called) was passed \(.watched | length) as the number of descriptors, and the array has one: " +
      "it is not a size in bytes"
    else empty end;

def blind_wait_cause:
  first(.waits[] | select(.watched != null and (.finished or .watched != []) and .errno != "EFAULT")
    | if .name | IN("select", "pselect6") then blind_select elif .name | IN("poll", "ppoll") then blind_poll
        else empty end);

# Received although the wait before it had not said that a datagram was there.
def deaf_to_the_wait_cause:
  [.calls[] | select(is_wait or .action == "recv")] as $calls
  | first(range(1; $calls | length) as $i | $calls[$i]
      | select(.action == "recv" and .errno == "EAGAIN" and (does_not_wait | not))
      | $calls[$i - 1] | select(is_wait
          and (.result == 0 or .flags != null and .result != -1
          and (.flags | test("POLLIN|POLLRDNORM|POLLERR|readable") | not))))
  | if .result == 0 then "\(called) returned 0, which means that the time is over, " +
      "and the program received all the same: `> 0` means that a datagram is there"
    else "\(called) reported \(.flags), and the program received: only POLLIN says that a datagram is there" end;

# An error is there (POLLERR), and nobody fetches it.
def ignored_error_event_cause:
  [.calls[] | select(is_wait or .action == "recv" or .option == "SO_ERROR" or .action == "send")] as $calls
  | (first(range(1; $calls | length) as $i
      | select(($calls[$i - 1] | is_wait and (.flags // "" | test("POLLERR"))) and ($calls[$i] | is_wait))
          | $calls[$i - 1])
      | "\(called) reported POLLERR, a pending error, and the program waits again: " +
        "recv returns the error, and only that clears it"),
    (select(.ended) | $calls[-1] // empty | select(is_wait and (.flags // "" | test("POLLERR")))
      | "\(called) reported POLLERR, a pending error, and the program ended without asking for it: " +
        "recv returns the error");

# --- whether at all ---------------------------------------------------------------------------------------------------

def spinning_cause:
  first(
    ([.udp[] | select(.errno != null)] | group_by([.name, .errno])[] | select(length > 200) | .[0]
      | "\(called) reported \(.errno) hundreds of times: the program spins, and neither waits nor gives up"),
    (select([.waits[] | select(.result == 0)] | length > 100) | .waits[-1]
      | "\(called) was called with a time limit of 0 hundreds of times: it returns at once, and the program spins"));

# Receives that follow a send at once, and found nothing.
def unwaited:
  [.calls[] | select(is_wait or (.socket != null and (.action | IN("send", "recv"))))]
  | pairs | select(.before.action == "send" and .before.errno == null and .now.action == "recv"
      and .now.errno == "EAGAIN") | .now;

def no_wait_cause:
  deadlines[0] as $deadline
  | first(unwaited
      | if does_not_wait then
          "\(called) was passed MSG_DONTWAIT: it looks for a datagram, and does not wait for one"
        elif .seconds != null and .seconds < 0.01 and ($deadline // 1000) >= 50 then
          "\(called) did not wait: a socket that was set to O_NONBLOCK stays non-blocking. MSG_DONTWAIT is for one call"
        else empty end);

def zero_limit_cause:
  first(.waits[] | select(.result == 0 and .timeout == 0))
  | "\(called) was called with a time limit of 0: it looks for a datagram, and does not wait for one";

def never_receives_cause:
  select(.status != null and any(.sends[]; succeeded) and .waits == [] and .recvs == [] and (.sockets | length) > 0
      and .killed == null)
  | "the program sent and ended, without a call that waits or receives";

# Silence, and the same call again.
def asked_again_cause:
  [.udp[] | select(.action | IN("send", "recv"))]
  | first(pairs | select(.now.action == "recv" and .before.action == "recv" and .before.errno == "EAGAIN"
      and (.before | does_not_wait | not)) | .before)
  | select(.seconds > 0.01)
  | "\(called) returned -1 (EAGAIN: nothing came before the deadline), and the program called it again: " +
    "report the error, and end";

# For all programs that wait for a reply.
def waiting_cause:
  first(blind_wait_cause, ignored_error_event_cause, shrinking_limit_cause, own_deadline_cause, other_unit_cause,
      asked_again_cause, spinning_cause,
    no_wait_cause, zero_limit_cause, wrong_limit_cause, no_deadline_cause)
  | cause("waiting"; "wait");
