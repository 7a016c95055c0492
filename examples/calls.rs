//! Simultaneous calls on a relay: how soon the first token of each answer is there.
//!
//! ```text
//! cargo run --release --example calls -- http://127.0.0.1:8080 12345 500 8
//! ```
//!
//! So many calls are held at once, each says so many things, one after the other and at a caller's pace:
//! a second or two apart. It is bounded: calls times turns, and no more. A turn without an answer is
//! lost, and one is too many.

use cece::channels::client::call::{Act, Bridge, Caller, Line, Options};
use std::io::Write as _;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

/// What callers say, over and over: none of it ends a call.
const SAID: [&str; 4] = [
    "when is my bin day",
    "what time is it collected",
    "is it the brown one this week",
    "thank you",
];

/// A caller waits no longer for an answer.
const ANSWER_MAX: Duration = Duration::from_secs(10);

/// The longest run: calls times turns.
const TURNS_MAX: usize = 100_000;

#[derive(Default)]
struct Call {
    waits: Vec<Duration>,
    lost: usize,
}

async fn call(options: Options, turns: usize, place: u64) -> Call {
    let mut seen = Call::default();
    // They do not all ring in the same instant.
    sleep(Duration::from_millis(place * 7 % 3000)).await;
    let Ok((mut caller, _)) = Caller::ring(options).await else {
        seen.lost = turns;
        return seen;
    };
    for turn in 0..turns {
        sleep(Duration::from_millis(
            1000 + (place * 37 + turn as u64 * 211) % 1000,
        ))
        .await;
        let words = SAID[turn % SAID.len()].to_owned();
        let said = Act::Say(words, Vec::new());
        match timeout(ANSWER_MAX, caller.act(&said)).await {
            Ok(Ok(answer)) if !answer.spoken.is_empty() && answer.line == Line::Open => {
                seen.waits.extend(answer.first_after);
            }
            // What would be said after it has no call to be said in.
            Ok(_) | Err(_) => {
                seen.lost += turns - turn;
                return seen;
            }
        }
    }
    let _ = caller.act(&Act::HangUp).await;
    seen
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let url = args
        .next()
        .unwrap_or_else(|| "http://127.0.0.1:8080".to_owned());
    let secret = args.next().unwrap_or_else(|| "12345".to_owned());
    let calls: usize = args.next().map_or(Ok(500), |calls| calls.parse())?;
    let turns: usize = args.next().map_or(Ok(8), |turns| turns.parse())?;
    if calls.saturating_mul(turns) > TURNS_MAX {
        return Err(format!("at most {TURNS_MAX} turns in all").into());
    }
    let mut open = JoinSet::new();
    for place in 0..calls as u64 {
        let contact = format!("CA{:08x}{place:024x}", std::process::id());
        open.spawn(call(
            Options::new(Bridge::Relay, &url, &secret, &contact),
            turns,
            place,
        ));
    }
    let mut waits = Vec::new();
    let mut lost = 0;
    for call in open.join_all().await {
        waits.extend(call.waits);
        lost += call.lost;
    }
    waits.sort_unstable();
    let at = |percent: usize| {
        waits
            .get(waits.len() * percent / 100)
            .copied()
            .unwrap_or_default()
    };
    let (p50, p99) = (at(50), at(99));
    let longest = waits.last().copied().unwrap_or_default();
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "{calls} calls, {} answers, {lost} lost; the first token after {p50:?} (p50), {p99:?} (p99), {longest:?} (longest)",
        waits.len()
    )?;
    if lost > 0 {
        return Err(format!("{lost} turns were lost").into());
    }
    Ok(())
}
