//! Dates and periods: "Monday", "February 14, 2019", "14-16 June", "the 1990s".

use super::words::Word;
use crate::analysis::TokenKind;

const MONTHS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const SHORT_MONTHS: &[&str] =
    &["jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"];
const WEEKDAYS: &[&str] =
    &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Where the date that starts at word `at` ends, exclusive, and how sure it is one.
pub(super) fn date(words: &[Word], at: usize) -> Option<(usize, f32)> {
    if let Some(end) = weekday(words, at) {
        // "Monday, February 14".
        let after = end + usize::from(words.get(end).is_some_and(|w| w.text == ","));
        let end = day_and_month(words, after).unwrap_or(end);
        return Some((end, 0.95));
    }
    if let Some(end) = day_and_month(words, at) {
        return Some((end, 0.95));
    }
    if let Some(end) = month(words, at) {
        let word = &words[at];
        // "may" and "march" are verbs too; a lone one needs a preposition or year.
        let doubtful = matches!(&*word.lower, "may" | "march");
        let end_with_year = year_after(words, end);
        if end_with_year > end {
            return Some((end_with_year, 0.95));
        }
        let preposition = at > 0 && is_before_month(&words[at - 1].lower);
        let short = SHORT_MONTHS.contains(&word.lower.trim_end_matches('.'));
        if short || doubtful && (!preposition || word.initial) {
            return None;
        }
        return Some((end, 0.85));
    }
    year(words, at)
}

fn is_before_month(word: &str) -> bool {
    matches!(
        word,
        "in" | "of"
            | "last"
            | "next"
            | "since"
            | "until"
            | "till"
            | "by"
            | "from"
            | "to"
            | "this"
            | "early"
            | "late"
            | "mid"
            | "before"
            | "after"
            | "and"
            | "between"
            | "for"
            | "during"
            | "on"
            | "every"
            | "through"
    )
}

fn weekday(words: &[Word], at: usize) -> Option<usize> {
    let word = &words[at];
    let name = word.lower.strip_suffix('s').unwrap_or(&*word.lower);
    (word.capital && WEEKDAYS.contains(&name)).then_some(at + 1)
}

/// A month's name, with the stop of a short one.
fn month(words: &[Word], at: usize) -> Option<usize> {
    let word = words.get(at).filter(|w| w.capital)?;
    if MONTHS.contains(&word.lower.as_ref()) {
        return Some(at + 1);
    }
    if !SHORT_MONTHS.contains(&word.lower.as_ref()) {
        return None;
    }
    let stop = words.get(at + 1).is_some_and(|w| w.text == "." && w.glued)
        && words.get(at + 2).is_some_and(|w| w.kind == TokenKind::Number);
    Some(at + 1 + usize::from(stop))
}

/// "14", "14th", "14-16".
fn is_day(word: &Word) -> bool {
    if word.kind != TokenKind::Number || word.span.len() > 6 {
        return false;
    }
    let plain = |day: &str| {
        let day = ["st", "nd", "rd", "th"].iter().find_map(|e| day.strip_suffix(e)).unwrap_or(day);
        day.chars().all(|c| c.is_ascii_digit())
            && day.parse().is_ok_and(|d: u8| (1..=31).contains(&d))
    };
    word.lower.split(['-', '\u{2011}']).all(plain)
}

fn is_year(word: &Word) -> bool {
    word.kind == TokenKind::Number
        && word.text.len() == 4
        && word.text.chars().all(|c| c.is_ascii_digit())
        && word.text.parse().is_ok_and(|y: u16| (1000..=2100).contains(&y))
}

/// "February 14, 2019", "14 February 2019", "14th of February".
fn day_and_month(words: &[Word], at: usize) -> Option<usize> {
    let end = if let Some(after) = month(words, at) {
        let day = words.get(after).filter(|w| is_day(w) && !w.line_start)?;
        let mut end = after + 1;
        // "June 5 to 7", "June 5 – 7", "June 5 to July 7".
        let joint = words.get(end).is_some_and(|w| matches!(w.text, "-" | "–" | "to" | "and"));
        if joint && !day.lower.contains('-') {
            if words.get(end + 1).is_some_and(is_day) && !is_counted(words, end + 2) {
                end += 2;
            } else if let Some(more) = month(words, end + 1)
                && words.get(more).is_some_and(is_day)
            {
                end = more + 1;
            }
        }
        if words.get(end).is_some_and(|w| w.text == ",") && words.get(end + 1).is_some_and(is_year)
        {
            return Some(end + 2);
        }
        end
    } else {
        let day = words.get(at).filter(|w| is_day(w))?;
        let ordinal = day.lower.ends_with(|c: char| c.is_ascii_alphabetic());
        let of = ordinal && words.get(at + 1).is_some_and(|w| w.lower == "of");
        month(words, at + 1 + usize::from(of))?
    };
    Some(year_after(words, end))
}

