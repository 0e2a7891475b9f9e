//! The network: the mean of the rows of a text's features, and from it a weight for
//! each language. Trained by stochastic gradient descent with a step of its own for
//! each row (Adagrad, Duchi et al. 2011), on two threads that never share a row, so that
//! the same data gives the same weights.

use crate::{languages::LANGUAGES, random::Random, sample::Source};

/// Numbers of a row, as many of two bits as the detector has beside a check in 16 bytes.
pub const WIDTH: usize = 60;

/// `WIDTH` rounded up for the processor; the last ones stay 0.
pub const PADDED: usize = 64;

/// Languages, rounded up for the processor.
pub const CLASSES: usize = LANGUAGES.len().div_ceil(16) * 16;

/// Samples between two updates.
pub const BATCH: usize = 256;

type Vector = [f32; PADDED];

pub struct Network {
    pub rows: Vec<Vector>,
    /// Squares of the gradients of each row, summed up.
    squares: Vec<f32>,
    /// For each number of a row, what it says for each language.
    pub output: Vec<[f32; CLASSES]>,
    pub bias: [f32; CLASSES],
    output_squares: Vec<[f32; CLASSES]>,
    bias_squares: [f32; CLASSES],
    /// The step between the levels of each number, once rows count in steps.
    pub steps: Option<Vector>,
}

/// What a batch does to the output layer.
struct Change {
    output: Vec<[f32; CLASSES]>,
    bias: [f32; CLASSES],
    loss: f64,
}

/// One sample of a batch.
struct Sample {
    rows: Vec<u32>,
    gradient: Vector,
}

impl Network {
    pub fn new(rows: usize) -> Self {
        let mut random = Random::new(7);
        let mut output = vec![[0.0; CLASSES]; PADDED];
        for line in output.iter_mut().take(WIDTH) {
            for weight in line.iter_mut().take(LANGUAGES.len()) {
                *weight = (random.unit() as f32 - 0.5) * 0.5;
            }
        }
        Self {
            rows: vec![[0.0; PADDED]; rows],
            squares: vec![1e-4; rows],
            output,
            bias: [0.0; CLASSES],
            bias_squares: [1.0; CLASSES],
            output_squares: vec![[1e-2; CLASSES]; PADDED],
            steps: None,
        }
    }

    /// The mean of `rows`.
    pub fn mean(&self, rows: &[u32]) -> Vector {
        let mut sum = [0.0; PADDED];
        for &row in rows {
            let row = &self.rows[row as usize];
            match &self.steps {
                None => (0..PADDED).for_each(|i| sum[i] += row[i]),
                Some(steps) => (0..PADDED).for_each(|i| sum[i] += level(row[i], steps[i])),
            }
        }
        if let Some(steps) = &self.steps {
            (0..PADDED).for_each(|i| sum[i] *= steps[i]);
        }
        let share = 1.0 / rows.len().max(1) as f32;
        sum.map(|value| value * share)
    }

    /// The weight of each language.
    pub fn weigh(&self, mean: &Vector) -> [f32; CLASSES] {
        let mut weights = self.bias;
        for (value, line) in mean.iter().zip(&self.output).take(WIDTH) {
            (0..CLASSES).for_each(|c| weights[c] += value * line[c]);
        }
        weights
    }

