//! Quotes: who said what.
//!
//! Quotation marks are paired (`marks`), the turns of an interview are quotations too
//! (`turns`), and the text becomes items in sentences (`items`). The network's tags make
//! statements of them (`tagged`); what rules find beside those (`cues`, `statements`) is
//! added (`merge`), and what goes on in the next sentence is joined (`join`). Then
//! sources become people (`speakers`, `references`), and each quotation is searched for
//! what others say in it (`nested`). Other languages than English have rules of their
//! own (`foreign`).
//! Must not change sentences or entities: it builds on them.

mod assemble;
mod contents;
mod cues;
mod dialogue;
mod foreign;
mod items;
mod join;
mod lexicon;
mod marks;
mod merge;
mod nested;
mod people;
mod references;
mod roles;
mod sources;
mod speakers;
mod statements;
mod tagged;
#[cfg(test)]
mod tests;
mod turns;

pub use foreign::attribute as attribute_by_rules;

use std::cell::LazyCell;

use super::{
    Level, Span, Token,
    entities::Entities,
    language::LanguageTag,
    sentences::Sentence,
    tagger::Tags,
    watch::{Stopped, Watch, check},
};

/// The name of the tags with these rules on top, and its version: raised whenever answers change.
pub const MODEL: &str = "quotes";
pub const MODEL_VERSION: &str = "4";

/// Primary subtags of the languages supported, sorted.
pub const LANGUAGES: &[&str] = &["de", "en", "es", "fr", "it", "nl", "pt", "ru", "und"];

/// How much is found in a language.
pub fn level(language: &LanguageTag) -> Level {
    if language.is_undetermined() || language.is_one_of(&["en"]) {
        Level::Full
    } else if foreign::has_lists(language) {
        Level::Rules
    } else {
        Level::Neutral
    }
}

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
    /// Index of the quote within one of whose quotations this one stands.
    pub within: Option<usize>,
}

/// Reads the word lists.
pub fn load() {
    lexicon::load();
    roles::load();
    foreign::load();
}

/// The quotes of an English text, ordered by the start of their spans.
///
/// # Errors
/// The watch said stop.
pub fn attribute(
    text: &str,
    sentences: &[Sentence],
    tokens: &[Token],
    entities: &Entities,
    tags: &Tags,
    watch: &dyn Watch,
) -> Result<Vec<Quote>, Stopped> {
    let paragraphs = paragraphs(sentences);
    let mut quotations = marks::find(text, tokens, &paragraphs);
    check(watch)?;
    let families = LazyCell::new(|| people::families(entities));
    let turns =
        turns::find(text, &paragraphs, |label| people::is_named(text, entities, &families, label));
    turns::mark(&turns, &mut quotations);
    check(watch)?;
    let view = items::View::new(text, sentences, tokens, quotations);
    check(watch)?;
    let mut statements = tagged::statements(&view, tags, entities, watch)?;
    turns::tell(&view, &turns, &mut statements);
    merge::by_rules(&view, &mut statements);
    check(watch)?;
    join::join(&view, &mut statements);
    let people = people::People::read(&view, entities);
    let mut quotes = assemble::assemble(&view, sentences, entities, &people, statements);
    let around = nested::Around { sentences, tokens, entities, people: &people };
    nested::add(text, &around, &mut quotes, watch)?;
    Ok(nested::sort(quotes))
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
