//! Lifecycle: from sockets and a shutdown future to a clean end.
//!
//! Knows neither linguistics nor the fields of messages. `config` says what may be set;
//! `listener`, `tls`, `connections` and `life` carry connections; a request passes
//! `layers`, then `front` with `identity`, `tokens`, `rate` and `gate`; `body` watches
//! over answers; `admin` is the port for metrics and probes, `reload` reads files again,
//! `logging` says how logs look, `traces` where spans go.

mod admin;
mod body;
pub mod config;
mod connections;
mod front;
mod gate;
mod identity;
mod layers;
mod life;
mod linger;
mod listener;
pub mod logging;
mod rate;
mod reload;
mod tls;
mod tokens;
pub mod traces;

use std::{
    future::Future,
    io,
    path::PathBuf,
    sync::{Arc, RwLock},
    time::Duration,
};

use sd_notify::NotifyState;
use tokio::{
    sync::{mpsc, watch},
    task::JoinSet,
};
use tonic::{codec::CompressionEncoding, service::Routes};
use tonic_health::server::HealthReporter;
use tower::{Layer, ServiceBuilder};

pub use config::{Config, ConfigError};
pub use listener::{Listener, Listeners};

use crate::{
    analysis::Analyzer,
    grpc::{
        Limits, TextAnalysis,
        proto::{FILE_DESCRIPTOR_SET, text_analysis_service_server::TextAnalysisServiceServer},
    },
    metrics::Metrics,
    pool::Pool,
};
use admin::Admin;
use config::Reflection;
use connections::{Phase, Terms};
use gate::Gate;
use identity::Identities;
use rate::Rates;
use tokens::Tokens;

