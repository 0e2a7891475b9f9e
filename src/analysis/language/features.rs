//! Features: the words of a text and their runs of letters, as hashes.
//!
//! Knows no language and no weights, and never allocates. The trainer
//! (`training/languages`) reads texts with this very file.

use unicode_normalization::char::{compose, is_combining_mark};

/// Runs have at most this many letters, the marks of a word's ends counted.
pub const LONGEST_RUN: usize = 5;

/// A word longer than this is read in pieces: scripts without spaces have no words
/// here, and noise must not cost more than text.
const LONGEST_WORD: usize = 30;

/// Stands before the first letter of a word and behind its last.
const END: u32 = 1;

/// Letters of a word, between two marks of its ends.
pub struct Word {
    letters: [u32; LONGEST_WORD + 2],
    length: usize,
}

impl Word {
    pub fn new() -> Self {
        Self { letters: [END; LONGEST_WORD + 2], length: 1 }
    }

    /// Letters so far.
    fn len(&self) -> usize {
        self.length - 1
    }

    fn push(&mut self, letter: char) {
        self.letters[self.length] = letter as u32;
        self.length += 1;
    }

    /// Adds a combining mark, as one letter with the one before where Unicode has that.
    fn push_mark(&mut self, mark: char) {
        let last = &mut self.letters[self.length - 1];
        match char::from_u32(*last).and_then(|letter| compose(letter, mark)) {
            Some(composed) if self.length > 1 => *last = composed as u32,
            _ => self.push(mark),
        }
    }

    /// Gives the hash of each run of letters, and of the word itself where no run is all
    /// of it; empties the word. Returns how many letters it had.
    fn finish(&mut self, mut each: impl FnMut(u64)) -> usize {
        let letters = self.len();
        if letters > 0 {
            self.letters[self.length] = END;
            let ends = &self.letters[..=self.length];
            for start in 0..ends.len() {
                let mut hash = 0;
                for &letter in &ends[start..ends.len().min(start + LONGEST_RUN)] {
                    hash = step(hash, letter);
                    // The mark of an end alone tells nothing.
                    if hash != ALONE {
                        each(mix(hash));
                    }
                }
            }
            if ends.len() > LONGEST_RUN {
                each(mix(ends.iter().fold(u64::MAX, |hash, &letter| step(hash, letter))));
            }
        }
        self.length = 1;
        letters
    }
}

const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;

/// The hash of `END` as a run of its own.
const ALONE: u64 = step(0, END);

const fn step(hash: u64, letter: u32) -> u64 {
    (hash.rotate_left(23) ^ letter as u64).wrapping_mul(MULTIPLIER)
}

/// Brings what the upper bits know to the lower ones.
const fn mix(hash: u64) -> u64 {
    (hash ^ (hash >> 32)).wrapping_mul(MULTIPLIER)
}

/// A letter of a word in the form in which it counts, or None for what stands between
/// words: lower case, and full-width letters as plain ones.
fn letter(c: char) -> Option<char> {
    match c {
        'a'..='z' => Some(c),
        'A'..='Z' => Some(c.to_ascii_lowercase()),
        '\0'..='\x7f' => None,
        '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}' => {
            char::from_u32(c as u32 - 0xfee0).map(|c| c.to_ascii_lowercase())
        }
        // Signs of feminine and masculine ordinals.
        'ª' | 'º' => None,
        _ if c.is_alphabetic() => c.to_lowercase().next(),
        // Joiners, without which some scripts' words would fall apart.
        '\u{200c}' | '\u{200d}' => Some(c),
        _ => None,
    }
}

/// Gives the hashes of all features of `text`, word by word: after each word,
/// `end_of_word` with the number of its letters.
pub fn read(
    text: &str,
    word: &mut Word,
    mut each: impl FnMut(u64),
    mut end_of_word: impl FnMut(usize),
) {
    for c in text.chars() {
        match letter(c) {
            Some(letter) => {
                if word.len() == LONGEST_WORD {
                    end_of_word(word.finish(&mut each));
                }
                word.push(letter);
            }
            None if !c.is_ascii() && word.len() > 0 && is_combining_mark(c) => {
                if word.len() == LONGEST_WORD {
                    end_of_word(word.finish(&mut each));
                }
                word.push_mark(c);
            }
            None if word.len() > 0 => end_of_word(word.finish(&mut each)),
            None => {}
        }
    }
    if word.len() > 0 {
        end_of_word(word.finish(&mut each));
    }
}
