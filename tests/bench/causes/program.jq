# Likely causes that are no matter of the network: a crash, a loop without end, a descriptor that is no socket.

def crash_signal: test("^SIG(SEGV|BUS|FPE|ILL|ABRT|TRAP|SYS)$");
def crashed($saw):
  any(.[]; .kind == "exit" and (.signal // "" | crash_signal)) or ($saw | split(" ") | any(.[]; crash_signal));

# What crashed, as far as the words on standard error tell.
def crash_cause($saw):
  if $saw | test("buffer-overflow|out of bounds for type|stack smashing|buffer overflow detected") then
    "a buffer is too small for what was put into it: count all of it, the closing NUL included"
  elif $saw | contains("use-after-free") then
    "memory is used after its free"
  elif $saw | contains("SIGFPE") then
    "a division by zero"
  elif $saw | test("SIGSEGV|SIGBUS|null pointer") then
    "memory is used that is not the program's: a pointer that points nowhere, or an index behind an end"
  else "" end;

# What Valgrind calls a mistake, and what the mistake is.
def memory_cause($saw):
  if $saw | contains("definitely lost") then "memory of malloc is never given back with free"
  elif $saw | test("(^|\n)Invalid (read|write)") then "memory is used that is not the program's: behind an end, or after free"
  elif $saw | contains("overlap") then "what is copied and where it goes overlap: is a buffer too small for what was put into it?"
  elif $saw | contains("ninitialised") then
    "bytes are used that nobody has written: a length too large, no NUL behind the text, or a variable that was never set?"
  else "" end;

# The last call of a program that was still running, and had returned from it.
def idle:
  . as $events
  | first(.[] | select(.kind == "start" and (.lane | IN("peer", "stranger") | not)) | .lane as $lane
      | select(all($events[]; .lane != $lane or .kind != "exit"))
      | $events | calls($lane) | map(select(.name != "rt_sigreturn")) | last | select(.finished and .errno != "ERESTARTSYS"));

# Almost all of the last calls are those that print.
def only_prints: length > 100 and (.[-100:] | map(select(.kind == "call" and .name == "write" and .socket == null)) | length > 90);

def endless_cause($saw):
  if ($saw | contains("without end")) and only_prints then
    "a loop that prints is never left: what ends it?"
  elif $saw | contains("still running") then
    idle | "after \(.name) the program neither reads, prints nor uses its socket any more: a loop without end, or a long sleep?"
  else empty end;

# A call that was given what is no socket.
def wrong_descriptor:
  (map(select(.kind == "call" and .name == "close" and .result == 0) | {lane, fd})) as $closed
  | first(.[] | select(.kind == "call" and (.lane | IN("peer", "stranger") | not) and (.errno | IN("ENOTSOCK", "EBADF"))))
  | if .errno == "ENOTSOCK" then
      "\(.name) was given the descriptor \(.fd), which is no socket: it is to be what socket returned"
    elif {lane, fd} | IN($closed[]) then
      "\(.name) was given the socket \(.fd) after its close: close it when nothing is left to do"
    else
      "\(.name) was given \(.fd), which is no open descriptor: it is to be what socket returned"
    end;

def descriptor_cause($saw):
  if $saw | contains("SO_RCVTIMEO failed: Socket operation on non-socket") then
    "set_receive_deadline was given a descriptor that is no socket. In a condition, (fd = socket(...)) < 0 needs its parentheses"
  else wrong_descriptor end;

def pipe_cause:
  first(.[] | select(.kind == "call" and .errno == "EPIPE"))
  | "\(.name) failed (EPIPE), and SIGPIPE ends a program then: this socket can send nothing, or nothing any more (shutdown)";
