//! Speed: the detectors in turns over the same texts, on one thread.

use std::{collections::BTreeMap, hint::black_box, time::Instant};

use serde_json::{Value, json};

use crate::{Row, detectors::Detector};

/// Turns of each detector; the fastest of them counts.
const TURNS: usize = 5;

/// Bytes of a kind of text; the slowest detector reads a tenth of them.
const BYTES: usize = 2_000_000;

/// Short texts have fewer bytes than this.
const SHORT: usize = 100;

/// For each kind of text, seconds, bytes and texts of each detector.
pub fn measure(
    detectors: &[Detector],
    files: &[(&str, Vec<Row>)],
    articles: &[Row],
) -> BTreeMap<&'static str, Value> {
    let of = |name: &'static str| {
        files.iter().filter(move |(n, _)| *n == name).flat_map(|(_, r)| r.iter())
    };
    let texts = |rows: Vec<&Row>| -> Vec<String> { rows.iter().map(|r| r.text.clone()).collect() };
    let short = files.iter().flat_map(|(_, rows)| rows).filter(|row| row.text.len() < SHORT);
    let kinds = [
        ("words", texts(of("lingua-single-words").collect())),
        ("short", texts(short.collect())),
        ("sentences", texts(of("lingua-sentences").collect())),
        ("articles", texts(articles.iter().collect())),
    ];
    kinds.into_iter().map(|(kind, texts)| (kind, json!(time(detectors, &texts)))).collect()
}

fn time(detectors: &[Detector], texts: &[String]) -> BTreeMap<&'static str, Value> {
    let mut best = BTreeMap::new();
    for turn in 0..TURNS {
        for detector in detectors {
            let slow = detector.name == "lingua";
            if slow && turn > 0 {
                continue;
            }
            // Evenly chosen: rows stand in the order of languages.
            let total: usize = texts.iter().map(String::len).sum();
            let limit = if slow { BYTES / 10 } else { BYTES };
            let step = total.div_ceil(limit).max(1);
            let chosen: Vec<_> = texts.iter().step_by(step).collect();
            let bytes: usize = chosen.iter().map(|text| text.len()).sum();
            let start = Instant::now();
            for text in &chosen {
                black_box(detector.detect(black_box(text)));
            }
            let seconds = start.elapsed().as_secs_f64();
            let entry = best.entry(detector.name).or_insert((f64::MAX, 0, 0));
            if seconds < entry.0 {
                *entry = (seconds, bytes, chosen.len());
            }
        }
    }
    let line =
        |(seconds, bytes, texts)| json!({"seconds": seconds, "bytes": bytes, "texts": texts});
    best.into_iter().map(|(name, figures)| (name, line(figures))).collect()
}
