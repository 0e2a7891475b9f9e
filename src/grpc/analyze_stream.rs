//! AnalyzeStream: Analyze for many documents, answers in request order.

use super::{
    proto::{AnalyzeResponse, AnalyzeStreamResponse, analyze_stream_response::Result},
    status,
};
use crate::error::Error;

/// The answer to one document: what Analyze would have said, or why not.
pub fn answer(
    document_id: String,
    result: std::result::Result<AnalyzeResponse, Error>,
) -> AnalyzeStreamResponse {
    let result = match result {
        Ok(response) => Result::Response(response),
        Err(error) => Result::Error(status::to_document_error(&error)),
    };
    AnalyzeStreamResponse { document_id, result: Some(result) }
}
