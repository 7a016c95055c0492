//! Words of danger, and phrases in which they mean no harm.
//!
//! They hold what must never be missed, whatever the content's examples are; phrases in which such words
//! mean no harm ("dead badger", "gas bill") are covered up first. What is rarer is for the detector.

use crate::nlu::message::{Message, Stop, Word};
use crate::nlu::phrases::Phrases;

/// The lexicon, made ready.
#[derive(Debug)]
pub(in crate::nlu) struct Lexicon {
    cries: Phrases<()>,
    cues: Phrases<()>,
    harmless: Phrases<()>,
}

impl Lexicon {
    /// Reads the tables below.
    pub(in crate::nlu) fn new() -> Self {
        let [cries, cues, harmless] = [CRIES, CUES, HARMLESS].map(|patterns| {
            let mut phrases = Phrases::new();
            for pattern in patterns {
                phrases.add_pattern(pattern, ());
            }
            phrases
        });
        Self {
            cries,
            cues,
            harmless,
        }
    }

    /// For each word whether it is in a harmless phrase.
    pub(in crate::nlu) fn covered(&self, message: &Message) -> Vec<bool> {
        let mut covered = vec![false; message.words().len()];
        for (range, ()) in self.harmless.matches(message, message.words()) {
            covered[range].fill(true);
        }
        covered
    }

    /// The first words of danger that stand together in no harmless phrase; where the whole sounds
    /// calm, of those that are danger all the same.
    pub(in crate::nlu) fn first_cue<'a>(
        &self,
        message: &'a Message,
        covered: &[bool],
        calm: bool,
    ) -> Option<&'a [Word]> {
        let is_cry = |sentence: &&[Word]| {
            matches!(sentence, [only]
                if ALONE.iter().any(|word| word.as_bytes() == message.bytes(*only)))
        };
        let mut sentences = message
            .words()
            .split_inclusive(|word| word.stop == Stop::Sentence);
        if let Some(cry) = sentences.find(is_cry) {
            return Some(cry);
        }
        covered
            .chunk_by(|a, b| a == b)
            .scan(0, |end, run| {
                let start = *end;
                *end += run.len();
                Some((start..*end, run))
            })
            .filter(|(_, run)| run.first() == Some(&false))
            .find_map(|(range, _)| {
                let run = &message.words()[range];
                let cry = self.cries.matches(message, run).next();
                let cue = || self.cues.matches(message, run).next().filter(|_| !calm);
                run.get(cry.or_else(cue)?.0)
            })
    }
}

/// What means danger when a sentence says nothing else; among other words it may mean anything.
const ALONE: &[&str] = &[
    "fire",
    "flames",
    "ablaze",
    "gas",
    "monoxide",
    "ambulance",
    "bleeding",
    "choking",
    "drowning",
    "collapsed",
    "stabbed",
    "strangled",
    "raped",
    "tan",
    "nwy",
    "ambiwlans",
];

/// What is danger whatever else is said, and however calm the rest sounds. Words are as `message` reads
/// them: "can't" is "can not".
const CRIES: &[&str] = &[
    // Harm to oneself.
    "kill|killing|hang|hanging|drown myself|himself|herself|themselves|themself",
    "end|ending my|his|her|own * life",
    "end|ending it all",
    "take|taking my|his|her own life",
    "want|wants|wanted|going to die",
    "wish i was|were dead",
    "rather be dead",
    "better off dead",
    "better off without me",
    "do|does not want to live|exist",
    "not want to be alive",
    "not want to be here any|anymore",
    "nothing to live for",
    "no reason to live",
    "reason to keep|carry going|on",
    "want everything|it all to stop",
    "not be alive by|when|tomorrow|much|any",
    "goodbye text|texts|message|messages|note|letter|video",
    "no point * living",
    "suicide|suicidal",
    "self harm|harming|harmed|harms",
    "want|wants|wanting|going|urge|urges|thinking|thoughts * hurt|harm|cut|hurting|harming|cutting myself|herself|himself",
    "keep|keeps hurting|harming|cutting myself|herself|himself",
    "harming|cutting myself|herself|himself",
    "jump|jumping off|in * bridge|roof|building|cliff|river|train",
    "he|she|man|woman|person|someone|somebody|lad|lady|boy|girl|child|kid|mum|dad * under a|the train|tram|lorry|ice|rubble",
    "can|could not go on living|anymore|any",
    // The word that is asked for in a pharmacy, and breath.
    "ask|asking|speak|called|need ani",
    "for ani",
    "not|stopped|barely|hardly breathing",
    "can|could not breathe|breath",
    "struggling|fighting * breathe|breath",
    "lladd fy hun|hunan",
    "hunanladdiad",
    "eisiau|isio|moyn marw",
];

