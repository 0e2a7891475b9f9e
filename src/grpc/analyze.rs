//! Analyze: all or some of the parts, in one pass.

use super::{
    call::Call,
    from_proto::{self, Document},
    offsets::Offsets,
    proto::{AnalyzeRequest, AnalyzeResponse, Warning},
    to_proto,
};
use crate::{
    analysis::{Analysis, Analyzer, Capability, Feature, Features, Level, Watch},
    error::Error,
};

pub struct Analyze {
    document: Document,
    features: Features,
}

impl Call for Analyze {
    type Request = AnalyzeRequest;
    type Response = AnalyzeResponse;

    fn parse(request: Self::Request, max_text_bytes: usize) -> Result<Self, Error> {
        let document = Document::parse(request.document, request.offset_encoding, max_text_bytes)?;
        let features = from_proto::features(&request.features)?;
        Ok(Self { document, features })
    }

    fn bytes(&self) -> usize {
        self.document.text.len()
    }

    fn run(self, analyzer: &Analyzer, watch: &dyn Watch) -> Result<Self::Response, Error> {
        let Self { document, features } = self;
        let found = analyzer.analyze_watched(
            &document.text,
            document.language.as_ref(),
            features,
            watch,
        )?;
        let warnings = warnings(&found, features);
        let offsets = Offsets::new(&document.text, document.encoding);
        let (mentions, entities) = to_proto::entities(found.entities.unwrap_or_default(), &offsets);
        let languages = found
            .detection
            .filter(|_| features.contains(Feature::Language))
            .map(|detection| to_proto::languages(detection.candidates));
        Ok(AnalyzeResponse {
            offset_encoding: to_proto::encoding(document.encoding).into(),
            language_code: found.language.to_string(),
            language_detected: found.language_detected,
            languages: languages.unwrap_or_default(),
            sentences: to_proto::sentences(&found.sentences.unwrap_or_default(), &offsets),
            mentions,
            entities,
            quotes: to_proto::quotes(found.quotes.unwrap_or_default(), &offsets),
            warnings,
            document_id: document.id,
        })
    }
}

/// What the client should know: parts left empty, a language that is a guess, and one
/// without rules of its own.
fn warnings(found: &Analysis, features: Features) -> Vec<Warning> {
    let language = &found.language;
    let unsupported = found.unsupported.iter().map(|&feature| Warning {
        reason: "LANGUAGE_NOT_SUPPORTED".to_owned(),
        message: format!(
            "{feature} are empty: {language} is not among the supported languages ({})",
            Capability::of(feature).languages.join(", ")
        ),
    });
    let uncertain = found.language_detected
        && !language.is_undetermined()
        && found.detection.as_ref().is_some_and(|detection| !detection.reliable)
        && features != [Feature::Language].into_iter().collect();
    let uncertain = uncertain.then(|| Warning {
        reason: "LANGUAGE_UNCERTAIN".to_owned(),
        message: format!("the language is a guess; analysed as {language}"),
    });
    let neutral = [
        (Feature::Sentences, "sentences split by language-neutral rules"),
        (Feature::Quotes, "quotes found by their marks alone"),
    ];
    let neutral = neutral.into_iter().filter(|&(feature, _)| {
        features.contains(feature)
            && !language.is_undetermined()
            && Capability::of(feature).level(language) == Level::Neutral
    });
    let neutral = neutral.map(|(_, what)| Warning {
        reason: "LANGUAGE_NEUTRAL".to_owned(),
        message: format!("{what}: there are no rules for {language}"),
    });
    unsupported.chain(uncertain).chain(neutral).collect()
}
