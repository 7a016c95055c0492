//! Writing content as an author writes it: a new intent's file, and examples added to one.
//!
//! It does not judge what is written: `check` does.

use crate::content::schema::FileKind;
use crate::transcripts::durable;
use anyhow::{Context as _, Result, bail};
use std::fmt::Write as _;
use std::path::Path;
use toml::de::DeTable;

/// An intent that is to be written.
#[derive(Debug, Clone, Default)]
pub(super) struct Draft {
    pub(super) title: String,
    pub(super) examples: Vec<String>,
    pub(super) then: String,
    pub(super) record: String,
    pub(super) out_of_hours: Option<String>,
    pub(super) elsewhere: bool,
    pub(super) answer: String,
    pub(super) spoken: Option<String>,
    /// What each link says, and where it leads.
    pub(super) links: Vec<(String, String)>,
    pub(super) ask: Vec<Question>,
}

/// A question of a [`Draft`].
#[derive(Debug, Clone, Default)]
pub(super) struct Question {
    pub(super) slot: String,
    pub(super) prompt: String,
    pub(super) kind: String,
    pub(super) pii: Option<&'static str>,
    pub(super) reason: String,
    pub(super) optional: bool,
    /// Key, label, synonyms.
    pub(super) choices: Vec<(String, String, Vec<String>)>,
}

/// The line by which an editor finds the schema of a file at `path` in the content folder.
pub(super) fn schema_line(path: &str) -> String {
    let up = if path.contains('/') { "../" } else { "" };
    format!("#:schema {up}.schema/{}.json\n", FileKind::of(path).name())
}

/// Writes the schemas beside the content, where [`schema_line`] finds them.
///
/// # Errors
/// The system's.
pub(super) fn write_schemas(intents: &Path) -> Result<()> {
    let folder = intents.join(".schema");
    std::fs::create_dir_all(&folder)
        .with_context(|| format!("cannot make {}", folder.display()))?;
    for kind in FileKind::ALL {
        let file = folder.join(kind.name()).with_extension("json");
        let text = serde_json::to_string_pretty(&kind.schema())?;
        std::fs::write(&file, text + "\n")
            .with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok(())
}

/// Writes a file that is not there yet.
///
/// # Errors
/// That it is there, or the system's.
pub(super) fn write_new(path: &Path, text: &str) -> Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot make {}", folder.display()))?;
    }
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(path)
        .with_context(|| format!("cannot write {} (it is not overwritten)", path.display()))?;
    std::io::Write::write_all(&mut file, text.as_bytes())
        .with_context(|| format!("cannot write {}", path.display()))
}

/// Puts a text in the place of a file's, whole or not at all; who could read it still can.
///
/// # Errors
/// The system's.
pub(super) fn rewrite(path: &Path, text: &str) -> Result<()> {
    let before = std::fs::metadata(path).map(|file| file.permissions());
    durable::replace(path, text.as_bytes())
        .and_then(|()| before.map_or(Ok(()), |before| std::fs::set_permissions(path, before)))
        .with_context(|| format!("cannot write {}", path.display()))
}

/// A string as TOML.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// A part of a name: lower-case letters, digits and hyphens; empty where nothing of it can stay.
pub(super) fn slug(text: &str) -> String {
    let mut slug = String::new();
    let mut before = ' ';
    for c in text.chars() {
        // `MissedBin` is two words.
        if c.is_uppercase() && before.is_lowercase() {
            slug.push('-');
        }
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.ends_with('-') {
            slug.push('-');
        }
        before = c;
    }
    slug.trim_matches('-').to_owned()
}

