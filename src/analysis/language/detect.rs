//! Detection: which languages a text may be written in, and how likely each is.
//!
//! whatlang finds the script by counting letters, then scores the script's
//! languages by alphabet and trigrams. Asking it again with a list of languages to
//! deny would rank them too, but costs a pass for each place, and each answer's
//! confidence would be about another pair of languages; so this takes the scores
//! of all languages from one pass (whatlang's `dev` module) and turns them into
//! shares of one whole.

use whatlang::{
    Lang, Script,
    dev::{RawCombinedInfo, RawLangInfo, RawScriptInfo, raw_detect},
};

use super::{Candidate, Detection, LanguageTag, codes, sample};

/// Ranks at most `max_results` languages of `text`, all among `allowed` unless
/// that is empty. Every tag in `allowed` must match one of `supported`; only its
/// primary subtag counts.
///
/// The confidences of all languages (of the allowed ones, where some are) add up
/// to 1, so that those of the best add up to less. A text whose main script none of
/// the allowed languages uses has no candidates.
///
/// Of a text longer than 4 KiB only a sample is read, taken from eight places
/// evenly spread, so that the time is bounded.
pub fn detect(text: &str, allowed: &[LanguageTag], max_results: usize) -> Detection {
    let sample = sample::letters(text);
    if sample.is_empty() {
        return Detection { candidates: Vec::new(), reliable: false, script: "Zyyy" };
    }
    let raw = raw_detect(&sample);
    let Some(&(script, 1..)) = raw.script_info.counters.first() else {
        // Letters, but of a script that whatlang does not know.
        return Detection { candidates: Vec::new(), reliable: false, script: "Zzzz" };
    };
    let is_allowed = |language: &Lang| {
        allowed.is_empty() || allowed.iter().any(|tag| tag.primary() == codes::tag_of(*language))
    };
    let weights = match raw.lang_info {
        Some(RawLangInfo::OneScript(language)) => vec![(language, 1.0)],
        Some(RawLangInfo::Mandarin(_)) => weigh_han(&raw.script_info),
        Some(RawLangInfo::MultiScript(scores)) => weigh(scores, is_allowed),
        None => Vec::new(),
    };
    rank(weights.into_iter().filter(|(language, _)| is_allowed(language)), script, max_results)
}

/// How quickly a language loses weight as its score falls behind the best. A lead
/// that whatlang calls certain is worth this many powers of e. Checked on sentences,
/// word pairs and words of 57 languages, so that confidences are about as often
/// right as they say.
const STEEPNESS: f64 = 5.0;

/// The lead over the next language, relative to the lead that whatlang finds
/// certain, from which it calls an answer reliable.
const RELIABLE_LEAD: f64 = 0.9;

/// The weights of languages that share a script, by their raw scores; best first.
fn weigh(raw: RawCombinedInfo, is_allowed: impl Fn(&Lang) -> bool) -> Vec<(Lang, f64)> {
    // What whatlang finds a certain lead: the fewer trigrams, the greater.
    let certain = 3.0 / raw.trigram_raw_outcome.trigrams_count.max(1) as f64 + 0.015;
    let scores: Vec<_> = raw
        .scores
        .into_iter()
        .filter(|(language, score)| is_allowed(language) && *score > 0.0)
        .collect();
    let best = scores.first().map_or(0.0, |&(_, score)| score);
    let weight = |score: f64| (-STEEPNESS * (best - score) / score / certain).exp();
    scores.into_iter().map(|(language, score)| (language, weight(score))).collect()
}

/// The weights of Chinese and Japanese in a text of Han characters, by its share of
/// kana: half a chance at 5 %, as whatlang has it.
fn weigh_han(counts: &RawScriptInfo) -> Vec<(Lang, f64)> {
    let count = |script| {
        counts.counters.iter().find(|(s, _)| *s == script).map_or(0, |&(_, count)| count) as f64
    };
    let kana = count(Script::Hiragana) + count(Script::Katakana);
    let japanese = (kana / (kana + count(Script::Mandarin)) / 0.1).clamp(0.01, 0.99);
    let mut weights = vec![(Lang::Cmn, 1.0 - japanese), (Lang::Jpn, japanese)];
    weights.sort_by(|a, b| b.1.total_cmp(&a.1));
    weights
}

