# Likely causes of failures in this lab: a client whose questions have one deadline, and can be cancelled.
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

def tasks: {socket: 1, interrupt: 2, wait: 3, cancel: 4, send: 5, receive: 6, deadline: 7};

# Each call with the question that is open: its text, and when it was announced.
def questioned:
  foreach .calls[] as $call (null;
    if $call | is_written(1) and (.payload // "" | startswith("now sending ")) then
      {t: $call.t, text: ($call.payload | ltrimstr("now sending ") | rtrimstr("\n"))}
    elif $call | is_written(1) and (.payload // "" | test("^(cancelled|Hi, )")) or is_written(2) then null
    else . end;
    $call + {question: .});
def open_waits: [questioned | select(is_wait and .question != null)];

def socket_fds: [.sockets[].fd];
def watches($fd): any(.watched[]?; .fd == $fd);
def watches_for($pattern): any(.watched[]?; .fd > 2 and (.events // "" | test($pattern)));
# A wait that knows of the time, or of more than a signal, through a descriptor.
def has_timer($sockets): [.watched[]? | select(.fd > 2 and (.fd | IN($sockets[]) | not))] | length > 1;

# The deadline that the test is about, in milliseconds.
def deadline: expected | capture("(?<ms>[0-9]+) ms").ms | tonumber;

# --- calls that sleep (task 1) ----------------------------------------------------------------------------------------

def sleeps: .finished == false or .errno == "ERESTARTSYS";

def socket_cause:
  select(.complaint | contains("socket failed: Invalid argument"))
  | "socket failed (EINVAL): its third argument is the protocol, 0. SOCK_NONBLOCK goes together with the type"
  | cause("waiting"; "socket");

def sleeping_call_cause:
  .udp[-1] // empty
  | select(sleeps)
  | if .action == "send" then
      "send sleeps until there is room in the send buffer, and nobody can cancel it: " +
      "on a socket with SOCK_NONBLOCK it returns EAGAIN"
    elif .action == "recv" then
      "\(called) sleeps until a datagram comes: it hears neither of a line nor of Ctrl-C. Only the wait sleeps, " +
      "and receive when it says so"
    else empty end
  | cause("waiting"; "socket");

# --- Ctrl-C (task 2) --------------------------------------------------------------------------------------------------

def ctrl_c_cause:
  . as $story
  | socket_fds as $sockets
  | (first(.signals[] | select(.name == "SIGINT")) // null) as $interrupt
  | (first(.calls[] | select($interrupt != null and .t >= $interrupt.t and .name == "rt_sigreturn") | .t) // null)
      as $returned
  | if .killed == "SIGINT" then
      "SIGINT killed the program: block it (SIG_BLOCK) before you make a descriptor of it"
    elif .complaint | test("signalfd failed\n") then
      "no call has failed: sigprocmask returns 0 when it has worked, and -1 when it has failed"
    elif .complaint | contains("signalfd failed: Invalid argument") then
      "signalfd failed (EINVAL): its first argument is -1 for a new descriptor"
    elif any(.waits[]; [.watched[]? | select(.fd == 0)] | length > 1) then
      "standard input is watched in the place of Ctrl-C, too: " +
      "what sigprocmask returns is no descriptor. signalfd makes one"
    elif .complaint | contains("Interrupted system call") then empty
    elif $interrupt != null and .ended and $returned == null then
      "the signal handler ends the program, and what it still had to say is lost"
    elif $returned != null and (.calls[-1] | is_wait and sleeps and .t > $returned) then
      "Ctrl-C came before the wait began: the handler set its flag, and the wait knows nothing of it. Block SIGINT, " +
      "so that only a wait lets it in"
    elif any(.waits[]; any(.watched[]?; .ready != null and .fd > 2 and (.fd | IN($sockets[]) | not)
        and (has_timer($sockets) | not))) and (.ended | not) then
      "Ctrl-C made its descriptor readable, and the program went on: it ends the program, not only a question or a wait"
    else empty end
  | cause("signals"; "interrupt");

# --- the wait (task 3) ------------------------------------------------------------------------------------------------

# How many descriptors a wait was given, and which moment.
def limits_cause:
  socket_fds as $sockets
  | (first(.waits[] | select((.name | IN("poll", "ppoll")) and (.watched | length) > 5)) // null) as $many
  | (first(.waits[] | select(.timeout != null and .timeout > 300 and (.timeout * 1000 | round) % 1000 != 0)) // null)
      as $moment # microseconds for milliseconds are a thousand of something
  | ([questioned | select(is_wait and .question == null and .timeout == null
        and any(.watched[]?; .ready != null and (.fd | IN($sockets[]))))]) as $idle
  | if $many != null then
      "\($many | called) was passed too large a number of descriptors: " +
      "the array has three, and the number is not a size in bytes"
    elif $moment != null then
      "\($moment | called) was asked to wait \($moment.timeout * 1000 | floor) ms: " +
      "until is a moment, and the time limit is what is left until then"
    elif ($idle | length) > 3 then
      "\($idle[0] | called) watches the socket while no question waits: " +
      "a late answer wakes the program, and nobody takes it. Pass the number of descriptors that the function was given"
    else empty end
  | cause("waiting"; "wait");

def wait_cause:
  socket_fds as $sockets
  | open_waits as $waits
  | (first($waits[] | select(.timeout == null and (has_timer($sockets) | not)
      and any(.watched[]?; .fd | IN($sockets[])))) // null) as $unlimited
  | (first($waits[] | select((.timeout != null or has_timer($sockets))
      and (any(.watched[]?; .fd | IN($sockets[])) | not)))
      // null) as $deaf
  | if .complaint | contains("Interrupted system call") then
      "a wait that a signal interrupts fails with EINTR. That is not an error: " +
      "look what has come, and wait again for what is left"
    elif [$waits[] | select(.result == 0 and .timeout != null and .timeout < 0.002)] | length > 20 then
      "\($waits[0] | called) returns at once, again and again: its time limit is the milliseconds that are left"
    elif $unlimited != null then
      "a question waits, and \($unlimited | called) has no time limit: pass the milliseconds that are left"
    elif $deaf != null then
      "a question waits, and \($deaf | called) does not watch the socket: " +
      "pass the number of descriptors that the function was given"
    elif $waits != [] and ($waits[0] | watches(0) | not) then
      "a question waits, and \($waits[0] | called) does not watch standard input: a dot cannot cancel it"
    else empty end
  | cause("waiting"; "wait");

# --- lines (task 4) ---------------------------------------------------------------------------------------------------

def cancel_cause:
  . as $story
  | (.lines | map(select(. == ".")) | length) as $dots
  | if any(sent_texts[]; . == ".") then
      "the line \".\" was sent as a question: it cancels one"
    elif $dots > 0 and any(sent_texts[]; . == "") and all($story.lines[]; . != "") then
      "an empty question was sent: of the line \".\" only the dot was taken, " +
      "and its newline was left for the next question. Read the line to its end"
    elif ([.printed | scan("(?:^|\n)cancelled")] | length) > $dots then
      if any(.calls[]; .name == "read" and .fd == 0 and .result == 0) then
        "the question was cancelled by the end of the input: only a dot cancels"
      else
        "the question was cancelled by a line that is not a dot: this line is the next question"
      end
    elif [open_waits[] | select(any(.watched[]?; .fd == 0 and .ready != null))] | length > 40 then
      "standard input ends one wait after the other, and nobody takes what is there: " +
      "set its descriptor in the array to -1, which poll ignores"
    else empty end
  | cause("waiting"; "cancel");

# Nobody waits for an answer any more, and a line that was read has not been sent.
def lost_line:
  . as $story
  | ([questioned] | last) as $last
  | select($last != null and $last.question == null and (.ended and .killed == null or ($last | is_wait)))
  | first(.lines[] | select(. != "." and (IN($story | sent_texts[]) | not)) | . as $line
      | select($story.printed | contains("now sending \($line)") | not))
  | "the line \(quoted) was read while another question waited, and it was never sent: it is the next question";

def question_cause:
  first((first(before_any_line, whole_buffer, strange_payload)
      | cause("payload"; if contains("first byte") then "cancel" else "send" end)),
    (lost_line | cause("payload"; "cancel")));

# --- the send buffer (task 5) -----------------------------------------------------------------------------------------

def other_error_cause:
  [.sends[] | select(.errno != null and .errno != "EAGAIN" and .errno != "ECONNREFUSED")]
  | group_by([.errno, .payload])[] | select(length > 3) | .[0]
  | "send failed with \(.errno) again and again: only EAGAIN means that the buffer is full. Report any other error"
  | cause("errors"; "send");

def full_cause:
  [.calls[] | select(is_wait or .action == "send" and on_udp)] as $calls
  | (first(range($calls | length) as $i | select($calls[$i].errno == "EAGAIN" and $calls[$i].action == "send")
      | $calls[$i + 1] // empty | select(is_wait)) // null) as $next
  | if [$calls[] | select(.errno == "EAGAIN")] | length > 200 then
      "send returns EAGAIN again and again: the program spins. Wait until there is room (POLLOUT)"
    elif (.complaint | test("send failed: Resource temporarily")) then
      "send failed with EAGAIN, and the program ended: the buffer is full, and there will be room. Wait for it"
    elif $next != null and ($next | watches_for("POLLOUT|writable") | not) then
      "the send buffer was full (EAGAIN), and the program does not wait for room: " +
      "with POLLOUT, poll says when to send the question"
    elif $next != null and ($next | watches(0) | not) and ($next | sleeps) then
      "the send buffer was full, and \($next | called) waits for room alone: " +
      "no line, no Ctrl-C and no deadline ends this wait"
    else empty end
  | cause("waiting"; "send");

# --- the answer (task 6) ----------------------------------------------------------------------------------------------

def text_cause: first(stale_cause, one_byte_less_cause) | cause("printing"; "receive");

def refusal_cause:
  select(.complaint == "")
  | first(.recvs[] | select(.errno == "ECONNREFUSED"))
  | "\(called) failed with ECONNREFUSED, and the program told nobody: only EAGAIN means that there was no datagram"
  | cause("errors"; "receive");

def answer_cause:
  . as $story
  | ([.sends[].payload // ""] | unique) as $texts
  | (first(questioned | select(is_written(1) and (.payload // "" | startswith("Hi, ")))
      | (.payload | rtrimstr("\n")) as $told
      | select(any($story.got[]; .payload == $told))
      | select(all($texts[]; "Hi, " + . != $told)
          or ([$story.printed | scan("(?:^|\n)(Hi, [^\n]*)")[0]] | map(select(. == $told)) | length) < 1) | $told)
          // null) as $strange
  | (first(foreach .calls[] as $call (null;
        if $call | is_written(1) and (.payload // "" | startswith("now sending "))
            then {text: ($call.payload | ltrimstr("now sending ") | rtrimstr("\n"))} else .told = null end
        | if . != null and ($call | is_written(1) and (.payload // "" | startswith("Hi, ")))
            then .told = ($call.payload | rtrimstr("\n")) else . end;
        select(. != null and .text != null and .told != null and .told != "Hi, " + .text))) // null) as $late
  | if $strange != null then
      "\($strange | quoted) is printed, and it is no answer to a question of this program: " +
      "compare each datagram with \"Hi, \" and the question"
    elif $late != null then
      "\($late.told | quoted) is printed while \($late.text | quoted) waits for its answer: " +
      "it is late, and belongs to an earlier question"
    else
      first(questioned | select(.action == "recv" and succeeded and .question != null and .payload == "Hi, "
          + .question.text and .payload != "")
        | .payload | select(. as $text | $story.printed | contains($text) | not)
        | "\(quoted) was received, which is the answer, and it was not printed: compare all of it, and no byte more")
    end
  | cause("receiving"; "receive");

# --- one deadline (task 7) --------------------------------------------------------------------------------------------

# A wait ended early, for something else, and the same question was sent once more.
def repeated_send:
  [questioned | select(is_wait or .action == "send" and succeeded)]
  | any(range(2; length) as $i | [.[$i - 2], .[$i - 1], .[$i]]
      | (.[1] | is_wait and .result == 1 and .timeout != null) and .[0].action == "send" and .[2].action == "send"
          and .[0].payload == .[2].payload
        and .[0].question == .[2].question and .[2].t - .[1].t < .[1].timeout / 2; .);

def room_cause:
  [.waits[] | select(.result == 1 and any(.watched[]?; .fd > 2 and (.ready // "" | test("POLLOUT|writable"))))]
  | select(length > 5)
  | "\(.[0] | called) asks for POLLOUT although the question has been sent: " +
    "there is room, so it returns at once, again and again"
  | cause("waiting"; "deadline");

def gave_up_cause:
  select((.complaint | contains("no answer")) and .ended and .killed == null
      and (.printed | contains("answered ") | not))
  | "the program ended when a question had no answer: the others are still to be asked"
  | cause("waiting"; "deadline");

def deadline_cause:
  . as $story
  | open_waits as $waits
  | (first($waits[] | select(.timeout != null) | ((.t + .timeout - .question.t) * 1000 | floor) as $end
      | select($end > deadline * 1.4) | {end: $end, wait: .}) // null) as $late
  | (.sends | map(select(succeeded)) | group_by(.payload) | map({text: (.[0].payload // ""), count: length})) as $asked
  | ([.lines[] | select(. != ".")] | group_by(.) | map({key: .[0], value: length}) | from_entries) as $typed
  | if $late != null and $late.wait.timeout * 1000 > deadline * 20 then
      "\($late.wait | called) was asked to wait \($late.wait.timeout * 1000 | floor) ms, " +
      "and the deadline is \(deadline) ms: its time limit is in milliseconds"
    elif $late != null and any($story.got[]; .t > $late.wait.question.t and .t < $late.wait.t) then
      "\($late.wait | called) waits until \($late.end) ms after the question, and the deadline is \(deadline) ms: " +
      "each datagram begins the time anew. One moment is for all of it"
    elif $late != null then
      "\($late.wait | called) waits until \($late.end) ms after the question, and the deadline is \(deadline) ms: " +
      "each try begins the time anew. One moment is for all of them"
    elif (.complaint | capture("no answer within (?<ms>[0-9]+) ms").ms // 0 | tonumber) as $limit
        | any($asked[]; .count >= 4 and .text as $text
          | [$story.sends[] | select(succeeded and .payload == $text) | .t] | .[3] - .[1] < $limit / 4000) then
      "the question was sent three times with no time in between: " +
      "try number `try` is over `try` quarters of the time after the question has begun"
    elif any($asked[]; .count > 4 * ($typed[.text] // 1)) then
      "the question was sent \($asked | map(.count) | max) times: each try sends it once, however often the wait ends"
    elif any($asked[]; .count == 1) and (.complaint | contains("no answer")) then
      "the question was sent once, and given up: a datagram can be lost, so ask again (TRIES times)"
    elif expects("^peer prints: received ") and any($waits[]; .finished | not) and .lines == [$asked[].text]
        and $asked[0].count == 1 then
      "the question was sent once, and the program waits on: the first of its tries is over after a quarter of the time"
    elif repeated_send then
      "the question was sent again although its try was not over: whatever else ends a wait, the question is on its way"
    elif (.complaint | contains("no answer")) and expects("exits with status 1$") and .status == 0 then
      "a question had no answer, and the exit status is 0: the network said no, and that is status 1"
    else empty end
  | cause("waiting"; "deadline");

def likely_cause:
  tell(tasks; memory_or(
    descriptors_cause, tcp_cause, destination_cause, socket_cause, address_error_cause, limits_cause, ctrl_c_cause,
    stopped_wait_cause, other_error_cause, full_cause, sleeping_call_cause, cancel_cause, room_cause, wait_cause,
    text_cause, refusal_cause, answer_cause, gave_up_cause, question_cause, deadline_cause, endless_cause, words_cause,
    unchecked_connect_cause, status_cause, stuck_cause));
