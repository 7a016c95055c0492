//! `cece content --html`: the shipped content as one page for whoever approves it.

use crate::town::shipped;
use cece::commands::content::page;
use cece::engine::Sources;

fn shipped_page() -> String {
    page(&shipped(), jiff::civil::date(2026, 6, 10)).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn the_page_shows_what_an_editor_approves() {
    let html = shipped_page();
    for shown in [
        "<html lang=\"en-GB\">",
        // A department, with who does the work and when it is there.
        "<h2>Waste and Recycling</h2>",
        "Monday to Friday",
        // An intent: by eye, by ear, in Welsh, with the facts filled in.
        "I can report it if it was due in the last 14 days.",
        "Mae&#39;n ddrwg gen i",
        // What is asked and why, what residents say, how long it is kept, what is never asked.
        "so that the crew can find the bin",
        "nobody has been for our bins",
        // And how others say it.
        "<summary>How others say it (",
        "<li>how do I report a missed collection</li>",
        "service-request",
        "DATE_OF_BIRTH",
        "taken down for the next working day",
        // Danger, and other languages.
        "this is said at once, before anything else",
        "<h3 lang=\"ur\" dir=\"auto\">",
    ] {
        let shown = shown.replace("&#39;", "'");
        assert!(html.contains(&shown), "{shown} is not on the page");
    }
}

#[test]
fn the_page_needs_nothing_else_and_every_place_in_it_is_there() {
    let html = shipped_page();
    for foreign in [
        "<script",
        "<link",
        "<img",
        "@import",
        "url(",
        "{switchboard",
    ] {
        assert!(!html.contains(foreign), "{foreign} is on the page");
    }
    let targets: Vec<&str> = html
        .split("href=\"#")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    assert!(targets.len() > 30, "{}", targets.len());
    for target in targets {
        let place = format!("id=\"{target}\"");
        assert_eq!(html.matches(&place).count(), 1, "{place}");
    }
    let opened = html.matches("<section").count();
    assert_eq!(opened, html.matches("</section>").count());
}

#[test]
fn faults_in_the_content_are_told_instead() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("council.toml"), "nmae = \"A\"").unwrap();
    let sources = Sources {
        intents: folder.path().to_owned(),
        ..shipped()
    };
    let told = page(&sources, jiff::civil::date(2026, 6, 10)).unwrap_err();
    assert!(told.to_string().contains("council.toml:1:1"), "{told}");
}
