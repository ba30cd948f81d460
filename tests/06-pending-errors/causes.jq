# Likely causes of failures in this lab: a client that sends, and hears of errors only.
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

def tasks: {connect: 1, send: 2, error: 3, retry: 4, take: 5, wait: 6, late: 7};

# The end of the input, as the program read it.
def end_of_input: first(.calls[] | select(.name == "read" and .fd == 0 and .result == 0) | .t) // null;
def late_wait: end_of_input as $end | if $end == null then "wait" else "late" end;
def number_of: errno_numbers[.] // 0;

# --- a failed send (task 4) -----------------------------------------------------------------------------------------

# What came after a send that failed with an earlier line's error.
def failed_send_cause:
  . as $story
  | first(.sends[] | select(.errno == "ECONNREFUSED") | . as $failed
      | [$story.sends[] | select(.t > $failed.t)] as $later
      | select(any($later[]; succeeded and .payload == $failed.payload) | not)
      | if $later == [] and $story.ended and ($story.complaint | contains("send failed")) then
          "send failed with ECONNREFUSED, and the program ended: " +
          "this is the error of an earlier line. Report it, and send the line again"
        elif any($later[]; .payload == $failed.payload) then
          "send failed with ECONNREFUSED twice for one line, and the program gave the line up: " +
          "each failure takes one error, so repeat until it is sent"
        elif $later != [] or $story.ended then
          "send failed with ECONNREFUSED, which is the error of an earlier line, and its own line was never sent: " +
          "a send that reports an error sends nothing"
        else empty end)
  | cause("errors"; "retry");

# The line's own error comes back each time.
def repeated_error_cause:
  [.sends[] | select(.errno != null and .errno != "ECONNREFUSED")]
  | group_by([.errno, .payload])[] | select(length > 3) | .[0]
  | "send failed with \(.errno) again and again: this is an error of the line itself, " +
    "and sending it again does not help"
  | cause("errors"; "retry");

# --- what is told of an error (task 3) --------------------------------------------------------------------------------

def told: [.complaint | scan("a line up to ([0-9]+) did not arrive")[0] | tonumber];

