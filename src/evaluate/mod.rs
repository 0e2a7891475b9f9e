//! Scores predictions against annotations.
