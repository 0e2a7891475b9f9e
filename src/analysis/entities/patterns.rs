//! What has a form rather than a name: addresses and percentages here, amounts of
//! money and dates in `money` and `dates`.

use super::money::{self, is_number};
use super::words::Word;
use super::{EntityType, Found, dates};
use crate::analysis::Span;

/// All of them in order, not overlapping.
pub(super) fn find(text: &str, words: &[Word]) -> Vec<Found> {
    let mut found = addresses(text);
    let mut taken = found.clone().into_iter().peekable();
    let mut at = 0;
    while at < words.len() {
        let start = words[at].span.start;
        while taken.peek().is_some_and(|f| f.span.end <= start) {
            taken.next();
        }
        if taken.peek().is_some_and(|f| f.span.start <= start) {
            at += 1;
            continue;
        }
        let hit = money::money(words, at)
            .map(|end| (end, EntityType::Money, 0.9))
            .or_else(|| percent(words, at).map(|end| (end, EntityType::Percent, 0.95)))
            .or_else(|| dates::date(words, at).map(|(end, sure)| (end, EntityType::Date, sure)));
        match hit {
            Some((end, kind, confidence)) => {
                let span = Span::new(start, words[end - 1].span.end);
                found.push(Found { span, kind, confidence });
                at = end;
            }
            None => at += 1,
        }
    }
    found.sort_by_key(|f| f.span);
    let mut last = 0;
    found.retain(|f| {
        let keep = f.span.start >= last;
        if keep {
            last = f.span.end;
        }
        keep
    });
    found
}

/// Gives the year before an event to its name: "2022 FIFA World Cup".
pub(super) fn join_years(text: &str, found: &mut Vec<Found>) {
    const EVENTS: &[&str] = &[
        "cup",
        "games",
        "olympics",
        "championship",
        "championships",
        "festival",
        "tournament",
        "season",
        "expo",
        "conference",
        "summit",
        "final",
        "awards",
        "tour",
        "open",
        "prix",
    ];
    for i in 1..found.len() {
        let (year, event) = (found[i - 1], found[i]);
        let last = event.span.of(text).rsplit(' ').next().unwrap_or_default();
        if year.kind == EntityType::Date
            && event.kind == EntityType::Misc
            && year.span.len() == 4
            && &text[year.span.end..event.span.start] == " "
            && EVENTS.contains(&last.to_lowercase().as_str())
        {
            found[i].span = year.span.union(event.span);
            found[i - 1].span = Span::new(year.span.start, year.span.start);
        }
    }
    found.retain(|f| !f.span.is_empty());
}

/// Web and e-mail addresses: pieces between white space that look so.
fn addresses(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    for piece in text.split_inclusive(char::is_whitespace) {
        let start = at;
        at += piece.len();
        if !piece.contains(['@', '.', '/']) {
            continue;
        }
        let span = Span::new(start, start + piece.len()).trim(text);
        let mark = |c: char| !c.is_alphanumeric() && !matches!(c, '/' | '#' | '@');
        let whole = span.of(text);
        let left = whole.len() - whole.trim_start_matches(mark).len();
        let right = whole.trim_end_matches(|c| mark(c) && c != '/').len();
        if left >= right {
            continue;
        }
        let body = &whole[left..right];
        let kind = if is_email(body) {
            EntityType::Email
        } else if is_url(body) {
            EntityType::Url
        } else {
            continue;
        };
        let span = Span::new(span.start + left, span.start + right);
        found.push(Found { span, kind, confidence: 0.99 });
    }
    found
}

fn is_email(word: &str) -> bool {
    let Some((name, host)) = word.split_once('@') else { return false };
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '+' | '%');
    !name.is_empty() && name.chars().all(plain) && is_host(host)
}

fn is_host(host: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
    host.chars().all(plain)
        && host.rsplit_once('.').is_some_and(|(before, end)| {
            !before.is_empty() && end.len() >= 2 && end.chars().all(char::is_alphabetic)
        })
}

fn is_url(word: &str) -> bool {
    let lower = |prefix: &str| {
        word.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
    };
    if ["http://", "https://", "ftp://"].iter().any(|scheme| lower(scheme)) {
        return true;
    }
    let host = word.split(['/', '?', '#']).next().unwrap_or_default();
    const ENDS: &[&str] = &["com", "org", "net", "edu", "gov", "info", "io"];
    is_host(host)
        && !host.contains(char::is_uppercase)
        && (lower("www.") || host.rsplit('.').next().is_some_and(|end| ENDS.contains(&end)))
}

/// Where the percentage that starts at word `at` ends, exclusive.
fn percent(words: &[Word], at: usize) -> Option<usize> {
    const NUMBERS: &[&str] = &[
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve", "fifteen", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty",
        "ninety", "hundred",
    ];
    let word = &words[at];
    if !is_number(word) && !NUMBERS.contains(&word.lower.as_ref()) {
        return None;
    }
    let next = words.get(at + 1)?;
    let digits = is_number(word);
    match &*next.lower {
        "%" if digits => Some(at + 2),
        "percent" | "pct" => Some(at + 2),
        "percentage" if words.get(at + 2).is_some_and(|w| w.lower.starts_with("point")) => {
            Some(at + 3)
        }
        "per" if words.get(at + 2).is_some_and(|w| w.lower == "cent") => Some(at + 3),
        _ => None,
    }
}
