//! Settings of the server, checked before any port opens.
//!
//! A setting is one field of one of the structs here: its flag, its `VERBATIM_*`
//! variable and its key in the settings file have the same name, and the first of
//! these three that says something wins (`file` brings the last one in). `limits`,
//! `transport`, `identity`, `lifecycle` and `observe` hold the settings of one subject
//! each, `values` reads what clap cannot.

mod file;
mod identity;
mod lifecycle;
mod limits;
mod observe;
mod transport;
mod values;

use std::path::PathBuf;

use clap::Args;

pub use file::{FileError, parse_with_file};
pub use identity::{Identity, Reflection};
pub use lifecycle::Lifecycle;
pub use limits::{Deadlines, Limits};
pub use observe::{LogFormat, Observe};
pub use transport::{ClientAuth, Connections, Tls, Web};
pub use values::Listen;

/// Every setting of the server.
#[derive(Clone, Debug, Args)]
pub struct Config {
    /// Where to listen: an address, where port 0 takes any free port, or unix:PATH
    #[arg(long, env = "VERBATIM_LISTEN", default_value = "127.0.0.1:50051", value_name = "ADDR")]
    pub listen: Listen,

    /// Serve plain text on an address that other machines reach, where there is no
    /// certificate
    #[arg(
        long, env = "VERBATIM_INSECURE", num_args = 0..=1, require_equals = true,
        default_value_t = false, default_missing_value = "true", value_name = "BOOL",
        action = clap::ArgAction::Set
    )]
    pub insecure: bool,

    /// TOML file with settings: max_text_bytes = 1048576
    #[arg(long, env = "VERBATIM_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,

    #[command(flatten)]
    pub limits: Limits,
    #[command(flatten)]
    pub deadlines: Deadlines,
    #[command(flatten)]
    pub connections: Connections,
    #[command(flatten)]
    pub tls: Tls,
    #[command(flatten)]
    pub web: Web,
    #[command(flatten)]
    pub identity: Identity,
    #[command(flatten)]
    pub lifecycle: Lifecycle,
    #[command(flatten)]
    pub observe: Observe,
}

/// A setting that makes no sense, and why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("--{setting}: {reason}")]
pub struct ConfigError {
    pub setting: &'static str,
    pub reason: String,
}

impl ConfigError {
    pub fn new(setting: &'static str, reason: impl Into<String>) -> Self {
        Self { setting, reason: reason.into() }
    }
}

impl Config {
    /// Checks what the types of the settings cannot say. Opens no port and no file.
    ///
    /// # Errors
    /// The first setting that makes no sense.
    pub fn validate(&self) -> Result<(), ConfigError> {
        self.limits.validate()?;
        self.deadlines.validate()?;
        self.connections.validate()?;
        self.tls.validate()?;
        self.web.validate()?;
        self.lifecycle.validate()?;
        self.observe.validate()?;
        if self.listen.is_exposed() && self.tls.certificate.is_none() && !self.insecure {
            let reason = format!(
                "{} can be reached from other machines: set --tls-cert and --tls-key, or \
                 --insecure to serve it in plain text",
                self.listen
            );
            return Err(ConfigError::new("listen", reason));
        }
        Ok(())
    }
}

/// Fails for the first of `values` that is not within `least..=most`.
fn within<T: PartialOrd + std::fmt::Display + Copy>(
    values: &[(&'static str, T, T, T)],
) -> Result<(), ConfigError> {
    for &(setting, value, least, most) in values {
        if value < least {
            return Err(ConfigError::new(setting, format!("must be at least {least}")));
        }
        if value > most {
            return Err(ConfigError::new(setting, format!("must be at most {most}")));
        }
    }
    Ok(())
}
