//! Quotes: who said what.

mod marks;

use super::{Span, Token, entities::Entities, sentences::Sentence};

/// The name of this set of rules, and its version: raised whenever answers change.
pub const MODEL: &str = "quotes-rules";
pub const MODEL_VERSION: &str = "1";

/// Primary subtags of the languages supported, sorted.
pub const LANGUAGES: &[&str] = &["en"];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuoteKind {
    Direct,
    Indirect,
    Mixed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MentionKind {
    Name,
    Nominal,
    Pronoun,
}

/// Who said something.
#[derive(Clone, Debug, PartialEq)]
pub struct Speaker {
    /// The words that name or describe the speaker.
    pub mention: Span,
    pub mention_kind: MentionKind,
    /// The full name; empty when not known.
    pub name: String,
    /// Index of the entity of that name.
    pub entity: Option<usize>,
}

/// One quotation.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    pub kind: QuoteKind,
    /// From the first to the last of content, cue and speaker.
    pub span: Span,
    /// The pieces said, quotation marks included; ordered, at least one.
    pub content: Vec<Span>,
    /// The verbatim words inside the marks, without the marks; ordered.
    pub quotations: Vec<Span>,
    pub cue: Option<Span>,
    pub speaker: Option<Speaker>,
    /// 0 to 1.
    pub confidence: f32,
    /// Index of the sentence where `span` starts.
    pub first_sentence: usize,
    /// Index of the sentence where `span` ends.
    pub last_sentence: usize,
}

/// Reads the word lists.
pub fn load() {}

/// The quotes of an English text, ordered by the start of their spans.
pub fn attribute(
    _text: &str,
    _sentences: &[Sentence],
    _tokens: &[Token],
    _entities: &Entities,
) -> Vec<Quote> {
    Vec::new()
}
