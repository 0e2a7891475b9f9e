//! The text as the rules see it: words, marks and whole quotations, in sentences
//! that do not break inside a quotation.
//!
//! Gives every item its classes; draws no conclusions from them.

use super::{
    lexicon::{self, class::*},
    marks::Quotation,
};
use crate::analysis::{Span, Token, TokenKind, sentences::Sentence};

/// A word, a mark or a whole quotation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    pub span: Span,
    /// Bits of `class`.
    pub class: u32,
    /// Index of the quotation, for a quotation.
    pub quote: Option<usize>,
}

impl Item {
    pub const fn is(&self, class: u32) -> bool {
        self.class & class != 0
    }
}

/// A sentence as a range of items, without its final stop.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clause {
    pub start: usize,
    pub end: usize,
    pub paragraph: usize,
    /// Whether it ends with a stop, a question or exclamation mark, or a quotation
    /// that does.
    pub stopped: bool,
}

/// A text as items and sentences.
pub(super) struct View<'a> {
    pub text: &'a str,
    pub items: Vec<Item>,
    pub clauses: Vec<Clause>,
    pub quotations: Vec<Quotation>,
}

impl<'a> View<'a> {
    /// An English text. `quotations` are the outermost ones, in order.
    pub fn new(
        text: &'a str,
        sentences: &[Sentence],
        tokens: &[Token],
        quotations: Vec<Quotation>,
    ) -> Self {
        let mut buffer = String::new();
        let classify =
            |token: &Token, before: Option<&Item>| classify(text, token, before, &mut buffer);
        Self::with(text, sentences, tokens, quotations, classify)
    }

    /// The same, with what tells the classes of a token that stands after an item.
    pub fn with(
        text: &'a str,
        sentences: &[Sentence],
        tokens: &[Token],
        quotations: Vec<Quotation>,
        mut classify: impl FnMut(&Token, Option<&Item>) -> u32,
    ) -> Self {
        let mut view = View { text, items: Vec::new(), clauses: Vec::new(), quotations };
        let mut next_token = 0;
        let mut next_quote = 0;
        let mut start = 0;
        for (index, sentence) in sentences.iter().enumerate() {
            while let Some(token) = tokens.get(next_token) {
                if token.span.start >= sentence.span.end {
                    break;
                }
                let quote = view.quotations.get(next_quote).map(|q| q.outer);
                match quote {
                    Some(outer) if outer.start <= token.span.start => {
                        next_quote += 1;
                        if token.span.start < outer.end {
                            view.items.push(Item {
                                span: outer,
                                class: QUOTE,
                                quote: Some(next_quote - 1),
                            });
                            while tokens.get(next_token).is_some_and(|t| t.span.start < outer.end) {
                                next_token += 1;
                            }
                        }
                    }
                    _ => {
                        let class = classify(token, view.items.last());
                        view.items.push(Item { span: token.span, class, quote: None });
                        next_token += 1;
                    }
                }
            }
            if view.goes_on(sentences, index) {
                continue;
            }
            view.close(start, sentence.paragraph);
            start = view.items.len();
        }
        view.close(start, sentences.last().map_or(0, |s| s.paragraph));
        view
    }

    /// Whether a piece of the text stands inside a quotation.
    pub fn is_quoted(&self, span: Span) -> bool {
        let next = self.quotations.partition_point(|q| q.outer.start <= span.start);
        next > 0 && span.start < self.quotations[next - 1].outer.end
    }

    /// Ends the sentence that began with the item `start`.
    fn close(&mut self, start: usize, paragraph: usize) {
        let mut end = self.items.len();
        let mut stopped = false;
        while end > start && self.items[end - 1].is(STOP) {
            end -= 1;
            stopped = true;
        }
        for i in start + 1..end {
            let closes = i + 1 == end || self.items[i + 1].is(CLOSE);
            let (before, item) = (self.items[i - 1], &mut self.items[i]);
            // A stop inside a sentence belongs to an abbreviation: "Mr. Trump".
            if !closes && item.is(STOP) && before.is(WORD) && before.span.end == item.span.start {
                item.class = before.class & CAPITAL;
            }
        }
        if end > start {
            stopped |= self.quote_ends_with(end - 1, &['.', '!', '?', '…']);
            self.clauses.push(Clause { start, end, paragraph, stopped });
        }
    }

