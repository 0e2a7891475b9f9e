//! What the language detector will be trained on: so far, words drawn from lingua's tables
//! of n-grams.
//!
//! `cargo run --release --manifest-path training/languages/Cargo.toml -- COUNT LANGUAGE…`
//! prints COUNT words of each language, by the names of the packages ("nynorsk"). Reads
//! nothing of those packages but their tables.

mod ngrams;
mod random;

use std::{
    error::Error,
    path::{Path, PathBuf},
    process::Command,
};

use ngrams::Words;
use random::Random;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let [count, languages @ ..] = arguments.as_slice() else {
        return Err("usage: train-languages COUNT LANGUAGE…".into());
    };
    let count = count.parse()?;
    for language in languages {
        let words = Words::read(&table(language)?)?;
        let words = words.ok_or_else(|| format!("{language} has no runs of letters"))?;
        let mut random = Random::new(42);
        let drawn: Vec<_> = (0..count).map(|_| words.draw(&mut random)).collect();
        println!("{language}: {}", drawn.join(" "));
    }
    Ok(())
}

/// The file of n-grams of `language`, in the package that cargo fetches.
fn table(language: &str) -> Result<PathBuf, Box<dyn Error>> {
    let told = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--all-features", "--manifest-path"])
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml"))
        .output()?;
    let told: serde_json::Value = serde_json::from_slice(&told.stdout)?;
    let name = format!("lingua-{language}-language-model");
    let packages = told["packages"].as_array().ok_or("cargo tells no packages")?;
    let manifest = packages
        .iter()
        .find(|package| package["name"] == name.as_str())
        .and_then(|package| package["manifest_path"].as_str())
        .ok_or_else(|| format!("no package {name}"))?;
    Ok(Path::new(manifest).with_file_name("models").join("ngrams.fst"))
}
