//! The way into the domain: one pass over a text, each part of the work once.
//!
//! Knows in which order the parts build on each other and which languages each
//! supports; knows nothing of how any of them works.

use std::fmt;

use super::{
    entities::{self, Entities},
    language::{self, Detection, LanguageTag},
    quotes::{self, Quote},
    sentences::{self, Sentence},
    tagger, tokenize,
    watch::{Stopped, Unwatched, Watch, check},
};

/// A part of the analysis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Feature {
    Language,
    Sentences,
    Entities,
    Quotes,
}

impl Feature {
    pub const ALL: [Self; 4] = [Self::Language, Self::Sentences, Self::Entities, Self::Quotes];

    /// "quotes"; the same names as on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Language => "language",
            Self::Sentences => "sentences",
            Self::Entities => "entities",
            Self::Quotes => "quotes",
        }
    }
}

impl fmt::Display for Feature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A set of features.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Features(u8);

impl Features {
    pub const ALL: Self = Self(0b1111);

    pub const fn contains(self, feature: Feature) -> bool {
        self.0 & (1 << feature as u8) != 0
    }

    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl FromIterator<Feature> for Features {
    fn from_iter<I: IntoIterator<Item = Feature>>(features: I) -> Self {
        Self(features.into_iter().fold(0, |set, f| set | 1 << f as u8))
    }
}

/// How much of a part there is in a language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// All that the part promises.
    Full,
    /// What word lists and rules find.
    Rules,
    /// What needs no knowledge of the language.
    Neutral,
}

/// What one part of the analysis can do.
#[derive(Clone, Copy, Debug)]
pub struct Capability {
    pub feature: Feature,
    /// Primary subtags, sorted. "und" stands for any language that is not listed.
    pub languages: &'static [&'static str],
    /// The name of the model or set of rules.
    pub model: &'static str,
    /// Changes whenever the answers may.
    pub model_version: &'static str,
}

impl Capability {
    pub fn of(feature: Feature) -> Self {
        let (languages, model, model_version) = match feature {
            Feature::Language => (language::supported(), language::MODEL, language::MODEL_VERSION),
            Feature::Sentences => {
                (sentences::LANGUAGES, sentences::MODEL, sentences::MODEL_VERSION)
            }
            Feature::Entities => (entities::LANGUAGES, entities::MODEL, entities::MODEL_VERSION),
            Feature::Quotes => (quotes::LANGUAGES, quotes::MODEL, quotes::MODEL_VERSION),
        };
        Self { feature, languages, model, model_version }
    }

    /// Whether a text in `language` can be analysed. A text whose language cannot
    /// be told ("12.5 %") contradicts no rules, so it is always taken.
    pub fn supports(&self, language: &LanguageTag) -> bool {
        language.is_undetermined()
            || language.is_one_of(self.languages)
            || self.languages.contains(&"und")
    }

    /// How much there is in a language that is supported.
    pub fn level(&self, language: &LanguageTag) -> Level {
        match self.feature {
            Feature::Quotes => quotes::level(language),
            Feature::Sentences if sentences::rules_language(language) == "und" => Level::Neutral,
            _ => Level::Full,
        }
    }

    /// How much there is in each of `languages`; "und" stands for one of which nothing
    /// is known.
    pub fn levels(&self) -> impl Iterator<Item = (&'static str, Level)> {
        self.languages.iter().map(|&code| match (self.feature, code) {
            (Feature::Quotes | Feature::Sentences, "und") => (code, Level::Neutral),
            _ => (code, self.level(&LanguageTag::from_static(code))),
        })
    }
}

/// What was found out about one text. A part that was not asked for, or whose
/// capability does not support the language, is `None`.
#[derive(Clone, Debug, PartialEq)]
pub struct Analysis {
    /// The language that the analysis used.
    pub language: LanguageTag,
    /// Present where the language was not declared, or FEATURE_LANGUAGE asked for.
    pub detection: Option<Detection>,
    /// Whether `language` comes from `detection`.
    pub language_detected: bool,
    pub sentences: Option<Vec<Sentence>>,
    pub entities: Option<Entities>,
    pub quotes: Option<Vec<Quote>>,
    /// Features that were asked for and do not support the language.
    pub unsupported: Vec<Feature>,
}

/// The whole analysis. Immutable: one is shared by all threads.
#[derive(Clone, Copy, Debug, Default)]
pub struct Analyzer(());

impl Analyzer {
    /// Loads all that the analyses need, so that the first request is as fast as
    /// any other.
    pub fn new() -> Self {
        language::load();
        sentences::load();
        tagger::load();
        entities::load();
        quotes::load();
        Self(())
    }

