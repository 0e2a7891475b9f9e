//! Requests: from messages to the domain, with every check on the way.

use super::{offsets::Encoding, proto};
use crate::{
    analysis::{Feature, Features, language::LanguageTag},
    error::Error,
};

/// A document whose text is within the limit.
#[derive(Debug)]
pub struct Document {
    pub id: String,
    pub text: String,
    /// Absent where the language is to be detected.
    pub language: Option<LanguageTag>,
    pub encoding: Encoding,
}

impl Document {
    /// Checks what every request has: a document and an offset encoding.
    pub fn parse(
        document: Option<proto::Document>,
        offset_encoding: i32,
        max_text_bytes: usize,
    ) -> Result<Self, Error> {
        let document = document.ok_or(Error::MissingDocument)?;
        let encoding = encoding(offset_encoding)?;
        let (limit, actual) = (max_text_bytes, document.text.len());
        if actual == 0 {
            return Err(Error::EmptyText);
        }
        if actual > limit {
            return Err(Error::TextTooLong { limit, actual });
        }
        let language = match document.language_code.as_str() {
            "" => None,
            code => Some(language(code, "document.language_code".to_owned())?)
                .filter(|language| !language.is_undetermined()),
        };
        Ok(Self { id: document.id, text: document.text, language, encoding })
    }
}

/// The tag `code`, which stands in `field`.
pub fn language(code: &str, field: String) -> Result<LanguageTag, Error> {
    LanguageTag::parse(code).map_err(|_| Error::MalformedLanguageCode { field })
}

fn encoding(number: i32) -> Result<Encoding, Error> {
    // The enumeration is open: a number that we do not know arrives as it is.
    match proto::OffsetEncoding::try_from(number) {
        Ok(proto::OffsetEncoding::Unspecified | proto::OffsetEncoding::Utf8) => Ok(Encoding::Utf8),
        Ok(proto::OffsetEncoding::Utf16) => Ok(Encoding::Utf16),
        Ok(proto::OffsetEncoding::Utf32) => Ok(Encoding::Utf32),
        Err(_) => Err(Error::UnknownEnumValue { field: "offset_encoding", number }),
    }
}

/// The features asked for; all of them where none is.
pub fn features(numbers: &[i32]) -> Result<Features, Error> {
    if numbers.is_empty() {
        return Ok(Features::ALL);
    }
    numbers.iter().map(|&number| feature(number)).collect()
}

fn feature(number: i32) -> Result<Feature, Error> {
    match proto::Feature::try_from(number) {
        Ok(proto::Feature::Language) => Ok(Feature::Language),
        Ok(proto::Feature::Sentences) => Ok(Feature::Sentences),
        Ok(proto::Feature::Entities) => Ok(Feature::Entities),
        Ok(proto::Feature::Quotes) => Ok(Feature::Quotes),
        Ok(proto::Feature::Unspecified) | Err(_) => {
            Err(Error::UnknownEnumValue { field: "features", number })
        }
    }
}
