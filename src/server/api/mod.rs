//! `/api/v1`: the records office over HTTP, behind logins and roles.
//!
//! [`OPERATIONS`] is the router and the roles in one table; `docs/openapi.json` describes it, and a test
//! holds the two together. What is done is done, and entered in the audit log, by `server::office`.

mod operations;

pub use operations::{OPERATIONS, Operation};

use super::accounts::{AccountError, Officer};
use super::office::{Office, OfficeError, Password, Reply};
use crate::transcripts::archive::ArchiveError;
use crate::transcripts::audit::{Action, Deed};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, DefaultBodyLimit, Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{MethodRouter, delete, get, post};
use operations::Asked;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

/// Longest body of a request, bytes.
const BODY_BYTES_MAX: usize = 64 * 1024;
/// The description of the API.
pub const OPENAPI: &str = include_str!("../../../docs/openapi.json");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Login {
    name: String,
    password: Password,
}

/// What the API needs.
#[derive(Clone)]
pub(super) struct Api {
    pub(super) office: Arc<Office>,
    pub(super) behind_proxy: bool,
}

/// The routes under `/api/v1`.
pub(super) fn router<S: Clone + Send + Sync + 'static>(api: Api) -> Router<S> {
    let mut router = Router::new()
        .route("/api/v1/session", post(log_in).get(who).delete(log_out))
        .route("/api/v1/openapi.json", get(openapi));
    for operation in OPERATIONS {
        let path = format!("/api/v1{}", operation.path);
        router = router.route(&path, handler(operation));
    }
    router
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .with_state(api)
}

fn handler(operation: &'static Operation) -> MethodRouter<Api> {
    let handle = move |State(api): State<Api>,
                       Path(path): Path<HashMap<String, String>>,
                       Query(query): Query<HashMap<String, String>>,
                       headers: HeaderMap,
                       body: Bytes| async move {
        let asked = Asked { path, query, body };
        answer(&api, operation, &headers, &asked).await
    };
    match operation.method {
        "POST" => post(handle),
        "DELETE" => delete(handle),
        _ => get(handle),
    }
}

async fn answer(api: &Api, operation: &Operation, headers: &HeaderMap, asked: &Asked) -> Response {
    let Some(officer) = caller(api, headers) else {
        return unauthorised();
    };
    let actor = actor(&officer);
    if !operation.roles.contains(&officer.role) {
        let deed = Deed::new(&actor, Action::Forbidden, "").with(
            "operation",
            format!("{} {}", operation.method, operation.path),
        );
        return match api.office.enter(deed).await {
            Ok(_) => failed(
                StatusCode::FORBIDDEN,
                format!(
                    "the role {} may not do this: ask {}",
                    officer.role.name(),
                    operation
                        .roles
                        .iter()
                        .map(|role| role.name())
                        .collect::<Vec<_>>()
                        .join(" or ")
                ),
            ),
            Err(error) => failed(StatusCode::SERVICE_UNAVAILABLE, error.to_string()),
        };
    }
    let request = match (operation.request)(asked) {
        Ok(request) => request,
        Err(why) => return failed(StatusCode::BAD_REQUEST, why),
    };
    match api.office.try_answer(&actor, request).await {
        Ok(reply) => replied(reply),
        Err(error) => failed(status(&error), error.to_string()),
    }
}

