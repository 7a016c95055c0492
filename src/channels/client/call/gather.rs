//! A caller on TwiML's Gather.

use super::{Act, Answer, CallError, Line, Options, http};
use crate::channels::signature::twilio_signature;

pub(super) struct Gather {
    options: Options,
    /// Where the next form goes.
    action: String,
}

impl Gather {
    pub(super) async fn ring(options: Options) -> Result<(Self, Answer), CallError> {
        let action = format!("/ivr/gather?lang={}", options.locale);
        let mut gather = Self { options, action };
        let answer = gather.post(&[("CallStatus", "ringing")]).await?;
        Ok((gather, answer))
    }

    pub(super) async fn act(&mut self, act: &Act) -> Result<Answer, CallError> {
        match act {
            Act::Say(words, _) => {
                let fields = [("SpeechResult", words.as_str()), ("Confidence", "0.9")];
                self.post(&fields).await
            }
            Act::Press(keys) => self.post(&[("Digits", keys.trim_end_matches('#'))]).await,
            Act::Silence => self.post(&[]).await,
            Act::NoMatch => {
                self.post(&[("SpeechResult", ""), ("Confidence", "0.0")])
                    .await
            }
            // A webhook cannot tell that somebody spoke over it.
            Act::Interrupt(_) => Ok(Answer::default()),
            Act::HangUp => {
                let mut answer = self.post(&[("CallStatus", "completed")]).await?;
                answer.line = Line::Over;
                Ok(answer)
            }
        }
    }

    async fn post(&mut self, fields: &[(&str, &str)]) -> Result<Answer, CallError> {
        let options = &self.options;
        let mut form: Vec<(String, String)> = vec![
            ("CallSid".into(), options.contact.clone()),
            (
                "AccountSid".into(),
                "AC00000000000000000000000000000000".into(),
            ),
            ("From".into(), options.from.clone()),
            ("To".into(), options.to.clone()),
            ("Direction".into(), "inbound".into()),
            ("ApiVersion".into(), "2010-04-01".into()),
        ];
        if fields.iter().all(|(name, _)| *name != "CallStatus") {
            form.push(("CallStatus".into(), "in-progress".into()));
        }
        let fields = fields.iter();
        form.extend(fields.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(&form)
            .finish();
        let signed = format!("{}{}", options.url, self.action);
        let signature = twilio_signature(&options.secret, &signed, &form);
        let headers = [
            ("X-Twilio-Signature", signature.as_str()),
            ("Content-Type", "application/x-www-form-urlencoded"),
        ];
        let (status, text) = http::post(&options.url, &self.action, &headers, &body).await?;
        if status != 200 {
            return Err(CallError::Refused { status, body: text });
        }
        if let Some(action) = between(&text, "action=\"", "\"").next() {
            self.action = plain(action);
        }
        let spoken = between(&text, "<Say ", "</Say>")
            .filter_map(|said| Some(plain(said.split_once('>')?.1)))
            .collect();
        let dialled = between(&text, "<Dial>", "</Dial>").next();
        let line = match dialled {
            Some(number) => Line::PutThrough(plain(number)),
            None if text.contains("<Gather") => Line::Open,
            None => Line::Over,
        };
        Ok(Answer {
            spoken,
            raw: vec![text],
            line,
            first_after: None,
        })
    }
}

/// What stands between each `open` and the `close` that follows it: of TwiML that we wrote, enough.
fn between<'t>(text: &'t str, open: &'t str, close: &'t str) -> impl Iterator<Item = &'t str> {
    let parts = text.split(open).skip(1);
    parts.filter_map(move |part| part.split(close).next())
}

fn plain(text: &str) -> String {
    let signs = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&amp;", "&"),
    ];
    signs.iter().fold(text.to_owned(), |text, (sign, plain)| {
        text.replace(sign, plain)
    })
}
