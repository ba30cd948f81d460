# Aspect: descriptors. Calls on what is not a socket, or not the socket that was meant.

def is_zero_or_one: IN(0, 1);

def descriptor_cause:
  . as $story
  | (.calls | map(select(.name == "close" and .result == 0))) as $closed
  | first(.calls[] | select(.errno | IN("ENOTSOCK", "EBADF")))
  | . as $call
  | if (.fd // -1 | is_zero_or_one) and any($story.sockets[]; succeeded) then
      "\(called) was passed \(.fd), which is the result of a comparison: " +
      "(fd = socket(...)) < 0 needs its inner parentheses"
    elif .errno == "ENOTSOCK" then
      "\(called) was passed the descriptor \(.fd), which is not a socket: pass the one that socket returned"
    elif any($closed[]; .fd == $call.fd and .t < $call.t) then
      "\(called) was passed the socket \(.fd) after it was closed: close it at the end of the program"
    elif .fd == null then
      "\(called) was passed a descriptor that is not open: pass the one that socket returned"
    else
      "\(called) was passed \(.fd), which is not an open descriptor: pass the one that socket returned"
    end;

# set_receive_deadline found out before a call of the program's own did.
def deadline_of_no_socket:
  if .complaint | contains("SO_RCVTIMEO failed: Socket operation on non-socket") then
    "set_receive_deadline was passed a descriptor that is not a socket: " +
    "(fd = socket(...)) < 0 needs its inner parentheses"
  elif .complaint | contains("SO_RCVTIMEO failed: Bad file descriptor") then
    "set_receive_deadline was passed a descriptor that is not open: " +
    "call it after socket, with the descriptor that socket returned"
  else empty end;

def descriptors_cause:
  first(deadline_of_no_socket, descriptor_cause,
    (first(.calls[] | select(.errno == "EMFILE"))
        | "there are too many open descriptors (EMFILE): every socket is left open, and a new one is made"))
  | cause("descriptors"; "socket");

# Where the test wants one socket.
def one_socket_cause:
  select((.sockets | length) > 1 and expects("calls (socket|connect), once"))
  | "the program makes a new socket for each line: one socket can send and receive as often as you like"
  | cause("descriptors"; "socket");

# The receiving socket is not the one that sent: replies go to the port that sent.
def same_socket_cause:
  (first(.sends[] | select(succeeded)) | .fd) as $sent
  | select($sent != null and all(.recvs[], .waits[]; .fd != null and .fd != $sent) and .recvs + .waits != [])
  | "the program waits on another socket than the one that sent: the replies go to the port of the one that sent"
  | cause("descriptors"; "receive");

def broken_pipe_cause:
  first(.calls[] | select(.errno == "EPIPE"))
  | "\(called) failed (EPIPE): the socket was shut down for sending, " +
    "or is a stream without a peer. SIGPIPE then ends the program"
  | cause("descriptors"; "send");
