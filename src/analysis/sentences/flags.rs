//! Flags: the bytes of a text at which a candidate may stand, eight at a time.
//!
//! Passes over the inside of words and over the spaces between small letters, which is
//! nearly all of a text. Knows bytes alone; `candidates` reads the characters. Arithmetic
//! on whole words ("SIMD within a register"; Warren, Hacker's Delight, 6-1): a table look-up for
//! each byte took five times as long.

const ONES: u64 = 0x0101_0101_0101_0101;
/// The highest bit of each byte, in which conditions are kept.
const HIGH: u64 = 0x80 * ONES;

/// The flagged bytes from some place on.
pub(super) struct Flags {
    /// Where the eight bytes start that `bits` tells of.
    at: usize,
    bits: u64,
}

impl Flags {
    pub(super) fn new(bytes: &[u8], at: usize) -> Self {
        Self { at, bits: flags(bytes, at) }
    }

    /// The first flagged byte at or after `from`, which never decreases.
    pub(super) fn next(&mut self, bytes: &[u8], from: usize) -> Option<usize> {
        if from >= self.at + 8 {
            *self = Self::new(bytes, from);
        } else if from > self.at {
            self.bits &= !0 << (8 * (from - self.at));
        }
        while self.bits == 0 {
            self.at += 8;
            if self.at >= bytes.len() {
                return None;
            }
            self.bits = flags(bytes, self.at);
        }
        Some(self.at + self.bits.trailing_zeros() as usize / 8).filter(|&at| at < bytes.len())
    }
}

/// The first byte at or after `from` that may start a line break: LF, VT, FF, CR, or
/// the first byte of NEL, LS and PS.
pub(super) fn find_line_break(bytes: &[u8], from: usize) -> Option<usize> {
    let is_break = |b: &u8| matches!(b, 0xa..=0xd | 0xc2 | 0xe2);
    let mut at = from;
    while let Some(chunk) = bytes[at..].first_chunk::<8>() {
        let word = u64::from_le_bytes(*chunk);
        // All bytes beyond ASCII count here, so that the arithmetic stays short.
        let found = (between(word, 0xa, 0xd) | word) & HIGH;
        if found == 0 {
            at += 8;
            continue;
        }
        match chunk.iter().position(is_break) {
            Some(offset) => return Some(at + offset),
            None => at += 8,
        }
    }
    bytes[at..].iter().position(is_break).map(|offset| at + offset)
}

/// The flags of eight bytes from `at` on.
fn flags(bytes: &[u8], at: usize) -> u64 {
    let (previous, this, next) = match bytes.get(at.wrapping_sub(1)..at + 9) {
        Some(window) => (load(window, 0), load(window, 1), load(window, 2)),
        None => {
            let mut window = [b' '; 10];
            let start = at.saturating_sub(1);
            let end = bytes.len().min(at + 9);
            let offset = start + 1 - at;
            window[offset..][..end.saturating_sub(start)]
                .copy_from_slice(&bytes[start.min(end)..end]);
            (load(&window, 0), load(&window, 1), load(&window, 2))
        }
    };
    let space = below(this, b'!');
    // Most spaces stand between small letters.
    let inside = (letter(previous) | between(previous, b'0', b'9')) & between(next, b'a', b'z');
    let marks = between(this, b'!', b'"')
        | equal(this, b'.')
        | between(this, b':', b';')
        | between(this, b'?', b'@');
    (space & !inside | marks | this) & HIGH
}

fn load(window: &[u8], offset: usize) -> u64 {
    let bytes = window[offset..].first_chunk::<8>().expect("ten bytes");
    u64::from_le_bytes(*bytes)
}

/// ASCII bytes below `limit`.
fn below(word: u64, limit: u8) -> u64 {
    let low = word & !HIGH;
    !(low + ONES * u64::from(0x80 - limit)) & !word & HIGH
}

/// ASCII bytes from `first` to `last`.
fn between(word: u64, first: u8, last: u8) -> u64 {
    below(word, last + 1) & !below(word, first)
}

fn equal(word: u64, byte: u8) -> u64 {
    between(word, byte, byte)
}

fn letter(word: u64) -> u64 {
    // Bit 5 is all that tells "a" from "A"; what else it maps to letters is none here.
    between(word | (0x20 * ONES), b'a', b'z')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Flags;

    /// What `flags` says of one byte, in plain words.
    fn is_flagged(bytes: &[u8], at: usize) -> bool {
        let previous = at.checked_sub(1).map_or(b' ', |at| bytes[at]);
        let next = bytes.get(at + 1).copied().unwrap_or(b' ');
        match bytes[at] {
            0..=b' ' => !(previous.is_ascii_alphanumeric() && next.is_ascii_lowercase()),
            b'!' | b'"' | b'.' | b':' | b';' | b'?' | b'@' => true,
            byte => !byte.is_ascii(),
        }
    }

    proptest! {
        #[test]
        fn flags_are_those_of_the_plain_definition(
            bytes in prop::collection::vec(prop_oneof![any::<u8>(), prop::sample::select(b" .aZ09,:@z`{/[".to_vec())], 0..60),
            steps in prop::collection::vec(1usize..20, 0..20),
        ) {
            let mut flags = Flags::new(&bytes, 0);
            let mut from = 0;
            for step in steps {
                let expect = (from..bytes.len()).find(|&at| is_flagged(&bytes, at));
                prop_assert_eq!(flags.next(&bytes, from), expect);
                from += step;
                if from >= bytes.len() {
                    break;
                }
            }
        }
    }
}
