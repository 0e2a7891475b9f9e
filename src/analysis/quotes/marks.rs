//! Quotation marks: which open, which close, and which are no marks at all.
//!
//! Knows punctuation and paragraphs only; whether a quotation is speech is not
//! decided here. One pass over the tokens, two where marks within marks do not come out
//! even; the stack of open marks has a bound, so each step looks at a handful of entries.

use super::dialogue;
use crate::analysis::{Span, Token, TokenKind};

/// A quotation that lies in no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Quotation {
    /// Marks included.
    pub outer: Span,
    /// The words without the marks and without white space at either end; never
    /// empty.
    pub inner: Span,
    /// Opens the paragraph after one whose last quotation was not closed: the
    /// same speech goes on.
    pub continues: bool,
}

/// How a pair of marks looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    StraightDouble,
    StraightSingle,
    CurlyDouble,
    CurlySingle,
    LowDouble,
    LowSingle,
    GuillemetsOut,
    GuillemetsIn,
    SingleGuillemetsOut,
    Corner,
    WhiteCorner,
    Tex,
    TwoSingles,
}

impl Style {
    /// Marks that also serve as apostrophes.
    const fn is_single(self) -> bool {
        matches!(self, Self::StraightSingle | Self::CurlySingle | Self::LowSingle)
    }
}

#[derive(Clone, Copy)]
struct Open {
    style: Style,
    span: Span,
    /// Opened by the first token of its paragraph.
    leads: bool,
}

/// What one token may do.
struct Mark<'a> {
    text: &'a str,
    span: Span,
    before: Option<char>,
    after: Option<char>,
}

/// The outermost quotations of `text`, in order. `paragraphs` are its paragraphs
/// in order, as spans. A mark without a partner is dropped, unless the next
/// paragraph opens with the same mark, or closes it: then its quotation ends with its
/// paragraph.
/// A dash may open speech too (`dialogue`).
pub(super) fn find(text: &str, tokens: &[Token], paragraphs: &[Span]) -> Vec<Quotation> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut unclosed: Option<Style> = None;
    for (index, paragraph) in paragraphs.iter().enumerate() {
        let first = at;
        while at < tokens.len() && tokens[at].span.start < paragraph.end {
            at += 1;
        }
        let next = paragraphs.get(index + 1).map(|p| p.of(text));
        unclosed = scan(text, &tokens[first..at], *paragraph, unclosed, next, &mut found);
    }
    dialogue::add(text, tokens, paragraphs, &mut found);
    found
}

/// Scans one paragraph. `unclosed` is the style of the speech that the paragraph
/// before left open; the answer is the style that this one leaves open.
fn scan(
    text: &str,
    tokens: &[Token],
    paragraph: Span,
    unclosed: Option<Style>,
    next: Option<&str>,
    found: &mut Vec<Quotation>,
) -> Option<Style> {
    let start = found.len();
    let (open, has_inner) = pass(text, tokens, paragraph, unclosed, true, found);
    if let Some(open) = goes_on(open, next) {
        close(open, paragraph.end, paragraph.end, text, unclosed, found);
        return Some(open.style);
    }
    if open.is_none() || !has_inner {
        return None;
    }
    // “One ‘two “three”.: the first was none, so that the last stands for itself.
    found.truncate(start);
    let (open, _) = pass(text, tokens, paragraph, unclosed, false, found);
    let open = goes_on(open, next)?;
    close(open, paragraph.end, paragraph.end, text, unclosed, found);
    Some(open.style)
}

/// The outermost quotation that a paragraph left open, where the next goes on with it.
fn goes_on(open: Option<Open>, next: Option<&str>) -> Option<Open> {
    let open = open.filter(|open| !open.style.is_single())?;
    let next = next?;
    let again = leading_style(next) == Some(open.style) || closes_first(open.style, next);
    again.then_some(open)
}

/// Adds the quotation from `open` to `end`, unless nothing is in it.
fn close(
    open: Open,
    end: usize,
    inner_end: usize,
    text: &str,
    unclosed: Option<Style>,
    found: &mut Vec<Quotation>,
) {
    let inner = Span::new(open.span.end, inner_end.max(open.span.end)).trim(text);
    if !inner.is_empty() {
        let continues = open.leads && unclosed == Some(open.style);
        found.push(Quotation { outer: Span::new(open.span.start, end), inner, continues });
    }
}

