//! Scores predictions against annotations, so that anybody can measure us on
//! their own data.
//!
//! `rows` reads a line of annotated JSONL; one module for each measure compares
//! it with what the analysis says; `run` reads the files in blocks; `report` is
//! the result. Knows the domain and serde, not protobuf. A report never repeats
//! the text of a document.

mod calibration;
mod counts;
mod entities;
mod entity_types;
mod languages;
mod offsets;
mod quotes;
mod report;
mod rows;
mod run;
mod sentences;

pub use report::{Cell, Group, Line, LineError, Report};
pub use rows::RowError;
pub use run::{Input, Options, ReadError, evaluate};

use crate::analysis::Feature;

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// Accuracy of language detection. Rows: `{"language", "text"}`.
    Languages,
    /// F1 of sentence ends. Rows: `{"text", "sentence_ends"}`; or whole cases,
    /// `{"name", "text", "sents"}`.
    Sentences,
    /// F1 of mentions. Rows: `{"text", "entities": [{"start", "end", "type"}]}`.
    Entities,
    /// F1 of attributions.
    /// Rows: `{"text", "attributions": [{"source", "cue", "content"}]}`.
    Quotes,
}

impl Task {
    pub const ALL: [Self; 4] = [Self::Languages, Self::Sentences, Self::Entities, Self::Quotes];

    /// Its name on the command line and in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Languages => "languages",
            Self::Sentences => "sentences",
            Self::Entities => "entities",
            Self::Quotes => "quotes",
        }
    }

    /// The part of the analysis that it measures.
    const fn feature(self) -> Feature {
        match self {
            Self::Languages => Feature::Language,
            Self::Sentences => Feature::Sentences,
            Self::Entities => Feature::Entities,
            Self::Quotes => Feature::Quotes,
        }
    }
}
