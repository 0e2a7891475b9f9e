//! Gate: three features that cost next to nothing, for the many spaces without a mark.
//!
//! Most of them follow a word like "of" or stand before a name; three look-ups tell.
//! The words are read as the eight bytes that touch the space. Must not decide:
//! `model` adds up.

use super::{candidates::Candidate, features::Situation, words::mix};

/// Features of a space.
pub const COUNT: usize = 6;

/// Bits of a feature.
const BITS: u32 = 14;

/// Bytes of all tables, one after the other.
pub const SIZE: usize = COUNT << BITS;

/// Where the weights of the candidate's features are, for a `text` in the language
/// with number `language`.
pub(super) fn read(situation: &Situation, start: usize, candidate: &Candidate) -> [usize; COUNT] {
    let Situation { text, language, style, .. } = *situation;
    let bytes = text.as_bytes();
    let last = last_bytes(&bytes[..candidate.end]);
    let first = first_bytes(&bytes[candidate.next..]);
    let form = |value: u64| {
        // Kinds of the byte at the space and its neighbour.
        let kind = |b: u8| match b {
            b'a'..=b'z' => 1,
            b'A'..=b'Z' => 2,
            b'0'..=b'9' => 3,
            0x80.. => 4,
            0 => 5,
            _ => u32::from(b),
        };
        kind(value as u8) << 8 | kind((value >> 8) as u8)
    };
    let forms = form(last.swap_bytes()) << 16 | form(first);
    let (last, first) = (fold(last), fold(first));
    let so_far = match candidate.end - start {
        length @ 0..=15 => length / 4,
        length @ 16..=79 => 4 + length / 16,
        length @ 80..=255 => 9 + length / 64,
        _ => 13,
    } as u32;
    let values = [
        (last, language),
        (first, language),
        (forms, language),
        (last, forms),
        (forms, so_far),
        (style << 5 | so_far, forms),
    ];
    let mut slots = [0; COUNT];
    for (index, (slot, (value, other))) in slots.iter_mut().zip(values).enumerate() {
        let hash = mix(mix(index as u32, value), other);
        *slot = (index << BITS) + ((hash ^ hash >> 15) >> (32 - BITS)) as usize;
    }
    slots
}

fn fold(value: u64) -> u32 {
    (value.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as u32
}

const SPACES: u64 = 0x2020_2020_2020_2020;

/// A bit for each byte that is a space: its highest.
fn spaces(value: u64) -> u64 {
    const LOW: u64 = 0x7f7f_7f7f_7f7f_7f7f;
    let zeros = value ^ SPACES;
    !(((zeros & LOW) + LOW) | zeros | LOW)
}

/// The last word of `bytes`, at most its last eight, in the highest bytes.
fn last_bytes(bytes: &[u8]) -> u64 {
    let value = match bytes.last_chunk::<8>() {
        Some(chunk) => u64::from_le_bytes(*chunk),
        None => {
            let mut chunk = [b' '; 8];
            chunk[8 - bytes.len()..].copy_from_slice(bytes);
            u64::from_le_bytes(chunk)
        }
    };
    let length = spaces(value).leading_zeros() & !7;
    value & !u64::MAX.checked_shr(length).unwrap_or(0)
}

/// The first word of `bytes`, at most its first eight, in the lowest bytes.
fn first_bytes(bytes: &[u8]) -> u64 {
    let value = match bytes.first_chunk::<8>() {
        Some(chunk) => u64::from_le_bytes(*chunk),
        None => {
            let mut chunk = [b' '; 8];
            chunk[..bytes.len()].copy_from_slice(bytes);
            u64::from_le_bytes(chunk)
        }
    };
    let length = spaces(value).trailing_zeros() & !7;
    value & !u64::MAX.checked_shl(length).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{first_bytes, last_bytes};

    #[test]
    fn the_words_at_the_space_are_cut_out() {
        let cases: [(&[u8], &[u8], &[u8]); 5] = [
            (b"", b"", b""),
            (b"one", b"one", b"one"),
            (b"a bc", b"bc", b"a"),
            (b"abcdefghijk", b"defghijk", b"abcdefgh"),
            (b" x ", b"", b""),
        ];
        for (bytes, last, first) in cases {
            let shown =
                |value: u64| value.to_le_bytes().into_iter().filter(|&b| b > 0).collect::<Vec<_>>();
            assert_eq!(shown(last_bytes(bytes)), last);
            assert_eq!(shown(first_bytes(bytes)), first);
        }
    }
}
