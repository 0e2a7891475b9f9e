//! Memory that starts on a cache line.

use super::weights::ALIGNMENT;

/// Puts what it holds at a multiple of 64 bytes, as `Encoder::load` wants its model:
///
/// ```text
/// static MODEL: &Aligned<[u8]> = &Aligned(*include_bytes!("model.bin"));
/// ```
#[derive(Debug, Clone, Copy)]
#[repr(C, align(64))]
pub struct Aligned<T: ?Sized>(pub T);

impl Aligned<[u8]> {
    /// A copy of some bytes that stays until the program ends: for a model read from a file.
    pub fn leak(bytes: &[u8]) -> &'static [u8] {
        let memory = vec![0; bytes.len() + ALIGNMENT].leak();
        let start = memory.as_ptr().align_offset(ALIGNMENT);
        let memory = &mut memory[start..start + bytes.len()];
        memory.copy_from_slice(bytes);
        memory
    }
}

/// Memory that only grows.
#[derive(Debug, Default)]
pub struct Buffer<T>(Vec<T>);

impl<T: Copy + Default> Buffer<T> {
    /// `length` elements on a cache line, with whatever was in them.
    pub fn get(&mut self, length: usize) -> &mut [T] {
        let slack = ALIGNMENT / size_of::<T>().min(ALIGNMENT);
        if self.0.len() < length + slack {
            self.0.resize(length + slack, T::default());
        }
        // A type that no offset aligns starts where the memory does.
        let start = self.0.as_ptr().align_offset(ALIGNMENT);
        let start = if start < slack { start } else { 0 };
        &mut self.0[start..start + length]
    }

    /// Leaves `value` in all of it, as an earlier window might.
    #[cfg(test)]
    pub fn soil(&mut self, value: T) {
        self.0.fill(value);
    }
}

#[cfg(test)]
mod tests {
    use super::{Aligned, Buffer};

    #[test]
    fn memory_starts_on_a_line() {
        assert_eq!(Aligned::leak(b"bytes"), b"bytes");
        assert_eq!(Aligned::leak(b"bytes").as_ptr().align_offset(64), 0);
        for length in [0, 1, 100, 7] {
            let mut buffer = Buffer::<u8>::default();
            assert_eq!(buffer.get(length).len(), length);
            assert_eq!(buffer.get(length).as_ptr().align_offset(64), 0);
            let mut buffer = Buffer::<f32>::default();
            assert_eq!(buffer.get(length).as_ptr().align_offset(64), 0);
        }
    }
}
