//! Sample: the part of a text that the detector reads, with its letters alone.
//!
//! Must not know any language: it only bounds the work and clears away what would
//! mislead a count of letters.

/// Texts up to this many bytes are read whole. A profile of trigrams changes
/// little after a few thousand letters, and whatlang reads only some megabytes a
/// second.
pub(super) const MAX_BYTES: usize = 4096;

/// A longer text is read at this many places, evenly spread: its head alone may be
/// a quotation, a list of names or a notice in another language.
const PIECES: usize = 8;

/// The letters of `text`, other characters replaced by spaces; of a text longer
/// than `MAX_BYTES` only that many bytes, from several places. Empty where the
/// text has no letters.
pub(super) fn letters(text: &str) -> String {
    let mut sample = String::with_capacity(text.len().min(2 * MAX_BYTES));
    if text.len() <= MAX_BYTES {
        push_letters(text, &mut sample);
    } else {
        for piece in 0..PIECES {
            push_piece(text, text.len() / PIECES * piece, MAX_BYTES / PIECES, &mut sample);
        }
    }
    if !has_letters(&sample) {
        // Letters may still stand between the pieces.
        sample.clear();
        if let Some(start) = text.find(char::is_alphabetic) {
            push_piece(text, start, MAX_BYTES, &mut sample);
        }
    }
    sample
}

fn has_letters(sample: &str) -> bool {
    sample.chars().any(char::is_alphabetic)
}

/// Adds the letters of about `length` bytes of `text` from `start` on.
fn push_piece(text: &str, start: usize, length: usize, sample: &mut String) {
    let start = text.ceil_char_boundary(start);
    let end = text.ceil_char_boundary(start + length);
    push_letters(&text[start..end], sample);
    sample.push(' ');
}

fn push_letters(piece: &str, sample: &mut String) {
    sample.extend(piece.chars().map(letter_or_space));
}

/// whatlang counts whole blocks as letters: NBSP, "°" and "«" as Latin, a byte
/// order mark as Arabic, all full-width forms as Korean.
fn letter_or_space(c: char) -> char {
    match c {
        // Full-width Latin letters as plain ones; half-width katakana as any katakana.
        '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}' => {
            char::from_u32(c as u32 - 0xfee0).unwrap_or(' ')
        }
        '\u{ff66}'..='\u{ff9d}' => '\u{30a2}',
        _ if c.is_alphabetic() => c,
        // Marks of letters are not alphabetic in every script (the virama), and some
        // alphabets have marks of their own.
        '\u{300}'..='\u{36f}' | '\u{200c}' | '\u{200d}' | '¡' | '¿' | '·' => c,
        '\u{591}'..='\u{1fff}' if !c.is_numeric() => c,
        _ => ' ',
    }
}

#[cfg(test)]
mod tests {
    use super::{MAX_BYTES, letters};

    #[test]
    fn only_letters_are_kept() {
        assert_eq!(letters("a1«é»\u{feff}Ｂ，"), "a  é  B ");
        assert_eq!(letters("½ ° \u{feff} ， 12:30"), "");
    }

    #[test]
    fn long_texts_are_sampled_from_several_places() {
        let text = "äx ".repeat(MAX_BYTES) + &"ж".repeat(MAX_BYTES);
        let sample = letters(&text);
        assert!(sample.len() <= MAX_BYTES + 16, "{}", sample.len());
        assert!(sample.contains('x') && sample.contains('ж'));
    }

    #[test]
    fn letters_between_the_pieces_are_found() {
        let text = ".".repeat(MAX_BYTES) + "one word" + &".".repeat(20 * MAX_BYTES);
        assert!(letters(&text).starts_with("one word"));
    }
}
