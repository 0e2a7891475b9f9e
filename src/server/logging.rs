//! Logs, on standard error, for people or for programs. Never any text of a
//! document: nothing that has one is ever logged.

use std::{
    io::{self, IsTerminal},
    panic::PanicHookInfo,
};

use tracing_subscriber::{Layer, fmt, layer::SubscriberExt, util::SubscriberInitExt};

use super::{
    config::{ConfigError, LogFormat, Observe},
    traces::Traces,
};

/// Sets up logging for the process, and its traces; once.
///
/// # Errors
/// The filter cannot be parsed.
pub fn init(config: &Observe, traces: &Traces) -> Result<(), ConfigError> {
    let logs = fmt::layer().with_writer(io::stderr);
    // Colours are for people: a file or a log collector would store the codes.
    let logs = logs.with_ansi(io::stderr().is_terminal()).with_target(false);
    let logs = match config.log_format {
        LogFormat::Human => logs.boxed(),
        LogFormat::Json => logs.json().flatten_event(true).boxed(),
    };
    // The filter is the log's alone: traces do not end where it says `warn`.
    let logs = logs.with_filter(config.filter()?);
    tracing_subscriber::registry().with(traces.layer()).with(logs).init();
    std::panic::set_hook(Box::new(log_panic));
    Ok(())
}

/// Logs where a panic came from. Not its message: that of a bad slice quotes the
/// string.
fn log_panic(panic: &PanicHookInfo<'_>) {
    let location = panic.location().map(ToString::to_string).unwrap_or_default();
    tracing::error!(location, "panicked");
}
