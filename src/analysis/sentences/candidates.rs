//! Candidates: every place in a paragraph where a sentence may end, in one pass.
//!
//! Finds runs of terminal marks with the quotation marks and brackets that close
//! after them, and the spaces before words that may start a sentence. Must not judge:
//! whether a sentence does end is for `decide` and `model`.

use super::{
    Span,
    marks::{self, Mark},
    rules::Rules,
    words,
};

/// A place where a sentence may end. The paragraph's own end is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    pub(super) mark: Mark,
    /// The run of marks, without what closes after it; empty without a mark.
    pub(super) marks: Span,
    /// Where the sentence would end: after closing quotation marks and brackets.
    pub(super) end: usize,
    /// Whether one of these is a quotation mark.
    pub(super) quoted: bool,
    /// Where the next sentence would start. Equal to `end` where no space is between.
    pub(super) next: usize,
}

/// The candidates of `paragraph` in order.
pub(super) fn candidates<'a>(
    text: &'a str,
    paragraph: Span,
    rules: &Rules,
) -> impl Iterator<Item = Candidate> + 'a {
    Scan {
        text: &text[..paragraph.end],
        at: paragraph.start,
        further_mark: rules.further_mark,
        unmarked: rules.unmarked,
        quote_open: false,
        joined: false,
    }
}

struct Scan<'a> {
    text: &'a str,
    at: usize,
    further_mark: Option<char>,
    unmarked: bool,
    /// Whether an odd number of straight quotation marks went before.
    quote_open: bool,
    /// Whether the token that `at` is in has a stop or "@" inside, as addresses do.
    joined: bool,
}

/// What a byte of UTF-8 can start.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// Nothing that is looked for.
    Plain,
    Space,
    /// ".", "?", "!".
    Mark,
    Quote,
    At,
    /// A mark in some languages.
    Further,
    /// A character that only its other bytes tell.
    Lead,
}

const CLASSES: [Class; 256] = {
    let mut classes = [Class::Plain; 256];
    let mut b = 0;
    while b < 256 {
        classes[b] = match b as u8 {
            b' ' | b'\n' | b'\t' | b'\r' => Class::Space,
            b'.' | b'?' | b'!' => Class::Mark,
            b'"' => Class::Quote,
            b'@' => Class::At,
            b':' | b';' => Class::Further,
            // Latin-1, Greek, Armenian, Arabic and all of three bytes and more; of two
            // bytes, the rest are letters.
            0xc2 | 0xcd | 0xd6 | 0xd8 | 0xdb | 0xdc | 0xe0..=0xf4 => Class::Lead,
            _ => Class::Plain,
        };
        b += 1;
    }
    classes
};

impl Iterator for Scan<'_> {
    type Item = Candidate;

    fn next(&mut self) -> Option<Candidate> {
        let bytes = self.text.as_bytes();
        loop {
            let length = bytes[self.at..].iter().position(|&b| CLASSES[usize::from(b)] != Class::Plain)?;
            self.at += length;
            let found = match CLASSES[usize::from(bytes[self.at])] {
                Class::Plain => unreachable!("passed over"),
                Class::Space => self.gap(),
                Class::Quote => {
                    self.quote_open = !self.quote_open;
                    self.at += 1;
                    None
                }
                Class::At => {
                    self.joined = true;
                    self.at += 1;
                    None
                }
                // "3.5", "a.example": no sentence starts there.
                Class::Mark
                    if bytes.get(self.at + 1).is_some_and(|b| b.is_ascii_lowercase() || b.is_ascii_digit()) =>
                {
                    self.joined = true;
                    self.at += 1;
                    None
                }
                Class::Mark => Some(self.marked()),
                Class::Further | Class::Lead => {
                    let c = self.text[self.at..].chars().next()?;
                    if self.terminal(c).is_some() {
                        Some(self.marked())
                    } else if c == '\u{a0}' {
                        self.gap()
                    } else {
                        self.at += c.len_utf8();
                        None
                    }
                }
            };
            if let Some(candidate) = found.filter(|candidate| candidate.next < self.text.len()) {
                return Some(candidate);
            }
        }
    }
}

impl Scan<'_> {
    /// The candidate at a run of marks.
    fn marked(&mut self) -> Candidate {
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
        self.at += space_length(&self.text[end..]);
        self.joined = self.at == end;
        Candidate { mark, marks, end, quoted, next: self.at }
    }

    /// The candidate at white space without a mark before it, where what follows may
    /// start a sentence.
    fn gap(&mut self) -> Option<Candidate> {
        let bytes = self.text.as_bytes();
        let end = self.at;
        let joined = std::mem::take(&mut self.joined);
        // Most spaces stand before a small letter.
        if let [b'a'..=b'z' | b'0'..=b'9' | b'A'..=b'Z' | b',', _, b'a'..=b'z', ..] = bytes[end.saturating_sub(1)..]
            && bytes[end] == b' ' && !joined && !words::starts_with_address(&self.text[end + 1..])
        {
            self.at += 2;
            return None;
        }
        self.at += space_length(&self.text[end..]);
        let next = self.at;
        let p = self.text[..end].chars().next_back()?;
        let q = self.text[next..].chars().next()?;
        let open = self.is_open(p, q)
            || joined && q.is_lowercase() && words::ends_with_address(&self.text[..end])
            || words::starts_with_address(&self.text[next..]);
        open.then_some(Candidate {
            mark: Mark::None,
            marks: Span::new(end, end),
            end,
            quoted: false,
            next,
        })
    }

    /// Whether a sentence may end between `p` and `q` without a terminal mark.
    fn is_open(&self, p: char, q: char) -> bool {
        if marks::is_continuation(q) || self.terminal(q).is_some() {
            return false;
        }
        if q.is_lowercase() {
            return !p.is_alphanumeric() && p != ',';
        }
        if q.is_alphabetic() && !q.is_uppercase() {
            return if p.is_alphanumeric() {
                self.unmarked && p.is_alphabetic()
            } else {
                !matches!(p, ',' | '،' | '、')
            };
        }
        true
    }

    fn terminal(&self, c: char) -> Option<Mark> {
        marks::terminal(c).or((Some(c) == self.further_mark).then_some(Mark::Exclamation))
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