/// A name as words: `missed_bin` is "Missed bin".
pub(super) fn words(name: &str) -> String {
    let words = slug(name).replace('-', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

impl Draft {
    /// The file's text.
    pub(super) fn text(&self, path: &str) -> String {
        let mut text = schema_line(path);
        let mut line = |line: &str| {
            text.push_str(line);
            text.push('\n');
        };
        line(&format!("title = {}", quoted(&self.title)));
        line("examples = [");
        for example in &self.examples {
            line(&format!("    {},", quoted(example)));
        }
        line("]");
        line(&format!("then = {}", quoted(&self.then)));
        line(&format!("record = {}", quoted(&self.record)));
        if let Some(action) = &self.out_of_hours {
            line(&format!("out_of_hours = {}", quoted(action)));
        }
        if self.elsewhere {
            line("elsewhere = true");
        }
        line(&format!("\n[answer]\ntext = {}", quoted(&self.answer)));
        if let Some(spoken) = &self.spoken {
            line(&format!("spoken = {}", quoted(spoken)));
        }
        for (said, url) in &self.links {
            let (said, url) = (quoted(said), quoted(url));
            line(&format!("\n[[links]]\ntext = {said}\nurl = {url}"));
        }
        for question in &self.ask {
            line(&question.text());
        }
        text
    }
}

impl Question {
    fn text(&self) -> String {
        let mut text = format!(
            "\n[[ask]]\nslot = {}\nprompt = {}\ntype = {}\nreason = {}",
            quoted(&self.slot),
            quoted(&self.prompt),
            quoted(&self.kind),
            quoted(&self.reason)
        );
        if let Some(kind) = self.pii {
            let _ = write!(text, "\npii = [{}]", quoted(kind));
        }
        if self.optional {
            text.push_str("\noptional = true");
        }
        for (key, label, synonyms) in &self.choices {
            let synonyms: Vec<String> = synonyms.iter().map(|word| quoted(word)).collect();
            let _ = write!(
                text,
                "\n[[ask.choices]]\nkey = {}\nlabel = {}\nsynonyms = [{}]",
                quoted(key),
                quoted(label),
                synonyms.join(", ")
            );
        }
        text
    }
}

/// The text of an intent's file with more examples at the end of its list.
///
/// # Errors
/// That the file has no list of examples.
pub(super) fn with_examples(source: &str, more: &[String]) -> Result<String> {
    let (table, _) = DeTable::parse_recoverable(source);
    let list = table.get_ref().get("examples");
    let Some((list, span)) = list.and_then(|list| Some((list.get_ref().as_array()?, list.span())))
    else {
        bail!("it has no list of examples");
    };
    // Before the bracket, after the last example and its comma.
    let last = list
        .iter()
        .last()
        .map_or(span.start + 1, |last| last.span().end);
    let (before, after) = source
        .split_at_checked(last)
        .context("its list is cut short")?;
    let after = after.trim_start_matches([' ', '\t']);
    let after = after.strip_prefix(',').unwrap_or(after);
    let comma = if list.iter().next().is_some() {
        ","
    } else {
        ""
    };
    let lines: String = more
        .iter()
        .map(|example| format!("    {},\n", quoted(example)))
        .collect();
    let after = after.strip_prefix('\n').unwrap_or(after);
    Ok(format!("{before}{comma}\n{lines}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_are_added_at_the_end_of_the_list_and_the_rest_stays() {
        let more = ["say \"it\"".to_owned()];
        for (before, after) in [
            (
                "examples = [\n    \"a\",\n    \"b\",\n]\nthen = 1\n",
                "examples = [\n    \"a\",\n    \"b\",\n    \"say \\\"it\\\"\",\n]\nthen = 1\n",
            ),
            (
                "examples = [\"a\"] # few\n",
                "examples = [\"a\",\n    \"say \\\"it\\\"\",\n] # few\n",
            ),
            (
                "examples = []\n",
                "examples = [\n    \"say \\\"it\\\"\",\n]\n",
            ),
        ] {
            assert_eq!(with_examples(before, &more).unwrap(), after);
        }
        assert!(with_examples("then = 1", &more).is_err());
    }

    #[test]
    fn names_of_others_become_names_of_ours() {
        for (theirs, ours) in [
            ("MissedBin", "missed-bin"),
            ("utter_ask  name?", "utter-ask-name"),
            ("FAQ.Bins", "faq-bins"),
            ("ÄÖ", ""),
        ] {
            assert_eq!(slug(theirs), ours);
        }
        assert_eq!(words("missed_bin"), "Missed bin");
    }

    #[test]
    fn what_is_written_is_read_as_it_was_meant() {
        let draft = Draft {
            title: "A \"quoted\" title".to_owned(),
            examples: vec!["back\\slash\tand tab".to_owned()],
            then: "report".to_owned(),
            record: "enquiry".to_owned(),
            answer: "Two\n\nparagraphs".to_owned(),
            links: vec![("Go".to_owned(), "/go".to_owned())],
            ask: vec![Question {
                slot: "kind".to_owned(),
                prompt: "Which?".to_owned(),
                kind: "choice".to_owned(),
                reason: "so that it fits".to_owned(),
                choices: vec![("a".to_owned(), "A".to_owned(), vec!["ay".to_owned()])],
                ..Question::default()
            }],
            ..Draft::default()
        };
        let read: toml::Table = draft.text("waste/a.toml").parse().unwrap();
        assert_eq!(read["title"].as_str(), Some("A \"quoted\" title"));
        assert_eq!(read["examples"][0].as_str(), Some("back\\slash\tand tab"));
        assert_eq!(read["answer"]["text"].as_str(), Some("Two\n\nparagraphs"));
        assert_eq!(
            read["ask"][0]["choices"][0]["synonyms"][0].as_str(),
            Some("ay")
        );
        let starts = draft.text("waste/a.toml");
        assert!(starts.starts_with("#:schema ../.schema/intent.json\n"));
    }
}
