//! Entities: who and what a text names.
//!
//! First mentions: what has a form (`patterns`), and names from the network's tags
//! (`learned`), set right where their form settles it (`repairs`) and where the text
//! itself does (`repeats`). Then the entities that they stand for (`group`). Must not look at
//! quotes.

mod group;
mod learned;
mod lexicon;
mod patterns;
mod repairs;
mod repeats;
#[cfg(test)]
mod tests;

pub use lexicon::{Gender, gender_of_given_name};

use super::{
    Span, Token,
    sentences::Sentence,
    tagger::Tags,
    watch::{Stopped, Watch, check},
};

/// The name of the model, and its version: raised whenever answers change.
pub const MODEL: &str = "tagger";
pub const MODEL_VERSION: &str = "1";

/// Primary subtags of the languages supported, sorted.
pub const LANGUAGES: &[&str] = &["en"];

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EntityType {
    Person,
    Organization,
    Location,
    Norp,
    Facility,
    Product,
    Misc,
    Date,
    Money,
    Percent,
    Email,
    Url,
}

impl EntityType {
    pub const ALL: [Self; 12] = [
        Self::Person,
        Self::Organization,
        Self::Location,
        Self::Norp,
        Self::Facility,
        Self::Product,
        Self::Misc,
        Self::Date,
        Self::Money,
        Self::Percent,
        Self::Email,
        Self::Url,
    ];

    /// The name for people and reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "Person",
            Self::Organization => "Organization",
            Self::Location => "Location",
            Self::Norp => "NORP",
            Self::Facility => "Facility",
            Self::Product => "Product",
            Self::Misc => "Misc",
            Self::Date => "Date",
            Self::Money => "Money",
            Self::Percent => "Percent",
            Self::Email => "Email",
            Self::Url => "URL",
        }
    }
}

/// One place where the text names an entity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mention {
    pub span: Span,
    pub kind: EntityType,
    /// 0 to 1.
    pub confidence: f32,
    /// Index of the sentence that it starts in.
    pub sentence: usize,
    /// Index of its entity.
    pub entity: usize,
}

/// A thing that the text names.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// The fullest form in the text.
    pub name: String,
    pub kind: EntityType,
    /// Indexes of its mentions, ascending, at least one.
    pub mentions: Vec<usize>,
}

/// Mentions ordered by start, not overlapping; entities in the order of their
/// first mentions. Every mention belongs to exactly one entity.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entities {
    pub mentions: Vec<Mention>,
    pub entities: Vec<Entity>,
}

/// A mention before its sentence and entity are known.
#[derive(Clone, Copy, Debug)]
struct Found {
    span: Span,
    kind: EntityType,
    confidence: f32,
}

/// Reads the word lists, so that the first text is as fast as any other.
pub fn load() {
    lexicon::lexicon();
}

/// The entities of an English text, by its tags. Linear in the text.
///
/// # Errors
/// The watch said stop.
pub fn tag(
    text: &str,
    sentences: &[Sentence],
    tokens: &[Token],
    tags: &Tags,
    watch: &dyn Watch,
) -> Result<Entities, Stopped> {
    let mut found = patterns::find(text, tokens);
    check(watch)?;
    let mut taken = found.clone().into_iter().peekable();
    found.extend(learned::mentions(text, &tags.entities).into_iter().filter(|mention| {
        while taken.next_if(|pattern| pattern.span.end <= mention.span.start).is_some() {}
        !taken.peek().is_some_and(|pattern| pattern.span.overlaps(mention.span))
    }));
    found.sort_by_key(|f| f.span);
    check(watch)?;
    repairs::repair(text, sentences, &mut found);
    check(watch)?;
    repeats::agree(text, sentences, tokens, &mut found);
    check(watch)?;
    Ok(group::group(text, in_sentences(&found, sentences)))
}

/// Mentions with the sentences that they start in, without overlaps.
fn in_sentences(found: &[Found], sentences: &[Sentence]) -> Vec<Mention> {
    let mut sentence = 0;
    let mut end = 0;
    let mut mentions = Vec::with_capacity(found.len());
    for &Found { span, kind, confidence } in found {
        if span.start < end || span.is_empty() {
            continue;
        }
        end = span.end;
        while sentence + 1 < sentences.len() && sentences[sentence].span.end <= span.start {
            sentence += 1;
        }
        let confidence = (confidence * 100.0).round() / 100.0;
        mentions.push(Mention { span, kind, confidence, sentence, entity: 0 });
    }
    mentions
}
