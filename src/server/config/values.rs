//! Values of settings that clap cannot read by itself.

use std::{
    fmt, net::SocketAddr, num::NonZero, path::PathBuf, str::FromStr, thread, time::Duration,
};

/// The longest time that a setting may name: a year. Sums of a few of them with a clock
/// never overflow.
const LONGEST: Duration = Duration::from_secs(365 * 24 * 60 * 60);

pub fn cores() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

/// Seconds, as "30" or "0.5".
pub fn seconds(value: &str) -> Result<Duration, String> {
    let seconds: f64 = value.parse().map_err(|_| "not a number of seconds".to_owned())?;
    let seconds = Duration::try_from_secs_f64(seconds).map_err(|error| error.to_string())?;
    if seconds > LONGEST { Err("more than a year".to_owned()) } else { Ok(seconds) }
}

/// Where to listen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Listen {
    Tcp(SocketAddr),
    Unix(PathBuf),
}

impl Listen {
    /// Whether another machine may reach it.
    pub fn is_exposed(&self) -> bool {
        matches!(self, Self::Tcp(address) if !address.ip().to_canonical().is_loopback())
    }
}

impl FromStr for Listen {
    type Err = String;

    fn from_str(value: &str) -> Result<Self, String> {
        match value.strip_prefix("unix:") {
            Some("") => Err("unix: needs a path".to_owned()),
            Some(path) => Ok(Self::Unix(path.into())),
            None => value
                .parse()
                .map(Self::Tcp)
                .map_err(|_| "neither an address like 127.0.0.1:50051 nor unix:PATH".to_owned()),
        }
    }
}

impl fmt::Display for Listen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp(address) => address.fmt(f),
            Self::Unix(path) => write!(f, "unix:{}", path.display()),
        }
    }
}
