//! Features: what the learned model is told about a candidate, as hashed numbers.
//!
//! The only place that both training and splitting read, so that they cannot differ.
//! Looks at a bounded stretch on either side. Must not decide.

use super::{
    Span,
    candidates::Candidate,
    marks::{self, Mark},
    rules::{Abbreviation, Rules},
};

/// Features of one candidate.
pub(super) const COUNT: usize = 52;

/// Longest word read, in bytes; longer ones are addresses and the like.
const REACH: usize = 40;

/// What is known of the whole text and of the sentence so far.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Situation {
    /// Of the language; 0 for the neutral model.
    pub(super) language: u32,
    /// How the text is written: see `style`.
    pub(super) style: u32,
}

/// A word with what touches it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Word<'a> {
    /// Without marks at either end; empty where a token has nothing else.
    pub(super) text: &'a str,
    /// Marks before and after it.
    before: &'a str,
    after: &'a str,
    /// Hash of the lower-case form with digits as zeros.
    pub(super) hash: u32,
    pub(super) shape: u32,
}

impl<'a> Word<'a> {
    pub(super) fn new(token: &'a str) -> Self {
        let text = token.trim_start_matches(|c: char| !c.is_alphanumeric());
        let before = &token[..token.len() - text.len()];
        let inner = text.trim_end_matches(|c: char| !is_word_part(c));
        let after = &text[inner.len()..];
        let shape = if is_address(inner.as_bytes()) { 16 } else { shape(inner) };
        Self { text: inner, before, after, hash: hash_word(inner), shape }
    }
}

/// Web and mail addresses, names of files.
fn is_address(word: &[u8]) -> bool {
    word.len() > 5
        && (word.starts_with(b"http")
            || word.starts_with(b"www.")
            || word.contains(&b'@')
            || word.len() > 5 && word[..word.len() - 2].contains(&b'.') && {
                let at = word.iter().rposition(|&b| b == b'.').unwrap_or(0);
                word.len() - at <= 5 && word[at..].len() > 2 && word[at + 1..].iter().all(u8::is_ascii_lowercase) && at > 2 && word[at - 1].is_ascii_alphanumeric()
            })
}

fn is_word_part(c: char) -> bool {
    c.is_alphanumeric() || !c.is_ascii() && !marks::is_opener(c) && !marks::is_closer(c) && !marks::is_either(c) && marks::terminal(c).is_none() && !c.is_whitespace() && is_combining(c)
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{900}'..='\u{963}' | '\u{966}'..='\u{1cff}' | '\u{200c}' | '\u{200d}' | '\u{e00}'..='\u{e7f}')
}

pub(super) const PRIME: u32 = 0x9E37_79B1;

pub(super) fn mix(hash: u32, value: u32) -> u32 {
    (hash.rotate_left(5) ^ value).wrapping_mul(PRIME)
}

pub(super) fn hash_word(word: &str) -> u32 {
    let mut hash = 0;
    for &b in word.as_bytes() {
        if !b.is_ascii() {
            return word.chars().flat_map(char::to_lowercase).fold(0, |hash, c| {
                mix(hash, if c.is_numeric() { u32::from(b'0') } else { u32::from(c) })
            });
        }
        let b = if b.is_ascii_digit() { b'0' } else { b.to_ascii_lowercase() };
        hash = mix(hash, u32::from(b));
    }
    hash
}

/// Of marks; a run of one mark counts as two of it.
fn hash_str(text: &str) -> u32 {
    let (mut a, mut b) = (0, 0);
    text.bytes().take(16).fold(7, |hash, byte| {
        if a == byte && b == byte {
            return hash;
        }
        (a, b) = (b, byte);
        mix(hash, u32::from(byte))
    })
}

