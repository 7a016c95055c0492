//! Turns of speech about faith, politics, unions, whom somebody loves and who they are.

use super::super::cues::Cues;

const OF_SOMEBODY: Cues = Cues::FACT.and(Cues::SAID);

/// The turns, by how they are said of a person.
pub(in crate::pii) const TURNS: &[(Cues, &str)] = &[
    // Politics.
    (
        Cues::FACT,
        "<stood|stand|standing|stands|ran|canvass|canvassed|canvassing|campaign|campaigned|campaigning|leafleted for the? @PARTY>",
    ),
    (Cues::FACT, "<joined|backs|backed the? @PARTY party?>"),
    (
        Cues::STATE,
        "<@PARTY : man|woman|lad|lass|voter|voters|supporter|supporters|activist|donor|candidate>",
    ),
    (
        OF_SOMEBODY,
        "PERSON s|is|are|m|am|re|was|always|all? always|all? : <labour|tory|libdem|ukip> $|and|all|but|so|too|like|through",
    ),
    (
        Cues::FACT,
        "<knock|knocks|knocked|knocking on? doors? for the? @PARTY>",
    ),
    (
        Cues::STATE,
        "<committee|chair|treasurer|secretary|agent|candidate|councillor|member of|for the|our local? : @PARTY party?>",
    ),
    (
        Cues::STATE,
        "<branch|regional? secretary|sec|chair|rep|steward|convenor|official|organiser|member for|of|in|with the? : @UNION>",
    ),
    (
        Cues::STATE,
        "<@UNION branch|shop? secretary|sec|rep|steward|member|convenor|official|organiser>",
    ),
    (
        Cues::FACT,
        "<in a : same|gay|lesbian sex? marriage|relationship|partnership|couple>",
    ),
    (
        OF_SOMEBODY,
        "card? : carrying|lifelong|proud|staunch|committed <@PARTY> $|and|so|but|voter|member|all",
    ),
    (Cues::STATE, "<in the? : @UNION>"),
    (Cues::STATE, "<steward|rep in|for|with the? : @UNION>"),
    (
        Cues::FACT,
        "belong|belongs|belonged|joined|member|in|with to|of? the : <green|labour|communist|conservative|socialist|liberal|reform|brexit|tory|national party>",
    ),
    // Who somebody is.
    (
        OF_SOMEBODY,
        "<came|come|coming|comes out to? @MINE|the? @OTHER|parents|family|work|mates|everyone|everybody? as a? @LOVES>",
    ),
    (Cues::FACT, "<identify|identifies|identified as a|an? *>"),
    (
        Cues::FACT,
        "<used to be : a man|woman|lad|lass|bloke|boy|girl>",
    ),
    (Cues::FACT, "<assigned : male|female at birth>"),
    (Cues::FACT, "of <*> descent|heritage|extraction"),
    // What is kept.
    (
        Cues::FACT,
        "<keep|keeps|observe|observes|observing|keeping the|our? : sabbath|shabbat|shabbos|ramadan|lent|kosher|halal|passover>",
    ),
    (
        Cues::FACT,
        "<fast|fasts|fasting during|for|through|at|in ramadan|lent>",
    ),
    (
        Cues::FACT,
        "<worship|worships|pray|prays at|in|with the|our|my|a? mosque|synagogue|shul|gurdwara|mandir|temple|church|chapel>",
    ),
    (
        Cues::FACT,
        "<wear|wears|wearing a|an|the|my|her|his? : hijab|niqab|burka|burqa|turban|dastar|kippah|kippa|tichel>",
    ),
    (
        Cues::FACT,
        "<donate|donated|donates|given|gave money? to the? : @PARTY party?>",
    ),
];
