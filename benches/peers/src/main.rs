//! Measures Verbatim beside other language detectors, in one process and one run.
//!
//! `cargo run --release --manifest-path benches/peers/Cargo.toml -- DATA ARTICLES` prints
//! one JSON object: accuracy by file and language of DATA/languages, and speed on those
//! rows and on the texts of ARTICLES. `docs/accuracy/peers/languages.py` makes the page
//! of it.

mod detectors;
mod speed;

use std::{collections::BTreeMap, env, error::Error, fs, path::Path};

use detectors::Detector;
use serde::Deserialize;
use serde_json::{Value, json};

/// What is measured: every row of lingua's, and of the others those that the model was
/// not trained on.
const FILES: [(&str, bool); 5] = [
    ("lingua-single-words", false),
    ("lingua-word-pairs", false),
    ("lingua-sentences", false),
    ("ntrex", true),
    ("tatoeba", true),
];

#[derive(Deserialize)]
pub struct Row {
    #[serde(default)]
    language: String,
    text: String,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [data, articles] = &arguments[..] else {
        return Err("usage: language-peers DATA ARTICLES".into());
    };
    let files = FILES
        .map(|(name, split)| {
            let path = Path::new(data).join("languages").join(name).with_extension("jsonl");
            rows(&path).map(|rows| (name, if split { held_out(name, rows) } else { rows }))
        })
        .into_iter()
        .collect::<Result<Vec<_>, _>>()?;
    let articles = rows(Path::new(articles))?;
    let detectors = detectors::all();
    let accuracy: BTreeMap<_, Value> = files
        .iter()
        .map(|(name, rows)| {
            let of = |d: &Detector| (d.name.to_owned(), score(d, rows));
            (*name, Value::Object(detectors.iter().map(of).collect()))
        })
        .collect();
    let languages: BTreeMap<_, _> = detectors.iter().map(|d| (d.name, &d.languages)).collect();
    let speed = speed::measure(&detectors, &files, &articles);
    println!("{}", json!({ "accuracy": accuracy, "languages": languages, "speed": speed }));
    Ok(())
}

fn rows(path: &Path) -> Result<Vec<Row>, Box<dyn Error>> {
    let lines = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    Ok(lines.lines().map(serde_json::from_str).collect::<Result<_, _>>()?)
}

/// The fifth of each language that the trainer leaves aside (`training/languages`).
fn held_out(name: &str, rows: Vec<Row>) -> Vec<Row> {
    let block = if name == "ntrex" { 40 } else { 1 };
    let mut counts = BTreeMap::<String, usize>::new();
    rows.into_iter()
        .filter(|row| {
            let count = counts.entry(row.language.clone()).or_default();
            *count += 1;
            (*count - 1) / block % 5 == 0
        })
        .collect()
}

/// Rows and right answers of each language.
fn score(detector: &Detector, rows: &[Row]) -> Value {
    let mut counts = BTreeMap::<&str, [usize; 2]>::new();
    for row in rows {
        let right = detector.detect(&row.text) == row.language;
        let [all, correct] = counts.entry(&row.language).or_default();
        *all += 1;
        *correct += usize::from(right);
    }
    json!(counts)
}
