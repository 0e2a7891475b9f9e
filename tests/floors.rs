//! Floors a little below what the models reach: on news written for this test, and on
//! the development files where they are at hand (`VERBATIM_DATA`, else ../shared/data).

use std::{
    collections::BTreeSet,
    fs::File,
    io::{BufRead, BufReader, Cursor},
    path::PathBuf,
    process::Command,
};

use verbatim::{
    analysis::{Analyzer, Feature, Features, language::LanguageTag},
    evaluate::{Cell, Input, Options, Report, Task, evaluate},
};

const NEWS: &str = include_str!("data/entities/news.txt");

/// A line without its brackets, and its entities: (start, end, type).
fn read(line: &str) -> (String, BTreeSet<(usize, usize, String)>) {
    let (mut text, mut entities) = (String::new(), BTreeSet::new());
    for (index, piece) in line.split(['[', ']']).enumerate() {
        if index % 2 == 0 {
            text += piece;
            continue;
        }
        let (kind, words) = piece.split_once(' ').expect("a type before the words");
        let start = text.len();
        text += words;
        entities.insert((start, text.len(), kind.to_owned()));
    }
    (text, entities)
}

#[test]
fn entities_of_news() {
    let analyzer = Analyzer::new();
    let english = LanguageTag::from_static("en");
    let (mut right, mut found, mut gold) = (0, 0, 0);
    for line in NEWS.lines().filter(|line| !line.starts_with('#')) {
        let (text, expect) = read(line);
        let wanted = Features::from_iter([Feature::Entities]);
        let analysis = analyzer.analyze(&text, Some(&english), wanted);
        let mentions: BTreeSet<_> = analysis
            .entities
            .unwrap()
            .mentions
            .iter()
            .map(|m| (m.span.start, m.span.end, m.kind.name().to_uppercase()))
            .collect();
        right += mentions.intersection(&expect).count();
        found += mentions.len();
        gold += expect.len();
        for (start, end, kind) in mentions.symmetric_difference(&expect) {
            println!("{kind} {}: {text}", &text[*start..*end]);
        }
    }
    let f1 = 2.0 * right as f64 / (found + gold) as f64;
    println!("F1 {f1:.3}: {right} right of {found} found and {gold} there");
    assert!(f1 >= 0.9, "{f1}");
}

fn data() -> PathBuf {
    std::env::var_os("VERBATIM_DATA").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data"),
        PathBuf::from,
    )
}

fn report(task: Task, reader: Box<dyn BufRead>) -> Report {
    let input = Input { name: "file".to_owned(), reader };
    evaluate(task, &Analyzer::new(), &Options::default(), [Ok(input)]).unwrap()
}

/// The report on a file of the corpora, or `None`, told, where there is none.
fn report_of(task: Task, path: &str) -> Option<Report> {
    let path = data().join(path);
    let Ok(file) = File::open(&path) else {
        println!("left out: {} is not there", path.display());
        return None;
    };
    Some(report(task, Box::new(BufReader::new(file))))
}

fn figure(report: &Report, group: &str, line: &str, column: &str) -> f64 {
    match report.cell(group, line, column) {
        Some(Cell::Ratio(figure)) => figure.expect("something to count"),
        cell => panic!("{group}, {line}, {column}: {cell:?}"),
    }
}

#[test]
fn entities_of_the_development_file() {
    let Some(report) = report_of(Task::Entities, "entities/worldwide.dev.jsonl") else {
        return;
    };
    assert!(figure(&report, "by file", "file", "f1") >= 0.84);
}

#[test]
fn quotes_of_the_development_files() {
    let Some(polnear) = report_of(Task::Quotes, "quotes/polnear.dev.jsonl") else {
        return;
    };
    for (part, floor) in [("source", 0.79), ("cue", 0.745), ("content", 0.695), ("relation", 0.61)]
    {
        let f1 = figure(&polnear, "overall", part, "f1");
        assert!(f1 >= floor, "{part} {f1}");
    }

    // Thirty articles of world news, where names are annotated too.
    let Some(world) = report_of_annotations("worldwide") else { return };
    for (line, floor) in [("full names", 0.845), ("nameless", 0.95)] {
        let accuracy = figure(&world, "speakers", line, "accuracy");
        assert!(accuracy >= floor, "{line} {accuracy}");
    }
    assert!(figure(&world, "relations by kind", "direct", "f1") >= 0.95);
    assert!(figure(&world, "overall", "relation", "f1") >= 0.8);

    // News in seven other languages.
    let Some(others) = report_of_annotations("ntrex") else { return };
    assert!(figure(&others, "overall", "relation", "f1") >= 0.71);
    assert!(figure(&others, "speakers", "full names", "accuracy") >= 0.59);
}

/// The report on annotations of `tests/data/quotes`, or `None`, told, where nothing puts
/// their texts in.
fn report_of_annotations(name: &str) -> Option<Report> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/quotes/with_text.py");
    let Ok(output) = Command::new("python3").arg(script).arg(data()).arg(name).output() else {
        println!("left out: no python3 puts the articles' texts in");
        return None;
    };
    assert!(output.status.success(), "{output:?}");
    Some(report(Task::Quotes, Box::new(Cursor::new(output.stdout))))
}
