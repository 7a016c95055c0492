//! The layer table of docs/decisions/0001, held by reading every import and path in `src/`, and the
//! rules of the house that no lint knows: how files open, their names, what logs may carry.
//!
//! The reading is a small scanner, not a compiler: it follows `use` trees, aliases, `crate`, `super`
//! and `self`, and leaves out comments, strings and test modules. What macros make is not seen.
// The scanner cuts at positions that it found itself, and a fault of its own should stop the test.
#![allow(clippy::string_slice)]

mod scan;

use scan::Source;
use std::path::{Path, PathBuf};

/// The pure rooms: the same arguments give the same result.
const PURE: &[&str] = &[
    "pii",
    "nlu",
    "content",
    "departments",
    "dialogue",
    "transcripts::record",
    "transcripts::retention",
];

/// What the pure rooms never touch: the network, the disk, the clock, chance.
const MACHINE: &[&str] = &[
    "tokio",
    "tokio_tungstenite",
    "axum",
    "tower",
    "sled",
    "rustix",
    "getrandom",
    "std::fs",
    "std::net::TcpStream",
    "std::net::TcpListener",
    "std::net::UdpSocket",
    "std::net::ToSocketAddrs",
    "std::env",
    "std::process",
    "std::time::SystemTime",
    "std::time::Instant",
];

/// One row of the table: who, which rooms of the crate they may use besides their own (`*`: all), and
/// what they never use. The first row that fits counts.
struct Layer {
    of: &'static [&'static str],
    rooms: &'static [&'static str],
    never: &'static [&'static str],
}

/// The store that is used, which only those may know who choose it.
const STORE: [&str; 2] = ["crate::transcripts::sled_store", "crate::transcripts::Sled"];

const LAYERS: &[Layer] = &[
    // Content's reader is the one place in the pure layer that opens files.
    Layer {
        of: &["content::reader"],
        rooms: PURE,
        never: &[
            "tokio",
            "axum",
            "sled",
            "std::net",
            "std::time::SystemTime",
            "std::time::Instant",
        ],
    },
    Layer {
        of: PURE,
        rooms: PURE,
        never: MACHINE,
    },
    Layer {
        of: &["transcripts::store"],
        rooms: PURE,
        never: &["tokio", "axum", "sled"],
    },
    Layer {
        of: &["transcripts::archive", "transcripts::keys"],
        rooms: &[
            "pii",
            "nlu",
            "content",
            "departments",
            "dialogue",
            "transcripts",
        ],
        never: &["axum", "sled", STORE[0], STORE[1]],
    },
    Layer {
        of: &["transcripts"],
        rooms: PURE,
        never: &["axum"],
    },
    Layer {
        of: &["engine"],
        rooms: &[
            "pii",
            "nlu",
            "content",
            "departments",
            "dialogue",
            "transcripts",
        ],
        never: &["axum", "sled", STORE[0], STORE[1]],
    },
    // A client stands on the other side of the wire: it knows the protocol and nothing of the house.
    Layer {
        of: &["channels::client"],
        rooms: PURE,
        never: &["axum", "sled"],
    },
    Layer {
        of: &["channels"],
        rooms: &[
            "pii",
            "nlu",
            "content",
            "departments",
            "dialogue",
            "transcripts::record",
            "transcripts::retention",
            "engine",
        ],
        never: &["sled", "tokio_tungstenite"],
    },
    Layer {
        of: &["server"],
        rooms: &[
            "pii",
            "nlu",
            "content",
            "departments",
            "dialogue",
            "transcripts",
            "engine",
            "channels",
        ],
        never: &["sled"],
    },
    Layer {
        of: &["commands", "main", "lib"],
        rooms: &["*"],
        never: &["sled"],
    },
];

/// Rooms that may hold what a person typed before it is screened.
const RAW_TEXT: &[&str] = &["pii", "engine", "channels"];
/// Names that say nothing about what is in a file.
const EMPTY_NAMES: &[&str] = &["util", "manager", "helper", "common", "misc"];
/// Names under which a resident's words would reach a log.
const WORDS: &[&str] = &["text", "raw", "utterance", "words", "spoken"];
/// Lines of a file from which one asks whether two things live there, and past which they do.
const LINES_ASK: usize = 350;
const LINES_MAX: usize = 500;