/// Finds the quotations of a paragraph and the outermost mark that is left open. `deep`:
/// a style may open again within another, “a ‘b “c” d’ e”; says whether one did.
fn pass(
    text: &str,
    tokens: &[Token],
    paragraph: Span,
    unclosed: Option<Style>,
    deep: bool,
    found: &mut Vec<Quotation>,
) -> (Option<Open>, bool) {
    let last_single = last_single_closers(text, tokens);
    let mut stack: Vec<Open> = Vec::new();
    let mut has_inner = false;
    // Opened in the paragraph before, and closed here.
    if let Some(style) = unclosed.filter(|&style| closes_first(style, paragraph.of(text))) {
        let span = Span::new(paragraph.start, paragraph.start);
        stack.push(Open { style, span, leads: true });
    }
    let mut skip = 0;
    for (i, token) in tokens.iter().enumerate() {
        if skip > 0 {
            skip -= 1;
            continue;
        }
        if token.kind != TokenKind::Mark {
            continue;
        }
        let Some(mark) = mark_at(text, tokens, i) else { continue };
        if mark.text.len() == 2 && mark.span.len() == 2 {
            skip = 1;
        }
        if let Some(depth) = closes(&mark, &stack, i < last_single) {
            let open = stack[depth];
            stack.truncate(depth);
            if depth == 0 {
                close(open, mark.span.end, mark.span.start, text, unclosed, found);
            }
        } else if let Some(style) = opens(&mark) {
            if style.is_single() && tokens.get(i + 1).is_some_and(|t| is_elision(t.text(text))) {
                continue;
            }
            let again = stack.iter().rposition(|open| open.style == style);
            match again {
                // “One. “Two.”: paragraphs of one speech run together.
                Some(depth) if deep && depth + 1 < stack.len() && stack.len() < MAX_DEPTH => {
                    has_inner = true;
                    stack.push(Open { style, span: mark.span, leads: false });
                }
                Some(_) if ends_sentence(text, tokens, i) => {}
                Some(depth) => {
                    stack.truncate(depth);
                    stack.push(Open { style, span: mark.span, leads: i == 0 });
                }
                None => stack.push(Open { style, span: mark.span, leads: i == 0 }),
            }
        }
    }
    (stack.first().copied(), has_inner)
}

/// How deep marks may stand in each other; what is deeper starts anew.
const MAX_DEPTH: usize = 8;

/// Whether the first mark of the style in the next paragraph closes: a quotation that
/// runs over two paragraphs, opened and closed once.
fn closes_first(style: Style, next: &str) -> bool {
    let (opening, closing): (&[char], &[char]) = match style {
        Style::CurlyDouble => (&['“', '‟'], &['”']),
        Style::LowDouble => (&['„'], &['“', '”']),
        Style::GuillemetsOut => (&['«'], &['»']),
        Style::Corner => (&['「'], &['」']),
        Style::WhiteCorner => (&['『'], &['』']),
        _ => return false,
    };
    next.chars()
        .find(|c| opening.contains(c) || closing.contains(c))
        .is_some_and(|c| closing.contains(&c))
}

/// The mark that token `i` and perhaps the one after it make up.
fn mark_at<'a>(text: &'a str, tokens: &[Token], i: usize) -> Option<Mark<'a>> {
    let mut span = tokens[i].span;
    let one = span.of(text);
    if !matches!(
        one,
        "\"" | "'"
            | "`"
            | "“"
            | "”"
            | "„"
            | "‟"
            | "‘"
            | "’"
            | "‚"
            | "«"
            | "»"
            | "‹"
            | "›"
            | "「"
            | "」"
            | "『"
            | "』"
            | "＂"
    ) {
        return None;
    }
    // "â€”" is a dash whose bytes were taken for another encoding's.
    if one == "”" && ["â€", "â €"].iter().any(|dash| text[..span.start].ends_with(dash)) {
        return None;
    }
    let double = matches!(one, "'" | "`")
        && tokens.get(i + 1).is_some_and(|t| t.span.start == span.end && t.span.of(text) == one);
    if double {
        span.end = tokens[i + 1].span.end;
    } else if one == "`" {
        return None;
    }
    Some(Mark {
        text: span.of(text),
        span,
        before: text[..span.start].chars().next_back(),
        after: text[span.end..].chars().next(),
    })
}

