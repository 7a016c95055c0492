//! The chat as it is served: the loader for a council's pages, the page that it frames, and the same
//! page in full at `/`.
//!
//! What differs from site to site is filled in at start; the files are in `web/`. Nothing is decided
//! here about a conversation, and the demonstration site is in `demo`.

use super::Shared;
use super::assets::{Asset, CSS, HTML, JS, integrity, lean};
use super::config::{Config, ConfigError};
use super::site::Site;
use crate::content::Locale;
use crate::pii::PiiKind;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

/// The site that a page without `?site=` belongs to: `[site]` in `cece.toml`.
const OWN_SITE: &str = "main";

const PAGE: &str = include_str!("../../web/chat/index.html");
pub(super) const LOADER: &str = include_str!("../../web/embed.js");

/// Names of files under `/chat/`, their media types and what is in them.
macro_rules! files {
    ($($name:literal: $kind:ident,)*) => {
        &[$(($name, $kind, include_str!(concat!("../../web/", $name))),)*]
    };
}
const FILES: &[(&str, &str, &str)] = files! {
    "chat/chat.css": CSS,
    "chat/main.js": JS,
    "chat/session.js": JS,
    "chat/connection.js": JS,
    "chat/conversation.js": JS,
    "chat/entries.js": JS,
    "chat/composer.js": JS,
    "chat/dialogs.js": JS,
    "chat/record.js": JS,
    "chat/stored.js": JS,
    "chat/words.js": JS,
    "chat/peek.html": HTML,
    "chat/peek.js": JS,
    "pii/index.js": JS,
    "pii/address.js": JS,
    "pii/announced.js": JS,
    "pii/checks.js": JS,
    "pii/cues.js": JS,
    "pii/detector.js": JS,
    "pii/digits.js": JS,
    "pii/grammars.js": JS,
    "pii/houses.js": JS,
    "pii/iban.js": JS,
    "pii/unnamed.js": JS,
    "pii/mentions.js": JS,
    "pii/nobody.js": JS,
    "pii/normal.js": JS,
    "pii/offences.js": JS,
    "pii/pass.js": JS,
    "pii/pattern.js": JS,
    "pii/person.js": JS,
    "pii/rules.js": JS,
    "pii/scene.js": JS,
    "pii/sensitive.js": JS,
    "pii/spoken.js": JS,
    "pii/tagger.js": JS,
    "pii/weights.js": JS,
    "pii/words.js": JS,
};

static ASSETS: LazyLock<BTreeMap<&str, Asset>> = LazyLock::new(|| {
    let asset = |(name, kind, text): &(&'static str, &'static str, &'static str)| {
        let text = if *kind == JS {
            lean(text)
        } else {
            (*text).to_owned()
        };
        (*name, Asset::new(kind, text))
    };
    FILES.iter().map(asset).collect()
});
static LOADER_ASSET: LazyLock<Asset> = LazyLock::new(|| Asset::new(JS, LOADER.as_bytes()));

/// The pages of every site, made from the settings.
pub(super) struct Sites(BTreeMap<String, Pages>);

/// What is served for one site.
struct Pages {
    site: Site,
    page: Asset,
    theme: Asset,
    logo: Option<Asset>,
    /// Who may frame it.
    ancestors: String,
}

impl Sites {
    /// Makes the pages; `council_url` stands where a site names no contact page.
    ///
    /// # Errors
    /// A logo that has gone since the settings were checked.
    pub(super) fn new(config: &Config, council_url: &str) -> Result<Self, ConfigError> {
        let mut by_name = BTreeMap::new();
        for (name, site) in config.every_site() {
            let mut site = site.clone();
            if site.contact_url.is_empty() {
                council_url.clone_into(&mut site.contact_url);
            }
            let origins = if site.origins.is_empty() {
                &config.origins
            } else {
                &site.origins
            };
            let logo = site
                .read_logo(name)?
                .map(|logo| Asset::new(logo.kind, logo.bytes));
            let page = PAGE
                .replace("{{site}}", name)
                .replace("{{title}}", &escaped(&site.title))
                .replace("{{contact_url}}", &escaped(&site.contact_url));
            by_name.insert(
                name.to_owned(),
                Pages {
                    page: Asset::new(HTML, page.into_bytes()),
                    theme: Asset::new(CSS, site.theme().into_bytes()),
                    logo,
                    ancestors: format!("'self' {}", origins.join(" ")).trim().to_owned(),
                    site,
                },
            );
        }
        Ok(Self(by_name))
    }

