//! Sources: the noun phrase that says who speaks, found by its place beside the
//! cue.
//!
//! Answers ranges of items; which person that is, is decided elsewhere. Every
//! search stops after a fixed number of items.

use super::{
    items::{Clause, View},
    lexicon::{self, class::*, takes},
};

/// Longest noun phrase looked at, in items.
pub(super) const REACH: usize = 40;

/// A range of items, half open.
pub(super) type Range = (usize, usize);

/// The subject that ends before item `end`: "Pat Caddell", "The Post", "he",
/// "Jeff Sessions, a close adviser,".
pub(super) fn left(view: &View, clause: &Clause, end: usize) -> Option<Range> {
    let mut end = skip_time_left(view, clause, end);
    let floor = clause.start.max(end.saturating_sub(REACH));
    if end <= floor {
        return None;
    }
    if !view.is(end - 1, COMMA | DASH | CLOSE) {
        return plain(view, floor, end);
    }
    if view.is(end - 1, CLOSE) {
        return plain(view, floor, end);
    }
    // Something stands between commas: an apposition, or an adverbial.
    let mark = if view.is(end - 1, DASH) { DASH } else { COMMA };
    let whole_end = end;
    let mut kept = false;
    for _ in 0..6 {
        let inner_end = end - 1;
        let comma = (floor..inner_end).rev().find(|&k| view.is(k, mark))?;
        let start = comma + 1;
        if start >= inner_end || comma <= floor {
            return None;
        }
        let interrupts = interrupts(view, start, inner_end);
        if interrupts && !kept {
            return left(view, clause, comma);
        }
        kept = true;
        if let Some(head) = plain(view, floor, comma)
            && !looks_like_apposition(view, head.0, comma)
        {
            return Some((head.0, whole_end));
        }
        end = comma + 1;
    }
    None
}

/// Whether the words between commas only interrupt: "however", "on Monday".
fn interrupts(view: &View, start: usize, end: usize) -> bool {
    view.is(start, ADVERB | SUBORDINATOR | TIME)
        || view.is(start, PREPOSITION) && !view.word_is(start, "of")
        || view.is(start, ING) && !view.is(start, CAPITAL)
        || view.is(start, ED) && !view.is(start, CAPITAL)
        || view.is(start, COORDINATOR)
        || (start..end).all(|k| view.is(k, TIME | NUMBER)) && view.is(start, TIME)
}

/// Whether items `start..end` go on an apposition rather than begin a subject:
/// "33", "of Baldwin", "Miss.".
fn looks_like_apposition(view: &View, start: usize, end: usize) -> bool {
    view.is(start, NUMBER) && end - start == 1
        || view.is(start, PREPOSITION | RELATIVE)
        || end - start == 1 && view.word(start).ends_with('.')
}

/// Skips "on Tuesday", "this week" to the left of `end`.
fn skip_time_left(view: &View, clause: &Clause, end: usize) -> usize {
    let mut at = end;
    while at > clause.start && view.is(at - 1, TIME | NUMBER) && end - at < 4 {
        at -= 1;
    }
    if at == end || !(at..end).any(|k| view.is(k, TIME)) {
        return end;
    }
    if at > clause.start && (view.is(at - 1, PREPOSITION) || view.word_is(at - 1, "this")) {
        at -= 1;
    }
    if at > clause.start { at } else { end }
}

/// The noun phrase that ends before `end`, not looking left of `floor`.
fn plain(view: &View, floor: usize, end: usize) -> Option<Range> {
    let last = end - 1;
    if view.is(last, SUBJECT | RELATIVE) && !view.is(last, THAT) {
        let all_of = (view.is(last, RELATIVE) && last > floor + 1 && view.word_is(last - 1, "of"))
            .then(|| last - 2);
        return Some((all_of.unwrap_or(last), end));
    }
    if view.is(last, QUOTE | PREPOSITION | COORDINATOR | TO | THAT | SUBORDINATOR | COLON | OBJECT)
        || view.is(last, STOP | SEMICOLON | OPEN)
        || last == floor && !view.is(last, CAPITAL) && is_verb(view, last)
    {
        return None;
    }
    let mut start = end;
    let mut k = end;
    while k > floor {
        let at = k - 1;
        if view.is(at, CLOSE) {
            let open = (floor..at).rev().take(8).find(|&o| view.is(o, OPEN));
            match open {
                Some(open) if open > floor => k = open,
                _ => break,
            }
            start = k;
            continue;
        }
        if breaks(view, at, end) {
            break;
        }
        if view.is(at, COORDINATOR) && !joins_nouns(view, floor, at, end) {
            break;
        }
        start = at;
        k = at;
    }
    let start = trim_head(view, with_list(view, floor, start, end), end);
    (start < end).then_some((start, end))
}

