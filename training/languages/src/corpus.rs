//! What is read: rows of text, lists of words, and where each comes from.

use std::{
    collections::HashMap,
    error::Error,
    fs,
    io::Read,
    path::{Path, PathBuf},
    process::Command,
};

use serde::Deserialize;

use crate::languages::LANGUAGES;

#[derive(Deserialize)]
struct Row {
    language: String,
    text: String,
}

/// Rows of text: the index of the language, and the text.
pub type Rows = Vec<(usize, String)>;

/// The rows of `file` in languages that are learned.
pub fn rows(file: &Path) -> Result<Rows, Box<dyn Error>> {
    let known: HashMap<_, _> = LANGUAGES.iter().enumerate().map(|(i, l)| (l.tag, i)).collect();
    let mut rows = Rows::new();
    let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    for line in text.lines() {
        let row: Row = serde_json::from_str(line)?;
        if let Some(&language) = known.get(row.language.as_str()) {
            rows.push((language, row.text));
        }
    }
    Ok(rows)
}

/// Splits rows into those to learn from and those held out, one in five of each language:
/// by blocks of `block` rows, so that no article is in both.
pub fn split(rows: Rows, block: usize) -> (Rows, Rows) {
    let mut seen = vec![0; LANGUAGES.len()];
    rows.into_iter().partition(|(language, _)| {
        let index = seen[*language];
        seen[*language] += 1;
        index / block % 5 != 0
    })
}

/// The words of `language` in wordfreq, of letters alone, and how often each occurs.
pub fn word_frequencies(
    wheel: &Path,
    language: &str,
) -> Result<Vec<(String, f64)>, Box<dyn Error>> {
    let file = |size: &str| wheel.join(format!("wordfreq/data/{size}_{language}.msgpack.gz"));
    let bytes = fs::read(file("large")).or_else(|_| fs::read(file("small")))?;
    let mut unpacked = Vec::new();
    flate2::read::GzDecoder::new(bytes.as_slice()).read_to_end(&mut unpacked)?;
    // A head, then the words of each centibel below 1.
    let bins: Vec<serde_json::Value> = rmp_serde::from_slice(&unpacked)?;
    let mut words = Vec::new();
    for (centibel, bin) in bins.iter().skip(1).enumerate() {
        let frequency = 10f64.powf(centibel as f64 / -100.0);
        for word in bin.as_array().into_iter().flatten().filter_map(|word| word.as_str()) {
            if !word.contains(|c: char| c.is_ascii() && !c.is_ascii_alphabetic()) {
                words.push((word.to_owned(), frequency));
            }
        }
    }
    Ok(words)
}

/// The folder of wordfreq's package, fetched from PyPI where it is not there yet.
pub fn wordfreq() -> Result<PathBuf, Box<dyn Error>> {
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/wordfreq");
    if !target.exists() {
        let done = Command::new("python3")
            .args(["-m", "pip", "install", "--quiet", "--no-deps", "--target"])
            .arg(&target)
            .arg("wordfreq==3.1.1")
            .status()?;
        if !done.success() {
            return Err("pip could not fetch wordfreq".into());
        }
    }
    Ok(target)
}

/// The folders of lingua's packages, by their names, as cargo fetches them.
pub fn lingua() -> Result<HashMap<String, PathBuf>, Box<dyn Error>> {
    let told = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--all-features", "--manifest-path"])
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml"))
        .output()?;
    let told: serde_json::Value = serde_json::from_slice(&told.stdout)?;
    let packages = told["packages"].as_array().ok_or("cargo tells no packages")?;
    let mut folders = HashMap::new();
    for package in packages {
        let name = package["name"]
            .as_str()
            .and_then(|name| name.strip_prefix("lingua-")?.strip_suffix("-language-model"));
        if let (Some(name), Some(manifest)) = (name, package["manifest_path"].as_str()) {
            let models = Path::new(manifest).with_file_name("models");
            folders.insert(name.to_owned(), models);
        }
    }
    Ok(folders)
}
