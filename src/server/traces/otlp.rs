//! Traces over OTLP, by gRPC.

use std::time::Duration;

use http::{HeaderMap, HeaderValue};
use opentelemetry::{
    propagation::{Extractor, TextMapPropagator},
    trace::{TraceContextExt, TracerProvider},
};
use opentelemetry_otlp::{SpanExporter, WithExportConfig};
use opentelemetry_sdk::{
    Resource,
    propagation::TraceContextPropagator,
    trace::{Sampler, SdkTracerProvider},
};
use tracing::{Span, level_filters::LevelFilter};
use tracing_opentelemetry::OpenTelemetrySpanExt;
use tracing_subscriber::{Layer, Registry, filter::Targets};

use crate::server::config::{ConfigError, Observe};

/// How long the last spans may take on their way when the server ends.
const FLUSH: Duration = Duration::from_secs(3);

/// The way to the collector, where there is one.
pub struct Traces(Option<SdkTracerProvider>);

impl Traces {
    /// Sets up the way to the collector that is configured. Needs a runtime; does not
    /// wait for the collector, which may come and go.
    ///
    /// # Errors
    /// Its address is none.
    pub fn start(config: &Observe) -> Result<Self, ConfigError> {
        let Some(endpoint) = &config.otlp_endpoint else { return Ok(Self(None)) };
        let exporter = SpanExporter::builder().with_tonic().with_endpoint(endpoint).build();
        let exporter =
            exporter.map_err(|error| ConfigError::new("otlp-endpoint", error.to_string()))?;
        // OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES come in by themselves, and win.
        let resource = Resource::builder();
        let resource = match std::env::var_os("OTEL_SERVICE_NAME") {
            Some(_) => resource,
            None => resource.with_service_name(env!("CARGO_PKG_NAME")),
        };
        let sampler = Sampler::TraceIdRatioBased(config.otlp_sample);
        let provider = SdkTracerProvider::builder()
            .with_resource(resource.build())
            // What a client traces, it wants to see here too.
            .with_sampler(Sampler::ParentBased(Box::new(sampler)))
            .with_batch_exporter(exporter)
            .build();
        Ok(Self(Some(provider)))
    }

    /// What takes spans to the collector. Only the server's own: those of the way there
    /// would make new ones without end.
    pub fn layer(&self) -> Option<Box<dyn Layer<Registry> + Send + Sync>> {
        let tracer = self.0.as_ref()?.tracer(env!("CARGO_PKG_NAME"));
        let own = Targets::new().with_target(env!("CARGO_PKG_NAME"), LevelFilter::INFO);
        let layer = tracing_opentelemetry::layer()
            .with_tracer(tracer)
            .with_location(false)
            .with_threads(false)
            .with_filter(own);
        Some(Box::new(layer))
    }

    /// Sends what is left.
    pub async fn finish(self) {
        let Some(provider) = self.0 else { return };
        let sent = tokio::task::spawn_blocking(move || provider.shutdown_with_timeout(FLUSH));
        if let Ok(Err(error)) = sent.await {
            tracing::warn!(%error, "the last traces are lost");
        }
    }
}

/// Makes the span of a request part of the trace that its headers name.
pub fn join(span: &Span, headers: &HeaderMap) {
    let parent = TraceContextPropagator::new().extract(&Headers(headers));
    if parent.span().span_context().is_valid() {
        // It fails where no traces are made, and then nobody misses it.
        let _ = span.set_parent(parent);
    }
}

/// The span that we are in, as the header of an answer names it (W3C Trace Context,
/// level 2).
pub fn response_header() -> Option<HeaderValue> {
    let context = Span::current().context();
    let span = context.span();
    let context = span.span_context();
    // Where no traces are made, nothing is written.
    if !context.is_valid() {
        return None;
    }
    let (trace, span, flags) = (context.trace_id(), context.span_id(), context.trace_flags());
    HeaderValue::try_from(format!("00-{trace}-{span}-{:02x}", flags.to_u8())).ok()
}

/// Headers, as the propagator reads them.
struct Headers<'a>(&'a HeaderMap);

impl Extractor for Headers<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key)?.to_str().ok()
    }

    fn keys(&self) -> Vec<&str> {
        self.0.keys().map(http::HeaderName::as_str).collect()
    }
}
