//! Decision: whether a sentence ends at a candidate, by the words around it.
//!
//! The part that a learned model may replace: it gets a candidate and its context
//! and gives one answer. Must not move a candidate's edges.

use super::{
    Span,
    candidates::Candidate,
    context::{After, piece_before, word_of},
    marks::{self, Mark},
    rules::{Abbreviation, Rules},
};

/// Whether a sentence that starts at `start` ends at `candidate` in `paragraph`.
pub(super) fn ends_sentence(
    text: &str,
    paragraph: Span,
    start: usize,
    candidate: &Candidate,
    rules: &Rules,
) -> bool {
    let after = After::read(&text[candidate.next..paragraph.end]);
    let before = &text[start..candidate.marks.start];
    let spaced = candidate.next > candidate.end;
    if marks::is_continuation(after.first) {
        return false;
    }
    // A mark at the very start ends nothing: "... and so on", "!Kung".
    if before.trim_end().is_empty() && candidate.mark != Mark::FullStop {
        return false;
    }
    match candidate.mark {
        Mark::FullStop => ends_at_full_stop(candidate, &after, spaced),
        _ if !spaced => ends_without_space(before, candidate, &after, rules),
        Mark::Exclamation => ends_at_exclamation(candidate, &after, rules),
        Mark::Ellipsis => !after.start.is_lowercase() && after.word != "I",
        Mark::Stop => ends_at_stop(before, candidate, &after, rules),
    }
}

/// "。", "।" and their kin: no other use, so only what follows can hold them back.
fn ends_at_full_stop(candidate: &Candidate, after: &After, spaced: bool) -> bool {
    // 「…。」と話した: a quotation inside a sentence goes on without a space.
    let goes_on = candidate.quoted && !spaced && is_hiragana(after.first);
    !goes_on && !after.start.is_lowercase()
}

fn is_hiragana(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{309f}')
}

/// "end.Next": a missing space only where both sides are plain words and the next
/// often starts a sentence, not in addresses, file names and decimals.
fn ends_without_space(before: &str, candidate: &Candidate, after: &After, rules: &Rules) -> bool {
    if marks::is_unspaced(after.first) {
        return true;
    }
    let opened = marks::is_opener(after.first) && after.start.is_uppercase();
    let piece = piece_before(before);
    let is_word = |word: &str| word.chars().all(char::is_alphabetic);
    let lower = piece.chars().rev().take(2).filter(|c| c.is_lowercase()).count() == 2;
    let plain = lower && is_word(piece) && rules.abbreviation(piece).is_none();
    if candidate.quoted {
        return after.start.is_uppercase() && candidate.mark != Mark::Ellipsis;
    }
    plain
        && after.start.is_uppercase()
        && (opened || rules.is_starter(after.word))
        && after.rest[after.word.len()..].starts_with(|c: char| !matches!(c, '.' | '/' | '@'))
}

/// "?" and "!".
fn ends_at_exclamation(candidate: &Candidate, after: &After, rules: &Rules) -> bool {
    !after.start.is_lowercase() && !(candidate.quoted && is_reported(after, rules))
}

/// Whether what follows a quotation tells who spoke it: "Lavrov asked", "Mr. bin
/// Alawi said".
fn is_reported(after: &After, rules: &Rules) -> bool {
    let mut words =
        after.rest.split_whitespace().take(5).map(|word| (word, word.trim_matches(['.', ','])));
    if rules.is_starter(after.word) && !rules.is_speech(after.word) {
        let verb = words.nth(1);
        return verb.is_some_and(|(_, verb)| rules.is_speech(verb)) && after.word.len() <= 4;
    }
    for (_, word) in words {
        if rules.is_speech(word) {
            return true;
        }
        if !word.starts_with(char::is_uppercase) && word.len() > 4 {
            return false;
        }
    }
    false
}

/// ".".
fn ends_at_stop(before: &str, candidate: &Candidate, after: &After, rules: &Rules) -> bool {
    let piece = piece_before(before);
    let word = word_of(piece);
    if after.start.is_lowercase() {
        return false;
    }
    // What closes after the stop shows that it is no abbreviation's.
    if candidate.end > candidate.marks.end && candidate.quoted {
        return true;
    }
    let starts_sentence = rules.is_starter(after.word);
    if is_number(word) {
        let label = before.trim_start().len() == word.len();
        return !label && (!rules.ordinals || word.len() > 2 || starts_sentence);
    }
    match rules.abbreviation(word) {
        Some(Abbreviation::Leading) => false,
        Some(Abbreviation::Numbering) => !after.start.is_numeric() && !is_roman(after.word),
        Some(Abbreviation::Plain) => starts_sentence,
        None if is_initial(word) || is_initialism(word) => starts_sentence,
        None => true,
    }
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| c.is_ascii_digit())
}

fn is_roman(word: &str) -> bool {
    !word.is_empty() && word.len() <= 8 && word.bytes().all(|b| b"IVXLCDM".contains(&b))
}

/// A letter alone, in a script with capitals: "J", "г".
fn is_initial(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(|c| c.is_uppercase() || c.is_lowercase())
        && chars.all(|c| matches!(c, '\u{300}'..='\u{36f}'))
}

/// Short pieces joined by stops: "U.S", "a.m", "т.е", "Ph.D".
fn is_initialism(word: &str) -> bool {
    let mut parts = word.split('.');
    let short = |part: &str| part.chars().count() <= 2 && part.chars().all(char::is_alphabetic);
    word.contains('.') && parts.all(short)
}
