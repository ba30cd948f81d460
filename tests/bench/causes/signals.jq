# Aspect: signals. What came of Ctrl-C in a program that should end well by it.

# The handler of a signal that asks a program to end has printed something itself.
def handler_prints:
  . as $story
  | any(.signals[] | select(.name | IN("SIGINT", "SIGTERM")); . as $signal
      | (first($story.calls[] | select(.t > $signal.t and .name == "rt_sigreturn") | .t) // infinite) as $over
      | ($over != infinite or $story.ended)
        and any($story.calls[]; (is_written(1) or is_written(2)) and .t > $signal.t and .t < $over));

# After Ctrl-C had arrived.
def interrupt_cause:
  first(.signals[] | select(.name == "SIGINT")) as $interrupt
  | (.calls | map(select(.t > $interrupt.t))) as $after
  | ($after | map(.name) | index("rt_sigreturn")) as $returned
  | (.calls | map(select(.t < $interrupt.t)) | last) as $broken
  | if .killed == "SIGINT" then
      "nothing catches SIGINT, so it ended the program: install a handler, which only sets a flag"
    elif handler_prints then
      "the signal handler prints something, and it may run in the middle of a printf: let it only set a flag"
    elif $returned == null and .ended then
      "the signal handler ends the program: let it only set a flag, and end the loop when the flag is set"
    elif $returned == null then
      select($after[0].name == $broken.name)
      | "SIGINT is ignored, so \($broken | called) goes on waiting: install a handler, which only sets a flag"
    elif .status == 1 and $after[$returned].errno == "EINTR" and .complaint != "" then
      "Ctrl-C interrupts the wait, which then fails with EINTR: that is not an error, but the time to look at the flag"
    elif .ended then
      select(.status > 1) | "Ctrl-C is a normal end here, and the exit status is \(.status): 0 means success"
    elif $after[$returned].errno == "EINTR" and $after[$returned + 1] != null then
      "\($broken | called) was interrupted (EINTR), and the program went on to \($after[$returned + 1] | called): " +
      "does the handler set the flag, and does the loop look at it?"
    elif $after[$returned + 1].name == $broken.name then
      "the handler returned, and the interrupted \($broken | called) was started again (SA_RESTART, " +
      "which signal() sets)"
    else empty end;

# A stop and a continue end some waits, without any handler: signal(7) names them.
def stopped_wait_cause:
  select(.ended and .complaint != "" and any(.signals[]; .name == "SIGCONT") and all(.signals[]; .name != "SIGINT"))
  | [.calls[] | select(is_wait or (.action | IN("recv", "send")))] | last // empty
  | select(is_wait and .errno == "EINTR")
  | "\(called) failed (EINTR): the program was stopped and continued, as with Ctrl-Z and fg. That is not an error: " +
    "call it again"
  | cause("signals"; "wait");

# Ctrl-C was pressed, and has not arrived: SIGINT is blocked.
def blocked_cause:
  .calls[-1] as $last | (.waits | last) as $wait
  | if ($last | is_wait) and ($last.name | IN("ppoll", "pselect6"))
      and ($last.arguments // "" | test("NULL(, 8|, 0)?$")) then
      "\($last | called) was passed no signal mask, so SIGINT stays blocked: pass an empty one (sigemptyset)"
    elif ($last | is_wait) and ($last.name | IN("ppoll", "pselect6")) then
      "the signal mask of \($last | called) blocks signals during the wait, too: sigemptyset makes one that blocks none"
    elif $last.action == "recv" and $wait.result == 0 then
      "\($wait | called) returned 0, its time was over, and in \($last | called) SIGINT is blocked: " +
      "wait without a time limit (NULL)"
    else
      "SIGINT is blocked, and \($last | called) does not unblock it: ppoll and pselect do, during the wait"
    end;
