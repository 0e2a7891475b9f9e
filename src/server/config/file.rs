//! Settings from a TOML file: they take the place of the defaults, so that flags and
//! variables win over them without further rules.

use std::{fs, path::Path};

use clap::{ArgMatches, Command};
use toml::{Table, Value};

/// Why a file of settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    #[error("--config: cannot read {path}: {reason}")]
    Unreadable { path: String, reason: String },
    #[error("--config: {path}: {reason}")]
    Malformed { path: String, reason: String },
    #[error("--config: {path}: {key}: there is no such setting")]
    UnknownKey { path: String, key: String },
    #[error("--config: {path}: {key}: must be a number, a string, a boolean or a list of them")]
    WrongType { path: String, key: String },
    /// clap has the key and the reason.
    #[error("--config: {path}: {error}")]
    BadValue { path: String, error: clap::Error },
    /// Of the flags and variables, not of the file.
    #[error("{0}")]
    Flags(#[from] clap::Error),
}

/// Parses `arguments`, the program's name first, where `command` or its subcommand
/// `subcommand` has the settings, and the file that they name fills what they leave out.
///
/// # Errors
/// The file cannot be read, has a key that is no setting, or a value that is none for
/// its setting; or the arguments make no sense.
pub fn parse_with_file(
    command: Command,
    subcommand: Option<&str>,
    arguments: &[std::ffi::OsString],
) -> Result<ArgMatches, FileError> {
    let found = command.clone().try_get_matches_from(arguments)?;
    let settings = match (subcommand, found.subcommand()) {
        (None, _) => &found,
        (Some(wanted), Some((name, found))) if name == wanted => found,
        _ => return Ok(found),
    };
    let Some(path) = settings.get_one::<std::path::PathBuf>("config") else { return Ok(found) };
    let table = read(path)?;
    let command = match subcommand {
        None => with_defaults(command, &table, path)?,
        Some(name) => {
            let mut failed = None;
            let command = command.mut_subcommand(name, |command| {
                with_defaults(command.clone(), &table, path).unwrap_or_else(|error| {
                    failed = Some(error);
                    command
                })
            });
            failed.map_or(Ok(command), Err)?
        }
    };
    // Without the file they made sense.
    command
        .try_get_matches_from(arguments)
        .map_err(|error| FileError::BadValue { path: path.display().to_string(), error })
}

fn read(path: &Path) -> Result<Table, FileError> {
    let shown = path.display().to_string();
    let text = fs::read_to_string(path).map_err(|error| FileError::Unreadable {
        path: shown.clone(),
        reason: error.to_string(),
    })?;
    text.parse().map_err(|error: toml::de::Error| FileError::Malformed {
        path: shown,
        reason: error.to_string(),
    })
}

/// `command` with the values of `table` as defaults.
fn with_defaults(mut command: Command, table: &Table, path: &Path) -> Result<Command, FileError> {
    for (key, value) in table {
        let path = || path.display().to_string();
        // A file that names a file would make nobody happy.
        let known = key != "config" && command.get_arguments().any(|arg| arg.get_id() == key);
        if !known {
            return Err(FileError::UnknownKey { path: path(), key: key.clone() });
        }
        let wrong = || FileError::WrongType { path: path(), key: key.clone() };
        let values = match value {
            Value::Array(values) => values.iter().map(plain).collect::<Option<Vec<_>>>(),
            value => plain(value).map(|value| vec![value]),
        };
        let values = values.ok_or_else(wrong)?;
        command = command.mut_arg(key, |arg| arg.default_values(values));
    }
    Ok(command)
}

/// A single value as it would stand on the command line.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(value) => Some(value.clone()),
        Value::Integer(value) => Some(value.to_string()),
        Value::Float(value) => Some(value.to_string()),
        Value::Boolean(value) => Some(value.to_string()),
        Value::Datetime(_) | Value::Array(_) | Value::Table(_) => None,
    }
}
