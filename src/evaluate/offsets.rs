//! Offsets of annotations, which count code points, as byte offsets.

use super::rows::RowError;
use crate::analysis::Span;

/// The byte offset of every code point of one text, and of its end.
pub struct CodePoints(Vec<usize>);

impl CodePoints {
    pub fn of(text: &str) -> Self {
        Self(text.char_indices().map(|(at, _)| at).chain([text.len()]).collect())
    }

    /// The length of the text in code points.
    pub fn len(&self) -> usize {
        self.0.len() - 1
    }

    /// A half-open piece that is not empty.
    pub fn span(&self, start: i64, end: i64) -> Result<Span, RowError> {
        match (self.byte(start), self.byte(end)) {
            (Some(from), Some(to)) if from < to => Ok(Span::new(from, to)),
            _ => Err(RowError::Span { start, end, length: self.len() }),
        }
    }

    /// The position after a character.
    pub fn end(&self, end: i64) -> Result<usize, RowError> {
        self.byte(end).filter(|&byte| byte > 0).ok_or(RowError::End { end, length: self.len() })
    }

    fn byte(&self, offset: i64) -> Option<usize> {
        self.0.get(usize::try_from(offset).ok()?).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::CodePoints;

    #[test]
    fn code_points_become_bytes() {
        let text = "é👍🏽b";
        let points = CodePoints::of(text);
        assert_eq!(points.span(0, 1).unwrap().of(text), "é");
        assert_eq!(points.span(1, 3).unwrap().of(text), "👍🏽");
        assert_eq!(points.span(3, 4).unwrap().of(text), "b");
        assert_eq!(points.end(4), Ok(text.len()));
    }

    #[test]
    fn offsets_outside_and_empty_pieces_are_refused() {
        let points = CodePoints::of("ab");
        for (start, end) in [(0, 3), (-1, 1), (1, 1), (2, 1), (2, 2), (i64::MIN, i64::MAX)] {
            assert!(points.span(start, end).is_err(), "{start}..{end}");
        }
        for end in [-1, 0, 3] {
            assert!(points.end(end).is_err(), "{end}");
        }
        assert!(CodePoints::of("").span(0, 0).is_err());
    }
}
