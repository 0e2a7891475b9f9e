//! Every instruction set against the definition, on arbitrary bytes and sizes.

use proptest::prelude::*;

use super::{
    super::{InstructionSet, Kernels},
    Product, ROWS,
};

/// `Σ_k a[i][k] · b[k][j]` by the definition.
fn by_definition(p: &Product<'_>, i: usize, j: usize) -> i32 {
    let weight = |k: usize| p.b[j / 16 * 16 * p.depth + k / 4 * 64 + j % 16 * 4 + k % 4] as i8;
    (0..p.depth).map(|k| i32::from(p.a[i * p.stride + k]) * i32::from(weight(k))).sum()
}

fn bytes(count: usize, seed: u64, least: u8) -> Vec<u8> {
    let mut state = seed | 1;
    let mut next = || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        // Often an extreme, where sums would overflow first.
        match (state >> 33) as u8 {
            0..60 => 255,
            60..120 => 129,
            120..180 => 127,
            _ => (state >> 41) as u8,
        }
    };
    (0..count).map(|_| next()).map(|byte| if byte == least { 0 } else { byte }).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn all_instruction_sets_give_the_exact_sums(
        rows in 1usize..70,
        depth in 1usize..20,
        panels in 1usize..10,
        spare in 0usize..3,
        seed in any::<u64>(),
    ) {
        for set in InstructionSet::ALL {
            let Some(kernels) = Kernels::of(set) else { continue };
            let depth = depth * kernels.depth_step;
            let stride = depth + 4 * spare;
            let padded = rows.next_multiple_of(ROWS);
            let out_stride = 16 * (panels + spare);
            let a = bytes(padded * stride, seed, 0);
            // -128 is no weight.
            let b = bytes(panels * 16 * depth, !seed, 128);
            let mut p = Product { a: &a, rows, stride, b: &b, depth, panels, shift: &[] };
            let sums: Vec<i32> = (0..16 * panels)
                .map(|j| by_definition(&Product { a: &vec![128; depth], ..p }, 0, j))
                .collect();
            p.shift = &sums;
            let mut out = vec![0; padded * out_stride];
            kernels.with(|| kernels.product(p, &mut out, out_stride));
            for i in 0..rows {
                for j in 0..16 * panels {
                    let wanted = by_definition(&p, i, j);
                    prop_assert_eq!(out[i * out_stride + j], wanted, "{:?} {} {}", set, i, j);
                }
            }
        }
    }
}

#[test]
#[should_panic(expected = "assertion")]
fn a_product_outside_its_slices_panics() {
    let kernels = Kernels::of(InstructionSet::best()).expect("the best is there");
    let (a, b) = (vec![0; 32 * 64], vec![0; 16 * 63]);
    let p = Product { a: &a, rows: 1, stride: 64, b: &b, depth: 64, panels: 1, shift: &[0; 16] };
    kernels.with(|| kernels.product(p, &mut [0; 32 * 16], 16));
}
