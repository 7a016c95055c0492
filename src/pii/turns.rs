//! The turns of speech that [`super::frames`] reads: what is said of health, belief and offences in so many
//! ways that only a word or two in them is always the same.
//!
//! By their cue they are handled like the terms of the lexicon: a FACT or a DEED is said of a person in its
//! clause, a CONDITION, a STATE or an OFFENCE needs a link too. SAID names the person itself and needs no more.

use super::cues::Cues;

mod belief;
mod cannot;
mod crime;
mod health;
mod living;

/// Every turn.
pub(super) fn all() -> impl Iterator<Item = (Cues, &'static str)> {
    let turns = [
        health::TURNS,
        living::TURNS,
        cannot::TURNS,
        belief::TURNS,
        crime::TURNS,
    ];
    turns.into_iter().flatten().copied()
}

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
        "shot past knackered packed packing failing failed wrecked ruined buggered bad dodgy duff playing goosed bust \
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
        spine chest pelvis collarbone ribs rib jaw skull femur elbow nerve disc discs bladder bowel eyes eyesight hearing nerves ticker",
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
        "he she mum mam mom dad nan nana gran grandma grandad brother sister son daughter husband wife partner lad uncle auntie aunt granda da taid nain",
    ),
    ("WHOM", "me him her us them someone somebody"),
    ("PASSIVE", "got was been being were is gets getting s"),
    (
        "PRISON",
        "strangeways pentonville belmarsh altcourse styal parkhurst barlinnie maghaberry magilligan holloway wandsworth wymott risley frankland lowdham feltham bullingdon swaleside hindley haverigg",
    ),
    (
        "CRIMES",
        "gbh abh dui arson assault affray fraud burglary robbery shoplifting theft manslaughter",
    ),
    // What is lost, taken off or held up.
    (
        "PART",
        "womb gallbladder appendix tonsils spleen bladder prostate thyroid ovaries kidney lung foot feet leg legs arm arms \
        hand hands finger fingers toe toes breast breasts bowel eye eyes sight eyesight hearing voice speech jaw",
    ),
    // What somebody is caught at.
    (
        "DOING",
        "flogging selling nicking stealing thieving robbing burgling dealing growing smuggling carrying driving fiddling \
        shoplifting handling forging flashing grooming stabbing slashing attacking assaulting battering mugging speeding \
        raping murdering killing hitting threatening stalking supplying claiming fighting shooting",
    ),
    (
        "LOVES",
        "gay bi bisexual lesbian trans queer pansexual asexual nonbinary",
    ),
    (
        "FAR",
        "yard yards foot feet metre metres meter meters mile miles step steps minute minutes mins length street",
    ),
    (
        "RELATIVE",
        "husband husbands partner partners son sons brother brothers dad dads fella fellas boyfriend boyfriends ex lad lads nephew cousin grandson mate",
    ),
];
