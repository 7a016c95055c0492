//! The demonstration site at `/demo`: pages of a made-up council with the chat, under a policy as strict
//! as a council's. The files are in `examples/council-site`.

use super::Shared;
use super::assets::{Asset, CSS, HTML, integrity};
use super::chat::LOADER;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; frame-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const FRAME: &str = include_str!("../../examples/council-site/page.html");

/// What stands around the words of a page, in their language.
struct Around {
    lang: &'static str,
    council: &'static str,
    menu: &'static str,
    about: &'static str,
}

const EN: Around = Around {
    lang: "en",
    council: "Cheshvale Council",
    menu: "Site",
    about: "A made-up council, to show the chat. Nothing here reaches anybody.",
};
const CY: Around = Around {
    lang: "cy",
    council: "Cyngor Cheshvale",
    menu: "Safle",
    about: "Cyngor dychmygol, i ddangos y sgwrs. Nid oes dim yma’n cyrraedd neb.",
};

static FILES: LazyLock<BTreeMap<&str, Asset>> = LazyLock::new(|| {
    let page = |around: &Around, title: &str, main: &str| {
        let text = FRAME
            .replace("{{lang}}", around.lang)
            .replace("{{council}}", around.council)
            .replace("{{menu}}", around.menu)
            .replace("{{about}}", around.about)
            .replace("{{title}}", title)
            .replace("{{integrity}}", &integrity(LOADER.as_bytes()))
            .replace("{{main}}", main.trim_end());
        Asset::new(HTML, text.into_bytes())
    };
    let home = include_str!("../../examples/council-site/home.html");
    let bins = include_str!("../../examples/council-site/bins.html");
    let cy = include_str!("../../examples/council-site/cy.html");
    let css = include_str!("../../examples/council-site/site.css");
    BTreeMap::from([
        ("", page(&EN, "Home", home)),
        ("bins", page(&EN, "Bins and recycling", bins)),
        ("cy", page(&CY, "Hafan", cy)),
        ("site.css", Asset::new(CSS, css.as_bytes())),
    ])
});

/// `GET /demo` and below.
pub(super) async fn file(
    State(shared): State<Arc<Shared>>,
    name: Option<Path<String>>,
    request: HeaderMap,
) -> Response {
    let name = name.as_ref().map_or("", |Path(name)| name.as_str());
    let Some(file) = FILES.get(name).filter(|_| shared.demo) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mut response = file.answer(&request);
    response.headers_mut().insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(POLICY),
    );
    response
}