    fn get(&self, name: Option<&str>) -> Result<&Pages, UnknownSite> {
        self.0.get(name.unwrap_or(OWN_SITE)).ok_or(UnknownSite)
    }
}

/// A site that the settings do not name.
#[derive(Debug)]
pub(super) struct UnknownSite;

impl IntoResponse for UnknownSite {
    fn into_response(self) -> Response {
        let words = "this site is not configured (cece.toml, [sites.NAME])\n";
        (StatusCode::NOT_FOUND, words).into_response()
    }
}

/// What stands in an attribute or between tags.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

/// Which site and language a page is for.
#[derive(Deserialize)]
pub(super) struct Which {
    site: Option<String>,
    lang: Option<String>,
}

/// `GET /embed.js`: readable from everywhere, so that a page can hold it to its hash.
pub(super) async fn loader(request: HeaderMap) -> Response {
    let mut response = LOADER_ASSET.answer(&request);
    let headers = response.headers_mut();
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_ORIGIN,
        HeaderValue::from_static("*"),
    );
    let everywhere = HeaderValue::from_static("cross-origin");
    headers.insert("cross-origin-resource-policy", everywhere);
    response
}

/// `GET /embed`: the line for a council's page, with the hash of this version's loader.
pub(super) async fn line(
    State(shared): State<Arc<Shared>>,
    Query(which): Query<Which>,
    request: HeaderMap,
) -> Result<String, UnknownSite> {
    let site = &shared.sites.get(which.site.as_deref())?.site;
    let host = request
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    let host = escaped(host.unwrap_or("HOST"));
    let (accent, contact) = (escaped(&site.accent), escaped(&site.contact_url));
    let hash = integrity(LOADER.as_bytes());
    let name = which.site.map_or_else(String::new, |name| {
        format!(" data-site=\"{}\"", escaped(&name))
    });
    Ok(format!(
        "<script async src=\"https://{host}/embed.js\" integrity=\"{hash}\" crossorigin=\"anonymous\"{name} data-accent=\"{accent}\"></script>\n\
         <noscript><a href=\"{contact}\">Contact us</a></noscript>\n"
    ))
}

/// `GET /`: the chat in full.
pub(super) async fn full(
    State(shared): State<Arc<Shared>>,
    request: HeaderMap,
) -> Result<Response, UnknownSite> {
    let page = &shared.sites.get(None)?.page;
    Ok(with_policy(page.answer(&request), "'none'"))
}

/// `GET /chat`: the chat in a frame on a site's pages.
pub(super) async fn framed(
    State(shared): State<Arc<Shared>>,
    Query(which): Query<Which>,
    request: HeaderMap,
) -> Result<Response, UnknownSite> {
    let pages = shared.sites.get(which.site.as_deref())?;
    Ok(with_policy(pages.page.answer(&request), &pages.ancestors))
}

/// `GET /chat/peek`: tells the loader whether a conversation is open; a frame of a few bytes.
pub(super) async fn peek(
    State(shared): State<Arc<Shared>>,
    Query(which): Query<Which>,
    request: HeaderMap,
) -> Result<Response, UnknownSite> {
    let pages = shared.sites.get(which.site.as_deref())?;
    let answer = file_of("chat/peek.html", &request);
    Ok(with_policy(answer, &pages.ancestors))
}

fn with_policy(mut response: Response, ancestors: &str) -> Response {
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
         connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors {ancestors}"
    );
    // The origins were checked when the settings were read.
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response
            .headers_mut()
            .insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

/// `GET /chat/{name}` and `/pii/{name}`: the page's own files.
pub(super) async fn file(
    folder: &'static str,
    Path(name): Path<String>,
    request: HeaderMap,
) -> Response {
    file_of(&format!("{folder}/{name}"), &request)
}

