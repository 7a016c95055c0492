//! A caller on CXone's custom exchange endpoint.

use super::{Act, Answer, CallError, Line, Options, http};
use serde_json::{Value, json};

pub(super) struct Cxone {
    options: Options,
    request_id: u64,
    state: Value,
}

impl Cxone {
    pub(super) async fn ring(options: Options) -> Result<(Self, Answer), CallError> {
        let mut cxone = Self {
            options,
            request_id: 0,
            state: Value::Null,
        };
        let answer = cxone.exchange("AUTOMATED_TEXT", "", &[]).await?;
        Ok((cxone, answer))
    }

    pub(super) async fn act(&mut self, act: &Act) -> Result<Answer, CallError> {
        match act {
            Act::Say(words, others) => self.exchange("TEXT", words, others).await,
            Act::Press(keys) => self.exchange("DTMF_AS_TEXT", keys, &[]).await,
            Act::Silence => self.exchange("NO_INPUT", "", &[]).await,
            Act::NoMatch => {
                self.exchange("USER_INPUT_ARCHIVED_AS_SPECIFIED", "", &[])
                    .await
            }
            // A script cannot tell that somebody spoke over it.
            Act::Interrupt(_) => Ok(Answer::default()),
            Act::HangUp => self.exchange("USER_ENDED_SESSION", "", &[]).await,
        }
    }

    async fn exchange(
        &mut self,
        kind: &str,
        words: &str,
        others: &[String],
    ) -> Result<Answer, CallError> {
        self.request_id += 1;
        let contact: Value = match self.options.contact.parse::<u64>() {
            Ok(number) => number.into(),
            Err(_) => self.options.contact.as_str().into(),
        };
        let mut payload = json!({ "ANI": self.options.from, "DNIS": self.options.to });
        if !others.is_empty() {
            payload["alternatives"] = json!(others);
        }
        let body = json!({
            "virtualAgentId": "CeCe",
            "botConfig": json!({ "locale": self.options.locale }).to_string(),
            "userInput": words,
            "userInputType": kind,
            "executionInfo": {
                "contactId": contact,
                "busNo": 4_602_609,
                "requestId": self.request_id,
                "actionType": "VoiceBotExchange",
                "actionId": 88,
                "scriptName": "Council",
            },
            "systemTelemetryData": {},
            "base64wavFile": null,
            "botSessionState": self.state,
            "customPayload": payload,
            "mediaType": "voip",
        });
        let headers = [
            (
                self.options.cxone_header.as_str(),
                self.options.secret.as_str(),
            ),
            ("Content-Type", "application/json"),
        ];
        let body = body.to_string();
        let sent = http::post(&self.options.url, "/ivr/cxone", &headers, &body);
        let (status, text) = sent.await?;
        if status != 200 {
            return Err(CallError::Refused { status, body: text });
        }
        let came: Value = serde_json::from_str(&text)
            .map_err(|_| CallError::Form("a CustomExchangeResponse_V1"))?;
        if !came["botSessionState"].is_null() {
            self.state = came["botSessionState"].clone();
        }
        Ok(answer(&came, text))
    }
}

/// What a response says to a caller.
fn answer(came: &Value, text: String) -> Answer {
    let prompts = |sequence: &Value| -> Vec<String> {
        let prompts = sequence["prompts"].as_array().cloned().unwrap_or_default();
        let texts = prompts.iter().map(|one| &one["textToSpeech"]);
        texts
            .filter_map(|text| Some(text.as_str()?.to_owned()))
            .collect()
    };
    let mut spoken = prompts(&came["nextPromptSequence"]);
    spoken.extend(prompts(&came["errorDetails"]["errorPromptSequence"]));
    let payloads = &came["customPayload"]["scriptPayloads"];
    let department = payloads["Department"].as_str().unwrap_or_default();
    let escalates = payloads["Intent"] == "StandardBotEscalation";
    let line = match came["branchName"].as_str() {
        Some("PromptAndCollectNextResponse" | "AudioInputUntranscribeable") => Line::Open,
        Some("EndContact") => Line::Over,
        Some("Error" | "DoNotBegin") => Line::PutThrough(String::new()),
        Some(_) if escalates => Line::PutThrough(department.to_owned()),
        _ => Line::Over,
    };
    Answer {
        spoken,
        raw: vec![text],
        line,
        first_after: None,
    }
}
