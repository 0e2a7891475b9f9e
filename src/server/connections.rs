//! Takes connections and serves each to its end.

use std::{
    convert::Infallible,
    io,
    pin::pin,
    sync::{Arc, PoisonError},
    time::Duration,
};

use http::{Request, Response};
use hyper::body::Incoming;
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::conn::auto,
    service::TowerToHyperService,
};
use rustls::ServerConfig;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    sync::{Semaphore, mpsc, watch},
    time::Instant,
};
use tokio_rustls::TlsAcceptor;
use tonic::body::Body;
use tower::{Service, ServiceExt};

use super::{
    body::Limited,
    config::Connections,
    identity::Peer,
    life::{Calls, Life, Step},
    linger::Lingering,
    listener::Listener,
    reload::Current,
};
use crate::{
    grpc::methods::{Method, Need},
    metrics::Metrics,
};

/// How far the server is on its way to the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    Serving,
    /// No more connections, and no more calls on those that are there.
    Draining,
    /// Whatever is open breaks off.
    Over,
}

/// What all connections share.
pub struct Terms {
    pub settings: Connections,
    pub tls: Option<Current<ServerConfig>>,
    pub max_connections: usize,
    pub max_concurrent_streams: u32,
    /// Bytes; far more than that and HTTP/2 itself refuses a call.
    pub max_header_bytes: u32,
    /// Whether HTTP/1 is spoken too.
    pub http1: bool,
    pub metrics: Arc<Metrics>,
}

/// What a connection needs to be told when all are gone.
type Open = mpsc::Sender<()>;

/// Takes connections and serves them with `service` until the server drains. The
/// receiver ends when the last connection has.
pub async fn accept<S>(
    listener: Listener,
    service: S,
    terms: Arc<Terms>,
    mut phase: watch::Receiver<Phase>,
    open: Open,
) where
    S: Service<Request<Body>, Response = Response<Body>, Error = Infallible>
        + Clone
        + Send
        + 'static,
    S::Future: Send + 'static,
{
    let places = Arc::new(Semaphore::new(terms.max_connections));
    let builder = builder(&terms);
    loop {
        let next = async {
            // More wait in the listener's backlog.
            let place = Arc::clone(&places).acquire_owned().await;
            (place, listener.accept().await)
        };
        let (place, accepted) = tokio::select! {
            next = next => next,
            _ = phase.wait_for(|&phase| phase > Phase::Serving) => {
                // Before `open`, which the end of the server waits for: the file of a Unix
                // socket goes with its listener.
                drop(listener);
                return;
            }
        };
        let (stream, address) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                after_failure(&error).await;
                continue;
            }
        };
        let (service, terms, phase) = (service.clone(), Arc::clone(&terms), phase.clone());
        let (builder, open) = (builder.clone(), open.clone());
        tokio::spawn(async move {
            let stream = Lingering::new(stream, (place, open, terms.metrics.connect()));
            let life = Life::new(terms.settings, Instant::now());
            let tls = terms.tls.as_ref().map(|tls| {
                let tls = tls.read().unwrap_or_else(PoisonError::into_inner);
                TlsAcceptor::from(Arc::clone(&tls))
            });
            let Some(tls) = tls else {
                let peer = Peer::new(address, None);
                return serve(stream, peer, service, &builder, life, phase).await;
            };
            let timeout = terms.settings.handshake_timeout;
            let shaken = tokio::select! {
                shaken = tokio::time::timeout(timeout, tls.accept(stream)) => shaken,
                _ = wait_for(phase.clone(), Phase::Draining) => return,
            };
            match shaken {
                Ok(Ok(stream)) => {
                    let certificates = stream.get_ref().1.peer_certificates();
                    let certificate = certificates.and_then(|chain| chain.first());
                    let peer = Peer::new(address, certificate.map(|der| der.as_ref()));
                    serve(stream, peer, service, &builder, life, phase).await;
                }
                Ok(Err(error)) => tracing::debug!(%error, "no TLS"),
                Err(_) => tracing::debug!("no TLS in time"),
            }
        });
    }
}

/// Waits where trying again at once would only fail again: out of file descriptors.
async fn after_failure(error: &io::Error) {
    let of_one_connection = matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionRefused
            | io::ErrorKind::Interrupted
    );
    if !of_one_connection {
        tracing::warn!(%error, "cannot take a connection");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

async fn wait_for(mut phase: watch::Receiver<Phase>, wanted: Phase) {
    // An error means that the sender is gone, and the server with it.
    let _ = phase.wait_for(|&phase| phase >= wanted).await;
}

type Builder = auto::Builder<TokioExecutor>;

fn builder(terms: &Terms) -> Builder {
    let mut builder = auto::Builder::new(TokioExecutor::new());
    let interval = terms.settings.keepalive_interval;
    builder
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval((!interval.is_zero()).then_some(interval))
        .keep_alive_timeout(terms.settings.keepalive_timeout)
        .max_concurrent_streams(terms.max_concurrent_streams)
        // Beyond ours, so that ours is the one that answers as gRPC does.
        .max_header_list_size(terms.max_header_bytes.saturating_mul(4));
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(terms.settings.handshake_timeout)
        .max_buf_size((terms.max_header_bytes as usize * 4).max(16 << 10));
    if terms.http1 { builder } else { builder.http2_only() }
}

/// Serves one connection to its end.
async fn serve<S, I>(
    stream: I,
    peer: Peer,
    service: S,
    builder: &Builder,
    mut life: Life,
    mut phase: watch::Receiver<Phase>,
) where
    I: AsyncRead + AsyncWrite + Send + Unpin + 'static,
    S: Service<Request<Body>, Response = Response<Body>, Error = Infallible>
        + Clone
        + Send
        + 'static,
    S::Future: Send + 'static,
{
    let calls = Arc::new(Calls::default());
    let service = {
        let calls = Arc::clone(&calls);
        tower::service_fn(move |request: Request<Incoming>| {
            let works = Method::of_path(request.uri().path()).need != Need::Nothing;
            let call = calls.open(works);
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(peer.clone());
            let answer = service.clone().oneshot(request);
            async move {
                let response = answer.await?;
                Ok::<_, Infallible>(
                    response.map(|body| Body::new(Limited::new(body, Box::new(call), None))),
                )
            }
        })
    };
    let service = TowerToHyperService::new(service);
    let mut connection = pin!(builder.serve_connection(TokioIo::new(stream), service));
    loop {
        let now = Instant::now();
        let (draining, over) = {
            let phase = phase.borrow_and_update();
            (*phase >= Phase::Draining, *phase == Phase::Over)
        };
        let next = match life.step(&calls, draining, now) {
            _ if over => return,
            Step::Cut => return,
            Step::Ask => {
                connection.as_mut().graceful_shutdown();
                continue;
            }
            Step::Wait(next) => next,
        };
        tokio::select! {
            ended = connection.as_mut() => {
                if let Err(error) = ended {
                    tracing::debug!(error = %*error, "a connection broke off");
                }
                return;
            }
            () = tokio::time::sleep_until(next) => {}
            changed = phase.changed() => {
                if changed.is_err() {
                    return;
                }
            }
        }
    }
}