/// Where in the stack the mark closes a quotation.
fn closes(mark: &Mark, stack: &[Open], another_single_follows: bool) -> Option<usize> {
    let top = |styles: &[Style]| stack.iter().rposition(|open| styles.contains(&open.style));
    match mark.text {
        "\"" | "＂" => {
            let depth = top(&[Style::StraightDouble, Style::CurlyDouble])?;
            // With white space on either side, it opens at the start of a line.
            let leads = mark.before == Some('\n') && mark.after == Some(' ');
            let opener = is_blank(mark.before) && mark.after.is_some_and(char::is_alphanumeric);
            (!opener && !leads).then_some(depth)
        }
        "”" => top(&[Style::CurlyDouble, Style::LowDouble, Style::StraightDouble]),
        "“" => top(&[Style::LowDouble]),
        "»" => top(&[Style::GuillemetsOut]),
        "«" => top(&[Style::GuillemetsIn]),
        "›" => top(&[Style::SingleGuillemetsOut]),
        "」" => top(&[Style::Corner]),
        "』" => top(&[Style::WhiteCorner]),
        "''" => top(&[Style::Tex, Style::TwoSingles]),
        "‘" => top(&[Style::LowSingle]),
        "'" | "’" => {
            let style = if mark.text == "'" { Style::StraightSingle } else { Style::CurlySingle };
            let depth = top(&[style])?;
            closes_single(mark, another_single_follows).then_some(depth)
        }
        _ => None,
    }
}

/// Tells a closing single mark from an apostrophe: after a blank it is an
/// apostrophe ("the ’90s"); after a plural ("the senators’ votes") it is one as
/// long as another mark follows that can close.
fn closes_single(mark: &Mark, another_follows: bool) -> bool {
    if is_blank(mark.before) || mark.after.is_some_and(char::is_alphanumeric) {
        return false;
    }
    let possessive = matches!(mark.before, Some('s' | 'S' | 'z' | 'x'))
        && mark.after.is_some_and(char::is_whitespace);
    !(possessive && another_follows)
}

/// The index of the last token of the paragraph that could close a single
/// quotation.
fn last_single_closers(text: &str, tokens: &[Token]) -> usize {
    tokens
        .iter()
        .rposition(|token| {
            matches!(token.span.of(text), "'" | "’")
                && !is_blank(text[..token.span.start].chars().next_back())
        })
        .unwrap_or(0)
}

/// The style of quotation that the mark opens, if it can open one.
fn opens(mark: &Mark) -> Option<Style> {
    let starts_word = mark.after.is_some_and(|c| !c.is_whitespace());
    let after_word = mark.before.is_some_and(char::is_alphanumeric);
    match mark.text {
        // 6'2" and 12" are lengths. With white space on either side, as tokenisers leave
        // it, a mark opens what is not open yet.
        "\"" | "＂" => {
            let apart = is_blank(mark.before) && mark.after.is_some_and(char::is_whitespace);
            (apart || starts_word && !after_word).then_some(Style::StraightDouble)
        }
        "“" | "‟" => Some(Style::CurlyDouble),
        // Typed the wrong way round.
        "”" => {
            (starts_word && is_blank(mark.before) && mark.after.is_some_and(char::is_alphanumeric))
                .then_some(Style::CurlyDouble)
        }
        "„" => Some(Style::LowDouble),
        "‚" => Some(Style::LowSingle),
        "«" => Some(Style::GuillemetsOut),
        // In French a closing one has space on either side.
        "»" => (starts_word && !after_word).then_some(Style::GuillemetsIn),
        "‹" => Some(Style::SingleGuillemetsOut),
        "「" => Some(Style::Corner),
        "『" => Some(Style::WhiteCorner),
        "``" => Some(Style::Tex),
        // Two apostrophes for a straight double mark, as old newswires have it.
        "''" => (starts_word && is_blank(mark.before)).then_some(Style::TwoSingles),
        "‘" | "'" => {
            let style = if mark.text == "'" { Style::StraightSingle } else { Style::CurlySingle };
            (starts_word && !after_word && !mark.after.is_some_and(|c| c.is_ascii_digit()))
                .then_some(style)
        }
        _ => None,
    }
}

/// Words that an apostrophe begins: 'em, 'til.
fn is_elision(word: &str) -> bool {
    ["n", "em", "tis", "twas", "til", "till", "cause", "bout", "round", "cuz"]
        .iter()
        .any(|elision| word.eq_ignore_ascii_case(elision))
}

/// The style that a paragraph opens with.
pub(super) fn leading_style(paragraph: &str) -> Option<Style> {
    let after = |mark: &str| paragraph.strip_prefix(mark).and_then(|rest| rest.chars().next());
    let text = ["\"", "＂", "“", "‟", "„", "«", "»", "‹", "「", "『", "``", "''", "‘", "'", "‚"]
        .into_iter()
        .find(|mark| paragraph.starts_with(mark))?;
    opens(&Mark { text, span: Span::new(0, text.len()), before: None, after: after(text) })
}

fn is_blank(c: Option<char>) -> bool {
    c.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '—' | '–'))
}

fn ends_sentence(text: &str, tokens: &[Token], i: usize) -> bool {
    i > 0 && matches!(tokens[i - 1].text(text).as_bytes().last(), Some(b'.' | b'!' | b'?'))
}

