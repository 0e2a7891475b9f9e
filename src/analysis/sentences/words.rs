//! Words around a place in the text: their hash, their shape, the marks at them.
//!
//! Reads a bounded stretch and lends from the text. Knows no language.

/// Longest token read, in bytes: a longer one is an address, and its end will do.
const REACH: usize = 40;

/// A token (what stands between spaces) as a word with the marks that touch it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Word<'a> {
    /// Empty where the token is made of marks alone; these are `before`.
    pub(super) text: &'a str,
    pub(super) before: &'a str,
    pub(super) after: &'a str,
    /// Of the lower-case form; all digits count as one.
    pub(super) hash: u32,
    pub(super) shape: Shape,
}

/// What a word looks like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Shape {
    #[default]
    Empty,
    /// In a script without capitals.
    Uncased,
    Digit,
    TwoDigits,
    FourDigits,
    Digits,
    /// Digits and letters.
    Alphanumeric,
    Initial,
    Letter,
    /// Two or three letters in lower case.
    ShortLower,
    Lower,
    /// Two or three letters, the first a capital.
    ShortCapitalized,
    Capitalized,
    ShortUpper,
    Upper,
    Mixed,
    /// A web or mail address or the name of a file.
    Address,
}

impl<'a> Word<'a> {
    pub(super) fn new(token: &'a str) -> Self {
        if token.is_ascii() {
            let bytes = token.as_bytes();
            let Some(start) = bytes.iter().position(u8::is_ascii_alphanumeric) else {
                return Self { before: token, ..Self::default() };
            };
            let end = bytes.iter().rposition(u8::is_ascii_alphanumeric).unwrap_or(start) + 1;
            let text = &token[start..end];
            let (hash, shape) = read_ascii(text.as_bytes());
            return Self { text, before: &token[..start], after: &token[end..], hash, shape };
        }
        let inner = token.trim_start_matches(|c: char| !c.is_alphanumeric());
        let text = inner.trim_end_matches(|c: char| !c.is_alphanumeric() && !is_combining(c));
        let before = &token[..token.len() - inner.len()];
        let after = &inner[text.len()..];
        let (hash, shape) = read(text);
        Self { text, before, after, hash, shape }
    }

    /// The word that ends `text`, and what stands before it without space at its end.
    pub(super) fn last(text: &'a str) -> (Self, &'a str) {
        let bytes = text.as_bytes();
        let floor = bytes.len().saturating_sub(REACH);
        let mut at = bytes.len();
        while at > floor && !is_space(bytes, at - 1) {
            at -= 1;
        }
        let at = text.ceil_char_boundary(at);
        (Self::new(&text[at..]), trim_end(&text[..at]))
    }

    /// The word that starts `text`, and what follows without space at its start.
    pub(super) fn first(text: &'a str) -> (Self, &'a str) {
        let bytes = text.as_bytes();
        let ceiling = bytes.len().min(REACH);
        let mut at = 0;
        while at < ceiling && !is_space(bytes, at) {
            at += 1;
        }
        let at = text.floor_char_boundary(at);
        (Self::new(&text[..at]), trim_start(&text[at..]))
    }

    /// Hash of the last `count` characters of the word.
    pub(super) fn suffix(&self, count: usize) -> u32 {
        let start = self.text.char_indices().rev().take(count).last().map_or(0, |(at, _)| at);
        hash(&self.text[start..])
    }

    /// Hash of the first `count` characters of the word.
    pub(super) fn prefix(&self, count: usize) -> u32 {
        let end = self.text.char_indices().nth(count).map_or(self.text.len(), |(at, _)| at);
        hash(&self.text[..end])
    }
}

/// Marks that belong to the letter before them.
fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}'
        | '\u{900}'..='\u{963}' | '\u{966}'..='\u{1cff}' | '\u{200c}' | '\u{200d}')
}

/// White space as it stands between words, or the last byte of a no-break space.
fn is_space(bytes: &[u8], at: usize) -> bool {
    match bytes[at] {
        b' ' | b'\n' | b'\t' | b'\r' => true,
        0xa0 => at > 0 && bytes[at - 1] == 0xc2,
        0xc2 => bytes.get(at + 1) == Some(&0xa0),
        _ => false,
    }
}

fn trim_end(text: &str) -> &str {
    text.trim_end_matches([' ', '\n', '\t', '\r', '\u{a0}'])
}

fn trim_start(text: &str) -> &str {
    text.trim_start_matches([' ', '\n', '\t', '\r', '\u{a0}'])
}

/// Adds `value` to `hash`. The multiplier is 2^32 divided by the golden ratio
/// (Knuth, The Art of Computer Programming, 6.4).
pub(super) fn mix(hash: u32, value: u32) -> u32 {
    (hash.rotate_left(5) ^ value).wrapping_mul(0x9e37_79b1)
}

/// Hash of `text` in lower case, with zeros for digits.
fn hash(text: &str) -> u32 {
    text.bytes().try_fold(0, |hash, b| b.is_ascii().then(|| mix(hash, lower(b)))).unwrap_or_else(
        || {
            let chars = text.chars().flat_map(char::to_lowercase);
            chars.fold(0, |hash, c| mix(hash, if c.is_numeric() { ZERO } else { c.into() }))
        },
    )
}

const ZERO: u32 = b'0' as u32;

fn lower(b: u8) -> u32 {
    if b.is_ascii_digit() { ZERO } else { b.to_ascii_lowercase().into() }
}

