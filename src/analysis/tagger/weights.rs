//! The model file: its layout, and the check that a file keeps to it.
//!
//! Nothing here computes. Bytes come in, borrowed views and small tables go out. The
//! quantised weights, which are nearly all of the file, stay where they are.
//!
//! All numbers are little-endian. The header has 64 bytes: the magic, eleven u32
//! (version, rows of word, position, shape, space and quote, hidden width, layers,
//! heads, feed-forward width, outputs), four zero bytes, the checksum as u64. Then
//! come the arrays, each at the next multiple of 64 bytes, in this order:
//!
//! 1. word: i8 `[words][hidden]`, then f32 `[words]`, the scale of each row
//! 2. position, shape, space, quote: f32 `[rows][hidden]`
//! 3. gain and bias of the norm of the embeddings: f32 `[hidden]` each
//! 4. for each layer: queries, keys and values as one linear map, the map after
//!    attention, gain and bias; the map up, the map down, gain and bias
//! 5. the output, a linear map
//!
//! A linear map with `n` outputs, rounded up to a multiple of 16, and `k` inputs is i8
//! `[n/16][k/4][16][4]`, which `kernels` reads in place, never -128; f32 `[n]`, the
//! scale of each output; i32 `[n]`, the sum of each output's weights; f32 `[n]`, the bias.
//! `training/tagger/export.py` writes such files.

use thiserror::Error;

pub const MAGIC: &[u8; 8] = b"VBTAGGER";
pub const VERSION: u32 = 1;
/// Bytes of the header, and what every array's place is a multiple of.
pub const ALIGNMENT: usize = 64;
/// Columns of a linear map that are computed together; every table of a map is padded
/// to a multiple of it.
pub const STRIP: usize = 64;
/// Outputs whose weights lie together.
pub const PANEL: usize = 16;
const CHECKSUM_WORD: usize = 7;

/// Why some bytes are no model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ModelError {
    #[error("not a model of the tagger")]
    Magic,
    #[error("version {0} of the model format; this program reads version {VERSION}")]
    Version(u32),
    #[error("the model has an impossible {0}")]
    Shape(&'static str),
    #[error("the model should have {expected} bytes and has {found}")]
    Length { expected: usize, found: usize },
    #[error("the model does not start at a multiple of {ALIGNMENT} bytes in memory")]
    Alignment,
    #[error("the checksum of the model does not match its content")]
    Checksum,
    #[error("the model holds a number that is not finite")]
    NotFinite,
    #[error("the model holds a sum that its weights cannot have")]
    Sum,
}

/// The sizes of a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sizes {
    pub words: usize,
    pub positions: usize,
    pub shapes: usize,
    pub spaces: usize,
    pub quotes: usize,
    /// Width of a piece's vector, a multiple of 64.
    pub hidden: usize,
    pub layers: usize,
    /// Heads of attention, of 32 or 64 columns each.
    pub heads: usize,
    /// Width inside the feed-forward step, a multiple of 64.
    pub feed_forward: usize,
    pub outputs: usize,
}

/// A linear map in int8. The tables are padded with zeros to a multiple of `STRIP`.
pub struct Linear {
    /// `[outputs/16][inputs/4][16][4]`, i8 as bytes.
    pub panels: &'static [u8],
    pub inputs: usize,
    pub scale: Vec<f32>,
    pub sums: Vec<i32>,
    /// 128 times the sums.
    pub shift: Vec<i32>,
    pub bias: Vec<f32>,
}

/// Gain and bias of a layer norm.
pub struct Norm {
    pub gain: Vec<f32>,
    pub bias: Vec<f32>,
}

pub struct Layer {
    /// Queries, keys and values one after the other: `3 × hidden` outputs.
    pub attend: Linear,
    pub merge: Linear,
    pub attended: Norm,
    pub up: Linear,
    pub down: Linear,
    pub fed: Norm,
}

