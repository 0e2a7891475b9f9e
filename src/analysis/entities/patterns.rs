//! What has a form rather than a name: addresses and percentages.

use super::{EntityType, Found};
use crate::analysis::{Span, Token, TokenKind};

/// All of them in order, not overlapping.
pub(super) fn find(text: &str, tokens: &[Token]) -> Vec<Found> {
    let mut found = addresses(text);
    let mut taken = found.clone().into_iter().peekable();
    let mut at = 0;
    while at < tokens.len() {
        let start = tokens[at].span.start;
        while taken.next_if(|f| f.span.end <= start).is_some() {}
        let free = taken.peek().is_none_or(|f| f.span.start > start);
        match percent(text, tokens, at).filter(|_| free) {
            Some(end) => {
                let span = Span::new(start, tokens[end - 1].span.end);
                found.push(Found { span, kind: EntityType::Percent, confidence: 0.95 });
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

/// Where the percentage that starts at token `at` ends, exclusive.
fn percent(text: &str, tokens: &[Token], at: usize) -> Option<usize> {
    const NUMBERS: &[&str] = &[
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve", "fifteen", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty",
        "ninety", "hundred",
    ];
    let is_one_of = |at: usize, words: &[&str]| {
        tokens.get(at).is_some_and(|token| {
            words.iter().any(|word| token.text(text).eq_ignore_ascii_case(word))
        })
    };
    let digits = tokens[at].kind == TokenKind::Number;
    if !digits && !is_one_of(at, NUMBERS) {
        return None;
    }
    if digits && is_one_of(at + 1, &["%"]) || is_one_of(at + 1, &["percent", "pct"]) {
        Some(at + 2)
    } else if is_one_of(at + 1, &["percentage"]) && is_one_of(at + 2, &["point", "points"])
        || is_one_of(at + 1, &["per"]) && is_one_of(at + 2, &["cent"])
    {
        Some(at + 3)
    } else {
        None
    }
}
