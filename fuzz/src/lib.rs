//! What the fuzz targets do with their bytes: a request of each kind, and a text for
//! each analysis. Nothing may panic, run out of bounds or take longer than libFuzzer
//! allows; `tests/service/laws.rs` holds what answers must be.

use std::sync::LazyLock;

use prost::Message;
use verbatim::{
    analysis::{Analyzer, Feature, Unwatched, language::LanguageTag},
    grpc::Call,
};

/// Texts in requests are at most this long, so that a run tries many.
const MAX_TEXT_BYTES: usize = 4096;

static ANALYZER: LazyLock<Analyzer> = LazyLock::new(Analyzer::new);

/// Decodes a request, checks it, and answers it.
pub fn request<C: Call>(bytes: &[u8])
where
    C::Request: Message + Default,
    C::Response: Message,
{
    let Ok(request) = C::Request::decode(bytes) else { return };
    let Ok(call) = C::parse(request, MAX_TEXT_BYTES) else { return };
    if let Ok(response) = call.run(&ANALYZER, &Unwatched) {
        response.encode_to_vec();
    }
}

/// Analyses the bytes as a text in a language that is declared, so that what the text
/// looks like does not keep the analysis from running.
pub fn analysis(feature: Feature, bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let language = (feature != Feature::Language).then(|| LanguageTag::from_static("en"));
    ANALYZER.analyze(&text, language.as_ref(), [feature].into_iter().collect());
}
