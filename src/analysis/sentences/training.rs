//! What training needs of the splitter, so that both read candidates and features
//! with the same code. No part of the public interface.

use std::collections::BTreeSet;

use super::{
    candidates, decide,
    decide::Verdict,
    features::{self, Situation},
    gate,
    marks::Mark,
    paragraphs,
    rules::Rules,
};
use crate::analysis::language::LanguageTag;

pub use super::model::{MAGIC, Model, UNITS, check};
pub use features::COUNT;
pub use gate::{COUNT as GATE_COUNT, SIZE as GATE_SIZE};

/// A candidate of a text whose sentences are known.
pub struct Example {
    pub features: [u32; COUNT],
    pub gate: [usize; GATE_COUNT],
    /// Where the sentence would end, in bytes.
    pub end: usize,
    /// What the rules decide for sure.
    pub decided: Option<bool>,
    /// Least score with which the model says that the sentence ends.
    pub margin: f32,
    /// What they find likely, where there is a mark to judge by.
    pub likely: Option<bool>,
    /// A colon or semicolon with a capital or digit after it.
    pub introduces: bool,
}

/// Every candidate of `text`, each seen from the start of its sentence. `ends` are
/// the known ends in bytes, without the white space before them. With `neutral` as
/// the language-neutral model sees it.
pub fn examples(
    text: &str,
    language: &LanguageTag,
    ends: &BTreeSet<usize>,
    neutral: bool,
) -> Vec<Example> {
    let language = if neutral { &LanguageTag::UNDETERMINED } else { language };
    let rules = Rules::of(language);
    let situation = Situation::new(text, rules, language.primary());
    let mut examples = Vec::new();
    for paragraph in paragraphs::paragraphs(text) {
        let mut start = paragraph.start;
        for candidate in candidates::candidates(text, paragraph, rules) {
            // Sentences that end where there is no candidate.
            if start < candidate.end
                && let Some(&end) = ends.range(start + 1..candidate.end).next_back()
            {
                start = end + (text[end..].len() - text[end..].trim_start().len());
            }
            if start > candidate.marks.start {
                continue;
            }
            let verdict = decide::judge(text, paragraph, start, &candidate, rules);
            let introduces = text[..candidate.end].ends_with([':', ';'])
                && text[candidate.next..]
                    .starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
            examples.push(Example {
                features: features::read(&situation, paragraph, start, &candidate, verdict),
                gate: gate::read(&situation, start, &candidate),
                end: candidate.end,
                decided: match verdict {
                    Verdict::Never => Some(false),
                    Verdict::Always => Some(true),
                    _ => None,
                },
                margin: verdict.margin(situation.trained),
                likely: match verdict {
                    Verdict::Likely => Some(true),
                    Verdict::Unlikely => Some(false),
                    _ => None,
                },
                introduces: candidate.mark == Mark::None && introduces,
            });
            if ends.contains(&candidate.end) {
                start = candidate.next;
            }
        }
    }
    examples
}
