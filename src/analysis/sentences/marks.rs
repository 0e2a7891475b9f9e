//! Marks: what single characters of punctuation can do at a sentence's end.
//!
//! The only place that lists them. Knows nothing of words or languages.

/// What may end a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// "." with its many other duties.
    Stop,
    /// "..." or "…".
    Ellipsis,
    /// "?", "!".
    Exclamation,
    /// A stop that does nothing else, as in scripts that write no spaces.
    FullStop,
    /// No terminal mark, only a space.
    None,
}

/// What kind of terminal mark `c` is, if it is one in every language.
pub(super) fn terminal(c: char) -> Option<Mark> {
    match c {
        '.' => Some(Mark::Stop),
        '?' | '!' => Some(Mark::Exclamation),
        ..='\u{7f}' => None,
        '…' => Some(Mark::Ellipsis),
        // Arabic, Greek and reversed question marks, doubled marks.
        '؟' | '\u{37e}' | '⸮' | '‼' | '⁇' | '⁈' | '⁉' | '‽' => Some(Mark::Exclamation),
        // CJK and full-width forms.
        '。' | '｡' | '！' | '？' => Some(Mark::FullStop),
        // Danda, Urdu, Armenian, Burmese, Ethiopic, Khmer, Tibetan, Mongolian, Syriac,
        // Sinhala, Javanese.
        '।' | '॥' | '۔' | '։' | '။' | '።' | '፧' | '፨' | '។' | '៕' | '།' | '༎' | '᠃' | '᠉' | '܀'
        | '܁' | '܂' | '෴' | '꧈' | '꧉' => Some(Mark::FullStop),
        // A full-width stop between digits is a decimal point: treated as a stop.
        '．' => Some(Mark::Stop),
        _ => None,
    }
}

/// Closes a quotation or bracket wherever it stands.
pub(super) fn is_closer(c: char) -> bool {
    is_closing_quote(c) || matches!(c, ')' | ']' | '}' | '】' | '〕' | '）' | '］' | '｝')
}

/// A quotation mark that closes in every language where it touches the word before.
pub(super) fn is_closing_quote(c: char) -> bool {
    matches!(c, '”' | '’' | '»' | '›' | '」' | '』' | '〉' | '》' | '｣')
}

/// A picture: it belongs to the sentence before it, as a mark does.
pub(super) fn is_pictograph(c: char) -> bool {
    matches!(c, '\u{1f000}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' | '\u{2b50}' | '\u{2b55}'
        | '\u{200d}' | '\u{fe0e}' | '\u{fe0f}' | '\u{20e3}' | '\u{e0020}'..='\u{e007f}')
}

/// Opens or closes by its place ("“" closes in German), or marks up a text (`*`, `_`).
pub(super) fn is_either(c: char) -> bool {
    matches!(c, '"' | '\'' | '`' | '“' | '‘' | '«' | '‹' | '*' | '_')
}

/// Opens a quotation or bracket.
pub(super) fn is_opener(c: char) -> bool {
    matches!(
        c,
        '(' | '['
            | '{'
            | '“'
            | '‘'
            | '„'
            | '‚'
            | '«'
            | '‹'
            | '「'
            | '『'
            | '（'
            | '《'
            | '〈'
            | '【'
            | '¿'
            | '¡'
    )
}

/// A dash or hyphen.
pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '–' | '—' | '―')
}

/// Stands before an item of a list.
pub(super) fn is_bullet(c: char) -> bool {
    matches!(
        c,
        '•' | '‣'
            | '⁃'
            | '▪'
            | '▫'
            | '●'
            | '○'
            | '◦'
            | '■'
            | '□'
            | '►'
            | '▶'
            | '✓'
            | '➤'
    )
}

/// Stands before an item of a list where a space follows.
pub(super) fn is_item_mark(c: char) -> bool {
    is_dash(c) || matches!(c, '*' | '+')
}

/// Goes on with the sentence before it.
pub(super) fn is_continuation(c: char) -> bool {
    matches!(c, ',' | ';' | ':' | '،' | '؛' | '、' | '，' | '；' | '：' | '/' | '=' | '%' | '>')
        || is_closer(c) && !matches!(c, '»' | '›' | '’' | '”')
}

/// Whether `c` belongs to a script that writes no spaces between words, so that
/// none stands between its sentences either.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{f00}'..='\u{fff}' | '\u{1000}'..='\u{109f}'
        | '\u{1780}'..='\u{17ff}' | '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

/// Ends a line: the characters that Unicode gives no other meaning.
pub(super) fn is_line_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}
