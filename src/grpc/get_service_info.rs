//! GetServiceInfo.

use std::time::Duration;

use super::proto;
use crate::analysis::{Capability, Feature, Level};

/// The limits in force.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of UTF-8.
    pub max_text_bytes: usize,
    /// Bytes; greater than `max_text_bytes`.
    pub max_message_bytes: usize,
    pub worker_threads: usize,
    pub max_pending: usize,
    pub max_queue_wait: Duration,
    pub max_streams: usize,
    pub stream_concurrency: usize,
    pub max_stream_requests: usize,
    pub max_connections: usize,
    /// Of one connection.
    pub max_concurrent_streams: u32,
    /// Bytes.
    pub max_header_bytes: u32,
    /// Calls a second of one client; 0 for no limit.
    pub rate_limit: u32,
    pub request_timeout: Duration,
    pub stream_timeout: Duration,
}

/// Facts about the running service.
pub fn answer(limits: &Limits) -> proto::GetServiceInfoResponse {
    let capabilities = Feature::ALL.map(Capability::of);
    proto::GetServiceInfoResponse {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        models: capabilities.iter().map(model).collect(),
        capabilities: capabilities.iter().map(capability).collect(),
        limits: Some(proto::Limits {
            max_text_bytes: limits.max_text_bytes as i64,
            max_message_bytes: limits.max_message_bytes as i64,
            worker_threads: limits.worker_threads as i32,
            max_pending: limits.max_pending as i32,
            stream_concurrency: limits.stream_concurrency as i32,
            max_queue_wait_ms: limits.max_queue_wait.as_millis() as i64,
            max_streams: limits.max_streams as i32,
            max_stream_requests: limits.max_stream_requests as i64,
            max_connections: limits.max_connections as i32,
            max_concurrent_streams: limits.max_concurrent_streams as i32,
            max_header_bytes: limits.max_header_bytes as i32,
            rate_limit: limits.rate_limit as i32,
            request_timeout_ms: limits.request_timeout.as_millis() as i64,
            stream_timeout_ms: limits.stream_timeout.as_millis() as i64,
        }),
    }
}

fn model(capability: &Capability) -> proto::Model {
    proto::Model { name: capability.model.to_owned(), version: capability.model_version.to_owned() }
}

fn capability(capability: &Capability) -> proto::Capability {
    proto::Capability {
        feature: proto::Feature::from(capability.feature).into(),
        language_codes: capability.languages.iter().map(|&code| code.to_owned()).collect(),
        model: capability.model.to_owned(),
        partial_languages: capability
            .levels()
            .filter(|&(_, level)| level != Level::Full)
            .map(language)
            .collect(),
    }
}

fn language((code, level): (&str, Level)) -> proto::LanguageSupport {
    let level = match level {
        Level::Full => proto::SupportLevel::Full,
        Level::Rules => proto::SupportLevel::Rules,
        Level::Neutral => proto::SupportLevel::Neutral,
    };
    proto::LanguageSupport { language_code: code.to_owned(), level: level.into() }
}
