//! Words, numbers and marks: what the rules look at.
//!
//! One pass over the characters, linear in the text. White space belongs to no
//! token; every other character belongs to exactly one. English clitics ('s, 'll,
//! 're, 've, 'd, 'm) are tokens of their own, so that "he's" holds the word "he".

use super::Span;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters, with inner hyphens and apostrophes: "al-Tanf", "O'Brien"; or an
    /// abbreviation with its stops: "U.S.".
    Word,
    /// Starts with a digit: "2254", "1,000", "2.5", "10:30", "45-year-old", "1990s".
    Number,
    /// "'s" and its kin.
    Clitic,
    /// Any other single character.
    Mark,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    pub span: Span,
    pub kind: TokenKind,
}

impl Token {
    pub fn text(self, text: &str) -> &str {
        self.span.of(text)
    }

    /// Whether it starts with an upper-case letter.
    pub fn is_capitalized(self, text: &str) -> bool {
        self.text(text).chars().next().is_some_and(char::is_uppercase)
    }
}

/// The tokens of `text` in order.
pub fn tokenize(text: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 5);
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let end = if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        } else if c.is_alphanumeric() {
            let end = word_end(text, at);
            let kind = if c.is_numeric() { TokenKind::Number } else { TokenKind::Word };
            match clitic_start(text, at, end) {
                Some(clitic) => {
                    tokens.push(Token { span: Span::new(at, clitic), kind });
                    tokens.push(Token { span: Span::new(clitic, end), kind: TokenKind::Clitic });
                }
                None => tokens.push(Token { span: Span::new(at, end), kind }),
            }
            end
        } else {
            let end = at + c.len_utf8();
            tokens.push(Token { span: Span::new(at, end), kind: TokenKind::Mark });
            end
        };
        at = end;
    }
    tokens
}

/// Where the word that starts at `start` ends.
fn word_end(text: &str, start: usize) -> usize {
    let mut chars = text[start..].char_indices().peekable();
    let mut end = start;
    let mut previous = '\0';
    while let Some((offset, c)) = chars.next() {
        let next = chars.peek().map(|&(_, c)| c);
        let inner = match c {
            '-' | '\u{2010}' | '\u{2011}' => next.is_some_and(char::is_alphanumeric),
            '\'' | '\u{2019}' => previous.is_alphabetic() && next.is_some_and(char::is_alphabetic),
            ',' | ':' => previous.is_numeric() && next.is_some_and(char::is_numeric),
            '.' => {
                previous.is_numeric() && next.is_some_and(char::is_numeric)
                    || is_initialism(&text[start..start + offset])
            }
            _ => c.is_alphanumeric() || is_mark_of_letter(c),
        };
        if !inner {
            break;
        }
        end = start + offset + c.len_utf8();
        previous = c;
    }
    end
}

/// Combining marks and joiners that belong to the letter before them.
fn is_mark_of_letter(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{200c}' | '\u{200d}' | '\u{fe0f}' | '_')
}

/// "U", "U.S", "a.m": single letters joined by stops, at most eight of them, so
/// that the stop that follows belongs to the token where letters go on or have
/// gone on. A lone letter before a stop ("J. Smith") counts too.
fn is_initialism(word: &str) -> bool {
    word.len() <= 32
        && word.split('.').all(|part| {
            let mut chars = part.chars();
            chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
        })
}

/// Where an English clitic starts in the word `start..end`, if it ends with one.
fn clitic_start(text: &str, start: usize, end: usize) -> Option<usize> {
    let word = &text[start..end];
    let at = word.rfind(['\'', '\u{2019}']).filter(|&at| at > 0)?;
    let letters = word[at..].trim_start_matches(['\'', '\u{2019}']);
    ["s", "ll", "re", "ve", "d", "m"]
        .iter()
        .any(|clitic| letters.eq_ignore_ascii_case(clitic))
        .then_some(start + at)
}

#[cfg(test)]
mod tests {
    use super::tokenize;

    fn check(text: &str, expect: &[&str]) {
        let tokens: Vec<_> = tokenize(text).iter().map(|t| t.text(text)).collect();
        assert_eq!(tokens, expect, "{text}");
    }

    #[test]
    fn words_numbers_and_marks() {
        check("Lavrov said , calling", &["Lavrov", "said", ",", "calling"]);
        check("resolution no.2254,", &["resolution", "no", ".", "2254", ","]);
        check("the U.S. and J. Smith.", &["the", "U.S.", "and", "J.", "Smith", "."]);
        check("al-Tanf 1,000 2.5% 10:30", &["al-Tanf", "1,000", "2.5", "%", "10:30"]);
        check("a 45-year-old, the 1990s", &["a", "45-year-old", ",", "the", "1990s"]);
        check("Moscow, SANA- Russian", &["Moscow", ",", "SANA", "-", "Russian"]);
    }

    #[test]
    fn clitics_stand_alone_and_apostrophes_in_names_do_not() {
        check("Russia’s role, he'd don't", &["Russia", "’s", "role", ",", "he", "'d", "don't"]);
        check("O'Brien and Ba'ath", &["O'Brien", "and", "Ba'ath"]);
        check("Lavrov remarks’ came", &["Lavrov", "remarks", "’", "came"]);
    }
}
