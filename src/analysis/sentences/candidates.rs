//! Candidates: every place in a paragraph where a sentence may end, in one pass.
//!
//! Finds runs of terminal marks with the quotation marks and brackets that close
//! after them, and the spaces before words that may start a sentence. Must not judge:
//! whether a sentence does end is for `decide` and `model`.

use super::{
    Span,
    flags::Flags,
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
    /// Whether one is a leftover of HTML, after which no space is needed.
    pub(super) tagged: bool,
    /// Where the next sentence would start. Equal to `end` where no space is between.
    pub(super) next: usize,
}

impl Candidate {
    /// A space without a mark before it.
    fn space(end: usize, next: usize) -> Self {
        let marks = Span::new(end, end);
        Self { mark: Mark::None, marks, end, quoted: false, tagged: false, next }
    }
}

/// The candidates of `paragraph` in order.
pub(super) fn candidates<'a>(
    text: &'a str,
    paragraph: Span,
    rules: &Rules,
) -> impl Iterator<Item = Candidate> + 'a {
    let text = &text[..paragraph.end];
    Scan {
        text,
        at: paragraph.start,
        flags: Flags::new(text.as_bytes(), paragraph.start),
        further_mark: rules.further_mark,
        unmarked: rules.unmarked,
        quote_open: false,
        joined_to: 0,
    }
}

struct Scan<'a> {
    text: &'a str,
    at: usize,
    flags: Flags,
    further_mark: Option<char>,
    unmarked: bool,
    /// Whether an odd number of straight quotation marks went before.
    quote_open: bool,
    /// Where the last token ends that had a stop or "@" inside, as addresses do.
    joined_to: usize,
}

impl Iterator for Scan<'_> {
    type Item = Candidate;

    fn next(&mut self) -> Option<Candidate> {
        let bytes = self.text.as_bytes();
        loop {
            let flag = self.flags.next(bytes, self.at);
            self.at = match flag {
                // The end of an address is looked at whatever follows.
                _ if self.joined_to > 0
                    && (self.at..flag.unwrap_or(bytes.len())).contains(&self.joined_to) =>
                {
                    self.joined_to
                }
                Some(at) => at,
                None => return None,
            };
            let found = match bytes[self.at] {
                0..=b' ' => self.gap(),
                b'.' | b'?' | b'!' if bytes.get(self.at + 1).is_some_and(is_inner) => {
                    self.pass_inside()
                }
                b'.' | b'?' | b'!' => Some(self.marked()),
                b'@' => self.pass_inside(),
                b'"' => {
                    self.quote_open = !self.quote_open;
                    self.at += 1;
                    None
                }
                b':' if bytes[self.at..].starts_with(b"://") => self.before_address(),
                first => self.at_character(first),
            };
            if let Some(candidate) = found.filter(|candidate| candidate.next < self.text.len()) {
                return Some(candidate);
            }
        }
    }
}

/// "3.5", "a.example": no sentence starts there.
fn is_inner(next: &u8) -> bool {
    next.is_ascii_lowercase() || next.is_ascii_digit()
}