/// 16 kinds of outer form.
pub(super) fn shape(word: &str) -> u32 {
    let mut chars = word.chars();
    let Some(first) = chars.next() else { return 0 };
    let mut count = 1u32;
    let (mut upper, mut lower, mut digit, mut other) = (0u32, 0u32, 0u32, 0u32);
    let mut tally = |c: char| {
        if c.is_ascii_lowercase() || c.is_lowercase() {
            lower += 1;
        } else if c.is_uppercase() {
            upper += 1;
        } else if c.is_numeric() {
            digit += 1;
        } else if c.is_alphabetic() {
            other += 1;
        }
    };
    tally(first);
    for c in chars {
        tally(c);
        count += 1;
    }
    if other > 0 {
        return 1;
    }
    if digit > 0 {
        return match (upper + lower, count) {
            (0, 1) => 2,
            (0, 2) => 3,
            (0, 4) => 4,
            (0, _) => 5,
            _ => 6,
        };
    }
    match (upper, lower, count) {
        (1, 0, 1) => 7,
        (0, 1, 1) => 8,
        (0, _, 2..=3) => 9,
        (0, ..) => 10,
        (1, _, 2..=3) if first.is_uppercase() => 11,
        (1, ..) if first.is_uppercase() => 12,
        (_, 0, 2..=3) => 13,
        (_, 0, _) => 14,
        _ => 15,
    }
}

/// The token that ends at the end of `text`.
fn token_before(text: &str) -> &str {
    let bytes = text.as_bytes();
    let floor = bytes.len().saturating_sub(REACH);
    let mut at = bytes.len();
    while at > floor && !is_space_byte(bytes, at - 1) {
        at -= 1;
    }
    while !text.is_char_boundary(at) {
        at += 1;
    }
    &text[at..]
}

/// The token that starts `text`.
fn token_after(text: &str) -> &str {
    let bytes = text.as_bytes();
    let ceiling = bytes.len().min(REACH);
    let mut at = 0;
    while at < ceiling && !is_space_byte(bytes, at) {
        at += 1;
    }
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    &text[..at]
}

/// ASCII white space, or the last byte of a no-break space.
fn is_space_byte(bytes: &[u8], at: usize) -> bool {
    matches!(bytes[at], b' ' | b'\n' | b'\t' | b'\r')
        || bytes[at] == 0xa0 && at > 0 && bytes[at - 1] == 0xc2
        || bytes[at] == 0xc2 && bytes.get(at + 1) == Some(&0xa0)
}

fn trim_end(text: &str) -> &str {
    text.trim_end_matches([' ', '\n', '\t', '\r', '\u{a0}'])
}

fn trim_start(text: &str) -> &str {
    text.trim_start_matches([' ', '\n', '\t', '\r', '\u{a0}'])
}

fn bucket(value: usize) -> u32 {
    match value {
        0..=6 => value as u32,
        7..=8 => 7,
        9..=11 => 8,
        12..=16 => 9,
        17..=24 => 10,
        25..=40 => 11,
        41..=80 => 12,
        _ => 13,
    }
}

/// How a text is written, from its first 4 KiB: how often its spaces follow a mark,
/// and how often its words start with a capital.
pub(super) fn style(text: &str) -> u32 {
    let bytes = &text.as_bytes()[..text.len().min(4096)];
    let (mut spaces, mut marked, mut capitals) = (1u32, 0u32, 0u32);
    for window in bytes.windows(3) {
        if window[1] == b' ' || window[1] == b'\n' {
            spaces += 1;
            marked += u32::from(matches!(window[0], b'.' | b'!' | b'?'));
            capitals += u32::from(window[2].is_ascii_uppercase());
        }
    }
    let marked = match marked * 1000 / spaces {
        0..=9 => 0,
        10..=29 => 1,
        30..=99 => 2,
        _ => 3,
    };
    let capitals = match capitals * 100 / spaces {
        0..=2 => 0,
        3..=19 => 1,
        20..=39 => 2,
        _ => 3,
    };
    marked * 4 + capitals + if spaces < 20 { 16 } else { 0 }
}

