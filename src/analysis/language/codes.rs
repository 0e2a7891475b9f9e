//! Codes: how whatlang's languages and scripts are called outside.
//!
//! The only place that knows ISO 639-3 and ISO 15924 codes. Knows nothing of texts.

use std::sync::LazyLock;

use whatlang::{Lang, Script};

/// Every language of whatlang: its ISO 639-3 code there, and its shortest BCP-47
/// tag. Sorted by tag.
const LANGUAGES: &[(&str, &str)] = &[
    ("afr", "af"),
    ("aka", "ak"),
    ("amh", "am"),
    ("ara", "ar"),
    ("aze", "az"),
    ("bel", "be"),
    ("bul", "bg"),
    ("ben", "bn"),
    ("cat", "ca"),
    ("ces", "cs"),
    ("cym", "cy"),
    ("dan", "da"),
    ("deu", "de"),
    ("ell", "el"),
    ("eng", "en"),
    ("epo", "eo"),
    ("spa", "es"),
    ("est", "et"),
    ("pes", "fa"),
    ("fin", "fi"),
    ("fra", "fr"),
    ("guj", "gu"),
    ("heb", "he"),
    ("hin", "hi"),
    ("hrv", "hr"),
    ("hun", "hu"),
    ("hye", "hy"),
    ("ind", "id"),
    ("ita", "it"),
    ("jpn", "ja"),
    ("jav", "jv"),
    ("kat", "ka"),
    ("khm", "km"),
    ("kan", "kn"),
    ("kor", "ko"),
    ("lat", "la"),
    ("lit", "lt"),
    ("lav", "lv"),
    ("mkd", "mk"),
    ("mal", "ml"),
    ("mar", "mr"),
    ("mya", "my"),
    ("nob", "nb"),
    ("nep", "ne"),
    ("nld", "nl"),
    ("ori", "or"),
    ("pan", "pa"),
    ("pol", "pl"),
    ("por", "pt"),
    ("ron", "ro"),
    ("rus", "ru"),
    ("sin", "si"),
    ("slk", "sk"),
    ("slv", "sl"),
    ("sna", "sn"),
    ("srp", "sr"),
    ("swe", "sv"),
    ("tam", "ta"),
    ("tel", "te"),
    ("tha", "th"),
    ("tuk", "tk"),
    ("tgl", "tl"),
    ("tur", "tr"),
    ("ukr", "uk"),
    ("urd", "ur"),
    ("uzb", "uz"),
    ("vie", "vi"),
    ("yid", "yi"),
    ("cmn", "zh"),
    ("zul", "zu"),
];

/// Other codes that stand for one of the languages above: ISO 639-3 codes of a
/// macrolanguage or its usual member, and two-letter codes that were withdrawn.
const ALIASES: &[(&str, &str)] = &[
    ("arb", "ar"),
    ("azj", "az"),
    ("ekk", "et"),
    ("fas", "fa"),
    ("in", "id"),
    ("iw", "he"),
    ("ji", "yi"),
    ("jw", "jv"),
    ("lvs", "lv"),
    ("npi", "ne"),
    ("ory", "or"),
    ("twi", "ak"),
    ("tw", "ak"),
    ("uzn", "uz"),
    ("ydd", "yi"),
    ("zho", "zh"),
];

/// The BCP-47 tags of whatlang's languages, sorted.
pub(super) fn supported() -> &'static [&'static str] {
    static TAGS: LazyLock<Vec<&str>> =
        LazyLock::new(|| LANGUAGES.iter().map(|&(_, tag)| tag).collect());
    &TAGS
}

/// The shortest code of the language that `subtag` (lower case) names, where it
/// is not itself the shortest: "en" for "eng", "he" for "iw".
pub(super) fn shortest(subtag: &str) -> Option<&'static str> {
    LANGUAGES.iter().chain(ALIASES).find(|&&(code, _)| code == subtag).map(|&(_, tag)| tag)
}

/// The BCP-47 tag of `language`.
pub(super) fn tag_of(language: Lang) -> &'static str {
    shortest(language.code()).unwrap_or("und")
}

/// The ISO 15924 code of `script`. Hiragana and katakana have codes of their own
/// beside Han, as whatlang counts them apart.
pub(super) fn script_code(script: Script) -> &'static str {
    match script {
        Script::Arabic => "Arab",
        Script::Armenian => "Armn",
        Script::Bengali => "Beng",
        Script::Cyrillic => "Cyrl",
        Script::Devanagari => "Deva",
        Script::Ethiopic => "Ethi",
        Script::Georgian => "Geor",
        Script::Greek => "Grek",
        Script::Gujarati => "Gujr",
        Script::Gurmukhi => "Guru",
        Script::Hangul => "Hang",
        Script::Hebrew => "Hebr",
        Script::Hiragana => "Hira",
        Script::Kannada => "Knda",
        Script::Katakana => "Kana",
        Script::Khmer => "Khmr",
        Script::Latin => "Latn",
        Script::Malayalam => "Mlym",
        Script::Mandarin => "Hani",
        Script::Myanmar => "Mymr",
        Script::Oriya => "Orya",
        Script::Sinhala => "Sinh",
        Script::Tamil => "Taml",
        Script::Telugu => "Telu",
        Script::Thai => "Thai",
    }
}

#[cfg(test)]
mod tests {
    use whatlang::Lang;

    use super::{ALIASES, LANGUAGES, shortest, supported, tag_of};

    #[test]
    fn the_table_names_exactly_the_languages_of_whatlang() {
        assert_eq!(LANGUAGES.len(), Lang::all().len());
        for &language in Lang::all() {
            assert_ne!(tag_of(language), "und", "{language:?}");
        }
    }

    #[test]
    fn tags_are_sorted_and_each_stands_once() {
        assert!(supported().is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn aliases_lead_to_known_tags_and_are_none_themselves() {
        for (alias, tag) in ALIASES {
            assert!(supported().contains(tag) && !supported().contains(alias), "{alias}");
        }
        assert_eq!(shortest("cmn"), Some("zh"));
        assert_eq!(shortest("en"), None);
    }
}
