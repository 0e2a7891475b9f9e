//! Dialogue that dashes open: "— Where are you going? — asked the boy. — Home."
//!
//! A dash begins a list as well, so a paragraph is speech only where something else
//! says so. Knows punctuation and paragraphs only, as `marks` does, whose quotations
//! it adds to.

use super::{items::is_dash, marks::Quotation};
use crate::analysis::{Span, Token};

/// Most pieces of one paragraph: speech, words between, speech.
const PIECES: usize = 9;

/// Adds the speech of paragraphs that a dash opens and in which no quotation was found.
pub(super) fn add(
    text: &str,
    tokens: &[Token],
    paragraphs: &[Span],
    quotations: &mut Vec<Quotation>,
) {
    let opens: Vec<_> = paragraphs.iter().map(|p| opens(p.of(text))).collect();
    if !opens.contains(&true) {
        return;
    }
    let mut found = Vec::new();
    for (index, &paragraph) in paragraphs.iter().enumerate() {
        if !opens[index] || quoted(quotations, paragraph) {
            continue;
        }
        let pieces = pieces(text, tokens, paragraph);
        // A neighbour that is dialogue too and a question between them, or words between
        // dashes: a list has neither.
        let neighbour = |at: Option<usize>| at.is_some_and(|at| opens.get(at) == Some(&true));
        let asked = |at: Option<usize>| {
            at.and_then(|at| paragraphs.get(at)).is_some_and(|p| asks(p.of(text)))
        };
        let (before, after) = (index.checked_sub(1), Some(index + 1));
        let answers = (neighbour(before) || neighbour(after))
            && (asks(paragraph.of(text))
                || neighbour(before) && asked(before)
                || neighbour(after) && asked(after));
        if answers || pieces.len() > 1 {
            found.extend(pieces.into_iter().step_by(2));
        }
    }
    quotations.extend(found);
    quotations.sort_by_key(|quotation| quotation.outer);
}

/// Whether the paragraph begins with a dash and a letter behind it, and is ended.
fn opens(paragraph: &str) -> bool {
    let mut chars = paragraph.chars();
    let dash = chars.next().is_some_and(|c| is_dash(c.encode_utf8(&mut [0; 4])));
    let speaks = chars
        .as_str()
        .trim_start()
        .starts_with(|c: char| c.is_alphabetic() || matches!(c, '¿' | '¡' | '…'));
    dash && speaks && paragraph.ends_with(['.', '!', '?', '…'])
}

fn asks(paragraph: &str) -> bool {
    paragraph.contains(['?', '!'])
}

fn quoted(quotations: &[Quotation], paragraph: Span) -> bool {
    let next = quotations.partition_point(|q| q.outer.end <= paragraph.start);
    quotations.get(next).is_some_and(|q| q.outer.start < paragraph.end)
}

/// What stands between the dashes of a paragraph: speech, then who says it, then speech.
/// One piece alone where there are too many dashes, or none of them ends what is said.
fn pieces(text: &str, tokens: &[Token], paragraph: Span) -> Vec<Quotation> {
    let first = tokens.partition_point(|token| token.span.start < paragraph.start);
    let end = tokens.partition_point(|token| token.span.start < paragraph.end);
    let mut starts = vec![paragraph.start];
    for token in tokens[first..end].iter().skip(2) {
        let span = token.span;
        // " — asked", "—dijo", "él—.": beside a blank or a mark, not "one—two".
        let apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        let before = text[..span.start].chars().next_back();
        let after = text[span.end..].chars().next();
        if is_dash(span.of(text)) && (apart(before) || apart(after)) {
            starts.push(span.start);
        }
    }
    // "— I said—no, I think—that.": what is said ends with a mark before its dash.
    let said =
        |start: usize, end: usize| text[start..end].trim_end().ends_with([',', '.', '!', '?', '…']);
    let inquit = starts.len() > 1
        && starts.len() <= PIECES
        && (said(starts[0], starts[1])
            || text[starts[1]..].chars().nth(1).is_some_and(char::is_lowercase));
    if !inquit {
        starts.truncate(1);
    }
    let ends = starts.iter().skip(1).copied().chain([paragraph.end]);
    starts
        .iter()
        .zip(ends)
        .map(|(&start, end)| {
            let outer = Span::new(start, end).trim(text);
            let dash = text[start..].chars().next().map_or(0, char::len_utf8);
            let inner = Span::new(start + dash, outer.end);
            // "—. ¿Cómo estás?" goes on behind the stop of the words between.
            let skipped =
                text[inner.start..inner.end].trim_start_matches(['.', ',', ' ', '\u{a0}']);
            let inner = Span::new(inner.end - skipped.len(), inner.end).trim(text);
            // The dash that opens is a mark of the speech, those after it are not.
            let outer = if start == paragraph.start { outer } else { inner };
            Quotation { outer, inner, continues: false }
        })
        .filter(|quotation| !quotation.inner.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::analysis::quotes::marks::tests::check;

    #[test]
    fn a_dash_opens_speech() {
        check("— Where to? — asked the boy. — Home.", &["Where to?", "Home."]);
        check("—Hola —dijo él—. ¿Cómo estás?", &["Hola", "¿Cómo estás?"]);
        check("— Мост старый, — сказал он. — И он упадёт.", &["Мост старый,", "И он упадёт."]);
        check("– Where to?\n– Home, he said.\nHe left.", &["Where to?", "Home, he said."]);
    }

    #[test]
    fn a_list_and_a_dash_between_words_are_no_speech() {
        check("– The bridge is closed.\n– The road is open.", &[]);
        check("— 12 people died.", &[]);
        check("MOSCOW — The bridge is closed. — Reuters.", &[]);
        check("He said—no, shouted—that it was late.", &[]);
        check("— The report", &[]);
    }
}