/// Every fault of one file of `src/`; `path` is relative to `src/`.
fn faults(path: &str, text: &str) -> Vec<String> {
    let source = Source::read(path, text);
    let module = source.module.join("::");
    let mut faults = Vec::new();
    if !text.starts_with("//! ") {
        faults.push("does not open with `//!`: what it does, and what it does not do".to_owned());
    }
    if let Some(name) = path
        .split(['/', '.'])
        .find(|part| EMPTY_NAMES.iter().any(|empty| part.contains(empty)))
    {
        faults.push(format!(
            "is named `{name}`, which says nothing: use the field's own noun"
        ));
    }
    if source.names("RawText") && !RAW_TEXT.iter().any(|room| within(&module, room)) {
        faults.push("names RawText: raw text ends in pii, engine and channels".to_owned());
    }
    if source.lines() > LINES_MAX {
        let lines = source.lines();
        faults.push(format!(
            "has {lines} lines without its tests; {LINES_MAX} is the limit"
        ));
    }
    faults.extend(source.logged(WORDS));
    let Some(layer) = LAYERS
        .iter()
        .find(|layer| layer.of.iter().any(|room| within(&module, room)))
    else {
        faults
            .push("is in no layer: give its room a row in docs/decisions/0001 and here".to_owned());
        return faults;
    };
    let own = own_room(layer, &module);
    for used in source.paths() {
        let allowed = match used.strip_prefix("crate::") {
            Some(inside) => {
                within(inside, &own)
                    || at_the_door_of_channels(&own, inside)
                    || layer
                        .rooms
                        .iter()
                        .any(|room| *room == "*" || within(inside, room))
            }
            None => true,
        };
        if !allowed || layer.never.iter().any(|never| within(&used, never)) {
            faults.push(format!("uses {used}, which its layer may not"));
        }
    }
    faults
}

/// The part of the crate that a module may always use: that of its row, but for a channel its own
/// folder, so that no channel reaches into another.
fn own_room(layer: &Layer, module: &str) -> String {
    let row = layer.of.iter().find(|room| within(module, room)).unwrap();
    match (*row, module.split("::").nth(1)) {
        ("channels", Some(channel)) => format!("channels::{channel}"),
        (row, _) => row.to_owned(),
    }
}

/// Rooms of `channels` that belong to none of them: the frames of the native protocol, which a
/// WebSocket or requests carry, and what makes them (docs/decisions/0010), and the signatures
/// of telephony platforms, which are checked here and made by a caller that plays one.
const OF_ALL_CHANNELS: &[&str] = &[
    "channels::frames",
    "channels::emit",
    "channels::signature",
    "channels::welcome",
];

/// Whether a channel uses what `channels` itself holds for all of them.
fn at_the_door_of_channels(own: &str, used: &str) -> bool {
    if own.starts_with("channels::") && OF_ALL_CHANNELS.iter().any(|room| within(used, room)) {
        return true;
    }
    own.starts_with("channels::")
        && used
            .strip_prefix("channels::")
            .is_some_and(|item| !item.contains("::") && item.starts_with(char::is_uppercase))
}

/// Whether `path` is `room` or lies in it.
fn within(path: &str, room: &str) -> bool {
    path.strip_prefix(room)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let Ok(entries) = std::fs::read_dir(folder) else {
        return files; // benches and examples may not be there
    };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|end| end == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

#[test]
fn every_file_keeps_to_its_layer() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut all = Vec::new();
    let files = rust_files(&src);
    assert!(files.len() > 10, "no sources found in {}", src.display());
    for file in files {
        let path = file
            .strip_prefix(&src)
            .unwrap()
            .to_str()
            .unwrap()
            .to_owned();
        let text = std::fs::read_to_string(&file).unwrap();
        let lines = Source::read(&path, &text).lines();
        if lines > LINES_ASK {
            println!("src/{path}: {lines} lines: do two things live there?");
        }
        all.extend(
            faults(&path, &text)
                .into_iter()
                .map(|fault| format!("src/{path} {fault}")),
        );
    }
    assert!(all.is_empty(), "\n{}", all.join("\n"));
}

#[test]
fn every_test_example_and_bench_opens_with_what_it_does() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["tests", "examples", "benches"] {
        for file in rust_files(&root.join(folder)) {
            let text = std::fs::read_to_string(&file).unwrap();
            assert!(
                text.starts_with("//! "),
                "{} does not open with `//!`",
                file.display()
            );
        }
    }
}

/// Each line is a planted file, `path | code`, and after `=>` a part of each fault that it leads to,
/// in order; without `=>` it leads to none. `\n` in the code breaks the line.
#[track_caller]
fn check(cases: &str) {
    for case in cases.trim().lines().map(str::trim) {
        let (file, parts) = case.split_once(" => ").unwrap_or((case, ""));
        let (path, code) = file.split_once(" | ").unwrap();
        let code = format!("//! Planted.\n{}\n", code.replace("\\n", "\n"));
        let seen = faults(path, &code);
        let parts: Vec<&str> = parts.split(", ").filter(|part| !part.is_empty()).collect();
        let as_expected = seen.len() == parts.len()
            && seen
                .iter()
                .zip(&parts)
                .all(|(fault, part)| fault.contains(part));
        assert!(as_expected, "{case}\n{seen:#?}");
    }
}