    /// Whether the sentence after `index` still belongs to it: where a quotation
    /// is open, after “Who cares?” in lower case, or between a label and its turn.
    fn goes_on(&self, sentences: &[Sentence], index: usize) -> bool {
        let Some(next) = sentences.get(index + 1) else { return false };
        if next.paragraph != sentences[index].paragraph {
            return false;
        }
        let Some(last) = self.items.last() else { return false };
        last.span.end > next.span.start
            || last.quote.is_some()
                && next.span.of(self.text).chars().next().is_some_and(char::is_lowercase)
            || last.is(COLON) && self.speaks_without_marks(next.span.start)
    }

    /// Whether a quotation without marks starts at this byte: a turn of an interview.
    fn speaks_without_marks(&self, start: usize) -> bool {
        let next = self.quotations.partition_point(|q| q.outer.start < start);
        let at = self.quotations.get(next).filter(|q| q.outer.start == start);
        at.is_some_and(|q| q.outer == q.inner)
    }

    /// Whether item `i` is a quotation whose words end with one of `marks`.
    pub fn quote_ends_with(&self, i: usize, marks: &[char]) -> bool {
        self.items[i].quote.is_some_and(|q| self.quotations[q].inner.of(self.text).ends_with(marks))
    }

    /// How many words a quotation holds, counted up to twenty.
    pub fn words_of_quote(&self, quote: usize) -> usize {
        self.quotations[quote].inner.of(self.text).split_whitespace().take(20).count()
    }

    pub fn word(&self, i: usize) -> &'a str {
        self.items[i].span.of(self.text)
    }

    pub fn word_is(&self, i: usize, word: &str) -> bool {
        self.items.get(i).is_some() && self.word(i).eq_ignore_ascii_case(word)
    }

    pub fn is_any(&self, i: usize, words: &[&str]) -> bool {
        words.iter().any(|word| self.word_is(i, word))
    }

    pub fn is(&self, i: usize, class: u32) -> bool {
        self.items[i].is(class)
    }

    /// The span from item `start` to before item `end`.
    pub fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.items[start].span.start, self.items[end - 1].span.end)
    }
}

fn classify(text: &str, token: &Token, before: Option<&Item>, buffer: &mut String) -> u32 {
    let word = token.text(text);
    match token.kind {
        TokenKind::Word => {
            let mut class = WORD | lexicon::classes(word, buffer);
            if token.is_capitalized(text) {
                class |= CAPITAL;
            }
            if word.eq_ignore_ascii_case("that") {
                class |= THAT;
            } else if word.eq_ignore_ascii_case("to") {
                class |= TO;
            } else if word.len() > 4 && class & (PREPOSITION | DETERMINER | SUBJECT) == 0 {
                if word.ends_with("ing") {
                    class |= ING;
                } else if word.ends_with("ed") {
                    class |= ED;
                } else if word.ends_with("ly") && class & CAPITAL == 0 {
                    class |= ADVERB;
                }
            }
            class
        }
        TokenKind::Number => NUMBER,
        // "he's said" and "I've said", but "Russia's role".
        TokenKind::Clitic => {
            let possessive = word.ends_with(['s', 'S'])
                && !before.is_some_and(|item| item.is(SUBJECT | RELATIVE));
            if possessive { CLITIC } else { CLITIC | AUXILIARY }
        }
        TokenKind::Mark => mark(text, token, before),
    }
}

/// Dashes of every length; a hyphen is one by what stands around it.
pub(super) fn is_dash(mark: &str) -> bool {
    matches!(mark, "–" | "—" | "―")
}

/// The class of a mark that stands after the item `before`.
pub(super) fn mark(text: &str, token: &Token, before: Option<&Item>) -> u32 {
    match token.text(text) {
        "," | "，" => COMMA,
        ":" => COLON,
        ";" => SEMICOLON,
        dash if is_dash(dash) => DASH,
        "-" => match before {
            // "SANA- Russian" and "a - b" but not "U.S.-led".
            Some(item)
                if item.span.end < token.span.start
                    || text[token.span.end..].starts_with([' ', '-']) =>
            {
                DASH
            }
            _ => 0,
        },
        "(" | "[" => OPEN,
        ")" | "]" => CLOSE,
        "." | "!" | "?" | "…" => STOP,
        _ => 0,
    }
}
