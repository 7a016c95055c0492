//! Every route of the server, on one page.

use super::{Shared, api};
use crate::channels::websocket;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use std::sync::Arc;

/// What this server answers to.
pub(super) fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/", get(|| page("text/html; charset=utf-8", CHAT_HTML)))
        .route(
            "/chat.css",
            get(|| page("text/css; charset=utf-8", CHAT_CSS)),
        )
        .route(
            "/chat.js",
            get(|| page("text/javascript; charset=utf-8", CHAT_JS)),
        )
        // Browsers ask for one unbidden; there is none, and that is no error.
        .route("/favicon.ico", get(|| async { StatusCode::NO_CONTENT }))
        .route("/api/departments", get(departments))
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
        .merge(api::router(api::Api {
            office: Arc::clone(&shared.office),
            behind_proxy: shared.gate.behind_proxy,
        }))
        .layer(middleware::from_fn(secure))
        .with_state(Arc::clone(&shared))
        .route(
            "/ws",
            get(websocket::upgrade).with_state(Arc::clone(&shared.gate)),
        )
}

const CHAT_HTML: &str = include_str!("../../web/chat/index.html");
const CHAT_CSS: &str = include_str!("../../web/chat/chat.css");
const CHAT_JS: &str = include_str!("../../web/chat/chat.js");

async fn page(kind: &'static str, body: &'static str) -> impl IntoResponse {
    (
        [
            (header::CONTENT_TYPE, kind),
            (header::CACHE_CONTROL, "no-cache"),
        ],
        body,
    )
}

/// The departments by slug, so that a telephony script or a live-chat system can pick a queue.
async fn departments(State(shared): State<Arc<Shared>>) -> Response {
    let bundle = shared.engine.bundle();
    let assistant = &bundle.assistant;
    let now = shared.engine.clock().now();
    let list: Vec<_> = assistant
        .departments
        .values()
        .map(|department| {
            let status = department.hours.status(
                now,
                &assistant.council.time_zone,
                &assistant.council.holidays,
            );
            serde_json::json!({
                "department": department.name,
                "name": department.title,
                "handles": department.handles,
                "contractor": department.contractor,
                "phone": department.channels.phone,
                "url": department.channels.url,
                "queue": department.channels.queue,
                "hours": department.hours.in_words(crate::content::Locale::En),
                "open_now": matches!(status, crate::departments::OpenStatus::Open { .. }),
            })
        })
        .collect();
    axum::Json(list).into_response()
}

/// Ready while the store takes writes and the server is not going away.
async fn ready(State(shared): State<Arc<Shared>>) -> Response {
    if *shared.gate.drain.borrow() {
        return (StatusCode::SERVICE_UNAVAILABLE, "going away\n").into_response();
    }
    match shared.store.health() {
        Ok(()) if shared.engine.bundle().is_finished() => "ready\n".into_response(),
        Ok(()) => {
            "ready; understanding by its first stage until the second is trained\n".into_response()
        }
        Err(error) => (StatusCode::SERVICE_UNAVAILABLE, format!("{error}\n")).into_response(),
    }
}

async fn metrics(State(shared): State<Arc<Shared>>) -> impl IntoResponse {
    let kind = "text/plain; version=0.0.4; charset=utf-8";
    (
        [(header::CONTENT_TYPE, kind)],
        shared.engine.meters().text(),
    )
}

/// Headers of every page: nothing from elsewhere, no framing until a site is configured.
async fn secure(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
                  connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(policy),
    );
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    headers.insert(
        header::REFERRER_POLICY,
        HeaderValue::from_static("no-referrer"),
    );
    response
}
