//! The records office as its users meet it: over HTTP with logins and roles, and over the admin socket;
//! and that everything done there is in the audit log.

use crate::town::{Bare, Town};
use cece::server::accounts::Role;
use cece::server::admin::{self, Reply, Request};
use cece::server::api::{OPENAPI, OPERATIONS};
use cece::server::office::{Known, Password};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

pub(crate) const PASSWORD: &str = "three words together";

/// One request over HTTP/1.1; status and body.
pub(crate) async fn http(
    town: &Town,
    method: &str,
    path: &str,
    token: &str,
    body: &Value,
) -> (u16, Value) {
    let mut stream = TcpStream::connect(town.address).await.unwrap();
    let body = if body.is_null() {
        String::new()
    } else {
        body.to_string()
    };
    let request = format!(
        "{method} /api/v1{path} HTTP/1.1\r\nhost: cece\r\nauthorization: Bearer {token}\r\n\
         content-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(status == 404 || head.contains("no-store"), "{head}");
    (status, serde_json::from_str(body).unwrap_or_default())
}

pub(crate) async fn ask(town: &Town, request: Request) -> Reply {
    let socket = town.folder.join("live/admin.sock");
    admin::ask(&socket, &request).await.unwrap().unwrap()
}

pub(crate) async fn account(town: &Town, name: &str, role: &str) {
    let request = Request::AccountAdd {
        name: name.to_owned(),
        role: role.to_owned(),
        password: Password::new(PASSWORD.to_owned()),
    };
    let reply = ask(town, request).await;
    assert!(reply.ok, "{}", reply.text);
}

async fn log_in(town: &Town, name: &str) -> String {
    let login = json!({ "name": name, "password": PASSWORD });
    let (status, body) = http(town, "POST", "/session", "", &login).await;
    assert_eq!(status, 200, "{body}");
    body["token"].as_str().unwrap().to_owned()
}

/// A conversation with one message; its reference code.
async fn conversation(town: &Town) -> String {
    let (_client, welcome) = Bare::hello(town.address).await;
    welcome["reference"].as_str().unwrap().to_owned()
}

/// The actions in the audit log, oldest first.
async fn actions(town: &Town) -> Vec<(String, String)> {
    let reply = ask(
        town,
        Request::AuditList {
            limit: 1000,
            reference: None,
        },
    )
    .await;
    let entries = reply.data["entries"].as_array().unwrap().clone();
    let text = |entry: &Value, name: &str| entry[name].as_str().unwrap().to_owned();
    entries
        .iter()
        .map(|entry| (text(entry, "actor"), text(entry, "action")))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_each_role_may_do_is_what_it_may_do_and_the_log_knows_it() {
    let town = Town::start(|_| {}).await;
    let reference = conversation(&town).await;
    for role in Role::ALL {
        account(&town, role.name(), role.name()).await;
    }
    for role in Role::ALL {
        let token = log_in(&town, role.name()).await;
        for operation in OPERATIONS {
            let path = operation
                .path
                .replace("{reference}", "CV-0000-0000")
                .replace("{id}", "00000000")
                .replace("{name}", "nobody");
            let (status, body) = http(&town, operation.method, &path, &token, &Value::Null).await;
            let may = operation.roles.contains(&role);
            assert_eq!(
                status != 403,
                may,
                "{} {path}: {status} {body}",
                role.name()
            );
        }
        let (status, body) = http(&town, "GET", "/session", &token, &Value::Null).await;
        assert_eq!((status, body["role"].as_str()), (200, Some(role.name())));
    }
    let token = log_in(&town, "officer").await;
    let path = format!("/conversations/{reference}");
    let (status, body) = http(&town, "GET", &path, &token, &Value::Null).await;
    assert_eq!(status, 200, "{body}");
    assert_eq!(body["reference"], reference);
    let done = actions(&town).await;
    for expected in [
        ("officer (officer)", "looked"),
        ("officer (officer)", "forbidden"),
        ("data-protection (data-protection)", "holds-listed"),
        ("supervisor (supervisor)", "listed"),
        ("admin (admin)", "logged-in"),
    ] {
        let expected = (expected.0.to_owned(), expected.1.to_owned());
        assert!(done.contains(&expected), "{expected:?} in {done:?}");
    }
    let (status, _) = http(&town, "DELETE", "/session", &token, &Value::Null).await;
    assert_eq!(status, 200);
    let (status, _) = http(&town, "GET", &path, &token, &Value::Null).await;
    assert_eq!(status, 401);
    let log = std::fs::read_to_string(town.folder.join("audit/log")).unwrap();
    assert!(
        !log.contains(&reference),
        "a raw identifier is in the audit log"
    );
}

#[test]
fn the_document_describes_what_the_router_answers() {
    let document: Value = serde_json::from_str(OPENAPI).unwrap();
    let mut described = BTreeSet::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let roles: Vec<String> = operation["x-roles"]
                .as_array()
                .map(|roles| {
                    roles
                        .iter()
                        .map(|role| role.as_str().unwrap().to_owned())
                        .collect()
                })
                .unwrap_or_default();
            assert!(
                operation["summary"]
                    .as_str()
                    .is_some_and(|text| text.len() > 5)
            );
            for part in path.split('{').skip(1) {
                let name = part.split('}').next().unwrap();
                let named = operation["parameters"].as_array().unwrap().iter();
                assert!(
                    named.clone().any(|one| one["name"] == name),
                    "{path}: {name}"
                );
            }
            described.insert((method.to_uppercase(), path.clone(), roles));
        }
    }
    let session = ["POST", "GET", "DELETE"].map(|method| (method, "/session"));
    let mut answered: BTreeSet<_> = OPERATIONS
        .iter()
        .map(|operation| {
            let roles = operation
                .roles
                .iter()
                .map(|role| role.name().to_owned())
                .collect();
            (
                operation.method.to_owned(),
                operation.path.to_owned(),
                roles,
            )
        })
        .collect();
    for (method, path) in session.into_iter().chain([("GET", "/openapi.json")]) {
        answered.insert((method.to_owned(), path.to_owned(), Vec::new()));
    }
    assert_eq!(described, answered);
    // References lead somewhere.
    for reference in OPENAPI.split("\"$ref\": \"#/").skip(1) {
        let pointer = format!("/{}", reference.split('"').next().unwrap());
        assert!(document.pointer(&pointer).is_some(), "{pointer}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_subject_is_answered_from_search_to_receipt_while_the_server_runs() {
    let town = Town::start(|_| {}).await;
    let reference = conversation(&town).await;
    let other = conversation(&town).await;
    let found = ask(
        &town,
        Request::Find {
            by: Known::Reference(reference.clone()),
        },
    )
    .await;
    assert!(
        found.ok && found.text.contains(&reference),
        "{}",
        found.text
    );

    let export = ask(
        &town,
        Request::Export {
            reference: reference.clone(),
        },
    )
    .await;
    assert!(export.ok, "{}", export.text);
    let html = export.data["html"].as_str().unwrap();
    for part in ["Legal basis", "Art 6(1)(e)", &reference, "Your rights"] {
        assert!(html.contains(part), "{part}");
    }
    assert_eq!(export.data["json"]["reference"], reference);
    assert!(export.data["json"]["held"].as_array().unwrap().len() == 3);

    let correct = Request::Correct {
        reference: reference.clone(),
        entry: 1,
        text: "my card is 4111 1111 1111 1111".to_owned(),
    };
    let corrected = ask(&town, correct).await;
    assert!(
        corrected.ok && !corrected.text.contains("4111"),
        "{}",
        corrected.text
    );

    let erased = ask(
        &town,
        Request::Erase {
            reference: reference.clone(),
        },
    )
    .await;
    assert!(
        erased.ok && erased.text.contains("ERASURE RECEIPT"),
        "{}",
        erased.text
    );
    let gone = ask(
        &town,
        Request::Show {
            reference: reference.clone(),
        },
    )
    .await;
    assert!(!gone.ok, "{}", gone.text);
    let kept = ask(&town, Request::Show { reference: other }).await;
    assert!(kept.ok, "{}", kept.text);

    let about = Request::AuditList {
        limit: 100,
        reference: Some(reference.clone()),
    };
    let entries = ask(&town, about).await.data["entries"].clone();
    let actions: Vec<_> = entries
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["action"].clone())
        .collect();
    assert_eq!(
        actions,
        ["exported", "corrected", "erase-ordered", "erased"]
    );
    let verified = ask(&town, Request::AuditVerify { against: None }).await;
    assert!(verified.ok, "{}", verified.text);
    let whole = ask(&town, Request::Verify).await;
    assert!(whole.ok, "{}", whole.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_swept_by_a_register_that_nobody_has_signed() {
    let temp = tempfile::tempdir().unwrap();
    let register = temp.path().join("retention.toml");
    let shipped = crate::town::root().join("transcripts/retention.toml");
    std::fs::copy(shipped, &register).unwrap();
    let own = register.clone();
    let town = Town::start(move |config| config.register = own).await;
    let sweep = || ask(&town, Request::Sweep { expect: None });
    let refused = sweep().await;
    assert!(
        !refused.ok && refused.text.contains("unsigned"),
        "{}",
        refused.text
    );
    assert!(ask(&town, Request::SweepPlan).await.ok);
    let sign = |by: &str| Request::Sign {
        by: by.to_owned(),
        role: "Data Protection Officer".to_owned(),
    };
    assert!(!ask(&town, sign(" ")).await.ok);
    let signed = ask(&town, sign("A. Officer")).await;
    assert!(signed.ok, "{}", signed.text);
    assert!(sweep().await.ok);
    // Changed since, by so little as a blank.
    let text = std::fs::read_to_string(&register).unwrap();
    std::fs::write(&register, text + "\n").unwrap();
    let refused = sweep().await;
    assert!(
        !refused.ok && refused.text.contains("changed after A. Officer"),
        "{}",
        refused.text
    );

    let report = ask(&town, Request::RetentionReport).await;
    let html = report.data["html"].as_str().unwrap();
    assert!(html.contains("<svg") && !html.contains("<script"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_is_made_beside_traffic_and_keys_are_kept_apart() {
    let town = Town::start(|_| {}).await;
    let reference = conversation(&town).await;
    let to = town.folder.join("backup");
    let together = Request::Backup {
        to: to.clone(),
        keys_to: Some(to.join("keys")),
    };
    let refused = ask(&town, together).await;
    assert!(!refused.ok && refused.text.contains("must not lie with the data"));
    let made = ask(
        &town,
        Request::Backup {
            to: to.clone(),
            keys_to: Some(town.folder.join("kept")),
        },
    )
    .await;
    assert!(made.ok, "{}", made.text);
    for file in ["manifest.json", "retention.toml", "audit/log", "store/db"] {
        assert!(to.join(file).exists(), "{file}");
    }
    assert!(town.folder.join("kept/keyring").exists() && !to.join("keyring").exists());
    let again = ask(&town, Request::Backup { to, keys_to: None }).await;
    assert!(
        !again.ok && again.text.contains("there already"),
        "{}",
        again.text
    );
    let rotated = ask(&town, Request::RotateKeys { all: true }).await;
    assert!(rotated.ok, "{}", rotated.text);
    assert!(ask(&town, Request::Show { reference }).await.ok);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_keeps_the_machine_is_done_over_http_too_in_the_places_that_are_set() {
    let places = tempfile::tempdir().unwrap();
    let (data, keys) = (places.path().join("a"), places.path().join("b"));
    let set = (data.clone(), keys.clone());
    let town = Town::start(move |config| {
        config.backups = Some(set.0);
        config.backup_keys = Some(set.1);
    })
    .await;
    account(&town, "jo", "admin").await;
    let token = log_in(&town, "jo").await;
    let named = |name: &str| json!({ "name": name });
    for bad in ["", "../elsewhere", "a/b", "."] {
        let (status, _) = http(&town, "POST", "/backups", &token, &named(bad)).await;
        assert_eq!(status, 422, "{bad:?}");
    }
    let (status, body) = http(&town, "POST", "/backups", &token, &named("monday")).await;
    assert_eq!(status, 200, "{body}");
    assert!(data.join("monday/manifest.json").exists() && keys.join("monday/keyring").exists());
    for (method, path) in [("POST", "/keys/rotation"), ("GET", "/verification")] {
        let (status, body) = http(&town, method, path, &token, &Value::Null).await;
        assert_eq!(status, 200, "{path}: {body}");
    }
    let done = actions(&town).await;
    for action in ["backed-up", "keys-rotated", "verified"] {
        let expected = ("jo (admin)".to_owned(), action.to_owned());
        assert!(done.contains(&expected), "{expected:?} in {done:?}");
    }
}
