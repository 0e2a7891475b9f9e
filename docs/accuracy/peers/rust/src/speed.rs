//! Seconds that each splitter takes for the same articles, one thread, one call each.
//!
//! Rounds go through all splitters in turn, so that a machine that grows slower does
//! so for all. The number of sentences is kept, so that no work can be left out.

use std::{collections::BTreeMap, error::Error, hint::black_box, time::Instant};

use serde::{Deserialize, Serialize};

use crate::splitters;

#[derive(Deserialize)]
struct Article {
    text: String,
}

#[derive(Serialize)]
struct Speed {
    bytes: usize,
    articles: usize,
    peers: BTreeMap<&'static str, Timing>,
}

#[derive(Default, Serialize)]
struct Timing {
    sentences: usize,
    seconds: Vec<f64>,
}

pub fn speed(lines: &str, rounds: usize) -> Result<String, Box<dyn Error>> {
    let articles: Vec<Article> =
        lines.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let bytes = articles.iter().map(|article| article.text.len()).sum();
    let mut splitters = splitters::all();
    let mut peers: BTreeMap<_, Timing> = BTreeMap::new();
    // The first round warms up: lists are read, pages are touched.
    for round in 0..=rounds {
        for splitter in &mut splitters {
            let start = Instant::now();
            let counts =
                articles.iter().map(|article| splitter.count(black_box(&article.text), "en"));
            let sentences = black_box(counts.sum());
            let seconds = start.elapsed().as_secs_f64();
            let timing = peers.entry(splitter.name()).or_default();
            timing.sentences = sentences;
            if round > 0 {
                timing.seconds.push(seconds);
            }
        }
    }
    let speed = Speed { bytes, articles: articles.len(), peers };
    Ok(serde_json::to_string(&speed)?)
}
