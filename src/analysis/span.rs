//! A piece of a text, in bytes of UTF-8.

use std::ops::Range;

/// Half open, `start <= end`, both on character boundaries of their text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    pub start: usize,
    pub end: usize,
}

impl Span {
    pub const fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end);
        Self { start, end }
    }

    pub const fn len(self) -> usize {
        self.end - self.start
    }

    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The text of the span.
    pub fn of(self, text: &str) -> &str {
        &text[self.start..self.end]
    }

    /// Whether `other` lies wholly inside.
    pub const fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub const fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    pub fn union(self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// The span without white space at either end; empty if it has nothing else.
    pub fn trim(self, text: &str) -> Span {
        let piece = self.of(text);
        let start = self.start + (piece.len() - piece.trim_start().len());
        let end = start + piece.trim().len();
        Span::new(start, end)
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Span::new(range.start, range.end)
    }
}

#[cfg(test)]
mod tests {
    use super::Span;

    #[test]
    fn trim_keeps_only_what_is_not_white_space() {
        let text = "a \u{a0}é\r\n b";
        assert_eq!(Span::new(1, 8).trim(text).of(text), "é");
        assert!(Span::new(6, 8).trim(text).is_empty());
    }
}
