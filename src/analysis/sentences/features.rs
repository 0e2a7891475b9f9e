//! Features: what the learned model is told about a candidate, as hashed numbers.
//!
//! The only place that both training and splitting read, so that they cannot differ.
//! Looks at a bounded stretch on either side. Must not decide.

use super::{
    Span,
    candidates::Candidate,
    decide::Verdict,
    marks::{self, Mark},
    model::TRAINED,
    rules::Rules,
    words::{Shape, Word, hash_marks, mix},
};

/// How many features a candidate has.
pub const COUNT: usize = 34;

/// How far before and after a candidate the sentence is looked at, in bytes.
const WINDOW: usize = 192;

/// What holds for the whole text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Situation<'a> {
    pub(super) text: &'a str,
    pub(super) rules: &'a Rules,
    /// Of the language; 0 for the neutral model.
    pub(super) language: u32,
    /// Whether the model is trained on corpora of the language.
    pub(super) trained: bool,
    /// How it is written: see `style`.
    pub(super) style: u32,
}

impl<'a> Situation<'a> {
    pub(super) fn new(text: &'a str, rules: &'a Rules, language: &str) -> Self {
        Self {
            text,
            rules,
            language: code(language),
            trained: TRAINED.binary_search(&language).is_ok(),
            style: style(text),
        }
    }
}

/// A number for a primary subtag, 0 for "und". The forms of Norwegian are one.
fn code(language: &str) -> u32 {
    match language {
        "und" => 0,
        "nb" | "nn" => code("no"),
        _ => language.bytes().fold(0, |code, b| code << 5 | u32::from(b & 31)),
    }
}

/// How a text is written, from its first KiB: how often its spaces follow a terminal
/// mark, and how often its words start with a capital.
fn style(text: &str) -> u32 {
    let bytes = &text.as_bytes()[..text.len().min(1024)];
    let spaces = 1 + count(bytes, |a, _| a == b' ' || a == b'\n');
    let marked = count(bytes, |a, b| matches!(a, b'.' | b'!' | b'?') & matches!(b, b' ' | b'\n'));
    let capitals = count(bytes, |a, b| (a == b' ' || a == b'\n') & b.is_ascii_uppercase());
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
    // A short text tells little.
    marked * 4 + capitals + if spaces < 20 { 16 } else { 0 }
}

/// The features of `candidate` in `paragraph`, for a sentence that starts at `start`.
pub(super) fn read(
    situation: &Situation,
    paragraph: Span,
    start: usize,
    candidate: &Candidate,
    verdict: Verdict,
) -> [u32; COUNT] {
    let Situation { text, rules, language, style, .. } = *situation;
    let left = &text[start..candidate.end];
    let right = &text[candidate.next..paragraph.end];
    let spaced = match &text[candidate.end..candidate.next] {
        "" => 0,
        // A line end inside a paragraph is but a space.
        " " | "\n" => 1,
        _ => 2,
    };
    let (mut w1, mut rest) = Word::last(left);
    let mut marks = w1.after;
    // Marks apart from the word: "He said so . "
    let apart = w1.text.is_empty();
    if apart {
        marks = w1.before;
        (w1, rest) = Word::last(rest);
    }
    let (w2, _) = Word::last(rest);
    let (mut r1, mut rest) = Word::first(right);
    let opened = hash_marks(r1.before);
    if r1.text.is_empty() {
        (r1, rest) = Word::first(rest);
    }
    let (r2, _) = Word::first(rest);
    let (first, _) = Word::first(left);

    let kind = kind(candidate.mark, marks) * 2 + u32::from(apart);
    let family = family(kind / 2);
    let exact = hash_marks(marks);
    let verdict = verdict as u32;
    let abbreviation = rules.abbreviation(w1.text).map_or(0, |kind| kind as u32 + 1);
    let starter = u32::from(rules.is_starter(r1.text));
    let known = abbreviation * 2 + starter;
    let so_far = SoFar::read(left);
    let length = bucket(so_far.words);
    let capitals = (so_far.capitals * 4).checked_div(so_far.words).unwrap_or(0) as u32;
    let ahead = Ahead::read(right);
    let place = u32::from(start == paragraph.start) + 2 * u32::from(paragraph.start == 0);
    let p = left.chars().next_back().map_or(0, u32::from);
    let q = right.chars().next().map_or(0, u32::from);
    let [s1, s2, t1, t2] = [w1.shape, w2.shape, r1.shape, r2.shape].map(|shape| shape as u32);
    let shapes = |a: u32, b: u32| a * (Shape::Address as u32 + 1) + b;

    let values = [
        [verdict, kind, spaced, 0],
        [exact, spaced, opened, 0],
        [exact, t1, spaced, 0],
        [kind, s1, t1, opened],
        [language, family, w1.hash, 0],
        [language, family, r1.hash, t1],
        [family, r1.hash, t1, 0],
        [language, family, w1.suffix(3), 0],
        [language, family, r1.suffix(3), t1],
        [language, family, r1.prefix(3), t1],
        [known, kind, t1, s1],
        [shapes(s2, s1), kind, shapes(t1, t2), 0],
        [language, family, r2.hash, t1],
        [language, family, w2.hash, s1],
        [length, kind, t1, verdict],
        [shapes(capitals, length), family, t1, starter],
        [language, first.hash, family, 0],
        [so_far.open, kind, opened, 0],
        [language, w1.hash, r1.hash, 0],
        [language, kind, t1, verdict],
        [style, kind, t1, starter],
        [p, q, spaced, 0],
        [language, kind, exact, starter],
        [language, r1.hash, r2.hash, family],
        [s1, hash_marks(w2.after), t1, kind],
        [language, w1.hash, w2.hash, family],
        [language, w1.hash, t1, family],
        [ahead.to_end, kind, t1, length],
        [ahead.to_mark, ahead.mark, kind, t1],
        [place, length, kind, t1],
        [language, first.hash, exact, t1],
        [language, p, family, t1],
        [language, family, w1.suffix(2), 1],
        [hash_marks(r2.before), hash_marks(r2.after), t2, kind],
    ];
    let mut features = [0; COUNT];
    for (index, (feature, [a, b, c, d])) in features.iter_mut().zip(values).enumerate() {
        let hash = mix(mix(mix(mix(index as u32 + 1, a), b), c), d);
        *feature = hash ^ hash >> 15;
    }
    features
}

