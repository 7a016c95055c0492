//! TwiML: the XML that tells Twilio and Telnyx what to do with a call.

use axum::http::header;
use axum::response::IntoResponse;

/// An answer to a webhook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Response(String);

impl Response {
    /// With these verbs.
    pub(super) fn of(verbs: String) -> Self {
        Self(verbs)
    }

    /// Nothing to do.
    pub(super) fn nothing() -> Self {
        Self(String::new())
    }

    /// The call is over.
    pub(super) fn hang_up() -> Self {
        Self("<Hangup/>".to_owned())
    }

    /// To this number; where there is none, nobody can be reached, and the call is over.
    pub(super) fn dial(number: Option<&str>) -> Self {
        match number {
            Some(number) => Self(element("Dial", &[], &escaped(&dialled(number)))),
            None => Self::hang_up(),
        }
    }

    /// These verbs first.
    pub(super) fn after(self, verbs: &str) -> Self {
        Self(format!("{verbs}{}", self.0))
    }
}

impl IntoResponse for Response {
    fn into_response(self) -> axum::response::Response {
        let xml = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response>{}</Response>",
            self.0
        );
        let headers = [
            (header::CONTENT_TYPE, "text/xml"),
            (header::CACHE_CONTROL, "no-store"),
        ];
        (headers, xml).into_response()
    }
}

/// An element with attributes, which are escaped, and what is in it, which is not.
pub(super) fn element(name: &str, attributes: &[(&str, &str)], inner: &str) -> String {
    let mut text = format!("<{name}");
    for (key, value) in attributes {
        text = format!("{text} {key}=\"{}\"", escaped(value));
    }
    if inner.is_empty() {
        format!("{text}/>")
    } else {
        format!("{text}>{inner}</{name}>")
    }
}

/// What is spoken.
pub(super) fn say(text: &str, language: &str) -> String {
    element("Say", &[("language", language)], &escaped(text))
}

/// Text as it stands in XML. Control characters have no place there.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            c if c.is_control() => safe.push(' '),
            c => safe.push(c),
        }
    }
    safe
}

/// A number as it is dialled: "03069 990 011" is +443069990011.
fn dialled(number: &str) -> String {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    match digits.strip_prefix('0') {
        Some(rest) if !number.starts_with('+') && digits.len() >= 10 => format!("+44{rest}"),
        _ if number.starts_with('+') => format!("+{digits}"),
        _ => digits,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_cannot_become_markup() {
        assert_eq!(
            say("Fish & chips <\u{7}>", "en-GB"),
            r#"<Say language="en-GB">Fish &amp; chips &lt; &gt;</Say>"#
        );
        assert_eq!(element("A", &[("b", "\"")], ""), r#"<A b="&quot;"/>"#);
    }

    #[test]
    fn numbers_are_dialled_as_the_network_knows_them() {
        for (shown, number) in [
            ("03069 990 011", "+443069990011"),
            ("+44 3069 990 011", "+443069990011"),
            ("999", "999"),
        ] {
            assert_eq!(dialled(shown), number);
        }
        assert_eq!(Response::dial(None), Response::hang_up());
    }
}