/// Whether the word says what a number counts: "and 7 others".
fn is_counted(words: &[Word], at: usize) -> bool {
    words.get(at).is_some_and(|w| w.kind == TokenKind::Word && !w.capital && !is_function(&w.lower))
}

fn is_function(word: &str) -> bool {
    matches!(
        word,
        "in" | "at" | "on" | "to" | "and" | "by" | "for" | "with" | "as" | "the" | "when"
    )
}

/// The end of a year right after a month, maybe with a comma or "of" between.
fn year_after(words: &[Word], at: usize) -> usize {
    let next = |i: usize| words.get(i).is_some_and(|w| is_year(w) && !w.line_start);
    match words.get(at) {
        Some(_) if next(at) => at + 1,
        Some(w) if matches!(w.text, "," | "of") && next(at + 1) => at + 2,
        _ => at,
    }
}

/// A year alone, "1990s", "2018-2019", "2019-02-14", "14/2/2019".
fn year(words: &[Word], at: usize) -> Option<(usize, f32)> {
    let word = &words[at];
    if word.kind != TokenKind::Number || word.span.len() > 12 {
        return None;
    }
    let digits = |s: &str| !s.is_empty() && s.chars().all(|c| c.is_ascii_digit());
    let modern = |s: &str| {
        s.len() == 4 && digits(s) && s.parse().is_ok_and(|y: u16| (1600..=2100).contains(&y))
    };
    let text = word.text;
    if let Some(decade) = text.strip_suffix('s')
        && (modern(decade) && decade.ends_with('0'))
    {
        return Some((at + 1, 0.9));
    }
    if let Some((from, to)) = text.split_once(['-', '–'])
        && modern(from)
        && (modern(to) || digits(to) && to.len() == 2)
    {
        return Some((at + 1, 0.85));
    }
    if text.split('-').count() == 3 && text.split('-').all(digits) && text.len() >= 8 {
        return Some((at + 1, 0.9));
    }
    if !modern(text) {
        return slashed(words, at);
    }
    // "2,000", "2000 people", "2000 km" are counts.
    let before = at.checked_sub(1).map(|i| &words[i]);
    if before.is_some_and(|w| {
        w.glued && w.text == "."
            || matches!(
                w.text,
                "$" | "€" | "£" | "#" | "/" | "resolution" | "Resolution" | "no" | "No"
            )
    }) {
        return None;
    }
    if before.is_some_and(|w| {
        matches!(&*w.lower, "about" | "some" | "over" | "than" | "nearly" | "almost" | "least")
    }) {
        return None;
    }
    if words.get(at + 1).is_some_and(|w| w.text == "/" || w.text == "%") {
        return None;
    }
    let recent = word.text >= "1800";
    let preposition = before
        .is_some_and(|w| is_before_month(&w.lower) || matches!(w.text, "(" | "–" | "-" | ","));
    match (recent, preposition) {
        (_, true) => Some((at + 1, 0.85)),
        (true, false) if !is_counted(words, at + 1) || before.is_some_and(|w| w.lower == "the") => {
            Some((at + 1, 0.7))
        }
        _ => None,
    }
}

/// "14/2/2019".
fn slashed(words: &[Word], at: usize) -> Option<(usize, f32)> {
    let part = |i: usize| {
        words
            .get(i)
            .filter(|w| w.kind == TokenKind::Number && (i == at || w.glued) && w.span.len() <= 4)
    };
    let slash = |i: usize| words.get(i).is_some_and(|w| w.text == "/" && w.glued);
    (part(at).is_some()
        && slash(at + 1)
        && part(at + 2).is_some()
        && slash(at + 3)
        && part(at + 4).is_some_and(is_year))
    .then_some((at + 5, 0.9))
}
