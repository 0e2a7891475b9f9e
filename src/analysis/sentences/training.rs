//! prototype
use super::{Span, candidates, decide, features, marks::Mark, paragraphs, rules::Rules};
use crate::analysis::language::LanguageTag;

pub const COUNT: usize = features::COUNT;

pub struct Example { pub features: [u32; COUNT], pub end: usize, pub verdict: Option<bool>, pub soft: bool }

pub fn code(language: &LanguageTag) -> u32 {
    let p = language.primary();
    let p = match p { "nb" | "nn" => "no", p => p };
    if p == "und" { return 0; }
    p.bytes().fold(0, |h, b| h * 32 + u32::from(b & 31)) 
}

pub fn unmarked(language: &LanguageTag) -> bool {
    matches!(language.primary(), "ko" | "th" | "lo" | "my" | "km")
}

/// Every candidate of the text, sentences so far taken from the gold ends.
pub fn examples(text: &str, language: &LanguageTag, ends: &std::collections::BTreeSet<usize>, neutral: bool) -> Vec<Example> {
    let und = LanguageTag::UNDETERMINED;
    let rules = Rules::of(if neutral { &und } else { language });
    let situation = features::Situation { language: if neutral { 0 } else { code(language) }, style: features::style(text) };
    let mut examples = Vec::new();
    for span in paragraphs::paragraphs(text) {
        let mut start = span.start;
        for candidate in candidates::candidates(text, span, rules.further_mark, unmarked(language)) {
            if start >= candidate.marks.start { continue; }
            // an end inside
            if let Some(&e) = ends.range(start + 1..candidate.end).next_back() {
                start = e + (text[e..].len() - text[e..].trim_start().len());
                if start >= candidate.marks.start { continue; }
            }
            if start > candidate.marks.start { continue; }
            if text[start..candidate.end].trim().is_empty() { continue; }
            let verdict = (candidate.mark != Mark::None).then(|| decide::ends_sentence(text, span, start, &candidate, rules));
            let features = features::read(text, span, start, &candidate, verdict, rules, situation);
            examples.push(Example { features, end: candidate.end, verdict, soft: candidate.mark == Mark::None && text[..candidate.end].ends_with([':', ';']) && text[candidate.next..].starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) });
            if ends.contains(&candidate.end) { start = candidate.next; }
        }
    }
    let _ = Span::new(0, 0);
    examples
}

pub const LEXICON_BITS: u32 = 20;
static LEXICON: std::sync::atomic::AtomicPtr<Vec<u8>> = std::sync::atomic::AtomicPtr::new(std::ptr::null_mut());

pub fn set_lexicon(lexicon: Vec<u8>) {
    LEXICON.store(Box::into_raw(Box::new(lexicon)), std::sync::atomic::Ordering::SeqCst);
}

fn lexicon() -> &'static [u8] {
    let p = LEXICON.load(std::sync::atomic::Ordering::Relaxed);
    if p.is_null() {
        set_lexicon(std::env::var("SENT_MODEL").ok().and_then(|p| std::fs::read(p + ".lex").ok()).unwrap_or(vec![0; 1 << LEXICON_BITS]));
        return lexicon();
    }
    unsafe { &*p }
}

pub fn case_slot(language: u32, hash: u32) -> usize {
    let h = features::mix(features::mix(language, hash), 77);
    ((h ^ h >> 15) >> (32 - LEXICON_BITS)) as usize
}

pub fn case(language: u32, hash: u32) -> u32 {
    u32::from(lexicon()[case_slot(language, hash)])
}

/// Hash of every token, and whether it starts with a capital (1) or not (0).
pub fn tokens(text: &str) -> impl Iterator<Item = (u32, u32)> {
    text.split_whitespace().map(features::Word::new).filter(|w| !w.text.is_empty()).filter_map(|w| {
        let c = w.text.chars().next()?;
        if c.is_uppercase() { Some((w.hash, 1)) } else if c.is_lowercase() { Some((w.hash, 0)) } else { None }
    })
}
