//! AttributeQuotes.

use super::{
    call::{Call, single},
    from_proto::Document,
    proto::{AttributeQuotesRequest, AttributeQuotesResponse},
    to_proto,
};
use crate::{
    analysis::{Analyzer, Feature, Watch},
    error::Error,
};

pub struct AttributeQuotes(Document);

impl Call for AttributeQuotes {
    type Request = AttributeQuotesRequest;
    type Response = AttributeQuotesResponse;

    fn parse(request: Self::Request, max_text_bytes: usize) -> Result<Self, Error> {
        Document::parse(request.document, request.offset_encoding, max_text_bytes).map(Self)
    }

    fn bytes(&self) -> usize {
        self.0.text.len()
    }

    fn run(self, analyzer: &Analyzer, watch: &dyn Watch) -> Result<Self::Response, Error> {
        let mut found = single(self.0, Feature::Quotes, analyzer, watch)?;
        let quotes = found.analysis.quotes.take().unwrap_or_default();
        let entities = found.analysis.entities.take().unwrap_or_default();
        let offsets = found.offsets();
        let quotes = to_proto::quotes(quotes, &offsets);
        let (mentions, entities) = to_proto::entities(entities, &offsets);
        Ok(AttributeQuotesResponse {
            offset_encoding: found.encoding().into(),
            language_code: found.analysis.language.to_string(),
            language_detected: found.analysis.language_detected,
            document_id: found.document.id,
            quotes,
            mentions,
            entities,
        })
    }
}
