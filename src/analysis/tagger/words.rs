//! What the network reads: words, with what the vocabulary does not tell of them.
//!
//! A word is a run of letters, digits and combining marks, or any other single
//! character that is not white space: finer than a token, since names end at
//! hyphens and apostrophes too. `training/tagger/words.py` cuts in the same way.

use unicode_normalization::char::is_combining_mark;

use crate::analysis::Span;

/// What stood before a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Space {
    Nothing,
    Blank,
    /// One line break.
    Line,
    /// An empty line, or the start of the text.
    Paragraph,
}

/// The letter case of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Letters of a script without case.
    NoCase,
    /// "camp"
    Lower,
    /// "Camp"
    Title,
    /// "SANA"
    Upper,
    /// "S"
    OneUpper,
    /// "iPhone"
    LowerInner,
    /// "McDonald"
    TitleInner,
    /// "2254"
    Digits,
    /// "G20"
    MixedDigits,
    /// Any other character.
    Mark,
}

/// Where a word stands to the double quotation marks of its line. This is a hint
/// to the network; `quotes::marks` pairs them in earnest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuoteState {
    Outside,
    Opening,
    Inside,
    Closing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    pub span: Span,
    pub space: Space,
    pub shape: Shape,
    pub quote: QuoteState,
}

/// The words of `text` in order. Every character but white space is in one.
pub fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::with_capacity(text.len() / 5);
    let mut chars = text.char_indices().peekable();
    let (mut breaks, mut spaced, mut quoted) = (2, true, false);
    while let Some((start, c)) = chars.next() {
        if c.is_whitespace() {
            spaced = true;
            breaks += u32::from(c == '\n');
            continue;
        }
        let mut end = start + c.len_utf8();
        let inside = is_inside(c);
        while let Some((at, next)) = chars.next_if(|&(_, next)| inside && is_inside(next)) {
            end = at + next.len_utf8();
        }
        quoted &= breaks == 0;
        let quote = match c {
            '\u{201c}' => QuoteState::Opening,
            '"' if !quoted => QuoteState::Opening,
            '\u{201d}' | '"' => QuoteState::Closing,
            _ if quoted => QuoteState::Inside,
            _ => QuoteState::Outside,
        };
        quoted = matches!(quote, QuoteState::Opening | QuoteState::Inside);
        let space = match (breaks, spaced) {
            (0, false) => Space::Nothing,
            (0, true) => Space::Blank,
            (1, _) => Space::Line,
            _ => Space::Paragraph,
        };
        let shape = if inside { shape(&text[start..end]) } else { Shape::Mark };
        words.push(Word { span: Span::new(start, end), space, shape, quote });
        (breaks, spaced) = (0, false);
    }
    words
}

/// Whether `c` goes on a word.
fn is_inside(c: char) -> bool {
    c.is_ascii_alphanumeric() || (!c.is_ascii() && (c.is_alphanumeric() || is_combining_mark(c)))
}

fn shape(word: &str) -> Shape {
    let (mut chars, mut digits, mut upper, mut lower, mut inner_upper) = (0, 0, 0, 0, false);
    let mut starts_upper = false;
    for c in word.chars() {
        digits += u32::from(c.is_numeric());
        lower += u32::from(c.is_lowercase());
        if c.is_uppercase() {
            upper += 1;
            starts_upper |= chars == 0;
            inner_upper |= chars > 0;
        }
        chars += 1;
    }
    match () {
        () if digits == chars => Shape::Digits,
        () if digits > 0 => Shape::MixedDigits,
        () if upper == 0 && lower == 0 => Shape::NoCase,
        () if upper == 0 => Shape::Lower,
        () if lower == 0 && chars == 1 => Shape::OneUpper,
        () if lower == 0 => Shape::Upper,
        () if inner_upper && starts_upper => Shape::TitleInner,
        () if inner_upper => Shape::LowerInner,
        () => Shape::Title,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_case_space_and_quotation() {
        let text = "Moscow, SANA-G20 \u{201c}iPhone\u{201d}\nMcDonald\n\n2 caf\u{65}\u{301}";
        let found: Vec<_> =
            words(text).into_iter().map(|w| (w.span.of(text), w.space, w.shape, w.quote)).collect();
        use {QuoteState::*, Shape::*, Space as S};
        assert_eq!(
            found,
            [
                ("Moscow", S::Paragraph, Title, Outside),
                (",", S::Nothing, Mark, Outside),
                ("SANA", S::Blank, Upper, Outside),
                ("-", S::Nothing, Mark, Outside),
                ("G20", S::Nothing, MixedDigits, Outside),
                ("\u{201c}", S::Blank, Mark, Opening),
                ("iPhone", S::Nothing, LowerInner, Inside),
                ("\u{201d}", S::Nothing, Mark, Closing),
                ("McDonald", S::Line, TitleInner, Outside),
                ("2", S::Paragraph, Digits, Outside),
                ("caf\u{65}\u{301}", S::Blank, Lower, Outside),
            ]
        );
    }

    #[test]
    fn an_unclosed_quotation_ends_with_its_line() {
        let states: Vec<_> = words("\"a b\nc").into_iter().map(|w| w.quote).collect();
        use QuoteState::*;
        assert_eq!(states, [Opening, Inside, Inside, Outside]);
    }
}
