//! Words as the search for names sees them: tokens with hyphenated compounds taken
//! apart ("Chinese-backed"), and with what their place in the text tells.

use std::borrow::Cow;
use std::collections::HashSet;

use super::lexicon::{Known, lexicon, normalize};
use crate::analysis::{Span, Token, TokenKind, sentences::Sentence};

#[derive(Clone, Debug)]
pub(super) struct Word<'a> {
    pub span: Span,
    pub text: &'a str,
    /// In lower case, with plain apostrophes.
    pub lower: Cow<'a, str>,
    pub kind: TokenKind,
    /// Written like a name: with a capital, or a particle before one ("al-Tanf").
    pub capital: bool,
    /// At least two letters, all capitals.
    pub upper: bool,
    /// A capital says nothing here: the word begins a sentence, line or quotation.
    pub initial: bool,
    /// In a headline, where every word may have a capital.
    pub headline: bool,
    /// In a line all in capitals.
    pub shouted: bool,
    /// First on its line.
    pub line_start: bool,
    /// No white space between this word and the one before.
    pub glued: bool,
}

/// Longest word that is looked at, in bytes.
const MAX_WORD: usize = 64;
const PARTICLES: &[&str] = &[
    "al", "el", "ul", "ad", "an", "ar", "as", "ash", "at", "az", "bin", "ben", "ibn", "abu", "de",
    "sub", "ultra",
];
/// Abbreviations whose stop belongs to them where a name follows.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "st", "gen", "lt", "col", "maj", "capt", "sgt", "gov", "sen",
    "rep", "rev", "hon", "fr", "mt", "eng", "adv", "cmdr", "adm", "brig", "jr",
];

pub(super) fn words<'a>(text: &'a str, sentences: &[Sentence], tokens: &[Token]) -> Vec<Word<'a>> {
    let mut words: Vec<Word<'a>> = Vec::with_capacity(tokens.len() + tokens.len() / 8);
    let mut starts = sentences.iter().map(|s| s.span.start).peekable();
    let mut skip_stop = false;
    for (i, token) in tokens.iter().enumerate() {
        let mut span = token.span;
        if std::mem::take(&mut skip_stop) {
            continue;
        }
        let mut sentence_start = false;
        while starts.peek().is_some_and(|&start| start <= span.start) {
            sentence_start |= starts.next() == Some(span.start);
        }
        if token.kind == TokenKind::Word && is_abbreviation(span.of(text)) {
            let name_follows = tokens.get(i + 2).is_some_and(|t| t.is_capitalized(text));
            if let Some(stop) = tokens.get(i + 1)
                && stop.span.start == span.end
                && stop.text(text) == "."
                && name_follows
            {
                span.end = stop.span.end;
                skip_stop = true;
            }
        }
        let before = words.last().map_or(0, |w| w.span.end);
        let line_start = words.is_empty() || text[before..span.start].contains('\n');
        let initial = line_start || sentence_start || words.last().is_some_and(opens_sentence);
        let first = words.len();
        split(text, span, token.kind, &mut words);
        if let Some(word) = words.get_mut(first) {
            word.initial = initial;
            word.line_start = line_start;
            word.glued = !line_start && before == span.start;
        }
    }
    mark_headlines(&mut words);
    words
}

fn is_abbreviation(word: &str) -> bool {
    word.len() <= 5 && ABBREVIATIONS.contains(&normalize(word).as_str())
}

/// Whether a word after this mark has a capital for that reason.
fn opens_sentence(word: &Word) -> bool {
    word.kind == TokenKind::Mark
        && matches!(
            word.text,
            "." | "!"
                | "?"
                | "…"
                | ":"
                | "\""
                | "“"
                | "‘"
                | "«"
                | "'"
                | "•"
                | "*"
                | "|"
                | "["
                | "”"
        )
}

/// Adds the word at `span`, or the parts of a compound.
fn split<'a>(text: &'a str, span: Span, kind: TokenKind, words: &mut Vec<Word<'a>>) {
    let whole = span.of(text);
    let parts: Vec<&str> = if kind == TokenKind::Word && whole.len() <= MAX_WORD {
        whole.split('-').collect()
    } else {
        Vec::new()
    };
    if (2..=6).contains(&parts.len()) && comes_apart(whole, &parts) {
        let mut at = span.start;
        for part in parts {
            if at > span.start {
                words.push(word(text, Span::new(at, at + 1), TokenKind::Mark));
                at += 1;
            }
            words.push(word(text, Span::new(at, at + part.len()), kind));
            at += part.len();
        }
    } else {
        words.push(word(text, span, kind));
    }
}

