//! Language: which one a text is written in, and how languages are named.

mod codes;
mod detect;
mod sample;
mod tag;

pub use detect::detect;
pub use tag::{LanguageTag, MalformedTag};

/// The name of this set of rules, and its version: raised whenever answers change.
pub const MODEL: &str = "language-whatlang";
pub const MODEL_VERSION: &str = "1";

/// One possible language.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    pub language: LanguageTag,
    /// 0 to 1.
    pub confidence: f32,
}

/// What a text may be written in.
#[derive(Clone, Debug, PartialEq)]
pub struct Detection {
    /// Best first; empty for a text without letters.
    pub candidates: Vec<Candidate>,
    /// Whether the best is well enough ahead to be relied on.
    pub reliable: bool,
    /// ISO 15924 code of the script of most letters; "Zyyy" for none.
    pub script: &'static str,
}

impl Detection {
    /// The most likely language, `und` where there is none.
    pub fn best(&self) -> LanguageTag {
        self.candidates.first().map_or(LanguageTag::UNDETERMINED, |c| c.language.clone())
    }
}

/// The languages that `detect` knows, as BCP-47 tags, sorted.
pub fn supported() -> &'static [&'static str] {
    codes::supported()
}
