//! Script: which one a letter belongs to.
//!
//! whatlang knows the ranges of most scripts; this adds those it does not have, and
//! joins the three of Japanese, which stand side by side in one sentence.

use whatlang::{Script, detect_script};

/// What letters are read together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Group {
    Latin,
    /// Han characters, hiragana and katakana.
    Japanese,
    /// Any other, by its ISO 15924 code; "Zzzz" where nobody knows it.
    Other(&'static str),
}

/// The group of `letter`.
pub(super) fn group(letter: char) -> Group {
    match letter {
        'A'..='Z' | 'a'..='z' => Group::Latin,
        // Full-width letters and half-width katakana, for whatlang all Korean.
        '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}' => Group::Latin,
        '\u{ff66}'..='\u{ff9d}' => Group::Japanese,
        '\u{780}'..='\u{7bf}' => Group::Other("Thaa"),
        '\u{e80}'..='\u{eff}' => Group::Other("Laoo"),
        '\u{f00}'..='\u{fff}' => Group::Other("Tibt"),
        _ => match detect_script(letter.encode_utf8(&mut [0; 4])) {
            None => Group::Other("Zzzz"),
            Some(Script::Latin) => Group::Latin,
            Some(Script::Mandarin | Script::Hiragana | Script::Katakana) => Group::Japanese,
            Some(script) => Group::Other(code(script)),
        },
    }
}

/// Which of the three of Japanese a letter is of: Han, hiragana, katakana.
pub(super) fn place_in_japanese(letter: char) -> usize {
    match letter {
        '\u{3041}'..='\u{309f}' => 1,
        '\u{30a0}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{ff66}'..='\u{ff9d}' => 2,
        _ => 0,
    }
}

/// The ISO 15924 codes of the three, in that order.
pub(super) const OF_JAPANESE: [&str; 3] = ["Hani", "Hira", "Kana"];

/// The ISO 15924 code of `script`.
fn code(script: Script) -> &'static str {
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
    use super::{Group, group};

    #[test]
    fn letters_have_the_script_of_their_block() {
        let cases = [
            ('é', Group::Latin),
            ('Ａ', Group::Latin),
            ('я', Group::Other("Cyrl")),
            ('部', Group::Japanese),
            ('ｱ', Group::Japanese),
            ('장', Group::Other("Hang")),
            ('ދ', Group::Other("Thaa")),
            ('ລ', Group::Other("Laoo")),
            ('བ', Group::Other("Tibt")),
            ('Ꮳ', Group::Other("Zzzz")),
        ];
        for (letter, expect) in cases {
            assert_eq!(group(letter), expect, "{letter}");
        }
    }
}
