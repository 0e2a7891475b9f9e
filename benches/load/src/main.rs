//! A load generator with open-loop arrivals: calls start when the clock says so, whether
//! or not earlier ones were answered, and each one's latency counts from then, so that a
//! server that stalls cannot hide it (Tene, "coordinated omission").
//!
//! `docs/load.md` has the commands, and what they measured.

mod arrivals;
mod calls;
mod outcome;
mod plot;
mod server;
mod soak;
mod storm;

use std::{error::Error, path::PathBuf};

use clap::{Args, Parser, Subcommand};

/// Puts load on a server that it starts itself.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Twice what the server can do, and whether it stays calm.
    Storm {
        #[command(flatten)]
        common: Common,
        /// How long it lasts.
        #[arg(long, default_value_t = 60.0)]
        seconds: f64,
        /// Arrivals as a multiple of what the server can do.
        #[arg(long, default_value_t = 2.0)]
        factor: f64,
    },
    /// All calls mixed, at half of what the server can do.
    Soak {
        #[command(flatten)]
        common: Common,
        #[arg(long, default_value_t = 10.0)]
        minutes: f64,
        /// Where the picture goes.
        #[arg(long, value_name = "FILE")]
        plot: Option<PathBuf>,
    },
}

#[derive(Args)]
struct Common {
    /// The program to measure.
    #[arg(long, value_name = "PROGRAM", default_value = "target/release/verbatim")]
    server: PathBuf,
    /// A text to send, in one piece.
    #[arg(long, value_name = "FILE", default_value = "samples/press-conference.txt")]
    text: PathBuf,
    /// The CPUs that the server may use, as taskset takes them, so that the load does not
    /// take them from it.
    #[arg(long, value_name = "LIST")]
    server_cpus: Option<String>,
    /// Calls under way while what the server can do is measured: as many as it has
    /// threads.
    #[arg(long, value_name = "N", default_value_t = 2)]
    width: u64,
    /// More arguments for `serve`.
    #[arg(last = true)]
    serve: Vec<String>,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    match Arguments::parse().command {
        Command::Storm { common, seconds, factor } => storm::run(common, seconds, factor).await,
        Command::Soak { common, minutes, plot } => soak::run(common, minutes, plot).await,
    }
}
