//! Exit codes, the same for every command.
//!
//! 0: all done. 1: some or all of the work failed. 64 (EX_USAGE of sysexits.h):
//! flags or settings make no sense, and nothing was done.

use std::{fmt::Display, process::ExitCode};

use clap::error::ErrorKind;

/// Flags or settings make no sense.
pub const USAGE: u8 = 64;

/// Prints `error` and gives the code for settings that make no sense.
pub fn bad_setting(error: impl Display) -> ExitCode {
    eprintln!("error: {error}");
    ExitCode::from(USAGE)
}

/// Prints `error` and gives the code for work that failed.
pub fn failed(error: impl Display) -> ExitCode {
    eprintln!("error: {error}");
    ExitCode::FAILURE
}

/// Prints what clap has to say: help and version are no errors.
pub fn of_usage(error: &clap::Error) -> ExitCode {
    // Nothing can be done about a closed standard output here.
    let _ = error.print();
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => ExitCode::SUCCESS,
        _ => ExitCode::from(USAGE),
    }
}
