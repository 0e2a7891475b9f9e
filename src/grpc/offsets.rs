//! Offsets in the encoding that a client asked for.
//!
//! Inside, every offset is a byte of UTF-8; this is the one place that turns them
//! into UTF-16 code units or code points.

use super::proto;
use crate::analysis::Span;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    Utf16,
    Utf32,
}

/// Bytes between two checkpoints: a lookup counts the units of at most this many
/// bytes, and the table takes an eighth of the text at most.
const STRIDE: usize = 64;

/// Turns byte offsets of one text into offsets of an encoding.
pub struct Offsets<'t> {
    text: &'t str,
    encoding: Encoding,
    /// Units before byte `STRIDE * i`, moved back to a character boundary; empty
    /// where bytes and units are the same.
    checkpoints: Vec<u32>,
}

impl<'t> Offsets<'t> {
    /// `text` must be shorter than 2³¹ bytes; the limit on texts sees to that.
    pub fn new(text: &'t str, encoding: Encoding) -> Self {
        let mut checkpoints = Vec::new();
        if encoding != Encoding::Utf8 && !text.is_ascii() {
            checkpoints.reserve(text.len() / STRIDE + 1);
            let mut units = 0;
            let mut start = 0;
            for stride in 0..=text.len() / STRIDE {
                let end = text.floor_char_boundary(stride * STRIDE);
                units += count(&text[start..end], encoding);
                checkpoints.push(units);
                start = end;
            }
        }
        Self { text, encoding, checkpoints }
    }

    /// The offset of a byte on a character boundary.
    fn offset(&self, byte: usize) -> i32 {
        let Some(&units) = self.checkpoints.get(byte / STRIDE) else {
            return byte as i32;
        };
        let start = self.text.floor_char_boundary(byte / STRIDE * STRIDE);
        (units + count(&self.text[start..byte], self.encoding)) as i32
    }

    /// The message of a span.
    pub fn span(&self, span: Span) -> proto::Span {
        proto::Span {
            start_offset: self.offset(span.start),
            end_offset: self.offset(span.end),
            text: span.of(self.text).to_owned(),
        }
    }
}

/// Units of `text`.
fn count(text: &str, encoding: Encoding) -> u32 {
    let units = match encoding {
        Encoding::Utf8 => text.len(),
        Encoding::Utf16 => text.chars().map(char::len_utf16).sum(),
        Encoding::Utf32 => text.chars().count(),
    };
    units as u32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Encoding, Offsets, count};

    proptest! {
        #[test]
        fn offsets_are_what_counting_from_the_start_gives(
            text in "\\PC{0,80}|([aé€𝄞\u{200d}\r\n]){0,400}",
        ) {
            for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
                let offsets = Offsets::new(&text, encoding);
                for (byte, _) in text.char_indices().chain([(text.len(), ' ')]) {
                    let expect = count(&text[..byte], encoding) as i32;
                    prop_assert_eq!(offsets.offset(byte), expect);
                }
            }
        }
    }

    #[test]
    fn the_three_encodings_count_what_they_say() {
        let text = "👨‍👩‍👧 é";
        for (encoding, expect) in
            [(Encoding::Utf8, 21), (Encoding::Utf16, 10), (Encoding::Utf32, 7)]
        {
            assert_eq!(Offsets::new(text, encoding).offset(text.len()), expect);
        }
    }
}
