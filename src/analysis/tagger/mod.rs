//! The tagger: one network reads the text once, and tells entities and attributions.
//!
//! Text becomes `words`, words become `pieces`, pieces go in `windows` through the
//! `encoder`, and its scores become spans (`decode`) and the `links` between them;
//! `tag` is the way through. Must not judge what the network says: the rules on top
//! are those of `entities` and `quotes`.
//!
//! `Encoder` runs in int8 on whatever instructions the processor has, and gives the
//! same logits, to the last bit, on all of them.

mod attention;
mod buffer;
mod decode;
mod encoder;
mod kernels;
mod layer;
mod links;
mod pieces;
#[cfg(test)]
mod reference;
mod scratch;
mod tag;
#[cfg(test)]
mod tests;
mod weights;
mod windows;
mod words;

pub use buffer::Aligned;
pub use encoder::{Encoder, Piece};
pub use kernels::InstructionSet;
pub use scratch::Scratch;
pub use tag::{Tagged, TaggedCue, Tags, load, tag, tag_watched};
pub use weights::ModelError;
