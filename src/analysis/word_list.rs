//! Word lists: text files that anybody can edit, one entry a line, "#" and a space
//! before a comment ("#MeToo" is an entry).
//!
//! Knows the lines, and how a word is looked up; what an entry means is for the part that owns the list.

/// The entries of `list`, without comments, empty lines and outer white space.
pub(super) fn entries(list: &str) -> impl Iterator<Item = &str> {
    let is_comment = |line: &str| line == "#" || line.starts_with("# ");
    list.lines().map(str::trim).filter(move |line| !line.is_empty() && !is_comment(line))
}

/// A word as lists have it: in lower case, with plain apostrophes.
pub(super) fn plain(word: &str) -> impl Iterator<Item = char> {
    word.chars()
        .flat_map(char::to_lowercase)
        .map(|c| if matches!(c, '\u{2019}' | '\u{2018}' | '`') { '\'' } else { c })
}