fn comes_apart(whole: &str, parts: &[&str]) -> bool {
    let lexicon = lexicon();
    let known = |part: &str| lexicon.known(part, &normalize(part));
    if known(whole) != Known::default() || !whole.contains(char::is_uppercase) {
        return false;
    }
    let first = parts[0];
    let last = parts[parts.len() - 1];
    if PARTICLES.contains(&normalize(first).as_str()) {
        return false;
    }
    let lower = |part: &str| part.starts_with(char::is_lowercase);
    let upper = |part: &str| part.starts_with(char::is_uppercase);
    if upper(first) && lower(last) {
        // "Hong Kong-based", not "Suk-yeol".
        return known(first).any(Known::NAME)
            || last.len() > 3 && (last.ends_with("ed") || last.ends_with("ing") || last == "born")
            || matches!(
                last,
                "led" | "run" | "wide" | "style" | "era" | "based" | "born" | "level"
            );
    }
    if lower(first) && upper(last) {
        return true;
    }
    parts.iter().any(|part| known(part).any(Known::NAME) && !known(part).any(Known::GIVEN))
}

fn word(text: &str, span: Span, kind: TokenKind) -> Word<'_> {
    let piece = span.of(text);
    let short = piece.len() <= MAX_WORD;
    let mut letters = piece.chars().filter(|c| c.is_alphabetic());
    let capital = kind == TokenKind::Word
        && short
        && (piece.starts_with(char::is_uppercase) || is_inner_capital(piece));
    let upper = capital
        && letters.clone().count() >= 2
        && letters.all(|c| c.is_uppercase() || !c.is_lowercase());
    Word {
        span,
        text: piece,
        lower: if short { lower(piece) } else { Cow::Borrowed("") },
        kind,
        capital,
        upper,
        initial: false,
        headline: false,
        shouted: false,
        line_start: false,
        glued: true,
    }
}

/// `normalize`, without a copy where nothing changes.
fn lower(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase() && b != b'`') {
        Cow::Borrowed(word)
    } else {
        Cow::Owned(normalize(word))
    }
}

/// "al-Tanf", "iPhone", "eNCA".
fn is_inner_capital(word: &str) -> bool {
    if let Some((first, rest)) = word.split_once('-') {
        return PARTICLES.contains(&first) && rest.starts_with(char::is_uppercase);
    }
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_lowercase) && chars.next().is_some_and(char::is_uppercase)
}

/// Marks the lines where nearly every longer word has a capital.
fn mark_headlines(words: &mut [Word]) {
    let mut start = 0;
    while start < words.len() {
        let mut end = start + 1;
        while end < words.len() && !words[end].line_start {
            end += 1;
        }
        let line = &mut words[start..end];
        let closed = line.last().is_some_and(|w| matches!(w.text, "." | "!" | "?" | "”" | "\""));
        let longer = |w: &&Word| w.kind == TokenKind::Word && w.span.len() > 3;
        let all = line.iter().filter(longer).count();
        let capitals = line.iter().filter(longer).filter(|w| w.capital).count();
        let upper = line.iter().filter(longer).filter(|w| w.upper).count();
        let common = line.iter().filter(|w| w.capital && !w.initial && is_common(w)).count();
        let shouted = all >= 3 && upper * 5 >= all * 4;
        if shouted || !closed && all >= 4 && capitals * 4 >= all * 3 && common > 0 {
            for word in line {
                word.headline = true;
                word.initial = true;
                word.shouted = shouted;
            }
        }
        start = end;
    }
}

fn is_common(word: &Word) -> bool {
    lexicon().common.contains(&*word.lower)
}

/// The words that the text also writes in lower case.
pub(super) fn lower_case_words<'a>(words: &'a [Word]) -> HashSet<&'a str> {
    words
        .iter()
        .filter(|w| w.kind == TokenKind::Word && !w.capital && w.span.len() > 2)
        .map(|w| &*w.lower)
        .collect()
}
