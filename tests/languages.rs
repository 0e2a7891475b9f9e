//! Detection on texts of our own: a floor below what the model reaches, and what must
//! never be taken for a language.

use verbatim::analysis::{Analyzer, DEFAULT_MAX_RESULTS, language::LanguageTag};

/// One sentence of news in each of many languages.
const NEWS: &str = include_str!("data/languages/news.tsv");

fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    NEWS.lines().map(|line| line.split_once('\t').expect("a tag, a tab, a text"))
}

/// The share of right answers over `texts`, the wrong ones told.
fn accuracy<'a>(texts: impl Iterator<Item = (&'static str, &'a str)>) -> f64 {
    let analyzer = Analyzer::new();
    let (mut all, mut right) = (0, 0);
    for (language, text) in texts {
        let detection = analyzer.detect(text, &[], DEFAULT_MAX_RESULTS);
        all += 1;
        if detection.best().as_str() == language {
            right += 1;
        } else {
            println!("{language}: {text}: {:?}", detection.candidates);
        }
    }
    f64::from(right) / f64::from(all)
}

#[test]
fn sentences_are_told() {
    assert!(accuracy(rows()) >= 0.97);
}

#[test]
fn halves_of_sentences_are_told() {
    let halves = rows().flat_map(|(language, text)| {
        let middle = text.floor_char_boundary(text.len() / 2);
        let middle = text[middle..].find(' ').map_or(middle, |at| middle + at);
        [(language, &text[..middle]), (language, &text[middle..])]
    });
    assert!(accuracy(halves) >= 0.93);
}

#[test]
fn pairs_of_words_are_told() {
    let pairs: Vec<_> = rows()
        .flat_map(|(language, text)| {
            let words: Vec<_> = text.split_whitespace().collect();
            let pairs = words.chunks_exact(2).map(|pair| (language, pair.join(" ")));
            pairs.collect::<Vec<_>>()
        })
        .collect();
    let texts = pairs.iter().map(|(language, text)| (*language, text.as_str()));
    assert!(accuracy(texts) >= 0.80);
}

#[test]
fn what_is_no_language_is_not_guessed() {
    let analyzer = Analyzer::new();
    for text in [
        "https://example.com/a/very/long/path?with=arguments",
        "www.example.org",
        "press.office@example.com",
        "12.5 %, 1999-12-31, +49 30 1234567",
        "🎉🎉 😀",
        "fn main() { let x_1 = a[i]; }",
        "for (int i = 0; i < n; i++) { sum += a[i]; }",
        "<div class=\"a\"></div>",
        "a1b2c3d4e5f6",
    ] {
        let detection = analyzer.detect(text, &[], DEFAULT_MAX_RESULTS);
        assert!(detection.best().is_undetermined(), "{text}: {detection:?}");
        assert!(!detection.reliable);
    }
}

/// What a page in two languages gives: tags and shares of those that are in it.
fn shares(text: &str) -> Vec<(LanguageTag, f32)> {
    let detection = Analyzer::new().detect(text, &[], 5);
    let found = detection.candidates.into_iter().filter(|candidate| candidate.share > 0.0);
    found.map(|candidate| (candidate.language, candidate.share)).collect()
}

fn text_of(language: &str) -> &'static str {
    rows().find(|(tag, _)| *tag == language).expect("in the list").1
}

#[test]
fn a_document_in_two_languages_ranks_both() {
    let text = format!(
        "{}\n{}",
        (text_of("de").to_owned() + " ").repeat(12),
        (text_of("en").to_owned() + " ").repeat(6)
    );
    let found = shares(&text);
    let tags: Vec<_> = found.iter().map(|(tag, _)| tag.as_str()).collect();
    assert_eq!(tags, ["de", "en"], "{found:?}");
    assert!((found[0].1 - 0.69).abs() < 0.12, "{found:?}");
}

#[test]
fn boilerplate_does_not_change_the_main_language() {
    for language in ["ar", "ru", "ja", "fr", "el"] {
        let menu = "Home | About us | Contact | Privacy policy | Terms of use | Sign in\n";
        let foot = "All rights reserved. No part of this page may be used without permission.";
        let body = (text_of(language).to_owned() + "\n").repeat(8);
        let found = shares(&format!("{menu}{body}{foot}"));
        assert_eq!(found[0].0.as_str(), language, "{found:?}");
        // In the same letters, two lines are too little to count as a part of the text.
        let tells_english = found.iter().any(|(tag, _)| tag.as_str() == "en");
        assert_eq!(tells_english, language != "fr", "{found:?}");
    }
}
