//! Quotes: who said what.
//!
//! Quotation marks are paired (`marks`), the text becomes items in sentences
//! (`items`), cues are found among them (`cues`), each with its source and
//! content (`statements`), and what goes on in the next sentence is joined
//! (`join`). Last, sources become people (`speakers`). Must not change sentences or entities: it builds on them.

mod assemble;
mod contents;
mod cues;
mod items;
mod join;
mod lexicon;
mod marks;
mod people;
mod sources;
mod speakers;
mod statements;
#[cfg(test)]
mod tests;

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
pub fn load() {
    lexicon::load();
}

/// The quotes of an English text, ordered by the start of their spans.
pub fn attribute(
    text: &str,
    sentences: &[Sentence],
    tokens: &[Token],
    entities: &Entities,
) -> Vec<Quote> {
    let quotations = marks::find(text, tokens, &paragraphs(sentences));
    let view = items::View::new(text, sentences, tokens, quotations);
    let mut statements: Vec<_> =
        (0..view.clauses.len()).flat_map(|index| statements::find(&view, index)).collect();
    join::join(&view, &mut statements);
    assemble::assemble(&view, sentences, entities, statements)
}

/// The paragraphs of a text, as spans.
fn paragraphs(sentences: &[Sentence]) -> Vec<Span> {
    let mut paragraphs: Vec<Span> = Vec::new();
    let mut last = None;
    for sentence in sentences {
        match paragraphs.last_mut() {
            Some(span) if last == Some(sentence.paragraph) => *span = span.union(sentence.span),
            _ => paragraphs.push(sentence.span),
        }
        last = Some(sentence.paragraph);
    }
    paragraphs
}
