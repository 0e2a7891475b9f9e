//! How much of everything: texts, messages, work in progress, time for a call.

use std::time::Duration;

use clap::Args;

use super::{
    ConfigError,
    values::{cores, seconds},
    within,
};

/// How much of everything. GetServiceInfo tells all of them.
#[derive(Clone, Copy, Debug, Args)]
pub struct Limits {
    /// Longest text in bytes of UTF-8
    #[arg(long, env = "VERBATIM_MAX_TEXT_BYTES", default_value_t = 1 << 20, value_name = "BYTES")]
    pub max_text_bytes: usize,

    /// Largest message in bytes after decompression, greater than the longest text
    #[arg(long, env = "VERBATIM_MAX_MESSAGE_BYTES", default_value_t = 16 << 20, value_name = "BYTES")]
    pub max_message_bytes: usize,

    /// Threads that analyse texts [default: the number of cores]
    #[arg(
        long, env = "VERBATIM_WORKER_THREADS", default_value_t = cores(), value_name = "N",
        hide_default_value = true
    )]
    pub worker_threads: usize,

    /// How much lower their priority is than that of the threads that answer: the nicer,
    /// the sooner calls are refused and health is told under load. 0 for none
    #[arg(long, env = "VERBATIM_WORKER_NICE", default_value_t = 10, value_name = "N")]
    pub worker_nice: u32,

    /// Calls that may be worked on or wait at a time, AnalyzeStream aside; more are
    /// refused. One client gets three quarters of them at most
    #[arg(long, env = "VERBATIM_MAX_PENDING", default_value_t = 256, value_name = "N")]
    pub max_pending: usize,

    /// Seconds that a call may have to wait for a thread; one that would wait longer is
    /// refused at once
    #[arg(
        long, env = "VERBATIM_MAX_QUEUE_WAIT", default_value = "0.5", value_name = "SECONDS",
        value_parser = seconds
    )]
    pub max_queue_wait: Duration,

    /// AnalyzeStream calls that may be open at a time; more are refused. One client gets
    /// three quarters of them at most
    #[arg(long, env = "VERBATIM_MAX_STREAMS", default_value_t = 64, value_name = "N")]
    pub max_streams: usize,

    /// Documents of one stream that are worked on at a time
    #[arg(long, env = "VERBATIM_STREAM_CONCURRENCY", default_value_t = 8, value_name = "N")]
    pub stream_concurrency: usize,

    /// Documents that one AnalyzeStream call may send
    #[arg(
        long,
        env = "VERBATIM_MAX_STREAM_REQUESTS",
        default_value_t = 1_000_000,
        value_name = "N"
    )]
    pub max_stream_requests: usize,

    /// Connections open at a time; more wait to be accepted
    #[arg(long, env = "VERBATIM_MAX_CONNECTIONS", default_value_t = 1024, value_name = "N")]
    pub max_connections: usize,

    /// Calls open on one connection at a time (HTTP/2 streams)
    #[arg(long, env = "VERBATIM_MAX_CONCURRENT_STREAMS", default_value_t = 1024, value_name = "N")]
    pub max_concurrent_streams: u32,

    /// All headers of a call together, in bytes as HTTP/2 counts them
    #[arg(long, env = "VERBATIM_MAX_HEADER_BYTES", default_value_t = 16 << 10, value_name = "BYTES")]
    pub max_header_bytes: u32,

    /// Calls a second of one client; 0 for no limit
    #[arg(long, env = "VERBATIM_RATE_LIMIT", default_value_t = 0, value_name = "N")]
    pub rate_limit: u32,

    /// Calls that one client may make at once before --rate-limit counts [default: one
    /// second's worth]
    #[arg(long, env = "VERBATIM_RATE_BURST", value_name = "N")]
    pub rate_burst: Option<u32>,
}

/// What a message may need beside the text: id, language, field headers.
const MESSAGE_OVERHEAD: usize = 64 << 10;

/// Offsets are int32, in any encoding at most the number of bytes.
const MAX_TEXT_BYTES: usize = i32::MAX as usize - MESSAGE_OVERHEAD;

impl Limits {
    pub(super) fn validate(&self) -> Result<(), ConfigError> {
        within(&[
            ("max-text-bytes", self.max_text_bytes, 1, MAX_TEXT_BYTES),
            ("worker-threads", self.worker_threads, 1, 1 << 10),
            ("max-pending", self.max_pending, 1, 1 << 20),
            ("max-streams", self.max_streams, 1, 1 << 20),
            ("stream-concurrency", self.stream_concurrency, 1, 1 << 10),
            ("max-stream-requests", self.max_stream_requests, 1, i64::MAX as usize),
            ("max-connections", self.max_connections, 1, 1 << 20),
        ])?;
        within(&[
            ("worker-nice", self.worker_nice, 0, 19),
            ("max-concurrent-streams", self.max_concurrent_streams, 1, 1 << 20),
            // Less than that and grpc's own headers do not fit.
            ("max-header-bytes", self.max_header_bytes, 1 << 10, 1 << 20),
            ("rate-limit", self.rate_limit, 0, 1_000_000),
            ("rate-burst", self.rate_burst.unwrap_or(1), 1, 1_000_000),
        ])?;
        if self.rate_burst.is_some() && self.rate_limit == 0 {
            return Err(ConfigError::new("rate-burst", "has no meaning without --rate-limit"));
        }
        // So that a text over the limit gets our error and not the transport's.
        let least = self.max_text_bytes + MESSAGE_OVERHEAD;
        if self.max_message_bytes < least {
            let reason = format!("must be at least {least}, the longest text and 64 KiB");
            return Err(ConfigError::new("max-message-bytes", reason));
        }
        within(&[("max-message-bytes", self.max_message_bytes, least, i32::MAX as usize)])
    }
}

/// How long a call may take where its client names no earlier deadline.
#[derive(Clone, Copy, Debug, Args)]
pub struct Deadlines {
    /// Seconds that a call for one document may take
    #[arg(
        long, env = "VERBATIM_REQUEST_TIMEOUT", default_value = "60", value_name = "SECONDS",
        value_parser = seconds
    )]
    pub request_timeout: Duration,

    /// Seconds that an AnalyzeStream call may take
    #[arg(
        long, env = "VERBATIM_STREAM_TIMEOUT", default_value = "3600", value_name = "SECONDS",
        value_parser = seconds
    )]
    pub stream_timeout: Duration,
}

impl Deadlines {
    pub(super) fn validate(&self) -> Result<(), ConfigError> {
        for (setting, value) in
            [("request-timeout", self.request_timeout), ("stream-timeout", self.stream_timeout)]
        {
            if value.is_zero() {
                return Err(ConfigError::new(setting, "must be more than 0"));
            }
        }
        Ok(())
    }
}