/// What ends before the candidate: 12 kinds.
fn kind(mark: Mark, marks: &str) -> u32 {
    match mark {
        Mark::Stop => 8,
        Mark::Ellipsis => 9,
        Mark::Exclamation => 10,
        Mark::FullStop => 11,
        Mark::None => match marks.chars().next_back() {
            None => 0,
            Some(':') => 1,
            Some(';') => 2,
            Some(',') => 3,
            Some(')' | ']') => 4,
            Some('"' | '”' | '»' | '\'' | '’') => 5,
            Some(c) if marks::is_dash(c) => 6,
            Some(_) => 7,
        },
    }
}

/// Kinds that share what is known of single words.
fn family(kind: u32) -> u32 {
    match kind {
        0 => 0,
        3 => 1,
        1 | 2 => 2,
        4 | 5 => 3,
        6 | 7 => 4,
        8 => 5,
        _ => 6,
    }
}

/// How many neighbours are as `is` says. Written so that the compiler makes vector
/// instructions of it; several passes are faster than one with branches.
fn count(bytes: &[u8], is: impl Fn(u8, u8) -> bool) -> u32 {
    let Some((_, seconds)) = bytes.split_first() else { return 0 };
    let chunks = bytes.chunks(255).zip(seconds.chunks(255));
    let counted = chunks.map(|(firsts, seconds)| {
        u32::from(firsts.iter().zip(seconds).map(|(&a, &b)| u8::from(is(a, b))).sum::<u8>())
    });
    counted.sum::<u32>()
}

/// Steps that grow with the number.
fn bucket(count: usize) -> u32 {
    match count {
        0..=6 => count as u32,
        7..=8 => 7,
        9..=11 => 8,
        12..=16 => 9,
        17..=24 => 10,
        25..=40 => 11,
        _ => 12,
    }
}

/// The sentence up to the candidate.
struct SoFar {
    words: usize,
    /// Words that start with a capital.
    capitals: usize,
    /// Brackets and straight quotation marks that are open.
    open: u32,
}

impl SoFar {
    fn read(left: &str) -> Self {
        let bytes = &left.as_bytes()[left.len().saturating_sub(WINDOW)..];
        let mut words = 1 + count(bytes, |a, b| (a == b' ') & (b != b' '));
        let first = bytes.first().is_some_and(u8::is_ascii_uppercase);
        // Beyond ASCII, all letters of the blocks that have the usual capitals.
        let is_capital = |b: u8| b.is_ascii_uppercase() | matches!(b, 0xc3 | 0xce | 0xd0);
        let capitals = u32::from(first) + count(bytes, |a, b| (a == b' ') & is_capital(b));
        let opened = count(bytes, |_, b| matches!(b, b'(' | b'[')) as i32;
        let closed = count(bytes, |_, b| matches!(b, b')' | b']')) as i32;
        let straight = count(bytes, |_, b| b == b'"');
        if left.len() > WINDOW {
            words = WINDOW as u32;
        }
        let open = ((opened - closed).signum() + 1) as u32 * 2 + straight % 2;
        Self { words: words as usize, capitals: capitals as usize, open }
    }
}

/// The paragraph after the candidate.
struct Ahead {
    /// Words to its end, in steps.
    to_end: u32,
    /// Words to the next mark, in steps, and which mark that is.
    to_mark: u32,
    mark: u32,
}

impl Ahead {
    fn read(right: &str) -> Self {
        let bytes = &right.as_bytes()[..right.len().min(WINDOW)];
        let words = |bytes: &[u8]| 1 + count(bytes, |_, b| b == b' ') as usize;
        let is_mark = |b: u8| matches!(b, b'.' | b'!' | b'?' | b':' | b';');
        let is_free = |at: usize| bytes.get(at + 1).is_none_or(|b| !b.is_ascii_alphanumeric());
        let mark = bytes.iter().enumerate().position(|(at, &b)| is_mark(b) && is_free(at));
        let to_mark = mark.map_or(WINDOW, |at| words(&bytes[..at]));
        let to_end = if right.len() > WINDOW { WINDOW } else { words(bytes) };
        Self {
            to_end: bucket(to_end),
            to_mark: bucket(to_mark),
            mark: mark.map_or(0, |at| bytes[at].into()),
        }
    }
}
