//! What commands read: files, or standard input.

use std::{
    fs,
    io::{self, BufRead, BufReader, Read},
    path::{Path, PathBuf},
};

use crate::error::Error;

/// On the command line only the type of offsets limits a text.
pub const MAX_TEXT_BYTES: usize = i32::MAX as usize;

/// The name of standard input.
const STDIN: &str = "-";

/// Names and texts of `files`, or why there is no text. Reads one at a time.
pub fn read(files: &[PathBuf]) -> impl Iterator<Item = (String, Result<String, String>)> {
    or_stdin(files).into_iter().map(|path| {
        let bytes = match is_stdin(&path) {
            true => {
                let mut bytes = Vec::new();
                io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
            }
            false => fs::read(&path),
        };
        let text = bytes.map_err(|error| error.to_string()).and_then(|bytes| {
            String::from_utf8(bytes).map_err(|error| {
                format!("not UTF-8: byte {} is wrong", error.utf8_error().valid_up_to())
            })
        });
        (path.display().to_string(), text)
    })
}

/// Opens a file, or standard input.
pub fn open(path: &Path) -> io::Result<Box<dyn BufRead + Send>> {
    if is_stdin(path) {
        return Ok(Box::new(BufReader::new(io::stdin())));
    }
    Ok(Box::new(BufReader::with_capacity(1 << 20, fs::File::open(path)?)))
}

/// `files`, or standard input where there are none.
pub fn or_stdin(files: &[PathBuf]) -> Vec<PathBuf> {
    if files.is_empty() { vec![STDIN.into()] } else { files.to_vec() }
}

pub fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == STDIN
}

/// The checks that a request to the server has, for a text.
pub fn check(text: String) -> Result<String, Error> {
    match text.len() {
        0 => Err(Error::EmptyText),
        actual if actual > MAX_TEXT_BYTES => {
            Err(Error::TextTooLong { limit: MAX_TEXT_BYTES, actual })
        }
        _ => Ok(text),
    }
}