/// Where the list starts that "Gina Rodriguez and many more" from `start` ends:
/// "John Leguizamo, Zoe Saldana, Gina Rodriguez and many more".
fn with_list(view: &View, floor: usize, mut start: usize, end: usize) -> usize {
    if !(start..end).any(|k| view.word_is(k, "and")) {
        return start;
    }
    while start > floor + 1 && view.is(start - 1, COMMA) {
        let mut k = start - 1;
        while k > floor && view.is(k - 1, CAPITAL) && !view.is(k - 1, ADVERB | PREPOSITION) {
            k -= 1;
        }
        if k == start - 1 || !(k == floor || view.is(k - 1, COMMA)) {
            break;
        }
        start = k;
    }
    start
}

fn is_verb(view: &View, k: usize) -> bool {
    !lexicon::readings(view.word(k), &mut String::new()).is_empty()
}

/// Whether item `at` cannot stand in a subject whose end is `end`.
fn breaks(view: &View, at: usize, end: usize) -> bool {
    if view.is(at, COMMA | COLON | SEMICOLON | DASH | STOP | OPEN) {
        return true;
    }
    if view.is(at, QUOTE) {
        return view.quote_ends_with(at, &[',', '.', '!', '?', '—', '–', '…'])
            || view.items[at].quote.is_some_and(|q| view.words_of_quote(q) > 3);
    }
    if view.is(at, CAPITAL) && at + 1 < end && !view.is(at, SUBJECT) {
        return view.is(at, SUBORDINATOR | RELATIVE);
    }
    view.is(at, THAT | RELATIVE | QUESTION | TO | FINITE | AUXILIARY | MODAL | NEGATION | OBJECT)
        && !view.is(at, POSSESSIVE)
        || view.is(at, SUBJECT)
        || view.is(at, SUBORDINATOR) && !view.is(at, PREPOSITION)
        || view.is(at, SUBORDINATOR) && !view.word_is(at, "since")
        // "Trump wanted" ends; "a wanted man" goes on.
        || view.is(at, ED)
            && at > 0
            && !view.is(at - 1, DETERMINER | POSSESSIVE | PREPOSITION | ADVERB | COMMA | CLITIC)
            && at + 1 < end
            && view.is(at + 1, DETERMINER | POSSESSIVE)
}

/// Whether "and" at `at` joins two names of one subject ("Sanders and Clinton").
fn joins_nouns(view: &View, floor: usize, at: usize, end: usize) -> bool {
    if !view.word_is(at, "and") || at <= floor || at + 1 >= end {
        return false;
    }
    let left = at - 1;
    if !view.is(left, WORD | CLITIC | CLOSE) || view.is(left, ADVERB | OBJECT) {
        return false;
    }
    // A verb further left means that "and" joins clauses.
    let mut k = at;
    while k > floor {
        k -= 1;
        if view.is(k, COMMA | COLON | SEMICOLON | DASH | QUOTE) {
            break;
        }
        if view.is(k, FINITE | AUXILIARY | MODAL | ED | THAT) && !view.is(k, CAPITAL) {
            return false;
        }
    }
    true
}

/// Strips what leads a clause: "And", "Meanwhile", "On Tuesday".
fn trim_head(view: &View, mut start: usize, end: usize) -> usize {
    loop {
        if start >= end {
            return end;
        }
        if view.is(start, COORDINATOR | SUBORDINATOR | ADVERB | TIME | CLITIC)
            && !view.is(start, DETERMINER)
        {
            start += 1;
        } else if view.is(start, PREPOSITION) {
            // "On Tuesday Trump said": the last name or determiner begins it.
            let mut k = start + 1;
            while k < end && !view.is(k, TIME) {
                k += 1;
            }
            if k + 1 < end && k - start <= 3 {
                start = k + 1;
            } else {
                return names_at_end(view, start, end);
            }
        } else {
            return start;
        }
    }
}

