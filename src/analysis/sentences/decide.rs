//! Decision: whether a sentence ends at a candidate, by the words around it.
//!
//! What is certain is decided here; of the rest the learned model hears what the rules
//! find likely. Must not move a candidate's edges.

use super::{
    Span,
    candidates::Candidate,
    context::{After, piece_before, word_of},
    marks::{self, Mark},
    rules::{Abbreviation, Rules},
};

/// What the rules say of a candidate. The numbers are features of the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Probably no end.
    Unlikely = 0,
    /// Probably an end.
    Likely = 1,
    /// There is no mark to judge by.
    Open = 2,
    /// No end, whatever the model says.
    Never = 3,
    /// An end, whatever the model says.
    Always = 4,
}

/// What the rules say of `candidate` for a sentence that starts at `start`.
pub(super) fn judge(
    text: &str,
    paragraph: Span,
    start: usize,
    candidate: &Candidate,
    rules: &Rules,
) -> Verdict {
    if is_plain(text, start, candidate, rules) {
        return Verdict::Always;
    }
    let before = &text[start..candidate.marks.start];
    let rest = &text[candidate.next..paragraph.end];
    // A mark at the very start ends nothing: "... and so on", "!Kung".
    if before.trim_end().is_empty() && candidate.mark != Mark::FullStop {
        return Verdict::Never;
    }
    // Nor is a stray quotation mark at the end of a paragraph a sentence.
    if rest.len() <= 8 && rest.chars().all(|c| marks::is_opener(c) || marks::is_either(c)) {
        return Verdict::Never;
    }
    if candidate.mark == Mark::None {
        return Verdict::Open;
    }
    let after = After::read(rest);
    let spaced = candidate.next > candidate.end;
    // Whether the writer starts sentences without capitals.
    let careless = before.starts_with(char::is_lowercase)
        || text[paragraph.start..].starts_with(char::is_lowercase);
    // ",," is a quotation mark.
    if marks::is_continuation(after.first) && !rest.starts_with(",,") {
        return Verdict::Never;
    }
    if candidate.mark == Mark::Stop && spaced && is_led(before, candidate, &after, rules) {
        return Verdict::Never;
    }
    // "the U.S. will", "“Why?” she asked": whoever writes so starts with capitals.
    let is_small = after.first.is_lowercase() && !after.is_address();
    if is_small && !careless && (candidate.quoted || ends_in_initialism(before)) {
        return Verdict::Never;
    }
    // "U.S.": no sentence between.
    if !spaced && candidate.mark == Mark::Stop && after.is_initial() {
        return Verdict::Never;
    }
    let likely = match candidate.mark {
        Mark::FullStop => ends_at_full_stop(candidate, &after, spaced),
        _ if !spaced => ends_without_space(before, candidate, &after, rules),
        Mark::Exclamation => ends_at_exclamation(candidate, &after, careless, rules),
        Mark::Ellipsis => !after.start.is_lowercase(),
        Mark::Stop => ends_at_stop(before, candidate, &after, careless, rules),
        Mark::None => false,
    };
    if likely { Verdict::Likely } else { Verdict::Unlikely }
}

/// Whether `candidate` is the commonest of all ends, "a small word. The next": a stop
/// or question mark after a word of at least three small letters that is no
/// abbreviation, then one space and a capital, with quotation marks or without. In the
/// training files 99.5 of 100 are ends, and nearly all others are in treebanks of
/// shuffled sentences.
fn is_plain(text: &str, start: usize, candidate: &Candidate, rules: &Rules) -> bool {
    let bytes = text.as_bytes();
    let Span { start: mark, end } = candidate.marks;
    if candidate.next != candidate.end + 1 || end - mark != 1 || bytes[candidate.end] != b' ' {
        return false;
    }
    let is_closed = match &bytes[end..candidate.end] {
        [] => false,
        b"\"" | b"\xe2\x80\x9d" => true,
        _ => return false,
    };
    let rest = &bytes[candidate.next..];
    let rest = rest.strip_prefix(b"\"").or(rest.strip_prefix("“".as_bytes())).unwrap_or(rest);
    if !matches!(rest, [b'A'..=b'Z', b'a'..=b'z', ..] | [b'I' | b'A', b' ', ..]) {
        return false;
    }
    let letters = bytes[start..mark].iter().rev().take(16);
    let letters = letters.take_while(|b| b.is_ascii_lowercase()).count();
    let stands_alone = mark - start == letters || bytes[mark - letters - 1] == b' ';
    let word = || word_of(piece_before(&text[start..mark]));
    match bytes[mark] {
        _ if letters < 3 => false,
        b'?' => !is_closed,
        b'.' if stands_alone => rules.abbreviation(&text[mark - letters..mark]).is_none(),
        b'.' => letters >= 6 && rules.abbreviation(word()).is_none(),
        _ => false,
    }
}

/// Whether the stop belongs to what never ends a sentence where it stands: "Dr. Who",
/// "No. 5", the label of an item.
fn is_led(before: &str, candidate: &Candidate, after: &After, rules: &Rules) -> bool {
    if candidate.end > candidate.marks.end {
        return false;
    }
    let word = word_of(piece_before(before));
    if is_label(before, word) {
        return true;
    }
    match rules.abbreviation(word) {
        Some(Abbreviation::Leading) => true,
        Some(Abbreviation::Numbering) => after.first.is_numeric(),
        _ => false,
    }
}

