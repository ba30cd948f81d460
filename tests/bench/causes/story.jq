# What each program under test did, as the rules look at it, and the frame in which they are asked. README.md beside
# this file says how a lab uses them.

# A cause: the words, the aspect that it belongs to, and what it is about, which a lab knows as one of its tasks.
def cause($aspect; $about): {aspect: $aspect, about: $about, says: .};

def expected: $expected | ltrimstr("under Valgrind, ");
def expects($pattern): expected | test($pattern);

# "client prints: Hi, g1" -> {lane: "client", fd: 1, words: "Hi, g1"}
def wanted_line:
  expected | capture("^(?<lane>[^ ]+) (?<how>prints|says on standard error|prints on standard error): (?<words>.+)$")
  | .fd = (if .how == "prints" then 1 else 2 end);

def has_nul: . // "" | explode | index(0) != null;
def up_to_nul: split("\u0000")[0] // "";

def succeeded: .result != null and .result >= 0;
def does_not_wait: .flags // "" | contains("MSG_DONTWAIT");
def looks_only: .flags // "" | contains("MSG_PEEK");
def is_written($fd): (.name | IN("write", "writev")) and .fd == $fd and .socket == null;
def written($fd): map(select(is_written($fd)) | .payload // "") | add // "";

# The call as C has it: without an address it is send and, on a socket with a peer, recv.
def called:
  if .name == "sendto" and .no_address then "send"
  elif .name == "recvfrom" and (.no_address or .from == null and .socket.peer != null)
      then "recv" # while it waits, its arguments are not known
  elif .name == "pselect6" then (if .arguments // "" | endswith("NULL") then "select" else "pselect" end)
  else .name end;

# Each call on a UDP socket with what had been connected to by then, and whether the association had been dissolved.
def remembering:
  foreach .[] as $call ({next: {visited: [], freed: false}};
    {now: ($call + .next), next: (.next | if $call.to == "AF_UNSPEC" then .freed = true
      elif $call.action == "connect" then .visited += [$call] else . end)};
    .now);

# Each element with the one before it.
def pairs: range(1; length) as $i | {before: .[$i - 1], now: .[$i]};

def host_of: sub(":[0-9]+$"; "");
def port_of: split(":")[-1];
def is_ipv4: test("^[0-9]+(\\.[0-9]+){3}$");
def port_exchanged: (port_of | tonumber) as $port | "\(host_of):\($port % 256 * 256 + ($port / 256 | floor))";
def host_exchanged: (host_of | split(".") | reverse | join(".")) + ":" + port_of;

# Which program of those that students complete a start is, if it is one. Valgrind has it among its arguments.
def answer: [.program // "", (.arguments // [])[]] | map(split("/")[-1])
    | first(.[] | select(. != "" and IN($programs | splits(" "))));

# Typed text as lines; read_line gives a long one in pieces of 4095 bytes.
def pieces: if length > 4095 then .[:4095], (.[4095:] | pieces) else . end;
def lines: split("\n") | (if .[-1] == "" then .[:-1] else . end) | map(pieces);

# sendmmsg and recvmmsg, as a call for each message.
def each_message: if (.messages // []) != [] and succeeded then . as $call | .messages[] | $call + . + {result: .bytes}
    else . end;

def story($start):
  . as $events
  | $start.lane as $lane
  | map(select(.lane == $lane)) as $mine
  | ($mine | map(select(.kind == "call"))) as $calls
  | ($calls | map(select(on_udp) | each_message)) as $udp
  | ($udp | map(select(.action == "recv"))) as $recvs
  | ($calls | map(select(.name == "read" and .fd == 0) | .payload // "") | add // "") as $typed
  | ($mine | map(select(.kind == "exit" and .signal != "SIGKILL")) | (map(select(.pid == $start.pid)) + .)[0])
      as $exit # the bench killed it
  | { lane: $lane, program: ($start | answer), asked: [($start.arguments // [])[] | select(is_ipv4)],
      calls: $calls, udp: $udp, recvs: $recvs, typed: $typed, lines: ($typed | lines),
      sockets: ($calls | map(select(.name == "socket"))),
      connects: ($udp | map(select(.action == "connect"))),
      binds: ($udp | map(select(.action == "bind"))),
      sends: ($udp | map(select(.action == "send"))),
      got: ($recvs | map(select(succeeded and .finished and (looks_only | not)))),
      peeks: ($recvs | map(select(succeeded and looks_only))),
      waits: ($calls | map(select(is_wait))),
      printed: ($calls | written(1)), complaint: ($calls | written(2)),
      signals: ($mine | map(select(.kind == "signal"))),
      ended: ($exit != null), status: $exit.status, killed: $exit.signal,
      others: ($events | map(select(.kind == "call" and .lane != $lane and .action == "send" and succeeded))),
      packets: ($events | packets) };

# The stories of the programs under test. The one that the test names comes first, and then the one that started last: a
# test goes step by step, and failed at its last one.
def stories:
  . as $events
  | [.[] | select(.kind == "start" and answer != null)]
  | to_entries | sort_by((.value.lane != (expected | split(" ")[0])), -.key)[].value as $start
  | $events | story($start);

# The first cause that a rule names. tasks: of a story, the numbers of the handout's tasks, by what they are about.
def tell(tasks; rules):
  first(stories | tasks as $tasks | rules | .task = $tasks[.about])
  | "\(.aspect)\u001f\(.says)\(if .task then " (task \(.task))" else "" end)";