/// Where the run of names that ends a phrase starts.
fn names_at_end(view: &View, start: usize, end: usize) -> usize {
    let mut k = end;
    while k > start + 1 && view.is(k - 1, CAPITAL) {
        k -= 1;
    }
    k
}

/// The subject that starts with item `start`, after an inverted verb: "said
/// Hala Agha, a resident who organized the event". Ends before `limit`.
pub(super) fn right(view: &View, start: usize, limit: usize) -> Option<Range> {
    let limit = limit.min(start + REACH);
    if start >= limit
        || view.is(start, COMMA | QUOTE | THAT | COLON | SEMICOLON | DASH | OBJECT | RELATIVE)
        || view.is(start, PREPOSITION | COORDINATOR | SUBORDINATOR | TO | STOP | TIME | ADVERB)
            && !view.is(start, CAPITAL | DETERMINER)
    {
        return None;
    }
    if view.is(start, SUBJECT) && !view.is(start, CAPITAL) {
        return Some((start, start + 1));
    }
    let mut end = start;
    let mut relative = false;
    while end < limit {
        if view.is(end, QUOTE | COLON | SEMICOLON | DASH | STOP) {
            break;
        }
        relative |= view.is(end, RELATIVE);
        if relative && !view.is(end, COMMA) {
            end += 1;
            continue;
        }
        if view.is(end, COMMA) {
            if end + 1 >= limit || !appositive_after(view, end + 1) {
                break;
            }
        } else if end > start
            && (view.is(end, SUBORDINATOR | TIME) && !view.is(end, CAPITAL | PREPOSITION)
                || view.is(end, TIME) && view.is(end, CAPITAL)
                || view.is(end, SUBORDINATOR) && view.is(end, PREPOSITION)
                || adverbial_after(view, end, limit))
        {
            break;
        }
        end += 1;
    }
    while end > start && view.is(end - 1, COMMA | COORDINATOR | PREPOSITION) {
        end -= 1;
    }
    (end > start).then_some((start, end))
}

/// Whether an apposition goes on after a comma.
fn appositive_after(view: &View, at: usize) -> bool {
    if view.is(at, RELATIVE) {
        // ", who acknowledged": a statement of its own.
        let verb = if at + 1 < view.items.len() { view.word(at + 1) } else { "" };
        let mut buffer = String::new();
        return !lexicon::readings(verb, &mut buffer)
            .iter()
            .any(|r| r.takes & (takes::THAT | takes::DIRECT) != 0);
    }
    !(view.is(at, ING | SUBORDINATOR | COORDINATOR | ADVERB | TIME | TO)
        || view.is(at, ED) && !view.is(at, CAPITAL)
        || view.is(at, PREPOSITION) && !view.word_is(at, "of")
        || view.is(at, SUBJECT) && !view.is(at, RELATIVE))
}

/// "in an interview", "on Twitter", "at a rally": how it was said, not who.
fn adverbial_after(view: &View, at: usize, limit: usize) -> bool {
    let is_one_of = |words: &[&str]| words.iter().any(|word| view.word_is(at, word));
    if is_one_of(&["in", "on", "at"]) {
        return (at + 1..limit.min(at + 5))
            .take_while(|&k| !view.is(k, COMMA))
            .any(|k| view.is(k, TIME) || lexicon::is_venue(view.word(k)) || view.is(k, CLITIC));
    }
    is_one_of(&["during", "after", "before", "last", "this"]) || view.is(at, ADVERB)
}

/// The subject of the whole sentence, for participles that share it. `before` is
/// the participle.
pub(super) fn main(view: &View, clause: &Clause, before: usize) -> Option<Range> {
    let mut start = clause.start;
    if view.is(start, PREPOSITION | SUBORDINATOR | ADVERB | ING | QUESTION)
        && !view.is(start, DETERMINER)
    {
        let limit = before.min(start + REACH);
        start = (start..limit).find(|&k| view.is(k, COMMA))? + 1;
    }
    let limit = before.min(start + REACH);
    let verb = (start..limit).find(|&k| {
        view.is(k, FINITE | AUXILIARY | MODAL) && !view.is(k, CAPITAL)
            || view.is(k, ED)
                && !view.is(k, CAPITAL)
                && k > start
                && !view.is(k - 1, DETERMINER | POSSESSIVE | PREPOSITION | COMMA)
    })?;
    (verb > start).then(|| left(view, clause, verb)).flatten()
}
