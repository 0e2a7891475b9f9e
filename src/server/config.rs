//! Settings of the server, checked before any port opens.

use std::{net::SocketAddr, num::NonZero, thread, time::Duration};

use clap::{Args, ValueEnum};

/// Every setting of the server.
#[derive(Clone, Debug, Args)]
pub struct Config {
    /// Address to listen on; port 0 takes any free port
    #[arg(long, env = "VERBATIM_LISTEN", default_value = "127.0.0.1:50051", value_name = "ADDR")]
    pub listen: SocketAddr,

    /// Longest text in bytes of UTF-8
    #[arg(long, env = "VERBATIM_MAX_TEXT_BYTES", default_value_t = 1 << 20, value_name = "BYTES")]
    pub max_text_bytes: usize,

    /// Largest message in bytes, greater than the longest text
    #[arg(long, env = "VERBATIM_MAX_MESSAGE_BYTES", default_value_t = 16 << 20, value_name = "BYTES")]
    pub max_message_bytes: usize,

    /// Threads that analyse texts [default: the number of cores]
    #[arg(
        long, env = "VERBATIM_WORKER_THREADS", default_value_t = cores(), value_name = "N",
        hide_default_value = true
    )]
    pub worker_threads: usize,

    /// Analyses that may run or wait at a time; more are refused
    #[arg(long, env = "VERBATIM_MAX_PENDING", default_value_t = 256, value_name = "N")]
    pub max_pending: usize,

    /// Documents of one stream that are worked on at a time
    #[arg(long, env = "VERBATIM_STREAM_CONCURRENCY", default_value_t = 8, value_name = "N")]
    pub stream_concurrency: usize,

    /// Seconds that calls in flight have to finish after a signal to stop
    #[arg(
        long, env = "VERBATIM_DRAIN_TIMEOUT", default_value = "30", value_name = "SECONDS",
        value_parser = seconds
    )]
    pub drain_timeout: Duration,

    /// Form of the log on standard error
    #[arg(long, env = "VERBATIM_LOG_FORMAT", default_value = "human")]
    pub log_format: LogFormat,

    /// What is logged: a level (error, warn, info, debug, trace) or directives of
    /// tracing-subscriber's EnvFilter
    #[arg(long, env = "VERBATIM_LOG", default_value = "info", value_name = "FILTER")]
    pub log: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    Human,
    Json,
}

/// A setting that makes no sense, and why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("--{setting}: {reason}")]
pub struct ConfigError {
    pub setting: &'static str,
    pub reason: String,
}

/// What a message may need beside the text: id, language, field headers.
const MESSAGE_OVERHEAD: usize = 64 << 10;

/// Offsets are int32, in any encoding at most the number of bytes.
const MAX_TEXT_BYTES: usize = i32::MAX as usize - MESSAGE_OVERHEAD;

impl Config {
    /// Checks what the types of the settings cannot say.
    ///
    /// # Errors
    /// The first setting that makes no sense.
    pub fn validate(&self) -> Result<(), ConfigError> {
        let error = |setting, reason: String| Err(ConfigError { setting, reason });
        for (setting, value) in [
            ("max-text-bytes", self.max_text_bytes),
            ("worker-threads", self.worker_threads),
            ("max-pending", self.max_pending),
            ("stream-concurrency", self.stream_concurrency),
        ] {
            if value == 0 {
                return error(setting, "must be at least 1".to_owned());
            }
        }
        if self.max_text_bytes > MAX_TEXT_BYTES {
            return error("max-text-bytes", format!("must be at most {MAX_TEXT_BYTES}"));
        }
        // So that a text over the limit gets our error and not the transport's.
        let least = self.max_text_bytes + MESSAGE_OVERHEAD;
        if self.max_message_bytes < least {
            let reason = format!("must be at least {least}, the longest text and 64 KiB");
            return error("max-message-bytes", reason);
        }
        for (setting, value, most) in [
            ("worker-threads", self.worker_threads, 1 << 10),
            ("max-pending", self.max_pending, 1 << 20),
            ("stream-concurrency", self.stream_concurrency, 1 << 10),
        ] {
            if value > most {
                return error(setting, format!("must be at most {most}"));
            }
        }
        Ok(())
    }
}

fn cores() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

fn seconds(value: &str) -> Result<Duration, String> {
    let seconds: f64 = value.parse().map_err(|_| "not a number of seconds".to_owned())?;
    Duration::try_from_secs_f64(seconds).map_err(|error| error.to_string())
}
