//! What every RPC does: check the request, then answer it.

use super::{from_proto, offsets::Offsets, proto, to_proto};
use crate::{
    analysis::{Analysis, Analyzer, Capability, Feature, Stopped, Watch},
    error::Error,
};

/// One call: parsed on the async side, cheaply; run on a worker thread.
pub trait Call: Sized + Send + 'static {
    type Request;
    type Response: Send + 'static;

    /// Checks the request. Cheap: it looks at lengths and numbers, not at the text.
    fn parse(request: Self::Request, max_text_bytes: usize) -> Result<Self, Error>;

    /// Length of the text in bytes.
    fn bytes(&self) -> usize;

    /// The answer. Takes as long as the text is long; `Cancelled` where `watch` says
    /// stop.
    fn run(self, analyzer: &Analyzer, watch: &dyn Watch) -> Result<Self::Response, Error>;
}

impl From<Stopped> for Error {
    fn from(_: Stopped) -> Self {
        Self::Cancelled
    }
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
    watch: &dyn Watch,
) -> Result<Single, Error> {
    let features = [feature].into_iter().collect();
    let language = document.language.as_ref();
    let analysis = analyzer.analyze_watched(&document.text, language, features, watch)?;
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
