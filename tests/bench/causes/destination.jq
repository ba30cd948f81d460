# Aspect: destination. Which socket, and to which host and port, against what was asked for.

def server_port: "43211";

# --- the socket ---------------------------------------------------------------------------------------------------

def tcp_cause:
  select(any(.sockets[]; .socket.type == "TCP"))
  | "this is a TCP socket, and the other side uses UDP: SOCK_DGRAM makes a UDP socket"
  | cause("destination"; "socket");

# An address of IPv4 on a socket of IPv6: Linux sends it, and reports every sender as an IPv6 address.
def family_cause:
  select(any(.sockets[]; .socket.family == "IPv6") and all(.sockets[]; .socket.family != "IPv4") and .asked != [])
  | "the socket's family is AF_INET6 and the address's is AF_INET: " +
    "socket(AF_INET, SOCK_DGRAM, 0) makes a socket for this address"
  | cause("destination"; "socket");

def task_of_call: if .action == "connect" then "connect" elif .action == "bind" then "bind" else "send" end;

# --- where to -----------------------------------------------------------------------------------------------------

# Where this program may send: where it was asked to, and back to everybody who sent to it.
def destinations: [.asked[] | "\(.):\(server_port)"] + [.got[], .peeks[] | .from // empty];

# $to is none of $rights, of which the first is the right one. $does: what the program does with it, sends or connects.
def wrong_destination($rights; $story; $does):
  . as $to
  | ([$rights[] | host_of]) as $hosts
  | if $to == "AF_UNSPEC" then
      "the address has no family: set sin_family to AF_INET"
    elif $to == "other" then
      "the address is not of family AF_INET: set sin_family to AF_INET, " +
      "and pass a pointer to the address (not a pointer to that pointer)"
    elif port_exchanged | IN($rights[]) then
      if port_of == "52136" then
        "port 52136 is 43211 with its two bytes exchanged: store htons(SERV_PORT) in the address, once"
      else
        "port \(port_of) is \(port_exchanged | port_of) with its two bytes exchanged: " +
        "the port of an address stays in network byte order"
      end
    elif host_exchanged | IN($rights[]) then
      "address \(host_of) is \(host_exchanged | host_of) with its bytes exchanged: " +
      "inet_addr and inet_pton return network byte order already"
    elif IN($story.udp[].socket.local // empty) then
      "the program \($does) to \(.), the address of its own socket, and not to \($rights[0])"
    elif (host_of | IN($hosts[])) and port_of == "0" then
      "the port of the address is 0: store htons(SERV_PORT) in it"
    elif host_of | IN($hosts[]) then
      "the program \($does) to port \(port_of), and " +
      "\($rights | map(select(host_of == ($to | host_of)))[0] | port_of) is the port of the other side"
    elif host_of == "0.0.0.0" then
      "the program \($does) to INADDR_ANY (0.0.0.0), which Linux takes for this host: use the address \($hosts[0])"
    elif host_of == "255.255.255.255" then
      "the program \($does) to 255.255.255.255, and not to \($hosts[0]): " +
      "that is INADDR_NONE, which inet_addr returns for an error, or a broadcast"
    elif host_of | IN($story.udp[].socket.local // empty | host_of) then
      "the program \($does) to \(host_of), an address of its own, and not to \($hosts[0])"
    else
      "the program \($does) to \(host_of), and not to \($hosts[0])"
    end;

# A client that was asked for an address.
def destination_cause:
  . as $story | select(.asked != [])
  | destinations as $rights
  | (.sends[0].t // 0) as $sent # dissolving an association, later, is no mistake
  | first((.sends[], (.connects[] | select(.to != "AF_UNSPEC" or .t < $sent)))
      | select(.to != null and (.to | IN($rights[]) | not)))
  | task_of_call as $about
  | .to | wrong_destination($rights; $story; {connect: "connects", send: "sends"}[$about])
  | cause("destination"; $about);

# A server that replies: to somebody who has not sent it anything.
def reply_destination_cause:
  . as $story
  | first(.sends[] | select(.to != null) | . as $send
      | [$story.got[] | select(.t < $send.t) | .from // .socket.peer // empty] as $rights
      | select($rights != [] and ($send.to | IN($rights[]) | not))
      | $send.to | wrong_destination($rights | reverse; $story; "sends"))
  | cause("destination"; "send");

# --- calls that refuse an address ---------------------------------------------------------------------------------

def address_error_cause:
  first(.udp[] | select(.action | IN("send", "connect"))
    | task_of_call as $about
    | if .errno == "EINVAL" and .to != null and (.socket.local // "" | startswith("127."))
        and (.to | startswith("127.") | not) then
        "the socket is bound to \(.socket.local | host_of), and from there nothing can be sent to other hosts"
      elif .errno == "EINVAL" and .to == null then
        "\(called) failed (EINVAL): the size that it was passed is not that of a struct sockaddr_in. Is it the size " +
        "of a pointer?"
      elif .errno == "EINVAL" then
        "\(called) failed (EINVAL): the address, its size or its port is not valid. Is the size that of the whole " +
        "struct sockaddr_in?"
      elif .errno == "EAFNOSUPPORT" then
        "\(called) failed (EAFNOSUPPORT): the family of the address is not the socket's. Set sin_family to AF_INET"
      elif .errno == "EFAULT" then
        "\(called) failed (EFAULT): it takes a pointer to the address, and the size of the address"
      elif .action == "send" and .errno == "EDESTADDRREQ" then
        "\(called) needs a peer: the socket is not connected, and the call passes no address"
      else empty end
    | cause("destination"; $about));

# --- the address of its own ---------------------------------------------------------------------------------------

# A server's: everybody sends to that port, from any host.
def bind_cause:
  . as $story
  | (.binds[0].to // "") as $local
  | if any(.udp[]; .option | IN("SO_REUSEADDR", "SO_REUSEPORT")) then
      "\(first(.udp[].option | select(IN("SO_REUSEADDR", "SO_REUSEPORT")))) lets several UDP sockets have the same " +
      "port, and each datagram is received by one of them only"
    elif .binds == [] and (.connects[0].to // "" | . == "0.0.0.0:\(server_port)") then
      "connect sets the peer. It is bind that gives the socket the port that clients send to"
    elif .binds == [] and (.ended or .recvs + .waits != []) then
      "the program never calls bind: its socket has no port that clients could send to"
    elif .binds[0].errno == "EINVAL" then
      "bind failed (EINVAL): is the size that of the whole struct sockaddr_in?"
    elif $local | endswith(":52136") then
      "the server has port 52136, which is 43211 with its two bytes exchanged: " +
      "htons once, and ipv4_address calls it already"
    elif .binds != [] and ($local | port_of) != server_port then
      "bind was passed \(.binds[0].to // "no address"), and clients send to port \(server_port)"
    elif .binds[0].errno == "EADDRNOTAVAIL" then
      "bind was passed \($local | host_of), which is not an address of this host: " +
      "INADDR_ANY (0.0.0.0) is every address that it has"
    elif (.binds[0] // {}).errno == null and ($local | startswith("127."))
        and any($story.others[]; .to // "" | endswith(":" + server_port)) then
      "bind was passed \($local | host_of), which only programs on this host can send to: " +
      "INADDR_ANY (0.0.0.0) is every address"
    elif .binds != [] and .binds[0].errno == null and ($local | host_of) != "0.0.0.0" then
      "bind was passed \($local | host_of): what is sent to another address of this host is not received. INADDR_ANY " +
      "(0.0.0.0) is every address"
    else empty end
  | cause("destination"; "bind");

# A client's: it needs none.
def client_bind_cause:
  if any(.binds[]; .to // "" | endswith(":" + server_port)) then
    "bind gives the socket its own address, here with the servers' port. A client needs no bind: " +
    "the kernel chooses a free port"
  elif any(.binds[]; .errno == "EADDRINUSE") then
    "another client is bound to this port already. A client needs no bind: the kernel chooses a free port"
  elif any(.binds[]; .to // "" | startswith("127."))
      and (any(.sends[], .connects[]; .errno | IN("EINVAL", "ENETUNREACH")) or expects("ENETUNREACH")) then
    "the socket is bound to 127.0.0.1, and from there nothing can be sent to other hosts. A client needs no bind"
  else empty end
  | cause("destination"; "bind");

# --- by which interface -------------------------------------------------------------------------------------------

def loopback_interface_cause:
  first(.udp[] | select(.name == "setsockopt" and .result == 0)
    | if .option == "IP_MULTICAST_IF" and (.value // "" | test("127\\.0\\.0\\.1|^\\[16777343\\]$")) then
        "IP_MULTICAST_IF is set to 127.0.0.1: the datagrams leave by the loopback interface, " +
        "and no other host receives them"
      elif .option == "IP_MULTICAST_TTL" and (.value // "" | test("^\\[?0\\]?$")) then
        "IP_MULTICAST_TTL is set to 0: no datagram leaves this host"
      elif .option == "IP_TTL" and (.value // "" | test("^\\[?[01]\\]?$")) then
        "IP_TTL is set to \(.value | gsub("[^0-9]"; "")): no router passes such a datagram on"
      elif .option == "SO_BINDTODEVICE" then
        "SO_BINDTODEVICE ties the socket to one interface: without it, the routing table chooses the interface"
      else empty end)
  | cause("destination"; "send");
