//! Decision: whether a sentence ends at a candidate, by the words around it.
//!
//! What is certain is decided here; of the rest the learned model hears what the rules
//! find likely. Marks are for `place`, spaces and the commonest case are here. Must not
//! move a candidate's edges.

use super::{
    Span,
    candidates::Candidate,
    context::{After, piece_before, word_of},
    marks::{self, Mark},
    place::Place,
    rules::Rules,
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

impl Verdict {
    /// Least score with which the model says that a sentence ends: it overrules what
    /// the rules find likely only where it is sure.
    ///
    /// How often sentences end without a mark, the true corpora tell; in a language
    /// that has none of its own, with `trained` false, it must be surer.
    pub(super) fn margin(self, trained: bool) -> f32 {
        match self {
            Self::Likely => -1.0,
            Self::Unlikely => 1.5,
            Self::Open if !trained => 2.0,
            Self::Open | Self::Never | Self::Always => 0.0,
        }
    }
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
    // A stray quotation mark at the end of a paragraph is no sentence.
    if rest.len() <= 8 && rest.chars().all(|c| marks::is_opener(c) || marks::is_either(c)) {
        return Verdict::Never;
    }
    if candidate.mark == Mark::None {
        return if is_lead_in(before, rest, start == paragraph.start)
            || leads_to_quotation(before, rest, rules)
        {
            Verdict::Never
        } else {
            Verdict::Open
        };
    }
    // A mark at the very start ends nothing: "... and so on", "!Kung".
    if before.trim_end().is_empty() && candidate.mark != Mark::FullStop {
        return Verdict::Never;
    }
    let after = After::read(rest);
    // ",," is a quotation mark.
    if marks::is_continuation(after.first) && !rest.starts_with(",,") {
        return Verdict::Never;
    }
    // "year. № 70", "D.C. (AP) — The court", "[...]” (Smith 55)."
    if rest.starts_with('№') || candidate.mark != Mark::FullStop && is_aside(rest) {
        return Verdict::Never;
    }
    let spaced = candidate.next > candidate.end || candidate.tagged;
    let place = Place { before, after, candidate, rules };
    match candidate.mark {
        Mark::FullStop => place.full_stop(spaced),
        _ if !spaced => place.unspaced(),
        _ if place.after.start.is_lowercase() => {
            place.before_small(text[paragraph.start..].starts_with(char::is_lowercase))
        }
        Mark::Exclamation => place.exclamation(),
        Mark::Ellipsis => place.ellipsis(),
        Mark::Stop | Mark::None => place.stop(),
    }
}

/// Whether the text before a space leads in what follows: a bullet alone, the dateline
/// of a report ("BEIRUT (Reuters) - ", "Moscow, SANA-"), a tag inside a sentence.
fn is_lead_in(before: &str, rest: &str, first: bool) -> bool {
    let bytes = before.as_bytes();
    let label = before.trim_end_matches([')', '.']).trim_start_matches('(');
    if bytes.len() <= 8 && (!label.chars().any(char::is_alphanumeric) || is_counted(label)) {
        return true;
    }
    // A bound for the search keeps the whole linear.
    let tag = before.ceil_char_boundary(before.len().saturating_sub(64));
    if before.ends_with('>')
        && before[tag..].rfind("</").is_some_and(|at| !ends_finished(&before[..tag + at]))
    {
        return true;
    }
    if before.ends_with(',') && rest.starts_with('@')
        || before.ends_with(':') && rest.starts_with("http")
    {
        return true;
    }
    // "His answer — “Never!” — could be heard."
    if before.ends_with(marks::is_dash) && rest.starts_with(marks::is_opener) {
        return true;
    }
    // "word - word", "BEIRUT (Reuters) - "
    let mut next = rest.chars();
    if next.next().is_some_and(marks::is_dash)
        && next.next().is_some_and(|c| c == ' ' || marks::is_dash(c))
        && before.ends_with(|c: char| c.is_alphanumeric() || c == ')')
    {
        return true;
    }
    // Past this, no dateline; the bound keeps the whole linear.
    if bytes.len() > 80 {
        return false;
    }
    // "Minister: Because it is time."
    let is_label = |label: &str| {
        label.split(' ').count() <= 2
            && label.split(' ').all(|word| word.starts_with(|c: char| c.is_uppercase() || c == '@'))
    };
    if first && before.strip_suffix(':').is_some_and(is_label) {
        return true;
    }
    first && before.ends_with(marks::is_dash) && {
        let place = before.trim_end_matches(|c: char| marks::is_dash(c) || c == ' ');
        let agency = place.rsplit([' ', '(']).next().unwrap_or("").trim_end_matches(')');
        let shouted = |word: &str| {
            word.chars().filter(|c| c.is_uppercase()).nth(1).is_some()
                && !word.chars().any(char::is_lowercase)
        };
        place.ends_with(')') || shouted(agency) || place.split(' ').next().is_some_and(shouted)
    }
}

/// "2", "b", "14.05"
fn is_counted(label: &str) -> bool {
    label.len() == 1 || label.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b':')
}

/// "Il a dit : « Oui. »"
fn leads_to_quotation(before: &str, rest: &str, rules: &Rules) -> bool {
    before.ends_with(':')
        && rest.starts_with(|c| marks::is_opener(c) || marks::is_either(c))
        && before
            .rsplit([' ', '\u{a0}', '\u{202f}'])
            .take(5)
            .any(|word| rules.is_speech(word.trim_end_matches([':', ','])))
}

/// Whether `rest` starts with brackets that belong to what stands before them: a source
/// with the stop after it, an agency with a dash.
fn is_aside(rest: &str) -> bool {
    let Some(inside) = rest.strip_prefix('(') else { return false };
    let length = inside.bytes().take(40).take_while(|b| !matches!(b, b'(' | b')' | b'.')).count();
    let Some(after) = inside.get(length..).and_then(|after| after.strip_prefix(')')) else {
        return false;
    };
    after.starts_with('.') || after.trim_start().starts_with(marks::is_dash)
}

/// Whether `text` ends with a terminal mark.
fn ends_finished(text: &str) -> bool {
    text.trim_end().chars().next_back().is_some_and(|c| marks::terminal(c).is_some())
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
    // "(so it was). The", "in 2018. The"
    if bytes[mark] == b'.' && !is_closed && mark > start + 4 {
        let years = |at: usize| bytes[at..mark].iter().all(u8::is_ascii_digit);
        if bytes[mark - 1] == b')' || years(mark - 4) && bytes[mark - 5] == b' ' && !rules.ordinals
        {
            return true;
        }
    }
    let letters = bytes[start..mark].iter().rev().take(16);
    let letters = letters.take_while(|b| b.is_ascii_lowercase()).count();
    // A name may have its capital: "in New York City. The".
    let capital =
        letters >= 4 && mark - start > letters && bytes[mark - letters - 1].is_ascii_uppercase();
    let letters = letters + usize::from(capital);
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
