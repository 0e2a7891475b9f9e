//! Features of words, with the parts of each.

use crate::runs::LONGEST_RUN;
pub use crate::runs::{Word, read};

/// The hash of a feature, and of those it is longest made of.
pub struct Feature {
    pub hash: u64,
    pub parts: [u64; 2],
}

/// The features of a word (or of several), with their parts.
pub fn of(word: &str) -> Vec<Feature> {
    let mut features = Vec::new();
    read(word, &mut Word::new(), |hashes, letters| {
        with_parts(hashes, letters, |hash, parts| features.push(Feature { hash, parts }));
    });
    features
}

/// The features of one word of `letters` letters, as `read` gives them, each with the
/// two it is longest made of: the run without its last letter and that without its
/// first; for a word as a whole, its first and last runs. 0 stands for none.
fn with_parts(hashes: &[u64], letters: usize, mut each: impl FnMut(u64, [u64; 2])) {
    let length = letters + 2;
    // Where each run stands among the hashes, by its start and its length.
    let mut places = vec![[None; LONGEST_RUN + 1]; length + 1];
    let mut next = 0;
    for (start, place) in places.iter_mut().enumerate().take(length) {
        for run in 1..=LONGEST_RUN.min(length - start) {
            if run == 1 && (start == 0 || start == length - 1) {
                continue;
            }
            place[run] = Some(hashes[next]);
            next += 1;
        }
    }
    for start in 0..length {
        for run in 1..=LONGEST_RUN {
            if let Some(hash) = places[start][run] {
                let parts = [places[start][run - 1], places[start + 1][run - 1]];
                each(hash, parts.map(Option::unwrap_or_default));
            }
        }
    }
    if let [whole] = hashes[next..] {
        let last = places[length - LONGEST_RUN][LONGEST_RUN];
        each(whole, [places[0][LONGEST_RUN], last].map(Option::unwrap_or_default));
    }
}
