//! Paragraphs: which line ends are real, and which only wrap a line to a width.
//!
//! Looks at lines alone. Must not know languages or abbreviations.

use std::ops::Range;

use super::{Span, flags, marks};

/// Narrower text is a list, a poem or an address rather than wrapped prose; wider
/// is one line for each paragraph. In characters.
const WRAP_WIDTHS: std::ops::RangeInclusive<usize> = 40..=120;

/// A line without white space at either end.
#[derive(Clone, Copy, Debug)]
struct Line {
    span: Span,
}

impl Line {
    /// In characters.
    fn width(self, text: &str) -> usize {
        self.span.of(text).chars().count()
    }

    /// Characters of its first word.
    fn first_word(self, text: &str) -> usize {
        self.span.of(text).split_whitespace().next().unwrap_or("").chars().count()
    }

    fn first(self, text: &str) -> Option<char> {
        self.span.of(text).chars().next()
    }

    /// Whether it ends like a sentence: with a terminal mark or colon, and maybe
    /// closing marks.
    fn is_finished(self, text: &str) -> bool {
        self.span
            .of(text)
            .chars()
            .rev()
            .find(|&c| !marks::is_closer(c) && !marks::is_either(c))
            .is_some_and(|c| c == ':' || marks::terminal(c).is_some())
    }

    /// Whether it starts like an item of a list: a bullet, "- ", "3. ", "b) ".
    fn is_item(self, text: &str) -> bool {
        let line = self.span.of(text);
        let mut chars = line.chars();
        let first = chars.next().unwrap_or(' ');
        if marks::is_bullet(first) || marks::is_item_mark(first) && chars.next() == Some(' ') {
            return true;
        }
        let label = line.split_whitespace().next().unwrap_or("").trim_start_matches('(');
        let Some(name) = label.strip_suffix(['.', ')']) else { return false };
        !name.is_empty()
            && (name.len() <= 3 && name.bytes().all(|b| b.is_ascii_digit())
                || name.len() == 1 && name.bytes().all(|b| b.is_ascii_lowercase()))
    }
}

/// The paragraphs of `text` in order: not empty, without white space at either end.
pub(super) fn paragraphs(text: &str) -> Vec<Span> {
    let (lines, blocks) = blocks(text);
    let blocks = || blocks.iter().map(|block| &lines[block.clone()]);
    // The width that most of the wrapped text has, for blocks too short to tell.
    let width = blocks().filter_map(|block| wrap_width(text, block)).max();
    let mut paragraphs = Vec::with_capacity(lines.len());
    for block in blocks() {
        let own = wrap_width(text, block);
        let width = own.or(width.filter(|_| block.len() < MIN_LINES));
        let mut start = block[0].span.start;
        for pair in block.windows(2) {
            if ends_paragraph(text, start, pair[0], pair[1], width) {
                paragraphs.push(Span::new(start, pair[0].span.end));
                start = pair[1].span.start;
            }
        }
        paragraphs.push(Span::new(start, block[block.len() - 1].span.end));
    }
    paragraphs
}

/// The lines that hold anything, and which of them stand together between empty lines.
fn blocks(text: &str) -> (Vec<Line>, Vec<Range<usize>>) {
    let (mut lines_found, mut blocks) = (Vec::new(), Vec::new());
    let mut start = 0;
    for span in lines(text) {
        if !span.is_empty() {
            lines_found.push(Line { span });
        } else if start < lines_found.len() {
            blocks.push(start..lines_found.len());
            start = lines_found.len();
        }
    }
    if start < lines_found.len() {
        blocks.push(start..lines_found.len());
    }
    (lines_found, blocks)
}

/// The lines of `text` without white space at either end; "\r\n" is one line end.
fn lines(text: &str) -> impl Iterator<Item = Span> {
    let mut next = Some(0);
    std::iter::from_fn(move || {
        let start = next?;
        let end = find_break(text, start);
        next = end.and_then(|end| {
            let rest = &text[end..];
            let length = if rest.starts_with("\r\n") { 2 } else { rest.chars().next()?.len_utf8() };
            Some(end + length)
        });
        Some(Span::new(start, end.unwrap_or(text.len())).trim(text))
    })
}

