//! The kinds of personal data, by the names that the labelled sets use.

use serde::{Deserialize, Serialize};

macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $token:literal;)*) => {
        /// A kind of personal data. Serialised by its label, e.g. `CREDIT_CARD`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[derive(schemars::JsonSchema)]
        pub enum PiiKind { $($(#[$doc])* #[serde(rename = $name)] $variant,)* }

        impl PiiKind {
            /// Every kind, in declaration order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The label, e.g. `CREDIT_CARD`.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The kind with this label.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)* _ => None }
            }

            /// What stands in the record in place of the value, e.g. `[card number]`.
            #[must_use]
            pub fn token(self) -> &'static str {
                match self { $(Self::$variant => $token,)* }
            }
        }
    };
}

kinds! {
    /// Payment card number.
    CreditCard = "CREDIT_CARD", "[card number]";
    /// Card security code.
    Cvv = "CVV", "[card security code]";
    /// Card expiry date.
    CardExpiry = "CARD_EXPIRY", "[card expiry date]";
    /// National Insurance number.
    UkNino = "UK_NINO", "[national insurance number]";
    /// NHS number.
    UkNhs = "UK_NHS", "[NHS number]";
    /// Bank sort code.
    UkSortCode = "UK_SORT_CODE", "[sort code]";
    /// Bank account number.
    UkBankAccount = "UK_BANK_ACCOUNT", "[account number]";
    /// International bank account number.
    Iban = "IBAN", "[IBAN]";
    /// Unique taxpayer reference.
    UkUtr = "UK_UTR", "[tax reference]";
    /// Passport number.
    UkPassport = "UK_PASSPORT", "[passport number]";
    /// Driving licence number.
    UkDrivingLicence = "UK_DRIVING_LICENCE", "[driving licence number]";
    /// Vehicle registration mark.
    UkVrm = "UK_VRM", "[vehicle registration]";
    /// Full postcode.
    UkPostcode = "UK_POSTCODE", "[postcode]";
    /// Postal address without its postcode.
    UkAddress = "UK_ADDRESS", "[address]";
    /// Telephone number.
    Phone = "PHONE", "[phone number]";
    /// E-mail address.
    Email = "EMAIL", "[email address]";
    /// Date of birth.
    DateOfBirth = "DATE_OF_BIRTH", "[date of birth]";
    /// Name of a person.
    Person = "PERSON", "[name]";
    /// Internet address of a device.
    IpAddress = "IP_ADDRESS", "[internet address]";
    /// Council tax account reference.
    CouncilTaxRef = "COUNCIL_TAX_REF", "[council tax reference]";
    /// Blue Badge number.
    BlueBadge = "BLUE_BADGE", "[Blue Badge number]";
    /// Special category data, UK GDPR Article 9.
    SpecialCategory = "SPECIAL_CATEGORY", "[sensitive detail]";
    /// Criminal offence data, UK GDPR Article 10.
    Criminal = "CRIMINAL", "[sensitive detail]";
}

/// A set of kinds, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(from = "Vec<PiiKind>", into = "Vec<PiiKind>")]
pub struct KindSet(u32);

impl KindSet {
    /// The empty set.
    pub const EMPTY: Self = Self(0);

    /// This set with `kind` in it.
    #[must_use]
    pub const fn with(self, kind: PiiKind) -> Self {
        Self(self.0 | 1 << kind as u32)
    }

    /// This set with everything of `other` in it.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether `kind` is in the set.
    #[must_use]
    pub const fn contains(self, kind: PiiKind) -> bool {
        self.0 & (1 << kind as u32) != 0
    }

    /// Whether nothing is in the set.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The kinds in declaration order.
    pub fn iter(self) -> impl Iterator<Item = PiiKind> {
        PiiKind::ALL
            .iter()
            .copied()
            .filter(move |kind| self.contains(*kind))
    }
}

impl FromIterator<PiiKind> for KindSet {
    fn from_iter<I: IntoIterator<Item = PiiKind>>(kinds: I) -> Self {
        kinds.into_iter().fold(Self::EMPTY, Self::with)
    }
}

impl From<Vec<PiiKind>> for KindSet {
    fn from(kinds: Vec<PiiKind>) -> Self {
        kinds.into_iter().collect()
    }
}

impl From<KindSet> for Vec<PiiKind> {
    fn from(set: KindSet) -> Self {
        set.iter().collect()
    }
}
