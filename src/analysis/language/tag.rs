//! Names of languages: BCP-47 tags in their normal form.

use std::{borrow::Cow, fmt};

use super::languages;

/// A well-formed BCP-47 tag in normal case ("en", "pt-BR", "zh-Hant").
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LanguageTag(Cow<'static, str>);

/// The string is not a well-formed BCP-47 tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a well-formed BCP-47 language tag")]
pub struct MalformedTag;

/// Longest tag taken: RFC 5646 (4.4.1) finds 35 characters enough for any tag
/// without extensions.
const MAX_LENGTH: usize = 35;

impl LanguageTag {
    /// Undetermined.
    pub const UNDETERMINED: Self = Self(Cow::Borrowed("und"));

    /// A tag known to be well formed and in normal form.
    pub const fn from_static(tag: &'static str) -> Self {
        Self(Cow::Borrowed(tag))
    }

    /// Takes any well-formed tag. A longer or withdrawn code of a language that the
    /// detector knows becomes its shortest one: "eng-GB" is "en-GB", "cmn" is "zh".
    pub fn parse(tag: &str) -> Result<Self, MalformedTag> {
        if tag.len() > MAX_LENGTH {
            return Err(MalformedTag);
        }
        let tag = oxilangtag::LanguageTag::parse_and_normalize(tag).map_err(|_| MalformedTag)?;
        let tag = tag.into_inner();
        let primary = tag.split('-').next().unwrap_or_default();
        Ok(Self(Cow::Owned(match languages::shortest(primary) {
            Some(shortest) => shortest.to_owned() + &tag[primary.len()..],
            None => tag,
        })))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The language alone: "pt" of "pt-BR".
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or("und")
    }

    pub fn is_undetermined(&self) -> bool {
        self.primary() == "und"
    }

    /// Whether the primary language is one of `languages` (primary subtags).
    pub fn is_one_of(&self, languages: &[&str]) -> bool {
        languages.contains(&self.primary())
    }
}

impl fmt::Display for LanguageTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::LanguageTag;

    #[test]
    fn other_codes_become_the_shortest() {
        let cases =
            [("eng", "en"), ("CMN-hans", "zh-Hans"), ("nob", "nb"), ("pes", "fa"), ("iw", "he")];
        for (code, expect) in cases {
            assert_eq!(LanguageTag::parse(code).unwrap().as_str(), expect);
        }
    }

    #[test]
    fn tags_are_normalised_and_bad_ones_refused() {
        let tag = LanguageTag::parse("PT-br").unwrap();
        assert_eq!((tag.as_str(), tag.primary()), ("pt-BR", "pt"));
        assert!(LanguageTag::parse("UND").unwrap().is_undetermined());
        let long = "en-".to_owned() + &"a".repeat(40);
        for bad in ["", "e", "english!", "en_US", "en--US", " en", "en\0", "日本語", &long] {
            assert!(LanguageTag::parse(bad).is_err(), "{bad:?}");
        }
    }
}
