//! What a conversation of the native protocol begins with: the welcome, and the page as it is kept.

use super::frames::{ClientLimits, Page, ServerFrame};
use crate::content::Locale;
use crate::dialogue::{self, Channel};
use crate::engine::{Attached, Bundle, Engine};
use crate::pii::RawText;

/// The welcome as it is sent.
pub(super) fn welcome(engine: &Engine, attached: &Attached, locale: Locale) -> String {
    let bundle = engine.bundle();
    let limits = engine.limits();
    let reference = &attached.reference;
    let frame = ServerFrame::Welcome {
        conversation: attached.live.id().to_string(),
        token: &attached.token,
        epoch: attached.epoch,
        head_seq: attached.head_seq,
        last_client_seq: attached.last_client_seq,
        reference,
        limits: ClientLimits {
            message_bytes_max: limits.message_bytes_max,
            inactivity_seconds: limits.inactivity_seconds,
            heartbeat_seconds: limits.heartbeat_seconds,
        },
        notice: &dialogue::notice(&bundle.assistant, Channel::Web, locale, reference),
        hours: &hours(&bundle, locale),
    };
    frame.text()
}

fn hours(bundle: &Bundle, locale: Locale) -> String {
    let assistant = &bundle.assistant;
    assistant
        .departments
        .get(&assistant.council.switchboard)
        .map_or_else(String::new, |department| department.hours.in_words(locale))
}

/// The page in words: its title, and its address without query and fragment, which may hold
/// whatever a form put there.
pub(super) fn page_text(page: Page) -> RawText {
    let url = page.url.before(&['?', '#']);
    match page.title {
        Some(title) => title.joined(" ", &url),
        None => url,
    }
}
