//! Lookup of words without regard to case, without an allocation for most of them.
//!
//! The lists are short and searched thousands of times a text: hashing with the
//! standard library's SipHash and a lower-case copy of each word took a third of the
//! splitter's time.

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

/// A map from words to what is known of them.
#[derive(Debug)]
pub(super) struct Lookup<V>(HashMap<String, V, BuildHasherDefault<Fold>>);

impl<V> Default for Lookup<V> {
    fn default() -> Self {
        Self(HashMap::default())
    }
}

impl<V: Copy> Lookup<V> {
    pub(super) fn insert(&mut self, word: String, value: V) {
        self.0.insert(word, value);
    }

    /// What is known of `word` as it stands.
    pub(super) fn exact(&self, word: &str) -> Option<V> {
        self.0.get(word).copied()
    }

    /// What is known of `word` in lower case.
    pub(super) fn lowered(&self, word: &str) -> Option<V> {
        with_lowered(word, 0, |word| self.exact(word))
    }

    /// What is known of `word` in lower case but for its first letter.
    pub(super) fn capitalized(&self, word: &str) -> Option<V> {
        with_lowered(word, word.chars().next()?.len_utf8(), |word| self.exact(word))
    }
}

/// Longest ASCII word that is lowered without an allocation, in bytes.
const SHORT: usize = 32;

/// Calls `then` with `word` in lower case after its first `kept` bytes.
fn with_lowered<R>(word: &str, kept: usize, then: impl FnOnce(&str) -> R) -> R {
    let lowered = || word[..kept].to_owned() + &word[kept..].to_lowercase();
    if word.len() > SHORT || !word.is_ascii() {
        return then(&lowered());
    }
    let mut buffer = [0; SHORT];
    let buffer = &mut buffer[..word.len()];
    buffer.copy_from_slice(word.as_bytes());
    buffer[kept..].make_ascii_lowercase();
    match std::str::from_utf8(buffer) {
        Ok(word) => then(word),
        Err(_) => then(&lowered()),
    }
}

/// Multiplies and rotates eight bytes at a time. No guard against chosen keys: the
/// keys are our own lists.
#[derive(Debug, Default)]
pub(super) struct Fold(u64);

impl Hasher for Fold {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            let mixed = self.0.rotate_left(5) ^ u64::from_le_bytes(word);
            self.0 = mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        }
    }

    fn finish(&self) -> u64 {
        // The table's index is made of the low bits, the best are the high ones.
        self.0.rotate_left(26)
    }
}

#[cfg(test)]
mod tests {
    use super::Lookup;

    #[test]
    fn words_are_found_without_regard_to_case() {
        let mut lookup = Lookup::default();
        for word in ["été", "vs", "a".repeat(40).as_str()] {
            lookup.insert(word.to_owned(), ());
        }
        for word in ["ÉTÉ", "Vs", "vs", "A".repeat(40).as_str()] {
            assert!(lookup.lowered(word).is_some(), "{word}");
        }
        assert_eq!(lookup.lowered("v"), None);
        assert_eq!(lookup.exact("Vs"), None);
    }
}
