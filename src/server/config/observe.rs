//! What the server shows of itself: logs, metrics, traces.

use std::net::SocketAddr;

use clap::{Args, ValueEnum};
use tracing_subscriber::EnvFilter;

use super::ConfigError;

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    Human,
    Json,
}

/// What the server shows of itself.
#[derive(Clone, Debug, Args)]
pub struct Observe {
    /// Form of the log on standard error
    #[arg(long, env = "VERBATIM_LOG_FORMAT", default_value = "human")]
    pub log_format: LogFormat,

    /// What is logged: a level (error, warn, info, debug, trace) or directives of
    /// tracing-subscriber's EnvFilter
    #[arg(long, env = "VERBATIM_LOG", default_value = "info", value_name = "FILTER")]
    pub log: String,

    /// Address for /metrics, /livez and /readyz over plain HTTP; none without it
    #[arg(long, env = "VERBATIM_ADMIN_LISTEN", value_name = "ADDR")]
    pub admin_listen: Option<SocketAddr>,

    /// OpenTelemetry collector that takes traces over gRPC: http://localhost:4317; none
    /// without it
    #[arg(long, env = "VERBATIM_OTLP_ENDPOINT", value_name = "URL")]
    pub otlp_endpoint: Option<String>,

    /// Share of the traces that are taken, 0 to 1, where the client has not decided it
    #[arg(long, env = "VERBATIM_OTLP_SAMPLE", default_value_t = 1.0, value_name = "SHARE")]
    pub otlp_sample: f64,
}

impl Observe {
    pub(super) fn validate(&self) -> Result<(), ConfigError> {
        self.filter()?;
        if let Some(endpoint) = &self.otlp_endpoint {
            let is_plain = endpoint.parse::<http::Uri>().is_ok_and(|uri| {
                uri.scheme_str() == Some("http") && uri.host().is_some_and(|host| !host.is_empty())
            });
            if !is_plain {
                // A collector stands beside the server; what it does with TLS is its own.
                let reason = "not an address like http://localhost:4317";
                return Err(ConfigError::new("otlp-endpoint", reason));
            }
            if !cfg!(feature = "otlp") {
                let reason = "this program was built without the feature otlp";
                return Err(ConfigError::new("otlp-endpoint", reason));
            }
        }
        if !(0.0..=1.0).contains(&self.otlp_sample) {
            return Err(ConfigError::new("otlp-sample", "not from 0 to 1"));
        }
        Ok(())
    }

    /// What is logged.
    pub fn filter(&self) -> Result<EnvFilter, ConfigError> {
        EnvFilter::try_new(&self.log).map_err(|error| ConfigError::new("log", error.to_string()))
    }
}
