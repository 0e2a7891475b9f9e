//! What every request passes through, outermost first.
//!
//! Knows headers and statuses, never messages.

use std::{any::Any, convert::Infallible, time::Duration};

use http::{HeaderMap, HeaderName, Request, Response};
use tonic::{Code, Status, body::Body, service::Routes};
use tower::{ServiceBuilder, util::BoxCloneSyncServiceLayer};
use tower_http::{
    catch_panic::CatchPanicLayer,
    classify::GrpcFailureClass,
    request_id::{MakeRequestUuid, PropagateRequestIdLayer, RequestId, SetRequestIdLayer},
    trace::{DefaultOnBodyChunk, TraceLayer},
};
use tracing::Span;

use crate::{error::Error, grpc::status};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The layers of the whole server. Boxed, because nobody wants to read its type;
/// that costs one allocation a request.
pub fn all(
    max_message_bytes: usize,
) -> BoxCloneSyncServiceLayer<Routes, Request<Body>, Response<Body>, Infallible> {
    let layers = ServiceBuilder::new()
        // tonic's own type of body, whatever the layers make of it.
        .map_response(|response: Response<_>| response.map(Body::new))
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
        // The client gets the id, to quote it when it asks us.
        .layer(PropagateRequestIdLayer::new(REQUEST_ID))
        // tonic's own errors get the code and details that ours have.
        .map_response(move |response: Response<_>| {
            correct_status(response.map(Body::new), max_message_bytes)
        })
        // Innermost: a panic in a handler becomes an answer, not a lost connection.
        .layer(CatchPanicLayer::custom(answer_panic));
    BoxCloneSyncServiceLayer::new(layers)
}

/// A span for each request, none for health checks: probes come every few seconds
/// and would drown the rest of the log.
fn span<B>(request: &Request<B>) -> Span {
    if request.uri().path().starts_with("/grpc.health.") {
        return Span::none();
    }
    let id = request.extensions().get::<RequestId>();
    let id = id.and_then(|id| id.header_value().to_str().ok()).unwrap_or_default();
    tracing::info_span!("request", id, method = request.uri().path())
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
fn answer_panic(_: Box<dyn Any + Send>) -> Response<Body> {
    tracing::error!("a request handler panicked");
    status::to_status(&Error::Panicked).into_http()
}
