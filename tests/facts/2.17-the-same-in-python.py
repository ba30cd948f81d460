# 2.17 It is the same in Python
# verdict  False
# text     the peer's datagram: from the peer
#          a stranger's datagram: BlockingIOError
#          after a refusal: ConnectionRefusedError, errno 111
# needs    loopback, python3
import socket

LO = "127.0.0.1"


def udp():
    return socket.socket(socket.AF_INET, socket.SOCK_DGRAM)


def hear(sock):
    try:
        return sock.recv(100, socket.MSG_DONTWAIT).decode()
    except ConnectionRefusedError as refused:
        return f"ConnectionRefusedError, errno {refused.errno}"
    except BlockingIOError:
        return "BlockingIOError"


server, stranger, client = udp(), udp(), udp()
server.bind((LO, 7001))
client.connect((LO, 7001))
server.sendto(b"from the peer", client.getsockname())
print("the peer's datagram:", hear(client))
stranger.sendto(b"from a stranger", client.getsockname())
print("a stranger's datagram:", hear(client))
server.close()
client.send(b"x")
print("after a refusal:", hear(client))
