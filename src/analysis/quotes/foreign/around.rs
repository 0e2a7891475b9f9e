//! A cue in its sentence: where who speaks and what is said stand beside it.
//!
//! One method for each way to put it; works on items and on one sentence.

use super::{
    cues::Cue,
    lists::{Lists, class::*},
    sources::{self, Range},
    statements::{Evidence, words},
};
use crate::analysis::quotes::items::{Clause, View};

/// Farthest that "that" or a quotation may stand from the verb, in items.
const GAP: usize = 24;

/// Longest content after a cue, in items: no sentence of a human is longer.
const LONGEST: usize = 256;

/// A cue in its sentence.
pub(super) struct Around<'a> {
    pub view: &'a View<'a>,
    pub clause: &'a Clause,
    pub lists: &'a Lists,
    pub cue: &'a Cue,
    /// The first item that no statement to the left has taken.
    pub floor: usize,
    /// Where the next cue starts.
    pub next: Option<usize>,
    /// Who speaks in the statement to the left.
    pub before: Option<Range>,
}

pub(super) type Found = (Option<Range>, Vec<Range>, Evidence);

impl Around<'_> {
    fn is(&self, k: usize, class: u32) -> bool {
        k < self.clause.end && self.view.is(k, class)
    }

    pub fn verb(&self) -> Option<Found> {
        if self.cue.gerund {
            return self.gerund();
        }
        let beside = self
            .calling()
            .or_else(|| self.introduced())
            .or_else(|| self.after_quotation())
            .or_else(|| self.after_subject_of_quotation())
            .or_else(|| self.before_quotation())
            .or_else(|| self.before_that());
        if beside.is_some() || self.cue.direct {
            return beside;
        }
        self.after_clause().or_else(|| self.before_bare_clause())
    }

    /// The source right of the verb: what its auxiliary and participle enclose, else
    /// what follows.
    fn right(&self) -> Option<Range> {
        match self.cue.inner {
            Some((start, _)) => sources::right(self.view, self.clause, self.lists, start),
            None => sources::right(self.view, self.clause, self.lists, self.cue.end),
        }
    }

    fn left(&self) -> Option<Range> {
        let verb = self.cue.finite;
        if verb > self.floor && self.lists.is_impersonal(self.view.word(verb - 1)) {
            return None;
        }
        // "X describió …, y dijo que"
        let start = self.cue.start;
        if start > self.clause.start && self.is(start - 1, AND) && self.before.is_some() {
            return self.before;
        }
        sources::left(self.view, self.lists, self.floor, self.cue.start)
    }

    /// …, ajoutant que …
    fn gerund(&self) -> Option<Found> {
        let limit = self.clause.end.min(self.cue.end + 4);
        let that = (self.cue.end..limit).find(|&k| self.is(k, THAT))?;
        let led = self.cue.start > self.clause.start && self.is(self.cue.start - 1, COMMA | AND);
        let end = self.end(that + 1);
        (led && end > that + 2).then_some((self.before, vec![(that, end)], Evidence::Clause))
    }

    /// X appelait Y “…”
    fn calling(&self) -> Option<Found> {
        if !self.cue.calls {
            return None;
        }
        let limit = self.clause.end.min(self.cue.end + GAP);
        let quote = (self.cue.end..limit).find(|&k| self.is(k, QUOTE))?;
        let parted = (self.cue.end..quote).any(|k| self.is(k, THAT | SEMICOLON | VERB | FINITE));
        let source = self.left()?;
        let inner = self.view.items[quote].quote.map(|q| self.view.quotations[q].inner)?;
        // A title has a capital: "nannte das Buch „Faust“".
        let low = inner.of(self.view.text).starts_with(char::is_lowercase);
        let mut content = vec![(quote, quote + 1)];
        if self.is(quote + 1, AND) && quote + 2 < limit && self.is(quote + 2, QUOTE) {
            content.push((quote + 2, quote + 3));
        }
        (!parted && (low || words(self.view, quote) > 1)).then_some((
            Some(source),
            content,
            Evidence::Quotation,
        ))
    }

    /// Wie X mitteilte, …
    fn introduced(&self) -> Option<Found> {
        let start = self.clause.start;
        let starts = self.floor == start && self.lists.is_as(self.view.word(start));
        if !starts || self.cue.start > start + GAP {
            return None;
        }
        let left = sources::left(self.view, self.lists, start + 1, self.cue.start);
        let source = left.or_else(|| self.right())?;
        let after = self.after_apposition(source.1.max(self.cue.end));
        let end = self.end(after + 1);
        (self.is(after, COMMA) && end > after + 3).then_some((
            Some(source),
            vec![(after + 1, end)],
            Evidence::Clause,
        ))
    }

    /// “…”, dit X(, “…”)
    fn after_quotation(&self) -> Option<Found> {
        let mut k = self.cue.start;
        while k > self.floor && self.is(k - 1, COMMA | DASH) {
            k -= 1;
        }
        let quote = (k > self.floor && self.is(k - 1, QUOTE)).then(|| k - 1)?;
        let source = self.right();
        let mut content = vec![(quote, quote + 1)];
        let mut after = source.map_or(self.cue.end, |range| range.1).max(self.cue.end);
        while self.is(after, ADVERB) {
            after += 1;
        }
        let end = after;
        while self.is(after, COMMA | DASH | COLON | STOP) && after - end < 3 {
            after += 1;
        }
        if (after > end || source.is_none()) && self.is(after, QUOTE) {
            content.push((after, after + 1));
        }
        // “Scare” said the man: of two words a quotation is speech where a mark parts it,
        // before or behind its last quotation mark.
        let parted = k < self.cue.start || self.view.quote_ends_with(quote, &[',', '!', '?', '…']);
        let speech = parted || words(self.view, quote) > 2;
        (speech && (source.is_some() || parted)).then_some((source, content, Evidence::Quotation))
    }

    /// X a dit : “…”
    fn before_quotation(&self) -> Option<Found> {
        let limit = self.clause.end.min(self.cue.end + GAP);
        let quote = (self.cue.end..limit).find(|&k| self.is(k, QUOTE))?;
        if (self.cue.end..quote).any(|k| self.is(k, THAT | SEMICOLON))
            || self.next.is_some_and(|next| next < quote)
        {
            return None;
        }
        let led = quote > self.cue.end && self.is(quote - 1, COLON);
        let beside = quote == self.cue.end
            || quote <= self.cue.end + 7 && self.is(quote - 1, COMMA)
            || quote == self.cue.end + 1 && self.is(quote - 1, ADVERB | PRONOUN | REFLEXIVE);
        // "El ministro dijo “estar seguro”": a piece of two words may be a title.
        let enough = led || words(self.view, quote) >= 2;
        let source = self.left().or_else(|| self.right().filter(|range| range.1 <= quote));
        let known = source.is_some() || led || self.cue.start == self.floor;
        if !(led || beside) || !enough || !known {
            return None;
        }
        let mut content = vec![(quote, quote + 1)];
        // What goes on after the quotation without a mark belongs to it.
        let end = self.end(quote + 1);
        if !led && end > quote + 1 && !self.is(quote + 1, COMMA | STOP | DASH) {
            content = vec![(quote, end)];
        }
        Some((source, content, Evidence::Quotation))
    }

    /// X a dit que …
    fn before_that(&self) -> Option<Found> {
        let limit = self.clause.end.min(self.cue.end + GAP);
        let that = (self.cue.end..limit).find(|&k| self.is(k, THAT))?;
        if self.next.is_some_and(|next| next < that)
            || (self.cue.end..that).any(|k| self.is(k, QUOTE | COLON | SEMICOLON | AUXILIARY))
        {
            return None;
        }
        let left = self.left();
        let right = self.right().filter(|range| range.1 <= that);
        let commas = (self.cue.end..that).filter(|&k| self.is(k, COMMA)).count();
        let apposition = if left.is_none() && right.is_some() { 2 } else { 0 };
        if commas > apposition + usize::from(self.is(that - 1, COMMA)) {
            return None;
        }
        if self.lists.that_may_be_relative() && that > self.cue.end {
            let subject = left.is_none() && right.is_some_and(|range| range.1 == that);
            let adverbial = (self.is(self.cue.end, ENDS | ADVERB | REFLEXIVE)
                && !self.is(self.cue.end, DETERMINER)
                || self.is(self.cue.end, DETERMINER) && self.is(self.cue.end + 1, TIME))
                && !self.lists.is_about(self.view.word(self.cue.end));
            if !subject && !adverbial {
                return None;
            }
        }
        let source = left.or(right);
        let end = self.end(that + 1);
        let says = end > that + 2 || end == that + 2 && self.is(that + 1, QUOTE);
        says.then_some((source, vec![(that, end)], Evidence::Clause))
    }

    /// “…”, o ministro disse.
    fn after_subject_of_quotation(&self) -> Option<Found> {
        let source = self.left()?;
        let mut k = source.0;
        while k > self.floor && self.is(k - 1, COMMA | DASH) {
            k -= 1;
        }
        let quote = (k > self.floor && self.is(k - 1, QUOTE)).then(|| k - 1)?;
        let speech = k < source.0 || self.view.quote_ends_with(quote, &[',', '.', '!', '?', '…']);
        let mut content = vec![(quote, quote + 1)];
        let after = self.cue.end + usize::from(self.is(self.cue.end, COMMA));
        if self.is(after, QUOTE) {
            content.push((after, after + 1));
        }
        (speech && words(self.view, quote) >= 2).then_some((
            Some(source),
            content,
            Evidence::Quotation,
        ))
    }

    /// …, a dit X
    fn after_clause(&self) -> Option<Found> {
        let comma = self.cue.start.checked_sub(1)?;
        if comma <= self.floor || !self.is(comma, COMMA) {
            return None;
        }
        let source = self.right()?;
        let mut after = source.1.max(self.cue.end);
        // "fügte er hinzu,"
        after += usize::from(self.is(after, ENDS) && self.is(after + 1, COMMA));
        let ends = after >= self.clause.end
            || self.is(after, COMMA | OPEN | DASH | ENDS | ADVERB | SEMICOLON);
        let start = self.after_lead();
        if comma <= start {
            return None;
        }
        let mut content = vec![(start, comma)];
        // "Le pays, a dit X, va bien."
        if self.is(after, COMMA) && self.next.is_none() {
            let end = self.end(after + 1);
            if end > after + 2 && !self.is(after + 1, OF | AND | TITLE) {
                content.push((after + 1, end));
            }
        }
        let long = content.iter().map(|range| range.1 - range.0).sum::<usize>() > 3;
        (ends && long).then_some((Some(source), content, Evidence::Clause))
    }

    /// Er sagte, sie komme.
    fn before_bare_clause(&self) -> Option<Found> {
        let mut comma = self.cue.end;
        if self.lists.bare && self.cue.inner.is_none() && !self.is(comma, COMMA) {
            comma = self.right().map_or(comma, |range| range.1);
        }
        if !self.lists.bare || !self.is(comma, COMMA) {
            return None;
        }
        let source = self.left().or_else(|| self.right())?;
        let end = self.end(comma + 1);
        // "sagte, um zu", "sagte, als er": a clause of another kind; a relative one too, and
        // an apposition: "sagte Merkel, eine der".
        let other = self.is(comma + 1, ENDS)
            || self.is(comma + 1, OF) && self.is(comma + 2, WORD)
            || self.is(comma + 1, DETERMINER) && self.is(comma + 2, OF);
        (end > comma + 3 && !other).then_some((
            Some(source),
            vec![(comma + 1, end)],
            Evidence::Clause,
        ))
    }

    /// Selon X, … or …, selon X
    pub fn according(&self) -> Option<Found> {
        let source = sources::right(self.view, self.clause, self.lists, self.cue.end)
            .filter(|&range| sources::is_origin(self.view, range))?;
        let clause = |start, end| Some((Some(source), vec![(start, end)], Evidence::Clause));
        let before = self.cue.start;
        let after = self.after_apposition(source.1);
        if self.is(after, COMMA) && (before == self.floor || before == self.clause.start) {
            let end = self.end(after + 1);
            return if end > after + 2 { clause(after + 1, end) } else { None };
        }
        // In German the verb follows at once: "Laut Polizei wurden drei Menschen verletzt."
        if self.lists.nouns_are_capitalized && before == self.clause.start && !self.is(after, COMMA)
        {
            let end = self.end(after);
            return if end > after + 2 { clause(after, end) } else { None };
        }
        let comma = before.checked_sub(1).filter(|&k| k > self.floor && self.is(k, COMMA))?;
        let ends = after >= self.clause.end || self.is(after, COMMA | SEMICOLON | ENDS);
        let quote = comma - 1;
        if self.is(quote, QUOTE) && words(self.view, quote) >= 3 {
            return Some((Some(source), vec![(quote, comma)], Evidence::Quotation));
        }
        let start = self.after_lead();
        let whole = ends && self.floor == self.clause.start && comma >= start + 3;
        if whole { clause(start, comma) } else { None }
    }

    /// "Selon X, président de Y,": the comma behind the apposition that follows item
    /// `comma`, else `comma`.
    fn after_apposition(&self, comma: usize) -> usize {
        if !self.is(comma, COMMA)
            || self.is(comma + 1, DETERMINER | PRONOUN | CAPITAL) && !self.is(comma + 1, TITLE)
        {
            return comma;
        }
        let limit = self.clause.end.min(comma + 12);
        let next = (comma + 1..limit).find(|&k| self.is(k, COMMA));
        let describes = |next: &usize| {
            (comma + 1..*next).any(|k| self.is(k, OF | TITLE))
                && !(comma + 1..*next).any(|k| self.is(k, FINITE | AUXILIARY | BEING | VERB))
        };
        next.filter(describes).unwrap_or(comma)
    }

    /// Where content that ends before the cue starts: the sentence, or what is left of it.
    fn after_lead(&self) -> usize {
        let mut start = self.floor;
        while self.is(start, COMMA | SEMICOLON | COLON | DASH) {
            start += 1;
        }
        start
    }

    /// Where content that starts with item `from` ends: with the sentence, before a
    /// semicolon, or before the next cue that a mark parts from it.
    fn end(&self, from: usize) -> usize {
        let limit = self.clause.end.min(from + LONGEST).max(from);
        let mut end = (from..limit).find(|&k| self.is(k, SEMICOLON)).unwrap_or(limit);
        if let Some(next) = self.next.filter(|&next| next > from && next < end) {
            let mark = (from..next).rev().take(4).find(|&k| self.is(k, COMMA | DASH));
            // "…, und fügte hinzu": not "…, das er sagte".
            if let Some(mark) = mark.filter(|&mark| mark + 2 >= next) {
                end = mark;
            }
        }
        while end > from && self.is(end - 1, COMMA | DASH | COLON) {
            end -= 1;
        }
        end
    }
}
