//! The admin port: metrics, and probes for an orchestrator, over plain HTTP/1.1.

use std::{convert::Infallible, sync::Arc, time::Duration};

use bytes::Bytes;
use http::{Request, Response, StatusCode, header::CONTENT_TYPE};
use http_body_util::Full;
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{net::TcpListener, sync::watch};

use super::connections::Phase;
use crate::{metrics::Metrics, pool::Pool};

/// How long a client may take to ask.
const PATIENCE: Duration = Duration::from_secs(10);

/// What the port tells.
#[derive(Clone)]
pub struct Admin {
    pub metrics: Arc<Metrics>,
    pub pool: Arc<Pool>,
    /// False from the signal to stop on.
    pub ready: watch::Receiver<bool>,
}

impl Admin {
    /// Serves until dropped, or all is over.
    pub async fn serve(self, listener: TcpListener, phase: watch::Receiver<Phase>) {
        loop {
            let Ok((stream, _)) = listener.accept().await else {
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            };
            let admin = self.clone();
            let mut phase = phase.clone();
            tokio::spawn(async move {
                let answer = service_fn(move |request: Request<Incoming>| {
                    let response = admin.answer(request.uri().path());
                    async move { Ok::<_, Infallible>(response) }
                });
                let connection = http1::Builder::new()
                    .timer(TokioTimer::new())
                    .header_read_timeout(PATIENCE)
                    .serve_connection(TokioIo::new(stream), answer);
                tokio::select! {
                    // Whoever asks here asks again.
                    _ = connection => {}
                    _ = phase.wait_for(|&phase| phase == Phase::Over) => {}
                }
            });
        }
    }

    fn answer(&self, path: &str) -> Response<Full<Bytes>> {
        const TEXT: &str = "text/plain; charset=utf-8";
        const METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";
        let (code, kind, text) = match path {
            "/metrics" => (StatusCode::OK, METRICS, self.metrics.render(self.pool.load())),
            "/livez" => (StatusCode::OK, TEXT, "ok\n".to_owned()),
            "/readyz" if *self.ready.borrow() => (StatusCode::OK, TEXT, "ok\n".to_owned()),
            "/readyz" => (StatusCode::SERVICE_UNAVAILABLE, TEXT, "shutting down\n".to_owned()),
            _ => {
                let known = "/metrics, /livez, /readyz\n".to_owned();
                (StatusCode::NOT_FOUND, TEXT, known)
            }
        };
        let mut response = Response::new(Full::from(text));
        *response.status_mut() = code;
        response.headers_mut().insert(CONTENT_TYPE, http::HeaderValue::from_static(kind));
        response
    }
}
