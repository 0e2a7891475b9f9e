//! The domain: what a text is made of.
//!
//! Pure and synchronous: text in, positions and names out. Nothing here knows
//! protobuf, sockets, async, files or clocks. All offsets are bytes of UTF-8, on
//! character boundaries. Data flows one way:
//!
//! text → language → sentences and tokens → tags → mentions → entities → quotes
//!
//! `Analyzer` (in `pipeline`) is the way in.

mod confidence;
pub mod entities;
pub mod language;
mod pipeline;
pub mod quotes;
pub mod sentences;
mod span;
pub mod tagger;
mod tokens;
mod watch;
mod word_list;

use confidence::logistic;
pub use pipeline::{Analysis, Analyzer, Capability, DEFAULT_MAX_RESULTS, Feature, Features, Level};
pub use span::Span;
pub use tokens::{Token, TokenKind, tokenize};
pub use watch::{Stopped, Unwatched, Watch};
