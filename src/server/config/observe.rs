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
}

impl Observe {
    pub(super) fn validate(&self) -> Result<(), ConfigError> {
        self.filter().map(drop)
    }

    /// What is logged.
    pub fn filter(&self) -> Result<EnvFilter, ConfigError> {
        EnvFilter::try_new(&self.log).map_err(|error| ConfigError::new("log", error.to_string()))
    }
}
