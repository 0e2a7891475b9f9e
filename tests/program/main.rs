//! The program as users run it: real processes, their output and exit codes.

mod analyze;
mod html;
mod operations;
mod serve;
mod support;
#[cfg(feature = "otlp")]
mod traces;