fn replied(reply: Reply) -> Response {
    let code = if reply.ok {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let body = if reply.ok && !reply.data.is_null() {
        reply.data
    } else if reply.ok {
        json!({ "text": reply.text.trim_end() })
    } else {
        json!({ "error": reply.text.trim_end(), "detail": reply.data })
    };
    json_response(code, &body)
}

fn status(error: &OfficeError) -> StatusCode {
    match error {
        OfficeError::Missing(_) => StatusCode::NOT_FOUND,
        OfficeError::Archive(ArchiveError::Expired { .. }) => StatusCode::GONE,
        OfficeError::Archive(ArchiveError::Conflict) => StatusCode::CONFLICT,
        OfficeError::Refused(_) | OfficeError::Archive(ArchiveError::BadNote(_)) => {
            StatusCode::UNPROCESSABLE_ENTITY
        }
        OfficeError::Archive(_)
        | OfficeError::Audit(_)
        | OfficeError::Key(_)
        | OfficeError::Ledger(_)
        | OfficeError::Store(_) => StatusCode::SERVICE_UNAVAILABLE,
    }
}

async fn log_in(
    State(api): State<Api>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let asked = Asked {
        path: HashMap::new(),
        query: HashMap::new(),
        body,
    };
    let Login { name, password } = match asked.body() {
        Ok(login) => login,
        Err(why) => return failed(StatusCode::BAD_REQUEST, why),
    };
    let address = address(&api, peer, &headers).to_string();
    let office = &api.office;
    let now = office.clock().elapsed();
    let outcome = office
        .accounts()
        .log_in((&name, &address), password, office.random(), now)
        .await;
    match outcome {
        Ok((token, officer)) => {
            let deed = Deed::new(&actor(&officer), Action::LoggedIn, "");
            match office.enter(deed).await {
                Ok(_) => json_response(
                    StatusCode::OK,
                    &json!({ "token": token, "name": officer.name, "role": officer.role }),
                ),
                Err(error) => failed(StatusCode::SERVICE_UNAVAILABLE, error.to_string()),
            }
        }
        Err(error @ AccountError::Refused) => {
            // Not the name: what was typed there may be a password.
            let deed = Deed::new("nobody", Action::LoginRefused, "");
            match office.enter(deed).await {
                Ok(_) => failed(StatusCode::UNAUTHORIZED, error.to_string()),
                Err(error) => failed(StatusCode::SERVICE_UNAVAILABLE, error.to_string()),
            }
        }
        Err(error) => failed(StatusCode::SERVICE_UNAVAILABLE, error.to_string()),
    }
}

async fn who(State(api): State<Api>, headers: HeaderMap) -> Response {
    match caller(&api, &headers) {
        Some(officer) => json_response(
            StatusCode::OK,
            &json!({ "name": officer.name, "role": officer.role }),
        ),
        None => unauthorised(),
    }
}

async fn log_out(State(api): State<Api>, headers: HeaderMap) -> Response {
    if let Some(token) = bearer(&headers) {
        api.office.accounts().log_out(token);
    }
    json_response(StatusCode::OK, &json!({ "text": "logged out" }))
}

async fn openapi() -> Response {
    let kind = [(header::CONTENT_TYPE, "application/json")];
    (kind, OPENAPI).into_response()
}

fn caller(api: &Api, headers: &HeaderMap) -> Option<Officer> {
    let token = bearer(headers)?;
    let office = &api.office;
    office.accounts().session(token, office.clock().elapsed())
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers
        .get(header::AUTHORIZATION)?
        .to_str()
        .ok()?
        .strip_prefix("Bearer ")
}

/// The caller's address: what our proxy saw, or who connected.
fn address(api: &Api, peer: SocketAddr, headers: &HeaderMap) -> IpAddr {
    let forwarded = || {
        let value = headers.get("x-forwarded-for")?.to_str().ok()?;
        value.rsplit(',').next()?.trim().parse().ok()
    };
    api.behind_proxy
        .then(forwarded)
        .flatten()
        .unwrap_or(peer.ip())
}

fn actor(officer: &Officer) -> String {
    format!("{} ({})", officer.name, officer.role.name())
}

fn unauthorised() -> Response {
    let mut response = failed(
        StatusCode::UNAUTHORIZED,
        "log in first: POST /api/v1/session with name and password, then send the token as `Authorization: Bearer …`".into(),
    );
    response
        .headers_mut()
        .insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    response
}

fn failed(code: StatusCode, why: String) -> Response {
    json_response(code, &json!({ "error": why }))
}

fn json_response(code: StatusCode, body: &Value) -> Response {
    let mut response = (code, axum::Json(body)).into_response();
    // Personal data stays in no cache on the way.
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
