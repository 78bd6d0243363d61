//! Connections: how many, how long, and how they end.

use super::{Peer, handle};
use crate::app::App;
use axum::Router;
use axum::body::Body;
use futures_util::FutureExt;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, watch};
use tokio::time::{sleep, timeout};

/// How long a client may take for the head of a request, the time between two requests included.
const HEAD: Duration = Duration::from_secs(30);
/// How long who has just come in at the end may take to begin his first request: it may be on its way.
const FIRST: Duration = Duration::from_secs(2);
/// How long requests in flight may take once nobody new is let in.
const FINISH: Duration = Duration::from_secs(30);
/// Pause after the system refused a connection (no file handles left), so that some can close.
const BREATHE: Duration = Duration::from_millis(50);
/// Most headers of a request.
const HEADERS: usize = 100;

/// Accepts and serves connections until `shutdown` is done, and for [`App::drain`] more, in which every answer is the last of
/// its connection and the service is not ready, so that others are asked instead. Then lets requests in flight finish.
pub async fn serve(app: Arc<App>, routes: Router, listener: TcpListener, shutdown: impl Future<Output = ()>) {
    let door = Door::new(Arc::clone(&app), routes, listener);
    door.open_until(shutdown).await;
    app.is_stopping.store(true, Ordering::Relaxed);
    door.open_until(sleep(app.drain)).await;
    if timeout(FINISH, door.close()).await.is_err() {
        tracing::warn!("some requests did not finish within 30 s and were cut off");
    }
}

/// Where connections come in.
struct Door {
    app: Arc<App>,
    listener: TcpListener,
    routes: Router,
    http: http1::Builder,
    /// Told to every connection when nobody new is let in; each listens for as long as it lasts.
    closing: watch::Sender<bool>,
}

impl Door {
    fn new(app: Arc<App>, routes: Router, listener: TcpListener) -> Self {
        let mut http = http1::Builder::new();
        // Timeouts are inert without a timer. A client that closes its sending side still gets its answer.
        http.timer(TokioTimer::new()).header_read_timeout(HEAD).max_headers(HEADERS).half_close(true);
        Self { app, listener, routes, http, closing: watch::Sender::new(false) }
    }

    async fn open_until(&self, closing: impl Future<Output = ()>) {
        let mut closing = pin!(closing);
        loop {
            let place = tokio::select! {
                place = Arc::clone(&self.app.connections).acquire_owned() => place,
                () = &mut closing => break,
            };
            let Ok(place) = place else { break };
            let (stream, remote) = tokio::select! {
                accepted = self.accept() => accepted,
                () = &mut closing => break,
            };
            self.let_in(stream, remote, place);
        }
    }

    async fn accept(&self) -> (TcpStream, SocketAddr) {
        loop {
            match self.listener.accept().await {
                Ok((stream, remote)) => {
                    // Answers are small and leave at once.
                    let _ = stream.set_nodelay(true);
                    return (stream, remote);
                }
                Err(error) => {
                    tracing::debug!(%error, "a connection was not accepted");
                    sleep(BREATHE).await;
                }
            }
        }
    }

    fn let_in(&self, stream: TcpStream, remote: SocketAddr, place: OwnedSemaphorePermit) {
        let (app, routes, closing) = (Arc::clone(&self.app), self.routes.clone(), self.closing.subscribe());
        let has_asked = Arc::new(AtomicBool::new(false));
        let asks = Arc::clone(&has_asked);
        let service = service_fn(move |request: hyper::Request<Incoming>| {
            let (app, routes) = (Arc::clone(&app), routes.clone());
            asks.store(true, Ordering::Relaxed);
            async move {
                let mut request = request.map(Body::new);
                let peer = Peer::judge(&app, remote.ip(), request.headers());
                request.extensions_mut().insert(peer);
                Ok::<_, Infallible>(handle(&app, routes, request).await)
            }
        });
        let connection = self.http.serve_connection(TokioIo::new(stream), service);
        tokio::spawn(async move {
            let mut connection = pin!(connection);
            let ended = tokio::select! {
                ended = connection.as_mut() => ended,
                () = must_end(closing.clone(), &has_asked) => {
                    connection.as_mut().graceful_shutdown();
                    connection.await
                }
            };
            // What breaks a connection is the client's affair.
            if let Err(error) = ended {
                tracing::debug!(%error, "a connection ended early");
            }
            drop((place, closing));
        });
    }

    /// Lets nobody new in, and waits for who is inside.
    async fn close(self) {
        // The system has let in who stands in its queue already, and would cut them off.
        while let Ok(place) = Arc::clone(&self.app.connections).try_acquire_owned()
            && let Some((stream, remote)) = self.accept().now_or_never()
        {
            self.let_in(stream, remote, place);
        }
        drop(self.listener);
        let _ = self.closing.send(true);
        self.closing.closed().await;
    }
}

/// Until a connection is to end with the request that it is about, or at once if it is idle. One that is new is not idle: its
/// first request may be on its way, and would be lost.
async fn must_end(mut closing: watch::Receiver<bool>, has_asked: &AtomicBool) {
    let _ = closing.wait_for(|is_closing| *is_closing).await;
    if !has_asked.load(Ordering::Relaxed) {
        sleep(FIRST).await;
    }
}
