//! Lifecycle and layers.
