# What the likely causes of several labs have in common.

# Tasks have numbers of their own in each lab. A cause that belongs to none is null's.
def of_task($number): if $number == null then . else "\(.) (task \($number))" end;

# (contains stops at a NUL byte.)
def has_nul: . // "" | explode | index(0) != null;

def succeeded: .result != null and .result >= 0;
def looks_only: .flags // "" | contains("MSG_PEEK");

# One error that comes back hundreds of times, though a call was asked to wait.
def spinning:
  map(select(.socket != null and .errno != null)) | group_by([.name, .errno])[] | select(length > 200) | .[0];

# Where a program turned to, if that is no server's port.
def wrong_port:
  if endswith(":52136") then
    "port 52136 is 43211 with its two bytes exchanged: the port goes into an address as htons(SERV_PORT)"
  else
    "the program turns to \(.), and the server's port is 43211: SERV_PORT"
  end;

# Each call with what had been connected to by then, and whether the association had been dissolved: who receives after
# that means to find what is left, or nothing.
def remembering:
  foreach .[] as $call ({next: {visited: [], freed: false}};
    {now: ($call + .next), next: (.next | if $call.to == "AF_UNSPEC" then .freed = true
      elif $call.action == "connect" then .visited += [$call] else . end)};
    .now);
def visits($calls): $calls | group_by(.lane)[] | remembering;

# The start of a program that Valgrind runs: its own name is not known.
def under_valgrind: .program // "" | test("/(valgrind|memcheck)");

# Whether a start is that of a program that students complete, which only these run under Valgrind.
def is_answer: under_valgrind or (.program // "" | split("/")[-1] | IN($programs | splits(" ")));
