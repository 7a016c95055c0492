//! How somebody lives with what they have: what they keep doing, need, take and leave off, and what their body does.

use super::super::cues::Cues;

const HEALTH_SAID: Cues = Cues::FACT.and(Cues::SAID);

/// The turns, by how they are said of a person.
pub(in crate::pii) const TURNS: &[(Cues, &str)] = &[
    // What somebody keeps doing: "keeps falling", "wanders at night".
    (
        HEALTH_SAID,
        "i|@OTHER : <keep|keeps|kept fainting|collapsing|choking|wandering|passing|blacking|vomiting out|off?>",
    ),
    (
        HEALTH_SAID,
        "@OTHER : <wander|wanders|wandering|wandered off|at|out|in|from night|again|the|house|home?>",
    ),
    (
        HEALTH_SAID,
        "@OTHER s|is|was|has|been? : <wandering> off|at|out|the|again|round|around",
    ),
    (
        HEALTH_SAID,
        "i|@OTHER s|has|have|had|ve|just|then? just? : <collapsed|fainted> $|in|on|at|again|last|and|with|from|this|twice|outside",
    ),
    (
        HEALTH_SAID,
        "i|@OTHER s|has|have|had|ve|just|then? just? : <blacked|passed out> $|in|on|at|again|and|from|twice|when|because|cos",
    ),
    (
        Cues::FACT,
        "<had|having a bad|nasty? : fall> and|on|at|last|she|he",
    ),
    (
        HEALTH_SAID,
        "i|@OTHER : <keep|keeps|kept falling over|down?> $|on|in|at|and|every|all|again|when|because|cos|so|now|since|outside|to|but|she|he|i",
    ),
    // What the mind does.
    (
        HEALTH_SAID,
        "@OTHER : <doesn|don|didn t know what|which day|year|month it s|is> $|and|or|so|now|anymore|any|but",
    ),
    (
        HEALTH_SAID,
        "@OTHER : <doesnt|dont|didnt know what|which day|year|month it|its s|is?> $|and|or|so|now|anymore|any|but",
    ),
    (
        HEALTH_SAID,
        "@OTHER : <doesnt|dont|didnt|doesn|don|didn t? know who i|im|we|she|he|hes|shes m|am|are|is|s?> $|and|or|so|now|anymore|any|half",
    ),
    (
        HEALTH_SAID,
        "@OTHER : <doesnt|dont|didnt|doesn|don|didn t? recognise me|us|her|him|his|own own? family|wife|husband|kids|children|house?> $|and|or|so|now|anymore|any",
    ),
    (
        HEALTH_SAID,
        "@OTHER : <cant|cannot|can t? remember her|his own name|address>",
    ),
    (
        HEALTH_SAID,
        "@OTHER : <cant|cannot|can t? remember who|where i|we|she|he am|are|is|lives|live>",
    ),
    (
        HEALTH_SAID,
        "@OTHER : <cant|cannot|can t? remember if|whether she|he s|has? eaten>",
    ),
    (
        Cues::FACT,
        "<forgets|forgetting to : eat|drink|wash|dress|take her|his? tablets|medication|meds|pills?>",
    ),
    (
        Cues::FACT,
        "<talks|talking|speaks|chats to : her|his|my dead|late husband|wife|mum|mam|mother|dad|son|brother|sister>",
    ),
    (
        Cues::FACT,
        "<talks|talking|speaks to : people|someone|somebody who|that arent|isnt|aren|isn|are t? there|dead?>",
    ),
    (
        Cues::FACT,
        "<see|sees|seeing things|people|children|little|her|his men|people|dead|dad|mum|husband? that|who : arent|aren t? there>",
    ),
    (
        Cues::FACT,
        "<thinks|reckons|believes|convinced the|someone|somebody|people|hes|shes|im|i|everyone|they neighbours|neighbour|meter|telly|tv|carers|m|is|are|s|re? is|are|s|re? : \
        listening|spying|poisoning|watching|plotting|following to|on|him|her|me|through|it|the? telly|wall|walls|milk|food?>",
    ),
    (
        HEALTH_SAID,
        "his|her|dads|mums|mams|nans|s : <mind s|is|has|as? : going|gone|slipping> $|and|so|now|but|he|she",
    ),
    (
        HEALTH_SAID,
        "@MINE : <memory s|is|has? : shot|terrible|awful|failing|slipping>",
    ),
    (
        HEALTH_SAID,
        "@OTHER : <hoards> $|and|so|but|there|everything|newspapers|things",
    ),
    // What somebody will not do.
    (
        HEALTH_SAID,
        "@OTHER s|has|have? : <stopped|not|hasnt|havent eating|washing|speaking|eaten|washed|slept|spoken or|nor|and? drinking|washing|spoke|spoken|eaten|washed|slept? in|for? days|weeks|months?>",
    ),
    (
        Cues::FACT,
        "<wont|won|refuses|refusing|stopped|forgets|missed t? to? take|taking her|his|their|my|the? : tablets|medication|meds|pills|insulin|injection|injections>",
    ),
    (
        Cues::FACT,
        "<off|coming|came|skipping off? his|her|my|the|their? : tablets|meds|medication|lithium|insulin|antidepressants|methadone|painkillers>",
    ),
    (
        Cues::FACT,
        "<coming|come|came off the? : spice|heroin|drugs|crack|benzos|pills|opiates|alcohol>",
    ),
    (
        Cues::FACT,
        "<scared|frightened|terrified|afraid|unable to : leave|go out the|her|his|my? house|flat|home|out>",
    ),
    (
        HEALTH_SAID,
        "@OTHER : <cant|cannot be left> $|on|in|at|for|and|with|by|unattended|unsupervised",
    ),
    (
        HEALTH_SAID,
        "@OTHER : <can t|not be left> $|on|in|at|for|and|with|by|unattended|unsupervised",
    ),
    // What somebody needs done.
    (
        Cues::FACT,
        "<need|needs|needing|require|requires : turning|suctioning|hoisting|toileting> every|overnight|in|at|by|through|with",
    ),
    (
        Cues::FACT,
        "<need|needs|needing help|assistance|support to|with? get|getting? : wash|washing|dress|dressing|dressed|toileting|bathing|eating|undressed|showering>",
    ),
    (
        Cues::FACT,
        "<need|needs|needing 2|double : carers|handed care?>",
    ),
    (Cues::FACT, "<wear|wears|wearing incontinence? : pads>"),
    // What the body does, and no longer has.
    (
        HEALTH_SAID,
        "@MINE left|right|both? : <hand|hands|finger|fingers|leg|legs|arm|arms|foot|feet|toes|head shake|shakes|shaking|tremble|trembles|swell|swells|swollen|swelled|numb|spasm|spasms|drags|cramp|cramps>",
    ),
    (
        HEALTH_SAID,
        "@MINE left|right|both? : <fingers|finger|hands|feet|toes|leg|legs|foot|knee|knees go|goes|going|gone|turn|turns white|blue|numb|dead|black|purple|weak|septic>",
    ),
    (
        HEALTH_SAID,
        "@MINE left|right|both? : <leg|legs|knee|knees|hip|ankle|ankles give|gives|gave|giving way|out|up>",
    ),
    (
        HEALTH_SAID,
        "@MINE left|right? : <shoulder|shoulders|hip|knee|kneecap|jaw pops|pop|comes|come|keeps|dislocates|dislocate coming|popping? out?>",
    ),
    (
        HEALTH_SAID,
        "i ve|have|got no|little|hardly|not : <feeling|grip|strength|sensation|movement|balance in|below|from my|the? left|right|both|either? @LIMB|waist|chest|side>",
    ),
    (
        Cues::FACT,
        "<no|little|hardly any|much? feeling|grip|strength|sensation|movement|use in|below|from|of my|his|her|the|either? left|right|both|1? : @LIMB|legs|arms|waist|side>",
    ),
    (
        Cues::FACT,
        "<paralysed|paralyzed|numb|weak|weakness all? from|below|down|on the|my|her|his|1? left|right|whole? : waist|neck|chest|side|hand down>",
    ),
    (
        Cues::FACT,
        "<paralysed|paralyzed|numb|weak|weakness all? down|on the|my|her|his|1? left|right|whole? : side>",
    ),
    (
        Cues::FACT,
        "<lost|losing all|most|some|nearly|half|a? of? the|my|his|her : speech|sight|hearing|swallow|memory|mobility|vision|voice|eyesight>",
    ),
    (
        Cues::FACT,
        "<lost|losing|missing a|an|both|half|most|the|2|3|4|1|some? of? his|her|my|the? left|right|top|tips? of? his|her|my|the? : finger|fingers|toe|toes|leg|legs|arm|foot|eye|breast|breasts|kidney|thumb>",
    ),
    (
        Cues::FACT,
        "<lost|down NUM|a|to NUM? : stone> $|since|in|and|but|she|he|because|now",
    ),
    (
        Cues::FACT,
        "<took|taken|taking|cut|removed half|all|most|part|out|off|away? of? my|his|her|half|both left|right? : \
        bowel|womb|breast|breasts|leg|kidney|gallbladder|prostate|toes|toe|foot|spleen|bladder|stomach|thyroid away|out|off|removed>",
    ),
    (
        Cues::FACT,
        "<plate|pin|pins|screws|rod|rods|metalwork in|through|up my|his|her|the|both left|right? : leg|legs|skull|back|spine|hip|hips|ankle|knee|arm|wrist|head|jaw|neck|foot>",
    ),
    (
        Cues::FACT,
        "<shadow|lump|lumps|mass|growth|tumour|fluid|clot|bleed|cyst on|in|round my|his|her|the|1 left|right? : lung|lungs|liver|breast|brain|kidney|neck|throat|knee|leg|heart|groin|armpit|head>",
    ),
    (
        Cues::FACT,
        "<cancer|tumour|tumor of|in the|my|his|her? : stomach|breast|bowel|lung|lungs|brain|prostate|liver|throat|womb|kidney|pancreas|bones|spine|skin|blood>",
    ),
    (
        Cues::FACT,
        "<arthritis|cataracts|glaucoma|osteoarthritis|carpal in|tunnel? in? both|my|her|his|1 : hands|hips|knees|eyes|ankles|wrists|hips|feet|spine|hand|hip|knee>",
    ),
    (
        Cues::FACT,
        "<deaf|blind in : both|1|my|his|her left|right? ears|eyes|ear|eye>",
    ),
    (
        HEALTH_SAID,
        "@MINE|the : <blood pressure|presure|sugar s|is|was|had|has|are? sky|too|very|really|dangerously|dropped|through|all? : high|low|dropped|dropping|up|down> $|and|so|because|again|i|he|she|now|but",
    ),
    (HEALTH_SAID, "@OTHER s|has|is? gone : <yellow> $|and|in"),
    // Drink.
    (
        Cues::FACT,
        "<drink|drinks|drinking|drank NUM|a : bottle|bottles|litre|litres|pints of? wine|vodka|cider|lager|whisky|whiskey|rum|sherry|spirits|gin|beer? a|every|each|per day|night>",
    ),
    (
        HEALTH_SAID,
        "he|she s|is|was|back? back? on the : <cider|bottle|booze|vodka|drink>",
    ),
    (
        Cues::FACT,
        "<goes|going|go|attend|attends to? the? : aa|na|ga on|meeting|meetings|every|tuesdays|thursdays|tuesday|wednesday|thursday|friday|monday>",
    ),
    // Hospital.
    (
        Cues::FACT,
        "<on|off|under|got|been|detained a : section 2|3|136|117>",
    ),
    (
        Cues::FACT,
        "<waiting|wait|list for a|an|my|her|his? : bed at|in|on the? mental|psychiatric|psych|stroke|rehab|hospice health?>",
    ),
];
