//! Every operation of every instruction set against plain arrays, bit by bit.

use proptest::prelude::*;

use super::{LANES, Portable, Vector};

/// The results of all operations as bits.
fn results(v: impl Vector, a: [f32; LANES], b: [f32; LANES], c: [i32; LANES]) -> Vec<Vec<u32>> {
    let float = |x| {
        let mut array = [0.0; LANES];
        v.store(x, &mut array);
        array.iter().map(|x| x.to_bits()).collect::<Vec<u32>>()
    };
    let integer = |x| {
        let mut array = [0; LANES];
        v.store_i(x, &mut array);
        array.map(|x| x as u32).to_vec()
    };
    let (a, b, c) = (v.load(&a), v.load(&b), v.load_i(&c));
    let d = v.as_bits(b);
    let mut bytes = [0; LANES];
    v.store_bytes(c, &mut bytes);
    let mut words = [0; 4 * LANES];
    v.interleave([c, d, v.as_bits(a), v.add_i(c, d)], &mut words);
    vec![
        float(v.splat(1.5)),
        float(v.add(a, b)),
        float(v.sub(a, b)),
        float(v.mul(a, b)),
        float(v.max(a, b)),
        float(v.min(a, b)),
        vec![v.sum(a).to_bits(), v.greatest(a).to_bits(), v.least(a).to_bits()],
        integer(v.splat_i(-7)),
        integer(v.add_i(c, d)),
        integer(v.sub_i(c, d)),
        integer(v.mul_i(c, d)),
        vec![v.sum_i(c) as u32],
        integer(v.exponent(c)),
        bytes.map(u32::from).to_vec(),
        words.map(u32::from).to_vec(),
        float(v.float(c)),
        float(v.as_float(v.exponent(c))),
    ]
}

/// The same, where the processor can, on what is not portable.
#[cfg(target_arch = "x86_64")]
fn others(a: [f32; LANES], b: [f32; LANES], c: [i32; LANES]) -> Vec<Vec<Vec<u32>>> {
    use super::{super::InstructionSet, Avx2, Avx512};
    let mut all = Vec::new();
    if InstructionSet::Avx2.is_available() {
        // SAFETY: the processor has the instructions.
        all.push(results(unsafe { Avx2::new() }, a, b, c));
    }
    if InstructionSet::Avx512Vnni.is_available() {
        // SAFETY: likewise.
        all.push(results(unsafe { Avx512::new() }, a, b, c));
    }
    all
}

#[cfg(not(target_arch = "x86_64"))]
fn others(_: [f32; LANES], _: [f32; LANES], _: [i32; LANES]) -> Vec<Vec<Vec<u32>>> {
    Vec::new()
}

proptest! {
    #[test]
    fn all_instruction_sets_give_the_same_bits(
        a in prop::array::uniform16(-1e30f32..1e30),
        b in prop::array::uniform16(-300f32..300.0),
        c in prop::array::uniform16(any::<i32>()),
    ) {
        let wanted = results(Portable, a, b, c);
        for found in others(a, b, c) {
            prop_assert_eq!(&found, &wanted);
        }
    }

    /// What is not a number is passed over when it comes first: padding relies on it.
    #[test]
    fn what_is_no_number_loses(b in prop::array::uniform16(-1e30f32..1e30)) {
        let wanted = results(Portable, [f32::NAN; LANES], b, [0; LANES]);
        let bits: Vec<u32> = b.iter().map(|b| b.to_bits()).collect();
        prop_assert_eq!(&wanted[4], &bits);
        for found in others([f32::NAN; LANES], b, [0; LANES]) {
            prop_assert_eq!(&found[4..6], &wanted[4..6]);
        }
    }
}
