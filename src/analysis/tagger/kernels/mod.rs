//! The arithmetic of the encoder, once for each instruction set.
//!
//! `Kernels` is a table of functions that a model runs on, chosen once. What multiplies
//! matrices (`product`) adds integers, so its results are the
//! same to the last bit everywhere. All else (`linear`, `rows`, `attention`) is written
//! once over `vector`, whose operations give the same bits everywhere too.
//!
//! Nothing here knows what a model looks like as a whole.

mod attention;
mod instruction_set;
mod linear;
mod math;
mod product;
mod rows;
mod table;
mod vector;

pub use attention::{Keys, Scored, Values};
pub use instruction_set::InstructionSet;
pub use linear::{Columns, Sums};
pub use product::{Product, ROWS};
pub use rows::RowScale;
pub use table::Kernels;
