//! Detection: which languages a text may be written in, and how likely each is.
//!
//! A text is read in pieces (`sample`), of each of which the model tells how likely
//! every language of its script is. Pieces that can be of one language are judged
//! together: the largest such part gives the main language and its probability, and the
//! parts are the shares.

use std::sync::LazyLock;

use super::{
    Candidate, Detection, LanguageTag,
    calibrate::{self, Mask, RELIABLE},
    languages::{self, LANGUAGES},
    mixture::{self, Evidence},
    model::{self, CLASSES, Model},
    sample::{Piece, Sample},
};

/// Ranks at most `max_results` languages of `text`, all among `allowed` unless
/// that is empty. Every tag in `allowed` must match one of `supported`; only its
/// primary subtag counts.
///
/// The confidences of all languages (of the allowed ones, where some are) add up
/// to 1, so that those of the best add up to less. A text whose main script none of
/// the allowed languages uses has no candidates, nor has one that is mostly program
/// text, addresses and numbers.
///
/// Of a text longer than 4 KiB only a sample is read, taken from sixteen places
/// evenly spread, so that the time is bounded.
pub fn detect(text: &str, allowed: &[LanguageTag], max_results: usize) -> Detection {
    let model = model::embedded();
    let sample = Sample::read(text, model);
    let pieces = sample.pieces();
    let script = script_of_most(pieces);
    let nothing = Detection { candidates: Vec::new(), reliable: false, script };
    let may_be = |tag| allowed.is_empty() || allowed.iter().any(|own| own.primary() == tag);
    if let Some(language) = languages::by_script(script) {
        if !may_be(language) || max_results == 0 {
            return nothing;
        }
        let language = LanguageTag::from_static(language);
        let candidates = vec![Candidate { language, confidence: 1.0, share: 1.0 }];
        return Detection { candidates, reliable: true, ..nothing };
    }
    let mut restriction = [0.0; CLASSES];
    if !allowed.is_empty() {
        for (value, language) in restriction.iter_mut().zip(LANGUAGES) {
            *value = if may_be(language.tag) { 0.0 } else { f32::NEG_INFINITY };
        }
    }
    let possible = mask_of(script).iter().zip(&restriction).any(|(a, b)| a + b == 0.0);
    if pieces.is_empty() || !possible {
        return nothing;
    }
    let parts = parts(pieces, model, &restriction);
    let Some(main) = parts.first() else { return nothing };
    rank(&parts, main, max_results, script)
}

/// Pieces that can be of one language, taken together.
struct Part {
    language: usize,
    /// Of each language, by these pieces alone.
    probabilities: [f32; CLASSES],
    letters: u32,
}

/// How likely a language must be for a piece to go with others that are of it.
const COMPATIBLE: f32 = 0.02;

/// The parts of a text, the largest first found.
fn parts(pieces: &[Piece], model: &Model, restriction: &Mask) -> Vec<Part> {
    let judge = |piece: &Piece| -> (Mask, Evidence) {
        let mut mask = *restriction;
        let script = mask_of(piece.script());
        mask.iter_mut().zip(script).for_each(|(value, script)| *value += script);
        let weights = model.weigh(std::iter::once(&piece.sums));
        (mask, (calibrate::probabilities(&weights, &mask), piece.letters))
    };
    if let [piece] = pieces {
        let (_, (probabilities, letters)) = judge(piece);
        return vec![Part { language: best(&probabilities), probabilities, letters }];
    }
    let (masks, evidence): (Vec<_>, Vec<_>) = pieces.iter().map(judge).unzip();
    let mut left: Vec<usize> = (0..pieces.len()).collect();
    // Pieces in a script of none of the allowed languages tell nothing.
    left.retain(|&at| evidence[at].0.iter().any(|&p| p > 0.0));
    let mut parts = Vec::new();
    while !left.is_empty() {
        let own: Vec<Evidence> = left.iter().map(|&at| evidence[at]).collect();
        let language = best(&mixture::shares(&own));
        let surest = left
            .iter()
            .copied()
            .max_by(|&a, &b| evidence[a].0[language].total_cmp(&evidence[b].0[language]));
        let (group, rest): (Vec<usize>, Vec<usize>) = left
            .iter()
            .partition(|&&at| evidence[at].0[language] >= COMPATIBLE || Some(at) == surest);
        left = rest;
        let mut mask = [f32::NEG_INFINITY; CLASSES];
        for &at in &group {
            mask.iter_mut().zip(&masks[at]).for_each(|(all, own)| *all = all.max(*own));
        }
        let weights = model.weigh(group.iter().map(|&at| &pieces[at].sums));
        let probabilities = calibrate::probabilities(&weights, &mask);
        let letters = group.iter().map(|&at| pieces[at].letters).sum();
        parts.push(Part { language: best(&probabilities), probabilities, letters });
    }
    parts
}

/// The languages of the parts, the main one first and the others by their shares, then
/// all others as `main` has them.
fn rank(parts: &[Part], main: &Part, max_results: usize, script: &'static str) -> Detection {
    let all: u32 = parts.iter().map(|part| part.letters).sum();
    let mut letters = [0; CLASSES];
    parts.iter().for_each(|part| letters[part.language] += part.letters);
    let mut scores = std::array::from_fn(|at| (letters[at], main.probabilities[at]));
    scores[main.language].0 = u32::MAX;
    let candidates = greatest(&scores, max_results)
        .into_iter()
        .map(|language| Candidate {
            language: LanguageTag::from_static(LANGUAGES[language].tag),
            confidence: four_digits(main.probabilities[language]),
            share: four_digits(letters[language] as f32 / all as f32),
        })
        .collect();
    let reliable = main.probabilities[main.language] >= RELIABLE;
    Detection { candidates, reliable, script }
}

