# Aspect: errors. What a program does when a call fails, and the status that it ends with.

def errno_numbers: {EPERM: 1, EINTR: 4, EBADF: 9, EAGAIN: 11, EACCES: 13, EFAULT: 14, EINVAL: 22, EPIPE: 32,
    ENOTSOCK: 88, EDESTADDRREQ: 89, EMSGSIZE: 90,
  EAFNOSUPPORT: 97, EADDRINUSE: 98, EADDRNOTAVAIL: 99, ENETUNREACH: 101, ENOBUFS: 105, ENOTCONN: 107, ETIMEDOUT: 110,
      ECONNREFUSED: 111, EHOSTUNREACH: 113};
def errno_texts: {"Connection refused": "ECONNREFUSED", "Resource temporarily unavailable": "EAGAIN",
    "Interrupted system call": "EINTR",
  "Network is unreachable": "ENETUNREACH", "No route to host": "EHOSTUNREACH", "Permission denied": "EACCES",
      "Invalid argument": "EINVAL",
  "Address already in use": "EADDRINUSE", "Success": "no error", "Connection timed out": "ETIMEDOUT"};

# An error in the program's words that no call has returned.
def other_errno_cause:
  . as $story
  | ([.calls[].errno // empty] | unique) as $errors
  | first(errno_texts | to_entries[] | select(.key as $text | $story.complaint | contains($text))
      | select(.value | IN($errors[]) | not)
      | select(.value != "EAGAIN" or all($story.waits[]; .result != 0))) # a wait that ended in time may be reported so
  | .key as $told
  | (first($story.udp | reverse[]
      | select(.errno != null and (.errno | startswith("ERESTART") | not) and (does_not_wait | not))) // null)
      as $failed
  | if $failed == null then
      "the program says \($told), and no call on its socket failed"
    else
      "the program says \($told), and \($failed | called) failed with \($failed.errno)"
        + (if $failed.errno == "EAGAIN" then " (nothing came before the deadline)" else "" end)
        + (if .value == "no error" then ": another call has changed errno since. Report it at once, or keep a copy"
           else ": print the errno of the call that failed" end)
    end;

# A failed receive: what did the program do next?
def failed_receive($errors):
  .calls as $calls
  | first(range($calls | length) as $i | $calls[$i]
      | select(.action == "recv" and .socket != null and (.errno | IN($errors[])))
      | . + {next: (first($calls[$i + 1:][]
          | select(.action == "send" or (.name == "read" and .fd == 0) or is_written(1))) // null)});

def ignored_failure_cause($errors):
  select(.complaint == "")
  | failed_receive($errors)
  | if .next == null then
      "\(called) returned -1 (\(.errno)), and the program ended without a message: error(1, errno, ...) reports it"
    elif .next.fd == 0 then
      "\(called) returned -1 (\(.errno)), and the program read the next line without a message: " +
      "report the error, and end"
    elif .next | is_written(1) then
      "\(called) returned -1 (\(.errno)), and the program printed what was in its buffer: " +
      "check the result first. A size_t is never negative, an ssize_t can be"
    else
      "\(called) returned -1 (\(.errno)), and the program sent again: report the error, and end"
    end;

# A send, a connect or a bind failed, and the program went on.
def unchecked_call_cause:
  .udp as $calls
  | first(range($calls | length) as $i | $calls[$i]
      | select((.action == "connect" and .to != "AF_UNSPEC" or .action == "bind" or .action == "send"
          and .errno != "ECONNREFUSED") and .errno != null and .errno != "EINPROGRESS")
      | select(any($calls[$i + 1:][]; .action | IN("send", "recv", "connect", "getsockname"))))
  | (if .action == "connect" then "connect" elif .action == "bind" then "bind" else "send" end) as $about
  | "\(called) failed (\(.errno)), and the program went on: check what \(called) returned"
  | cause("errors"; $about);

# An error was reported with another status, or none although all went well.
def status_cause:
  if expects("exits with status 0$") and .ended and .killed == null and .status != 0 and .complaint == ""
      and all(.udp[]; .errno == null or (.errno | test("^(EAGAIN|EINTR|ERESTART.*)$"))) then
    "no call failed, and the exit status is \(.status): main returns 0 for success"
  elif expects("exits with status 1$") and .status == 0 and .complaint != "" then
    "an error was reported, and the exit status is 0: it is the first argument of error"
  elif expects("exits with status 1$") and .status != null and .status > 1 and .complaint != "" then
    "an error was reported, and the exit status is \(.status): " +
    "1 means that the network or an input failed, 2 is for wrong usage"
  elif expects("exits with status 1$") and .status == 0 then
    "the exit status is 0, and should be 1: error(1, errno, ...) reports what failed, and ends the program with 1"
  else empty end
  | cause("errors"; "status");

# For a client whose first failure ends it.
def errors_cause:
  first((first(other_errno_cause, ignored_failure_cause(["ECONNREFUSED", "EAGAIN"])) | cause("errors"; "receive")),
      unchecked_call_cause);
