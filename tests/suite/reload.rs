//! Swapping the content of a running server: all of it or nothing.

use crate::town::{Bare, Town};
use cece::server::admin::{self, Reply, Request};

async fn reload(town: &Town) -> Reply {
    admin::ask(&town.folder.join("live/admin.sock"), &Request::Reload)
        .await
        .unwrap()
        .unwrap()
}

#[tokio::test]
async fn a_wrong_file_changes_nothing_and_says_where_it_is_wrong() {
    let town = Town::start(|_| {}).await;
    let path = town.folder.join("intents/waste/missed-bin.toml");
    let good = std::fs::read_to_string(&path).unwrap();
    let line = good.lines().count() + 1;
    std::fs::write(&path, format!("{good}\nexmaples = [\"x\"]\n")).unwrap();
    let reply = reload(&town).await;
    assert!(!reply.ok);
    assert!(
        reply.text.contains("intents/waste/missed-bin.toml:"),
        "{}",
        reply.text
    );
    assert!(
        reply.text.contains(&format!("{}:1", line + 1)),
        "{}",
        reply.text
    );
    assert!(reply.text.contains("exmaples"), "{}", reply.text);
    assert!(reply.text.contains("stays as it is"), "{}", reply.text);
    let (mut client, _) = Bare::hello(town.address).await;
    client.frame().await;
    client.say(1, "my bin wasnt collected").await;
    assert_eq!(
        client.until("state").await.last().unwrap()["phase"],
        "collecting"
    );
    town.stopped().await;
}

#[tokio::test]
async fn a_running_conversation_finishes_on_the_content_it_began_with() {
    let town = Town::start(|_| {}).await;
    let (mut before, _) = Bare::hello(town.address).await;
    before.frame().await;
    let path = town.folder.join("intents/waste/missed-bin.toml");
    let good = std::fs::read_to_string(&path).unwrap();
    let asked = good
        .lines()
        .find(|line| line.starts_with("prompt = "))
        .unwrap()
        .to_owned();
    std::fs::write(
        &path,
        good.replacen(&asked, "prompt = \"Where is that bin of yours?\"", 1),
    )
    .unwrap();
    let reply = reload(&town).await;
    assert!(reply.ok, "{}", reply.text);
    let (mut after, _) = Bare::hello(town.address).await;
    after.frame().await;
    for (client, new) in [(&mut before, false), (&mut after, true)] {
        client.say(1, "my bin wasnt collected").await;
        let said = format!("{:?}", client.until("state").await);
        assert_eq!(said.contains("Where is that bin of yours?"), new, "{said}");
    }
    town.stopped().await;
}
