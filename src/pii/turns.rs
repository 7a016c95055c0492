//! The turns of speech that [`super::frames`] reads: what is said of health, belief and offences in so many
//! ways that only a word or two in them is always the same.
//!
//! By their cue they are handled like the terms of the lexicon: a FACT or a DEED is said of a person in its
//! clause, a CONDITION, a STATE or an OFFENCE needs a link too. SAID names the person itself and needs no more.

use super::cues::Cues;

const HEALTH_SAID: Cues = Cues::FACT.and(Cues::SAID);
const CRIME_SAID: Cues = Cues::DEED.and(Cues::SAID);

/// Sets of words that turns name with `@`.
pub(super) const SETS: &[(&str, &str)] = &[
    // One person's.
    (
        "MINE",
        "my me mi his her mums mams dads nans grans husbands wifes partners sons daughters brothers sisters",
    ),
    // What gives trouble.
    (
        "ORGAN",
        "kidney kidneys lung lungs liver heart ticker hip hips knee knees back spine nerves chest bowel bowels bladder \
        waterworks prostate womb thyroid eyes eyesight sight hearing joints leg legs ankles wrists hands feet shoulder \
        shoulders pancreas memory balance mobility pelvis",
    ),
    (
        "LIMB",
        "hip knee leg legs arm arms ankle ankles wrist wrists foot shoulder back neck spine pelvis collarbone rib ribs skull \
        hand finger fingers thumb toe toes elbow achilles hearing sight eyesight eye coccyx femur",
    ),
    ("SPARE", "hip hips knee knees kidney heart liver lung lungs"),
    ("IS", "is are was has have had s ve been be were got"),
    (
        "AILING",
        "shot knackered packed packing failing failed wrecked ruined buggered bad dodgy duff playing goosed bust \
        weak crumbling worn riddled useless poorly rotten terrible awful",
    ),
    (
        "SICK",
        "prolapsed slipped bulging herniated detached dicky gammy dodgy bad poorly knackered duff bust weak crumbling collapsed enlarged failing damaged fused torn trapped \
        ruptured dislocated swollen frozen broken fractured shattered",
    ),
    (
        "SICKPART",
        "hip hips knee knees back leg legs arm ankle ankles wrist foot feet shoulder neck heart lung lungs kidney kidneys liver \
        spine chest pelvis collarbone ribs jaw skull nerve disc discs bladder bowel eyes eyesight hearing nerves ticker elbow",
    ),
    (
        "BROKE",
        "broke broken breaking fractured cracked sprained dislocated snapped shattered ruptured tore torn hurt lost losing busted bust twisted",
    ),
    ("USES", "use uses using used need needs"),
    (
        "AID",
        "frame zimmer rollator crutch crutches catheter nebuliser hoist walker wheelchair powerchair",
    ),
    (
        "OP",
        "op operation surgery transplant biopsy bypass stent hysterectomy mastectomy chemo chemotherapy radiotherapy amputation",
    ),
    ("TIME", "day days week weeks month months year years yrs"),
    ("GEAR", "drink booze gear smack drugs spice sauce"),
    (
        "PARTY",
        "labour tory tories conservative conservatives reform ukip snp libdems greens plaid",
    ),
    (
        "UNION",
        "unison unite gmb neu rmt nasuwt usdaw cwu pcs ucu aslef fbu rcn bma tssa poa napo bectu eis",
    ),
    (
        "OTHER",
        "he she mum mam mom dad nan nana gran grandma grandad brother sister son daughter husband wife partner lad uncle auntie aunt",
    ),
    ("WHOM", "me him her us them someone somebody"),
    ("PASSIVE", "got was been being were is gets getting s"),
    (
        "PRISON",
        "strangeways pentonville belmarsh altcourse styal parkhurst barlinnie maghaberry magilligan holloway wandsworth wymott risley",
    ),
    (
        "CRIMES",
        "gbh abh dui arson assault affray fraud burglary robbery shoplifting theft manslaughter",
    ),
    (
        "RELATIVE",
        "husband husbands partner partners son sons brother brothers dad dads fella fellas boyfriend boyfriends ex lad lads nephew cousin grandson mate",
    ),
];