    /// Ranks the languages of `text`; see `language::detect`.
    pub fn detect(&self, text: &str, allowed: &[LanguageTag], max_results: usize) -> Detection {
        language::detect(text, allowed, max_results)
    }

    /// Finds the `features` of `text`. `declared` is its language, `None` or
    /// undetermined to detect it.
    pub fn analyze(
        &self,
        text: &str,
        declared: Option<&LanguageTag>,
        features: Features,
    ) -> Analysis {
        let whole = self.analyze_watched(text, declared, features, &Unwatched);
        whole.expect("nobody stops it")
    }

    /// The same for somebody who may stop waiting.
    ///
    /// # Errors
    /// The watch said stop.
    pub fn analyze_watched(
        &self,
        text: &str,
        declared: Option<&LanguageTag>,
        features: Features,
        watch: &dyn Watch,
    ) -> Result<Analysis, Stopped> {
        watch.at(Some(Feature::Language));
        let declared = declared.filter(|language| !language.is_undetermined());
        // All candidates: the text's language may be chosen among the unlikely ones.
        let mut detection = (declared.is_none() || features.contains(Feature::Language))
            .then(|| language::detect(text, &[], usize::MAX));
        let language = match (declared, &detection) {
            (Some(language), _) => language.clone(),
            (None, Some(detection)) => choose_language(detection, features),
            (None, None) => LanguageTag::UNDETERMINED,
        };
        if let Some(detection) = &mut detection {
            detection.candidates.truncate(DEFAULT_MAX_RESULTS);
        }
        let (supported, unsupported): (Vec<_>, Vec<_>) = Feature::ALL
            .into_iter()
            .filter(|&feature| feature != Feature::Language && features.contains(feature))
            .partition(|&feature| Capability::of(feature).supports(&language));
        let mut analysis = Analysis {
            language,
            detection,
            language_detected: declared.is_none(),
            sentences: None,
            entities: None,
            quotes: None,
            unsupported,
        };
        analysis.fill(text, supported.into_iter().collect(), watch)?;
        watch.at(None);
        Ok(analysis)
    }
}

/// How many languages an analysis ranks where nobody says.
pub const DEFAULT_MAX_RESULTS: usize = 3;

/// The language to analyse a text in, by its detection with all candidates.
/// Detection of a short text is little better than a guess; where it is not
/// reliable, the choice is among the languages that the `features` know.
fn choose_language(detection: &Detection, features: Features) -> LanguageTag {
    let best = detection.best();
    if detection.reliable || best.is_undetermined() {
        return best;
    }
    let unsupporting = Feature::ALL
        .into_iter()
        .filter(|&feature| feature != Feature::Language && features.contains(feature))
        .map(Capability::of)
        .find(|capability| !capability.supports(&best) || is_foreign(capability, &best));
    let Some(capability) = unsupporting else { return best };
    detection
        .candidates
        .iter()
        .map(|candidate| &candidate.language)
        .find(|language| language.is_one_of(capability.languages))
        .cloned()
        .unwrap_or(best)
}

/// Whether quotes are found in `language` by their marks alone.
fn is_foreign(capability: &Capability, language: &LanguageTag) -> bool {
    capability.feature == Feature::Quotes && capability.level(language) == Level::Neutral
}

impl Analysis {
    /// Computes the parts, each once, in the order in which they need each other.
    fn fill(&mut self, text: &str, features: Features, watch: &dyn Watch) -> Result<(), Stopped> {
        if features.is_empty() {
            return Ok(());
        }
        watch.at(Some(Feature::Sentences));
        let sentences = sentences::split_watched(text, &self.language, watch)?;
        let by_rules = quotes::level(&self.language) != Level::Full;
        if features.contains(Feature::Quotes) && by_rules {
            watch.at(Some(Feature::Quotes));
            let tokens = tokenize(text);
            check(watch)?;
            let language = &self.language;
            let quotes = quotes::attribute_by_rules(text, language, &sentences, &tokens, watch)?;
            self.quotes = Some(quotes);
        } else if features.contains(Feature::Entities) || features.contains(Feature::Quotes) {
            watch.at(Some(Feature::Entities));
            let tokens = tokenize(text);
            check(watch)?;
            let tags = tagger::tag_watched(text, &sentences, watch)?;
            let entities = entities::tag(text, &sentences, &tokens, &tags, watch)?;
            check(watch)?;
            if features.contains(Feature::Quotes) {
                watch.at(Some(Feature::Quotes));
                let quotes = quotes::attribute(text, &sentences, &tokens, &entities, &tags, watch)?;
                self.quotes = Some(quotes);
            }
            self.entities = Some(entities);
        }
        if features.contains(Feature::Sentences) {
            self.sentences = Some(sentences);
        }
        Ok(())
    }
}
