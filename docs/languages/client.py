import socket

client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
client.settimeout(2)
client.connect(("127.0.0.1", 43211))
try:
    client.send(b"hello")
    print(client.recv(4096).decode())
except ConnectionRefusedError as refused:
    print(refused)
except TimeoutError:
    print("no answer")