/// What means danger, unless all that is said sounds like anything but. Words are as in [`CRIES`].
const CUES: &[&str] = &[
    // Fire and explosion.
    "on fire",
    "there is|are * fire|flames",
    "caught|catching|set * fire|alight",
    "setting fire to",
    "in flames",
    "burning down",
    "house|flat|kitchen|car|shed|garage|building|electrical|chip|bin fire",
    "smoke * coming|pouring|billowing * window|windows|roof|house|flat|building|door|socket",
    "smoke * billowing",
    "full of smoke",
    "explosion|exploded",
    "smouldering|smoldering",
    "curtains|carpet|sofa|settee|mattress * caught|burning|alight",
    "battery|scooter|charger|bike|plug * smoking|hissing|sparking",
    "wall|floor|door * getting hot|hotter",
    // Gas and fumes.
    "smell|smells|smelling|smelt|stinks|stench|whiff * gas",
    "gas leak|leaks|leaking|smell|escape",
    "leaking|leak * gas",
    "carbon monoxide",
    // What may be said of a form or a noise too.
    "can not do this anymore|any",
    "can not do it anymore",
    "can not do this|it any|no more|longer",
    "wish i was|were not here|alive",
    "they|he|she|carer|carers|home|mum|dad do|does not feed him|her|me|us",
    "not trust myself * tonight|alone|with|any|anymore",
    "sat|sitting|stood|standing|here|ere * with|wi a|the|my rope|noose|blade|razor",
    // In Welsh, of which content shows little.
    "arogli|aroglu|arogl|oglau|ogleuo|gwynto nwy",
    "nwy * gollwng",
    "ar dan",
    // Water in the home.
    "house|home|flat|kitchen|bathroom|bedroom|basement|cellar|room is|are|has|have|was * flooded|flooding",
    "flooding|flooded|floods * my|our|the * house|home|flat|kitchen|basement|cellar|living",
    "backing|backed up * into * my|our|the house|houses|home|homes|kitchen",
    "water * pouring|gushing|rushing|flooding|coming * house|home|ceiling|kitchen|flat|door|light|lights",
    "burst pipe * flooding|pouring|gushing",
    // Collapse and electricity.
    "ceiling|roof|wall|building|house|scaffolding|scaffold|chimney|bridge|balcony * collapsed|collapsing|caved|crumbling",
    "ceiling|roof|chimney|scaffolding|wall * fallen|falling|come|coming in|down|over",
    "about|going to collapse",
    "chimney|scaffolding|scaffold|wall|gable * rocking|swaying",
    "house|building|wall|ground is|are moving|sinking|sliding|slipping",
    "tree|lorry|car|van|crane * come|gone|crashed|fallen|smashed through|into * roof|house|wall",
    "live|exposed|bare wire|wires|wiring|cable|cables",
    "wires|cable|cables * hanging|sparking|exposed",
    "power|electric|electricity line|lines|cable|cables * down",
    "sparks * coming|flying|from",
    "electric|electrical shock",
    "electrocuted",
    "fuse box|board * fizzing|clicking|sparking|burning|crackling|buzzing",
    "light|lights|socket|plug|bulbs * crackling|fizzing|sparking|popping",
    "sinkhole",
    "house|home|flat|kitchen|bungalow|basement|cellar|bedroom|floor * under water",
    "trapped by|in|under|inside * flood|water|fire|house|lift|car|rubble",
    // Life and limb.
    "chest pain|pains",
    "heart attack|stopped",
    "having * stroke|seizure|fit",
    "pain|pains in * chest",
    "throat * closing|swelling",
    "he|she|man|woman|person|baby|mum|dad|nan|husband|wife|lady|someone|body * not moving|waking|responsive",
    "he|she|man|woman|person|mum|dad|nan|husband|wife|lady|someone|somebody|body * lying|unresponsive * floor|road|pavement|ground|street",
    "unconscious",
    "will not wake up",
    "he|she|man|woman|mum|mam|mom|dad|wife|husband|lady|someone|somebody|person|nan|grandad|neighbour has|have|just * collapsed",
    "he|she|man|woman|mum|dad|wife|husband|lady|someone|person|neighbour collapsed",
    "bleeding badly|heavily|out|to|from|a|everywhere",
    "losing * blood",
    "overdose|overdosed|overdosing",
    "taken|took|swallowed * pills|tablets|bleach|poison",
    "swallowed|eaten|ate * tablets|pills|battery|batteries|magnet|magnets",
    "he|she|mate|son|daughter|baby|kid is|are fitting",
    "choking",
    "run over|down by",
    "been|got|was stabbed|shot|strangled|raped",
    "someone|he|she|man|woman|person|child|kid * drowning",
    "call|need|send|get * ambulance",
    // Violence.
    "he|she|they|husband|wife|partner|boyfriend|girlfriend|ex|dad|mum|mam|father|mother|stepdad|son|daughter|brother|man|someone|somebody|neighbour|carer * hit|hits|hitting|beat|beats|beating|batters|battering|pushed|shoved|punches|punched|punching|kicks|kicked|kicking|slapped|slaps|slapping|strangled|strangling|choked|choking|attacked|attacking|hurts|hurting|abuses|abusing|raped|stabbed|stabbing|threatens|threatening me|her|him|us|them",
    "he|she|they|husband|wife|partner|boyfriend|girlfriend|ex|dad|mum|mam|father|mother|stepdad|son|daughter|brother|man|someone|somebody|neighbour|carer * hit|hits|hitting|beat|beats|beating|batters|battering|pushed|shoved|punches|punched|punching|kicks|kicked|kicking|slapped|slaps|slapping|strangled|strangling|choked|choking|attacked|attacking|hurts|hurting|abuses|abusing|raped|stabbed|stabbing|threatens|threatening my|her|his|the|their|a mum|mam|mother|dad|kids|children|child|baby|wife|girlfriend|son|daughter|nan",
    "he|she|they|husband|wife|partner|boyfriend|ex|dad|someone|son * kill|murder|stab me|her|him|us|them",
    "threatening|threatened|threatens to kill|hurt|stab|beat|hit|burn",
    "being|getting|been beaten|attacked|assaulted|abused|strangled|stabbed|raped|threatened|stalked|trafficked",
    "scared|afraid|frightened|terrified|hiding of|from * him|her|husband|wife|partner|boyfriend|girlfriend|ex|dad|father|stepdad|son",
    "scared|afraid|frightened|terrified to go home",
    "scared|afraid|frightened|fear|fearing for * life|safety",
    "not|do not safe|feel * at home|here|safe",
    "unsafe at home",
    "with|has|have|got|pulled|waving|carrying|holding * knife|knives|gun|machete|axe|weapon",
    "breaking in|into * house|home|flat|door|window|now",
    "trying to get in|into * house|home|flat|door|window",
    "someone|somebody|man|men * breaking in",
    "machete|machetes",
    "he|she|ex|husband|partner|someone|they * kicking|kicked|smashing|smashed * door|windows",
    "intruder|intruders|burglars",
    "gunshot|gunshots",
    "shots fired",
    "stood|standing * bat|axe|crowbar",
    "hiding|hid|locked in * bathroom|bedroom|wardrobe|toilet",
    "he|partner|husband|boyfriend|ex|dad|stepdad * smashing|throwing * plates|everything|furniture",
    "got|have|has|with|carrying weapons|knives|guns|bats",
    "been|getting|being mugged",
    "drag|dragging|dragged|forced|bundled * girl|woman|child|boy|man|her|him|me * car|van",
    "domestic abuse|violence",
    "coercive control",
    "forced marriage",
    "locked|locks|trapped me|her|us in|inside",
    // A child or an adult at risk.
    "child|children|kid|kids|baby|toddler|boy|girl|lad|bairn|little|old * left|locked * alone|own|themselves|themself|himself|herself",
    "child|children|kid|kids|baby|toddler|boy|girl|she|he|man|woman|lady|mum|mother|gran|nan * being|been|is|are * abused|beaten|hit|neglected|hurt|groomed|starved|exploited|molested|trafficked",
    "abusing|abused|abuses|neglecting|neglected|neglects|beating|beats|hitting|hits|hurting|hurts|grooming|starving * child|children|kid|kids|baby|toddler|daughter|son|mother|mum|gran|nan|resident|residents",
    "child|adult|elder|elderly|sexual|physical abuse",
    "child|children|kid|kids|baby|toddler * screaming|bruise|bruises|bruised|danger|starving",
    "child|baby|son|daughter|kid|toddler|boy|girl has|have been missing|taken|abducted|snatched",
    "child|baby|son|daughter|kid|toddler|boy|girl|mum|dad|nan|husband|wife is missing",
    "child|baby|son|daughter|kid|toddler|boy|girl|mum|dad|nan|husband|wife * gone|went missing",
    "missing child|children|baby|toddler",
    "son|daughter|child|boy|girl|lad|toddler * not|never come|came home",
    "can not find my little girl|boy|lad|one",
    "dad|mum|mam|nan|gran|grandad|husband|wife|uncle|aunt|resident|patient|gentleman|lady * wandered off|away",
    "dementia|alzheimers * missing|wandered|wandering",
    "missing|wandering * dementia|alzheimers",
    "dementia * is|gets|got|getting lost",
    "kids|children|child|toddler|boy|girl * playing|picking|touching|holding * needle|needles|syringe|syringes",
    // No roof tonight.
    "nowhere|somewhere|anywhere|place to sleep|stay|go|live * tonight",
    "nowhere|no where to sleep|stay",
    "thrown|kicked|locked|chucked|put|evicted * nowhere to go|sleep|stay",
    "bed|hostel|accommodation|place|room|roof * for|head tonight",
    "homeless * tonight|today|now",
    "on|out on * street|streets * tonight",
    "sleeping|sleep|slept in|on|outside|rough * tonight",
    "kicked|thrown|chucked|locked me|us out * tonight|now|today",
    "sleeping in my|our|the car",
];

