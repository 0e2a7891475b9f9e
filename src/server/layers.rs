//! What every request passes through, outermost first.
//!
//! Knows headers and statuses, never messages.

use std::{
    any::Any,
    convert::Infallible,
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::{Duration, Instant},
};

use http::{
    HeaderMap, HeaderName, HeaderValue, Request, Response,
    header::{AUTHORIZATION, CONTENT_TYPE},
};
use tonic::{Code, Status, body::Body, service::Routes};
use tonic_web::GrpcWebLayer;
use tower::{Service, ServiceBuilder, layer::layer_fn, util::BoxCloneSyncServiceLayer};
use tower_http::{
    catch_panic::CatchPanicLayer,
    classify::GrpcFailureClass,
    cors::CorsLayer,
    request_id::{MakeRequestUuid, PropagateRequestIdLayer, RequestId, SetRequestIdLayer},
    trace::{DefaultOnBodyChunk, TraceLayer},
};
use tracing::Span;

use super::{
    body::Counted,
    front::{self, FrontLayer},
    traces,
};
use crate::{
    error::Error,
    grpc::{methods::Method, status},
    metrics::Metrics,
};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// A longer id of a client's is replaced: it stands in every line of the log.
const LONGEST_REQUEST_ID: usize = 128;

/// The layers of the whole server. Boxed, because nobody wants to read its type;
/// that costs one allocation a request.
pub fn all(
    front: Arc<front::Shared>,
    max_message_bytes: usize,
) -> BoxCloneSyncServiceLayer<Routes, Request<Body>, Response<Body>, Infallible> {
    let (counted, panicked) = (Arc::clone(&front.metrics), Arc::clone(&front.metrics));
    let layers = ServiceBuilder::new()
        // tonic's own type of body, whatever the layers make of it.
        .map_response(|response: Response<_>| response.map(Body::new))
        .map_request(without_bad_id)
        // First to see the request, so that everything after it can name the request.
        .layer(SetRequestIdLayer::new(REQUEST_ID, MakeRequestUuid))
        // Around all the work, so that every log line of a request is in its span.
        .layer(
            TraceLayer::new_for_grpc()
                .make_span_with(span)
                .on_request(())
                .on_response(())
                .on_body_chunk(DefaultOnBodyChunk::new())
                .on_eos(log_end)
                .on_failure(log_failure),
        )
        // Within the span: the client learns which it was.
        .map_response(with_trace)
        // The client gets the id, to quote it when it asks us.
        .layer(PropagateRequestIdLayer::new(REQUEST_ID))
        .layer(layer_fn(move |inner| Count { inner, metrics: Arc::clone(&counted) }))
        // tonic's own errors get the code and details that ours have.
        .map_response(move |response: Response<Body>| correct_status(response, max_message_bytes))
        .layer(FrontLayer(front))
        .map_response(|response: Response<_>| response.map(Body::new))
        // Innermost: a panic in a handler becomes an answer, not a lost connection.
        .layer(CatchPanicLayer::custom(move |_: Box<dyn Any + Send>| {
            panicked.count_handler_panic();
            answer_panic()
        }));
    BoxCloneSyncServiceLayer::new(layers)
}

/// Browsers: gRPC-Web, and what a page may do.
pub fn web(origins: &[String]) -> (GrpcWebLayer, CorsLayer) {
    let origins: Vec<HeaderValue> =
        origins.iter().filter_map(|origin| origin.parse().ok()).collect();
    let name = HeaderName::from_static;
    let exposed = ["grpc-status", "grpc-message", "grpc-status-details-bin", "x-request-id"];
    let mut cors = CorsLayer::new();
    // Without origins no page of another may call: no header says that it may.
    if !origins.is_empty() {
        cors = cors
            .allow_origin(origins)
            .allow_methods([http::Method::POST])
            .allow_headers([
                CONTENT_TYPE,
                AUTHORIZATION,
                REQUEST_ID,
                name("x-grpc-web"),
                name("x-user-agent"),
                name("grpc-timeout"),
            ])
            .expose_headers(exposed.map(name))
            .max_age(Duration::from_secs(600));
    }
    (GrpcWebLayer::new(), cors)
}

/// Takes away an id that is no id.
fn without_bad_id(mut request: Request<Body>) -> Request<Body> {
    let good = request.headers().get(REQUEST_ID).is_none_or(|id| {
        id.len() <= LONGEST_REQUEST_ID
            && !id.is_empty()
            && id.as_bytes().iter().all(u8::is_ascii_graphic)
    });
    if !good {
        request.headers_mut().remove(REQUEST_ID);
    }
    request
}

