//! The detector by itself: `src/pii` uses nothing else of the crate, so that a fuzzer need not build
//! and instrument the whole.

#[path = "../../src/pii/mod.rs"]
pub mod pii;

/// A detector that knows a council's contacts.
#[must_use]
pub fn detector() -> pii::Detector {
    let own = ["03069 990 000".into(), "@cheshvale.example".into()];
    pii::Detector::new(&own).expect("the rule table compiles")
}
