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
];
