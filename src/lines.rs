//! Lines of a file of rows, with their numbers.
//!
//! Knows bytes only; what a row is, is for the command that reads it.

use std::io::{self, BufRead};

/// Some programs begin their files with one.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// Reads the lines that are not blank.
pub struct Lines<R> {
    reader: R,
    number: usize,
}

impl<R: BufRead> Lines<R> {
    pub fn new(reader: R) -> Self {
        Self { reader, number: 0 }
    }

    /// The next line that is not blank, without its line end and a byte order mark,
    /// and its number, counted from 1; `None` at the end.
    ///
    /// # Errors
    /// The reader fails.
    pub fn next_line(&mut self) -> io::Result<Option<(usize, Vec<u8>)>> {
        loop {
            let mut line = Vec::new();
            if self.reader.read_until(b'\n', &mut line)? == 0 {
                return Ok(None);
            }
            self.number += 1;
            if self.number == 1 && line.starts_with(BYTE_ORDER_MARK) {
                line.drain(..BYTE_ORDER_MARK.len());
            }
            line.truncate(line.trim_ascii_end().len());
            if !line.is_empty() {
                return Ok(Some((self.number, line)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Lines;

    #[test]
    fn blank_lines_count_and_are_not_given() {
        let mut lines = Lines::new("\u{feff}first\r\n\n  \n x \nlast".as_bytes());
        let mut found = Vec::new();
        while let Some((number, line)) = lines.next_line().unwrap() {
            found.push((number, String::from_utf8(line).unwrap()));
        }
        let expect = [(1, "first"), (4, " x"), (5, "last")];
        assert_eq!(found, expect.map(|(number, line)| (number, line.to_owned())));
    }
}
