//! From errors to statuses: the one place where that is decided.

use std::{collections::HashMap, time::Duration};

use tonic::{Code, Status};
use tonic_types::{ErrorDetails, StatusExt};

use super::proto;
use crate::error::Error;

/// `ErrorInfo.domain` of every error.
pub const DOMAIN: &str = "verbatim";

/// The least that a client is told to wait.
const LEAST_DELAY: Duration = Duration::from_millis(10);

/// The gRPC code of an error.
pub fn code(error: &Error) -> Code {
    match error {
        Error::MissingDocument
        | Error::EmptyText
        | Error::TextTooLong { .. }
        | Error::UnknownEnumValue { .. }
        | Error::MalformedLanguageCode { .. }
        | Error::InvalidMaxResults { .. }
        | Error::LanguageNotSupported { .. }
        | Error::MalformedMessage => Code::InvalidArgument,
        Error::MessageTooLarge { .. }
        | Error::HeadersTooLarge { .. }
        | Error::Overloaded { .. }
        | Error::QueueTooLong { .. }
        | Error::RateLimited { .. }
        | Error::StreamTooLong { .. } => Code::ResourceExhausted,
        Error::DeadlineExceeded => Code::DeadlineExceeded,
        Error::Cancelled => Code::Cancelled,
        Error::Unauthenticated => Code::Unauthenticated,
        Error::Panicked => Code::Internal,
    }
}

/// The status of an error, with its details.
pub fn to_status(error: &Error) -> Status {
    let mut details = ErrorDetails::with_error_info(error.reason(), DOMAIN, metadata(error));
    if let Some(field) = field(error) {
        details.add_bad_request_violation(field, error.to_string());
    }
    if let Some(delay) = retry_after(error) {
        details.set_retry_info(Some(delay));
    }
    Status::with_error_details(code(error), error.to_string(), details)
}

/// When to try again; `None` where that is no use or there is no telling.
fn retry_after(error: &Error) -> Option<Duration> {
    let delay = match error {
        Error::Overloaded { retry_after, .. } | Error::RateLimited { retry_after, .. } => {
            *retry_after
        }
        Error::QueueTooLong { limit, wait } => wait.saturating_sub(*limit),
        _ => return None,
    };
    // Whoever comes back at once finds the same.
    Some(delay.max(LEAST_DELAY))
}

/// The same for one document of a stream.
pub fn to_document_error(error: &Error) -> proto::DocumentError {
    proto::DocumentError {
        code: code(error).into(),
        reason: error.reason().to_owned(),
        message: error.to_string(),
    }
}

/// The request field at fault, as a path.
fn field(error: &Error) -> Option<String> {
    let field = match error {
        Error::MissingDocument => "document",
        Error::EmptyText | Error::TextTooLong { .. } => "document.text",
        Error::UnknownEnumValue { field, .. } => field,
        Error::MalformedLanguageCode { field } => field,
        Error::InvalidMaxResults { .. } => "max_results",
        Error::LanguageNotSupported { field, .. } => field,
        _ => return None,
    };
    Some(field.to_owned())
}

/// Facts for programs, in `ErrorInfo.metadata`.
fn metadata(error: &Error) -> HashMap<String, String> {
    let pairs: Vec<(&str, String)> = match error {
        Error::TextTooLong { limit, actual } => {
            vec![("limit", limit.to_string()), ("actual", actual.to_string())]
        }
        Error::UnknownEnumValue { field, number } => {
            vec![("field", (*field).to_owned()), ("actual", number.to_string())]
        }
        Error::MalformedLanguageCode { field } => vec![("field", field.clone())],
        Error::InvalidMaxResults { actual } => {
            vec![("limit", "0".to_owned()), ("actual", actual.to_string())]
        }
        Error::LanguageNotSupported { feature, language, supported, .. } => vec![
            ("capability", feature.to_string()),
            ("language", language.clone()),
            ("supported", supported.join(",")),
        ],
        Error::MessageTooLarge { limit } | Error::StreamTooLong { limit } => {
            vec![("limit", limit.to_string())]
        }
        Error::HeadersTooLarge { limit } | Error::RateLimited { limit, .. } => {
            vec![("limit", limit.to_string())]
        }
        Error::Overloaded { what, limit, .. } => {
            vec![("what", what.to_string()), ("limit", limit.to_string())]
        }
        Error::QueueTooLong { limit, wait } => vec![
            ("what", "queue_wait_ms".to_owned()),
            ("limit", limit.as_millis().to_string()),
            ("actual", wait.as_millis().to_string()),
        ],
        _ => Vec::new(),
    };
    pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}

