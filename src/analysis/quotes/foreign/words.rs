//! The tokens of other languages than English: where an article or a pronoun is
//! written together with its word, each becomes a token of its own.
//!
//! Splits and classifies; draws no conclusions.

use super::lists::{Lists, class::*};
use crate::analysis::{Span, Token, TokenKind, quotes::items};

/// `tokens` with "qu'il" as "qu'" and "il", "a-t-elle" as "a" and "elle".
pub(super) fn split(text: &str, tokens: &[Token], lists: &Lists) -> Vec<Token> {
    let mut split = Vec::with_capacity(tokens.len() + tokens.len() / 16);
    let mut buffer = String::new();
    for &token in tokens {
        let Token { mut span, kind } = token;
        if kind != TokenKind::Word {
            split.push(token);
            continue;
        }
        if let Some(at) = elision(span.of(text), lists, &mut buffer) {
            split.push(Token { span: Span::new(span.start, span.start + at), kind });
            span.start += at;
        }
        if let Some((verb, pronoun)) = inversion(span.of(text), lists, &mut buffer) {
            split.push(Token { span: Span::new(span.start, span.start + verb), kind });
            span.start = span.end - pronoun;
        }
        split.push(Token { span, kind });
    }
    split
}

/// Where the word after "l'", "qu'", "dell'" starts.
fn elision(word: &str, lists: &Lists, buffer: &mut String) -> Option<usize> {
    let (at, mark) = word.char_indices().find(|&(_, c)| matches!(c, '\'' | '’'))?;
    let end = at + mark.len_utf8();
    let known = lists.classes(&word[..end], buffer)
        & (DETERMINER | OF | THAT | REFLEXIVE | ENDS | PARTICLE);
    (end < word.len() && known != 0).then_some(end)
}

/// The lengths of verb and pronoun in "dit-il", "a-t-elle".
fn inversion(word: &str, lists: &Lists, buffer: &mut String) -> Option<(usize, usize)> {
    let (verb, pronoun) = word.rsplit_once('-')?;
    let verb = verb.strip_suffix("-t").unwrap_or(verb);
    let is_verb = lists.classes(verb, buffer) & (VERB | AUXILIARY | BEING) != 0;
    let inverted = is_verb && lists.classes(pronoun, buffer) & PRONOUN != 0;
    inverted.then_some((verb.len(), pronoun.len()))
}

/// The classes of a token.
pub(super) fn classify(
    text: &str,
    token: &Token,
    before: Option<&items::Item>,
    lists: Option<&Lists>,
    buffer: &mut String,
) -> u32 {
    let word = token.text(text);
    match token.kind {
        TokenKind::Word => {
            let listed = lists.map_or(0, |lists| lists.classes(word, buffer));
            // "al-Moualem" is a name as "Moualem" is.
            let capital = token.is_capitalized(text)
                || word.split_once('-').is_some_and(|(particle, name)| {
                    name.starts_with(char::is_uppercase)
                        && lists.is_some_and(|l| l.classes(particle, buffer) & PARTICLE != 0)
                });
            WORD | listed | if capital { CAPITAL } else { 0 }
        }
        TokenKind::Number => NUMBER,
        // "Sainsbury's", "foto's": part of the word before it.
        TokenKind::Clitic => WORD | CAPITAL,
        TokenKind::Mark => items::mark(text, token, before),
    }
}
