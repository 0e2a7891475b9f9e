//! One line of annotated JSONL as a typed row, with byte offsets.
//!
//! The line is somebody else's data: everything is checked here, so that measures
//! can trust a row. Unknown fields are ignored. No error repeats the text.

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::error::Category;

use super::{entity_types, offsets::CodePoints};
use crate::analysis::{
    Span,
    entities::EntityType,
    language::LanguageTag,
    quotes::{MentionKind, QuoteKind},
};

/// Why a line is not a row.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RowError {
    #[error("not valid UTF-8")]
    NotUtf8,
    #[error("not valid JSON (column {column})")]
    NotJson { column: usize },
    #[error("not a JSON object")]
    NotAnObject,
    /// "missing field `text`", "duplicate field `text`".
    #[error("{0}")]
    Field(String),
    #[error("a field has a value of the wrong type (column {column})")]
    WrongType { column: usize },
    #[error("`language` is not a well-formed BCP-47 tag")]
    Language,
    #[error("the piece from {start} to {end} is empty or outside the text of {length} code points")]
    Span { start: i64, end: i64, length: usize },
    #[error("no sentence can end at {end} in a text of {length} code points")]
    End { end: i64, length: usize },
    #[error("unknown entity type {0:?}")]
    EntityType(String),
    #[error("unknown kind of quote {0:?}")]
    QuoteKind(String),
    #[error("unknown kind of mention {0:?}")]
    MentionKind(String),
}

/// A text in a known language.
#[derive(Debug, PartialEq)]
pub struct LanguageRow {
    pub language: LanguageTag,
    pub text: String,
}

/// A text and its sentences.
#[derive(Debug, PartialEq)]
pub struct SentenceRow {
    pub language: Option<LanguageTag>,
    pub text: String,
    pub gold: SentenceGold,
}

/// What is known of the sentences.
#[derive(Debug, PartialEq)]
pub enum SentenceGold {
    /// Byte offsets after the last character of each, in any order.
    Ends(Vec<usize>),
    /// The sentences themselves, which need not be pieces of the text; and the
    /// name of the case, empty where it has none.
    Case { name: String, sentences: Vec<String> },
}

/// A text and its mentions.
#[derive(Debug, PartialEq)]
pub struct EntityRow {
    pub language: Option<LanguageTag>,
    pub text: String,
    pub mentions: Vec<(Span, EntityType)>,
}

/// A text and who said what in it.
#[derive(Debug, PartialEq)]
pub struct QuoteRow {
    pub language: Option<LanguageTag>,
    pub text: String,
    pub attributions: Vec<Attribution>,
    /// Whether one of them is marked as standing within another's quotation marks.
    pub annotates_within: bool,
}

/// Who said what, in pieces in any order, each list possibly empty.
#[derive(Debug, Default, PartialEq)]
pub struct Attribution {
    pub source: Vec<Span>,
    pub cue: Vec<Span>,
    pub content: Vec<Span>,
    /// `None` where it was not annotated.
    pub kind: Option<QuoteKind>,
    /// The full name of the source, empty where it has none; `None` where it was not
    /// annotated.
    pub name: Option<String>,
    /// What the source is; `None` where it was not annotated.
    pub mention: Option<MentionKind>,
}

/// A row of one measure.
pub trait Row: Sized {
    /// Reads a line without its line end.
    fn parse(line: &[u8]) -> Result<Self, RowError>;
}

impl Row for LanguageRow {
    fn parse(line: &[u8]) -> Result<Self, RowError> {
        #[derive(Deserialize)]
        struct Raw {
            language: String,
            text: String,
        }
        let raw: Raw = json(line)?;
        let language = LanguageTag::parse(&raw.language).map_err(|_| RowError::Language)?;
        Ok(Self { language, text: raw.text })
    }
}

impl Row for SentenceRow {
    fn parse(line: &[u8]) -> Result<Self, RowError> {
        #[derive(Deserialize)]
        struct Raw {
            language: Option<String>,
            text: String,
            sentence_ends: Option<Vec<i64>>,
            sents: Option<Vec<String>>,
            name: Option<String>,
            set: Option<String>,
        }
        let raw: Raw = json(line)?;
        let gold = if let Some(ends) = raw.sentence_ends {
            let points = CodePoints::of(&raw.text);
            let ends = ends.into_iter().map(|end| points.end(end)).collect::<Result<_, _>>()?;
            SentenceGold::Ends(ends)
        } else if let Some(sentences) = raw.sents {
            SentenceGold::Case { name: label(&raw.name.or(raw.set).unwrap_or_default()), sentences }
        } else {
            return Err(RowError::Field("missing field `sentence_ends` or `sents`".to_owned()));
        };
        Ok(Self { language: language(raw.language)?, text: raw.text, gold })
    }
}

