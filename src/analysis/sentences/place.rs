//! A candidate with a mark: what the rules say by the word before it, the mark and what
//! follows.
//!
//! One method for each kind of mark. Must not look further than the words next to it.

use super::{
    candidates::Candidate,
    context::{After, piece_before, word_of},
    decide::Verdict,
    marks::{self, Mark},
    rules::{Abbreviation, Rules},
};

/// A candidate with a mark, and what stands at it.
pub(super) struct Place<'a> {
    /// The sentence up to the mark.
    pub(super) before: &'a str,
    pub(super) after: After<'a>,
    pub(super) candidate: &'a Candidate,
    pub(super) rules: &'a Rules,
}

impl Place<'_> {
    fn has_closed(&self) -> bool {
        self.candidate.end > self.candidate.marks.end
    }

    /// Whether the next word often starts a sentence.
    fn starts_sentence(&self) -> bool {
        self.rules.is_starter(self.after.word) && !self.after.is_initial()
    }

    /// Whether the next word is a title with its stop, "Mr.".
    fn is_before_title(&self) -> bool {
        self.is_before(Abbreviation::Leading)
    }

    /// Whether the next word is an abbreviation of that kind with its stop.
    fn is_before(&self, kind: Abbreviation) -> bool {
        self.rules.abbreviation(self.after.word) == Some(kind)
            && self.after.rest[self.after.word.len()..].starts_with('.')
    }

    /// "。", "।" and their kin: no other use, so only what follows or a title of a work
    /// around it can hold them back.
    pub(super) fn full_stop(&self, spaced: bool) -> Verdict {
        // 「…。」と話した: a quotation inside a sentence goes on without a space.
        let goes_on = self.after.start.is_lowercase() || !spaced && is_hiragana(self.after.first);
        if self.candidate.quoted && goes_on || self.is_inside_title() {
            return Verdict::Never;
        }
        // “不许动！”警察喊道: so does one that tells who spoke.
        if self.candidate.quoted && !spaced && self.is_reported_unspaced() {
            return Verdict::Never;
        }
        Verdict::Likely
    }

    /// 《摔跤吧！爸爸》
    fn is_inside_title(&self) -> bool {
        let near =
            &self.before[self.before.ceil_char_boundary(self.before.len().saturating_sub(96))..];
        !self.has_closed()
            && near.rfind('《').is_some_and(|open| !near[open..].contains('》'))
            && self.after.rest.chars().take(32).any(|c| c == '》')
    }

    /// Whether a verb of speech follows within a few characters, in a script without
    /// spaces.
    fn is_reported_unspaced(&self) -> bool {
        let chars = self.after.rest.char_indices().take(8);
        let clause = chars.take_while(|&(_, c)| c.is_alphabetic());
        let end = clause.last().map_or(0, |(at, c)| at + c.len_utf8());
        let clause = &self.after.rest[..end];
        let starts = clause.char_indices().skip(1).map(|(at, _)| at);
        starts.flat_map(|at| [1, 2].map(|count| (at, count))).any(|(at, count)| {
            let word = &clause[at..];
            let end = word.char_indices().nth(count).map_or(word.len(), |(at, _)| at);
            self.rules.is_speech(&word[..end])
        })
    }

    /// "end.Next": a missing space, told from addresses, file names and decimals by
    /// plain words on both sides, or one that often starts a sentence.
    pub(super) fn unspaced(&self) -> Verdict {
        let Self { before, after, candidate, rules } = self;
        if marks::is_unspaced(after.first) {
            // "พ.ศ.": Thai has stops in short forms only.
            let is_thai = matches!(after.first, '\u{e00}'..='\u{e7f}');
            let inner = after.first.is_numeric() || is_thai && !candidate.quoted;
            return if inner { Verdict::Never } else { Verdict::Likely };
        }
        if candidate.quoted {
            let ends = after.start.is_uppercase() && candidate.mark != Mark::Ellipsis;
            return if ends { Verdict::Likely } else { Verdict::Never };
        }
        if !after.start.is_uppercase() {
            return Verdict::Never;
        }
        let piece = piece_before(before);
        let opened = marks::is_opener(after.first);
        let rest = &after.rest[after.word.len()..];
        let goes_on = rest.starts_with(['.', '/', '@']) && !self.is_before_title();
        let letters = piece.chars().all(char::is_alphabetic);
        let small = piece.chars().rev().take_while(|c| c.is_lowercase()).count();
        let known = rules.abbreviation(piece).is_some();
        let starts = self.starts_sentence() || self.is_before_title();
        // "5%.The", "2019.The"
        let digits = piece.bytes().filter(u8::is_ascii_digit).count();
        let counted =
            piece.ends_with('%') || digits > 2 && piece.ends_with(|c: char| c.is_ascii_digit());
        let ends = !goes_on
            && !known
            && (letters && small >= 2 && (opened || starts)
                || letters
                    && small >= 4
                    && candidate.mark != Mark::Ellipsis
                    && after.word.chars().count() >= 4
                    && rest.starts_with(' ')
                || counted && starts && after.word.len() >= 3 && rest.starts_with(' '));
        if ends { Verdict::Always } else { Verdict::Never }
    }

    /// Before a word in lower case only a plain word may end a sentence, or any where the
    /// writer uses no capitals.
    pub(super) fn before_small(&self, careless: bool) -> Verdict {
        let Self { before, after, candidate, rules } = self;
        let careless = careless || before.starts_with(char::is_lowercase);
        if after.is_address() {
            return Verdict::Likely;
        }
        if candidate.mark == Mark::Ellipsis && !careless {
            return Verdict::Never;
        }
        // "Who? what?"
        if candidate.mark == Mark::Exclamation
            && after.rest[after.word.len()..].starts_with(['?', '!'])
        {
            return Verdict::Likely;
        }
        let word = word_of(piece_before(before));
        let plain = word.chars().count() > 2 && word.chars().all(char::is_lowercase);
        let known = candidate.mark == Mark::Stop && rules.abbreviation(word).is_some();
        let named = candidate.mark == Mark::Stop
            && word.chars().count() > 2
            && word.starts_with(char::is_uppercase)
            && word.chars().skip(1).all(char::is_lowercase);
        if self.has_closed()
            || known
            || !(plain || careless || named)
            || marks::is_dash(after.first)
        {
            return Verdict::Never;
        }
        if careless || plain && self.starts_sentence() {
            Verdict::Likely
        } else {
            Verdict::Unlikely
        }
    }

    /// "?" and "!".
    pub(super) fn exclamation(&self) -> Verdict {
        if self.candidate.quoted && is_reported(&self.after, self.rules) {
            return Verdict::Never;
        }
        // "Yahoo! Inc."
        if !self.has_closed() && self.is_before(Abbreviation::Plain) {
            return Verdict::Never;
        }
        Verdict::Likely
    }

    /// "..."
    pub(super) fn ellipsis(&self) -> Verdict {
        // "I ... I do not know", "the thing is . . . I didn't mean it"
        let halts = self.after.word == "I"
            && (self.candidate.marks.len() > 4
                || self.before.ends_with(' ')
                || word_of(piece_before(self.before)) == "I");
        if halts { Verdict::Never } else { Verdict::Likely }
    }

    /// ".".
    pub(super) fn stop(&self) -> Verdict {
        let Self { before, after, candidate, rules } = self;
        // What closes after the stop shows that it is no abbreviation's.
        if candidate.quoted {
            return Verdict::Likely;
        }
        let piece = piece_before(before);
        let word = word_of(piece);
        // "1.", "1.)"
        if candidate.end <= candidate.marks.end + 1 && is_label(before, word) {
            return Verdict::Never;
        }
        let starts = self.starts_sentence();
        if is_number(word) {
            return is_ordinal(before, piece, after, rules);
        }
        // "XII. Pluk": an ordinal too. A letter alone is more often an initial.
        let is_roman_number = || word.len() > 1 && word.bytes().all(|b| b"IVX".contains(&b));
        if rules.ordinals && piece == word && is_roman_number() {
            return if starts { Verdict::Likely } else { Verdict::Never };
        }
        let kind = rules.abbreviation(word);
        let initials = is_initial(word) || is_initialism(word);
        // "янв. — ", "Calif. — ", "H.R. 5", "Sept. 1960"
        let before_dash = after.first != after.start && marks::is_dash(after.first);
        let before_number = after.first.is_numeric();
        if !self.has_closed()
            && (before_dash && (kind.is_some() || initials)
                || before_number && (initials && !starts || kind.is_some() && rules.is_month(word)))
        {
            return Verdict::Never;
        }
        match kind {
            Some(Abbreviation::Leading) if !self.has_closed() => Verdict::Never,
            Some(Abbreviation::Leading) => Verdict::Unlikely,
            Some(Abbreviation::Numbering) if before_number => Verdict::Never,
            Some(Abbreviation::Numbering) if starts || !is_roman(after.word) => Verdict::Likely,
            // "Fig. IV"
            Some(Abbreviation::Numbering) => Verdict::Never,
            Some(Abbreviation::Plain) if is_time(word) => self.time(),
            Some(Abbreviation::Plain) if starts => Verdict::Likely,
            // "Co. Ltd.", a letter in a list of names, "The U.S. Army" at the start.
            Some(Abbreviation::Plain)
                if self.is_before(Abbreviation::Plain)
                    || word.chars().nth(1).is_none()
                    || before.len() < 24 && before.split_whitespace().count() < 3 =>
            {
                Verdict::Never
            }
            Some(Abbreviation::Plain) => Verdict::Unlikely,
            None if initials && starts => Verdict::Likely,
            // "J.R.R. Stone"
            None if initials => Verdict::Never,
            None => Verdict::Likely,
        }
    }

    /// "5 p.m.": it ends a sentence of some words before one that starts another.
    fn time(&self) -> Verdict {
        let is_short = self.before.len() < 64 && self.before.split(' ').count() < 5;
        let dated = self.after.first.is_numeric() || self.rules.is_month(self.after.word);
        if is_short || dated {
            Verdict::Never
        } else if self.starts_sentence() || self.is_before_title() {
            Verdict::Always
        } else {
            Verdict::Likely
        }
    }
}

