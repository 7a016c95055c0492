//! Turns of speech about offences, courts, orders and sentences.

use super::super::cues::Cues;

const CRIME_SAID: Cues = Cues::DEED.and(Cues::SAID);

/// The turns, by how they are said of a person.
pub(in crate::pii) const TURNS: &[(Cues, &str)] = &[
    // Handed to the law.
    (
        CRIME_SAID,
        "PERSON has|have|had|s|ve|just|only? @PASSIVE just|only? : <nicked|collared|busted|curfewed|prosecuted|bailed|remanded|raided> \
        $|for|by|last|and|on|at|again|this|yesterday|over|when|then|tonight|today|an",
    ),
    (
        CRIME_SAID,
        "<arrested|cautioned|caution|prosecuted|convicted|nicked|lifted|summonsed me|him|her|us|them|@MINE KIN? for|over *>",
    ),
    (CRIME_SAID, "<charged me|him|her|us|them|@MINE KIN? with *>"),
    (
        Cues::DEED,
        "<fined : by|in|at the|a? court|courts|magistrates|judge|sheriff>",
    ),
    (
        CRIME_SAID,
        "PERSON has|have|had|s|ve|just|only? @PASSIVE just|only? : <acquitted|quashed>",
    ),
    (
        CRIME_SAID,
        "PERSON has|have|had|s|ve|just|only? @PASSIVE just|only? : <fined for fly|flytipping|shoplifting|begging tipping?>",
    ),
    (
        Cues::DEED,
        "been|be|being|got|was|were|s|is : <had up for|before *>",
    ),
    (
        Cues::DEED,
        "<up|appearing|appeared|appears in|at|before|to the|a? crown|magistrates|youth|sheriff? : court|magistrates|magistrate|bench|beak|judge|sheriff>",
    ),
    (
        CRIME_SAID,
        "<warrant out? for me|him|her|them|@MINE|PERSON KIN|arrest?>",
    ),
    (CRIME_SAID, "ex|KIN|he|she s|is : <wanted> $"),
    (CRIME_SAID, "hes|shes : <wanted> $"),
    // Orders and conditions.
    (
        Cues::DEED,
        "<breached|breaching|breaches @MINE|the|a|an|their|that .. order|bail|curfew|injunction|parole|probation>",
    ),
    (
        Cues::DEED,
        "<broke|breaking|broken|breaks @MINE bail|curfew|tag|parole|probation|injunction|restraining|non conditions|order|mol?>",
    ),
    (
        Cues::OFFENCE,
        "<referral|reparation|supervision|detention|exclusion|prevention|curfew|community|youth order|orders>",
    ),
    (Cues::OFFENCE, "<non : molestation|mol order?>"),
    (
        Cues::OFFENCE,
        "<convicted murderer|rapist|paedophile|burglar|thief|fraudster|killer|arsonist|dealer|terrorist>",
    ),
    (Cues::OFFENCE, "<in|at hmp? : @PRISON>"),
    (Cues::DEED, "<sent to hmp? : @PRISON>"),
    (Cues::OFFENCE, "<ankle|gps|sobriety bracelet|monitor|tag>"),
    (
        Cues::OFFENCE,
        "<lifer on|out day|licence|on release|licence?>",
    ),
    // Time.
    (
        Cues::DEED,
        "<did|done|doing|does|served|serving @MINE|some|hard? : time> $|and|for|but|now|so|inside|he|she|i|yet|still|an",
    ),
    (
        Cues::DEED,
        "after|doing|did|done|served|off|from|finished|on a|the|another|his|her|my : <long|short|big|NUM @TIME? stretch> $|and|inside|an|but|so|in",
    ),
    (
        CRIME_SAID,
        "@RELATIVE s|is? : <inside> so|til|till|until|for|again|doing|cos",
    ),
    (CRIME_SAID, "@MINE|s : <parole|sentencing>"),
    (CRIME_SAID, "^ : <sentencing> is|s|on|in|was"),
    (Cues::DEED, "<NUM : points and a? ban|disqualification>"),
    (
        Cues::DEED,
        "<serving NUM @TIME> $|for|at|inside|and|in|so|but",
    ),
    (
        CRIME_SAID,
        "im|hes|shes|ive been? : <tagged> $|so|and|till|til|until|by",
    ),
    (
        CRIME_SAID,
        "i|he|she m|s|is|am|ve|has been? : <tagged> $|so|and|till|til|until|by",
    ),
    (
        CRIME_SAID,
        "<tag on his|her|my|me : ankle|leg> $|so|and|till|til|until|now",
    ),
    (
        Cues::OFFENCE,
        "<released|out|back|home|come from|of hmp? : @PRISON>",
    ),
    // What was done to somebody.
    (
        Cues::DEED,
        "<killed|murdered|raped|stabbed a|an|his|her|my man|woman|girl|boy|lad|lass|person|child|kid|baby|wife|husband|partner|mother|father|mum|dad>",
    ),
    (
        Cues::DEED,
        "<glassed|stabbed|bottled|headbutted|nutted|battered|assaulted|throttled|strangled|knifed|raped|molested|mugged @WHOM>",
    ),
    (
        Cues::DEED,
        "<glassed|stabbed|bottled|headbutted|nutted|battered|assaulted|throttled|strangled|knifed|raped|molested|mugged my|his|her|a|our KIN>",
    ),
    (
        CRIME_SAID,
        "dbs : came|comes|come back|up with|showing a|an? <*>",
    ),
    (CRIME_SAID, "^ : <tagged> till|til|until"),
    // What is owned up to.
    (CRIME_SAID, "declare|disclose the|my|that : <@CRIMES>"),
    (CRIME_SAID, "put the|my|that : <@CRIMES> down|on"),
    (
        CRIME_SAID,
        "<@CRIMES> when|from|back when? i|he|she was|were",
    ),
    // Caught.
    (
        Cues::DEED,
        "<caught|busted|nabbed|rumbled|collared @DOING ..>",
    ),
    (
        CRIME_SAID,
        "hes|shes|theyre : <wanted for|over @DOING @WHOM?>",
    ),
    (
        CRIME_SAID,
        "is|was|s|re|are|been : <wanted for|over @DOING @WHOM?>",
    ),
    (
        Cues::DEED,
        "<stopped|pulled|picked|lifted over|up? by the? : police|cops|coppers|polis with|for|without|over a|an|no? *>",
    ),
    (
        CRIME_SAID,
        "he|she s|is|was|been : <dealing|thieving> $|again|from|so|outside|round",
    ),
    (
        CRIME_SAID,
        "hes|shes : <dealing|thieving> $|again|from|so|outside|round",
    ),
    // A sentence: "got six years for the raid".
    (
        Cues::DEED,
        "got|gets|given|get <NUM years|yrs for the|a|an|that|his|her? *>",
    ),
    (CRIME_SAID, "PERSON got|given : <life> $|for|and|in"),
    (
        Cues::DEED,
        "<spent|did|done a|the|some|over? NUM|few|couple|last? NUM|of? : @TIME in|inside prison|jail|nick|custody|borstal|youth>",
    ),
    (
        CRIME_SAID,
        "the|my|his|her : <curfew|tag|probation> i|he|she|im|hes|shes m|am|is|s|was? on",
    ),
    (CRIME_SAID, "@MINE : <curfew|parole|probation>"),
    // Held, and how long.
    (Cues::OFFENCE, "<in|at|from|to|into : hmp *>"),
    (
        CRIME_SAID,
        "he|she|KIN s|has|just? just? : <done|did|served NUM months|years|yrs> $|inside",
    ),
    (
        Cues::DEED,
        "got|getting|was|been|gets : <nicked|busted|collared|raided for|over *>",
    ),
    (
        Cues::DEED,
        "<went|gone|going|goes down for @CRIMES|murder|rape|life|NUM>",
    ),
    (
        Cues::DEED,
        "<raided me|him|her|us|them|@MINE|our KIN|house|flat|place? for|over *>",
    ),
    (Cues::OFFENCE, "<order|injunction not to *>"),
    (
        Cues::OFFENCE,
        "have|has|got|ve|wearing|wears|with a|an|his|her|my|the electronic|ankle|gps? : <tag> on? so|and|$|til|until|cos|now",
    ),
    (
        Cues::DEED,
        "<lost|losing|lose @MINE licence|license for|over|through *>",
    ),
    // Sentences and what comes after.
    (
        CRIME_SAID,
        "@RELATIVE|he|she|i|KIN s|has|just|was|ve|have? just? : <got|given|getting NUM months|years|yrs> inside|suspended|custody",
    ),
    (
        CRIME_SAID,
        "@RELATIVE|he|she|i|KIN s|is|m|am|was? : <serving NUM months|years|yrs> $|for|inside",
    ),
    (
        CRIME_SAID,
        "@RELATIVE|he|she|i|KIN s|is|m|am|was? : <doing NUM months|years|yrs> inside",
    ),
    (
        Cues::DEED,
        "<conviction|convictions|record|caution|cautions for : @DOING|@CRIMES|stalking|harassment|drugs|abuse|violence|drink>",
    ),
    (
        Cues::DEED,
        "<accused|suspected|cleared|guilty|convicted|charged|investigated|investigation of|for|with : @DOING|@CRIMES|robbing|abusing|touching|hacking|harassment *?>",
    ),
    (Cues::DEED, "<under : investigation for|over *>"),
    (Cues::DEED, "<remanded in|at|to *>"),
    (
        Cues::DEED,
        "<banged : up> in|for|again|since|til|till|until",
    ),
    (
        CRIME_SAID,
        "@RELATIVE|he|she|i s|m|is|am|been|was : <recalled> to|back|on|monday|last",
    ),
    // Deeds.
    (
        CRIME_SAID,
        "he|she|KIN|@RELATIVE|ex|carer|neighbour|tenant|lodger|landlord|man|woman|lad s|has|have|just|then? just? : <robbed|torched|twocked|burgled *> $|and|from|out|off|last|in|while|when",
    ),
    (
        CRIME_SAID,
        "he|she|KIN|@RELATIVE|ex|carer|neighbour|tenant|lodger|landlord|man|woman|lad next? door? s|has|have|just|then? just? : <stole|nicked|pinched|robbed|torched|twocked|burgled|keyed my|our|me|his|her|mums|the : car|bike|van|phone|purse|wallet|handbag|bag|card|money|cash|laptop|telly|jewellery|tools|keys|tablets|pension|scooter|boat|outboard|shed|parcel|parcels|plants|mower|ladder|watch|ring|wheelchair|dog|trailer>",
    ),
    (
        Cues::DEED,
        "<sells|selling|sold stolen|fake|knockoff|dodgy : phones|fags|perfume|goods|bikes|vapes|tobacco>",
    ),
    (
        Cues::DEED,
        "<sells|selling|deals|dealing : spice|weed|drugs|smack|coke|ket|crack|cannabis>",
    ),
    (
        Cues::DEED,
        "<carries|carrying|carried a : knife|blade|machete|gun>",
    ),
    (
        Cues::DEED,
        "<fiddle|fiddles|fiddled|fiddling his|her|their|the|my? housing|dole|tax|sick? : benefit|benefits|books|meter|dole|tax|taxes|giro>",
    ),
    (
        Cues::DEED,
        "<growing NUM|a? hundred|few? : cannabis|weed|skunk plants?>",
    ),
    (
        Cues::DEED,
        "<on the run from|after|since? : prison|open|police|jail|court prison?>",
    ),
    (Cues::DEED, "<failed a|his|her|my : drug|drugs|breath test>"),
    (Cues::DEED, "<twice|over the : drink drive limit>"),
    (Cues::DEED, "<disqualified from : driving>"),
    (
        Cues::DEED,
        "<running a|the : brothel|drugs|cannabis den|farm|line?>",
    ),
    (
        Cues::DEED,
        "<not allowed near|within|round the|a|any|his|her mile|metres? of? : children|kids>",
    ),
    // Benefits, threats.
    (
        Cues::DEED,
        "<claiming|claims benefits|dole|uc|pip|esa|jsa|credit and|while|whilst|but working|works cash? in? hand?>",
    ),
    (Cues::DEED, "<working|works : cash in hand>"),
    (
        Cues::DEED,
        "<threatened|threatening|threatens @WHOM|my|@MINE KIN? with a|an|his|her|the : knife|blade|hammer|bat|gun|machete|bottle|crowbar|screwdriver|axe>",
    ),
    (
        CRIME_SAID,
        "bloke|lad|man|guy|woman|tenant|neighbour|couple .. .. is|are|s|been : <dealing> $|from|again|outside|and|out|all|drugs|weed",
    ),
    // Time, tags and bail.
    (
        Cues::DEED,
        "<NUM months|years|weeks|yrs : inside> $|and|so|an|but|for|they|now|this",
    ),
    (
        Cues::OFFENCE,
        "<in cat|category : a|b|c|d> $|til|till|until|and|so|prison|jail",
    ),
    (CRIME_SAID, "<out|home|released of|from : young offenders>"),
    (
        Cues::DEED,
        "<NUM|hundred hours|hrs of? : unpaid|community work|service|payback>",
    ),
    (
        CRIME_SAID,
        "got|get|given|granted|made : <bail> $|and|on|last|yesterday|so|but|with|today",
    ),
    (
        CRIME_SAID,
        "i|he|she m|s|is|am|do|does|did|doing|done|im : <community payback|service|sentence>",
    ),
    (
        CRIME_SAID,
        "was|been|got|is|being|s : <tagged> to|till|til|until",
    ),
    (
        CRIME_SAID,
        "<drink|drunk|drug : driving|drive conviction|ban|charge|offence from|in|of|last NUM?>",
    ),
    (
        CRIME_SAID,
        "<breach|breaches of the? : peace|bail|order conviction?>",
    ),
    (
        CRIME_SAID,
        "upstairs|downstairs|door|opposite s|is|are been? : <tagged> $|and|so|but",
    ),
    (
        Cues::OFFENCE,
        "<released|out|back|home|come from|of hmp? : forest|thorn|full|long bank|cross|sutton|lartin>",
    ),
];