/// The status that a client should get where the transport, not we, made `status`;
/// `None` for one of ours. `limit` is the largest message in bytes.
///
/// tonic answers OUT_OF_RANGE or, where it is compressed, RESOURCE_EXHAUSTED for a message
/// over the limit and INTERNAL for bytes that
/// are no message; these get their own error. Any other keeps its code and message,
/// with its code as reason. Ours are told apart by having details.
pub fn of_transport(status: &Status, limit: usize) -> Option<Status> {
    if !status.details().is_empty() {
        return None;
    }
    let error = match status.code() {
        // The second is a message that grew past the limit as it was decompressed.
        Code::OutOfRange | Code::ResourceExhausted => Error::MessageTooLarge { limit },
        Code::Internal => Error::MalformedMessage,
        code => {
            let details = ErrorDetails::with_error_info(name(code), DOMAIN, HashMap::new());
            return Some(Status::with_error_details(code, status.message(), details));
        }
    };
    Some(to_status(&error))
}

/// The name of a code, as in google.rpc.Code.
pub fn name(code: Code) -> &'static str {
    match code {
        Code::Ok => "OK",
        Code::Cancelled => "CANCELLED",
        Code::Unknown => "UNKNOWN",
        Code::InvalidArgument => "INVALID_ARGUMENT",
        Code::DeadlineExceeded => "DEADLINE_EXCEEDED",
        Code::NotFound => "NOT_FOUND",
        Code::AlreadyExists => "ALREADY_EXISTS",
        Code::PermissionDenied => "PERMISSION_DENIED",
        Code::ResourceExhausted => "RESOURCE_EXHAUSTED",
        Code::FailedPrecondition => "FAILED_PRECONDITION",
        Code::Aborted => "ABORTED",
        Code::OutOfRange => "OUT_OF_RANGE",
        Code::Unimplemented => "UNIMPLEMENTED",
        Code::Internal => "INTERNAL",
        Code::Unavailable => "UNAVAILABLE",
        Code::DataLoss => "DATA_LOSS",
        Code::Unauthenticated => "UNAUTHENTICATED",
    }
}

#[cfg(test)]
mod tests {
    use tonic::Code;
    use tonic_types::StatusExt;

    use super::to_status;
    use crate::{analysis::Feature, error::Error};

    #[test]
    fn bad_arguments_name_their_field_and_carry_the_facts() {
        let status = to_status(&Error::TextTooLong { limit: 10, actual: 11 });
        let details = status.get_error_details();
        let info = details.error_info().unwrap();
        assert_eq!(status.code(), Code::InvalidArgument);
        assert_eq!((info.reason.as_str(), info.domain.as_str()), ("TEXT_TOO_LONG", "verbatim"));
        assert_eq!(
            (info.metadata["limit"].as_str(), info.metadata["actual"].as_str()),
            ("10", "11")
        );
        assert_eq!(details.bad_request().unwrap().field_violations[0].field, "document.text");
    }

    #[test]
    fn an_unsupported_language_lists_the_supported_ones() {
        let status = to_status(&Error::LanguageNotSupported {
            feature: Feature::Quotes,
            field: "document.language_code",
            language: "tlh".into(),
            supported: vec!["de", "en"],
        });
        let details = status.get_error_details();
        assert_eq!(details.error_info().unwrap().metadata["supported"], "de,en");
    }

    #[test]
    fn a_panic_is_internal_and_says_nothing_of_the_request() {
        let status = to_status(&Error::Panicked);
        assert_eq!(status.code(), Code::Internal);
        assert_eq!(status.get_error_details().error_info().unwrap().reason, "INTERNAL_ERROR");
    }
}