/// Hash of marks. A run of one mark counts as two of it: "-----" is "--".
pub(super) fn hash_marks(text: &str) -> u32 {
    let mut last = [0; 2];
    text.bytes().take(16).fold(7, |hash, b| {
        if last == [b; 2] {
            return hash;
        }
        last = [last[1], b];
        mix(hash, b.into())
    })
}

/// How many characters of each kind a word has.
#[derive(Clone, Copy, Default)]
struct Counts {
    all: u32,
    upper: u32,
    lower: u32,
    digits: u32,
    uncased: u32,
}

/// Hash and shape of a word of ASCII without outer marks.
fn read_ascii(word: &[u8]) -> (u32, Shape) {
    let (mut hash, mut counts) = (0, Counts { all: word.len() as u32, ..Counts::default() });
    for &b in word {
        hash = mix(hash, lower(b));
        counts.upper += u32::from(b.is_ascii_uppercase());
        counts.lower += u32::from(b.is_ascii_lowercase());
        counts.digits += u32::from(b.is_ascii_digit());
    }
    let marks = counts.all - counts.upper - counts.lower - counts.digits;
    let is_address = marks > 0 && is_address(word);
    (hash, shape(counts, word[0].is_ascii_uppercase(), is_address))
}

/// Hash and shape of a word without outer marks.
fn read(word: &str) -> (u32, Shape) {
    let mut counts = Counts::default();
    for c in word.chars() {
        counts.all += 1;
        if c.is_lowercase() {
            counts.lower += 1;
        } else if c.is_uppercase() {
            counts.upper += 1;
        } else if c.is_numeric() {
            counts.digits += 1;
        } else if c.is_alphabetic() {
            counts.uncased += 1;
        }
    }
    let capital = word.starts_with(char::is_uppercase);
    (hash(word), shape(counts, capital, is_address(word.as_bytes())))
}

fn shape(counts: Counts, capital: bool, is_address: bool) -> Shape {
    let Counts { all, upper, lower, digits, uncased } = counts;
    match (upper, lower, digits, all) {
        (.., 0) => Shape::Empty,
        _ if uncased > 0 => Shape::Uncased,
        _ if is_address => Shape::Address,
        (0, 0, 1.., 1) => Shape::Digit,
        (0, 0, 1.., 2) => Shape::TwoDigits,
        (0, 0, 1.., 4) => Shape::FourDigits,
        (0, 0, 1.., _) => Shape::Digits,
        (_, _, 1.., _) => Shape::Alphanumeric,
        (1, 0, _, 1) => Shape::Initial,
        (0, 1, _, 1) => Shape::Letter,
        (0, _, _, 2..=3) => Shape::ShortLower,
        (0, ..) => Shape::Lower,
        (1, _, _, 2..=3) if capital => Shape::ShortCapitalized,
        (1, ..) if capital => Shape::Capitalized,
        (_, 0, _, 2..=3) => Shape::ShortUpper,
        (_, 0, ..) => Shape::Upper,
        _ => Shape::Mixed,
    }
}

/// Whether `word` is a web or mail address or the name of a file.
pub(super) fn is_address(word: &[u8]) -> bool {
    if word.len() < 6 {
        return false;
    }
    if word.starts_with(b"http") || word.starts_with(b"www.") || word.contains(&b'@') {
        return true;
    }
    let Some(stop) = word.iter().rposition(|&b| b == b'.') else { return false };
    let extension = &word[stop + 1..];
    stop > 2
        && word[stop - 1].is_ascii_alphanumeric()
        && (2..=4).contains(&extension.len())
        && extension.iter().all(u8::is_ascii_lowercase)
}

/// Whether an address ends `text`.
pub(super) fn ends_with_address(text: &str) -> bool {
    let bytes = &text.as_bytes()[text.len().saturating_sub(REACH)..];
    let start = bytes.iter().rposition(|b| b.is_ascii_whitespace()).map_or(0, |at| at + 1);
    is_address(bytes[start..].trim_ascii_start())
}

/// Whether an address starts `text`.
pub(super) fn starts_with_address(text: &str) -> bool {
    text.starts_with("http") || text.starts_with("www.")
}

#[cfg(test)]
mod tests {
    use super::{Shape, Word};

    #[test]
    fn words_are_read_with_their_marks() {
        let (word, rest) = Word::last("He said (\"Yes, U.S.\")");
        assert_eq!(
            (word.before, word.text, word.after, rest),
            ("", "U.S", ".\")", "He said (\"Yes,")
        );
        let (word, rest) = Word::first("“Moscow”, 5 p.m.");
        assert_eq!((word.before, word.text, word.after, rest), ("“", "Moscow", "”,", "5 p.m."));
        assert_eq!(Word::first("-- so").0.before, "--");
        assert_eq!(Word::new("Été").hash, Word::new("été").hash);
        assert_eq!(Word::new("1995").hash, Word::new("2024").hash);
    }

    #[test]
    fn shapes() {
        let cases = [
            ("U.S", Shape::ShortUpper),
            ("J.", Shape::Initial),
            ("Ödön", Shape::Capitalized),
            ("McDonald", Shape::Mixed),
            ("5th", Shape::Alphanumeric),
            ("1,000", Shape::Digits),
            ("漢字", Shape::Uncased),
            ("a.b@c.example", Shape::Address),
            ("report.pdf", Shape::Address),
            ("end.The", Shape::Mixed),
        ];
        for (word, expect) in cases {
            assert_eq!(Word::new(word).shape, expect, "{word}");
        }
    }
}