impl Row for EntityRow {
    fn parse(line: &[u8]) -> Result<Self, RowError> {
        #[derive(Deserialize)]
        struct Raw {
            language: Option<String>,
            text: String,
            entities: Vec<RawEntity>,
        }
        #[derive(Deserialize)]
        struct RawEntity {
            start: i64,
            end: i64,
            r#type: String,
        }
        let raw: Raw = json(line)?;
        let points = CodePoints::of(&raw.text);
        let mentions = raw.entities.iter().map(|entity| {
            let kind = entity_types::parse(&entity.r#type)
                .ok_or_else(|| RowError::EntityType(label(&entity.r#type)))?;
            Ok((points.span(entity.start, entity.end)?, kind))
        });
        Ok(Self {
            mentions: mentions.collect::<Result<_, _>>()?,
            language: language(raw.language)?,
            text: raw.text,
        })
    }
}

impl Row for QuoteRow {
    fn parse(line: &[u8]) -> Result<Self, RowError> {
        #[derive(Deserialize)]
        struct Raw {
            language: Option<String>,
            text: String,
            attributions: Vec<RawAttribution>,
        }
        #[derive(Deserialize)]
        struct RawAttribution {
            source: Vec<[i64; 2]>,
            cue: Vec<[i64; 2]>,
            content: Vec<[i64; 2]>,
            kind: Option<String>,
            name: Option<String>,
            mention: Option<String>,
            #[serde(default)]
            within: bool,
        }
        let raw: Raw = json(line)?;
        let points = CodePoints::of(&raw.text);
        let annotates_within = raw.attributions.iter().any(|attribution| attribution.within);
        let spans = |pieces: &[[i64; 2]]| {
            pieces.iter().map(|&[start, end]| points.span(start, end)).collect::<Result<_, _>>()
        };
        let attributions = raw.attributions.into_iter().map(|attribution| {
            Ok(Attribution {
                source: spans(&attribution.source)?,
                cue: spans(&attribution.cue)?,
                content: spans(&attribution.content)?,
                kind: attribution.kind.as_deref().map(quote_kind).transpose()?,
                name: attribution.name.map(|name| name.trim().to_owned()),
                mention: attribution.mention.as_deref().map(mention_kind).transpose()?,
            })
        });
        Ok(Self {
            attributions: attributions.collect::<Result<_, _>>()?,
            annotates_within,
            language: language(raw.language)?,
            text: raw.text,
        })
    }
}

fn json<T: DeserializeOwned>(line: &[u8]) -> Result<T, RowError> {
    let line = std::str::from_utf8(line).map_err(|_| RowError::NotUtf8)?;
    // serde would take an array for a struct, too.
    if line.trim_start().starts_with('[') {
        return Err(RowError::NotAnObject);
    }
    serde_json::from_str(line).map_err(|error| {
        let column = error.column();
        if error.classify() != Category::Data {
            return RowError::NotJson { column };
        }
        // Other messages may repeat a value, so parts of the text.
        let message = error.to_string();
        match message.split_once(" at line") {
            Some((message, _)) if message.starts_with("missing field") => {
                RowError::Field(message.to_owned())
            }
            Some((message, _)) if message.starts_with("duplicate field") => {
                RowError::Field(message.to_owned())
            }
            _ => RowError::WrongType { column },
        }
    })
}

/// Absent, empty and "und": not declared.
fn language(tag: Option<String>) -> Result<Option<LanguageTag>, RowError> {
    match tag.filter(|tag| !tag.is_empty()) {
        Some(tag) => {
            let tag = LanguageTag::parse(&tag).map_err(|_| RowError::Language)?;
            Ok((!tag.is_undetermined()).then_some(tag))
        }
        None => Ok(None),
    }
}

fn quote_kind(name: &str) -> Result<QuoteKind, RowError> {
    match name.to_lowercase().as_str() {
        "direct" => Ok(QuoteKind::Direct),
        "indirect" => Ok(QuoteKind::Indirect),
        "mixed" => Ok(QuoteKind::Mixed),
        _ => Err(RowError::QuoteKind(label(name))),
    }
}

fn mention_kind(name: &str) -> Result<MentionKind, RowError> {
    match name.to_lowercase().as_str() {
        "name" => Ok(MentionKind::Name),
        "nominal" => Ok(MentionKind::Nominal),
        "pronoun" => Ok(MentionKind::Pronoun),
        _ => Err(RowError::MentionKind(label(name))),
    }
}

/// A name from the data, fit to be shown: short, on one line, nothing that a
/// terminal would obey.
fn label(name: &str) -> String {
    const MAX_CHARS: usize = 80;
    name.chars().take(MAX_CHARS).map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::{EntityRow, LanguageRow, QuoteRow, Row, RowError, SentenceGold, SentenceRow};
    use crate::analysis::{Span, entities::EntityType, quotes::QuoteKind};

    fn check<R: Row + std::fmt::Debug>(line: &str, message: &str) {
        assert_eq!(R::parse(line.as_bytes()).unwrap_err().to_string(), message, "{line}");
    }

    #[test]
    fn rows_become_typed_with_byte_offsets() {
        let row =
            r#"{"id": "x", "text": "É Ana.", "entities": [{"start": 2, "end": 5, "type": "PER"}]}"#;
        let row = EntityRow::parse(row.as_bytes()).unwrap();
        assert_eq!(row.mentions, [(Span::new(3, 6), EntityType::Person)]);

        let row = r#"{"language": "UND", "text": "É. A.", "sentence_ends": [2, 5]}"#;
        let row = SentenceRow::parse(row.as_bytes()).unwrap();
        assert_eq!((row.language, row.gold), (None, SentenceGold::Ends(vec![3, 6])));

        let row = r#"{"language": "pt-br", "text": "é", "variety": "x"}"#;
        assert_eq!(LanguageRow::parse(row.as_bytes()).unwrap().language.as_str(), "pt-BR");

        let row = r#"{"text": "É: a", "attributions": [
            {"source": [[0, 1]], "cue": [], "content": [[3, 4]], "kind": "Direct", "name": " "}]}"#;
        let row = QuoteRow::parse(row.as_bytes()).unwrap();
        let said = &row.attributions[0];
        assert_eq!((&said.source[..], said.cue.len()), (&[Span::new(0, 2)][..], 0));
        // A source without a name, which is not the same as one whose name nobody wrote down.
        assert_eq!((said.kind, said.name.as_deref()), (Some(QuoteKind::Direct), Some("")));
    }

    #[test]
    fn bad_lines_say_why_and_never_repeat_the_text() {
        check::<LanguageRow>("{", "not valid JSON (column 1)");
        check::<LanguageRow>(r#"["en", "secret"]"#, "not a JSON object");
        check::<LanguageRow>(r#"{"language": "en"}"#, "missing field `text`");
        check::<LanguageRow>(
            r#"{"language": "secret!", "text": ""}"#,
            "`language` is not a well-formed BCP-47 tag",
        );
        check::<SentenceRow>(r#"{"text": "a"}"#, "missing field `sentence_ends` or `sents`");
        check::<SentenceRow>(
            r#"{"text": "a", "sentence_ends": "secret"}"#,
            "a field has a value of the wrong type (column 39)",
        );
        check::<SentenceRow>(
            r#"{"text": "é", "sentence_ends": [2]}"#,
            "no sentence can end at 2 in a text of 1 code points",
        );
        check::<EntityRow>(
            r#"{"text": "é", "entities": [{"start": 1, "end": 1, "type": "PER"}]}"#,
            "the piece from 1 to 1 is empty or outside the text of 1 code points",
        );
        check::<EntityRow>(
            r#"{"text": "é", "entities": [{"start": 0, "end": 1, "type": "CARDINAL"}]}"#,
            r#"unknown entity type "CARDINAL""#,
        );
        check::<QuoteRow>(
            r#"{"text": "é", "attributions": [{"source": [[0]], "cue": [], "content": []}]}"#,
            "a field has a value of the wrong type (column 47)",
        );
        assert_eq!(LanguageRow::parse(b"\"\xff\""), Err(RowError::NotUtf8));
    }
}
