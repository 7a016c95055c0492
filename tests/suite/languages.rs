//! Languages that residents write in: told where they can be, and never where a message is English.

use crate::golden_content::BUNDLE;
use cece::content::Reply;
use cece::dialogue::language_of;
use std::collections::BTreeSet;
use std::path::Path;

fn tag_of(text: &str) -> Option<&str> {
    language_of(text, &BUNDLE.assistant.wording.languages).map(|language| &*language.tag)
}

#[test]
fn a_message_is_in_the_language_that_its_letters_and_words_say() {
    let cases = [
        ("nie mam prądu w domu, co mam zrobić?", "pl"),
        ("prosze o pomoc, nie mowie po angielsku", "pl"),
        ("nu am căldură în casă și am un copil mic", "ro"),
        ("vreau sa platesc taxa, cum fac?", "ro"),
        ("não tenho luz em casa, como faço para pagar?", "pt"),
        ("necesito ayuda con la basura de mi casa", "es"),
        (
            "man reikia pagalbos, neturiu kur gyventi ir mano vaikas serga",
            "lt",
        ),
        ("мені потрібна допомога, немає опалення", "uk"),
        ("мне нужна помощь, у меня нет отопления", "ru"),
        ("أنا أحتاج مساعدة في البيت", "ar"),
        ("مجھے گھر کے لیے مدد چاہیے", "ur"),
        ("سلام، من کمک نیاز دارم", "fa"),
        ("ਮੈਨੂੰ ਮਦਦ ਚਾਹੀਦੀ ਹੈ", "pa"),
        ("আমার সাহায্য দরকার", "bn"),
        ("મને મદદ જોઈએ છે", "gu"),
        ("我需要帮助", "zh"),
        ("mae'r bin heb ei wagio eto", "cy"),
        ("Polish please", "pl"),
        ("do you speak Bengali?", "bn"),
    ];
    for (text, tag) in cases {
        assert_eq!(tag_of(text), Some(tag), "{text}");
    }
}

/// Of the languages asked for in issue 5, each has its one answer, and an emergency number in it.
#[test]
fn every_language_says_how_to_get_an_interpreter_and_whom_to_ring() {
    let mut tags = BTreeSet::new();
    for language in &BUNDLE.assistant.wording.languages {
        let Reply::Interpreter { answer, choice } = &language.reply else {
            continue;
        };
        tags.insert(&*language.tag);
        let names = answer.contains("999") && answer.contains("03069 990 000");
        assert!(names && !choice.is_empty(), "{}: {answer}", language.tag);
    }
    for tag in "pl ro uk ar ur pa bn gu zh pt es lt".split(' ') {
        assert!(tags.contains(tag), "{tag}");
    }
}

/// A message that merely has a foreign word or name in it stays English.
#[test]
fn no_english_message_is_taken_for_another_language() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let corpus = std::fs::read_to_string(root.join("tests/routing/tuning.tsv")).unwrap();
    let messages = corpus.lines().filter_map(|line| line.split_once('\t'));
    let examples = BUNDLE.assistant.examples();
    let all = messages
        .map(|(message, label)| (label, message))
        .chain(examples.map(|(intent, text)| (intent.as_str(), text)));
    let foreign: Vec<String> = all
        .filter(|(_, text)| text.is_ascii())
        .filter_map(|(label, text)| Some((label, text, tag_of(text)?)))
        // Asking for a language is not writing in it; Welsh needs no letter beyond these.
        .filter(|(label, _, tag)| {
            !label.ends_with("accessibility-language") && !["en", "cy"].contains(tag)
        })
        .map(|(label, text, tag)| format!("{label}: {text}: {tag}"))
        .collect();
    assert!(foreign.is_empty(), "{foreign:#?}");
}
