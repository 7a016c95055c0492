//! What happens to a finding: one table, kind by expectation.

use super::PiiKind;
use serde::{Deserialize, Serialize};

/// What happens to a span of personal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Treatment {
    /// Never kept, whoever asked: the resident is shown the safe route.
    Refuse,
    /// Asked for just now: the slot's value, no warning.
    Take,
    /// Warned about and redacted.
    Warn,
    /// Redacted, with a gentle word and a person offered; never blocked.
    Gentle,
}

/// The policy table: what happens to `kind` when the dialogue `asked` for it just now, or did not.
///
/// Card data is refused even where asked for (privacy notice: card details are never kept).
/// Article 9 and 10 data can only be taken by a question that asks for it; content validation
/// holds such questions to a basis and a consent text.
#[must_use]
pub fn treatment(kind: PiiKind, asked: bool) -> Treatment {
    match (kind, asked) {
        (PiiKind::CreditCard | PiiKind::Cvv | PiiKind::CardExpiry, _) => Treatment::Refuse,
        (_, true) => Treatment::Take,
        (PiiKind::SpecialCategory | PiiKind::Criminal, false) => Treatment::Gentle,
        (_, false) => Treatment::Warn,
    }
}