fn file_of(path: &str, request: &HeaderMap) -> Response {
    match ASSETS.get(path) {
        Some(asset) => asset.answer(request),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// `GET /site/{name}/theme.css`: the site's colours.
pub(super) async fn theme(
    State(shared): State<Arc<Shared>>,
    Path(name): Path<String>,
    request: HeaderMap,
) -> Result<Response, UnknownSite> {
    Ok(shared.sites.get(Some(&name))?.theme.answer(&request))
}

/// `GET /site/{name}/logo`: the site's logo.
pub(super) async fn logo(
    State(shared): State<Arc<Shared>>,
    Path(name): Path<String>,
    request: HeaderMap,
) -> Result<Response, UnknownSite> {
    let logo = shared.sites.get(Some(&name))?.logo.as_ref();
    // An SVG that is opened by itself runs nothing: the policy of every answer allows no script.
    Ok(logo.map_or_else(
        || StatusCode::NOT_FOUND.into_response(),
        |logo| logo.answer(&request),
    ))
}

/// `GET /site/{name}/words?lang=cy`: what the page says that is not in its files: the site's own
/// wording, and what to tell a resident about each kind of personal data.
pub(super) async fn words(
    State(shared): State<Arc<Shared>>,
    Path(name): Path<String>,
    Query(which): Query<Which>,
) -> Result<Response, UnknownSite> {
    let pages = shared.sites.get(Some(&name))?;
    let locale = Locale::from_tag(which.lang.as_deref().unwrap_or_default());
    let site = &pages.site;
    let bundle = shared.engine.bundle();
    let wording = &bundle.assistant.wording;
    let warnings: BTreeMap<&str, serde_json::Value> = PiiKind::ALL
        .iter()
        .filter_map(|kind| {
            let warning = wording.warning(*kind, locale)?;
            let words = serde_json::json!({ "what": &*warning.what, "advice": &*warning.advice });
            Some((kind.name(), words))
        })
        .collect();
    let words = serde_json::json!({
        "title": match locale { Locale::En => &site.title, Locale::Cy => &site.title_cy },
        "contact_url": site.contact_url,
        "privacy_url": site.privacy_url,
        "logo": pages.logo.is_some(),
        "warnings": warnings,
    });
    Ok(([(header::CACHE_CONTROL, "no-cache")], axum::Json(words)).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the page imports and nobody serves would leave it without its detector.
    #[test]
    fn every_module_of_the_detector_is_served() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/web/pii");
        let names = std::fs::read_dir(folder).unwrap();
        let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut there: Vec<String> = names
            .filter(|name| name.ends_with(".js"))
            .map(|name| format!("pii/{name}"))
            .collect();
        there.sort();
        let mut served: Vec<&str> = FILES.iter().map(|(name, ..)| *name).collect();
        served.retain(|name| name.starts_with("pii/"));
        served.sort_unstable();
        assert_eq!(served, there);
    }

    #[test]
    fn a_site_cannot_break_out_of_its_page() {
        let site = Site {
            title: "<script>alert(1)</script>\"'&".into(),
            contact_url: "https://x.example/\"><script>".into(),
            ..Site::default()
        };
        let config = Config {
            site,
            ..Config::default()
        };
        let sites = Sites::new(&config, "https://www.cheshvale.example").unwrap();
        let page = sites.get(None).unwrap().page.plain_text();
        assert!(
            !page.contains("<script>alert") && !page.contains("\"><script>"),
            "{page}"
        );
        assert!(!page.contains("{{"), "every place is filled");
    }

    /// `lean` takes indents, which within a template literal over several lines would be text.
    #[test]
    fn no_script_that_is_sent_has_a_template_over_several_lines() {
        for (name, _, text) in FILES.iter().filter(|(_, kind, _)| *kind == JS) {
            for (nth, line) in text.lines().enumerate() {
                let entry = line.trim_start().starts_with('"');
                let even = line.matches('`').count() % 2 == 0;
                assert!(entry || even, "{name}:{}: {line}", nth + 1);
            }
        }
    }

    #[test]
    fn the_loader_and_the_page_are_as_small_as_promised() {
        let kib = |length: usize| length.div_ceil(1024);
        let loader = LOADER_ASSET.gzip_bytes();
        // What a person gets who opens the chat; the detector and its word lists come when they
        // begin to write.
        let of = |folder: &str| -> usize {
            let files = ASSETS.iter().filter(|(name, _)| name.starts_with(folder));
            files.map(|(_, asset)| asset.gzip_bytes()).sum()
        };
        let (page, detector) = (of("chat/"), of("pii/"));
        assert!(kib(loader) <= 5, "embed.js: {loader} bytes compressed");
        assert!(kib(page) <= 40, "the chat: {page} bytes compressed");
        // Three seconds of a poor line (400 kbit/s): it is there before a number is typed.
        assert!(
            kib(detector) <= 150,
            "the detector: {detector} bytes compressed"
        );
    }
}
