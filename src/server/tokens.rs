//! Bearer tokens, from a file with a client's name and its token on each line.
//!
//! A client may have several lines, so that a token can be replaced while the old one
//! still counts.

use std::{fs, path::Path};

use ring::digest::{Digest, SHA256, digest};
use subtle::{Choice, ConditionallySelectable, ConstantTimeEq};

use crate::pool::Client;

/// So short a token is soon guessed.
const LEAST_LENGTH: usize = 16;

/// Every token that counts.
pub struct Tokens(Vec<(Client, Digest)>);

impl Tokens {
    /// Reads a file of tokens. Empty lines and lines that start with # say nothing.
    ///
    /// # Errors
    /// In words, without any token: the file cannot be read, a line is not a name and a
    /// token, or there is no line.
    pub fn read(path: &Path) -> Result<Self, String> {
        let text = fs::read_to_string(path)
            .map_err(|error| format!("cannot read {}: {error}", path.display()))?;
        Self::parse(&text).map_err(|error| format!("{}: {error}", path.display()))
    }

    fn parse(text: &str) -> Result<Self, String> {
        let lines = (1..).zip(text.lines().map(str::trim));
        let tokens: Result<Vec<_>, _> = lines
            .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
            .map(|(number, line)| match line.split_whitespace().collect::<Vec<_>>()[..] {
                [name, token] if token.len() >= LEAST_LENGTH => {
                    Ok((Client::new(format!("token:{name}")), hash(token)))
                }
                [_, _] => Err(format!("line {number}: a token has {LEAST_LENGTH} bytes or more")),
                _ => Err(format!("line {number}: must be a name and a token")),
            })
            .collect();
        match tokens? {
            tokens if tokens.is_empty() => Err("there is no token in it".to_owned()),
            tokens => Ok(Self(tokens)),
        }
    }

    /// Whose token it is. Takes as long whichever it is, and whether there is one.
    pub fn find(&self, token: &str) -> Option<Client> {
        let wanted = hash(token);
        // One past the end stands for none.
        let mut found = self.0.len() as u64;
        for (index, (_, known)) in (0..).zip(&self.0) {
            let equal: Choice = known.as_ref().ct_eq(wanted.as_ref());
            found = u64::conditional_select(&found, &index, equal);
        }
        self.0.get(found as usize).map(|(client, _)| client.clone())
    }
}

/// All of one length, so that comparing tells nothing of the token's.
fn hash(token: &str) -> Digest {
    digest(&SHA256, token.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::Tokens;

    #[test]
    fn a_client_may_have_several_tokens() {
        let text = "# rotated in May\nalice 0123456789abcdef\n\nalice fedcba9876543210\nbob \t0123456789abcdeX \n";
        let tokens = Tokens::parse(text).unwrap();
        let find = |token| tokens.find(token).map(|client| client.name().to_owned());
        assert_eq!(find("0123456789abcdef").as_deref(), Some("token:alice"));
        assert_eq!(find("fedcba9876543210").as_deref(), Some("token:alice"));
        assert_eq!(find("0123456789abcdeX").as_deref(), Some("token:bob"));
        for wrong in ["", "0123456789abcde", "0123456789abcdef ", "alice"] {
            assert_eq!(find(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_is_wrong_is_told_without_the_token() {
        for (text, reason) in [
            ("", "no token"),
            ("# nothing\n", "no token"),
            ("alice\n", "line 1"),
            ("\nalice zanzibar", "line 2"),
            ("alice zanzibar-zanzibar more", "line 1"),
        ] {
            let error = Tokens::parse(text).err().unwrap();
            assert!(error.contains(reason) && !error.contains("zanzibar"), "{error}");
        }
    }
}
