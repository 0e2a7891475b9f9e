//! Features of words, with the parts of each.

use crate::runs;
pub use crate::runs::{Word, read};

/// The hash of a feature, and of those it is longest made of.
pub struct Feature {
    pub hash: u64,
    pub parts: [u64; 2],
}

/// The features of a word (or of several), with their parts.
pub fn of(word: &str) -> Vec<Feature> {
    let mut hashes = Vec::new();
    let mut ends = Vec::new();
    let mut letters = Vec::new();
    {
        let hashes = std::cell::RefCell::new(&mut hashes);
        read(
            word,
            &mut Word::new(),
            |hash| hashes.borrow_mut().push(hash),
            |length| {
                ends.push(hashes.borrow().len());
                letters.push(length);
            },
        );
    }
    let mut features = Vec::new();
    let mut from = 0;
    for (end, length) in ends.into_iter().zip(letters) {
        runs::with_parts(&hashes[from..end], length, |hash, parts| {
            features.push(Feature { hash, parts });
        });
        from = end;
    }
    features
}
