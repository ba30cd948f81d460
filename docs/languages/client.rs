use std::net::UdpSocket;
use std::time::Duration;

fn ask() -> std::io::Result<String> {
    let client = UdpSocket::bind("0.0.0.0:0")?;
    client.set_read_timeout(Some(Duration::from_secs(2)))?;
    client.connect("127.0.0.1:43211")?;
    client.send(b"hello")?;
    let mut reply = [0; 4096];
    let n = client.recv(&mut reply)?;
    Ok(String::from_utf8_lossy(&reply[..n]).into_owned())
}

fn main() {
    match ask() {
        Ok(reply) => println!("{reply}"),
        Err(error) => println!("{error}"),
    }
}
