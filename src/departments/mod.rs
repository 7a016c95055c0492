//! Who deals with it: departments, their contractors, and when they are open.

mod holidays;
mod hours;
mod in_words;

pub use holidays::BankHolidays;
pub use hours::{OpenStatus, OpeningHours};
pub use in_words::moment_in_words;

use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

/// A department by its folder, e.g. `waste`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DepartmentName(Arc<str>);

impl DepartmentName {
    /// Names a department; content loading is what checks that it exists.
    #[must_use]
    pub fn new(slug: &str) -> Self {
        Self(slug.into())
    }

    /// The slug, e.g. `waste`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DepartmentName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A department, or a contractor's desk, that an enquiry can be taken to.
#[derive(Debug, Clone)]
pub struct Department {
    /// Its folder.
    pub name: DepartmentName,
    /// What a resident calls it, e.g. "Waste and Recycling".
    pub title: Arc<str>,
    /// What it deals with, in plain words, for choices and redirects.
    pub handles: Arc<str>,
    /// Who does the work, where that is not the council itself.
    pub contractor: Option<Arc<str>>,
    /// How it can be reached.
    pub channels: Reach,
    /// When it can be reached.
    pub hours: OpeningHours,
    /// What a resident is told and where they are taken when it is closed.
    pub out_of_hours: OutOfHours,
}

/// How a department can be reached; each is checked when content loads.
#[derive(Debug, Clone, Default)]
pub struct Reach {
    /// Telephone number as it is shown, e.g. "03069 990 011".
    pub phone: Option<Arc<str>>,
    /// Web page.
    pub url: Option<Arc<str>>,
    /// Name of its queue in a contact-centre or live-chat system.
    pub queue: Option<Arc<str>>,
}

/// What happens outside a department's hours.
#[derive(Debug, Clone)]
pub struct OutOfHours {
    /// Another department that takes urgent matters then, e.g. `emergency`.
    pub urgent_to: Option<DepartmentName>,
    /// What the resident is told, in English and, where written, Welsh.
    pub text: crate::content::Localized,
}