/// The turns.
pub(super) const TURNS: &[(Cues, &str)] = &[
    // What gives trouble: "my kidneys have packed in", "a dicky hip", "stopped work with me nerves".
    (
        HEALTH_SAID,
        "@MINE left|right? : <@ORGAN @IS? @IS? just|nearly|really|that|so|all|not? @AILING in|up|out|off|again?>",
    ),
    (
        HEALTH_SAID,
        "PERSON s left|right? : <@ORGAN @IS? @IS? just|nearly|really|that|so|all? @AILING in|up|out|off|again?>",
    ),
    (
        HEALTH_SAID,
        "@MINE|s left|right? : <@ORGAN nearly|all? @IS nearly|all|really? gone|going|given up|out|off? again?> $|and|so|but|now|an|cos",
    ),
    (Cues::CONDITION, "<@SICK : @SICKPART>"),
    (
        HEALTH_SAID,
        "sick|work|ill|poorly|trouble|bother|suffer|suffers|suffering|struggling|hospital|laid with|wi|w|from|cos|through of? @MINE : <@ORGAN>",
    ),
    (
        HEALTH_SAID,
        "@MINE : <piles|waterworks|cataracts|bunions|haemorrhoids>",
    ),
    (
        Cues::FACT,
        "<@BROKE @MINE left|right|both|other|bad? @LIMB>",
    ),
    (
        Cues::FACT,
        "<did|done|put @MINE : back|hip|knee|shoulder|ankle in|out>",
    ),
    (Cues::FACT, "<down to 1 leg|arm|lung|kidney|eye>"),
    (HEALTH_SAID, "@MINE|s left|right? : <@ORGAN @IS not right>"),
    (
        Cues::FACT,
        "<struggles|struggle|struggling|trouble|difficulty with? @MINE? : breathing|swallowing>",
    ),
    (
        Cues::FACT,
        "<after|since a|my|his|her|the heart|hip|knee|back|brain|eye|bowel|big|major|cancer : op|operation|surgery>",
    ),
    // What helps: "uses a frame", "oxygen at home", "on the waiting list for a new knee".
    (
        Cues::FACT,
        "<@USES a|an|his|her|my|me|2 walking|zimmer|mobility|electric|white? : @AID|stick|sticks|cane>",
    ),
    (
        Cues::FACT,
        "<walk|walks|walking|gets|get|getting with|on|about|around with|on? a|his|her|my|2 walking|zimmer? : @AID|stick|sticks>",
    ),
    (Cues::STATE, "<in his|her|my|an : wheelchair|powerchair>"),
    (
        Cues::FACT,
        "<on a|the : waiting list for a|an|his|her|my|another|the? new|2nd? @SPARE|@OP replacement|op|operation|transplant?>",
    ),
    (
        Cues::FACT,
        "<on a|the : list for a|an|his|her|my|another|the? new|2nd? @SPARE|@OP replacement|op|operation|transplant?>",
    ),
    (
        Cues::FACT,
        "<waiting|waitin|awaiting list? for|on? a|an|his|her|my|another|the? new|2nd? @SPARE|@OP replacement|op|operation|transplant?>",
    ),
    (
        Cues::FACT,
        "<had|having|needs|need|facing a|an|his|her|my|another? major|big|brain|triple|double|quadruple|spinal|bowel|eye? : op|operation|surgery|transplant|biopsy|bypass|amputation>",
    ),
    // What is said of an illness whose name no list has.
    (
        Cues::FACT,
        "diagnosed|diagnosis .. with|wi|as|of having|being? a|an|the? <*>",
    ),
    (Cues::FACT, "tested positive for <*>"),
    (
        Cues::FACT,
        "being|been|getting|get|im|m : treated for a|an|his|her|my? <*>",
    ),
    (
        Cues::FACT,
        "<nearly|almost|half|going|gone|went blind|deaf with|from|wi|through the|a? *>",
    ),
    (Cues::FACT, "<allergic to the|a? *>"),
    (Cues::FACT, "<addicted|hooked to|on *>"),
    (Cues::FACT, "<off : sick|ill|poorly with|wi|cos a|an|of? *>"),
    (
        Cues::FACT,
        "<signed off work|sick? with|wi|for|cos a|an|of? *>",
    ),
    (
        Cues::FACT,
        "<lost|losing|lose @MINE? : sight|hearing|vision in 1|both|@MINE left|right? eye|eyes|ear|ears>",
    ),
    (
        HEALTH_SAID,
        "@MINE|s : <@ORGAN @IS? on its|their last legs>",
    ),
    (Cues::FACT, "<1 good? : kidney|lung|eye|ear|breast>"),
    (
        Cues::FACT,
        "<had|having @MINE left|right|whole? : womb|gallbladder|appendix|tonsils|spleen|bladder|prostate|thyroid|ovaries|kidney|lung|foot|leg|arm|\
        toe|toes|breast|breasts|bowel out|off|removed|amputated|taken|took away|out|off?>",
    ),
    (
        Cues::FACT,
        "<had|having both|@MINE|a left|right? : hip|hips|knee|knees|cataract|cataracts done|replaced>",
    ),
    (
        HEALTH_SAID,
        "they|surgeon|hospital|ve|have : <did|done|replaced|operated on? @MINE left|right? hip|hips|knee|knees|cataracts|heart|spine|back>",
    ),
    (
        Cues::FACT,
        "<born with|without a|an|1|no|half|only|his|her *>",
    ),
    (
        Cues::FACT,
        "<wets|wetting|soils|soiling|messes the|his|her? bed|himself|herself>",
    ),
    (
        Cues::FACT,
        "<in|on|into|onto the|a|an : psych|psychiatric|mental|stroke|cancer|cardiac health? ward|unit|hospital>",
    ),
    (
        Cues::FACT,
        "<see|sees|seeing|under a|the|my|his|her? community|consultant? : shrink|psychiatrist|psychologist|psych|oncologist|cardiologist|neurologist>",
    ),
    (
        Cues::FACT,
        "<see|sees|seeing|under a|the|my|his|her? community|consultant? : psychiatric nurse|team|doctor|consultant>",
    ),
    (
        Cues::FACT,
        "<hear|hears|hearing : voices> $|at|telling|and|so|but",
    ),
    (
        Cues::FACT,
        "<under the care of? the? : crisis|mental|psychiatric|memory|oncology|cardiac|stroke|psychosis|eating health|disorder|disorders|intervention? team|clinic|unit|service>",
    ),
    // Harm to oneself.
    (
        Cues::FACT,
        "<tried|tries|trying|threatened|threatening|wants|want|planning|going|gonna to? : top|hang|kill|harm|drown himself|herself|myself>",
    ),
    (
        Cues::FACT,
        "<slit|slits|slashed|cut|cuts|cutting her|his|my wrists|wrist>",
    ),
    // Drink and drugs.
    (Cues::FACT, "<sober|clean for? NUM @TIME>"),
    (Cues::FACT, "<NUM @TIME : sober|clean>"),
    (Cues::FACT, "<back on the? : @GEAR>"),
    (Cues::FACT, "<off the? : @GEAR>"),
    (
        Cues::FACT,
        "<gambles|gambling|gambled away|all|every? his|her|my|their|our|the? penny|wages|money|rent|benefits|pension|savings|away|it>",
    ),
    (
        Cues::FACT,
        "<drinks|drinking|drank himself|herself|myself to|stupid|silly|daft? death|sleep?>",
    ),
    (HEALTH_SAID, "he|she s|is? : <drinking|using again>"),
    (HEALTH_SAID, "hes|shes : <drinking|using again>"),
    // Senses and speech, said of somebody else.
    (
        HEALTH_SAID,
        "@OTHER : <cant|cannot hear|see a|owt|nowt|well|properly|proper|much thing?>",
    ),
    (
        HEALTH_SAID,
        "@OTHER : <can t|barely|hardly hear|see a|well|properly|proper|much thing?>",
    ),
    // A child to come.
    (
        HEALTH_SAID,
        "my|her|wifes|the|s|me : <waters have|had|ve|s|has|just? just? broke|broken|gone>",
    ),
    (HEALTH_SAID, "im|m|shes|s|is <NUM @TIME : along>"),
    (HEALTH_SAID, "im|m|hes|shes|s a : <type NUM> $|and|so|but"),
    (HEALTH_SAID, "im|shes <NUM : weeks> $|and|so|but"),
    (HEALTH_SAID, "i|she m|s <NUM : weeks> $|and|so|but"),
    (HEALTH_SAID, "its|is|s : <terminal> $|and|so|now|but|they"),
    (
        Cues::FACT,
        "<lost|losing the : use of @MINE? left|right? legs|arms|arm|leg|hand|hands>",
    ),
    (Cues::FACT, "<twins|triplets|baby|babby|bairn on the way>"),
    (Cues::FACT, "<in the : family way>"),
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
        HEALTH_SAID,
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
        "<broke|breaking|broken|breaks @MINE bail|curfew|tag|parole|probation|injunction conditions?>",
    ),
    (
        Cues::OFFENCE,
        "<referral|reparation|supervision|detention|exclusion|prevention|curfew order|orders>",
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
];
