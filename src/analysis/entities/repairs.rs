//! Mentions that their form settles, whatever the network made of them: the agency of
//! a dateline, what a last word makes a facility, dates and initials torn apart.

use super::{EntityType, Found};
use crate::analysis::{Span, sentences::Sentence};

/// `found` is ordered and without overlaps, and stays so.
pub(super) fn repair(text: &str, sentences: &[Sentence], found: &mut Vec<Found>) {
    for mention in found.iter_mut() {
        match mention.kind {
            EntityType::Location | EntityType::Organization
                if is_facility(mention.span.of(text)) =>
            {
                mention.kind = EntityType::Facility;
            }
            EntityType::Person => {
                mention.span = with_initial(text, without_place(text, mention.span));
            }
            _ => {}
        }
    }
    found.dedup_by(|next, kept| next.span.start < kept.span.end);
    found.dedup_by(|next, kept| {
        let joined = is_one_date(text, kept, next) || is_one_range(text, kept, next);
        if joined {
            kept.span = kept.span.union(next.span);
            kept.confidence = kept.confidence.min(next.confidence);
        }
        joined
    });
    agencies(text, sentences, found);
}

/// Whether a place of that name is something built.
fn is_facility(name: &str) -> bool {
    const HEADS: &[&str] = &[
        "Camp",
        "Airport",
        "Bridge",
        "Stadium",
        "Hospital",
        "Prison",
        "Dam",
        "Mosque",
        "Cathedral",
    ];
    name.rsplit_once(' ').is_some_and(|(_, last)| HEADS.contains(&last))
}

/// "Jane Public of Springfield" ends before the place; "Joan of Arc" does not.
fn without_place(text: &str, span: Span) -> Span {
    match span.of(text).split_once(" of ") {
        Some((name, _)) if name.contains(' ') => Span::new(span.start, span.start + name.len()),
        _ => span,
    }
}

/// "Jane Q." goes on to "Jane Q. Public".
fn with_initial(text: &str, span: Span) -> Span {
    let name = span.of(text).trim_end_matches('.');
    let initial = name
        .rsplit_once(' ')
        .is_some_and(|(_, last)| last.chars().count() == 1 && last.starts_with(char::is_uppercase));
    let Some(rest) = text[span.start + name.len()..].strip_prefix(". ").filter(|_| initial) else {
        return span;
    };
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '-').unwrap_or(rest.len());
    let family = &rest[..end];
    if family.chars().count() > 1 && family.starts_with(char::is_uppercase) {
        Span::new(span.start, span.start + name.len() + 2 + end)
    } else {
        span
    }
}

/// "Monday" and "February 14" of "Monday, February 14".
fn is_one_date(text: &str, first: &Found, next: &Found) -> bool {
    first.kind == EntityType::Date
        && next.kind == EntityType::Date
        && text[first.span.end..next.span.start] == *", "
        && next.span.of(text).contains(|c: char| c.is_ascii_digit())
}

/// "$3.18" and "$3.81" of "$3.18-$3.81".
fn is_one_range(text: &str, first: &Found, next: &Found) -> bool {
    first.kind == EntityType::Money
        && next.kind == EntityType::Money
        && matches!(&text[first.span.end..next.span.start], "-" | "–")
}

/// "Moscow, SANA-" and "BEIRUT (AFP) —": who writes is no place.
fn agencies(text: &str, sentences: &[Sentence], found: &mut Vec<Found>) {
    let mut added = Vec::new();
    let mut paragraph = None;
    for sentence in sentences {
        let first = paragraph.replace(sentence.paragraph) != Some(sentence.paragraph);
        let at = found.partition_point(|f| f.span.start < sentence.span.start);
        let Some(place) = found.get_mut(at).filter(|f| {
            first && f.kind == EntityType::Location && f.span.start == sentence.span.start
        }) else {
            continue;
        };
        // "Moscow, SANA" as one place.
        if let Some((name, _)) = place.span.of(text).rsplit_once(", ") {
            let end = place.span.start + name.len();
            if agency(text, end).is_some_and(|agency| agency.end == place.span.end) {
                place.span.end = end;
            }
        }
        let end = place.span.end;
        let Some(agency) = agency(text, end) else { continue };
        let touched = found.iter_mut().skip(at).take(3).find(|f| f.span.overlaps(agency));
        match touched {
            Some(mention) if mention.span == agency => {
                mention.kind = EntityType::Organization;
                mention.confidence = mention.confidence.max(SURE);
            }
            Some(_) => {}
            None => {
                added.push(Found { span: agency, kind: EntityType::Organization, confidence: SURE })
            }
        }
    }
    found.extend(added);
    found.sort_by_key(|f| f.span);
}

/// How sure a form alone makes a mention.
const SURE: f32 = 0.9;

/// The agency that follows the place of a dateline, which ends at `at`.
fn agency(text: &str, at: usize) -> Option<Span> {
    let rest = &text[at..];
    let before = rest.len() - rest.trim_start_matches([' ', ',', '(', '/']).len();
    let name = &rest[before..];
    let length = name.find(|c: char| !c.is_ascii_uppercase()).unwrap_or(name.len());
    let after = name[length..].trim_start_matches([')', ' ']);
    (before > 0 && (2..=8).contains(&length) && after.starts_with(['-', '–', '—']))
        .then(|| Span::new(at + before, at + before + length))
}