pub struct Weights {
    pub sizes: Sizes,
    /// `[words][hidden]`, i8 as bytes.
    pub word: &'static [u8],
    pub word_scale: Vec<f32>,
    pub position: Vec<f32>,
    pub shape: Vec<f32>,
    pub space: Vec<f32>,
    pub quote: Vec<f32>,
    pub embedded: Norm,
    pub layers: Vec<Layer>,
    pub output: Linear,
}

impl Weights {
    /// Reads a model in place. Any damage is an error; nothing panics.
    pub fn read(bytes: &'static [u8]) -> Result<Self, ModelError> {
        let sizes = Sizes::read(bytes)?;
        let mut length = Length(ALIGNMENT);
        walk(&mut length, sizes)?;
        if length.0 != bytes.len() {
            return Err(ModelError::Length { expected: length.0, found: bytes.len() });
        }
        if bytes.as_ptr().align_offset(ALIGNMENT) != 0 {
            return Err(ModelError::Alignment);
        }
        let stored = bytes.as_chunks::<8>().0.get(CHECKSUM_WORD);
        if stored.map(|word| u64::from_le_bytes(*word)) != Some(checksum(bytes)) {
            return Err(ModelError::Checksum);
        }
        walk(&mut Reader { bytes, at: ALIGNMENT }, sizes)
    }
}

impl Sizes {
    fn read(bytes: &[u8]) -> Result<Self, ModelError> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(ModelError::Magic)?;
        let fields = rest.as_chunks::<4>().0;
        let field = |i: usize| fields.get(i).map_or(0, |bytes| u32::from_le_bytes(*bytes));
        if field(0) != VERSION {
            return Err(ModelError::Version(field(0)));
        }
        // The bounds keep every sum of products inside an i32, and every length far
        // inside a usize.
        let within = |i: usize, name: &'static str, most: usize, multiple: usize| {
            let value = field(i) as usize;
            let fits = (1..=most).contains(&value) && value.is_multiple_of(multiple);
            if fits { Ok(value) } else { Err(ModelError::Shape(name)) }
        };
        let hidden = within(6, "hidden width", 1024, STRIP)?;
        let heads = within(8, "number of heads", hidden, 1)?;
        if hidden != heads * 32 && hidden != heads * 64 {
            return Err(ModelError::Shape("width of a head"));
        }
        Ok(Self {
            words: within(1, "number of words", 1 << 18, 1)?,
            positions: within(2, "number of positions", 512, 1)?,
            shapes: within(3, "number of shapes", 256, 1)?,
            spaces: within(4, "number of spaces", 256, 1)?,
            quotes: within(5, "number of quotes", 256, 1)?,
            hidden,
            layers: within(7, "number of layers", 48, 1)?,
            heads,
            feed_forward: within(9, "feed-forward width", 4096, STRIP)?,
            outputs: within(10, "number of outputs", 4096, 1)?,
        })
    }
}

/// Σ (2i + 1) · word i over the file's 64-bit words, modulo 2⁶⁴, without the word of
/// the checksum itself. Odd factors have inverses, so a change of one word always
/// shows. It guards against damage, not against malice.
pub fn checksum(bytes: &[u8]) -> u64 {
    let (words, _) = bytes.as_chunks::<8>();
    let (head, tail) = words.split_at(CHECKSUM_WORD.min(words.len()));
    let mut factor = 1u64;
    let mut sum = 0u64;
    for word in head.iter().chain([&[0; 8]]).chain(tail.iter().skip(1)) {
        sum = sum.wrapping_add(factor.wrapping_mul(u64::from_le_bytes(*word)));
        factor = factor.wrapping_add(2);
    }
    sum
}

/// What a walk through the file's arrays does at each of them.
trait Visit {
    fn bytes(&mut self, count: usize) -> Result<&'static [u8], ModelError>;
    fn floats(&mut self, count: usize) -> Result<Vec<f32>, ModelError>;
    fn integers(&mut self, count: usize) -> Result<Vec<i32>, ModelError>;
}

