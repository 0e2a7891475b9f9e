//! prototype
use std::sync::OnceLock;
use super::features::COUNT;

pub struct Model { pub bits: u32, pub d: usize, pub table: Vec<f32>, pub out: Vec<f32>, pub bias: f32, pub hidden: Vec<f32> }

static MODEL: OnceLock<Option<Model>> = OnceLock::new();

pub fn get() -> Option<&'static Model> {
    MODEL.get_or_init(|| {
        let path = std::env::var("SENT_MODEL").ok()?;
        let bytes = std::fs::read(path).ok()?;
        let f: Vec<f32> = bytes.chunks_exact(4).map(|c| f32::from_le_bytes(c.try_into().unwrap())).collect();
        let bits = f[0] as u32; let d = f[1] as usize; let bias = f[2];
        let out = f[3..3 + d].to_vec(); let hidden = f[3 + d..3 + 2 * d].to_vec();
        Some(Model { bits, d, bias, out, hidden, table: f[3 + 2 * d..].to_vec() })
    }).as_ref()
}

impl Model {
    pub fn score(&self, features: &[u32; COUNT]) -> f32 {
        let mut h = self.hidden.clone();
        for &f in features {
            let row = (f >> (32 - self.bits)) as usize * self.d;
            for (h, w) in h.iter_mut().zip(&self.table[row..row + self.d]) { *h += w; }
        }
        // channel 0 is linear
        let mut s = self.bias + h[0];
        for j in 1..self.d { s += self.out[j] * h[j].max(0.0); }
        s
    }
}
