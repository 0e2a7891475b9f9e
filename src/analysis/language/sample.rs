//! Sample: the part of a text that the detector reads, in pieces of one script each.
//!
//! Must not know any language: it bounds the work and adds up rows.

use super::{
    features::{self, Letters, Word},
    model::Model,
    rows::Sums,
    script::{self, Group, OF_JAPANESE},
    words::{self, Kind},
};

/// Texts up to this many bytes are read whole.
pub(super) const MAX_BYTES: usize = 4096;

/// A longer text is read at this many places, evenly spread: its head alone may be
/// a quotation, a list of names or a notice in another language.
const PLACES: usize = 16;

/// A piece takes words until it has this many bytes.
const PIECE: usize = 256;

/// Some of a text's words, all in one script.
#[derive(Clone)]
pub(super) struct Piece {
    group: Group,
    bytes: usize,
    pub(super) letters: u32,
    /// Letters of each of the scripts of Japanese.
    japanese: [u32; 3],
    pub(super) sums: Sums,
}

impl Piece {
    /// The ISO 15924 code of the script of most of its letters.
    pub(super) fn script(&self) -> &'static str {
        match self.group {
            Group::Latin => "Latn",
            Group::Other(script) => script,
            Group::Japanese => {
                let most = (0..3).rev().max_by_key(|&i| self.japanese[i]);
                OF_JAPANESE[most.unwrap_or(0)]
            }
        }
    }
}

/// What was read of a text.
#[derive(Default)]
pub(super) struct Sample {
    pieces: Vec<Piece>,
    /// How much of it is program text, in letters.
    code: usize,
}

impl Sample {
    /// Reads `text`, or of one longer than `MAX_BYTES` only that many bytes, from
    /// several places.
    pub(super) fn read(text: &str, model: &Model) -> Self {
        let mut sample = Self::default();
        if text.len() <= MAX_BYTES {
            sample.push(text, model);
            return sample;
        }
        for place in 0..PLACES {
            sample.push(around(text, text.len() / PLACES * place, MAX_BYTES / PLACES), model);
        }
        if sample.pieces.is_empty() {
            // Letters may still stand between the places.
            if let Some(start) = text.find(char::is_alphabetic) {
                sample.push(around(text, start, MAX_BYTES), model);
            }
        }
        sample
    }

    /// The pieces that were read; none where most of the text is no language.
    pub(super) fn pieces(&self) -> &[Piece] {
        let letters: usize = self.pieces.iter().map(|piece| piece.letters as usize).sum();
        if self.code > letters { &[] } else { &self.pieces }
    }

    fn push(&mut self, text: &str, model: &Model) {
        let mut word = Word::new();
        let known = Letters::get();
        words::tokens(text, |token, kind| match kind {
            Kind::Nothing => {}
            Kind::Code => {
                let letters = token.bytes().filter(u8::is_ascii_alphabetic).count();
                // A brace or an assignment counts as a short word would.
                self.code += letters.max(3);
            }
            Kind::Words => {
                let Some(first) = token.chars().find(|&c| known.has(c)) else { return };
                let piece = self.piece(script::group(first));
                piece.bytes += token.len();
                if piece.group == Group::Japanese {
                    for c in token.chars().filter(|&c| known.has(c)) {
                        piece.japanese[script::place_in_japanese(c)] += 1;
                    }
                }
                let Piece { sums, letters, .. } = piece;
                features::read(token, &mut word, |hashes, length| {
                    model.add(hashes, sums);
                    *letters += length as u32;
                });
            }
        });
    }

    /// The piece that takes the next words of `group`.
    fn piece(&mut self, group: Group) -> &mut Piece {
        let open = |piece: &Piece| piece.group == group && piece.bytes < PIECE;
        let at = self.pieces.iter().rposition(open).unwrap_or_else(|| {
            let sums = Sums::EMPTY;
            self.pieces.push(Piece { group, bytes: 0, letters: 0, japanese: [0; 3], sums });
            self.pieces.len() - 1
        });
        &mut self.pieces[at]
    }
}

/// About `length` bytes of `text` from `start` on; whole words where words are short.
fn around(text: &str, start: usize, length: usize) -> &str {
    let start = text.ceil_char_boundary(start);
    let end = text.ceil_char_boundary(start + length);
    let piece = &text[start..end];
    let cut = |at: Option<usize>| at.filter(|&at| start > 0 && at < length / 4);
    let head = cut(piece.find(char::is_whitespace)).unwrap_or(0);
    &piece[head..]
}

// A piece ends after the token that fills it: rows are at most five for each letter and
// one for each word, far below what a sum holds.
const _: () = assert!((PIECE + 96) * 6 < Sums::MAX_ROWS as usize);

#[cfg(test)]
mod tests {
    use super::{super::model, MAX_BYTES, Sample};

    fn scripts(text: &str) -> Vec<&'static str> {
        let sample = Sample::read(text, model::embedded());
        sample.pieces().iter().map(super::Piece::script).collect()
    }

    #[test]
    fn words_are_read_by_their_script() {
        assert_eq!(scripts("Он купил Audi и Volvo"), ["Cyrl", "Latn"]);
        assert_eq!(scripts("大臣は述べた。"), ["Hani"]);
        assert_eq!(scripts("ありがとう"), ["Hira"]);
        assert_eq!(scripts("½ ° \u{feff} ， 12:30"), [""; 0]);
        assert_eq!(scripts(&"word ".repeat(100)), ["Latn"; 2]);
    }

    #[test]
    fn code_is_no_language() {
        assert_eq!(scripts("for (int i = 0; i < n; i++) { sum += a[i]; }"), [""; 0]);
        assert_eq!(scripts("Call f(x) to get the next value."), ["Latn"]);
    }

    #[test]
    fn long_texts_are_sampled_from_several_places() {
        let text = "äx ".repeat(MAX_BYTES) + &"ж".repeat(MAX_BYTES);
        let sample = Sample::read(&text, model::embedded());
        let bytes: usize = sample.pieces().iter().map(|piece| piece.bytes).sum();
        assert!(bytes <= MAX_BYTES, "{bytes}");
        assert!(scripts(&text).contains(&"Cyrl") && scripts(&text).contains(&"Latn"));
    }

    #[test]
    fn letters_between_the_places_are_found() {
        let text = ". ".repeat(MAX_BYTES) + "one word" + &" .".repeat(20 * MAX_BYTES);
        assert_eq!(scripts(&text), ["Latn"]);
    }
}
