//! The shapes of references that the council gives out: this house's own, and those that an author
//! names.
//!
//! Whether a reference exists is not known here.

/// The shape of a council reference, as an author writes it: `PL/####/####`.
///
/// `#` stands for a digit, `@` for a letter, `*` for either; capitals and digits for themselves; other
/// marks are written between the parts and need not be said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferenceShape(Box<str>);

/// The most characters of a shape.
const SHAPE_CHARS_MAX: usize = 24;

impl ReferenceShape {
    /// This house's own: `CV-7K4M-29QX`.
    #[must_use]
    pub fn own() -> Self {
        Self("CV-****-****".into())
    }

    /// Reads a shape as it is written in the content; none where it has fewer than four characters
    /// that vary or other signs than those above.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let fits = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || "#@*-/. ".contains(c);
        let varies = text.chars().filter(|c| "#@*".contains(*c)).count();
        (varies >= 4 && text.len() <= SHAPE_CHARS_MAX && text.chars().all(fits))
            .then(|| Self(text.into()))
    }

    /// A reference of this shape from its letters and digits alone, in lower case.
    pub(super) fn read(&self, joined: &str) -> Option<String> {
        let mut said = joined.bytes();
        let mut value = String::with_capacity(self.0.len());
        for sign in self.0.bytes() {
            let fits = |byte: u8| match sign {
                b'#' => byte.is_ascii_digit(),
                b'@' => byte.is_ascii_lowercase(),
                b'*' => byte.is_ascii_alphanumeric(),
                other => byte == other.to_ascii_lowercase(),
            };
            if sign.is_ascii_alphanumeric() || b"#@*".contains(&sign) {
                let byte = said.next()?;
                if !fits(byte) {
                    return None;
                }
                value.push(char::from(byte.to_ascii_uppercase()));
            } else {
                value.push(char::from(sign));
            }
        }
        said.next().is_none().then_some(value)
    }
}