/// "。", "।" and their kin: no other use, so only what follows can hold them back.
fn ends_at_full_stop(candidate: &Candidate, after: &After, spaced: bool) -> bool {
    // 「…。」と話した: a quotation inside a sentence goes on without a space.
    let goes_on = after.start.is_lowercase() || !spaced && is_hiragana(after.first);
    !(candidate.quoted && goes_on)
}

fn is_hiragana(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{309f}')
}

/// "end.Next": a missing space only where both sides are plain words and the next
/// often starts a sentence, not in addresses, file names and decimals.
fn ends_without_space(before: &str, candidate: &Candidate, after: &After, rules: &Rules) -> bool {
    if marks::is_unspaced(after.first) {
        return !after.first.is_numeric();
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
fn ends_at_exclamation(
    candidate: &Candidate,
    after: &After,
    careless: bool,
    rules: &Rules,
) -> bool {
    let has_closed = candidate.end > candidate.marks.end;
    if after.start.is_lowercase() {
        return careless && !has_closed || after.is_address();
    }
    !(candidate.quoted && is_reported(after, rules))
}

/// Whether what follows a quotation tells who spoke it: "Lavrov asked", "Mr. bin
/// Alawi said".
fn is_reported(after: &After, rules: &Rules) -> bool {
    if rules.is_starter(after.word) {
        return false;
    }
    for word in after.rest.split_whitespace().take(5) {
        if rules.is_speech(word.trim_end_matches(['.', ',', ':'])) {
            return true;
        }
        // Names have only short words in lower case: "bin", "de", "van".
        if !word.starts_with(char::is_uppercase) && word.len() > 4 {
            return false;
        }
    }
    false
}

/// ".".
fn ends_at_stop(
    before: &str,
    candidate: &Candidate,
    after: &After,
    careless: bool,
    rules: &Rules,
) -> bool {
    let piece = piece_before(before);
    let word = word_of(piece);
    let has_closed = candidate.end > candidate.marks.end;
    let starts_sentence = rules.is_starter(after.word) && !after.is_initial();
    if after.start.is_lowercase() {
        // Before a word in lower case only after a plain word.
        let plain = word.chars().all(char::is_lowercase) && word.chars().count() > 2;
        let abbreviated = rules.abbreviation(word).is_some();
        let may_end = plain && !has_closed && !abbreviated;
        return may_end && (careless || starts_sentence) || after.is_address();
    }
    // What closes after the stop shows that it is no abbreviation's.
    if candidate.quoted {
        return true;
    }
    if is_number(word) {
        return !is_ordinal(before, piece, after, rules);
    }
    // "XII. Pluk": an ordinal too. A letter alone is more often an initial.
    if rules.ordinals
        && piece == word
        && word.len() > 1
        && word.bytes().all(|b| b"IVX".contains(&b))
    {
        return starts_sentence;
    }
    match rules.abbreviation(word) {
        Some(Abbreviation::Leading) => false,
        Some(Abbreviation::Numbering) => {
            !after.start.is_numeric() && (starts_sentence || !is_roman(after.word))
        }
        Some(Abbreviation::Plain) => starts_sentence,
        None if is_initial(word) || is_initialism(word) => starts_sentence,
        None => true,
    }
}

/// Whether the number that is all or the end of `piece` is an ordinal or the part of
/// a date: "3. Oktober", "21. 3. 1990".
fn is_ordinal(before: &str, piece: &str, after: &After, rules: &Rules) -> bool {
    let is_small = |number: &str| number.len() <= 2 && is_number(number);
    let word = word_of(piece);
    if !is_small(word) {
        return false;
    }
    if is_number(after.word) && after.rest[after.word.len()..].starts_with('.') {
        return true;
    }
    if !rules.ordinals {
        return false;
    }
    if rules.is_month(after.word) {
        return true;
    }
    let before = before.trim_end().strip_suffix(piece).unwrap_or("");
    let previous = piece_before(before.trim_end());
    if previous.strip_suffix('.').is_some_and(is_small) {
        return after.start.is_numeric();
    }
    // The end of a score or a decimal, "2:1", is none.
    piece == word && (!rules.is_starter(after.word) || after.is_initial())
}

/// Whether the sentence has nothing but `word` yet, and that is the label of an item:
/// "1", "2.3", "b", "IV".
fn is_label(before: &str, word: &str) -> bool {
    // The bound keeps the whole linear where no candidate ends a very long sentence.
    if !(1..=8).contains(&word.len()) || before.len() > 64 {
        return false;
    }
    let skips = |c: char| c.is_whitespace() || marks::is_bullet(c) || marks::is_dash(c) || c == '(';
    let is_numeral = || word.chars().all(|c| c.is_ascii_digit() || c == '.');
    before.trim_start_matches(skips).len() == word.len()
        && (is_numeral() || is_initial(word) || is_roman(word))
}

fn ends_in_initialism(before: &str) -> bool {
    let word = word_of(piece_before(before));
    is_initialism(word) || is_initial(word)
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
