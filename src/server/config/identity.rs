//! Who may call.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Who may use reflection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Reflection {
    /// Everybody
    On,
    /// Who may call the service
    Auth,
    /// Nobody
    Off,
}

/// Who may call.
#[derive(Clone, Debug, Args)]
pub struct Identity {
    /// File with a client's name and its bearer token on each line; calls without one
    /// of them are refused. Read again when it changes
    #[arg(long, env = "VERBATIM_TOKENS", value_name = "FILE")]
    pub tokens: Option<PathBuf>,

    /// Who may use reflection
    #[arg(long, env = "VERBATIM_REFLECTION", default_value = "on")]
    pub reflection: Reflection,
}
