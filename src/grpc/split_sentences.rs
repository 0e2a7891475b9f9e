//! SplitSentences.

use super::{
    call::{Call, single},
    from_proto::Document,
    proto::{SplitSentencesRequest, SplitSentencesResponse},
    to_proto,
};
use crate::{
    analysis::{Analyzer, Feature, Watch, sentences::rules_language},
    error::Error,
};

pub struct SplitSentences(Document);

impl Call for SplitSentences {
    type Request = SplitSentencesRequest;
    type Response = SplitSentencesResponse;

    fn parse(request: Self::Request, max_text_bytes: usize) -> Result<Self, Error> {
        Document::parse(request.document, request.offset_encoding, max_text_bytes).map(Self)
    }

    fn bytes(&self) -> usize {
        self.0.text.len()
    }

    fn run(self, analyzer: &Analyzer, watch: &dyn Watch) -> Result<Self::Response, Error> {
        let mut found = single(self.0, Feature::Sentences, analyzer, watch)?;
        let sentences = found.analysis.sentences.take().unwrap_or_default();
        let sentences = to_proto::sentences(&sentences, &found.offsets());
        Ok(SplitSentencesResponse {
            offset_encoding: found.encoding().into(),
            rules_language_code: rules_language(&found.analysis.language).to_owned(),
            language_code: found.analysis.language.to_string(),
            language_detected: found.analysis.language_detected,
            document_id: found.document.id,
            sentences,
        })
    }
}
