//! The command line: one file for each command.
//!
//! Results go to standard output, everything else to standard error. Every flag
//! can be set by a `VERBATIM_*` variable too; the flag wins.

mod analyze;
mod documents;
mod evaluate;
mod exit;
mod healthcheck;
mod serve;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::server::config::{FileError, parse_with_file};

/// Tells what a text is made of: its language, sentences, entities, and who said what
#[derive(Debug, Parser)]
#[command(name = "verbatim", version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the gRPC service
    // Boxed: the server has far more settings than the others have.
    Serve(Box<serve::Args>),
    /// Analyse files, or standard input
    Analyze(analyze::Args),
    /// Measure the analysis on annotated files
    Evaluate(evaluate::Args),
    /// Ask a server whether it is serving; for containers
    Healthcheck(healthcheck::Args),
}

/// Runs the program with the arguments of the process.
pub fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().collect();
    let matches = match parse_with_file(Cli::command(), Some("serve"), &arguments) {
        Ok(matches) => matches,
        Err(FileError::Flags(error)) => return exit::of_usage(&error),
        Err(error) => return exit::bad_setting(error),
    };
    let cli = match Cli::from_arg_matches(&matches) {
        Ok(cli) => cli,
        Err(error) => return exit::of_usage(&error),
    };
    match cli.command {
        Command::Serve(args) => serve::run(*args),
        Command::Analyze(args) => analyze::run(args),
        Command::Evaluate(args) => evaluate::run(args),
        Command::Healthcheck(args) => healthcheck::run(args),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_flags_do_not_contradict_each_other() {
        super::Cli::command().debug_assert();
    }
}
