//! Verbatim: tells other programs what a text is made of.
//!
//! See ARCHITECTURE.md for the map.

pub mod analysis;
pub mod cli;
pub mod error;
pub mod evaluate;
pub mod grpc;
mod lines;
pub mod metrics;
pub mod pool;
pub mod server;

pub use error::Error;
