//! What every RPC does: check the request, then answer it.

use super::{from_proto, offsets::Offsets, proto, to_proto};
use crate::{
    analysis::{Analysis, Analyzer, Capability, Feature},
    error::Error,
};

/// The limits in force, as GetServiceInfo tells them.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of UTF-8.
    pub max_text_bytes: usize,
    /// Bytes; greater than `max_text_bytes`.
    pub max_message_bytes: usize,
    pub worker_threads: usize,
    pub max_pending: usize,
    pub stream_concurrency: usize,
}

/// One call: parsed on the async side, cheaply; run on a worker thread.
pub trait Call: Sized + Send + 'static {
    type Request;
    type Response: Send + 'static;

    /// Checks the request. Cheap: it looks at lengths and numbers, not at the text.
    fn parse(request: Self::Request, max_text_bytes: usize) -> Result<Self, Error>;

    /// The answer. Takes as long as the text is long.
    fn run(self, analyzer: &Analyzer) -> Result<Self::Response, Error>;
}

/// What the three calls for a single capability share.
pub(super) struct Single {
    pub document: from_proto::Document,
    pub analysis: Analysis,
}

/// Analyses `document` for one `feature`; an error where its language is not
/// supported.
pub(super) fn single(
    document: from_proto::Document,
    feature: Feature,
    analyzer: &Analyzer,
) -> Result<Single, Error> {
    let features = [feature].into_iter().collect();
    let analysis = analyzer.analyze(&document.text, document.language.as_ref(), features);
    if !analysis.unsupported.is_empty() {
        let field = match analysis.language_detected {
            true => "document.text",
            false => "document.language_code",
        };
        let language = analysis.language.to_string();
        let supported = Capability::of(feature).languages.to_vec();
        return Err(Error::LanguageNotSupported { feature, field, language, supported });
    }
    Ok(Single { document, analysis })
}

impl Single {
    pub fn offsets(&self) -> Offsets<'_> {
        Offsets::new(&self.document.text, self.document.encoding)
    }

    pub fn encoding(&self) -> proto::OffsetEncoding {
        to_proto::encoding(self.document.encoding)
    }
}
