//! Context: the words right before and right after a place in the text.
//!
//! Looks at a bounded stretch, so that the whole stays linear.

use super::marks;

/// Longest stretch looked at, in characters. No abbreviation, name or address that
/// decides anything is longer.
const REACH: usize = 64;

/// The piece before the end of `before`, back to white space or `REACH`, without
/// quotation marks and brackets before it: "U.S" of "(the U.S". A stop with a space
/// before it is taken to touch its word.
pub(super) fn piece_before(before: &str) -> &str {
    let before = before.trim_end_matches([' ', '\u{a0}']);
    let start = before
        .char_indices()
        .rev()
        .take(REACH)
        .take_while(|&(_, c)| !c.is_whitespace())
        .last()
        .map_or(before.len(), |(at, _)| at);
    before[start..].trim_start_matches(|c: char| {
        marks::is_opener(c) || marks::is_either(c) || marks::is_dash(c)
    })
}

/// The word that a stop belongs to: the end of `piece` after its last slash, bracket,
/// dash or apostrophe ("l'Ing"); stops inside are kept, and so is a mark before the
/// last letter of a Hebrew acronym.
pub(super) fn word_of(piece: &str) -> &str {
    let is_inner = |c: char| c.is_alphanumeric() || matches!(c, '.' | '&' | 'º' | '°' | '-');
    piece.rfind(|c: char| !is_inner(c) && !is_mark(c)).map_or(piece, |at| {
        let is_hebrew = |c: char| matches!(c, '\u{5d0}'..='\u{5ea}');
        if piece[at..].starts_with(['"', '״', '\'', '׳']) && piece[..at].ends_with(is_hebrew) {
            return piece;
        }
        let length = piece[at..].chars().next().map_or(0, char::len_utf8);
        &piece[at + length..]
    })
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{900}'..='\u{1cff}' | '\u{200c}' | '\u{200d}')
}

/// What follows a candidate.
#[derive(Clone, Copy, Debug)]
pub(super) struct After<'a> {
    /// The first character.
    pub(super) first: char,
    /// The first that is no opening mark, dash, bullet or space.
    pub(super) start: char,
    /// The word that starts there; empty if that is no letter or digit.
    pub(super) word: &'a str,
    /// All from there on.
    pub(super) rest: &'a str,
}

impl After<'_> {
    /// Whether it is a web address: it starts sentences in lower case.
    pub(super) fn is_address(&self) -> bool {
        matches!(self.word, "http" | "https" | "www")
    }

    /// Whether the word is a letter with a stop, as in "J. R. Smith".
    pub(super) fn is_initial(&self) -> bool {
        self.word.chars().count() == 1 && self.rest[self.word.len()..].starts_with('.')
    }
}

impl<'a> After<'a> {
    /// Reads the start of `rest`, which is not empty.
    pub(super) fn read(rest: &'a str) -> Self {
        let first = rest.chars().next().unwrap_or(' ');
        let skips = |c: char| {
            c.is_whitespace()
                || marks::is_opener(c)
                || marks::is_either(c)
                || marks::is_dash(c)
                || marks::is_bullet(c)
                || matches!(c, '.' | '…' | '#' | '»' | '›' | '”' | '’')
        };
        let at = rest
            .char_indices()
            .take(REACH)
            .find(|&(_, c)| !skips(c))
            .map_or(rest.len(), |(at, _)| at);
        let rest = &rest[at..];
        let end = rest
            .char_indices()
            .take(REACH)
            .find(|&(_, c)| !c.is_alphanumeric() && !is_mark(c) && !matches!(c, '\'' | '’'))
            .map_or(rest.len().min(REACH), |(at, _)| at);
        let word = rest.get(..end).unwrap_or("").trim_end_matches(['\'', '’']);
        Self { first, start: rest.chars().next().unwrap_or(first), word, rest }
    }
}
