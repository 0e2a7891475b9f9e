//! `verbatim evaluate` over hand-made rows: what does not depend on how good the
//! analysis is. Known scores are tested beside each measure.

use std::{
    fs::File,
    io::{BufRead, BufReader, Cursor, Write},
    path::PathBuf,
    process::{Command, Output, Stdio},
};

use serde_json::Value;
use verbatim::{
    analysis::Analyzer,
    evaluate::{Cell, Input, Options, Report, Task, evaluate},
};

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/evaluate").join(name)
}

fn measure(task: Task) -> Report {
    let name = format!("{}.jsonl", task.name());
    let file = File::open(path(&name)).unwrap();
    measure_rows(task, &name, Box::new(BufReader::new(file)))
}

fn measure_rows(task: Task, name: &str, reader: Box<dyn BufRead>) -> Report {
    let input = Input { name: name.to_owned(), reader };
    evaluate(task, &Analyzer::new(), &Options::default(), [Ok(input)]).unwrap()
}

/// The sum of some counts of a line.
fn sum(report: &Report, group: &str, line: &str, columns: &[&str]) -> usize {
    let count = |column: &&str| match report.cell(group, line, column) {
        Some(Cell::Count(count)) => *count,
        cell => panic!("{group}, {line}, {column}: {cell:?}"),
    };
    columns.iter().map(count).sum()
}

fn names<'a>(report: &'a Report, group: &str) -> Vec<&'a str> {
    let group = report.groups.iter().find(|g| g.name == group).unwrap();
    group.lines.iter().map(|line| line.name.as_str()).collect()
}

fn check_errors(report: &Report, expect: &[(usize, &str)]) {
    let errors: Vec<_> = report.errors.iter().map(|e| (e.line, e.message.as_str())).collect();
    assert_eq!(errors, expect);
    assert_eq!(report.bad_lines, expect.len());
}

#[test]
fn languages_that_the_detector_does_not_know_are_named() {
    let report = measure(Task::Languages);
    check_errors(&report, &[(6, "not valid JSON (column 26)")]);
    let file = |column| sum(&report, "by file", "languages.jsonl", &[column]);
    assert_eq!((file("rows"), file("languages"), file("bad_lines")), (4, 3, 1));
    assert!(names(&report, "languages not supported").contains(&"tlh"));
}

#[test]
fn sentence_ends_and_cases_have_figures_of_their_own() {
    let report = measure(Task::Sentences);
    check_errors(&report, &[(3, "no sentence can end at 11 in a text of 10 code points")]);
    assert_eq!(names(&report, "by language"), ["en", "fr"]);
    // The last end of each document is not counted.
    assert_eq!(sum(&report, "overall", "all files", &["tp", "fn"]), 3);
    assert_eq!(sum(&report, "cases", "sentences.jsonl", &["cases"]), 2);
    assert_eq!(sum(&report, "cases", "sentences.jsonl", &["altered"]), 1);
    assert!(names(&report, "cases missed").contains(&"changed text #002"));
}

#[test]
fn entities_count_every_row_scored_or_not() {
    let report = measure(Task::Entities);
    check_errors(
        &report,
        &[
            (4, r#"unknown entity type "WEATHER""#),
            (5, "the piece from 3 to 11 is empty or outside the text of 10 code points"),
            (6, "the piece from 3 to 3 is empty or outside the text of 10 code points"),
            (7, "missing field `text`"),
        ],
    );
    let file = |columns: &[_]| sum(&report, "by file", "entities.jsonl", columns);
    assert_eq!((file(&["rows"]), file(&["unsupported"]), report.rows), (2, 1, 3));
    assert_eq!(file(&["tp", "fn"]), 3);
    assert_eq!(
        report.cell("by file", "entities.jsonl", "types_scored"),
        Some(&Cell::Text("Person Location".to_owned()))
    );
    assert_eq!(names(&report, "languages not supported"), ["xh"]);
}

#[test]
fn quotes_count_every_piece() {
    let report = measure(Task::Quotes);
    check_errors(
        &report,
        &[(4, "the piece from 0 to 99 is empty or outside the text of 13 code points")],
    );
    let overall = |name| sum(&report, "overall", name, &["tp", "fn"]);
    assert_eq!(["source", "cue", "content", "relation"].map(overall), [2, 2, 3, 2]);
    let kind = |name| sum(&report, "relations by kind", name, &["tp", "fn"]);
    assert_eq!(["direct", "indirect", "mixed"].map(kind), [1, 1, 0]);
    assert_eq!(sum(&report, "speakers", "full names", &["sources"]), 1);
    assert_eq!(names(&report, "by language"), ["en", "xh"]);
}

#[test]
fn quotes_within_quotes_count_where_they_are_annotated() {
    let row = |inner: &str| {
        let text = "“Bo told me: ‘Go home,’ and I did,” said Ana Lee.";
        format!(
            r#"{{"language": "en", "text": "{text}", "attributions": [{{"source": [[41, 48]],
            "cue": [[36, 40]], "content": [[0, 35]], "kind": "direct"}}{inner}]}}"#
        )
        .replace('\n', " ")
    };
    let within = r#", {"source": [[1, 3]], "cue": [[4, 8]], "content": [[13, 23]],
        "kind": "direct", "within": true}"#;
    for (row, right) in [(row(""), 1), (row(within), 2)] {
        let report = measure_rows(Task::Quotes, "rows", Box::new(Cursor::new(row)));
        check_errors(&report, &[]);
        let relations = |column| sum(&report, "overall", "relation", &[column]);
        assert_eq!(["tp", "fp", "fn"].map(relations), [right, 0, 0]);
    }
}

fn verbatim(arguments: &[&str], input: &str) -> Output {
    let mut process = Command::new(env!("CARGO_BIN_EXE_verbatim"))
        .arg("evaluate")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A run that ends before it reads closes the pipe.
    let _ = process.stdin.take().unwrap().write_all(input.as_bytes());
    process.wait_with_output().unwrap()
}

#[test]
fn the_command_reads_files_and_says_which_lines_are_bad() {
    let file = path("entities.jsonl");
    let output = verbatim(&["entities", file.to_str().unwrap(), "--format", "json"], "");
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&report["rows"], &report["bad_lines"]), (&Value::from(3), &Value::from(4)));
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(errors.contains("entities.jsonl:7: missing field `text`"), "{errors}");
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn the_command_reads_standard_input() {
    let row = r#"{"text": "It rained. It stopped.", "sentence_ends": [10, 22]}"#;
    for arguments in [&["sentences", "--language", "en"][..], &["sentences", "-"]] {
        let output = verbatim(arguments, row);
        assert_eq!((output.status.code(), &output.stderr[..]), (Some(0), &b""[..]));
        let table = String::from_utf8(output.stdout).unwrap();
        assert!(table.contains("macro mean") && !table.contains("rained"), "{table}");
    }
}

#[test]
fn the_command_refuses_files_that_are_not_there_before_it_starts() {
    let good = path("sentences.jsonl");
    let output = verbatim(&["sentences", good.to_str().unwrap(), "missing.jsonl"], "");
    assert_eq!((output.status.code(), &output.stdout[..]), (Some(1), &b""[..]));
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.starts_with("error: cannot read missing.jsonl: "), "{error}");
    assert_eq!(verbatim(&["weather"], "").status.code(), Some(64));
}
