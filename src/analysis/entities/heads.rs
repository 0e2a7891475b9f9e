//! What a head word says that a run of words names: "... Council", "Port of ...".

use std::collections::HashSet;

use super::EntityType;
use super::lexicon::{Known, lexicon};
use super::names::{known, listed};
use super::segment::Segmenter;
use crate::analysis::TokenKind;

impl Segmenter<'_, '_> {
    /// What the last word, or the first before "of", says that the run names.
    pub fn by_head(&self, at: usize, end: usize, titles: usize) -> Option<EntityType> {
        let lexicon = lexicon();
        let words = self.words;
        if end - at < 2 {
            return None;
        }
        if let Some(of) = (at + 1..end).find(|&i| matches!(&*words[i].lower, "of" | "for" | "on")) {
            let head = &*words[of - 1].lower;
            return if lexicon.organization_first.contains(head) {
                Some(EntityType::Organization)
            } else if lexicon.misc_heads.contains(head) {
                Some(EntityType::Misc)
            } else if head != "port" && lexicon.location_first.contains(head) {
                Some(EntityType::Location)
            } else if lexicon.facility_heads.contains(head) {
                Some(EntityType::Facility)
            } else {
                None
            };
        }
        // A title in the middle splits the run before its head counts, but not in "King
        // Hussein Bridge".
        let last = &*words[end - 1].lower;
        let royal = matches!(&*words[at].lower, "king" | "queen" | "prince" | "sultan" | "pope");
        let split = titles > at && titles < end && !royal;
        if split && !lexicon.organization_heads.contains(last) {
            return None;
        }
        if lexicon.ends_heads.contains(last)
            && let Some(kind) = self.by_last_words(at, end)
        {
            return Some(kind);
        }
        let first = &*words[at].lower;
        (matches!(
            first,
            "lake"
                | "mount"
                | "mt."
                | "cape"
                | "saint"
                | "st"
                | "st."
                | "san"
                | "santa"
                | "são"
                | "puerto"
                | "port"
                | "new"
                | "rio"
        ) && end - at <= 3
            && !words[at].initial)
            .then_some(EntityType::Location)
    }

    /// What the last one or two words say.
    fn by_last_words(&self, at: usize, end: usize) -> Option<EntityType> {
        let lexicon = lexicon();
        let last = &*self.words[end - 1].lower;
        let two = format!("{} {last}", self.words[end - 2].lower);
        let is = |set: &HashSet<String>| set.contains(last) || set.contains(&two);
        // "Alexandra Hill" is a woman rather.
        let person = end - at == 2 && known(self.words, at..at + 1).any(Known::GIVEN);
        if lexicon.facility_heads.contains(&two) || lexicon.location_heads.contains(&two) {
            let facility = lexicon.facility_heads.contains(&two);
            Some(if facility { EntityType::Facility } else { EntityType::Location })
        } else if is(&lexicon.organization_heads) && !person {
            Some(EntityType::Organization)
        } else if is(&lexicon.facility_heads) && !person {
            Some(EntityType::Facility)
        } else if is(&lexicon.misc_heads) {
            Some(EntityType::Misc)
        } else if is(&lexicon.location_heads) && !person {
            Some(EntityType::Location)
        } else {
            None
        }
    }

    /// Where a name with its head first ends: before a person's name or a title, as in
    /// "Assembly of First Nations Cindy Woodhouse".
    pub fn end_of_headed(&self, at: usize, end: usize) -> usize {
        let words = self.words;
        let Some(of) = (at + 1..end).find(|&i| words[i].lower == "of") else { return end };
        let first = of + 1 + usize::from(words[of + 1].lower == "the");
        (first + 1..end)
            .find(|&i| {
                let given = known(words, i..i + 1).any(Known::GIVEN) && i + 1 < end;
                let listed = listed(known(words, first..i)).is_some();
                listed && given || self.titles(i, end) > i && self.titles(first, end) == first
            })
            .unwrap_or(end)
    }

    /// Whether a number belongs to the name: "Resolution 2254".
    pub fn is_numbered(&self, end: usize) -> bool {
        matches!(&*self.words[end - 1].lower, "resolution" | "agenda" | "vision")
            && self.words.get(end).is_some_and(|w| {
                w.kind == TokenKind::Number
                    && !w.line_start
                    && w.span.len() <= 4
                    && w.text.bytes().all(|b| b.is_ascii_digit())
            })
            && self.free.get(end) == Some(&true)
    }
}