# The numbers in the order in which they were told, against the lines that had been sent by then.
def blame_cause:
  . as $story
  | first(.calls[] | select(is_written(2)) | . as $told
      | (.payload // "" | capture("a line up to (?<number>[0-9]+) did not arrive").number // empty | tonumber)
          as $number
      | ([$story.sends[] | select(succeeded and .t < $told.t)] | length) as $sent
      | select($number != $sent)
      | "the program says \"a line up to \($number)\", and \($sent) " +
        "\(if $sent == 1 then "line was" else "lines were" end) sent by then"
        + (if any($story.udp[]; .errno // .value // "" | number_of == $number
            or contains("ECONNREFUSED") and $number == 111) then
             ". \($number) is the number of the error: the message names the last line that was sent"
           elif $number > $sent then ": a line that has not been sent cannot have been refused" else "" end))
  | cause("errors"; "error");

def message_cause:
  if told == [] and (.printed | contains("did not arrive")) then
    "the error was printed on standard output: error(0, number, ...) prints it on standard error"
  elif told == [] and .complaint != "" and expects("says on standard error: a line up to")
      and (.complaint | test("failed|a line up to") | not) then
    "the error is reported in other words: the message is \"a line up to N did not arrive\", " +
    "where N is the last line sent, and the error"
  elif (.complaint | test("did not arrive: (Success|[^(]*\\(0\\))")) then
    "the program explains the error 0: the error that waited is in the number that was passed, " +
    "and errno holds something else"
  elif (.complaint | test("did not arrive\n")) then
    "the message does not say what the error is: pass the number to error"
  elif (.complaint | test("did not arrive: [^(\n]+\n")) then
    "the error's number is missing: error(0, number, ...) adds its text and its number"
  elif .ended and .status == 1 and told != [] and (.printed | contains("lines sent:") | not)
      and (.complaint | test("did not arrive[^\n]*\n$")) then
    "the program ended when it reported an error: the first argument of error is 0 for a program that goes on"
  else empty end
  | cause("errors"; "error");

# --- taking the error (task 5) ----------------------------------------------------------------------------------------

def taking_cause:
  . as $story
  | [.udp[] | select(.name == "getsockopt")] as $asked
  | if any($asked[]; .errno == "ENOPROTOOPT" or .errno == "EOPNOTSUPP") then
      "getsockopt failed (\(first($asked[].errno | strings))): SO_ERROR is an option of the level SOL_SOCKET"
    elif $asked != [] and all($asked[]; .option != "SO_ERROR") then
      "the program reads \($asked[0].option): the pending error is the option SO_ERROR"
    elif any($asked[]; .option == "SO_ERROR" and (.value // "" | test("ECONNREFUSED"))) and told == []
        and (.complaint | contains("did not arrive") | not) and (.printed | contains("did not arrive") | not) then
      "getsockopt returned 0, which means that the call worked. The error, ECONNREFUSED, " +
      "is in the value that it stored, and nobody reported it"
    elif any($story.waits | pairs; (.before.flags // "" | contains("POLLERR"))
        and (.now.flags // "" | contains("POLLERR"))
        and (. as $pair | any($story.udp[]; .t > $pair.before.t and .t < $pair.now.t) | not)) then
      "poll reported POLLERR twice, and no call took the error in between: " +
      "it stays in the socket until getsockopt(SO_ERROR) takes it"
    else empty end
  | cause("errors"; "take");

# --- waiting (tasks 6 and 7) ------------------------------------------------------------------------------------------

# What the waits watch: descriptors as poll was given them.
def watches_socket: any(.watched[]?; .fd > 2);
def watches_input: any(.watched[]?; .fd == 0);

def wait_cause:
  . as $story
  | end_of_input as $end
  | (first(.waits[] | select(any(.watched[]?; .fd > 2 and (.events // "" | test("POLLIN"))))) // null) as $reading
  | if $reading != null and .got == [] and any(.packets[]; .proto == "UDP" and .to_lane == $story.lane) then
      "\($reading | called) waits for POLLIN on the socket: " +
      "a reply wakes it, nobody receives the reply, and so it wakes up again and again. Ask for no events: " +
      "POLLERR comes all the same"
      | cause("waiting"; if ($reading | watches_input) then "wait" else "late" end)
    elif any(.waits[]; (.name | IN("poll", "ppoll")) and (.watched | length) > 2) then
      "\(first(.waits[] | select((.watched | length) > 2)) | called) was passed " +
      "\(first(.waits[].watched | select(length > 2) | length)) as the number of descriptors, and the array has two: " +
      "it is not a size in bytes"
      | cause("waiting"; "wait")
    elif [.waits[] | select(.result == 0 and .timeout == 0 and watches_input)] | length > 20 then
      "\(first(.waits[] | select(.timeout == 0)) | called) has a time limit of 0: " +
      "it returns at once, and the program spins. -1 means no limit"
      | cause("waiting"; "wait")
    elif [.waits[] | select(.result == 0 and .timeout != null and .timeout < 0.002)] | length > 20 then
      "\(first(.waits[] | select(.timeout != null and .timeout < 0.002)) | called) returns at once, again and again: " +
      "its time limit is what is left of the deadline, in milliseconds"
      | cause("waiting"; "late")
    elif .waits != [] and any(.waits[]; watches_input) and all(.waits[]; watches_socket | not)
        or any(.waits[]; watches_input and (watches_socket | not)) then
      "poll watches standard input only: an error on the socket does not wake the program. The array has two elements"
      | cause("waiting"; "wait")
    elif expects("says on standard error: a line up to") and (.waits | map(select(watches_input)) == [])
        and $end == null then
      "the program sleeps in read until the next line comes, and hears of no error before: wait for both with poll"
      | cause("waiting"; "wait")
    else empty end;

def late_waits: end_of_input as $end | [.waits[] | select($end != null and .t > $end and (watches_input | not))];

# When waiting for late errors ends.
def late_time_cause:
  end_of_input as $end
  | late_waits as $late
  | [.udp[] | select($end != null and .t > $end and .option == "SO_ERROR")] as $asked
  | [.recvs[] | select($end != null and .t > $end and (does_not_wait | not))] as $received
  | (first($late[] | select(.timeout != null and .timeout > 60)) // null) as $moment
  | if $moment != null then
      "\($moment | called) was asked to wait \($moment.timeout * 1000 | floor) ms: " +
      "over is a moment, and the time limit is what is left until then"
    elif $late == [] and ($asked | length) > 50 then
      "the program asks for an error again and again, and spins: poll sleeps until one comes"
    elif expects("after its last line") and ($late | length) > 3
        and ([$late[] | select(.timeout != null) | .t + .timeout] | max - min) > 0.3 then
      "each error begins the time anew: \($late[-1] | called) was asked to wait \($late[-1].timeout * 1000 | floor) " +
      "ms, and \(($late[-1].t - $end) * 1000 | floor) ms were over. One moment is for all of them"
    elif expects("after its last line") and ($received | length) > 3 then
      "each error begins the time anew: the time limit of \($received[0] | called) is for one call. One moment is " +
      "for all of them"
    else empty end
  | cause("waiting"; "late");

def late_cause:
  . as $story
  | end_of_input as $end
  | select($end != null and .ended)
  | late_waits as $late
  | [.udp[] | select(.t > $end and .option == "SO_ERROR")] as $asked
  | if $late == [] and $asked != [] and $asked[0].t - $end > 0.1 then
      "the program asks for an error once, \(($asked[0].t - $end) * 1000 | floor) ms after the end of the input: " +
      "the socket keeps one error, so two that come until then are one. Wait with poll, and take each when it comes"
    elif $late == [] and $asked != [] then
      "after the end of the input the program asks for an error once, and does not wait: " +
      "the refusal of the last line was still on its way"
    elif $late == [] then
      "the program ended with its input, and did not wait for the refusal of its last line"
    elif ($late[-1].flags // "" | contains("POLLERR")) and ($late[-1].timeout != null) then
      "the program ended after the first error that came late: others can follow until the deadline is over"
    else empty end
  | cause("waiting"; "late");

def reply_cause:
  select(any(.recvs[]; (does_not_wait or looks_only) | not)
      and any(.recvs[]; .errno == "ECONNREFUSED" or .finished == false or .errno == "ERESTARTSYS"))
  | "the program waits in recv for a reply: a reporter expects none, and the server need not send one"
  | cause("receiving"; "wait");

def bound_instead_cause:
  select(.connects == [] and .binds != [])
  | "bind chooses the address of the program's own socket: connect sets its peer"
  | cause("connecting"; "connect");

def no_peer_cause:
  select(.connects == [] and .sends != [])
  | "the program never calls connect: without a peer the kernel drops every refusal"
  | cause("connecting"; "connect");

def connected_again_cause:
  select((.connects | length) > 1)
  | "connect is called \(.connects | length) times: the socket keeps its peer, also after an error"
  | cause("connecting"; "connect");

def reported_status_cause:
  select(expects("exits with status 1$") and .ended and .status == 0 and told != [])
  | "errors were reported, and the exit status is 0: the network said no, and that is status 1"
  | cause("errors"; "status");

def likely_cause:
  tell(tasks; memory_or(
    descriptors_cause, tcp_cause, family_cause, bound_instead_cause, destination_cause, repeated_error_cause,
        unchecked_call_cause, address_error_cause,
    no_peer_cause, success_as_failure_cause, connected_again_cause, peer_cause, late_time_cause, reply_cause,
        failed_send_cause, taking_cause, message_cause, blame_cause,
    words_cause, wait_cause, late_cause, endless_cause, lines_cause, same_socket_cause, reported_status_cause,
        status_cause, stuck_cause));
