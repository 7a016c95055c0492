//! One turn from end to end.

pub mod golden;
