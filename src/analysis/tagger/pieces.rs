//! Word pieces: the units of the encoder's vocabulary.
//!
//! BERT's uncased vocabulary (Devlin et al. 2019): lower case, accents dropped,
//! then the longest piece that fits, again and again. A word that cannot be cut
//! is one unknown piece. `training/tagger/words.py` does the same.

use std::collections::HashMap;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// A word of more characters is unknown, as in BERT.
const LONGEST_WORD: usize = 100;

/// The pieces with their numbers. Immutable.
pub struct Vocabulary {
    /// Pieces that start a word.
    starts: HashMap<&'static str, u32>,
    /// Pieces that go on in one, without their "##".
    inner: HashMap<&'static str, u32>,
    /// The longest piece in bytes.
    longest: usize,
    pub unknown: u32,
    /// Stands before the first piece of a window.
    pub start: u32,
    /// Stands after its last.
    pub end: u32,
}

impl Vocabulary {
    /// One piece a line; the line's number is the piece's.
    ///
    /// # Panics
    ///
    /// If a special piece is missing: the list is embedded, and tested.
    pub fn new(list: &'static str) -> Self {
        let (mut starts, mut inner) = (HashMap::new(), HashMap::new());
        let mut longest = 0;
        for (number, piece) in (0..).zip(list.lines()) {
            match piece.strip_prefix("##") {
                Some(rest) if !rest.is_empty() => inner.insert(rest, number),
                _ => starts.insert(piece, number),
            };
            longest = longest.max(piece.len());
        }
        let special =
            |name: &str| *starts.get(name).expect("the vocabulary has its special pieces");
        let (unknown, start, end) = (special("[UNK]"), special("[CLS]"), special("[SEP]"));
        Self { starts, inner, longest, unknown, start, end }
    }

    pub fn len(&self) -> usize {
        self.starts.len() + self.inner.len()
    }

    /// Adds the pieces of `word` to `pieces`, at least one.
    pub fn cut(&self, word: &str, pieces: &mut Vec<u32>) {
        let plain = plain(word);
        let before = pieces.len();
        let mut rest = plain.as_str();
        while !rest.is_empty() {
            let list = if rest.len() == plain.len() { &self.starts } else { &self.inner };
            let Some((length, piece)) = self.longest_prefix(list, rest) else { break };
            pieces.push(piece);
            rest = &rest[length..];
        }
        if plain.is_empty() || !rest.is_empty() || plain.chars().count() > LONGEST_WORD {
            pieces.truncate(before);
            pieces.push(self.unknown);
        }
    }

    /// The longest piece of `list` that starts `rest`, with its length in bytes.
    fn longest_prefix(&self, list: &HashMap<&str, u32>, rest: &str) -> Option<(usize, u32)> {
        let mut end = rest.floor_char_boundary(self.longest);
        while end > 0 {
            if let Some(&piece) = list.get(&rest[..end]) {
                return Some((end, piece));
            }
            end = rest.floor_char_boundary(end - 1);
        }
        None
    }
}

/// `word` in lower case without accents.
fn plain(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    word.to_lowercase().nfd().filter(|&c| !is_combining_mark(c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(word: &str, expect: &[&str]) {
        const LIST: &str = "[UNK]\n[CLS]\n[SEP]\nun\n##aff\n##able\n##\n#\ncafe\na\n##a";
        let vocabulary = Vocabulary::new(LIST);
        let mut pieces = Vec::new();
        vocabulary.cut(word, &mut pieces);
        let names: Vec<_> =
            pieces.iter().map(|&p| LIST.lines().nth(p as usize).expect("a line")).collect();
        assert_eq!(names, expect, "{word}");
    }

    #[test]
    fn words_are_cut_into_the_longest_pieces() {
        check("Unaffable", &["un", "##aff", "##able"]);
        check("unaffx", &["[UNK]"]);
        check("Café", &["cafe"]);
        check("cafe\u{301}", &["cafe"]);
        check("\u{301}", &["[UNK]"]);
        check("#", &["#"]);
        check(&"a".repeat(100), &[&["a"][..], &["##a"; 99]].concat());
        check(&"a".repeat(101), &["[UNK]"]);
    }
}