    /// Takes one batch of samples; returns their mean loss in nats.
    pub fn learn(&mut self, source: &Source, random: &mut [Random; 2], rate: f32) -> f64 {
        let half = |network: &Self, random: &mut Random| {
            let mut change =
                Change { output: vec![[0.0; CLASSES]; PADDED], bias: [0.0; CLASSES], loss: 0.0 };
            let samples: Vec<_> =
                (0..BATCH / 2).map(|_| network.sample(source, random, &mut change)).collect();
            (samples, change)
        };
        let (first, second) = random.split_at_mut(1);
        let this = &*self;
        let ((mut samples, mut change), (others, other)) =
            rayon::join(|| half(this, &mut first[0]), || half(this, &mut second[0]));
        samples.extend(others);
        for (line, other) in change.output.iter_mut().zip(&other.output) {
            (0..CLASSES).for_each(|c| line[c] += other[c]);
        }
        (0..CLASSES).for_each(|c| change.bias[c] += other.bias[c]);

        let middle = self.rows.len() / 2;
        let (rows, more_rows) = self.rows.split_at_mut(middle);
        let (squares, more_squares) = self.squares.split_at_mut(middle);
        rayon::join(
            || update(rows, squares, 0, &samples, rate),
            || update(more_rows, more_squares, middle, &samples, rate),
        );
        let output_rate = rate * 0.2;
        for ((line, squares), change) in
            self.output.iter_mut().zip(&mut self.output_squares).zip(&change.output)
        {
            for c in 0..LANGUAGES.len() {
                squares[c] += change[c] * change[c];
                line[c] -= output_rate * change[c] / squares[c].sqrt();
            }
        }
        for c in 0..LANGUAGES.len() {
            self.bias_squares[c] += change.bias[c] * change.bias[c];
            self.bias[c] -= output_rate * change.bias[c] / self.bias_squares[c].sqrt();
        }
        (change.loss + other.loss) / BATCH as f64
    }

    fn sample(&self, source: &Source, random: &mut Random, change: &mut Change) -> Sample {
        let mut rows = Vec::new();
        let language = source.draw(random, &mut rows);
        let mean = self.mean(&rows);
        let mut error = self.weigh(&mean);
        let highest = error[..LANGUAGES.len()].iter().fold(f32::MIN, |a, &b| a.max(b));
        let mut total = 0.0;
        for weight in &mut error[..LANGUAGES.len()] {
            *weight = (*weight - highest).exp();
            total += *weight;
        }
        let share = 1.0 / total;
        error.iter_mut().for_each(|weight| *weight *= share);
        error[LANGUAGES.len()..].fill(0.0);
        change.loss -= f64::from(error[language].max(1e-9)).ln();
        error[language] -= 1.0;
        (0..CLASSES).for_each(|c| change.bias[c] += error[c]);
        let mut gradient = [0.0; PADDED];
        for i in 0..WIDTH {
            let (line, change) = (&self.output[i], &mut change.output[i]);
            let mut sums = [0.0f32; 16];
            for c in (0..CLASSES).step_by(16) {
                for lane in 0..16 {
                    sums[lane] += line[c + lane] * error[c + lane];
                    change[c + lane] += mean[i] * error[c + lane];
                }
            }
            gradient[i] = sums.iter().sum();
        }
        Sample { rows, gradient }
    }

    /// From here on rows count in four levels.
    pub fn quantise(&mut self) {
        let taken: Vec<_> = self.rows.iter().filter(|row| row.iter().any(|&v| v != 0.0)).collect();
        let mut steps = [1.0; PADDED];
        for (i, step) in steps.iter_mut().enumerate().take(WIDTH) {
            let squares: f64 = taken.iter().map(|row| f64::from(row[i]).powi(2)).sum();
            let deviation = (squares / taken.len().max(1) as f64).sqrt() as f32;
            // The step of least error for values of a normal distribution.
            *step = (deviation * 0.9957).max(1e-6);
        }
        self.steps = Some(steps);
    }
}

/// The level of a value, by the step between them: -1.5, -0.5, 0.5 or 1.5.
pub fn level(value: f32, step: f32) -> f32 {
    (value / step).floor().clamp(-2.0, 1.0) + 0.5
}

fn update(rows: &mut [Vector], squares: &mut [f32], from: usize, samples: &[Sample], rate: f32) {
    for Sample { rows: own, gradient } in samples {
        let square = gradient.iter().map(|g| g * g).sum::<f32>() / WIDTH as f32;
        for &row in own {
            let Some(at) = (row as usize).checked_sub(from).filter(|at| *at < rows.len()) else {
                continue;
            };
            squares[at] += square;
            let step = rate / squares[at].sqrt();
            (0..PADDED).for_each(|i| rows[at][i] -= step * gradient[i]);
        }
    }
}
