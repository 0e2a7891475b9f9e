//! F1 of sentence ends by file, and rule cases split right, for each splitter.
//!
//! The rule is that of the product's `src/evaluate/sentences.rs`, and
//! `python/scoring.py` has it too: an end is the position after the last character
//! that is not white space, the last end of a text is not counted, counts are pooled
//! in a file; a case is right when its sentences are, white space aside.

use std::{
    collections::{BTreeMap, BTreeSet},
    error::Error,
    panic::{AssertUnwindSafe, catch_unwind},
};

use serde::{Deserialize, Serialize};

use crate::splitters::{self, Splitter};

#[derive(Deserialize)]
struct Row {
    file: String,
    line: usize,
    language: String,
    text: String,
    /// In code points; or the sentences of a case.
    sentence_ends: Option<Vec<usize>>,
    sents: Option<Vec<String>>,
}

#[derive(Default, Serialize)]
struct Scores {
    files: BTreeMap<String, Ends>,
    golden: BTreeMap<String, Cases>,
    /// Texts on which the splitter panicked: they have no ends.
    failed: usize,
}

#[derive(Default, Serialize)]
struct Ends {
    tp: usize,
    fp: usize,
    r#fn: usize,
    f1: f64,
}

#[derive(Default, Serialize)]
struct Cases {
    cases: usize,
    right: usize,
    missed: Vec<Missed>,
}

#[derive(Serialize)]
struct Missed {
    line: usize,
    given: Vec<String>,
}

pub fn score(lines: &str) -> Result<String, Box<dyn Error>> {
    let rows: Vec<Row> = lines.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let mut peers = BTreeMap::new();
    for mut splitter in splitters::all() {
        let mut scores = Scores::default();
        for row in &rows {
            scores.add(row, splitter.as_mut());
        }
        peers.insert(splitter.name(), scores);
    }
    Ok(serde_json::to_string(&BTreeMap::from([("peers", peers)]))?)
}

impl Scores {
    fn add(&mut self, row: &Row, splitter: &mut dyn Splitter) {
        let text = &row.text;
        let split = || splitter.ends(text, &row.language);
        let ends = catch_unwind(AssertUnwindSafe(split)).unwrap_or_else(|_| {
            self.failed += 1;
            Vec::new()
        });
        let predicted = inner_ends(text, &ends);
        if let Some(gold) = &row.sentence_ends {
            let gold = inner_ends(text, &bytes_of(text, gold));
            self.files.entry(row.file.clone()).or_default().add(&gold, &predicted);
        } else if let Some(gold) = &row.sents {
            let given = pieces(text, &predicted);
            let cases = self.golden.entry(row.file.clone()).or_default();
            cases.cases += 1;
            if given.iter().map(|s| letters(s)).eq(gold.iter().map(|s| letters(s))) {
                cases.right += 1;
            } else {
                let given = given.iter().map(|&s| s.to_owned()).collect();
                cases.missed.push(Missed { line: row.line, given });
            }
        }
    }
}

impl Ends {
    fn add(&mut self, gold: &BTreeSet<usize>, predicted: &BTreeSet<usize>) {
        let right = gold.intersection(predicted).count();
        self.tp += right;
        self.fp += predicted.len() - right;
        self.r#fn += gold.len() - right;
        let both = 2 * self.tp + self.fp + self.r#fn;
        self.f1 = if both == 0 { 0.0 } else { 2.0 * self.tp as f64 / both as f64 };
    }
}

/// The bytes at which these numbers of code points end.
fn bytes_of(text: &str, code_points: &[usize]) -> Vec<usize> {
    let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    bytes.push(text.len());
    code_points.iter().map(|&at| bytes[at]).collect()
}

/// The ends with text before and after them, without the white space before them.
fn inner_ends(text: &str, ends: &[usize]) -> BTreeSet<usize> {
    let last = text.trim_end().len();
    let trimmed = ends.iter().map(|&end| text[..end].trim_end().len());
    trimmed.filter(|&end| 0 < end && end < last).collect()
}

/// The sentences between these ends.
fn pieces<'a>(text: &'a str, ends: &BTreeSet<usize>) -> Vec<&'a str> {
    let mut start = 0;
    let mut pieces = Vec::new();
    for end in ends.iter().copied().chain([text.len()]) {
        pieces.push(text[start..end].trim());
        start = end;
    }
    pieces
}

/// All but white space.
fn letters(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
