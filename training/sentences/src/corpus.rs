//! The corpora: texts with the places where their sentences end.
//!
//! Reads files and joins sentences to running text. Knows nothing of features.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::{Path, PathBuf},
};

use serde::{Deserialize, de::DeserializeOwned};
use verbatim::analysis::language::LanguageTag;

use crate::random::Random;

/// A text whose sentences are known.
pub struct Document {
    pub text: String,
    pub language: LanguageTag,
    /// In bytes, without the white space before them.
    pub ends: BTreeSet<usize>,
}

/// Documents of one origin.
pub struct Source {
    pub name: String,
    pub documents: Vec<Document>,
    /// Sentences by their translators' lines: a line may hold two.
    pub silver: bool,
}

#[derive(Deserialize)]
struct EndsRow {
    text: String,
    language: String,
    sentence_ends: Vec<usize>,
}

#[derive(Deserialize)]
struct TextRow {
    text: String,
    language: String,
}

/// Treebanks whose licence forbids commercial use: they train no model that ships.
const NON_COMMERCIAL: [&str; 10] = ["it", "pl", "uk", "el", "he", "hu", "bg", "et", "ur", "ta"];

/// Sentences of treebanks in their order, in the format of entity corpora.
const ORDERED: [&str; 6] = ["da-ddt", "hr-set", "sk-snk", "sr-set", "sv-talbanken", "zh-gsdsimp"];

/// Sentences a document in these.
const DOCUMENT: usize = 15;

/// All that is trained on.
pub fn training(data: &Path, random: &mut Random) -> io::Result<Vec<Source>> {
    let mut sources = Vec::new();
    for path in files(&data.join("sentences"), ".train.jsonl")? {
        let name = name(&path);
        let language = name.split('-').nth(1).unwrap_or_default();
        if !NON_COMMERCIAL.contains(&language) {
            sources.push(Source { documents: marked(&path)?, name, silver: false });
        }
    }
    for name in ORDERED {
        let path = data.join(format!("entities/uner-{name}.train.jsonl"));
        let mut rows: Vec<TextRow> = rows(&path)?;
        let language = rows.first().map(|row| row.language.clone()).unwrap_or_default();
        let lines: Vec<_> = rows.drain(..).map(|row| row.text).collect();
        let documents = join(&lines, &tag(&language), DOCUMENT, random);
        sources.push(Source { name: name.to_owned(), documents, silver: false });
    }
    for name in ["ntrex", "tatoeba"] {
        let mut languages: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for row in rows::<TextRow>(&data.join(format!("languages/{name}.jsonl")))? {
            languages.entry(row.language).or_default().push(row.text);
        }
        for (language, mut lines) in languages {
            // Some languages have several translations of the same.
            lines.truncate(1604);
            let documents = join(&lines, &tag(&language), 10, random);
            sources.push(Source { name: format!("{name}-{language}"), documents, silver: true });
        }
    }
    Ok(sources)
}

/// The development files, by name.
pub fn development(data: &Path) -> io::Result<Vec<(String, Vec<Document>)>> {
    let files = files(&data.join("sentences"), ".dev.jsonl")?;
    files.iter().map(|path| Ok((name(path), marked(path)?))).collect()
}

fn tag(language: &str) -> LanguageTag {
    LanguageTag::parse(language).unwrap_or(LanguageTag::UNDETERMINED)
}

/// "ud-en-ewt" of "…/ud-en-ewt.train.jsonl".
fn name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.split('.').next().unwrap_or_default().to_owned()
}

fn files(folder: &Path, ending: &str) -> io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.to_string_lossy().ends_with(ending) {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

fn rows<Row: DeserializeOwned>(path: &Path) -> io::Result<Vec<Row>> {
    let text = fs::read_to_string(path)?;
    text.lines().map(|line| Ok(serde_json::from_str(line)?)).collect()
}

fn marked(path: &Path) -> io::Result<Vec<Document>> {
    let document = |row: EndsRow| {
        let offsets: Vec<_> =
            row.text.char_indices().map(|(at, _)| at).chain([row.text.len()]).collect();
        let ends = row.sentence_ends.iter();
        let ends = ends.map(|&end| row.text[..offsets[end]].trim_end().len()).collect();
        Document { language: tag(&row.language), text: row.text, ends }
    };
    Ok(rows(path)?.into_iter().map(document).collect())
}

/// Joins sentences in their order to documents of `size`.
fn join(
    lines: &[String],
    language: &LanguageTag,
    size: usize,
    random: &mut Random,
) -> Vec<Document> {
    let unspaced = matches!(language.primary(), "zh" | "ja" | "yue");
    let mut documents = Vec::new();
    for lines in lines.chunks(size) {
        let mut text = String::new();
        let mut ends = BTreeSet::new();
        // One document in ten is written without half of its marks.
        let careless = random.unit() < 0.1;
        for line in lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty()) {
            let strips = careless && !unspaced && random.unit() < 0.5;
            let line = if strips { line.trim_end_matches(MARKS) } else { line };
            if !text.is_empty() {
                text.push_str(match unspaced {
                    false => " ",
                    // A headline without a mark needs a line end.
                    true if !text.ends_with(MARKS) => "\n",
                    true => "",
                });
            }
            text.push_str(line);
            ends.insert(text.len());
        }
        documents.push(Document { text, language: language.clone(), ends });
    }
    documents
}

const MARKS: [char; 14] =
    ['.', '!', '?', '。', '！', '？', '।', '…', '"', '”', '」', '»', '؟', '۔'];
