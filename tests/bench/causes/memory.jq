# Aspect: memory. Crashes, what Valgrind and sanitizers report, loops without end.

def crash_signal: test("^SIG(SEGV|BUS|FPE|ILL|ABRT|TRAP|SYS)$");
def crashed: (.killed // "" | crash_signal) or ($saw | split(" ") | any(.[]; crash_signal));

# As far as the words on standard error tell.
def crash_cause:
  if $saw | test("stack-use-after|use-after-(return|scope)") then
    "the program uses a local variable of a function that has returned"
  elif $saw | contains("use-after-free") then
    "the program uses memory after it was freed"
  elif $saw | test("double[- ]free|free\\(\\): |invalid pointer|attempting free") then
    "free was passed a pointer that malloc did not return, or that was freed already"
  elif $saw | test("buffer-overflow|out of bounds for type|stack smashing|buffer overflow detected") then
    "a buffer is too small for the bytes that are stored in it: count all of them, and the closing NUL"
  elif $saw | contains("SIGFPE") then
    "the program divides by zero"
  elif $saw | test("SIGSEGV|SIGBUS|null pointer") then
    "the program uses memory that it does not own: through a pointer that was never set, or with an index past the end"
  else empty end;

# Valgrind's words, and what the mistake is.
def valgrind_cause:
  if $saw | contains("definitely lost") then "memory from malloc is never freed"
  elif $saw | test("(^|\n)Invalid free")
      then "free was passed a pointer that malloc did not return, or that was freed already"
  elif $saw | test("Invalid (read|write)[^\n]* free.d,") then "the program uses memory after it was freed"
  elif $saw | test("Invalid (read|write)[^\n]* (after|before) a block")
      then "the program uses bytes outside of what malloc returned"
  elif $saw | test("Invalid (read|write)[^\n]* not stack.d")
      then "the program uses memory through a pointer that was never set, or with an index far past the end"
  elif $saw | test("(^|\n)Invalid (read|write)")
      then "the program uses memory that it does not own: past an end, or after free"
  elif $saw | contains("overlap")
      then "the source and the destination of a copy overlap: is a buffer too small for what is copied into it?"
  elif $saw | test("Syscall param ([a-z]+\\.)?[a-z]*(send|write)[a-z]*\\((msg|buf)") then
    "bytes are sent or printed that were never set: is the length larger than the text?"
  elif $saw | contains("Syscall param") then
    "a call was passed a structure that was not set completely: `= {0}` sets all of it"
  elif $saw | contains("ninitialised") then
    "the program uses bytes that were never set: is there no NUL after the text, or a variable without a value?"
  else empty end;

# A datagram filled the buffer, and the program stored one byte more.
def full_buffer_cause:
  select($saw | test("buffer-overflow|out of bounds for type"))
  | .got[-1] // {} | select(.capacity != null and .capacity > 0 and .result == .capacity)
  | "\(called) filled all \(.capacity) bytes of the buffer, and the NUL after them lies behind it: " +
    "leave a byte for it, and pass one less as the size"
  | cause("memory"; "receive");

# What was wrong with memory, and only where nothing was, the other rules. crash_rules: what a lab knows more of a
# crash. Bytes without a value often come from a mistake that the calls show, too.
def memory_or(crash_rules; rules):
  if $expected == "no memory error and no leak" then
    first((select($saw | contains("ninitialised")) | rules), (valgrind_cause | cause("memory"; "memory")))
  elif crashed then first(crash_rules, full_buffer_cause, (crash_cause | cause("memory"; "memory")))
  else rules end;
def memory_or(rules): memory_or(empty; rules);

# Almost all of the last calls print.
def only_prints: length > 100 and (.[-100:] | map(select(is_written(1) or is_written(2))) | length > 90);

# The last call of a program that was never heard of again, and had returned from it.
def idle: select(.ended | not) | .calls | map(select(.name != "rt_sigreturn")) | last
    | select(.finished and .errno != "ERESTARTSYS");

def endless_cause:
  if ($saw | contains("without end")) and (.calls | only_prints) then
    "a loop that prints never ends"
  elif $saw | test("still running|killed by SIGKILL") then
    idle | "after \(called) the program neither reads, prints nor uses its socket any more: " +
        "a loop without end, or a long sleep?"
  else empty end
  | cause("memory"; "loop");

# Where no other rule names a cause.
def stuck_cause:
  if $saw | contains("has started other processes") then
    "the program has started other processes, and waits for them, or leaves them behind: no task needs another process"
  elif ($saw | contains("it has made no call on a socket")) and (.ended | not) then
    "the program waits or loops before it makes its first call on a socket"
  else empty end
  | cause("memory"; "loop");
