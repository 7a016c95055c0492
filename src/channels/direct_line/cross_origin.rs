//! Pages of other origins: which may ask, and what a browser is told before it lets them.

use super::DirectLine;
use super::refusal::Refusal;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use std::sync::Arc;

/// What is told to a page that may ask.
const ANSWERS: [(header::HeaderName, &str); 4] = [
    (header::VARY, "origin"),
    (
        header::ACCESS_CONTROL_ALLOW_HEADERS,
        "authorization, content-type, x-ms-bot-agent, x-requested-with",
    ),
    (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST"),
    (header::ACCESS_CONTROL_MAX_AGE, "600"),
];

/// Answers what browsers ask before a request from another origin, and marks answers as theirs to read.
pub(crate) async fn cross_origin(
    State(line): State<Arc<DirectLine>>,
    request: Request,
    next: Next,
) -> Response {
    if !line.gate.allows(request.headers()) {
        line.gate.engine.meters().refused("origin");
        let words = "this site is not among the configured origins (cece.toml, origins)";
        return Refusal::new(StatusCode::FORBIDDEN, "OriginNotAllowed", words).into_response();
    }
    let origin = request.headers().get(header::ORIGIN).cloned();
    let mut response = if request.method() == Method::OPTIONS {
        StatusCode::NO_CONTENT.into_response()
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(origin) = origin {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        for (name, value) in ANSWERS {
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
    response
}
