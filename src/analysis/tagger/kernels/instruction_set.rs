//! Which instruction sets there are kernels for, and which this processor has.

/// Instructions that the encoder can run on, the slowest first. Results are the same to
/// the last bit on all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum InstructionSet {
    /// Plain Rust, for any processor.
    Portable,
    /// Integer vectors of 256 bits.
    Avx2,
    /// Dot products of bytes in vectors of 512 bits.
    Avx512Vnni,
    /// Tiles: 16 × 16 dot products of 64 bytes in one instruction.
    AmxInt8,
}

impl InstructionSet {
    pub const ALL: [Self; 4] = [Self::Portable, Self::Avx2, Self::Avx512Vnni, Self::AmxInt8];

    /// Whether this processor, and its operating system, let it run.
    pub fn is_available(self) -> bool {
        match self {
            Self::Portable => true,
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => std::is_x86_feature_detected!("avx2"),
            #[cfg(target_arch = "x86_64")]
            Self::Avx512Vnni => avx512_vnni(),
            #[cfg(all(target_arch = "x86_64", target_os = "linux"))]
            Self::AmxInt8 => avx512_vnni() && super::product::amx::is_available(),
            #[allow(unreachable_patterns)]
            _ => false,
        }
    }

    /// The fastest that is available.
    pub fn best() -> Self {
        Self::ALL.into_iter().rev().find(|set| set.is_available()).unwrap_or(Self::Portable)
    }
}

#[cfg(target_arch = "x86_64")]
fn avx512_vnni() -> bool {
    use std::is_x86_feature_detected as has;
    has!("avx512f")
        && has!("avx512bw")
        && has!("avx512dq")
        && has!("avx512vl")
        && has!("avx512vnni")
}