/// What sounds like danger and is none.
const HARMLESS: &[&str] = &[
    // Animals and plants.
    "dead badger|fox|cat|dog|bird|deer|rat|hedgehog|pigeon|swan|animal|squirrel|rabbit|seagull|sheep|fish|tree|trees",
    "cat|dog|badger|fox|deer|hedgehog|bird|pigeon|animal|tree|trees|hedge * dead|killed|dying|run|died",
    "killing * grass|plants|lawn|flowers|trees|weeds|business|trade|town|planet|wildlife",
    "kill * weeds|rats|wasps|moss|grass|mice|ants|pests|pigeons|moles",
    "weed|rat|wasp killer",
    "plants|grass|flowers|trees * dying",
    "feed her cat|cats|dog|dogs|pet|pets|bird|birds|rabbit|rabbits|fish|horse|horses|chickens",
    // Things that die, figures of speech.
    "do it|this anymore|more|longer * website|online|app|form",
    "not here on hold",
    "phone|battery|laptop|car|bulb|tablet|wifi * died|dead|dying",
    "death of me",
    "bored to death",
    "to die for",
    "dying to",
    "dead end|line|slow|easy|simple|good",
    "scared to death of spiders|wasps|rats",
    "killing|kill myself laughing",
    "nearly|almost killed myself",
    "over my dead body",
    "death metal|trap|toll",
    "daylight robbery",
    "collapsed laughing",
    "drowning in * paperwork|work|bills|leaves|rubbish",
    "queue|traffic|parking * suicidal",
    "killing me",
    "killing time",
    "back|feet|knee|knees|legs * killing",
    "shoot|shooting up",
    // Fire that is none, or long past.
    "fire door|doors|alarm|alarms|exit|exits|safety|extinguisher|extinguishers|station|stations|pit|place|risk|works|assessment|certificate|regulations|drill|escape|warden|stick|wood|proof|damage|damaged|stopping|hydrant|hydrants|break|breaks|guard|resistant",
    "smoke|heat alarm|alarms|detector|detectors * alarm|alarms|detector|detectors|test|tests|tested|testing",
    "smoke|heat alarm|alarms|detector|detectors",
    // Not "carbon monoxide alarm" alone, which may be sounding.
    "free|fit|fits|fitted|fitting|install|installed|test|tested|testing|buy|provide|supply|recommend|leaflet|leaflets * carbon monoxide alarm|alarms|detector|detectors|monitor|monitors",
    "carbon monoxide alarm|alarms|detector|detectors|monitor|monitors * free|fit|fitted|fitting|install|installed|test|tested|testing|rules|rule|law|required|landlord|landlords|battery|batteries|date|expired|price|leaflet",
    "smoke free",
    "chimney sweep",
    "last year|month|week * fire",
    "fire last year|month",
    "line|lines|phone|website|team|you on fire",
    "fire eater|eaters",
    "gutted by * fire",
    "poem|story|essay|novel|film|episode|song about|of * fire|murder|killing|suicide|drowning",
    "who strangled|stabbed|killed|murdered",
    // Gas, water and electricity as bills and jobs.
    "gas bill|bills|meter|meters|safety|certificate|certificates|engineer|engineers|account|supplier|suppliers|check|checks|bottle|bottles|canister|canisters|boiler|boilers|fire|fitter|supply|works|main|cooker|hob|company|prices|price|provider",
    "flood|flooding risk|defence|defences|warning|insurance|map|plain|zone|assessment|alerts",
    "electric|electricity bill|meter|bills",
    // Violence in things and in the past tense of claims.
    "hit|hits * kerb|pothole|car|van|wall|bollard|fence|tree|bin|wheel|tyre|rim|vehicle",
    "beat|beats the queue|traffic|system",
    "shot|punch bag|hole",
    "hate|knife crime",
    "knife|knives * bin|recycling|recycle|amnesty|dispose|recycled|tip",
    "domestic waste|rubbish|bin",
    "abuse of|the power|position|system|badge|badges|permit|permits",
    "badge|permit|blue|benefit|drug|alcohol|substance abuse",
    "kill|killed the engine|lights|switch",
    "murder mystery",
    "stroke|suicide club|group|association|awareness|squad",
    "unconscious bias",
    "overdose of",
    "ambulance chasing|chasers",
    "domestic abuse|violence * training|course|policy|leaflet",
    "suicide|violence|abuse|safeguarding|harm|overdose * training|course|conference|leaflet|policy",
    "heart attack when i saw|see|got|opened|looked|read",
    "choking|choked * weeds|up|traffic",
    "attack|attacked * dog|dogs|rats|wasps|seagulls|bees|pest",
    "missing his|her|their|school|lessons|collection|collections|bin|bins",
    "missing off|from * roll|register|list|bill",
    "coercive control * definition|law|revision|essay",
    "what is coercive control",
    "abuse|abusing * bay|bays|space|spaces",
    "fitting a|an|the|my|our|new",
    "kick|kicking|kicked a|the|his ball|football",
    "bats in|roosting",
    "dog|dogs|cat|puppy * wandered off|away",
    "no|any|hot|cold water",
    "fireworks|firework * off|night|late",
    "fireworks|firework|bonfires",
    "bonfire * smoke|smell",
    "bonfire",
    "road|roads|street|lane|path|pavement|footpath|underpass|park|garden|field|drain|gully * flooded|flooding|floods",
    "flooding|flooded|floods the|our|my|a|on * road|street|lane|path|pavement|field|garden",
    // Somewhere to stay, asked in general.
    "person|man|woman|lady|lad|someone|somebody|people|guy|bloke|homeless sleeping rough",
    "rough sleeper|sleepers",
    "parked|park|parking on * street|streets * tonight",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_written_as_messages_are_read() {
        for pattern in CRIES.iter().chain(CUES).chain(HARMLESS).chain(ALONE) {
            assert!(
                !pattern.starts_with('*') && !pattern.ends_with('*'),
                "{pattern}"
            );
            for word in pattern.split([' ', '|']).filter(|word| *word != "*") {
                let message = Message::read(word);
                let read: Vec<&[u8]> = message.words().iter().map(|w| message.bytes(*w)).collect();
                assert_eq!(read, [word.as_bytes()], "in {pattern}: never matches");
            }
        }
    }

    #[test]
    fn every_cue_is_found_and_no_harmless_phrase_hides_it() {
        let lexicon = Lexicon::new();
        for pattern in CRIES.iter().chain(CUES) {
            let words = pattern.split(' ').filter(|element| *element != "*");
            for last in [false, true] {
                let pick = |element: &str| {
                    let mut words = element.split('|');
                    let first = words.next().map(str::to_owned);
                    (if last {
                        words.next_back().map(str::to_owned)
                    } else {
                        None
                    })
                    .or(first)
                };
                let text = words.clone().filter_map(pick).collect::<Vec<_>>().join(" ");
                let message = Message::read(&text);
                let covered = lexicon.covered(&message);
                assert!(
                    lexicon.first_cue(&message, &covered, false).is_some(),
                    "{text}"
                );
            }
        }
    }
}
