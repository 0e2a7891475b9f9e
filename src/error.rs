//! Everything that can go wrong with a request, in one list.
//!
//! Knows no transport: `grpc::status` makes a status of each. No message ever
//! repeats the text of a document.

use std::{fmt, time::Duration};

use crate::analysis::Feature;

/// Why a request has no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error("the request has no document")]
    MissingDocument,
    #[error("the document's text is empty")]
    EmptyText,
    #[error("the text has {actual} bytes, the limit is {limit}")]
    TextTooLong { limit: usize, actual: usize },
    /// A number that the field's enumeration does not have.
    #[error("{field} has no value with the number {number}")]
    UnknownEnumValue { field: &'static str, number: i32 },
    #[error("{field} is not a well-formed BCP-47 language tag")]
    MalformedLanguageCode { field: String },
    #[error("max_results is {actual}, it cannot be negative")]
    InvalidMaxResults { actual: i32 },
    /// `language` was declared or detected, and the capability does not know it.
    #[error("{feature} does not support the language {language}")]
    LanguageNotSupported {
        feature: Feature,
        /// The request field that says the language, or whose text was found to be in it.
        field: &'static str,
        language: String,
        supported: Vec<&'static str>,
    },
    /// The message cannot be decoded.
    #[error("the message is not a valid request")]
    MalformedMessage,
    #[error("the message is larger than the limit of {limit} bytes")]
    MessageTooLarge { limit: usize },
    #[error("the headers are larger than the limit of {limit} bytes")]
    HeadersTooLarge { limit: u32 },
    /// `retry_after` is when there will be less.
    #[error("{limit} {what} are in progress already, or a client's share of them")]
    Overloaded { what: Bound, limit: usize, retry_after: Duration },
    /// The call would have waited for `wait` before its turn.
    #[error("the queue is longer than {} ms", limit.as_millis())]
    QueueTooLong { limit: Duration, wait: Duration },
    #[error("more than {limit} calls a second")]
    RateLimited { limit: u32, retry_after: Duration },
    #[error("the stream has more than the limit of {limit} documents")]
    StreamTooLong { limit: usize },
    #[error("the deadline has passed")]
    DeadlineExceeded,
    /// Nobody waits for the answer any more.
    #[error("the call was cancelled")]
    Cancelled,
    #[error("the call needs a bearer token or a client certificate that the server knows")]
    Unauthenticated,
    /// The analysis panicked: a bug of ours.
    #[error("the analysis failed; this is a bug in the service")]
    Panicked,
}

/// What there may be only so many of at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    Calls,
    Streams,
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Calls => "calls",
            Self::Streams => "streams",
        })
    }
}

impl Error {
    /// What it is, in UPPER_SNAKE; part of the contract.
    pub fn reason(&self) -> &'static str {
        match self {
            Self::MissingDocument => "MISSING_DOCUMENT",
            Self::EmptyText => "EMPTY_TEXT",
            Self::TextTooLong { .. } => "TEXT_TOO_LONG",
            Self::UnknownEnumValue { .. } => "UNKNOWN_ENUM_VALUE",
            Self::MalformedLanguageCode { .. } => "MALFORMED_LANGUAGE_CODE",
            Self::InvalidMaxResults { .. } => "INVALID_MAX_RESULTS",
            Self::LanguageNotSupported { .. } => "LANGUAGE_NOT_SUPPORTED",
            Self::MalformedMessage => "MALFORMED_MESSAGE",
            Self::MessageTooLarge { .. } => "MESSAGE_TOO_LARGE",
            Self::HeadersTooLarge { .. } => "HEADERS_TOO_LARGE",
            Self::Overloaded { .. } | Self::QueueTooLong { .. } => "OVERLOADED",
            Self::RateLimited { .. } => "RATE_LIMITED",
            Self::StreamTooLong { .. } => "STREAM_TOO_LONG",
            Self::DeadlineExceeded => "DEADLINE_EXCEEDED",
            Self::Cancelled => "CANCELLED",
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::Panicked => "INTERNAL_ERROR",
        }
    }
}
