//! Danger that must be heard whatever the content's words are, and what only sounds like it.

use super::{check, understand};

#[test]
fn danger_is_found_in_words_that_the_content_does_not_have() {
    check(
        "
        theres a house fire on our road -> emergency/fire
        the bin store has caught fire -> emergency/fire
        really strong smell of gas near the shops -> emergency/gas
        my hallway stinks of gas -> emergency/gas
        he's hitting me -> community-safety/domestic-abuse
        im frightened to go home, my husband beats me -> community-safety/domestic-abuse
        I'm going to kill myself -> emergency/self-harm
        i just want to die -> emergency/self-harm
        my bin wasnt collected and i want to end my life -> emergency/self-harm
        how do i pay my council tax. also there is a fire in the kitchen. thanks -> emergency/fire
        hello, no, i can smell gas -> emergency/gas
        ",
        |text| {
            understand(text)
                .danger
                .map_or("-".into(), |name| name.as_str().to_owned())
        },
    );
    for text in [
        "my dad cant breathe",
        "she is unconscious",
        "the ceiling has collapsed on us",
        "water is pouring through the ceiling",
        "live wires hanging from the lamp post",
        "someone is breaking into my house",
        "theres a man with a knife outside",
        "nowhere to sleep tonight",
        "a toddler has been left home alone",
        "they are hurting my mum",
        "i took an overdose",
        "fire",
        "help!! flames!",
        "gas",
        "my baby has gone missing",
        "my son is suicidal",
    ] {
        assert!(understand(text).danger.is_some(), "missed: {text}");
    }
}

#[test]
fn what_only_sounds_like_danger_is_none() {
    let mut alarms = Vec::new();
    for text in [
        "theres a dead badger on the lane",
        "weedkiller is killing the grass",
        "my phone died",
        "this queue will be the death of me",
        "the fire door will not close",
        "can i get a smoke alarm test",
        "my gas bill is wrong",
        "gas meter cupboard lid is broken",
        "dying to know when my bin gets emptied",
        "is there a flood warning",
        "my car hit a pothole",
        "i hit the kerb",
        "these bins are killing me",
        "bonfire smoke",
        "knife bin for old knives",
        "a man sleeping rough",
        "neighbours fireworks all night",
        "how do i register a death",
        "benefit abuse",
        "lost my blue badge",
        "no hot water",
        "my bin was not collected",
        "the street light is out",
        "traffic lights are not working",
        "rubbish lying on the pavement",
        "the queue is not moving",
        "the road is flooded",
        // Answers to questions, of which so few words say nothing.
        "night",
        "gone",
        "floor",
        "my partner",
        "last night",
        "gas bottles",
        // Corrections of them.
        "no I meant forty not fourteen",
        "no I meant twenty not twelve",
    ] {
        alarms.extend(understand(text).danger.map(|intent| (text, intent)));
    }
    assert!(alarms.is_empty(), "{alarms:?}");
}
