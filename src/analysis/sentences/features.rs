//! Features: what the learned model is told about a candidate, as hashed numbers.
//!
//! The only place that both training and splitting read, so that they cannot differ.
//! Looks at a bounded stretch on either side. Must not decide.

use super::{
    Span,
    candidates::Candidate,
    decide::Verdict,
    marks::{self, Mark},
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
    language: u32,
    style: u32,
}

impl<'a> Situation<'a> {
    pub(super) fn new(text: &'a str, rules: &'a Rules, language: &str) -> Self {
        Self { text, rules, language: code(language), style: style(text) }
    }

    /// The number that stands for the language in features.
    pub(super) fn language(&self) -> u32 {
        self.language
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

/// How a text is written, from its first 4 KiB: how often its spaces follow a
/// terminal mark, and how often its words start with a capital.
fn style(text: &str) -> u32 {
    let bytes = &text.as_bytes()[..text.len().min(4096)];
    let (mut spaces, mut marked, mut capitals) = (1u32, 0u32, 0u32);
    for window in bytes.windows(3) {
        if matches!(window[1], b' ' | b'\n') {
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
    let Situation { text, rules, language, style } = *situation;
    let left = &text[start..candidate.end];
    let right = &text[candidate.next..paragraph.end];
    let spaced = match &text[candidate.end..candidate.next] {
        "" => 0,
        " " => 1,
        space if space.contains('\n') => 2,
        _ => 3,
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
        let (mut words, mut capitals, mut round, mut straight) = (0, 0, 0i32, 0u32);
        let (mut before, mut last) = (b' ', b' ');
        for &b in bytes {
            if last == b' ' && b != b' ' {
                words += 1;
                capitals += usize::from(b.is_ascii_uppercase());
            }
            // The capitals of Latin, Greek and Cyrillic beyond ASCII, roughly.
            if before == b' ' && matches!(last, 0xc3 | 0xce | 0xd0) && (0x80..0xb0).contains(&b) {
                capitals += 1;
            }
            match b {
                b'(' | b'[' => round += 1,
                b')' | b']' => round -= 1,
                b'"' => straight += 1,
                _ => {}
            }
            (before, last) = (last, b);
        }
        if left.len() > WINDOW {
            words = WINDOW;
        }
        Self { words, capitals, open: (round.signum() + 1) as u32 * 2 + straight % 2 }
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
        let bytes = right.as_bytes();
        let mut words = 1;
        let mut mark = (WINDOW, 0);
        for (at, &b) in bytes.iter().take(WINDOW).enumerate() {
            if b == b' ' {
                words += 1;
            } else if mark.1 == 0
                && matches!(b, b'.' | b'!' | b'?' | b':' | b';')
                && bytes.get(at + 1).is_none_or(|next| !next.is_ascii_alphanumeric())
            {
                mark = (words, b);
            }
        }
        let to_end = if right.len() > WINDOW { WINDOW } else { words };
        Self { to_end: bucket(to_end), to_mark: bucket(mark.0), mark: mark.1.into() }
    }
}
