//! What somebody cannot do: turns of speech that begin with "can't", however that is written.

use super::super::cues::Cues;

/// Each of these as it is said after "can't" and after "cant": two words and one.
macro_rules! cannot {
    ($($rest:literal),* $(,)?) => {
        &[$(
            (Cues::FACT, concat!("<can t|not|hardly|barely hardly|even|really? : ", $rest)),
            (Cues::FACT, concat!("<cant|cannot|barely|hardly hardly|even|really? : ", $rest)),
        )*]
    };
}

/// The turns. What stairs, steps and standing are short of is often no health ("can't use the steps for the ice", "can't
/// stand for this"), so those end in what makes them it.
pub(in crate::pii) const TURNS: &[(Cues, &str)] = cannot![
    "walk|stand|get|go more|further|farther|far than|then? a|NUM few|couple|NUM? of? @FAR>",
    "bend|lift|raise|move|use|feel @MINE left|right? arm|arms|leg|legs|hand|hands|neck|feet|fingers|back>",
    "dress|wash|feed|toilet|bathe himself|herself|myself|hisself>",
    "wash|dress|feed or|and|nor wash|dress|feed|cook himself|herself|myself?>",
    "be left alone|on her|his own?>",
    "do|manage|climb the|any|my|her|his? stairs> $|any|anymore|now|since|and|or|unaided|alone",
    "get|go up|down the|any|my|her|his? stairs any|anymore|now|unaided|alone|herself|himself>",
    "get out|off|up of|off|out? the|his|her|my? bed|bath|chair|floor>",
    "bend|kneel|grip|swallow|squat properly|unaided?> $|and|or|so|down|now|any|anymore|because|cos",
    "stand for long|more>",
    "stand long|unaided>",
    "kneel|crouch|squat down|to|on|properly|any?> $|and|or|so|to|down|now|anymore",
    "bend down|over|to|for|properly|any?> $|and|or|so|to|down|over|now|anymore|for",
    "swallow proper|solids|food|tablets|anything|owt>",
    "hold|lift|grip|raise|pick a|an|the|his|her|my|up? : pen|cup|kettle|pan|knife|fork|spoon|pencil>",
    "lift owt|anything|nothing|nowt|heavy|much heavy?>",
    "lift|raise|get @MINE arm|arms|leg|legs|hand|head above|over|up|off|past? @MINE? head|shoulder|shoulders?>",
    "get|put|pull|do|tie @MINE|the|her? shoe|shoes|socks|sock|stocking|stockings|slipper|slippers|tights|trousers|coat|bra|laces|boots on|up|off?>",
    "do|manage|fasten @MINE|her|own|the? own? buttons|zip|zips|laces|bra>",
    "get in|into|off|out of? the|my|his|her|your|a bath|shower|commode|toilet|armchair|chair|bed|wheelchair>",
    "get up off|out|from of? the? floor|chair|bed|toilet>",
    "turn over in bed>",
    "turn over by|on himself|herself|her|his>",
    "sit up|still|long|for long?> $|and|because|with|in|on",
    "sit on|in hard|those|your|a|the|them hard|plastic|low|wooden chairs|chair|seats|seat|pew>",
    "stand in a|the|your|that|any|no queue|queues|line>",
    "walk|get that|so|too|very far>",
    "walk unaided|properly|proper|anymore>",
    "use his|her|my left|right hand|arm|leg|side|foot>",
    "cope with crowds|change|changes|new|bright people|faces|lights?>",
    "stand|bear being touched>",
    "look|care after|for himself|herself|myself|hisself>",
    "feel his|her|my legs|leg>",
    "hold her|his|my|me water|wee|urine|bladder|waterworks>",
    "eat solids|solid|proper|gluten|wheat|nuts food|meals?>",
    "see to read>",
    "breathe properly|proper|lying|at down|night?>",
    "go out on @MINE own>",
    "go out alone|unaccompanied|unaided>",
    "raise|lift a|the|my? cup|hand|hands>",
];