/// The one place that knows the order of the arrays.
fn walk(visit: &mut impl Visit, sizes: Sizes) -> Result<Weights, ModelError> {
    let Sizes { hidden, feed_forward, .. } = sizes;
    Ok(Weights {
        sizes,
        word: visit.bytes(sizes.words * hidden)?,
        word_scale: visit.floats(sizes.words)?,
        position: visit.floats(sizes.positions * hidden)?,
        shape: visit.floats(sizes.shapes * hidden)?,
        space: visit.floats(sizes.spaces * hidden)?,
        quote: visit.floats(sizes.quotes * hidden)?,
        embedded: norm(visit, hidden)?,
        layers: (0..sizes.layers)
            .map(|_| {
                Ok(Layer {
                    attend: linear(visit, hidden, 3 * hidden)?,
                    merge: linear(visit, hidden, hidden)?,
                    attended: norm(visit, hidden)?,
                    up: linear(visit, hidden, feed_forward)?,
                    down: linear(visit, feed_forward, hidden)?,
                    fed: norm(visit, hidden)?,
                })
            })
            .collect::<Result<_, _>>()?,
        output: linear(visit, hidden, sizes.outputs)?,
    })
}

fn norm(visit: &mut impl Visit, width: usize) -> Result<Norm, ModelError> {
    Ok(Norm { gain: visit.floats(width)?, bias: visit.floats(width)? })
}

fn linear(visit: &mut impl Visit, inputs: usize, outputs: usize) -> Result<Linear, ModelError> {
    let rows = outputs.next_multiple_of(PANEL);
    let panels = visit.bytes(rows * inputs)?;
    let mut scale = visit.floats(rows)?;
    let mut sums = visit.integers(rows)?;
    let mut bias = visit.floats(rows)?;
    if sums.iter().any(|sum| sum.unsigned_abs() as usize > 127 * inputs) {
        return Err(ModelError::Sum);
    }
    let padded = rows.next_multiple_of(STRIP);
    scale.resize(padded, 0.0);
    sums.resize(padded, 0);
    bias.resize(padded, 0.0);
    let shift = sums.iter().map(|sum| 128 * sum).collect();
    Ok(Linear { panels, inputs, scale, sums, shift, bias })
}

/// Only adds up how long the file should be, before anything is allocated for it.
struct Length(usize);

impl Length {
    fn add(&mut self, bytes: usize) {
        self.0 += bytes.next_multiple_of(ALIGNMENT);
    }
}

impl Visit for Length {
    fn bytes(&mut self, count: usize) -> Result<&'static [u8], ModelError> {
        self.add(count);
        Ok(&[])
    }

    fn floats(&mut self, count: usize) -> Result<Vec<f32>, ModelError> {
        self.add(4 * count);
        Ok(Vec::new())
    }

    fn integers(&mut self, count: usize) -> Result<Vec<i32>, ModelError> {
        self.add(4 * count);
        Ok(Vec::new())
    }
}

struct Reader {
    bytes: &'static [u8],
    at: usize,
}

impl Reader {
    fn words(&mut self, count: usize) -> Result<&'static [[u8; 4]], ModelError> {
        Ok(self.bytes(4 * count)?.as_chunks().0)
    }
}

impl Visit for Reader {
    fn bytes(&mut self, count: usize) -> Result<&'static [u8], ModelError> {
        let end = self.at + count;
        let found = self.bytes.len();
        let array =
            self.bytes.get(self.at..end).ok_or(ModelError::Length { expected: end, found })?;
        self.at = end.next_multiple_of(ALIGNMENT);
        Ok(array)
    }

    fn floats(&mut self, count: usize) -> Result<Vec<f32>, ModelError> {
        let floats: Vec<f32> =
            self.words(count)?.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
        if floats.iter().all(|value| value.is_finite()) {
            Ok(floats)
        } else {
            Err(ModelError::NotFinite)
        }
    }

    fn integers(&mut self, count: usize) -> Result<Vec<i32>, ModelError> {
        Ok(self.words(count)?.iter().map(|bytes| i32::from_le_bytes(*bytes)).collect())
    }
}