/// The first line break at or after `from`.
fn find_break(text: &str, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at = flags::find_line_break(text.as_bytes(), at)?;
        let c = text[at..].chars().next()?;
        if marks::is_line_break(c) {
            return Some(at);
        }
        at += c.len_utf8();
    }
}

/// Fewer lines show no habit.
const MIN_LINES: usize = 3;

/// The width to which a block is wrapped, where it looks wrapped: (nearly) every
/// line is so long that the next word did not fit, and sentences run on over
/// line ends.
fn wrap_width(text: &str, block: &[Line]) -> Option<usize> {
    if block.len() < MIN_LINES {
        return None;
    }
    let width = block.iter().map(|line| line.width(text)).max()?;
    if !WRAP_WIDTHS.contains(&width) {
        return None;
    }
    let breaks = block.len() - 1;
    let full = block.windows(2).filter(|pair| is_full(text, pair[0], pair[1], width)).count();
    let runs_on = block.windows(2).any(|pair| {
        !pair[0].is_finished(text) && pair[1].first(text).is_some_and(is_uncapitalized)
    });
    (runs_on && full * 10 >= breaks * 8).then_some(width)
}

/// Whether the first word of `next` would have made `line` longer than `width`, or
/// nearly so: in print, widths are not counted in characters.
fn is_full(text: &str, line: Line, next: Line, width: usize) -> bool {
    (line.width(text) + 1 + next.first_word(text)) * 10 > width * 8
}

/// A letter that starts no sentence; in a script without capitals it may.
fn is_uncapitalized(c: char) -> bool {
    c.is_alphabetic() && !c.is_uppercase()
}

/// Whether the line end between two lines of a block is a real one; the paragraph
/// so far starts at `start`.
fn ends_paragraph(text: &str, start: usize, line: Line, next: Line, width: Option<usize>) -> bool {
    if next.is_item(text) {
        return true;
    }
    let goes_on = !line.is_finished(text) && next.first(text).is_some_and(char::is_lowercase);
    match width {
        Some(width) if is_full(text, line, next, width) => false,
        Some(_) => !goes_on,
        // A list of words in lower case has line ends; a line that starts a sentence
        // and goes on in lower case does not.
        None => {
            let is_prose = !text[start..].starts_with(char::is_lowercase)
                && line.span.of(text).split_whitespace().nth(2).is_some();
            !(goes_on && is_prose)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::paragraphs;

    fn check(text: &str, expect: &[&str]) {
        let found: Vec<_> = paragraphs(text).iter().map(|span| span.of(text)).collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn empty_lines_and_unwrapped_lines_end_paragraphs() {
        check("", &[]);
        check(" \n \r\n\t", &[]);
        check("A headline\n\nSome text.\r\n \r\nMore.\n", &["A headline", "Some text.", "More."]);
        check(
            "A headline\nSome text.\rMore\u{2028}Rest",
            &["A headline", "Some text.", "More", "Rest"],
        );
        check("features\ncontact manager\nevents", &["features", "contact manager", "events"]);
        check("1. One\n2. Two", &["1. One", "2. Two"]);
        check("• one thing\n• two things", &["• one thing", "• two things"]);
    }

    #[test]
    fn wrapped_lines_are_joined() {
        let wrapped = "The minister said on Monday that the talks would go on, and that\n\
                       nobody had left the table so far. He did not say when the next\n\
                       Round of talks would be held, or where.";
        check(wrapped, &[wrapped]);
        let two_lines = "Officials in the capital, who asked not to be named, said that the\n\
                         United Nations would help.";
        check(&format!("{wrapped}\n\n{two_lines}"), &[wrapped, two_lines]);
        check("It was a cold \nnight in the city.", &["It was a cold \nnight in the city."]);
    }

    #[test]
    fn lists_inside_wrapped_text_keep_their_lines() {
        let text = "The minister said on Monday that the talks would go on, and that\n\
                    nobody had left the table so far; they were now to speak about\n\
                    - the border and all that lies on either side of the river,\n\
                    - the prisoners.";
        assert_eq!(paragraphs(text).len(), 3);
    }
}
