//! What was learnt is kept: whoever has the content it had before learns nothing, and understands the same.

use crate::town::{SENTENCES, config, root, small_content};
use cece::engine::{Bundle, Sources};
use cece::nlu::Understanding;
use cece::server::{Learner, Server};
use std::fs;
use std::io::Read as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const SAID: [&str; 8] = [
    "my bin was not emptied",
    "there is a hole in the road and my bin was missed",
    "recyling colection missd",
    "i can smell gas",
    "bins",
    "what is the meaning of life",
    "can I speak to someone please",
    "",
];

fn open(sources: &Sources) -> Bundle {
    let today = jiff::civil::date(2026, 6, 10);
    Bundle::open_with(SENTENCES.clone(), sources, today)
        .unwrap()
        .0
}

/// What each means, and why.
fn understood(bundle: &Bundle) -> Vec<(Understanding, String)> {
    let read = |text: &str| {
        let why = bundle.explain_text(text.to_owned());
        (bundle.understand_text(text.to_owned()), format!("{why:?}"))
    };
    SAID.map(read).to_vec()
}

/// A small content that was learnt, and where.
fn learnt() -> (tempfile::TempDir, Sources, Vec<(Understanding, String)>) {
    let place = tempfile::tempdir().unwrap();
    small_content(&place.path().join("intents"));
    let sources = config(place.path()).sources();
    let bundle = open(&sources);
    assert!(!bundle.is_taught());
    let finished = bundle.finish().unwrap();
    assert!(finished.not_kept.is_none() && finished.encoded > 0);
    let said = understood(&bundle);
    (place, sources, said)
}

fn model(sources: &Sources) -> std::path::PathBuf {
    sources.encodings.join("model.bin")
}

#[test]
fn what_was_learnt_is_there_at_the_next_start_and_understands_to_the_bit_the_same() {
    let (_place, sources, said) = learnt();
    let again = open(&sources);
    assert!(again.is_finished() && again.is_taught());
    assert_eq!(understood(&again), said);
    assert!(again.finish().is_none(), "nothing was left to learn");
    let mode = fs::metadata(model(&sources)).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn another_content_or_a_damaged_file_is_learnt_anew() {
    let (_place, sources, said) = learnt();
    let file = model(&sources);
    let whole = fs::read(&file).unwrap();
    let mut flipped = whole.clone();
    flipped[whole.len() / 2] ^= 1;
    for damaged in [&flipped, &whole[..whole.len() - 1], &whole[..20], b""] {
        fs::write(&file, damaged).unwrap();
        assert!(!open(&sources).is_finished());
    }
    fs::remove_file(&file).unwrap();
    let bundle = open(&sources);
    assert!(!bundle.is_finished());
    assert_eq!(
        bundle.finish().unwrap().encoded,
        0,
        "encodings are kept apart"
    );
    assert_eq!(understood(&bundle), said);
    assert!(open(&sources).is_finished());

    let intent = sources.intents.join("highways/pothole.toml");
    let text = fs::read_to_string(&intent).unwrap();
    fs::write(
        &intent,
        text.replacen(
            "examples = [",
            "examples = [\n  \"the lane has a crater in it\",",
            1,
        ),
    )
    .unwrap();
    assert!(!open(&sources).is_finished());
}

/// What was learnt was looked through for personal data before; what has changed since was not.
#[test]
fn personal_data_in_an_example_is_found_though_the_content_before_was_learnt() {
    let (_place, sources, _) = learnt();
    let intent = sources.intents.join("highways/pothole.toml");
    let text = fs::read_to_string(&intent).unwrap();
    let example = "a hole in the road, ring me on 07700 900123";
    let with = text.replacen(
        "examples = [",
        &format!("examples = [\n  \"{example}\","),
        1,
    );
    assert_ne!(with, text);
    fs::write(&intent, with).unwrap();
    let today = jiff::civil::date(2026, 6, 10);
    let error = Bundle::open_with(SENTENCES.clone(), &sources, today).unwrap_err();
    let error = error.to_string();
    assert!(
        error.contains("pothole.toml") && error.contains("personal data"),
        "{error}"
    );
    assert!(!error.contains("900123"), "{error}");
}

/// In a file's place: nothing can be kept, and all is understood.
#[test]
fn what_cannot_be_kept_is_said_and_is_understood_all_the_same() {
    let (place, mut sources, said) = learnt();
    sources.encodings = place.path().join("cece.toml");
    fs::write(&sources.encodings, "").unwrap();
    let bundle = open(&sources);
    assert!(bundle.finish().unwrap().not_kept.is_some());
    assert_eq!(understood(&bundle), said);
}

/// Whatever becomes of the process that is to learn, the server learns in the end.
#[tokio::test(flavor = "multi_thread")]
async fn a_server_whose_learner_fails_learns_by_itself() {
    for program in ["/bin/false", "/bin/true", "/no/such/program"] {
        let place = tempfile::tempdir().unwrap();
        small_content(&place.path().join("intents"));
        crate::town::keep_encodings(&place.path().join("encodings"));
        let config = config(place.path());
        let bundle = open(&config.sources());
        let mut server = Server::open(config, bundle).await.unwrap();
        server.learn_with(Learner {
            program: program.into(),
            arguments: Vec::new(),
        });
        server.finish_understanding();
        let address = server.address().unwrap();
        let stop = tokio::time::sleep(Duration::from_secs(120));
        let serving = tokio::spawn(server.run(false, stop));
        let ready = async {
            while crate::town::get(address, "/readyz").await.1 != "ready\n" {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(60), ready)
            .await
            .unwrap_or_else(|_| panic!("{program}: never in both stages"));
        serving.abort();
    }
}

fn cece(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cece"));
    command.current_dir(folder);
    command
}

fn settings(folder: &Path, intents: &Path) {
    let text = format!(
        "intents = {intents:?}\nencodings = \"encodings\"\nregister = {:?}\nmodels = {:?}\n",
        root().join("transcripts/retention.toml"),
        root().join("models"),
    );
    fs::write(folder.join("cece.toml"), text).unwrap();
}

#[test]
fn an_author_learns_ahead_and_a_second_time_there_is_nothing_to_learn() {
    let place = tempfile::tempdir().unwrap();
    small_content(&place.path().join("intents"));
    crate::town::keep_encodings(&place.path().join("encodings"));
    settings(place.path(), &place.path().join("intents"));
    let says = || {
        let output = cece(place.path()).arg("learn").output().unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    assert_eq!(says(), "8 intents: learnt, kept in encodings\n");
    assert_eq!(says(), "8 intents: learnt before, kept in encodings\n");
}

/// A server that is killed leaves nothing behind that goes on learning.
#[test]
#[allow(clippy::disallowed_methods)] // Time is what is measured.
fn a_learner_ends_with_whoever_started_it() {
    let place = tempfile::tempdir().unwrap();
    settings(place.path(), &root().join("intents"));
    let mut learner = cece(place.path())
        .args(["learn", "--for-server"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The shipped content takes minutes where nothing is encoded.
    std::thread::sleep(Duration::from_secs(1));
    assert!(learner.try_wait().unwrap().is_none());
    let closed = Instant::now();
    drop(learner.stdin.take());
    let mut says = String::new();
    learner
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut says)
        .unwrap();
    assert!(!learner.wait().unwrap().success());
    assert!(closed.elapsed() < Duration::from_secs(20), "{says}");
}
