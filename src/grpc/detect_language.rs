//! DetectLanguage.

use super::{
    call::Call,
    from_proto::{self, Document},
    proto::{DetectLanguageRequest, DetectLanguageResponse},
    to_proto,
};
use crate::{
    analysis::{Analyzer, Capability, DEFAULT_MAX_RESULTS, Feature, Watch, language::LanguageTag},
    error::Error,
};

pub struct DetectLanguage {
    document: Document,
    candidates: Vec<LanguageTag>,
    max_results: usize,
}

impl Call for DetectLanguage {
    type Request = DetectLanguageRequest;
    type Response = DetectLanguageResponse;

    fn parse(request: Self::Request, max_text_bytes: usize) -> Result<Self, Error> {
        let document = Document::parse(request.document, request.offset_encoding, max_text_bytes)?;
        let max_results = match request.max_results {
            0 => DEFAULT_MAX_RESULTS,
            n => usize::try_from(n).map_err(|_| Error::InvalidMaxResults { actual: n })?,
        };
        let candidates = request.candidate_languages.iter().enumerate();
        let candidates =
            candidates.map(|(i, code)| candidate(code, i)).collect::<Result<_, _>>()?;
        Ok(Self { document, candidates, max_results })
    }

    fn bytes(&self) -> usize {
        self.document.text.len()
    }

    fn run(self, analyzer: &Analyzer, watch: &dyn Watch) -> Result<Self::Response, Error> {
        watch.at(Some(Feature::Language));
        let found = analyzer.detect(&self.document.text, &self.candidates, self.max_results);
        watch.at(None);
        Ok(DetectLanguageResponse {
            document_id: self.document.id,
            offset_encoding: to_proto::encoding(self.document.encoding).into(),
            language_code: found.best().to_string(),
            language_detected: true,
            reliable: found.reliable,
            script: found.script.to_owned(),
            languages: to_proto::languages(found.candidates),
        })
    }
}

/// A language to choose from: well formed, and one the detector knows.
fn candidate(code: &str, index: usize) -> Result<LanguageTag, Error> {
    let language = from_proto::language(code, format!("candidate_languages[{index}]"))?;
    let supported = Capability::of(Feature::Language).languages;
    if !language.is_one_of(supported) {
        return Err(Error::LanguageNotSupported {
            feature: Feature::Language,
            field: "candidate_languages",
            language: language.to_string(),
            supported: supported.to_vec(),
        });
    }
    Ok(language)
}
