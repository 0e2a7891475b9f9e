//! Words: what of a text tells its language, and what is only code, an address or a
//! number.
//!
//! Knows no language: a token is told by its characters alone.

/// Longer tokens are cut: scripts without spaces write whole sentences as one.
const MAX_TOKEN: usize = 96;

/// What a token between two spaces is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Words of a language, maybe with punctuation.
    Words,
    /// Program text.
    Code,
    /// Addresses of pages, of people, numbers, identifiers: of no language.
    Nothing,
}

/// Gives each token of `text` with its kind.
pub(super) fn tokens<'a>(text: &'a str, mut each: impl FnMut(&'a str, Kind)) {
    for mut token in text.split_whitespace() {
        let kind = kind(token);
        while token.len() > MAX_TOKEN {
            let (head, tail) = token.split_at(token.floor_char_boundary(MAX_TOKEN));
            each(head, kind);
            token = tail;
        }
        each(token, kind);
    }
}

// What the bytes of a token are.
const LOWER: u8 = 1;
const UPPER: u8 = 2;
const DIGIT: u8 = 4;
const NOT_ASCII: u8 = 8;
const BRACE: u8 = 16;
const MARK: u8 = 32;
const ADDRESS: u8 = 64;
const OTHER: u8 = 128;

/// What each byte is.
const CLASSES: [u8; 256] = {
    let mut classes = [OTHER; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b'a'..=b'z' => LOWER,
            b'A'..=b'Z' => UPPER,
            b'0'..=b'9' => DIGIT,
            0x80.. => NOT_ASCII,
            b'{' | b'}' | b'=' | b'<' | b'\\' => BRACE | MARK,
            b'_' | b'>' | b'|' | b'$' | b'^' | b'~' | b'`' | b'+' | b'*' | b'#' | b'[' | b'(' => {
                MARK
            }
            b':' | b'/' | b'@' | b'.' | b'-' => ADDRESS,
            _ => OTHER,
        };
        byte += 1;
    }
    classes
};

/// All that the bytes of `token` are.
fn classes(token: &str) -> u8 {
    token.bytes().fold(0, |all, byte| all | CLASSES[usize::from(byte)])
}

fn kind(token: &str) -> Kind {
    let all = classes(token);
    if all == LOWER {
        return Kind::Words;
    }
    if all & ADDRESS != 0 && (token.contains("://") || token.starts_with("www.")) {
        return Kind::Nothing;
    }
    if all & NOT_ASCII != 0 {
        return Kind::Words;
    }
    let core = token.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    if core.is_empty() {
        return if all & BRACE != 0 { Kind::Code } else { Kind::Nothing };
    }
    let own = classes(core);
    // Most that is left is a word with a capital letter or a comma: nothing to look for.
    if own & DIGIT == 0 && all & (MARK | ADDRESS) == 0 {
        return Kind::Words;
    }
    let slashes = core.bytes().filter(|&byte| byte == b'/').count();
    let has = |mark: &str| core.contains(mark);
    if own & ADDRESS != 0 && has("@") {
        Kind::Nothing
    } else if own & MARK != 0 || has("::") || has("->") || token.contains("++") {
        Kind::Code
    } else if token.starts_with('@')
        || own & (LOWER | UPPER) == 0
        || own & DIGIT != 0
        || slashes > 1
        || is_host(core)
    {
        Kind::Nothing
    } else {
        Kind::Words
    }
}

/// Whether `core` is the name of a host or a file: a full stop between small letters.
fn is_host(core: &str) -> bool {
    core.as_bytes().windows(5).any(|around| {
        around[2] == b'.'
            && around[..2].iter().all(u8::is_ascii_lowercase)
            && around[3..].iter().all(u8::is_ascii_lowercase)
    })
}

#[cfg(test)]
mod tests {
    use super::{Kind, kind, tokens};

    #[test]
    fn tokens_are_told_by_their_characters() {
        for token in ["word", "«Wort»,", "it's", "(and/or)", "U.S.", "#strong", "[he]", "*very*"]
        {
            assert_eq!(kind(token), Kind::Words, "{token}");
        }
        for token in ["x_1", "a[i];", "f(x):", "std::fmt", "p->q", "i++)", "{", "+=", "a=b"] {
            assert_eq!(kind(token), Kind::Code, "{token}");
        }
        for token in ["https://example.com/Ö", "www.example.com", "a@b.org", "@user", "12.5"] {
            assert_eq!(kind(token), Kind::Nothing, "{token}");
        }
        for token in ["%", "a1b2", "/usr/lib/x", "example.com", "main.rs", ":-)"] {
            assert_eq!(kind(token), Kind::Nothing, "{token}");
        }
    }

    #[test]
    fn long_tokens_are_cut_between_characters() {
        let text = "部".repeat(100);
        let mut parts = Vec::new();
        tokens(&text, |token, _| parts.push(token));
        assert_eq!(parts.concat(), text);
        assert!(parts.iter().all(|part| part.len() <= 96));
    }
}
