//! What gives trouble, what helps, what was done about it: turns of speech about health.

use super::super::cues::Cues;

const HEALTH_SAID: Cues = Cues::FACT.and(Cues::SAID);

/// The turns, by how they are said of a person.
pub(in crate::pii) const TURNS: &[(Cues, &str)] = &[
    // What gives trouble: "my kidneys have packed in", "a dicky hip", "stopped work with me nerves".
    (
        HEALTH_SAID,
        "@MINE left|right? : <@ORGAN @IS? @IS? just|nearly|really|that|so|all|not? @AILING in|up|out|off|again|it?>",
    ),
    (
        HEALTH_SAID,
        "PERSON s left|right? : <@ORGAN @IS? @IS? just|nearly|really|that|so|all? @AILING in|up|out|off|again|it?>",
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
        "after|since a|my|his|her : <stroke|amputation|transplant>",
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
        "<had|having both|all? of? @MINE|a? left|right|whole|big? : @PART off|removed|amputated|taken|took away|out|off? below|above? the? knee|elbow?>",
    ),
    (
        Cues::FACT,
        "<had|having @MINE : womb|gallbladder|appendix|tonsils|spleen|bladder|prostate|thyroid|ovaries|kidney|lung out>",
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
    (Cues::FACT, "<lacks|lacked|lacking mental? : capacity>"),
    (Cues::FACT, "<born at NUM : weeks>"),
    (
        HEALTH_SAID,
        "@OTHER : <gets|getting very|so|really|dead|more? confused|forgetful> $|and|at|now|these|in",
    ),
    (
        Cues::FACT,
        "<2|both|new|false artificial|metal|titanium|false? : hips|knees> $|and|so|but",
    ),
    // Hospital: "discharged on Friday with a broken hip".
    (
        HEALTH_SAID,
        "discharged|admitted|hospitalised|readmitted on|from|to|into|in|last|this|at? .. with|after <a|an|his|her|my|suspected|severe? *>",
    ),
    (
        Cues::FACT,
        "<on|onto the|a : kidney|liver|heart|lung|organ|transplant|cataract|hip|knee transplant|donor|waiting|replacement list?>",
    ),
    (
        Cues::CONDITION,
        "<left|right|both|lower|1 : @LIMB amputated|removed>",
    ),
    (Cues::CONDITION, "<fractured|broken neck of femur>"),
    (
        Cues::FACT,
        "<wear|wears|wearing|fitted with|a|an? : colostomy|stoma|catheter|leg|ileostomy bag|bags>",
    ),
    (
        Cues::FACT,
        "<wear|wears|wearing a|2? : hearing|back|neck|leg|knee aid|aids|brace|caliper|calipers|splint|splints>",
    ),
    (
        Cues::FACT,
        "<lost|losing|lose both|@MINE|a|an @MINE? left|right? @PART box? to *>",
    ),
    (Cues::FACT, "<went|gone|going blind|deaf|bald>"),
    (
        Cues::FACT,
        "<keep|keeps|kept having|getting|taking : fits|seizures|blackouts|hypos|palpitations>",
    ),
    (
        Cues::FACT,
        "has|have|had|got|ve|with|suffers|suffer got|from? a|an|the|this? <* syndrome|disease|disorder|dystrophy|palsy|sclerosis|fibrosis|impairment|cancer|tumour>",
    ),
    // What was, and is no more.
    (Cues::FACT, "<all clear from|of @MINE|the? *>"),
    (
        Cues::FACT,
        "<abused|raped|molested as a : child|kid|boy|girl|teenager>",
    ),
    (HEALTH_SAID, "<deaf|blind|disabled since|from birth>"),
    (HEALTH_SAID, "@OTHER : <can t see> $"),
    (
        Cues::FACT,
        "<under|waiting|with|see|sees|seeing|referred for|to|on? the|a|an? : camhs|cmht|oncology|cardiology|neurology>",
    ),
    (
        Cues::FACT,
        "<suffer|suffers|suffering|has|have|having|gets|take|takes|taking from|with? : fits|blackouts|palpitations|hallucinations>",
    ),
    (
        Cues::FACT,
        "<in|booked|going in? for @MINE left|right? : hip|hips|knee|knees|cataract|cataracts|bypass>",
    ),
    (HEALTH_SAID, "@MINE : <bypass|pacemaker|hysterectomy>"),
    (
        Cues::FACT,
        "<going|gone|goes a? bit? : doolally|senile|gaga>",
    ),
    // What was done, and what it is about.
    (
        Cues::FACT,
        "had|having|has|have|needs|need|getting|got a|an|his|her|my|another left|right|double|total|full|new? : <hip|knee|shoulder|ankle replacement|replacements>",
    ),
    (Cues::FACT, "<slipped a : disc>"),
    (
        HEALTH_SAID,
        "i|@OTHER : <cant|cannot|can t? breathe|breath properly|proper|well|right at|in?>",
    ),
    (Cues::FACT, "<in : hospital with|after a|an|his|her|my? *>"),
    (
        HEALTH_SAID,
        "following|since|after a|my|his|her|the : <stroke|hysterectomy|miscarriage|amputation|mastectomy> he|she|i|we|my|need|needs",
    ),
];
