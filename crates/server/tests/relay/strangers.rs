//! What answers is no mail server, or one that does not play by the rules.

use super::{impatient, relay};
use burnbag_server::config::Tls;
use burnbag_server::mail::Trouble;
use std::time::Duration;
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::time::timeout;

/// What keeps a line from being opened to who says this, again and again or once.
async fn trouble(says: &[u8], again: bool) -> Trouble {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let says = says.to_owned();
    tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.expect("a connection");
        while socket.write_all(&says).await.is_ok() && again {}
        std::future::pending::<()>().await;
    });
    let (relay, _) = relay(port, |mail| mail.tls = Tls::None);
    relay.connect().await.expect_err("trouble")
}

#[tokio::test]
async fn who_does_not_speak_smtp_is_no_mail_server() {
    assert_eq!(trouble(b"HTTP/1.1 400 Bad Request\r\n\r\n", false).await, Trouble::Nonsense);
    assert_eq!(trouble(b"SSH-2.0-OpenSSH_9.2\r\n", false).await, Trouble::Nonsense);
    assert_eq!(trouble(b"\xb2\xb2\xb0 hello\r\n", false).await, Trouble::Nonsense);
}

#[tokio::test]
async fn who_talks_without_an_end_is_cut_off() {
    assert_eq!(trouble(&[b'2'; 4096], true).await, Trouble::Nonsense);
    assert_eq!(trouble(b"220-and so on\r\n", true).await, Trouble::Nonsense);
}

/// Not to be taken for the wrong `tls`, which shows itself once there is a connection.
#[tokio::test]
async fn who_does_not_take_connections_cannot_be_reached() {
    let socket = TcpSocket::new_v4().expect("a socket");
    socket.bind("127.0.0.1:0".parse().expect("an address")).expect("a port");
    let listener = socket.listen(1).expect("a queue");
    let address = listener.local_addr().expect("an address");
    // Once its queue is full the system lets further ones wait without an answer.
    let mut queue = Vec::new();
    // A machine that is busy takes its time, too.
    let patience = Duration::from_secs(2);
    while let Ok(Ok(one)) = timeout(patience, TcpStream::connect(address)).await {
        queue.push(one);
    }
    let (relay, _) = relay(address.port(), |mail| {
        mail.server = Some("127.0.0.1".to_owned());
        impatient(mail);
    });
    assert_eq!(relay.connect().await.expect_err("trouble"), Trouble::Unreachable);
}

#[tokio::test]
async fn a_name_that_nobody_has() {
    let (relay, _) = relay(25, |mail| mail.server = Some("nobody.invalid".to_owned()));
    assert_eq!(relay.connect().await.expect_err("trouble"), Trouble::Unknown);
}
