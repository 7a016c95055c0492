//! Golden conversations: the player tells what differs.

use super::small_council::play;
use cece::engine::golden::Golden;

/// Scripts that do not hold, and what an author is told.
#[test]
fn a_failure_shows_the_line_the_expectation_and_what_happened() {
    let cases = [
        (
            "# Wrong intent\n> missed bin\n< intent waste/bin-day",
            &[
                "Wrong intent:3: expected `intent waste/bin-day` after `> missed bin`",
                "it did not happen",
                "\nintent waste/missed-bin\n",
                "\nasks address\nsays \"which address?\"",
            ] as &[&str],
        ),
        (
            "# Wrong order\n> missed bin\n< asks address\n< intent waste/missed-bin",
            &["Wrong order:4", "it came before what is expected above it"],
        ),
        (
            "# Not quiet\n> missed bin 4111 1111 1111 1111\n< quiet",
            &["Not quiet:3", "there was a warning"],
        ),
        (
            "# Tag\n> when is my bin day\n< tag service-request",
            &["Tag:3", "it is kept under `chat`"],
        ),
        (
            "# Choice\n> my bin\n> [choose Purple]\n< unsure",
            &[
                "Choice:3",
                "offered were: Report a missed bin, Find your bin day",
            ],
        ),
        ("# Warned\n> missed bin\n< warns CREDIT_CARD", &["Warned:3"]),
        ("# Closed\n> missed bin\n< closed resident", &["Closed:3"]),
    ];
    for (script, parts) in cases {
        let told = play(script).expect_err(script);
        for part in parts {
            assert!(told.contains(part), "{script}\n-> {told}\nlacks {part}");
        }
    }
}

/// Scripts that cannot be read, and what an author is told.
#[test]
fn a_line_that_cannot_be_read_is_named_with_its_mend() {
    let cases = [
        ("> hello", "line 1", "a conversation has a title"),
        ("# A\n", "line 1", "at least one line `> "),
        ("# A\n? b", "line 2", "a line begins with"),
        (
            "# A\n> b\n< inten c",
            "line 3",
            "an expectation begins with intent, asks",
        ),
        (
            "# A\n> b\n< intent",
            "line 3",
            "`intent` needs something after it",
        ),
        ("# A\n> b\n< warns CARD", "line 3", "CREDIT_CARD"),
        ("# A\n> b\n< slot a", "line 3", "write `slot NAME = "),
        ("# A\n> b\n< outcome done", "line 3", "answered"),
        (
            "# A\n> [press 12]",
            "line 2",
            "one key is pressed at a time",
        ),
        ("# A\n> [jump]", "line 2", "`choose LABEL`"),
        (
            "# A\n@ yesterday\n> b",
            "line 2",
            "2026-06-10T10:00 Europe/London",
        ),
        ("# A\n@ channel fax\n> b", "line 2", "phone"),
    ];
    for (script, place, mend) in cases {
        let told = Golden::parse(script).expect_err(script).to_string();
        assert!(told.starts_with(place), "{script}: {told}");
        assert!(told.contains(mend), "{script}: {told}");
    }
}
