//! Labelled messages: what a detector is measured against.
//!
//! Two forms are read. JSON Lines: `{"text", "spans": [{"start", "end", "type"}]}`, offsets in code
//! points, end exclusive. Text: one message a line, `#` begins a comment, `\n` is a line break, and
//! each value stands in its label: `my nino is {{UK_NINO|QQ123456C}}`. It opens no file.

use super::PiiKind;
use serde::{Deserialize, Serialize};

/// A stretch of a message and the name of what it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// The label, e.g. `CREDIT_CARD`; other sets have labels of their own.
    #[serde(rename = "type")]
    pub name: String,
}

impl Label {
    /// The kind that the label means. Presidio's names of kinds that both have are known.
    #[must_use]
    pub fn kind(&self) -> Option<PiiKind> {
        let name = match self.name.as_str() {
            "PHONE_NUMBER" => "PHONE",
            "EMAIL_ADDRESS" => "EMAIL",
            "IBAN_CODE" => "IBAN",
            name => name,
        };
        PiiKind::from_name(name)
    }
}

/// A message and everything personal in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Labelled {
    /// The message.
    pub text: String,
    /// What is personal in it.
    #[serde(default)]
    pub spans: Vec<Label>,
}

/// Why a labelled set cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum LabelledError {
    /// A line is not JSON of the form that is wanted.
    #[error(
        "line {line}: {source}; a line is {{\"text\": \"...\", \"spans\": [{{\"start\": 0, \"end\": 4, \"type\": \"PERSON\"}}]}}"
    )]
    Json {
        /// Its number, from 1.
        line: usize,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// A span ends before it begins or after the text.
    #[error(
        "line {line}: the span {start} to {end} is not inside the text of {length} code points"
    )]
    Span {
        /// Its number, from 1.
        line: usize,
        /// First code point.
        start: u32,
        /// One past the last code point.
        end: u32,
        /// Of the text.
        length: usize,
    },
    /// A `{{` without its `|` and `}}`, or with a label that is none.
    #[error("line {line}: {label:?} is no label; write {{{{UK_NINO|QQ123456C}}}}")]
    Markup {
        /// Its number, from 1.
        line: usize,
        /// What stands there.
        label: String,
    },
}

impl Labelled {
    /// Reads a set in JSON Lines. Empty lines are left out.
    ///
    /// # Errors
    /// Names the first line that cannot be read.
    pub fn read_jsonl(text: &str) -> Result<Vec<Self>, LabelledError> {
        let lines = text
            .lines()
            .zip(1..)
            .filter(|(line, _)| !line.trim().is_empty());
        lines
            .map(|(text, line)| {
                let labelled: Self = serde_json::from_str(text)
                    .map_err(|source| LabelledError::Json { line, source })?;
                let length = labelled.text.chars().count();
                for Label { start, end, .. } in &labelled.spans {
                    if start >= end || *end as usize > length {
                        return Err(LabelledError::Span {
                            line,
                            start: *start,
                            end: *end,
                            length,
                        });
                    }
                }
                Ok(labelled)
            })
            .collect()
    }

    /// Reads a set in the text form.
    ///
    /// # Errors
    /// Names the first line that cannot be read.
    pub fn read_text(text: &str) -> Result<Vec<Self>, LabelledError> {
        let lines = text.lines().zip(1..);
        lines
            .filter(|(line, _)| !line.trim().is_empty() && !line.starts_with('#'))
            .map(|(text, line)| marked_up(text, line))
            .collect()
    }
}

fn marked_up(marked: &str, line: usize) -> Result<Labelled, LabelledError> {
    let mut labelled = Labelled {
        text: String::with_capacity(marked.len()),
        spans: Vec::new(),
    };
    let marked = marked.replace("\\n", "\n");
    let mut rest = marked.as_str();
    while let Some((before, after)) = rest.split_once("{{") {
        labelled.text.push_str(before);
        let wrong = || LabelledError::Markup {
            line,
            label: after.chars().take(24).collect(),
        };
        let (inside, beyond) = after.split_once("}}").ok_or_else(wrong)?;
        let (name, value) = inside.split_once('|').ok_or_else(wrong)?;
        if PiiKind::from_name(name).is_none() || value.is_empty() {
            return Err(wrong());
        }
        let start = labelled.text.chars().count();
        labelled.text.push_str(value);
        labelled.spans.push(Label {
            start: super::normal::offset(start),
            end: super::normal::offset(start + value.chars().count()),
            name: name.to_owned(),
        });
        rest = beyond;
    }
    labelled.text.push_str(rest);
    Ok(labelled)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn both_forms_say_the_same() {
        let text = "# a comment\n\nSiân: {{UK_NINO|QQ123456C}}\\nta\n";
        let json = r#"{"text": "Siân: QQ123456C\nta", "spans": [{"start": 6, "end": 15, "type": "UK_NINO"}]}"#;
        assert_eq!(
            Labelled::read_text(text).unwrap(),
            Labelled::read_jsonl(json).unwrap()
        );
    }

    #[test]
    fn a_wrong_line_is_named() {
        let text = |text| Labelled::read_text(text).unwrap_err().to_string();
        let json = |json| Labelled::read_jsonl(json).unwrap_err().to_string();
        assert!(text("fine\n{{NINO|QQ}}").starts_with("line 2: \"NINO|QQ}}\" is no label"));
        assert!(text("{{PHONE").starts_with("line 1: "));
        assert!(json("{}").starts_with("line 1: missing field `text`"));
        assert!(
            json(r#"{"text": "ab", "spans": [{"start": 1, "end": 3, "type": "IBAN"}]}"#)
                .starts_with("line 1: the span 1 to 3 is not inside the text of 2 code points")
        );
    }
}
