//! Sentence splitting, case by case: a bug report becomes a test by adding a line
//! to a file in `tests/data/sentences/`.
//!
//! A line is a language tag, a tab, and a text with "|" where one sentence ends and
//! the next starts; white space around "|" is the text's own. `\|`, `\n`, `\t`, `\\`
//! and `\u{2028}` stand for characters. Blank lines, and lines that start with "#",
//! are skipped. A line that starts with "miss " and a reason in brackets is known to
//! come out wrong: the test tells when it no longer does. Must not know why a case is
//! right: the files' headings say so.

use std::{fs, path::Path};

use verbatim::analysis::{
    Span,
    language::LanguageTag,
    sentences::{Sentence, split},
};

const FOLDER: &str = "tests/data/sentences";

#[test]
fn every_case() {
    let mut files: Vec<_> =
        fs::read_dir(FOLDER).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    files.sort();
    assert!(!files.is_empty(), "no files in {FOLDER}");
    let (mut report, mut failures, mut total) = (String::new(), 0, 0);
    for path in files {
        let (problems, cases) = check_file(&path);
        assert!(cases > 0, "{} has no cases", path.display());
        failures += problems.len();
        total += cases;
        report.extend(problems);
    }
    assert!(failures == 0, "{report}\n{failures} of {total} cases fail");
}

/// What is wrong with the cases of one file, and how many it has.
fn check_file(path: &Path) -> (Vec<String>, usize) {
    let content = fs::read_to_string(path).unwrap();
    let (mut problems, mut cases) = (Vec::new(), 0);
    for (number, line) in (1..).zip(content.lines()) {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        cases += 1;
        let (line, is_known_miss) = match line.strip_prefix("miss (") {
            Some(miss) => (miss.split_once(") ").map_or("", |(_, line)| line), true),
            None => (line, false),
        };
        let result = match Case::read(line).map(|case| case.check()) {
            Ok(Err(_)) if is_known_miss => Ok(()),
            Ok(Ok(())) if is_known_miss => Err("no longer a miss: unmark it".to_owned()),
            Ok(checked) => checked,
            Err(malformed) => Err(malformed),
        };
        if let Err(problem) = result {
            let name = path.file_name().unwrap_or_default().display();
            problems.push(format!("\n{name}:{number}: {problem}\n"));
        }
    }
    (problems, cases)
}

/// A text and its sentences.
#[derive(Debug)]
struct Case {
    language: LanguageTag,
    text: String,
    expected: Vec<Span>,
}

impl Case {
    fn read(line: &str) -> Result<Self, String> {
        let (tag, marked) = line.split_once('\t').ok_or("no tab after the language tag")?;
        let language = LanguageTag::parse(tag).map_err(|_| format!("{tag:?} is no language"))?;
        let (mut text, mut starts) = (String::new(), vec![0]);
        let mut rest = marked;
        while let Some(c) = rest.chars().next() {
            rest = &rest[c.len_utf8()..];
            match c {
                '|' => starts.push(text.len()),
                '\\' => text.push(escape(&mut rest)?),
                c => text.push(c),
            }
        }
        let ends = starts[1..].iter().copied().chain([text.len()]);
        let expected: Vec<_> = starts
            .iter()
            .zip(ends)
            .map(|(&start, end)| Span::new(start, end).trim(&text))
            .collect();
        if expected.iter().any(|span| span.is_empty()) {
            return Err("a sentence is empty".into());
        }
        Ok(Self { language, text, expected })
    }

    fn check(&self) -> Result<(), String> {
        let sentences = split(&self.text, &self.language);
        obeys_laws(&self.text, &sentences)?;
        let found: Vec<_> = sentences.iter().map(|sentence| sentence.span).collect();
        if found == self.expected {
            return Ok(());
        }
        let (expected, found) = (self.marked(&self.expected), self.marked(&found));
        Err(format!("{}\n  expected {expected}\n  found    {found}", self.language))
    }

    /// The text as a line has it, with "|" before each sentence but the first.
    fn marked(&self, sentences: &[Span]) -> String {
        let mut line = String::new();
        for (at, c) in self.text.char_indices() {
            if sentences.iter().skip(1).any(|sentence| sentence.start == at) {
                line.push('|');
            }
            match c {
                '|' | '\\' => line.extend(['\\', c]),
                '\n' => line.push_str("\\n"),
                '\t' => line.push_str("\\t"),
                // White space and controls that nobody could see.
                c if c != ' ' && (c.is_whitespace() || c.is_control()) => {
                    line.extend(c.escape_unicode());
                }
                c => line.push(c),
            }
        }
        line
    }
}

/// Reads what follows a backslash.
fn escape(rest: &mut &str) -> Result<char, String> {
    let unknown = || "unknown escape".to_owned();
    if let Some(hex) = rest.strip_prefix("u{") {
        let (digits, after) = hex.split_once('}').ok_or_else(unknown)?;
        *rest = after;
        let code = u32::from_str_radix(digits, 16).map_err(|_| unknown())?;
        return char::from_u32(code).ok_or_else(unknown);
    }
    let c = rest.chars().next().ok_or_else(unknown)?;
    *rest = &rest[c.len_utf8()..];
    match c {
        'n' => Ok('\n'),
        't' => Ok('\t'),
        '|' | '\\' => Ok(c),
        _ => Err(unknown()),
    }
}

/// The laws for any text: every character but white space lies in exactly one
/// sentence, no sentence has white space at its ends, paragraphs count up by one.
fn obeys_laws(text: &str, sentences: &[Sentence]) -> Result<(), String> {
    let (mut end, mut next_paragraph) = (0, 0);
    for &Sentence { span, paragraph } in sentences {
        if span.start < end || span.is_empty() || span.trim(text) != span {
            return Err(format!("sentence {span:?} is empty, overlaps or has space at an end"));
        }
        if !Span::new(end, span.start).trim(text).is_empty() {
            return Err(format!("text before {span:?} lies in no sentence"));
        }
        if paragraph != next_paragraph && paragraph + 1 != next_paragraph {
            return Err(format!("paragraph {paragraph} of {span:?} is out of order"));
        }
        (end, next_paragraph) = (span.end, paragraph + 1);
    }
    match Span::new(end, text.len()).trim(text) {
        rest if rest.is_empty() => Ok(()),
        rest => Err(format!("text at the end, {rest:?}, lies in no sentence")),
    }
}

#[test]
fn a_line_says_what_is_wrong_with_it() {
    let problem = |line: &str| Case::read(line).and_then(|case| case.check()).err();
    assert_eq!(problem("en\tOne.\\n\\n|Two \\| \\u{22}three\\u{22}."), None);
    assert_eq!(problem("en One."), Some("no tab after the language tag".into()));
    assert_eq!(problem("?\tOne."), Some("\"?\" is no language".into()));
    assert_eq!(problem("en\tOne.||Two."), Some("a sentence is empty".into()));
    assert_eq!(problem("en\tOne.\\x"), Some("unknown escape".into()));
    let expect = "en\n  expected One.\\n|Two|, three.\n  found    One.\\n|Two, three.";
    assert_eq!(problem("en\tOne.\\n|Two|, three."), Some(expect.into()));
}
