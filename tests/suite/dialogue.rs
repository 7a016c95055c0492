//! The dialogue's contract, as conversations: what a resident relies on, in every state.

use super::small_council::play;

/// Plays each conversation on the small council (10:00 on a Wednesday unless it says otherwise).
fn check(scripts: &[&str]) {
    for script in scripts {
        if let Err(differs) = play(script) {
            panic!("{differs}");
        }
    }
}

/// Plays a conversation whose last expectation must not hold.
fn check_not(script: &str) {
    let differs = play(script).expect_err(script);
    let last = script.lines().count();
    assert!(differs.contains(&format!(":{last}: expected")), "{differs}");
    assert!(differs.contains("it did not happen"), "{differs}");
}

/// As far as the question for the bin, the date, and the read-back.
const AT_BIN: &str = "> my bin was missed\n> 14 Acacia Avenue\n< asks bin_type\n";
const AT_CONFIRM: &str = "> my bin was missed\n> 14 Acacia Avenue\n> brown\n> yesterday\n> skip\n\
                          < says \"confirm\"\n";

#[test]
fn a_report_is_collected_read_back_and_sent() {
    check(&["# A report, from the first word to the reference
        < says \"greeting Cheshvale Council\"
        < tag chat
        > my bin was missed
        < intent waste/missed-bin
        < says \"answer of waste/missed-bin\"
        < asks address
        < tag service-request
        > 14 Acacia Avenue
        < slot address = \"14 Acacia Avenue\"
        < says \"14 A***** A*****\"
        < asks bin_type
        < offers \"Brown bin\"
        < quiet
        > the brown one please
        < slot bin_type = \"brown\"
        < asks due
        > last Tuesday
        < slot due = \"2026-06-09\"
        < asks note
        > behind the gate
        < slot note = \"behind the gate\"
        < says \"confirm Report a missed bin: address: 14 A***** A*****; bin type: Brown bin; due: 9 June 2026; note: behind the gate\"
        < offers \"Yes\"
        > yes
        < says \"reported Report a missed bin Waste CV-7K4M-29QX\"
        < redirect waste open
        < outcome reported
        < says \"anything_else\"
        > no
        < says \"goodbye CV-7K4M-29QX\"
        < closed resident"]);
}

#[test]
fn danger_comes_first_in_every_state_and_the_form_is_kept() {
    let danger = "> the shed is on fire and my card is 4111 1111 1111 1111
        < danger emergency/fire
        < says \"answer of emergency/fire\"
        < says \"advice on CREDIT_CARD\"
        < says \"danger_person Emergency Centre\"
        < redirect emergency open
        < outcome handed-over
        < tag safeguarding
        ";
    let kept = "< keeps waste/missed-bin
        > thanks
        < says \"welcome\"
        < says \"resume_form Report a missed bin\"
        > yes
        < asks";
    check(&[
        &format!("# At the beginning\n{danger}"),
        &format!("# In a form\n{AT_BIN}{danger}{kept} bin_type"),
        &format!("# At the read-back\n{AT_CONFIRM}{danger}< keeps waste/missed-bin"),
        &format!("# While clarifying\n> my bin\n{danger}"),
        &format!(
            "# While agreeing a transfer\n@ channel phone\n> council tax\n{}",
            danger.replace("answer of", "spoken answer of")
        ),
        "# A department that is closed: the emergency one
        @ 2026-06-13T23:00 Europe/London
        > he hits me
        < danger safety/abuse
        < says \"answer of safety/abuse\"
        < redirect emergency open",
        "# Said again, it is answered again, and counted once
        > it is on fire
        < outcome handed-over
        > hurry it is on fire
        < says \"answer of emergency/fire\"
        < redirect emergency",
    ]);
    check_not("# Counted once\n> it is on fire\n> it is on fire\n< outcome handed-over");
}

#[test]
fn a_person_on_the_first_ask_from_every_state() {
    let person = "> can I talk to a person\n< redirect";
    let closed = "@ 2026-06-13T10:00 Europe/London\n";
    check(&[
        &format!(
            "# First words\n{person} customer-services open\n< says \"queued\"\n< outcome handed-over"
        ),
        &format!(
            "# In a form: its department, with what was said\n{AT_BIN}{person} waste open\n< outcome handed-over"
        ),
        &format!("# At the read-back\n{AT_CONFIRM}{person} waste"),
        &format!("# While clarifying\n> my bin\n{person} customer-services"),
        &format!("# Not understood\n> mumble\n{person} customer-services"),
        &format!("# Resuming\n{AT_BIN}> when is my bin day\n{person} waste"),
        &format!("# After what is not ours\n> what about the weather\n{person} customer-services"),
        &format!("# Agreeing a transfer\n@ channel phone\n> council tax\n{person} revenues open"),
        "# Nought on the phone\n@ channel phone\n> [press 0]\n< redirect customer-services open",
        "# The choice, whenever it is chosen\n> my bin\n> [choose none]\n> mumble\n> [choose person]\n< redirect customer-services",
        &format!(
            "# When nobody is there\n{closed}> person please\n< says \"person_closed Customer Services opens on Monday at 08:30\"\n< says \"customer-services is away\"\n< redirect customer-services closed\n< outcome handed-over"
        ),
    ]);
}

#[test]
fn between_two_asks_which_and_never_loops() {
    check(&[
        "# By its label
        > my bin
        < clarifies waste/missed-bin waste/bin-day
        < offers \"none_of_these\"
        > [choose Find your bin day]
        < intent waste/bin-day
        < outcome answered",
        "# Small talk is no choice to offer
        > my lovely bin
        < clarifies waste/bin-day
        < offers \"none_of_these\"
        > [choose Find your bin day]
        < intent waste/bin-day",
        "# In words
        > my bin
        > the second one
        < intent waste/bin-day",
        "# One more try, then departments, then a person
        > my bin
        < clarifies waste/missed-bin waste/bin-day
        > my bin
        < clarifies waste/missed-bin waste/bin-day
        > my bin
        < offers \"Waste\"
        < offers \"person_choice\"
        > my bin
        < says \"reask_give_up\"
        < redirect customer-services
        < outcome handed-over",
        "# None of these
        > my bin
        > no
        < says \"unsure\"
        > the council tax
        < intent revenues/council-tax",
        "# Keys on the phone
        @ channel phone
        > my bin
        < says \"1: Report a missed bin. 2: Find your bin day. 3: none_of_these.\"
        > [press 2]
        < intent waste/bin-day
        < says \"spoken answer of waste/bin-day\"",
    ]);
}

#[test]
fn unsure_says_so_then_offers_departments_then_a_person() {
    check(&[
        "# To a department
        > mumble
        < unsure
        < says \"unsure\"
        > mumble
        < says \"unsure_offer\"
        < offers \"Waste\"
        < offers \"Revenues\"
        < offers \"person_choice\"
        > revenues
        < redirect revenues open
        < outcome redirected",
        "# To one that was not offered, by its name
        > mumble
        > mumble
        > community safety
        < redirect safety open",
        "# To a person
        > mumble
        > mumble
        > mumble
        < redirect customer-services
        < outcome handed-over",
        "# Understood in between, it begins again
        > mumble
        > when is my bin day
        < outcome answered
        > mumble
        < says \"unsure\"",
        "# Zero is a person, and said so
        @ channel phone
        > mumble
        > mumble
        < says \"1: Waste. 2: Revenues. 0: person_choice.\"
        > [press 2]
        < says \"transfer_agree Revenues\"",
    ]);
}

#[test]
fn several_needs_are_dealt_with_one_after_the_other() {
    check(&[
        "# Both answered
        > when is my bin day and can you take a sofa
        < intent waste/bin-day
        < keeps waste/large-items
        < outcome answered
        < says \"also_next Book a collection\"
        < intent waste/large-items
        < outcome answered
        < says \"anything_else\"",
        "# A form first, then the rest
        > there is a pothole and when is my bin day
        < asks where
        > by the church
        < outcome reported
        < says \"also_next Find your bin day\"
        < outcome answered",
    ]);
}

#[test]
fn what_is_never_offered_is_not_come_back_to() {
    check(&["# A need, and a word in passing
        > when is my bin day and what a lovely chat
        < outcome answered
        < says \"anything_else\""]);
    check_not(
        "# Nothing is kept for later
        > when is my bin day and what a lovely chat
        < outcome answered
        < keeps none/small-talk",
    );
}

#[test]
fn a_new_need_in_a_form_keeps_it_and_offers_to_return() {
    let digression = format!(
        "# A digression\n{AT_BIN}
        > when is my bin day
        < intent waste/bin-day
        < keeps waste/missed-bin
        < says \"form_kept Report a missed bin\"
        < says \"answer of waste/bin-day\"
        < outcome answered
        < says \"resume_form Report a missed bin\"\n"
    );
    check(&[
        &format!("{digression}> yes\n< intent waste/missed-bin\n< asks bin_type"),
        &format!("{digression}> no\n< outcome abandoned\n< says \"anything_else\""),
        &format!("{digression}> thanks\n< says \"resume_form\"\n> mumble\n< says \"resume_form\""),
        &format!(
            "# From the read-back\n{AT_CONFIRM}> council tax\n< keeps waste/missed-bin\n< redirect revenues\n< says \"resume_form\"\n> yes\n< says \"confirm\""
        ),
        "# Words that were asked for are not taken for a need
        > there is a pothole
        > the missed bin at the corner
        < slot where = \"the missed bin at the corner\"",
        "# A question is
        > there is a pothole
        > when is my bin day?
        < intent waste/bin-day",
    ]);
}

#[test]
fn why_repeat_back_skip_again_and_stop() {
    check(&[
        "# Why\n> my bin was missed\n> why\n< says \"we_ask because of address which address?\"\n< asks address",
        &format!(
            "# Repeat\n{AT_BIN}> repeat\n< says \"which bin_type?\"\n< offers \"Brown bin\"\n< asks bin_type\n> brown\n< asks due"
        ),
        &format!(
            "# Back\n{AT_BIN}> go back\n< asks address\n> 7 Mill Lane\n< slot address = \"7 Mill Lane\""
        ),
        &format!("# Back from the read-back\n{AT_CONFIRM}> go back\n< asks note"),
        "# Nothing to go back to\n> my bin was missed\n> go back\n< says \"nothing_to_go_back\"\n< asks address",
        "# Nothing to go back to, either\n> go back\n< says \"nothing_to_go_back\"",
        &format!(
            "# Only what is optional is skipped\n{AT_BIN}> skip\n< says \"reask\"\n< asks bin_type\n> black\n> today\n> no\n< says \"confirm Report a missed bin: address: 14 A***** A*****; bin type: Black bin; due: 10 June 2026\""
        ),
        &format!(
            "# Start again\n{AT_BIN}> start again\n< outcome abandoned\n< says \"started_again\"\n> my bin was missed\n< asks address"
        ),
        &format!(
            "# Stop\n{AT_BIN}> stop\n< says \"goodbye\"\n< outcome abandoned\n< closed resident"
        ),
        "# Greeting and thanks\n> hello\n< says \"hello\"\n> thanks\n< says \"welcome\"",
        &format!(
            "# In a form they lead back to it\n{AT_BIN}> thanks\n< says \"welcome which bin_type?\"\n< asks bin_type"
        ),
    ]);
}

#[test]
fn corrections_replace_what_is_wrong_or_ask_which() {
    check(&[
        &format!(
            "# In passing\n{AT_BIN}> no, I meant 40 not 14\n< slot address = \"40 Acacia Avenue\"\n< says \"corrected address\"\n< asks bin_type"
        ),
        &format!(
            "# At the read-back\n{AT_CONFIRM}> no, I meant black not brown\n< slot bin_type = \"black\"\n< says \"bin type: Black bin\""
        ),
        &format!(
            "# A new value of what only one question asks for\n{AT_CONFIRM}> that should be 7 Mill Lane\n< slot address = \"7 Mill Lane\"\n< says \"7 M*** L***\"\n< quiet"
        ),
        &format!(
            "# Which one\n{AT_CONFIRM}> no\n< says \"correct_which\"\n< offers \"bin type\"\n> bin type\n< asks bin_type\n> black\n< says \"confirm Report a missed bin: address: 14 A***** A*****; due: 9 June 2026; bin type: Black bin\""
        ),
        &format!(
            "# Which one, when it does not say\n{AT_CONFIRM}> that's wrong\n< offers \"address\"\n> [choose due]\n< asks due"
        ),
        &format!("# What is nowhere\n{AT_CONFIRM}> no, I meant 3 not 5\n< says \"correct_which\""),
        &format!("# With one answer it is that one\n{AT_BIN}> that's wrong\n< asks address"),
        "# Nothing to correct\n> no, I meant 14 not 40\n< says \"unsure\"",
    ]);
}

#[test]
fn what_cannot_be_read_is_asked_again_twice_then_a_person_helps() {
    check(&[
        &format!(
            "# A choice\n{AT_BIN}> purple\n< says \"reask which bin_type?\"\n> purple\n< asks bin_type\n> purple\n< says \"reask_give_up\"\n< says \"person Waste\"\n< redirect waste\n< outcome handed-over"
        ),
        &format!(
            "# Three at one question, none at the next\n{AT_BIN}> purple\n> purple\n> brown\n> purple\n< asks due\n> purple\n< asks due"
        ),
        &format!(
            "# The read-back\n{AT_CONFIRM}> mumble\n< says \"confirm\"\n> mumble\n< says \"confirm\"\n> mumble\n< redirect waste"
        ),
    ]);
}

#[test]
fn personal_data_is_warned_about_once_a_turn_or_taken_where_asked() {
    check(&[
        "# Two kinds, one warning, and the enquiry is answered
        > my bin was missed at 14 Acacia Avenue, card 4111 1111 1111 1111
        < warns CREDIT_CARD UK_ADDRESS
        < says \"removed CREDIT_CARD and UK_ADDRESS advice on CREDIT_CARD advice on UK_ADDRESS\"
        < says \"answer of waste/missed-bin\"",
        "# Asked for and not asked for, in one answer
        > my bin was missed
        > 14 Acacia Avenue, and my card is 4111 1111 1111 1111
        < warns CREDIT_CARD
        < says \"removed CREDIT_CARD\"
        < slot address = \"14 Acacia Avenue\"
        < asks bin_type",
        "# The gentle word comes once
        > my depression is bad, when is my bin day
        < gentle
        < quiet
        < outcome answered",
    ]);
    check_not("# Once\n> my depression\n> my depression\n< gentle");
}

#[test]
fn what_is_not_the_councils_is_named_and_counted_as_such() {
    check(&[
        "# Elsewhere\n> what is the weather\n< says \"answer of none/weather\"\n< outcome out-of-scope\n< tag chat\n< says \"anything_else\"",
    ]);
}

#[test]
fn redirects_say_whether_it_is_open_and_when_it_opens() {
    check(&[
        "# Open\n> council tax\n< says \"answer of revenues/council-tax\"\n< says \"redirect_open Revenues: Council tax\"\n< redirect revenues open\n< outcome redirected\n< says \"anything_else\"",
        "# At night\n@ 2026-06-10T20:00 Europe/London\n> council tax\n< says \"redirect_closed Revenues opens tomorrow at 08:30\"\n< says \"revenues is away\"\n< redirect revenues closed",
        "# A closing day\n@ 2026-12-29T10:00 Europe/London\n> council tax\n< says \"opens tomorrow at 08:30\"\n< redirect revenues closed",
        "# Taken down for when it opens\n@ 2026-06-13T10:00 Europe/London\n> my bin was missed\n> 14 Acacia Avenue\n> brown\n> yesterday\n> skip\n> yes\n< says \"reported_closed Waste opens on Monday at 08:30 CV-7K4M-29QX\"\n< redirect waste closed\n< outcome reported",
        "# What cannot wait goes to who is there\n@ 2026-06-13T10:00 Europe/London\n> there is a pothole\n> by the church\n< says \"reported Report a pothole Emergency Centre\"\n< redirect emergency open\n< outcome reported",
        "# An answer past its date is not given\n> what is the fee\n< says \"answer_expired Revenues\"\n< redirect revenues\n< outcome redirected",
    ]);
    check_not("# Not given\n> what is the fee\n< says \"answer of revenues/old-fees\"");
}

#[test]
fn on_the_phone_a_transfer_is_agreed_first() {
    let asked = "@ channel phone\n> council tax\n< says \"spoken answer of revenues/council-tax\"\n< says \"transfer_agree Revenues\"\n";
    check(&[
        &format!(
            "# Agreed\n{asked}> yes\n< says \"redirect_open\"\n< redirect revenues open\n< outcome redirected"
        ),
        &format!("# By key\n{asked}> [press 1]\n< redirect revenues open"),
        &format!("# Declined\n{asked}> no\n< outcome answered\n< says \"anything_else\""),
        "# Closed: there is nothing to agree\n@ channel phone\n@ 2026-06-13T10:00 Europe/London\n> council tax\n< redirect revenues closed",
        &format!("# A call that ends\n{asked}> [end]\n< outcome abandoned\n< closed channel"),
        "# A call has its own class\n@ channel phone\n< says \"12 months\"\n< tag call\n> hello\n< tag call",
    ]);
    check_not(&format!("# Not before\n{asked}< redirect revenues"));
}

#[test]
fn silence_noise_failures_and_time() {
    check(&[
        "# Two silences in a row\n@ channel phone\n> [silence]\n< says \"silence\"\n> [silence]\n< says \"no_match_person\"\n< says \"person Customer Services\"\n< redirect customer-services open",
        "# Two of either sort\n@ channel phone\n> [silence]\n> [no-match]\n< redirect customer-services open",
        "# Not in a row\n@ channel phone\n> [silence]\n> when is my bin day\n> [no-match]\n< says \"no_match\"",
        &format!(
            "# The question comes again\n@ channel phone\n{AT_BIN}> [silence]\n< says \"silence which bin_type? 1: Black bin. 2: Brown bin.\"\n< asks bin_type\n> [press 2]\n< slot bin_type = \"brown\""
        ),
        &format!(
            "# A key that means nothing\n@ channel phone\n{AT_BIN}> [press 7]\n< asks bin_type\n> [press *]\n< asks bin_type\n> [press 9]\n< redirect waste"
        ),
        &format!(
            "# Nothing for too long\n{AT_BIN}> [timeout]\n< says \"timed_out\"\n< outcome abandoned\n< closed timed-out"
        ),
        "# Came to nothing\n> mumble\n> [timeout]\n< outcome abandoned\n< closed timed-out",
        "# Ended\n> when is my bin day\n> [end]\n< says \"goodbye\"\n< closed resident",
    ]);
}
