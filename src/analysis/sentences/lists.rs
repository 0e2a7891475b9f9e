//! Lists that are set in running text: "1) The first item 2) The second item".
//!
//! Finds items by their labels, which must count up. Must not look at words.

use super::marks;

/// Longest item, in bytes; it keeps the search linear.
const ITEM: usize = 600;

/// How an item is labelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Label {
    bullet: Option<char>,
    /// The number, or that of the letter.
    count: u32,
    is_letter: bool,
    /// "1.", "1)", "1.)".
    stop: bool,
    bracket: bool,
}

impl Label {
    /// The label that starts `text`, with a space after it.
    fn read(text: &str) -> Option<Self> {
        let bullet = text.chars().next().filter(|&c| marks::is_bullet(c));
        let rest = bullet.map_or(text, |c| text[c.len_utf8()..].trim_start_matches(' '));
        let digits = rest.bytes().take(3).take_while(u8::is_ascii_digit).count();
        let is_letter = digits == 0;
        let (count, rest) = if is_letter {
            let letter = rest.bytes().next().filter(u8::is_ascii_lowercase)?;
            (u32::from(letter - b'a') + 1, &rest[1..])
        } else {
            (rest[..digits].parse().ok()?, &rest[digits..])
        };
        let stop = rest.starts_with('.');
        let rest = &rest[usize::from(stop)..];
        let bracket = rest.starts_with(')');
        let rest = &rest[usize::from(bracket)..];
        (stop || bracket).then_some(())?;
        rest.starts_with([' ', '\u{a0}']).then_some(Self {
            bullet,
            count,
            is_letter,
            stop,
            bracket,
        })
    }

    fn next(self) -> Self {
        Self { count: self.count + 1, ..self }
    }
}

/// Where the second and further items start of a list whose first label stands at
/// `start`; nothing unless labels count up.
pub(super) fn items(text: &str, start: usize) -> Vec<usize> {
    let mut items = Vec::new();
    let Some(mut label) = Label::read(&text[start..]) else { return items };
    let mut at = start;
    while let Some(next) = find(text, at, label.next()) {
        items.push(next);
        (at, label) = (next, label.next());
    }
    // Two letters may be anything: "Plan a. is good, plan b. is better".
    if label.is_letter && items.len() < 2 {
        items.clear();
    }
    items
}

/// Whether a list may start at `start` in the middle of a paragraph: only "1)" and
/// "a)" are clear enough.
pub(super) fn may_start(text: &str, start: usize) -> bool {
    let first = text.as_bytes().get(start);
    matches!(first, Some(b'1' | b'a'))
        && Label::read(&text[start..]).is_some_and(|label| label.count == 1 && label.bracket)
}

/// Where `label` stands after the item at `start`.
fn find(text: &str, start: usize, label: Label) -> Option<usize> {
    let end = text.floor_char_boundary(start + ITEM);
    let item = &text[start..end];
    let spaces = item.match_indices([' ', '\u{a0}']).skip(1);
    let labels = spaces.map(|(at, space)| start + at + space.len());
    let mut labels = labels.filter(|&at| Label::read(&text[at..]) == Some(label));
    // "1) lower taxes, 2) build schools" is one sentence.
    labels.next().filter(|&at| !text[..at].trim_end().ends_with([',', ';']))
}

#[cfg(test)]
mod tests {
    use super::items;

    fn check(marked: &str) {
        let text = marked.replace('|', "");
        let found = items(&text, 0);
        let expect: Vec<_> =
            marked.match_indices('|').enumerate().map(|(count, (at, _))| at - count).collect();
        assert_eq!(found, expect, "{marked}");
    }

    #[test]
    fn labels_that_count_up_make_a_list() {
        check("1) The first |2) The second |3) The third");
        check("1.) The first |2.) The second");
        check("1. The first. |2. The second.");
        check("• 9. The first |• 10. The second");
        check("⁃9. The first |⁃10. The second");
        check("a. The first |b. The second |c. The third");
    }

    #[test]
    fn others_do_not() {
        check("1. The first 3. The third");
        check("1) The first 2. of May");
        check("a. is good, plan b. is better");
        check("1 apple and 2 pears");
        check("1.");
    }
}
