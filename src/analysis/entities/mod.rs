//! Entities: who and what a text names.
//!
//! First mentions (`find`), then the entities that they stand for (`group`).
//! Must not look at quotes.

use super::{Span, Token, sentences::Sentence};

/// The name of this set of rules, and its version: raised whenever answers change.
pub const MODEL: &str = "entities-rules";
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

/// Reads the word lists.
pub fn load() {}

/// The entities of an English text.
pub fn tag(_text: &str, _sentences: &[Sentence], _tokens: &[Token]) -> Entities {
    Entities::default()
}