#[cfg(test)]
pub(super) mod tests {
    use super::find;
    use crate::analysis::{Span, tokenize};

    /// The inner words of the quotations, a continued one after "+". Paragraphs
    /// end at line ends.
    pub fn check(text: &str, expect: &[&str]) {
        let mut paragraphs = Vec::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            paragraphs.push(Span::new(start, start + line.len()).trim(text));
            start += line.len();
        }
        check_in(&paragraphs, text, expect);
    }

    fn check_in(paragraphs: &[Span], text: &str, expect: &[&str]) {
        let found: Vec<_> = find(text, &tokenize(text), paragraphs)
            .iter()
            .map(|q| format!("{}{}", if q.continues { "+" } else { "" }, q.inner.of(text)))
            .collect();
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn every_style_pairs() {
        check("He said: “We share it,” and left.", &["We share it,"]);
        check("He said: \"We share it,\" and \"left\".", &["We share it,", "left"]);
        check("‘I am here,’ he said.", &["I am here,"]);
        check("'I am here,' he said.", &["I am here,"]);
        check("«Out» and »in« and „low“ and „low”", &["Out", "in", "low", "low"]);
        check("« Le pont », et » pas « l’autre ».", &["Le pont", "l’autre"]);
        check("‚low single‘ and ‹angles›", &["low single", "angles"]);
        check("「角」と『白』", &["角", "白"]);
        check("\" Apart , \" she said . \" Both . \"", &["Apart ,", "Both ."]);
        check("``TeX marks,'' he said", &["TeX marks,"]);
        check("''Newswire marks,'' he said. ''More.''", &["Newswire marks,", "More."]);
        check("(\"in brackets\") —“after a dash”", &["in brackets", "after a dash"]);
    }

    #[test]
    fn only_the_outermost_count() {
        check("“He said ‘no’ to me.”", &["He said ‘no’ to me."]);
        check("\"He said 'no' to me.\"", &["He said 'no' to me."]);
        check("‘He said “no” to me.’", &["He said “no” to me."]);
        check("“It's the ‘senators’ vote’ now,” he", &["It's the ‘senators’ vote’ now,"]);
        check("“One ‘two “three” two’ one” it", &["One ‘two “three” two’ one"]);
        check("\"One 'two \"three\" two' one\" it", &["One 'two \"three\" two' one"]);
        check("“One ‘two “three ‘four’” two’ one” it", &["One ‘two “three ‘four’” two’ one"]);
        check("“One ‘two “three” it", &["three"]);
        check("“One ‘two “three” one” and “four”", &["One ‘two “three” one", "four"]);
    }

    #[test]
    fn apostrophes_lengths_and_decades_are_no_marks() {
        check("The ministers’ remarks and James' dog", &[]);
        check("the ’90s, the '80s, rock 'n' roll, get 'em", &[]);
        check("He is 6'2\" tall and has a 12\" screen.", &[]);
        check("don’t, O’Brien’s, it's", &[]);
        check("‘the senators’ votes’ are in", &["the senators’ votes"]);
        check("\"in 2016\" he said", &["in 2016"]);
        check("\"two jobs â€” both of them,\" she said", &["two jobs â€” both of them,"]);
    }

    #[test]
    fn a_lone_mark_costs_at_most_its_paragraph() {
        check("“Lost\nHe said “found” there", &["found"]);
        check("A “lost and “found” there", &["found"]);
        check("lost” and “found”", &["found"]);
        check("A \"lost and \"found\" there", &["found"]);
        check("“”, \" \" and ‘’", &[]);
    }

    #[test]
    fn a_paragraph_that_reopens_continues() {
        check("“One.\n“Two,” he said.", &["One.", "+Two,"]);
        check("\"One.\n\"Two.\n\"Three.\"", &["One.", "+Two.", "+Three."]);
        check("\" One.\n\" Two. \"", &["One.", "+Two."]);
        check("»Eins.\n»Zwei«, sagte er.", &["Eins.", "+Zwei"]);
        check("“One.”\n“Two.”", &["One.", "Two."]);
        check("“One. “Two,” he said.", &["One. “Two,"]);
        let hard = "\" One.\n\" Two, \" he said.";
        check_in(&[Span::new(0, hard.len())], hard, &["One.\n\" Two,"]);
    }

    #[test]
    fn a_quotation_runs_over_two_paragraphs() {
        check("„Eins.\nZwei“, sagte er.", &["Eins.", "+Zwei"]);
        check("He said: “One.\nTwo,” he said. “Three.”", &["One.", "+Two,", "Three."]);
        check("“Lost\nHe said “found” and ”", &["found"]);
    }
}