/// Letters in a language, and its probability.
type Score = (u32, f32);

/// Where the greatest of `scores` are, at most `count` and none that is nothing at all.
fn greatest(scores: &[Score; CLASSES], count: usize) -> Vec<usize> {
    if count == 0 {
        return Vec::new();
    }
    let mut order = Vec::with_capacity(count.min(CLASSES) + 1);
    let mut least = (0, 0.0);
    for (at, &score) in scores.iter().enumerate() {
        if score > least {
            order.insert(order.partition_point(|&other: &usize| scores[other] >= score), at);
            order.truncate(count);
            if order.len() == count {
                least = scores[order[count - 1]];
            }
        }
    }
    order
}

fn best(values: &[f32; CLASSES]) -> usize {
    let mut best = 0;
    for (at, &value) in values.iter().enumerate() {
        if value > values[best] {
            best = at;
        }
    }
    best
}

/// The script of most letters.
fn script_of_most(pieces: &[Piece]) -> &'static str {
    let mut counts: Vec<(&str, u32)> = Vec::new();
    for piece in pieces {
        match counts.iter_mut().find(|(script, _)| *script == piece.script()) {
            Some((_, count)) => *count += piece.letters,
            None => counts.push((piece.script(), piece.letters)),
        }
    }
    counts.into_iter().max_by_key(|&(_, count)| count).map_or("Zyyy", |(script, _)| script)
}

/// The languages of `script`.
fn mask_of(script: &'static str) -> &'static Mask {
    static MASKS: LazyLock<Vec<(u32, Mask)>> = LazyLock::new(|| {
        // The first is that of scripts which no language has.
        let mut masks: Vec<(u32, Mask)> = vec![(0, [f32::NEG_INFINITY; CLASSES])];
        for (at, language) in LANGUAGES.iter().enumerate() {
            for script in language.scripts {
                let code = code_of(script);
                let index = masks.iter().position(|(own, _)| *own == code);
                let index = index.unwrap_or_else(|| {
                    masks.push((code, [f32::NEG_INFINITY; CLASSES]));
                    masks.len() - 1
                });
                masks[index].1[at] = 0.0;
            }
        }
        masks
    });
    let code = code_of(script);
    let own = MASKS.iter().find(|(own, _)| *own == code);
    &own.unwrap_or(&MASKS[0]).1
}

/// The code of a script as one number: comparing texts would take longer than all else
/// that is done with them.
fn code_of(script: &str) -> u32 {
    <[u8; 4]>::try_from(script.as_bytes()).map_or(0, u32::from_ne_bytes)
}

/// `share` to four digits, down, so that shares still add up to at most 1. More
/// would be false precision, and the last ones differ between machines.
fn four_digits(share: f32) -> f32 {
    ((f64::from(share) * 1e4 + 1e-3).floor() / 1e4) as f32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{CLASSES, LANGUAGES, Part, detect, rank};
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
        check("وزیر گفت که مذاکرات ادامه خواهد یافت.", &[], "fa", "Arab", true);
    }

    #[test]
    fn texts_without_letters_have_no_language() {
        for text in ["", "12.5 %", "½ ° « \u{feff} ，", "🏳️‍🌈 \0\r\n"] {
            check(text, &[], "und", "Zyyy", false);
        }
        check("ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ", &[], "und", "Zzzz", false);
        check("ଓଡ଼ିଆ", &[], "or", "Orya", true);
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
        let text =
            "Ein kurzes Wort zuvor. ".repeat(30) + &"What follows is in English. ".repeat(600);
        check(&text, &[], "en", "Latn", true);
    }

    #[test]
    fn of_two_parts_as_large_the_likelier_language_comes_first() {
        let mut probabilities = [0.0; CLASSES];
        (probabilities[5], probabilities[3], probabilities[7]) = (0.9, 0.01, 0.02);
        let part = |language, letters| Part { language, probabilities, letters };
        let parts = [part(5, 10), part(3, 4), part(7, 4)];
        let found = rank(&parts, &parts[0], 3, "Latn").candidates;
        let found: Vec<_> = found.iter().map(|candidate| candidate.language.to_string()).collect();
        assert_eq!(found, [5, 7, 3].map(|language| LANGUAGES[language].tag));
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
            let alone: Vec<_> = detection.candidates.iter().skip(1).filter(|c| c.share == 0.0).collect();
            prop_assert!(alone.is_sorted_by(|a, b| a.confidence >= b.confidence), "{alone:?}");
            prop_assert!(confidences.iter().all(|c| (0.0..=1.0).contains(c)), "{confidences:?}");
            prop_assert!(confidences.iter().sum::<f32>() <= 1.0 + 1e-5, "{confidences:?}");
            for candidate in &detection.candidates {
                prop_assert!(candidate.language.is_one_of(supported()));
            }
            prop_assert_eq!(&detect(&text, &[], max_results), &detection);
        }
    }
}