/// "a.m", "p.m" and their like.
fn is_time(word: &str) -> bool {
    word.eq_ignore_ascii_case("a.m") || word.eq_ignore_ascii_case("p.m")
}

fn is_hiragana(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{309f}')
}

/// Whether what follows a quotation tells who spoke it: "Lavrov asked", "Mr. bin
/// Alawi said".
fn is_reported(after: &After, rules: &Rules) -> bool {
    if rules.is_starter(after.word) {
        return false;
    }
    // "“Why?” Jane Roe, a lawyer, wanted to know": after a comma any words.
    let mut apposed = false;
    for (at, word) in after.rest.split_whitespace().take(14).enumerate() {
        if rules.is_speech(word.trim_end_matches(['.', ',', ':'])) {
            return at < 5 || apposed;
        }
        // Names have only short words in lower case: "bin", "de", "van".
        if !apposed && !word.starts_with(char::is_uppercase) && word.len() > 4 {
            return false;
        }
        if word.ends_with(['.', '!', '?']) && at > 2 {
            return false;
        }
        // "“Who paid?” Jane Roe, a lawyer, wanted to know."
        if at == 1 && word.ends_with(',') {
            return true;
        }
        apposed |= word.ends_with(',');
    }
    false
}

/// A number before the stop may be an ordinal or the part of a date: "3. Oktober",
/// "21. 3. 1990".
fn is_ordinal(before: &str, piece: &str, after: &After, rules: &Rules) -> Verdict {
    let is_small = |number: &str| number.len() <= 2 && is_number(number);
    let word = word_of(piece);
    if !is_small(word) {
        return Verdict::Likely;
    }
    if is_number(after.word) && after.rest[after.word.len()..].starts_with('.') {
        return Verdict::Unlikely;
    }
    if !rules.ordinals {
        return Verdict::Likely;
    }
    if rules.is_month(after.word) {
        return Verdict::Never;
    }
    let before = before.trim_end().strip_suffix(piece).unwrap_or("");
    let previous = piece_before(before.trim_end());
    if previous.strip_suffix('.').is_some_and(is_small) {
        return if after.start.is_numeric() { Verdict::Unlikely } else { Verdict::Likely };
    }
    // The end of a score or a decimal, "2:1", is none.
    let ordinal = piece == word && (!rules.is_starter(after.word) || after.is_initial());
    if ordinal { Verdict::Unlikely } else { Verdict::Likely }
}

