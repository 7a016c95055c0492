//! Terms of Article 9 and Article 10 data, with their usual misspellings. A term is a finding only
//! where it is said of a person: how, by the sort of the term, is in [`super::sensitive`].

use super::cues::Cues;

mod crime;
mod health;
mod identity;

pub(super) use crime::TERMS as CRIME;
pub(super) use health::TERMS as HEALTH;
pub(super) use identity::TERMS as IDENTITY;

/// The terms of all sorts.
pub(super) fn all() -> Vec<(Cues, &'static str)> {
    [HEALTH, IDENTITY, CRIME].concat()
}

/// How illnesses, operations and medicines end that no list can hold all of: the stems that the names of medicines
/// are made of by rule (World Health Organization, The use of stems), and medical Greek.
pub(super) const CONDITION_ENDINGS: [&str; 27] = [
    "itis",
    "aemia",
    "plegia",
    "paresis",
    "algia",
    "opathy",
    "ectomy",
    "ostomy",
    "plasty",
    "lepsy",
    "sclerosis",
    "stenosis",
    "cinoma",
    "oedema",
    "megaly",
    "cillin",
    "mycin",
    "olol",
    "statin",
    "azepam",
    "triptan",
    "xaban",
    "prazole",
    "sartan",
    "oxetine",
    "gliptin",
    "thyroidism",
];

/// Turns of speech with a term in it that mean something else: they take its place, so that it is
/// not read.
pub(super) const IDIOMS: &[(Cues, &str)] = &[(
    Cues::NONE,
    "going blind with all|many disabilities|served my time on|mornings on the run|days on the run|weeks on the run|nights on the run|times on the run|breakdown and|the disabled 1|economic depression|going blind trying|going blind reading|going blind looking|went blind trying|went blind looking|ms teams|microsoft teams|on the run up|in the run up|allergic to forms|allergic to work|allergic to filling|burglar alarm|burglar alarms|give me whiplash|gave me whiplash|give you whiplash|gives me whiplash|blind drunk|robbed me blind|rob me blind|robbing me blind|robbed us blind|robbing us blind|criminal record check|have to be christian|have to be catholic|have to be muslim|have to be religious|have to be disabled|need to be disabled|have to be blind|hiv testing|hiv tests|hiv clinic|criminal records check|allergic to paperwork|allergic to answering|allergic to cleaning|allergic to emptying|\
    allergic to hard work|allergic to paying|use caution|used caution|with caution|exercise caution|blind as to|blind to any|blind to the|blind to it|blind to what|blind to all|blind to how|blind as a bat|blind alley|blind corner|blind corners|blind spot|blind spots|blind bend|\
    blind summit|deaf to|deaf ears|depressed just|depressed looking|depressed at the|depressed by the|\
    depressed about the|\
    giving me a heart attack|gave me a heart attack|nearly had a heart attack|\
    gave me a stroke|give me a stroke|a stroke of|stroke of luck|giving me anxiety|\
    giving me depression|giving me a migraine|giving me migraines|a nervous breakdown over|\
    breakdown of|breakdown truck|breakdown cover|breakdown recovery|car breakdown|vehicle breakdown|\
    the breakdown|bipolar weather|bit schizophrenic|a bit ocd|ocd about|addicted to the|\
    black and blue|black and white|black friday|black box|black ice|black spot|white van|white line|\
    white lines|white goods|gay village|trans pennine|transpennine|indian summer|indian takeaway|\
    chinese takeaway|chinese new year|chinese meal|polish off|polish up|french polish|\
    french polishing|dutch elm|dutch elm disease|scotch corner|irish sea|irish bar|irish dancing|\
    english class|english classes|english lessons|german bakery|turkish barber|turkish barbers|\
    catholic school|catholic primary|jewish cemetery|roman road|travellers site|traveller site|\
    doing time waiting|prisoner of|life sentence waiting|charged with vat|charged with a fee|\
    on probation at|probation period|probationary|locked up at|locked up when|locked up early|locked up the|locked up and went|locked up for the|\
    arrested development|on licence fee|caution tape|caution sign|caution signs|\
    prison visit times|inside out|inside for the|done for the day|done for today|\
    murder to park|daylight robbery|tb test for|cancer research|cancer charity|macmillan cancer|\
    sick of|sick and tired|insulin needles|aids to|aids and adaptations|hearing aids for the|\
    disabled facilities grant|disabled facilities grants|disabled persons bus pass|disabled access|\
    disabled parking|disabled toilet|disabled toilets|disabled bay|disabled bays|disabled badge|\
    disabled badges|blind cord|venetian blind|window blind|roller blind|pregnant pause|\
    pregnant with rubbish|expecting a parcel|expecting a delivery|expecting a call|expecting a reply|\
    expecting a letter|expecting a refund|mad about|crazy about|green belt|green waste|tory council|\
    labour council|labour councillor|tory councillor|reform the|reform of|unite the|union street|\
    union road|union jack|in unison with|jew's ear|black country",
)];
