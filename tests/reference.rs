//! The reference articles, compared in full with what a careful reader writes by
//! hand: `tests/data/reference/README.md` tells how.

use std::{collections::BTreeSet, fs, path::Path};

use verbatim::analysis::{
    Analysis, Analyzer, Features, Span,
    quotes::{Quote, QuoteKind},
};

#[test]
fn our_own_press_conference() {
    check("samples/press-conference.txt", "press-conference");
}

#[test]
fn the_agency_report_where_it_is_at_hand() {
    let article = "../shared/articles/lavrov.txt";
    if !Path::new(article).exists() {
        println!("{article} is not at hand; the test of our own article stands for it");
        return;
    }
    check(article, "lavrov");
}

/// Compares the analysis of `article` with `expected`, and says of every
/// difference what it is.
fn check(article: &str, expected: &str) {
    let text = fs::read_to_string(article).unwrap();
    let path = format!("tests/data/reference/{expected}.expected");
    let expected = fs::read_to_string(&path).unwrap();
    let analysis = Analyzer::new().analyze(&text, None, Features::ALL);
    let mut problems = Vec::new();
    for part in expected.split("# ").skip(1) {
        let (name, lines) = part.split_once('\n').unwrap();
        let found: BTreeSet<_> = found(name, &text, &analysis).into_iter().collect();
        let mut known = BTreeSet::new();
        for line in lines.lines().filter(|line| !line.is_empty()) {
            let (mark, line) = match line.split_once(' ') {
                Some((mark @ ("miss" | "wrong"), line)) => (mark, line),
                _ => ("", line),
            };
            let line = spell_out(name, line, &text);
            match (mark, found.contains(&line)) {
                ("", false) => problems.push(format!("{name}: not found: {line}")),
                ("miss", true) => {
                    problems.push(format!("{name}: found, strike out the miss: {line}"))
                }
                ("wrong", false) => problems.push(format!("{name}: gone, strike it out: {line}")),
                _ => {}
            }
            known.insert(line);
        }
        for line in found.difference(&known) {
            problems.push(format!("{name}: found, and should not be: {line}"));
        }
    }
    assert!(problems.is_empty(), "{article} against {path}\n{}", problems.join("\n"));
}

/// One part of the analysis, in the form of the expected lines.
fn found(part: &str, text: &str, analysis: &Analysis) -> Vec<String> {
    match part {
        "language" => vec![analysis.language.to_string()],
        "sentences" => {
            let sentences = analysis.sentences.as_ref().unwrap().iter();
            sentences.map(|s| format!("{} | {}", s.paragraph, s.span.of(text))).collect()
        }
        "entities" => {
            let entities = analysis.entities.as_ref().unwrap().entities.iter();
            let line = |kind: String, name: &str, n| format!("{kind} | {name} | {n}");
            entities
                .map(|e| line(e.kind.name().to_uppercase(), &e.name, e.mentions.len()))
                .collect()
        }
        "quotes" => {
            analysis.quotes.as_ref().unwrap().iter().map(|quote| quote_line(quote, text)).collect()
        }
        other => panic!("no part is called {other:?}"),
    }
}

fn quote_line(quote: &Quote, text: &str) -> String {
    let kind = match quote.kind {
        QuoteKind::Direct => "direct",
        QuoteKind::Indirect => "indirect",
        QuoteKind::Mixed => "mixed",
    };
    let piece = |span: Option<Span>| span.map_or("-", |span| span.of(text));
    let speaker = quote.speaker.as_ref();
    let name = speaker.map_or("-", |s| if s.name.is_empty() { "-" } else { &s.name });
    let mut fields = vec![kind, name, piece(speaker.map(|s| s.mention)), piece(quote.cue)];
    fields.extend(quote.content.iter().map(|span| span.of(text)));
    fields.join(" | ")
}

/// The line with every `first words ... last words` as it stands in the text.
fn spell_out(part: &str, line: &str, text: &str) -> String {
    let fields = line.split(" | ").map(|field| {
        let Some((first, last)) = field.split_once(" ... ") else { return field.to_owned() };
        let starts = text.match_indices(first).map(|(start, _)| start);
        // Where several pieces fit, the shortest is meant.
        let piece = starts
            .filter_map(|start| {
                let rest = start + first.len();
                text[rest..].find(last).map(|end| &text[start..rest + end + last.len()])
            })
            .min_by_key(|piece| piece.len());
        piece.unwrap_or_else(|| panic!("{part}: {field:?} is not in the text")).to_owned()
    });
    fields.collect::<Vec<_>>().join(" | ")
}
