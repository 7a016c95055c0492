//! Local accounts: logins that tell nothing, rules of names and passwords, sessions that end.

use crate::office::{PASSWORD, account, http};
use crate::town::Town;
use cece::server::accounts::{Accounts, Role};
use cece::server::office::Password;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::Duration;

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_login_tells_nothing_and_too_many_are_stopped() {
    let town = Town::start(|_| {}).await;
    account(&town, "jo", "officer").await;
    let mut told = BTreeSet::new();
    for name in [
        "jo", "nobody", "jo", "nobody", "jo", "nobody", "jo", "jo", "jo",
    ] {
        let login = json!({ "name": name, "password": "a wrong password" });
        let (status, body) = http(&town, "POST", "/session", "", &login).await;
        assert_eq!(status, 401);
        told.insert(body["error"].as_str().unwrap().to_owned());
    }
    assert_eq!(told.len(), 1, "{told:?}");
    // Locked out now, with the right password too, and told the same.
    let login = json!({ "name": "jo", "password": PASSWORD });
    let (status, body) = http(&town, "POST", "/session", "", &login).await;
    assert_eq!(status, 401);
    assert!(told.contains(body["error"].as_str().unwrap()));
    for path in ["/conversations", "/users", "/session"] {
        let (status, _) = http(&town, "GET", path, "bm90IGEgdG9rZW4", &Value::Null).await;
        assert_eq!(status, 401, "{path}");
    }
    let file = town.folder.join("keys/accounts");
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains("$argon2id$") && !text.contains(PASSWORD));
}

#[tokio::test]
async fn accounts_have_rules_and_sessions_an_end() {
    let folder = tempfile::tempdir().unwrap();
    let random = crate::archive_fixture::Repeatable::seeded(3);
    let accounts = Accounts::at(folder.path().join("accounts"));
    let add = |name: &str, role: &str, password: &str| {
        let password = Password::new(password.to_owned());
        accounts
            .add(name, role, &password, &random)
            .map_err(|error| error.to_string())
    };
    assert!(
        add("Jo Bloggs", "officer", PASSWORD)
            .unwrap_err()
            .contains("no account name")
    );
    assert!(
        add("jo", "boss", PASSWORD)
            .unwrap_err()
            .contains("supervisor")
    );
    assert!(
        add("jo", "officer", "short")
            .unwrap_err()
            .contains("12 to 256")
    );
    assert_eq!(add("jo", "officer", PASSWORD), Ok(Role::Officer));
    let at = |minutes: u64| Duration::from_secs(1000 + 60 * minutes);
    let log_in = || {
        let password = Password::new(PASSWORD.to_owned());
        accounts.log_in(("jo", "192.0.2.1"), password, &random, at(0))
    };
    let (token, _) = log_in().await.unwrap();
    assert!(accounts.session(&token, at(29)).is_some());
    assert!(accounts.session(&token, at(58)).is_some());
    assert!(accounts.session(&token, at(89)).is_none(), "idle");
    let (token, _) = log_in().await.unwrap();
    assert!(accounts.session(&token, at(1)).is_some());
    assert_eq!(add("jo", "admin", PASSWORD), Ok(Role::Admin));
    assert!(
        accounts.session(&token, at(2)).is_none(),
        "another role is another session"
    );
    assert!(accounts.remove("jo").unwrap() && !accounts.remove("jo").unwrap());
}