impl Scan<'_> {
    /// Passes over a mark inside a token.
    fn pass_inside(&mut self) -> Option<Candidate> {
        let bytes = self.text.as_bytes();
        if bytes[..self.at].ends_with(b"www") {
            return self.before_address();
        }
        self.pass_joint();
        None
    }

    /// Passes over the byte at `at` and keeps where its token ends.
    fn pass_joint(&mut self) {
        if self.joined_to <= self.at {
            let rest = self.text.as_bytes()[self.at..].iter();
            self.joined_to = self.at + rest.take_while(|b| !b.is_ascii_whitespace()).count();
        }
        self.at += 1;
    }

    /// The candidate before a web address, found at its first mark: addresses start
    /// sentences in lower case.
    fn before_address(&mut self) -> Option<Candidate> {
        let bytes = self.text.as_bytes();
        let letters = bytes[..self.at].iter().rev().take(6).take_while(|b| b.is_ascii_lowercase());
        let next = self.at - letters.count();
        self.pass_joint();
        let end = self.text[..next].trim_end().len();
        let starts = words::starts_with_address(&self.text[next..])
            && bytes[end..next] == *b" "
            && bytes[..end].last().is_some_and(u8::is_ascii_alphanumeric);
        starts.then(|| Candidate::space(end, next))
    }

    /// What the character beyond ASCII, or the mark of some languages, at `at` gives.
    fn at_character(&mut self, first: u8) -> Option<Candidate> {
        // Greek, Cyrillic and most of Latin: letters of two bytes.
        if matches!(first, 0xc3..=0xcc | 0xce..=0xd5 | 0xd7 | 0xd9 | 0xda) {
            self.at += 2;
            return None;
        }
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
        let closers = &self.text[marks.end..end];
        let tagged = closers.ends_with('>') || closers.ends_with(';');
        self.at += space_length(&self.text[end..]);
        Candidate { mark, marks, end, quoted, tagged, next: self.at }
    }

    /// The candidate at white space without a mark before it, where what follows may
    /// start a sentence.
    fn gap(&mut self) -> Option<Candidate> {
        let bytes = self.text.as_bytes();
        let end = self.at;
        let joined = self.joined_to == end;
        // By far the most: a word, one space, a capital.
        if let [b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b',', b' ', b'A'..=b'Z', ..] =
            bytes[end.saturating_sub(1)..]
        {
            self.at += 2;
            return Some(Candidate::space(end, end + 1));
        }
        let next = end + space_length(&self.text[end..]);
        // A control character is no space.
        self.at = next.max(end + 1);
        if next == end {
            return None;
        }
        let p = self.text[..end].chars().next_back()?;
        let q = self.text[next..].chars().next()?;
        let open = self.is_open(p, q)
            || joined && q.is_lowercase() && words::ends_with_address(&self.text[..end]);
        open.then(|| Candidate::space(end, next))
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
                !matches!(p, ',' | '،' | '、' | ';' | '؛')
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
        let touches = !self.text[..self.at].ends_with(' ');
        loop {
            let rest = &self.text[self.at..];
            let mut chars = rest.chars();
            let Some(c) = chars.next() else { break };
            // ". . . ." is a stop and an ellipsis that starts the next sentence.
            if run == Some(Mark::Stop) && touches && is_leading_ellipsis(rest) {
                break;
            }
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
            } else if let Some(length) = html_length(&self.text[self.at..]) {
                quoted |= c == '&';
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
/// in brackets ("[12]"), words in brackets that touch the text, or a picture.
fn note_length(rest: &str) -> Option<usize> {
    let note = rest.trim_start_matches(is_space);
    let space = rest.len() - note.len();
    if let Some(c) = note.chars().next().filter(|&c| marks::is_pictograph(c)) {
        return Some(space + c.len_utf8());
    }
    let inside = note.strip_prefix('[')?;
    let digits = inside.bytes().take(4).take_while(u8::is_ascii_digit).count();
    // "[citation needed]", where it touches the stop.
    let is_word = |b: &u8| b.is_ascii_lowercase() || *b == b' ';
    let words = inside.bytes().take(30).take_while(is_word).count();
    let length = if digits > 0 { digits } else { words };
    let is_note = length > 0 && inside[length..].starts_with(']') && (digits > 0 || space == 0);
    is_note.then_some(space + length + 2)
}

/// Whether an ellipsis of three spaced stops and a capital follow.
fn is_leading_ellipsis(rest: &str) -> bool {
    let next = rest.strip_prefix(" . . . ").and_then(|next| next.chars().next());
    next.is_some_and(char::is_uppercase)
}

/// The length of what HTML leaves after a sentence: "</p>", "<br/>", "&nbsp;", and
/// "&quot;" where it closes.
fn html_length(rest: &str) -> Option<usize> {
    if rest.starts_with("&nbsp;") {
        return Some(6);
    }
    if let Some(after) = rest.strip_prefix("&quot;") {
        return (!after.starts_with(char::is_alphanumeric)).then_some(6);
    }
    let tag = rest.strip_prefix('<')?;
    let name = tag.strip_prefix('/').or(Some(tag).filter(|tag| tag.starts_with("br")))?;
    let length = name.bytes().take(24).take_while(|b| b.is_ascii_alphanumeric()).count();
    let end = name[length..].trim_start_matches([' ', '/']);
    (length > 0 && end.starts_with('>')).then(|| rest.len() - end.len() + 1)
}

/// The length of the white space at the start of `rest`.
fn space_length(rest: &str) -> usize {
    rest.len() - rest.trim_start().len()
}
