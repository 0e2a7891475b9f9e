//! Language: which one a text is written in, and how languages are named.

mod calibrate;
mod detect;
mod features;
mod languages;
mod lengths;
mod mixture;
mod model;
mod rows;
mod sample;
mod script;
mod tag;
mod words;

pub use detect::detect;
pub use tag::{LanguageTag, MalformedTag};

/// The name of this set of rules, and its version: raised whenever answers change.
pub const MODEL: &str = "language-ngrams";
pub const MODEL_VERSION: &str = "2";

/// One possible language.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    pub language: LanguageTag,
    /// How likely this is the text's language, its main one where it has several: 0
    /// to 1.
    pub confidence: f32,
    /// The share of the text's letters in this language, 0 to 1.
    pub share: f32,
}

/// What a text may be written in.
#[derive(Clone, Debug, PartialEq)]
pub struct Detection {
    /// Best first; empty for a text without letters.
    pub candidates: Vec<Candidate>,
    /// Whether answers of the best's confidence are right in 99 of 100 cases.
    pub reliable: bool,
    /// ISO 15924 code of the script of most letters; "Zyyy" where there are none but of
    /// addresses and code, "Zzzz" where the detector does not know it.
    pub script: &'static str,
}

impl Detection {
    /// The most likely language, `und` where there is none.
    pub fn best(&self) -> LanguageTag {
        self.candidates.first().map_or(LanguageTag::UNDETERMINED, |c| c.language.clone())
    }
}

/// Reads the model, so that the first text is as fast as any other.
pub fn load() {
    model::embedded();
}

/// The languages that `detect` knows, as BCP-47 tags, sorted.
pub fn supported() -> &'static [&'static str] {
    languages::supported()
}