#[test]
fn imports_against_the_table_are_found_however_they_are_written() {
    check(
        r#"
        pii/scan.rs | use tokio::sync::Mutex; => tokio::sync::Mutex
        nlu/mod.rs | use std::{collections::BTreeMap, fs, io}; => std::fs
        nlu/mod.rs | use std::time::{Duration, Instant}; => std::time::Instant
        nlu/mod.rs | use std::time; fn f() { time::SystemTime::now(); } => std::time::SystemTime::now
        nlu/mod.rs | fn f<'a>(x: &'a str) { let _ = ('"', '\'', std::fs::read(x)); } => std::fs::read
        nlu/mod.rs | #[cfg(test)]\nuse std::io;\nuse std::fs; => std::fs
        dialogue/step.rs | use crate::engine::Engine; => crate::engine::Engine
        dialogue/step.rs | use super::super::server::Limits; => crate::server::Limits
        dialogue/step.rs | use crate::transcripts; => crate::transcripts
        dialogue/step.rs | use crate::transcripts::*; => crate::transcripts
        dialogue/step.rs | use crate::{pii::SafeText, channels::client::{self, Client}}; => channels::client, client::Client
        content/lint.rs | use std::fs::File; => std::fs::File
        transcripts/record.rs | use crate::transcripts::store::Store; => transcripts::store
        transcripts/store.rs | use sled::Db; => sled::Db
        transcripts/archive.rs | use crate::engine::Clock; => crate::engine::Clock
        transcripts/keys/mod.rs | use super::sled_store::Sled; => transcripts::sled_store
        engine/turn.rs | use axum::Router; => axum::Router
        engine/turn.rs | use crate::transcripts::Sled; => transcripts::Sled
        engine/turn.rs | use crate::transcripts as kept; fn f() { kept::sled_store::open(); } => sled_store::open
        channels/websocket/mod.rs | use crate::channels::client::Frame; => channels::client
        channels/rest.rs | use super::websocket::socket::Limits; => channels::websocket
        channels/rest.rs | use crate::server::Limits; => crate::server
        channels/client/mod.rs | use crate::engine::Turn; use axum::Json; => axum::Json, crate::engine::Turn
        server/mod.rs | use crate::commands::chat; => crate::commands::chat
        cellar/mod.rs | fn f() {} => is in no layer
        "#,
    );
}

#[test]
fn imports_that_the_table_allows_are_left_alone() {
    check(
        r##"
        pii/scan.rs | use super::kind::PiiKind; use regex::Regex; use crate::nlu::Command;
        nlu/mod.rs | use std::time::Duration; // tokio::spawn and std::fs::read are not for us
        nlu/mod.rs | /* use std::fs; /* nested */ use tokio::sync; */ fn f() {}
        nlu/mod.rs | fn f() -> &'static str { "use tokio::sync; \" std::fs::read" }
        nlu/mod.rs | fn f() -> &'static str { r#""std::fs::read""# }
        nlu/mod.rs | #[cfg(test)]\nmod tests { use std::fs; fn f() { if true {} } }\nfn g() {}
        nlu/tests.rs | use std::fs;
        content/reader.rs | use std::fs; use super::Fault;
        dialogue/step.rs | use crate::transcripts::retention::ClassName;
        transcripts/sled_store/mod.rs | use super::store::Store; use sled::Db; use tokio::sync::oneshot;
        engine/turn.rs | use crate::transcripts::archive::Archive; use tokio::sync::Mutex;
        channels/rest.rs | use super::Shared; use crate::engine::Engine; use axum::Json;
        channels/rest/mod.rs | use super::frames::ServerFrame; use super::Gate; use super::emit;
        commands/serve.rs | use crate::server::Server; use crate::transcripts::Sled;
        main.rs | use cece::commands; fn main() { commands::run(); }
        "##,
    );
}

#[test]
fn the_rules_that_no_lint_knows_are_held() {
    check(
        r#"
        nlu/utils.rs | fn f() {} => is named `utils`
        server/helpers/mod.rs | fn f() {} => is named `helpers`
        server/mod.rs | fn f(said: crate::pii::RawText) {} => names RawText
        server/mod.rs | /// Never a RawText.\nfn f() {}
        engine/turn.rs | use crate::pii::RawText;
        server/mod.rs | fn f() { tracing::info!(text = %said, "heard"); } => logs `text`
        server/mod.rs | fn f() { warn!(conversation.id = id, %text); } => logs `text`
        server/mod.rs | fn f() { error!("could not read {text}"); } => logs `text`
        server/mod.rs | fn f() { debug!("heard {}", turn.raw); } => logs `raw`
        server/mod.rs | fn f() { info!(duration_ms = 3, "the text is not logged"); }
        server/mod.rs | #[tracing::instrument]\nfn f(said: &str) {} => skip_all
        server/mod.rs | #[tracing::instrument(skip_all)]\nfn f(said: &str) {}
        "#,
    );
    let long = format!("//! Planted.\n{}", "fn f() {}\n".repeat(LINES_MAX));
    assert!(faults("engine/turn.rs", &long)[0].contains("lines without its tests"));
    assert!(faults("server/mod.rs", "use std::io;\n")[0].contains("does not open with"));
}