/// Whether the sentence has nothing but `word` yet, and that is the label of an item:
/// "1", "2.3", "b", "IV".
fn is_label(before: &str, word: &str) -> bool {
    // The bound keeps the whole linear where no candidate ends a very long sentence.
    if !(1..=8).contains(&word.len()) || before.len() > 64 {
        return false;
    }
    let skips = |c: char| c.is_whitespace() || marks::is_bullet(c) || marks::is_dash(c) || c == '(';
    let is_numeral = || word.chars().all(|c| c.is_ascii_digit() || c == '.');
    before.trim_start_matches(skips).len() == word.len()
        && (is_numeral() || is_initial(word) || is_roman(word))
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| c.is_ascii_digit())
}

fn is_roman(word: &str) -> bool {
    !word.is_empty() && word.len() <= 8 && word.bytes().all(|b| b"IVXLCDM".contains(&b))
}

/// A letter alone, in a script with capitals: "J", "г".
fn is_initial(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(|c| c.is_uppercase() || c.is_lowercase())
        && chars.all(|c| matches!(c, '\u{300}'..='\u{36f}'))
}

/// Short pieces joined by stops: "U.S", "a.m", "т.е", "Ph.D".
fn is_initialism(word: &str) -> bool {
    let mut parts = word.split('.');
    let short = |part: &str| {
        let part = part.trim_start_matches('-');
        part.chars().count() <= 2 && part.chars().all(char::is_alphabetic)
    };
    word.contains('.') && parts.all(short)
}
