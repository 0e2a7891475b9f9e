//! Features: the words of a text and their runs of letters, as hashes.
//!
//! Knows no language and no weights, and allocates nothing after its first text. The
//! trainer (`training/languages`) reads texts with this very file.

use std::sync::LazyLock;

use unicode_normalization::char::{compose, is_combining_mark};

/// Runs have at most this many letters, the marks of a word's ends counted.
pub const LONGEST_RUN: usize = 5;

/// A word longer than this is read in pieces: scripts without spaces have no words
/// here, and noise must not cost more than text.
const LONGEST_WORD: usize = 30;

/// Stands before the first letter of a word and behind its last.
const END: u32 = 1;

/// Features of a word at most: each run by its start and length, and the whole.
const MOST: usize = (LONGEST_WORD + 2) * LONGEST_RUN + 1;

/// Letters of a word, between two marks of its ends; its hashes once it is complete.
pub struct Word {
    letters: [u32; LONGEST_WORD + 2],
    length: usize,
    hashes: [u64; MOST],
}

impl Word {
    pub fn new() -> Self {
        Self { letters: [END; LONGEST_WORD + 2], length: 1, hashes: [0; MOST] }
    }

    /// Letters so far.
    fn len(&self) -> usize {
        self.length - 1
    }

    fn push(&mut self, letter: u32) {
        self.letters[self.length] = letter;
        self.length += 1;
    }

    /// Adds a combining mark, as one letter with the one before where Unicode has that.
    fn push_mark(&mut self, mark: char) {
        let last = &mut self.letters[self.length - 1];
        match char::from_u32(*last).and_then(|letter| compose(letter, mark)) {
            Some(composed) if self.length > 1 => *last = composed as u32,
            _ => self.push(mark as u32),
        }
    }

    /// Gives the hash of each run of letters, and of the word itself where no run is all
    /// of it, with how many letters it has; empties the word.
    fn finish(&mut self, each: &mut impl FnMut(&[u64], usize)) {
        let Self { letters, length, hashes } = self;
        letters[*length] = END;
        let ends = &letters[..=*length];
        let mut count = 0;
        let mut push = |hash| {
            hashes[count] = mix(hash);
            count += 1;
        };
        for start in 0..ends.len() {
            let mut hash = 0;
            for &letter in &ends[start..ends.len().min(start + LONGEST_RUN)] {
                hash = step(hash, letter);
                // The mark of an end alone tells nothing.
                if hash != ALONE {
                    push(hash);
                }
            }
        }
        if ends.len() > LONGEST_RUN {
            push(ends.iter().fold(u64::MAX, |hash, &letter| step(hash, letter)));
        }
        each(&hashes[..count], *length - 1);
        *length = 1;
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

/// A letter of a word in the form in which it counts, or 0 for what stands between
/// words: lower case, and full-width letters as plain ones.
fn letter(c: char) -> u32 {
    let letter = match c {
        '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}' => {
            char::from_u32(c as u32 - 0xfee0).map(|c| c.to_ascii_lowercase())
        }
        // Signs of feminine and masculine ordinals.
        'ª' | 'º' => None,
        _ if c.is_alphabetic() => c.to_lowercase().next(),
        // Without these some scripts' words would fall apart.
        _ if is_joiner(c) => Some(c),
        _ => None,
    };
    letter.map_or(0, u32::from)
}

fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// `letter` of the characters that texts are made of: what Unicode says of a character
/// takes longer to look up than all else that is done with it.
pub struct Letters(Box<[u32]>);

static LETTERS: LazyLock<Letters> = LazyLock::new(|| {
    let plane = (0..=0xffff).map(|code| char::from_u32(code).map_or(0, letter));
    Letters(plane.collect())
});

impl Letters {
    pub fn get() -> &'static Self {
        &LETTERS
    }

    fn of(&self, c: char) -> u32 {
        match self.0.get(c as usize) {
            Some(letter) => *letter,
            None => letter(c),
        }
    }

    /// Whether `c` is a letter.
    pub fn has(&self, c: char) -> bool {
        self.of(c) != 0 && !is_joiner(c)
    }
}

/// Gives, for each word of `text`, the hashes of its features and how many letters it
/// has.
pub fn read(text: &str, word: &mut Word, mut each: impl FnMut(&[u64], usize)) {
    let letters = Letters::get();
    for c in text.chars() {
        let letter = letters.of(c);
        if letter != 0 {
            if word.len() == LONGEST_WORD {
                word.finish(&mut each);
            }
            word.push(letter);
        } else if word.len() > 0 {
            if c.is_ascii() || !is_combining_mark(c) {
                word.finish(&mut each);
                continue;
            }
            if word.len() == LONGEST_WORD {
                word.finish(&mut each);
            }
            word.push_mark(c);
        }
    }
    if word.len() > 0 {
        word.finish(&mut each);
    }
}
