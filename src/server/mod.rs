//! Lifecycle: from a listener and a shutdown future to a clean end.
//!
//! Knows neither linguistics nor the fields of messages; `config` says what may be
//! set, `layers` what every request passes through, `logging` how logs look.

pub mod config;
mod layers;
pub mod logging;

use std::{future::Future, sync::Arc};

use tokio::{net::TcpListener, sync::watch};
use tonic::transport::{Server, server::TcpIncoming};
use tonic_health::server::HealthReporter;

pub use config::{Config, ConfigError};

use crate::{
    analysis::Analyzer,
    grpc::{
        Limits, TextAnalysis,
        proto::{FILE_DESCRIPTOR_SET, text_analysis_service_server::TextAnalysisServiceServer},
    },
    pool::Pool,
};

/// Why the server could not run.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    #[error("cannot start the worker threads: {0}")]
    Pool(#[from] rayon::ThreadPoolBuildError),
    #[error("cannot set up reflection: {0}")]
    Reflection(#[from] tonic_reflection::server::Error),
    #[error("the transport failed: {0}")]
    Transport(#[from] tonic::transport::Error),
}

type Analysis = TextAnalysisServiceServer<TextAnalysis>;

/// Serves on `listener` until `shutdown` completes; then takes no more calls, lets
/// those in flight finish within `config.drain_timeout`, and returns.
///
/// # Errors
/// The worker threads cannot be started, or the listener fails.
pub async fn run(
    listener: TcpListener,
    shutdown: impl Future<Output = ()>,
    config: Config,
) -> Result<(), ServeError> {
    let pool = Arc::new(Pool::new(config.worker_threads, config.max_pending)?);
    let limits = Limits {
        max_text_bytes: config.max_text_bytes,
        max_message_bytes: config.max_message_bytes,
        worker_threads: config.worker_threads,
        max_pending: config.max_pending,
        stream_concurrency: config.stream_concurrency,
    };
    let analysis = Analysis::new(TextAnalysis::new(Analyzer::new(), pool, limits))
        .max_decoding_message_size(config.max_message_bytes);
    let (health, health_service) = tonic_health::server::health_reporter();
    health.set_serving::<Analysis>().await;

    // Two versions of reflection, because the common grpcurl speaks the old one
    // only, with the same descriptors, because it prints error details by them.
    let reflection = || {
        tonic_reflection::server::Builder::configure()
            .register_encoded_file_descriptor_set(FILE_DESCRIPTOR_SET)
            .register_encoded_file_descriptor_set(tonic_health::pb::FILE_DESCRIPTOR_SET)
            .register_encoded_file_descriptor_set(tonic_types::pb::FILE_DESCRIPTOR_SET)
    };
    let router = Server::builder()
        .layer(layers::all(config.max_message_bytes))
        .add_service(health_service)
        .add_service(reflection().build_v1()?)
        .add_service(reflection().build_v1alpha()?)
        .add_service(analysis);

    let (drain, draining) = watch::channel(false);
    let serve = router.serve_with_incoming_shutdown(
        // Answers are small: waiting to fill a packet only adds latency.
        TcpIncoming::from(listener).with_nodelay(Some(true)),
        wait_for(draining.clone()),
    );
    let end = async {
        shutdown.await;
        tracing::info!("shutting down");
        not_serving(&health).await;
        // The receiver may be gone, if the transport has failed meanwhile.
        let _ = drain.send(true);
        // An idle connection that never closes must not keep the process alive.
        tokio::time::sleep(config.drain_timeout).await;
        tracing::warn!("calls were still open after the drain timeout");
    };
    tokio::select! {
        result = serve => result?,
        () = end => {}
    }
    Ok(())
}

/// Completes when draining starts.
async fn wait_for(mut draining: watch::Receiver<bool>) {
    // An error means that the sender is gone: nothing to wait for either.
    let _ = draining.wait_for(|&draining| draining).await;
}

/// Tells health checks to send their calls elsewhere.
async fn not_serving(health: &HealthReporter) {
    health.set_not_serving::<Analysis>().await;
    health.set_service_status("", tonic_health::ServingStatus::NotServing).await;
}
