//! Products of matrices with AMX: 16 × 16 sums of 64 products of bytes in one
//! instruction.
//!
//! The instructions have no stable intrinsics, so they are assembly. Eight tiles of 16
//! rows of 64 bytes: four sums, two of rows, two of columns. Linux gives a process the
//! tiles when it asks; a thread sets them up before its products, and lets go of them
//! after, so that switches between threads need not save them.

use std::{
    arch::{
        asm,
        x86_64::{__cpuid, __cpuid_count, _xgetbv},
    },
    sync::OnceLock,
};

use super::{super::super::weights::PANEL, Product};

/// Rows of a tile.
const TILE: usize = 16;
/// Bytes of a tile's row, and what depths are a multiple of.
pub const DEPTH: usize = 64;

/// What `ldtilecfg` reads: eight tiles of 16 rows of 64 bytes.
#[repr(C, align(64))]
struct Configuration {
    palette: u8,
    start_row: u8,
    reserved: [u8; 14],
    row_bytes: [u16; 16],
    rows: [u8; 16],
}

static CONFIGURATION: Configuration = Configuration {
    palette: 1,
    start_row: 0,
    reserved: [0; 14],
    row_bytes: [64, 64, 64, 64, 64, 64, 64, 64, 0, 0, 0, 0, 0, 0, 0, 0],
    rows: [16, 16, 16, 16, 16, 16, 16, 16, 0, 0, 0, 0, 0, 0, 0, 0],
};

/// Whether the processor has tiles of bytes, and Linux lets this process use them.
pub fn is_available() -> bool {
    static AVAILABLE: OnceLock<bool> = OnceLock::new();
    *AVAILABLE.get_or_init(|| has_tiles() && request_tiles())
}

/// CPUID 7: bit 24 of EDX tells of tiles, bit 25 of their products of bytes. XCR0: bits
/// 17 and 18 tell that the system saves them.
fn has_tiles() -> bool {
    const OSXSAVE: u32 = 1 << 27;
    const TILE_AND_INT8: u32 = 0b11 << 24;
    const STATE: u64 = 0b11 << 17;
    if __cpuid(0).eax < 7 || __cpuid(1).ecx & OSXSAVE == 0 {
        return false;
    }
    // SAFETY: OSXSAVE says that the instruction may be used.
    let state = unsafe { enabled_state() };
    __cpuid_count(7, 0).edx & TILE_AND_INT8 == TILE_AND_INT8 && state & STATE == STATE
}

#[target_feature(enable = "xsave")]
fn enabled_state() -> u64 {
    // SAFETY: register 0 is there wherever the instruction is.
    unsafe { _xgetbv(0) }
}

/// `arch_prctl(ARCH_REQ_XCOMP_PERM, XFEATURE_XTILEDATA)`, for the whole process; a Linux
/// before 5.16 refuses it.
fn request_tiles() -> bool {
    let result: i64;
    // SAFETY: the call reads no memory of ours; it clobbers rcx and r11.
    unsafe {
        asm!(
            "syscall",
            inlateout("rax") 158_i64 => result,
            in("rdi") 0x1023,
            in("rsi") 18,
            lateout("rcx") _,
            lateout("r11") _,
            options(nostack),
        );
    }
    result == 0
}

/// Sets the tiles up, for the products of this thread until `end`.
///
/// # Safety
///
/// `is_available` has said yes.
pub unsafe fn begin() {
    // SAFETY: the caller's; the configuration has the 64 bytes that are read.
    unsafe {
        asm!(
            "ldtilecfg [{}]",
            in(reg) &raw const CONFIGURATION,
            out("tmm0") _, out("tmm1") _, out("tmm2") _, out("tmm3") _,
            out("tmm4") _, out("tmm5") _, out("tmm6") _, out("tmm7") _,
            options(nostack, readonly, preserves_flags),
        );
    }
}

/// Lets go of the tiles.
///
/// # Safety
///
/// `is_available` has said yes.
pub unsafe fn end() {
    // SAFETY: the caller's.
    unsafe { asm!("tilerelease", options(nostack, nomem, preserves_flags)) }
}

