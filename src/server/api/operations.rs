//! What may be asked over HTTP, by whom, and what it asks of the records office: one table.

use crate::server::accounts::Role;
use crate::server::office::{Known, Password, Request};
use axum::body::Bytes;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::HashMap;

/// Most conversations or entries in an answer.
const LIMIT_MAX: usize = 1000;

/// What a request may hold: parts of its path, its query, its body.
pub(super) struct Asked {
    pub(super) path: HashMap<String, String>,
    pub(super) query: HashMap<String, String>,
    pub(super) body: Bytes,
}

/// Something that may be asked.
pub struct Operation {
    /// `GET`, `POST` or `DELETE`.
    pub method: &'static str,
    /// Under `/api/v1`.
    pub path: &'static str,
    /// Who may.
    pub roles: &'static [Role],
    pub(super) request: fn(&Asked) -> Result<Request, String>,
}

const STAFF: &[Role] = &[Role::Officer, Role::Supervisor, Role::DataProtection];
const LEADS: &[Role] = &[Role::Supervisor, Role::DataProtection];
const DATA_PROTECTION: &[Role] = &[Role::DataProtection];
const WATCH: &[Role] = &[Role::DataProtection, Role::Admin];
const ADMIN: &[Role] = &[Role::Admin];

/// Everything that may be asked, besides logging in and out.
pub const OPERATIONS: &[Operation] = &[
    op("GET", "/conversations", LEADS, |asked| {
        Ok(Request::List {
            limit: asked.limit()?,
        })
    }),
    op("GET", "/conversations/{reference}", STAFF, |asked| {
        Ok(Request::Show {
            reference: asked.part("reference"),
        })
    }),
    op(
        "DELETE",
        "/conversations/{reference}",
        DATA_PROTECTION,
        |asked| {
            Ok(Request::Erase {
                reference: asked.part("reference"),
            })
        },
    ),
    op(
        "GET",
        "/conversations/{reference}/export",
        DATA_PROTECTION,
        |asked| {
            Ok(Request::Export {
                reference: asked.part("reference"),
            })
        },
    ),
    op(
        "POST",
        "/conversations/{reference}/case-closed",
        STAFF,
        |asked| {
            let on = asked.body::<OnDay>()?.on;
            Ok(Request::CaseClosed {
                reference: asked.part("reference"),
                on,
            })
        },
    ),
    op(
        "POST",
        "/conversations/{reference}/consent-withdrawn",
        STAFF,
        |asked| {
            Ok(Request::Withdraw {
                by: Known::Reference(asked.part("reference")),
            })
        },
    ),
    op(
        "POST",
        "/conversations/{reference}/corrections",
        DATA_PROTECTION,
        |asked| {
            let Correction { entry, text } = asked.body()?;
            Ok(Request::Correct {
                reference: asked.part("reference"),
                entry,
                text,
            })
        },
    ),
    op(
        "POST",
        "/conversations/{reference}/record-class",
        DATA_PROTECTION,
        |asked| {
            let Retag { class, reason } = asked.body()?;
            Ok(Request::Retag {
                reference: asked.part("reference"),
                class,
                reason,
            })
        },
    ),
    op("POST", "/subjects/search", DATA_PROTECTION, |asked| {
        Ok(Request::Find { by: asked.body()? })
    }),
    op("POST", "/subjects/withdraw", DATA_PROTECTION, |asked| {
        Ok(Request::Withdraw { by: asked.body()? })
    }),
    op("GET", "/holds", DATA_PROTECTION, |_| Ok(Request::HoldList)),
    op("POST", "/holds", DATA_PROTECTION, |asked| {
        let NewHold {
            reference,
            class,
            owner,
            reason,
            review,
        } = asked.body()?;
        Ok(Request::HoldAdd {
            reference,
            class,
            owner,
            reason,
            review,
        })
    }),
    op("DELETE", "/holds/{id}", DATA_PROTECTION, |asked| {
        Ok(Request::HoldRelease {
            id: asked.part("id"),
        })
    }),
    op("GET", "/retention/report", DATA_PROTECTION, |_| {
        Ok(Request::RetentionReport)
    }),
    op("GET", "/retention/plan", DATA_PROTECTION, |_| {
        Ok(Request::SweepPlan)
    }),
    op("POST", "/retention/sweep", DATA_PROTECTION, |asked| {
        Ok(Request::Sweep {
            expect: asked.body::<Expected>()?.expect,
        })
    }),
    op("POST", "/retention/signature", DATA_PROTECTION, |asked| {
        let Officer { by, role } = asked.body()?;
        Ok(Request::Sign { by, role })
    }),
    op("GET", "/retention/review", DATA_PROTECTION, |_| {
        Ok(Request::Review)
    }),
    op(
        "POST",
        "/retention/review/{reference}",
        DATA_PROTECTION,
        |asked| {
            Ok(Request::Dispose {
                reference: asked.part("reference"),
            })
        },
    ),
    op("GET", "/audit", DATA_PROTECTION, |asked| {
        let reference = asked.query.get("reference").cloned();
        Ok(Request::AuditList {
            limit: asked.limit()?,
            reference,
        })
    }),
    op("GET", "/audit/verification", WATCH, |_| {
        Ok(Request::AuditVerify { against: None })
    }),
    op("GET", "/audit/key", WATCH, |_| Ok(Request::AuditKey)),
    op("GET", "/verification", WATCH, |_| Ok(Request::Verify)),
    op("POST", "/backups", ADMIN, |asked| {
        let name = asked.body::<NewBackup>()?.name;
        Ok(Request::BackupNamed { name })
    }),
    op("POST", "/keys/rotation", ADMIN, |asked| {
        let all = asked.body::<Rotation>()?.all;
        Ok(Request::RotateKeys { all })
    }),
    op("GET", "/users", ADMIN, |_| Ok(Request::AccountList)),
    op("POST", "/users", ADMIN, |asked| {
        let NewAccount {
            name,
            role,
            password,
        } = asked.body()?;
        Ok(Request::AccountAdd {
            name,
            role,
            password,
        })
    }),
    op("DELETE", "/users/{name}", ADMIN, |asked| {
        Ok(Request::AccountRemove {
            name: asked.part("name"),
        })
    }),
];

