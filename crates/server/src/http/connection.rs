//! Connections: how many, how long, and how they end.

use super::{Peer, handle, routes};
use crate::app::App;
use axum::body::Body;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{sleep, timeout};

/// How long a client may take for the head of a request, the time between two requests included.
const HEAD: Duration = Duration::from_secs(30);
/// How long requests in flight may take after the signal to stop.
const DRAIN: Duration = Duration::from_secs(30);
/// Pause after the system refused a connection (no file handles left), so that some can close.
const BREATHE: Duration = Duration::from_millis(50);
/// Most headers of a request.
const HEADERS: usize = 100;

/// Accepts and serves connections until `shutdown` is done, then lets requests in flight finish.
pub async fn serve(app: Arc<App>, listener: TcpListener, shutdown: impl Future<Output = ()>) {
    let mut shutdown = pin!(shutdown);
    let graceful = GracefulShutdown::new();
    let routes = routes(Arc::clone(&app));
    let mut http = http1::Builder::new();
    // Timeouts are inert without a timer. A client that closes its sending side still gets its answer.
    http.timer(TokioTimer::new()).header_read_timeout(HEAD).max_headers(HEADERS).half_close(true);
    loop {
        let place = tokio::select! {
            place = Arc::clone(&app.connections).acquire_owned() => place,
            () = &mut shutdown => break,
        };
        let Ok(place) = place else { break };
        let (stream, remote) = tokio::select! {
            accepted = accept(&listener) => accepted,
            () = &mut shutdown => break,
        };
        let app = Arc::clone(&app);
        let routes = routes.clone();
        let service = service_fn(move |request: hyper::Request<Incoming>| {
            let (app, routes) = (Arc::clone(&app), routes.clone());
            async move {
                let mut request = request.map(Body::new);
                let peer = Peer::judge(&app, remote.ip(), request.headers());
                request.extensions_mut().insert(peer);
                Ok::<_, Infallible>(handle(&app, routes, request).await)
            }
        });
        let connection = graceful.watch(http.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            // What breaks a connection is the client's affair.
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended early");
            }
            drop(place);
        });
    }
    drop(listener);
    if timeout(DRAIN, graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests did not finish within 30 s and were cut off");
    }
}

async fn accept(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
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