/// # Safety
///
/// After `begin`, before `end`, on the same thread.
pub unsafe fn product(p: Product<'_>, out: &mut [i32], out_stride: usize) {
    p.check(out, out_stride, DEPTH);
    for panel in (0..p.panels).step_by(2) {
        for row in (0..p.rows).step_by(2 * TILE) {
            // Without a second tile of rows or columns, the first one twice.
            let below = if row + TILE < p.rows { TILE } else { 0 };
            let beside = if panel + 1 < p.panels { 1 } else { 0 };
            let a = p.a[row * p.stride..].as_ptr();
            let b = p.b[panel * p.panel_bytes()..].as_ptr();
            let c = out[row * out_stride + panel * PANEL..].as_mut_ptr();
            // SAFETY: the tiles are set up, says the caller. `check` has seen that rows
            // up to a multiple of 32, and `panels` panels, are inside the slices: all
            // that four tiles from here on, `depth` deep, read and write.
            unsafe {
                four_tiles(
                    [a, a.add(below * p.stride)],
                    p.stride,
                    [b, b.add(beside * p.panel_bytes())],
                    p.depth / DEPTH,
                    [c, c.add(beside * PANEL)],
                    below * out_stride * 4,
                    out_stride * 4,
                );
            }
        }
    }
}

/// Two tiles of rows times two panels, over `steps` of 64 in depth.
///
/// # Safety
///
/// Tiles are set up. `a` are 16 rows each of `steps · 64` bytes, `a_stride` apart, `b`
/// are `steps` times 1024 bytes each. At `c`, and `below` bytes after, 16 rows of 64
/// bytes each, `c_stride` bytes apart, can be written. `steps` is not 0.
#[inline]
unsafe fn four_tiles(
    a: [*const u8; 2],
    a_stride: usize,
    b: [*const u8; 2],
    steps: usize,
    c: [*mut i32; 2],
    below: usize,
    c_stride: usize,
) {
    // SAFETY: the caller's.
    unsafe {
        asm!(
            "tilezero tmm0",
            "tilezero tmm1",
            "tilezero tmm2",
            "tilezero tmm3",
            "2:",
            "tileloadd tmm6, [{b0} + {b_stride}]",
            "tileloadd tmm4, [{a0} + {a_stride}]",
            "tdpbusd tmm0, tmm4, tmm6",
            "tileloadd tmm7, [{b1} + {b_stride}]",
            "tdpbusd tmm1, tmm4, tmm7",
            "tileloadd tmm5, [{a1} + {a_stride}]",
            "tdpbusd tmm2, tmm5, tmm6",
            "tdpbusd tmm3, tmm5, tmm7",
            "add {a0}, 64",
            "add {a1}, 64",
            "add {b0}, 1024",
            "add {b1}, 1024",
            "dec {steps}",
            "jnz 2b",
            "tilestored [{c0} + {c_stride}], tmm0",
            "tilestored [{c1} + {c_stride}], tmm1",
            "add {c0}, {below}",
            "add {c1}, {below}",
            "tilestored [{c0} + {c_stride}], tmm2",
            "tilestored [{c1} + {c_stride}], tmm3",
            a0 = inout(reg) a[0] => _,
            a1 = inout(reg) a[1] => _,
            a_stride = in(reg) a_stride,
            b0 = inout(reg) b[0] => _,
            b1 = inout(reg) b[1] => _,
            b_stride = in(reg) 64_usize,
            steps = inout(reg) steps => _,
            c0 = inout(reg) c[0] => _,
            c1 = inout(reg) c[1] => _,
            below = in(reg) below,
            c_stride = in(reg) c_stride,
            out("tmm0") _, out("tmm1") _, out("tmm2") _, out("tmm3") _,
            out("tmm4") _, out("tmm5") _, out("tmm6") _, out("tmm7") _,
            options(nostack),
        );
    }
}