/// The features of `candidate`, for a sentence that starts at `start`.
pub(super) fn read(
    text: &str,
    paragraph: Span,
    start: usize,
    candidate: &Candidate,
    verdict: Option<bool>,
    rules: &Rules,
    situation: Situation,
) -> [u32; COUNT] {
    let left = &text[start..candidate.end];
    let right = &text[candidate.next..paragraph.end];
    let spaced = match &text[candidate.end..candidate.next] {
        "" => 0,
        " " => 1,
        space if space.contains('\n') => 2,
        _ => 3,
    };
    let last = token_before(left);
    let mut w1 = Word::new(last);
    let mut marks_text = w1.after;
    let mut rest = &left[..left.len() - last.len()];
    let apart = w1.text.is_empty();
    if apart {
        marks_text = last;
        rest = trim_end(rest);
        let token = token_before(rest);
        w1 = Word::new(token);
        rest = &rest[..rest.len() - token.len()];
    }
    let rest = trim_end(rest);
    let token = token_before(rest);
    let w2 = Word::new(token);
    let rest = trim_end(&rest[..rest.len() - token.len()]);
    let token = token_before(rest);
    let w3 = Word::new(token);
    let rest = trim_end(&rest[..rest.len() - token.len()]);
    let w4 = Word::new(token_before(rest));
    let first = token_after(right);
    let mut r1 = Word::new(first);
    let mut opener = r1.before;
    let mut rest = &right[first.len()..];
    if r1.text.is_empty() {
        opener = first;
        rest = trim_start(rest);
        let token = token_after(rest);
        r1 = Word::new(token);
        rest = &rest[token.len()..];
    }
    let rest = trim_start(rest);
    let token = token_after(rest);
    let r2 = Word::new(token);
    let rest = trim_start(&rest[token.len()..]);
    let token = token_after(rest);
    let r3 = Word::new(token);
    let rest = trim_start(&rest[token.len()..]);
    let r4 = Word::new(token_after(rest));
    let case = |w: &Word| super::training::case(situation.language, w.hash);
    let (c_r1, c_r2, c_w1) = (case(&r1), case(&r2), case(&w1));

    let language = situation.language;
    let kind = match candidate.mark {
        Mark::None => marks_text.chars().next_back().map_or(0, |c| match c {
            ':' => 1,
            ';' => 2,
            ',' => 3,
            ')' | ']' => 4,
            '"' | '”' | '»' | '\'' | '’' => 5,
            c if marks::is_dash(c) => 6,
            _ => 7,
        }),
        Mark::Stop => 8,
        Mark::Ellipsis => 9,
        Mark::Exclamation => 10,
        Mark::FullStop => 11,
    } * 2
        + u32::from(apart);
    let coarse = match kind / 2 {
        0 => 0,
        1..=7 => 1,
        8 => 2,
        _ => 3,
    };
    let exact = hash_str(marks_text);
    let opened = hash_str(opener);
    let verdict = verdict.map_or(2, u32::from);
    let abbreviation = match rules.abbreviation(w1.text) {
        None => 0,
        Some(Abbreviation::Leading) => 1,
        Some(Abbreviation::Numbering) => 2,
        Some(Abbreviation::Plain) => 3,
    };
    let starter = u32::from(rules.is_starter(r1.text));
    let (words, capitals) = words_of(left);
    let length = bucket(words);
    let ratio = if words == 0 { 0 } else { (capitals * 4 / words) as u32 };
    let first_word = Word::new(token_after(left));
    let open = brackets(left);
    let is_first = u32::from(start == paragraph.start) + 2 * u32::from(paragraph.start == 0);
    let (to_end, to_mark, next_mark) = ahead(right);
    let tail = hash_str(r1.after);
    let p = text[..candidate.end].chars().next_back().map_or(0, u32::from);
    let q = right.chars().next().map_or(0, u32::from);
    let suffix = |word: &str, n: usize| {
        word.char_indices().rev().take(n).last().map_or(0, |(at, _)| hash_word(&word[at..]))
    };
    let prefix = |word: &str, n: usize| {
        let end = word.char_indices().nth(n).map_or(word.len(), |(at, _)| at);
        hash_word(&word[..end])
    };

    let values: [(u32, u32, u32, u32); COUNT] = [
        (verdict, kind, spaced, 0),
        (exact, spaced, opened, 0),
        (exact, r1.shape, spaced, 0),
        (kind, w1.shape, r1.shape, opened),
        (language, coarse, w1.hash, 0),
        (kind, w1.hash, 0, 0),
        (language, coarse, r1.hash, r1.shape),
        (coarse, r1.hash, r1.shape, 0),
        (language, coarse, suffix(w1.text, 3), 1),
        (language, coarse, suffix(w1.text, 2), 2),
        (language, coarse, suffix(r1.text, 3), r1.shape),
        (language, coarse, prefix(r1.text, 3), r1.shape),
        (abbreviation * 2 + starter, kind, r1.shape, w1.shape),
        (w2.shape * 17 + w1.shape, kind, r1.shape * 17 + r2.shape, 0),
        (language, coarse, r2.hash, r1.shape),
        (language, coarse, w2.hash, w1.shape),
        (length, kind, r1.shape, verdict),
        (ratio * 16 + length, coarse, r1.shape, starter),
        (language, first_word.hash, coarse, 0),
        (open, kind, opened, 0),
        (tail, r1.shape, coarse, 0),
        (language, w1.hash, r1.hash, 0),
        (language, kind, r1.shape, verdict),
        (situation.style, kind, r1.shape, starter),
        (p, q, spaced, 0),
        (language, kind, exact, starter),
        (w1.text.len().min(12) as u32, kind, r1.shape, verdict),
        (language, r1.hash, r2.hash, coarse),
        (w1.shape, hash_str(w2.after), r1.shape, kind),
        (hash_str(r2.before), hash_str(r2.after), r2.shape, kind),
        (language, p, coarse, r1.shape),
        (language, suffix(w1.text, 4), w2.hash, coarse),
        (language, length, coarse, w1.shape),
        (situation.style, language, coarse, ratio),
        (c_r1, kind, r1.shape, w1.shape),
        (c_r1 * 16 + c_w1 * 4 + c_r2, coarse, r1.shape, w1.shape * 17 + r2.shape),
        (c_r1, kind, r1.shape, language),
        (language, w3.hash, coarse, 3),
        (language, r3.hash, coarse, r1.shape),
        (language, w4.hash, coarse, 4),
        (language, r4.hash, coarse, r1.shape),
        (w3.shape * 17 + w2.shape, w1.shape * 17 + r1.shape, r2.shape * 17 + r3.shape, coarse),
        (language, w1.hash, w2.hash, coarse),
        (c_r1, length, coarse, w1.shape),
        (language, w1.hash, r1.shape, coarse),
        (c_r1, situation.style, coarse, r1.shape),
        (to_end, kind, r1.shape, length),
        (to_mark, next_mark, kind, r1.shape),
        (to_mark, next_mark, coarse, length),
        (is_first, length, kind, r1.shape),
        (language, first_word.hash, exact, r1.shape),
        (language, is_first, r1.hash, coarse),
    ];
    let mut features = [0; COUNT];
    for (index, (a, b, c, d)) in values.into_iter().enumerate() {
        let hash = mix(mix(mix(mix(index as u32 + 1, a), b), c), d);
        features[index] = hash ^ hash >> 15;
    }
    features
}