/// Why the server could not run.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error("cannot start the worker threads: {0}")]
    Pool(#[from] io::Error),
    #[error("cannot set up reflection: {0}")]
    Reflection(#[from] tonic_reflection::server::Error),
}

type Analysis = TextAnalysisServiceServer<TextAnalysis>;

/// Often enough that clients which come and go take little memory.
const FORGET_INTERVAL: Duration = Duration::from_secs(10);

/// Settings that make sense, with the files that they name.
pub struct Prepared {
    config: Config,
    tls: Option<reload::Current<rustls::ServerConfig>>,
    tokens: Option<reload::Current<Tokens>>,
}

impl Prepared {
    /// Checks the settings and reads the files that they name. Opens no port.
    ///
    /// # Errors
    /// The first setting that makes no sense, or whose file cannot be used.
    pub fn new(config: Config) -> Result<Self, ConfigError> {
        config.validate()?;
        let current = |value| Arc::new(RwLock::new(value));
        let tls = tls::load(&config.tls, config.web.grpc_web)?.map(current);
        let tokens = match &config.identity.tokens {
            None => None,
            Some(path) => {
                let tokens = Tokens::read(path);
                let tokens = tokens.map_err(|reason| ConfigError::new("tokens", reason))?;
                Some(Arc::new(RwLock::new(Arc::new(tokens))))
            }
        };
        Ok(Self { config, tls, tokens })
    }

    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Reads the files again when they change, in `tasks`.
    fn reload(&self, tasks: &mut JoinSet<()>, metrics: &Arc<Metrics>) {
        let interval = self.config.tls.reload_interval;
        if let Some(current) = &self.tls {
            let settings = self.config.tls.clone();
            let paths = [&settings.certificate, &settings.key, &settings.client_ca];
            let paths: Vec<PathBuf> = paths.into_iter().flatten().cloned().collect();
            let http1 = self.config.web.grpc_web;
            let load = move || {
                tls::load(&settings, http1).map(|tls| tls.expect("settings with a certificate"))
            };
            let (current, metrics) = (Arc::clone(current), Arc::clone(metrics));
            tasks.spawn(reload::keep("tls", paths, interval, current, load, metrics));
        }
        if let (Some(current), Some(path)) = (&self.tokens, &self.config.identity.tokens) {
            let (current, metrics) = (Arc::clone(current), Arc::clone(metrics));
            let paths = vec![path.clone()];
            let path = path.clone();
            let load = move || Tokens::read(&path).map(Arc::new);
            tasks.spawn(reload::keep("tokens", paths, interval, current, load, metrics));
        }
    }
}

/// Checks `config` and serves on `listeners`; see `Prepared::serve`.
///
/// # Errors
/// A setting makes no sense, or the worker threads cannot be started.
pub async fn run(
    listeners: impl Into<Listeners>,
    shutdown: impl Future<Output = ()>,
    config: Config,
) -> Result<(), ServeError> {
    Prepared::new(config)?.serve(listeners, shutdown).await
}

impl Prepared {
    /// Serves until `shutdown` completes; then says so to health checks, waits for
    /// `drain_delay`, takes no more calls, lets those in flight finish within
    /// `drain_timeout`, and returns.
    ///
    /// # Errors
    /// The worker threads cannot be started.
    pub async fn serve(
        self,
        listeners: impl Into<Listeners>,
        shutdown: impl Future<Output = ()>,
    ) -> Result<(), ServeError> {
        let Listeners { main, admin } = listeners.into();
        let Config { limits, connections, web, lifecycle, .. } = self.config.clone();
        let metrics = Metrics::new();
        let pool = Arc::new(Pool::new(
            limits.worker_threads,
            limits.worker_nice as i32,
            limits.max_queue_wait,
        )?);
        let (health, health_service) = tonic_health::server::health_reporter();
        let (tell_ready, ready) = watch::channel(true);
        let (tell_phase, phase) = watch::channel(Phase::Serving);
        // Dropped at the end, and all that is in it.
        let mut tasks = JoinSet::new();

        let front = Arc::new(self.front(&pool, &metrics));
        if front.rates.is_some() {
            let front = Arc::clone(&front);
            tasks.spawn(async move {
                loop {
                    tokio::time::sleep(FORGET_INTERVAL).await;
                    front.rates.iter().for_each(Rates::forget);
                }
            });
        }
        let routes = self.routes(health_service, &pool, &metrics)?;
        let service = layers::all(front, limits.max_message_bytes).layer(routes);
        let terms = Arc::new(Terms {
            settings: connections,
            tls: self.tls.clone(),
            max_connections: limits.max_connections,
            max_concurrent_streams: limits.max_concurrent_streams,
            max_header_bytes: limits.max_header_bytes,
            http1: web.grpc_web,
            metrics: Arc::clone(&metrics),
        });
        let (open, mut closed) = mpsc::channel(1);
        health.set_serving::<Analysis>().await;
        if web.grpc_web {
            let (grpc_web, cors) = layers::web(&web.cors_origins);
            let service = ServiceBuilder::new().layer(cors).layer(grpc_web).service(service);
            tasks.spawn(connections::accept(main, service, terms, phase.clone(), open));
        } else {
            tasks.spawn(connections::accept(main, service, terms, phase.clone(), open));
        }
        if let Some(listener) = admin {
            let admin = Admin { metrics: Arc::clone(&metrics), pool, ready };
            tasks.spawn(admin.serve(listener, phase));
        }
        self.reload(&mut tasks, &metrics);
        notify(NotifyState::Ready);

        shutdown.await;
        tracing::info!("shutting down");
        notify(NotifyState::Stopping);
        // Receivers may be gone: nobody asked for an admin port.
        let _ = tell_ready.send(false);
        not_serving(&health).await;
        tokio::time::sleep(lifecycle.drain_delay).await;
        let _ = tell_phase.send(Phase::Draining);
        // Ends when every connection has dropped its sender.
        let drained = tokio::time::timeout(lifecycle.drain_timeout, closed.recv()).await;
        if drained.is_err() {
            tracing::warn!("calls were still open after the drain timeout");
        }
        let _ = tell_phase.send(Phase::Over);
        Ok(())
    }

    fn front(&self, pool: &Arc<Pool>, metrics: &Arc<Metrics>) -> front::Shared {
        let Config { limits, deadlines, identity, tls, .. } = &self.config;
        front::Shared {
            identities: Identities {
                tokens: self.tokens.clone(),
                certificates: tls.client_ca.is_some(),
                reflection: identity.reflection,
            },
            rates: Rates::new(limits.rate_limit, limits.rate_burst),
            calls: Gate::new(limits.max_pending),
            streams: Gate::new(limits.max_streams),
            deadlines: *deadlines,
            max_header_bytes: limits.max_header_bytes,
            pool: Arc::clone(pool),
            metrics: Arc::clone(metrics),
        }
    }

    fn routes<H>(
        &self,
        health: tonic_health::pb::health_server::HealthServer<H>,
        pool: &Arc<Pool>,
        metrics: &Arc<Metrics>,
    ) -> Result<Routes, ServeError>
    where
        H: tonic_health::pb::health_server::Health,
    {
        let (pool, metrics) = (Arc::clone(pool), Arc::clone(metrics));
        let max_message_bytes = self.config.limits.max_message_bytes;
        let analysis = TextAnalysis::new(Analyzer::new(), pool, metrics, self.limits());
        let mut analysis = Analysis::new(analysis).max_decoding_message_size(max_message_bytes);
        for encoding in [CompressionEncoding::Zstd, CompressionEncoding::Gzip] {
            analysis = analysis.accept_compressed(encoding).send_compressed(encoding);
        }
        // Two versions of reflection, because the common grpcurl speaks the old one
        // only, with the same descriptors, because it prints error details by them.
        let reflection = || {
            tonic_reflection::server::Builder::configure()
                .register_encoded_file_descriptor_set(FILE_DESCRIPTOR_SET)
                .register_encoded_file_descriptor_set(tonic_health::pb::FILE_DESCRIPTOR_SET)
                .register_encoded_file_descriptor_set(tonic_types::pb::FILE_DESCRIPTOR_SET)
        };
        let mut routes = Routes::new(analysis).add_service(health);
        if self.config.identity.reflection != Reflection::Off {
            routes = routes
                .add_service(reflection().build_v1()?)
                .add_service(reflection().build_v1alpha()?);
        }
        Ok(routes.prepare())
    }

    fn limits(&self) -> Limits {
        let Config { limits, deadlines, .. } = &self.config;
        Limits {
            max_text_bytes: limits.max_text_bytes,
            max_message_bytes: limits.max_message_bytes,
            worker_threads: limits.worker_threads,
            max_pending: limits.max_pending,
            max_queue_wait: limits.max_queue_wait,
            max_streams: limits.max_streams,
            stream_concurrency: limits.stream_concurrency,
            max_stream_requests: limits.max_stream_requests,
            max_connections: limits.max_connections,
            max_concurrent_streams: limits.max_concurrent_streams,
            max_header_bytes: limits.max_header_bytes,
            rate_limit: limits.rate_limit,
            request_timeout: deadlines.request_timeout,
            stream_timeout: deadlines.stream_timeout,
        }
    }
}

/// Tells systemd, where it has started us and wants to know.
fn notify(state: NotifyState<'_>) {
    if let Err(error) = sd_notify::notify(&[state]) {
        tracing::warn!(%error, "cannot notify systemd");
    }
}

/// Tells health checks to send their calls elsewhere.
async fn not_serving(health: &HealthReporter) {
    health.set_not_serving::<Analysis>().await;
    health.set_service_status("", tonic_health::ServingStatus::NotServing).await;
}