/// Counts calls as they end.
#[derive(Clone)]
struct Count<S> {
    inner: S,
    metrics: Arc<Metrics>,
}

impl<S> Service<Request<Body>> for Count<S>
where
    S: Service<Request<Body>, Response = Response<Body>, Error = Infallible>,
    S::Future: Send + 'static,
{
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, Infallible>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let method = Method::of_path(request.uri().path()).name;
        // The service's own methods go by their last names.
        let method = method.strip_prefix("verbatim.v1.TextAnalysisService/").unwrap_or(method);
        let start = Instant::now();
        let (metrics, in_flight) = (Arc::clone(&self.metrics), self.metrics.begin());
        let count = move |code: &'static str| {
            metrics.count_request(method, code, start.elapsed());
            drop(in_flight);
        };
        // Whatever way the call goes, it ends once: with a status in the head, with one in
        // the trailers, or dropped on the way.
        let mut ended = Ended(Some(count));
        let answer = self.inner.call(request);
        Box::pin(async move {
            let response = answer.await?;
            if response.headers().contains_key(Status::GRPC_STATUS) {
                ended.tell(Some(response.headers()));
                return Ok(response);
            }
            Ok(response.map(|body| {
                Body::new(Counted::new(body, move |trailers: Option<&HeaderMap>| {
                    ended.tell(trailers);
                }))
            }))
        })
    }
}

/// Tells the code of a call when it ends; CANCELLED where it has none.
struct Ended<F: FnOnce(&'static str)>(Option<F>);

impl<F: FnOnce(&'static str)> Ended<F> {
    fn tell(&mut self, headers: Option<&HeaderMap>) {
        let status = headers.and_then(Status::from_header_map);
        let code = status.map_or(Code::Cancelled, |status| status.code());
        if let Some(tell) = self.0.take() {
            tell(status::name(code));
        }
    }
}

impl<F: FnOnce(&'static str)> Drop for Ended<F> {
    fn drop(&mut self) {
        self.tell(None);
    }
}

/// A span for each request, none for health checks: probes come every few seconds
/// and would drown the rest of the log.
fn span<B>(request: &Request<B>) -> Span {
    if request.uri().path().starts_with("/grpc.health.") {
        return Span::none();
    }
    let id = request.extensions().get::<RequestId>();
    let id = id.and_then(|id| id.header_value().to_str().ok()).unwrap_or_default();
    let method = Method::of_path(request.uri().path()).name;
    let span = tracing::info_span!("request", id, method, client = tracing::field::Empty);
    traces::join(&span, request.headers());
    span
}

/// Tells the client which span its call was.
fn with_trace<B>(mut response: Response<B>) -> Response<B> {
    if let Some(header) = traces::response_header() {
        response.headers_mut().insert(HeaderName::from_static("traceresponse"), header);
    }
    response
}

/// Logs a call that ran to its trailers.
fn log_end(trailers: Option<&HeaderMap>, took: Duration, span: &Span) {
    if span.is_none() {
        return;
    }
    let status = trailers.and_then(Status::from_header_map);
    let code = status.map_or(Code::Ok, |status| status.code());
    tracing::info!(code = ?code, ms = took.as_millis() as u64, "finished");
}

/// Logs a call that ended with an error before any message.
fn log_failure(failure: GrpcFailureClass, took: Duration, _: &Span) {
    let ms = took.as_millis() as u64;
    match failure {
        GrpcFailureClass::Status(code) => {
            let code = Code::from(code.code_raw());
            tracing::info!(code = ?code, ms, "refused");
        }
        other => tracing::warn!(error = %other, ms, "broke off"),
    }
}

/// Gives a status that tonic itself made, as for a message too large, the code and
/// details of our contract.
fn correct_status(response: Response<Body>, max_message_bytes: usize) -> Response<Body> {
    let found = Status::from_header_map(response.headers());
    let corrected = found
        .filter(|found| found.code() != Code::Ok)
        .and_then(|found| status::of_transport(&found, max_message_bytes));
    corrected.map_or(response, Status::into_http)
}

/// The answer to a request whose handler panicked. The message of the panic may
/// hold text, so it goes nowhere.
fn answer_panic() -> Response<Body> {
    tracing::error!("a request handler panicked");
    status::to_status(&Error::Panicked).into_http()
}
