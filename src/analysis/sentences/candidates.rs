//! Candidates: every place in a paragraph where a sentence may end, in one pass.
//!
//! Finds runs of terminal marks with the quotation marks and brackets that close
//! after them. Must not judge: whether a sentence does end is for `decide`.

use super::{
    Span,
    marks::{self, Mark},
};

/// A place where a sentence may end. The paragraph's own end is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    pub(super) mark: Mark,
    /// The run of marks, without what closes after it.
    pub(super) marks: Span,
    /// Where the sentence would end: after closing quotation marks and brackets.
    pub(super) end: usize,
    /// Whether one of these is a quotation mark.
    pub(super) quoted: bool,
    /// Where the next sentence would start. Equal to `end` where no space is between.
    pub(super) next: usize,
}

/// The candidates of `paragraph` in order; `further_mark` is one that ends
/// sentences in the text's language beside those of all.
pub(super) fn candidates(
    text: &str,
    paragraph: Span,
    further_mark: Option<char>,
    unmarked: bool,
) -> impl Iterator<Item = Candidate> {
    let text = &text[..paragraph.end];
    let scan = Scan { text, at: paragraph.start, further_mark, unmarked, quote_open: false };
    scan.filter(move |candidate| candidate.next < paragraph.end)
}

struct Scan<'a> {
    text: &'a str,
    at: usize,
    further_mark: Option<char>,
    unmarked: bool,
    /// Whether an odd number of straight quotation marks went before.
    quote_open: bool,
}

impl Iterator for Scan<'_> {
    type Item = Candidate;

    fn next(&mut self) -> Option<Candidate> {
        loop {
            let (offset, c) = self.text[self.at..]
                .char_indices()
                .find(|&(_, c)| c == '"' || c == ' ' || c == '\n' || c == '\u{a0}' || self.terminal(c).is_some())?;
            self.at += offset;
            if matches!(c, ' ' | '\n' | '\u{a0}') {
                let end = self.at;
                let next = end + space_length(&self.text[end..]);
                let p = self.text[..end].chars().next_back();
                let q = self.text[next..].chars().next();
                self.at = next;
                if let (Some(p), Some(q)) = (p, q) && (self.is_open(p, q) || self.text[next..].starts_with("http") || self.text[next..].starts_with("www.")) {
                    return Some(Candidate { mark: Mark::None, marks: Span::new(end, end), end, quoted: false, next });
                }
                continue;
            }
            if c == '"' {
                self.quote_open = !self.quote_open;
                self.at += 1;
                continue;
            }
            let start = self.at;
            let mut mark = self.skip_marks();
            let marks = Span::new(start, self.at);
            let mut quoted = self.skip_closers();
            // A second run after what closes ("(yes!).") leaves no doubt.
            while self.at > marks.end && self.peek().is_some_and(|c| self.terminal(c).is_some()) {
                self.skip_marks();
                quoted = self.skip_closers();
                mark = Mark::Exclamation;
            }
            let end = self.at;
            let next = end + space_length(&self.text[end..]);
            self.at = next;
            return Some(Candidate { mark, marks, end, quoted, next });
        }
    }
}

impl Scan<'_> {
    fn terminal(&self, c: char) -> Option<Mark> {
        marks::terminal(c).or((Some(c) == self.further_mark).then_some(Mark::Exclamation))
    }

    /// Whether a sentence may end between `p` and `q` without a mark.
    fn is_open(&self, p: char, q: char) -> bool {
        if marks::is_continuation(q) || self.terminal(q).is_some() {
            return false;
        }
        let spoken = p.is_alphanumeric();
        if q.is_lowercase() {
            return !spoken && p != ',';
        }
        if q.is_alphabetic() && !q.is_uppercase() {
            return !spoken && !matches!(p, ',' | '،' | '、') || self.unmarked && p.is_alphabetic();
        }
        true
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    /// Passes over a run of marks, also with a space before each stop (". . .").
    fn skip_marks(&mut self) -> Mark {
        let mut run: Option<Mark> = None;
        loop {
            let rest = &self.text[self.at..];
            let mut chars = rest.chars();
            let Some(c) = chars.next() else { break };
            if let Some(mark) = self.terminal(c) {
                run = Some(match (run, mark) {
                    (None, mark) => mark,
                    (Some(Mark::FullStop), _) | (_, Mark::FullStop) => Mark::FullStop,
                    (Some(Mark::Exclamation), _) | (_, Mark::Exclamation) => Mark::Exclamation,
                    _ => Mark::Ellipsis,
                });
                self.at += c.len_utf8();
            } else if matches!(c, ' ' | '\u{a0}')
                && chars.next() == Some('.')
                && !chars.as_str().starts_with(|c: char| c.is_alphanumeric() || c == '.')
                && matches!(run, Some(Mark::Stop | Mark::Ellipsis))
            {
                run = Some(Mark::Ellipsis);
                self.at += c.len_utf8() + 1;
            } else {
                break;
            }
        }
        run.unwrap_or(Mark::Stop)
    }

    /// Passes over what closes after the marks; tells whether a quotation does.
    fn skip_closers(&mut self) -> bool {
        let mut quoted = false;
        while let Some(c) = self.peek() {
            let after = self.text[self.at + c.len_utf8()..].chars().next();
            let closes = marks::is_closer(c)
                || c == '"' && self.quote_open
                || marks::is_either(c) && !after.is_some_and(char::is_alphanumeric);
            if closes {
                quoted |= marks::is_closing_quote(c) || marks::is_either(c);
                self.quote_open ^= c == '"';
                self.at += c.len_utf8();
            } else if marks::is_pictograph(c) {
                self.at += c.len_utf8();
            } else if let Some(length) = note_length(&self.text[self.at..]) {
                self.at += length;
            } else if let Some(length) = self.spaced_closer() {
                quoted = true;
                self.quote_open = false;
                self.at += length;
            } else {
                break;
            }
        }
        quoted
    }

    /// The length of a space and a closing quotation mark after it, as in French
    /// (". »") and in texts split into words.
    fn spaced_closer(&self) -> Option<usize> {
        let rest = &self.text[self.at..];
        let space = rest.chars().next().filter(|&c| is_space(c))?.len_utf8();
        let mut chars = rest[space..].chars();
        let quote = chars.next()?;
        let length = if rest[space..].starts_with("''") { 2 } else { quote.len_utf8() };
        let closes = matches!(quote, '»' | '”')
            || quote == '"' && self.quote_open
            || length > quote.len_utf8();
        let after = rest[space + length..].chars().next();
        let apart = after.is_none_or(|c| !c.is_alphanumeric() && !marks::is_opener(c));
        (closes && apart).then_some(space + length)
    }
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}')
}

/// The length of a note at the start of `rest`, a space before it included: a number
/// in brackets ("[12]") or a picture.
fn note_length(rest: &str) -> Option<usize> {
    let note = rest.trim_start_matches(is_space);
    let space = rest.len() - note.len();
    if let Some(c) = note.chars().next().filter(|&c| marks::is_pictograph(c)) {
        return Some(space + c.len_utf8());
    }
    let inside = note.strip_prefix('[')?;
    let digits = inside.bytes().take(4).take_while(u8::is_ascii_digit).count();
    (digits > 0 && inside[digits..].starts_with(']')).then_some(space + digits + 2)
}

/// The length of the white space at the start of `rest`.
fn space_length(rest: &str) -> usize {
    rest.len() - rest.trim_start().len()
}
