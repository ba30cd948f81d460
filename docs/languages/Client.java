import java.io.IOException;
import java.net.*;

class Client {
    public static void main(String[] args) throws IOException {
        try (DatagramSocket client = new DatagramSocket()) {
            client.setSoTimeout(2000);
            client.connect(new InetSocketAddress("127.0.0.1", 43211));
            byte[] hello = "hello".getBytes(), room = new byte[4096];
            client.send(new DatagramPacket(hello, hello.length));
            DatagramPacket reply = new DatagramPacket(room, room.length);
            client.receive(reply);
            System.out.println(new String(room, 0, reply.getLength()));
        } catch (PortUnreachableException | SocketTimeoutException error) {
            System.out.println(error);
        }
    }
}
