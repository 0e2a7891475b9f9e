//! The table of functions for each instruction set.
//!
//! `operations!` lists what the encoder is made of, once. `instantiate!` compiles every
//! operation again with the instruction set's features.

#[cfg(all(target_arch = "x86_64", target_os = "linux"))]
use super::product::amx;
#[cfg(target_arch = "x86_64")]
use super::vector::{Avx2, Avx512};
use super::{
    super::weights::Norm,
    InstructionSet,
    attention::{self, Keys, Scored, Values},
    linear::{self, Sums},
    product::{self, Product},
    rows::{self, RowScale},
    vector::Portable,
};

/// Calls `$then! { $with; list of operations }`.
macro_rules! operations {
    ($then:ident, $($with:tt)*) => {
        $then! { $($with)*;
            normalise(x: &mut [f32], norm: &Norm, out: &mut [u8], scales: &mut [RowScale])
                = rows::normalise;
            quantise(x: &[f32], width: usize, out: &mut [u8], scales: &mut [RowScale])
                = rows::quantise;
            store(block: Sums<'_>, out: &mut [f32], stride: usize, width: usize) = linear::store;
            add(block: Sums<'_>, out: &mut [f32], stride: usize) = linear::add;
            gelu(block: Sums<'_>, out: &mut [f32], stride: usize) = linear::gelu;
            queries(
                strip: &[f32], columns: (usize, usize),
                out: &mut [u8], stride: usize, scales: &mut [f32]
            ) = attention::queries;
            keys(strip: &[f32], columns: (usize, usize), keys: Keys<'_>) = attention::keys;
            values(strip: &[f32], columns: (usize, usize), values: Values<'_>)
                = attention::values;
            softmax(
                scores: &[i32], keys: Scored<'_>, queries: &[f32],
                out: (&mut [u8], usize), inverse: &mut [f32]
            ) = attention::softmax;
            context(
                sums: &[i32], inverse: &[f32], scales: &[f32], width: usize,
                out: (&mut [f32], usize)
            ) = attention::context;
        }
    };
}

/// The type of the table, and a method for each of its functions.
macro_rules! define {
    (; $($name:ident($($argument:ident: $type:ty),*) = $body:path;)*) => {
        /// What a model runs on. Only `Kernels::of` hands one out, after it has seen
        /// that the processor has the instruction set.
        pub struct Kernels {
            pub set: InstructionSet,
            /// What every `Product::depth` is a multiple of.
            pub depth_step: usize,
            begin: unsafe fn(),
            end: unsafe fn(),
            product: unsafe fn(Product<'_>, &mut [i32], usize),
            $($name: unsafe fn($($type),*),)*
        }

        impl Kernels {
            $(
                pub fn $name(&self, $($argument: $type),*) {
                    // SAFETY: the processor has the instruction set, see `of`.
                    unsafe { (self.$name)($($argument),*) }
                }
            )*
        }
    };
}

/// A table whose functions are compiled with `$feature`s.
macro_rules! instantiate {
    (
        $set:ident, $depth_step:literal, $begin:path, $end:path, $product:path,
        $vector:expr, #[$feature:meta];
        $($name:ident($($argument:ident: $type:ty),*) = $body:path;)*
    ) => {{
        $(
            #[$feature]
            fn $name($($argument: $type),*) {
                $body($vector, $($argument),*)
            }
        )*
        Kernels {
            set: InstructionSet::$set,
            depth_step: $depth_step,
            begin: $begin,
            end: $end,
            product: $product,
            $($name,)*
        }
    }};
}

operations!(define,);

static PORTABLE: Kernels = operations!(
    instantiate,
    Portable, 4, nothing, nothing, product::portable, Portable,
    #[inline(never)]
);

#[cfg(target_arch = "x86_64")]
static AVX512_VNNI: Kernels = operations!(
    instantiate,
    Avx512Vnni, 4, nothing, nothing, product::avx512, Avx512::new(),
    #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl")]
);

#[cfg(target_arch = "x86_64")]
static AVX2: Kernels = operations!(
    instantiate,
    Avx2, 4, nothing, nothing, product::avx2, Avx2::new(),
    #[target_feature(enable = "avx2")]
);

#[cfg(all(target_arch = "x86_64", target_os = "linux"))]
static AMX_INT8: Kernels = operations!(
    instantiate,
    AmxInt8, 64, amx::begin, amx::end, amx::product, Avx512::new(),
    #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl")]
);

fn nothing() {}

impl Kernels {
    /// The table of an instruction set, if this processor has it.
    pub fn of(set: InstructionSet) -> Option<&'static Self> {
        if !set.is_available() {
            return None;
        }
        match set {
            InstructionSet::Portable => Some(Self::portable()),
            #[cfg(target_arch = "x86_64")]
            InstructionSet::Avx2 => Some(&AVX2),
            #[cfg(target_arch = "x86_64")]
            InstructionSet::Avx512Vnni => Some(&AVX512_VNNI),
            #[cfg(all(target_arch = "x86_64", target_os = "linux"))]
            InstructionSet::AmxInt8 => Some(&AMX_INT8),
            #[allow(unreachable_patterns)]
            _ => None,
        }
    }

    /// The table that any processor can run on.
    pub fn portable() -> &'static Self {
        &PORTABLE
    }

    /// Runs `work` between what has to come before products and what has to come after.
    pub fn with<R>(&self, work: impl FnOnce() -> R) -> R {
        // SAFETY: the processor has the instruction set, see `of`.
        unsafe { (self.begin)() };
        let result = work();
        // SAFETY: likewise, and `begin` came first.
        unsafe { (self.end)() };
        result
    }

    /// See `Product`. `out` is `[rows][out_stride]`, padded to `ROWS`.
    pub fn product(&self, product: Product<'_>, out: &mut [i32], out_stride: usize) {
        // SAFETY: the processor has the instruction set, see `of`.
        unsafe { (self.product)(product, out, out_stride) }
    }
}
