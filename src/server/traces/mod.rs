//! Traces: a span for each request, and in it one for each capability, sent to an
//! OpenTelemetry collector. Where a client sends a W3C `traceparent`, they are part of
//! its trace; every answer tells theirs as `traceresponse`.
//!
//! Spans carry what the log does: methods, codes, request ids, never text. Without the
//! feature `otlp` nothing is made, and the setting that asks for it is refused.

#[cfg(feature = "otlp")]
mod otlp;
#[cfg(feature = "otlp")]
pub use otlp::{Traces, join, response_header};

#[cfg(not(feature = "otlp"))]
mod none;
#[cfg(not(feature = "otlp"))]
pub use none::{Traces, join, response_header};