const fn op(
    method: &'static str,
    path: &'static str,
    roles: &'static [Role],
    request: fn(&Asked) -> Result<Request, String>,
) -> Operation {
    Operation {
        method,
        path,
        roles,
        request,
    }
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct OnDay {
    #[serde(default)]
    on: Option<jiff::civil::Date>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Correction {
    entry: u64,
    text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Retag {
    class: String,
    reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewHold {
    #[serde(default)]
    reference: Option<String>,
    #[serde(default)]
    class: Option<String>,
    owner: String,
    reason: String,
    review: jiff::civil::Date,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    #[serde(default)]
    expect: Option<u64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Officer {
    by: String,
    role: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewBackup {
    name: String,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rotation {
    #[serde(default)]
    all: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewAccount {
    name: String,
    role: String,
    password: Password,
}

impl Asked {
    fn part(&self, name: &str) -> String {
        self.path.get(name).cloned().unwrap_or_default()
    }

    fn limit(&self) -> Result<usize, String> {
        let Some(text) = self.query.get("limit") else {
            return Ok(100);
        };
        match text.parse() {
            Ok(limit) if (1..=LIMIT_MAX).contains(&limit) => Ok(limit),
            Ok(_) | Err(_) => Err(format!("limit must be a number from 1 to {LIMIT_MAX}")),
        }
    }

    pub(super) fn body<T: DeserializeOwned>(&self) -> Result<T, String> {
        let bytes: &[u8] = if self.body.is_empty() {
            b"{}"
        } else {
            &self.body
        };
        // serde's own message may quote what was sent.
        serde_json::from_slice(bytes).map_err(|error| {
            let what = match error.classify() {
                serde_json::error::Category::Data => {
                    "does not have the fields that docs/openapi.json describes"
                }
                serde_json::error::Category::Io
                | serde_json::error::Category::Syntax
                | serde_json::error::Category::Eof => "is no JSON",
            };
            format!(
                "the body {what} (line {}, column {})",
                error.line(),
                error.column()
            )
        })
    }
}