/// Words of the sentence so far, and how many start with a capital; at most the
/// last `WINDOW` bytes are looked at.
fn words_of(left: &str) -> (usize, usize) {
    const WINDOW: usize = 256;
    let bytes = &left.as_bytes()[left.len().saturating_sub(WINDOW)..];
    let mut words = 0;
    let mut capitals = 0;
    let mut space = true;
    let mut previous = 0;
    for &b in bytes {
        let is_space = b == b' ' || b == b'\n';
        if space && !is_space {
            words += 1;
            capitals += usize::from(b.is_ascii_uppercase());
        }
        // Capitals of Latin, Greek and Cyrillic letters, roughly.
        if matches!(previous, 0xc3 | 0xce | 0xd0) && (0x80..0xb0).contains(&b) && space {
            capitals += 1;
        }
        space = is_space;
        previous = b;
    }
    if left.len() > WINDOW { (100, capitals) } else { (words, capitals) }
}

/// Whether a bracket or quotation is open in the last bytes.
fn brackets(left: &str) -> u32 {
    let bytes = &left.as_bytes()[left.len().saturating_sub(256)..];
    let (mut round, mut straight) = (0i32, 0u32);
    for &b in bytes {
        match b {
            b'(' | b'[' => round += 1,
            b')' | b']' => round -= 1,
            b'"' => straight += 1,
            _ => {}
        }
    }
    (round.clamp(-1, 1) + 1) as u32 * 2 + straight % 2
}

/// Words to the end of the paragraph, to the next mark and which mark that is.
fn ahead(right: &str) -> (u32, u32, u32) {
    const WINDOW: usize = 160;
    let bytes = &right.as_bytes()[..right.len().min(WINDOW)];
    let mut words = 1;
    let mut mark = (99, 0);
    for (i, &b) in bytes.iter().enumerate() {
        if b == b' ' {
            words += 1;
        } else if mark.1 == 0 && matches!(b, b'.' | b'!' | b'?' | b':' | b';') && bytes.get(i + 1).is_none_or(|&b| !b.is_ascii_alphanumeric()) {
            mark = (words, u32::from(b));
        }
    }
    let to_end = if right.len() > WINDOW { 99 } else { words };
    (bucket(to_end), bucket(mark.0), mark.1)
}
