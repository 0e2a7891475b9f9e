//! The way to a clean end.

use std::time::Duration;

use clap::Args;

use super::{ConfigError, values::seconds};

/// The way to a clean end.
#[derive(Clone, Copy, Debug, Args)]
pub struct Lifecycle {
    /// Seconds between a signal to stop, from when on health checks fail, and taking no
    /// more calls: what a load balancer needs to notice
    #[arg(
        long, env = "VERBATIM_DRAIN_DELAY", default_value = "0", value_name = "SECONDS",
        value_parser = seconds
    )]
    pub drain_delay: Duration,

    /// Seconds that calls in flight then have to finish
    #[arg(
        long, env = "VERBATIM_DRAIN_TIMEOUT", default_value = "30", value_name = "SECONDS",
        value_parser = seconds
    )]
    pub drain_timeout: Duration,
}

impl Lifecycle {
    pub(super) fn validate(&self) -> Result<(), ConfigError> {
        if self.drain_delay.as_secs() > 3600 {
            return Err(ConfigError::new("drain-delay", "must be at most 3600"));
        }
        Ok(())
    }
}
