//! From a network's probability to a confidence: how often such an answer is right.

/// The logistic curve `slope · log-odds + offset`, as Platt scaling has it. Both ends of
/// the probability are cut off at one in ten thousand.
pub(super) fn logistic(probability: f32, slope: f32, offset: f32) -> f32 {
    let p = probability.clamp(1e-4, 1.0 - 1e-4);
    let score = slope * (p / (1.0 - p)).ln() + offset;
    1.0 / (1.0 + (-score).exp())
}
