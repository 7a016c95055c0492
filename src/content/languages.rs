//! Reading `languages.toml`: by what a language is known, and what is said to somebody who writes in it.
//!
//! The assistant speaks English and Welsh. In every other language of the file it can say one thing:
//! how to get an interpreter. Which language a message is in is for the dialogue to find out.

use super::Locale;
use super::fields::Fields;
use super::say::Facts;
use std::collections::HashSet;
use std::sync::Arc;

/// A language that residents write in.
#[derive(Debug, Clone)]
pub struct Language {
    /// BCP 47 tag, e.g. `pl`.
    pub tag: Arc<str>,
    /// What its speakers call it, e.g. "Polski".
    pub name: Arc<str>,
    /// The letters that it is written in.
    pub script: Script,
    /// Its commonest words, by which it is told from others.
    pub words: HashSet<Arc<str>>,
    /// What a resident says, and nothing else, to ask for it: "polish please".
    pub called: Vec<Arc<str>>,
    /// What is said in it; none for a language that the assistant speaks.
    pub reply: Reply,
}

/// How somebody who writes in a language is met.
#[derive(Debug, Clone)]
pub enum Reply {
    /// The conversation goes on in it.
    Spoken(Locale),
    /// One answer in it, that says how to get an interpreter, and the label of the choice for one.
    Interpreter {
        /// The answer.
        answer: Arc<str>,
        /// The choice.
        choice: Arc<str>,
    },
}

/// The letters of a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    /// a, b, c with any accents.
    Latin,
    /// As in Ukrainian.
    Cyrillic,
    /// As in Arabic, Urdu and Persian.
    Arabic,
    /// As in Bengali.
    Bengali,
    /// As in Punjabi.
    Gurmukhi,
    /// As in Gujarati.
    Gujarati,
    /// As in Chinese.
    Han,
}

impl Script {
    pub(super) const NAMES: &[(&str, Self)] = &[
        ("latin", Self::Latin),
        ("cyrillic", Self::Cyrillic),
        ("arabic", Self::Arabic),
        ("bengali", Self::Bengali),
        ("gurmukhi", Self::Gurmukhi),
        ("gujarati", Self::Gujarati),
        ("han", Self::Han),
    ];

    /// Whether a letter belongs to it, by the blocks of Unicode.
    #[must_use]
    pub fn has(self, letter: char) -> bool {
        match self {
            Self::Latin => {
                matches!(letter, 'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
            }
            Self::Cyrillic => matches!(letter, '\u{400}'..='\u{52f}'),
            Self::Arabic => {
                matches!(letter, '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{fb50}'..='\u{fefc}')
            }
            Self::Bengali => matches!(letter, '\u{980}'..='\u{9ff}'),
            Self::Gurmukhi => matches!(letter, '\u{a00}'..='\u{a7f}'),
            Self::Gujarati => matches!(letter, '\u{a80}'..='\u{aff}'),
            Self::Han => matches!(letter, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'),
        }
    }
}

/// Reads the file.
pub(super) fn read(fields: Fields<'_>, facts: &Facts) -> Vec<Language> {
    let tables = fields.tables("languages").into_iter();
    let languages = tables.filter_map(|table| read_one(table, facts)).collect();
    fields.done();
    languages
}

fn read_one(table: Fields<'_>, facts: &Facts) -> Option<Language> {
    let page = table.page;
    let tag = table.need_text("tag", "tag = \"pl\"");
    let name = table.need_text("name", "name = \"Polski\"");
    let script = table
        .need_text("script", "script = \"latin\"")
        .and_then(|text| page.one_of("`script` value", &text, Script::NAMES));
    let lower = |key: &'static str| {
        let texts = table.texts(key).into_iter();
        texts.map(|text| Arc::from(text.value.to_lowercase()))
    };
    let words: HashSet<Arc<str>> = lower("words").collect();
    let called = lower("called").collect();
    let reply = match tag.as_ref().map(|tag| tag.value) {
        Some("en") => Some(Reply::Spoken(Locale::En)),
        Some("cy") => Some(Reply::Spoken(Locale::Cy)),
        Some(_) | None => {
            let answer = table.need_text("answer", "answer = \"…\", in this language");
            let choice = table.need_text("choice", "choice = \"…\", in this language");
            let say = |text| facts.say(page, &text, Locale::En, &[]);
            answer
                .zip(choice)
                .map(|(answer, choice)| Reply::Interpreter {
                    answer: say(answer),
                    choice: say(choice),
                })
        }
    };
    // Latin letters are everybody's; only words tell these languages apart.
    if script == Some(Script::Latin) && words.is_empty() {
        table.missing("words", "words = [\"jest\", \"nie\"], its commonest words");
    }
    table.done();
    Some(Language {
        tag: tag?.value.into(),
        name: name?.value.into(),
        script: script?,
        words,
        called,
        reply: reply?,
    })
}
