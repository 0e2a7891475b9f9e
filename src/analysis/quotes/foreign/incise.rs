//! « Ils viennent, dit-il, et ils restent »: who speaks, inside the marks, as French
//! has it. Such a quotation is two.
//!
//! Only a verb with its pronoun behind it is taken, or a verb between dashes, as
//! Russian has it («Идут, — сказал он. — И остаются»): other words may be said.

use super::lists::{Lists, class::*};
use crate::analysis::{
    Span, Token, TokenKind,
    quotes::{items, marks::Quotation},
};

/// `quotations` without what parts them inside.
pub(super) fn split(
    text: &str,
    tokens: &[Token],
    lists: &Lists,
    quotations: Vec<Quotation>,
) -> Vec<Quotation> {
    let mut split = Vec::with_capacity(quotations.len());
    let mut buffer = String::new();
    for quotation in quotations {
        let first = tokens.partition_point(|token| token.span.start < quotation.inner.start);
        let last = tokens.partition_point(|token| token.span.start < quotation.inner.end);
        let inside = &tokens[first..last];
        let said = incise(text, inside, lists, &mut buffer)
            .or_else(|| between_dashes(text, inside, lists, &mut buffer));
        match said {
            Some(said) => {
                let before = Span::new(quotation.inner.start, said.start).trim(text);
                let after = Span::new(said.end, quotation.inner.end).trim(text);
                let continues = quotation.continues;
                let outer = Span::new(quotation.outer.start, before.end);
                split.push(Quotation { outer, inner: before, continues });
                if !after.is_empty() {
                    let outer = Span::new(after.start, quotation.outer.end);
                    split.push(Quotation { outer, inner: after, continues: false });
                }
            }
            None => split.push(quotation),
        }
    }
    split
}

/// The words between two commas that only report: from one comma to the other.
fn incise(text: &str, tokens: &[Token], lists: &Lists, buffer: &mut String) -> Option<Span> {
    let mut class = |token: &Token| match token.kind {
        TokenKind::Word => lists.classes(token.text(text), buffer),
        _ => 0,
    };
    let is_comma = |token: &Token| token.text(text) == ",";
    (1..tokens.len()).find_map(|i| {
        let verb = tokens.get(i + 1)?;
        let pronoun = tokens.get(i + 2)?;
        // Written together, as "dit-il" was.
        let inverted = text[verb.span.end..pronoun.span.start].starts_with('-');
        if !is_comma(&tokens[i]) || !inverted {
            return None;
        }
        let by_itself = class(verb) & VERB != 0;
        let with_participle = class(verb) & (AUXILIARY | BEING) != 0;
        let mut k = i + 3;
        while k < i + 6 && tokens.get(k).is_some_and(|token| class(token) & ADVERB != 0) {
            k += 1;
        }
        if !by_itself {
            let participle = tokens.get(k).is_some_and(|token| class(token) & PARTICIPLE != 0);
            if !with_participle || !participle {
                return None;
            }
            k += 1;
        }
        // "— Bonjour, dit-il.": the speech of a dash has no mark that closes it.
        let last = tokens.len() - 1;
        let ends = k >= last && tokens.get(k).is_none_or(|token| token.text(text) == ".");
        let goes_on = k < last && is_comma(&tokens[k]);
        let end = tokens[k.min(last)].span.end;
        (ends || goes_on).then_some(Span::new(tokens[i].span.start, end))
    })
}

/// Farthest that the second dash may stand from the first, in tokens.
const REACH: usize = 16;

/// ", — сказал он. — ": from the mark before the first dash to the second dash.
fn between_dashes(
    text: &str,
    tokens: &[Token],
    lists: &Lists,
    buffer: &mut String,
) -> Option<Span> {
    let is = |i: usize, marks: &[&str]| {
        tokens.get(i).is_some_and(|token| marks.contains(&token.text(text)))
    };
    let is_dash =
        |i: usize| tokens.get(i).is_some_and(|t| items::is_dash(t.text(text))) || is(i, &["-"]);
    (1..tokens.len()).find_map(|i| {
        let reports = tokens
            .get(i + 1)
            .is_some_and(|token| lists.classes(token.text(text), buffer) & VERB != 0);
        if !is_dash(i) || !reports || !is(i - 1, &[",", ".", "!", "?", "…"]) {
            return None;
        }
        let second = (i + 2..tokens.len().min(i + REACH)).find(|&k| is_dash(k))?;
        let comma = is(i - 1, &[","]);
        let start = if comma { tokens[i - 1].span.start } else { tokens[i].span.start };
        (second + 1 < tokens.len()).then_some(Span::new(start, tokens[second].span.end))
    })
}