/// Turns weights (best first) into candidates.
fn rank(
    weights: impl Iterator<Item = (Lang, f64)>,
    script: Script,
    max_results: usize,
) -> Detection {
    let weights: Vec<_> = weights.collect();
    let total: f64 = weights.iter().map(|(_, weight)| weight).sum();
    let reliable = match weights.as_slice() {
        [] => false,
        [_] => true,
        [best, next, ..] => (best.1 / next.1).ln() > STEEPNESS * RELIABLE_LEAD,
    };
    let candidates = weights
        .into_iter()
        .take(max_results)
        .map(|(language, weight)| Candidate {
            language: LanguageTag::from_static(codes::tag_of(language)),
            confidence: four_digits(weight / total),
        })
        .collect();
    Detection { candidates, reliable, script: codes::script_code(script) }
}

/// `share` to four digits, down, so that shares still add up to at most 1. More
/// would be false precision, and the last ones differ between machines.
fn four_digits(share: f64) -> f32 {
    ((share * 1e4).floor() / 1e4) as f32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::detect;
    use crate::analysis::language::{LanguageTag, supported};

    fn check(text: &str, allowed: &[&str], language: &str, script: &str, reliable: bool) {
        let allowed: Vec<_> = allowed.iter().map(|tag| LanguageTag::parse(tag).unwrap()).collect();
        let detection = detect(text, &allowed, 3);
        let found = (detection.best().to_string(), detection.script, detection.reliable);
        assert_eq!(found, (language.to_owned(), script, reliable), "{text}: {detection:?}");
    }

    #[test]
    fn languages_are_told_apart() {
        check(
            "The ministers have said that the talks with the government would go on.",
            &[],
            "en",
            "Latn",
            true,
        );
        check("Der Minister sagte, dass die Gespräche weitergehen.", &[], "de", "Latn", true);
        check(
            "Министр сказал, что переговоры с правительством ещё продолжатся.",
            &[],
            "ru",
            "Cyrl",
            true,
        );
        check("大臣は会談が続くと述べた。", &[], "ja", "Hani", true);
        check("部长表示，会谈将继续进行。", &[], "zh", "Hani", true);
        check("장관은 회담이 계속될 것이라고 말했다.", &[], "ko", "Hang", true);
        check("Ο υπουργός είπε ότι οι συνομιλίες θα συνεχιστούν.", &[], "el", "Grek", true);
        check("وزیر گفت که مذاکرات ادامه خواهد یافت.", &[], "fa", "Arab", false);
    }

    #[test]
    fn texts_without_letters_have_no_language() {
        for text in ["", "12.5 %", "½ ° « \u{feff} ，", "🏳️‍🌈 \0\r\n"] {
            check(text, &[], "und", "Zyyy", false);
        }
        check("ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ", &[], "und", "Zzzz", false);
    }

    #[test]
    fn the_choice_can_be_restricted() {
        check("Der Minister sagte, dass es weitergeht", &["nl", "en"], "nl", "Latn", false);
        check("Yes", &["en-GB"], "en", "Latn", true);
        check("水", &["ja"], "ja", "Hani", true);
        check("Да", &["en", "de"], "und", "Cyrl", false);
        check("水", &["en", "de"], "und", "Hani", false);
    }

    #[test]
    fn long_texts_are_judged_by_more_than_their_head() {
        let text = "Ein kurzes Wort zuvor. ".repeat(30) + &"The rest is English. ".repeat(600);
        check(&text, &[], "en", "Latn", true);
    }

    proptest! {
        #[test]
        fn any_text_gives_an_orderly_answer(
            text in r"(\PC|\s|[a-zа-я漢ひカ\u{feff}\u{301}\x00]){0,60}",
            max_results in 0..80usize,
        ) {
            let detection = detect(&text, &[], max_results);
            prop_assert!(detection.candidates.len() <= max_results);
            let confidences: Vec<_> = detection.candidates.iter().map(|c| c.confidence).collect();
            prop_assert!(confidences.is_sorted_by(|a, b| a >= b), "{confidences:?}");
            prop_assert!(confidences.iter().all(|c| (0.0..=1.0).contains(c)), "{confidences:?}");
            prop_assert!(confidences.iter().sum::<f32>() <= 1.0 + 1e-5, "{confidences:?}");
            for candidate in &detection.candidates {
                prop_assert!(candidate.language.is_one_of(supported()));
            }
            prop_assert_eq!(&detect(&text, &[], max_results), &detection);
        }
    }
}
