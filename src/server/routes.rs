//! Every route of the server, on one page.

use super::{Shared, api, chat, demo};
use crate::channels::{direct_line, phone, rest, websocket};
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use std::sync::Arc;

/// What this server answers to.
pub(super) fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/", get(chat::full))
        .route("/chat", get(chat::framed))
        .route("/chat/peek", get(chat::peek))
        .route(
            "/chat/{name}",
            get(|name, headers| chat::file("chat", name, headers)),
        )
        .route(
            "/pii/{name}",
            get(|name, headers| chat::file("pii", name, headers)),
        )
        .route("/site/{name}/theme.css", get(chat::theme))
        .route("/site/{name}/logo", get(chat::logo))
        .route("/site/{name}/words", get(chat::words))
        .route("/embed.js", get(chat::loader))
        .route("/embed", get(chat::line))
        .route("/demo", get(demo::file))
        .route("/demo/{name}", get(demo::file))
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
        .with_state(Arc::clone(&shared))
        .nest("/api/conversations", requests(&shared))
        .nest("/v3/directline", direct_line(&shared))
        .route(
            "/webhooks/rest/webhook",
            post(rest::rasa::webhook).with_state(Arc::clone(&shared.rasa)),
        )
        .merge(telephone(&shared))
        .layer(middleware::from_fn(secure))
        .route(
            "/ws",
            get(websocket::upgrade).with_state(Arc::clone(&shared.gate)),
        )
}

/// The native protocol by requests.
fn requests(shared: &Shared) -> Router {
    Router::new()
        .route("/", post(rest::open))
        .route("/{id}/messages", post(rest::message))
        .route("/{id}/events", get(rest::events))
        .with_state(Arc::clone(&shared.gate))
}

/// The telephone's bridges, by their whole addresses: platforms sign these, and a nested router would
/// show a handler a part.
fn telephone(shared: &Shared) -> Router {
    Router::new()
        .route(
            "/ivr/relay",
            get(phone::relay::upgrade).post(phone::relay::webhook),
        )
        .route("/ivr/cxone", post(phone::cxone::exchange))
        .route("/ivr/gather", post(phone::gather::webhook))
        .with_state(Arc::clone(&shared.phone))
}

/// Direct Line 3.0.
fn direct_line(shared: &Shared) -> Router {
    let line = Arc::clone(&shared.direct_line);
    Router::new()
        .route("/tokens/generate", post(direct_line::generate))
        .route("/tokens/refresh", post(direct_line::refresh))
        .route("/conversations", post(direct_line::start))
        .route("/conversations/{id}", get(direct_line::reconnect))
        .route(
            "/conversations/{id}/activities",
            get(direct_line::activities).post(direct_line::post),
        )
        .route("/conversations/{id}/upload", post(direct_line::upload))
        .route("/conversations/{id}/stream", get(direct_line::follow))
        .layer(middleware::from_fn_with_state(
            Arc::clone(&line),
            direct_line::cross_origin,
        ))
        .with_state(line)
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
        Ok(()) => {
            let bundle = shared.engine.bundle();
            let standing = if bundle.is_finished() {
                "ready\n"
            } else if bundle.is_taught() {
                "ready; understanding by its first stage until the second is trained\n"
            } else {
                "ready; messages wait until the first stage of understanding is trained\n"
            };
            standing.into_response()
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

/// Headers of every answer: nothing from elsewhere, and no framing; the chat's own pages say more.
async fn secure(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
                  connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static(policy));
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
