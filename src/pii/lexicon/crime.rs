//! Criminal offences, convictions and what goes with them: Article 10.

use super::super::cues::Cues;

/// Terms by how they are said of a person.
pub(in crate::pii) const TERMS: &[(Cues, &str)] = &[
    (
        Cues::OFFENCE,
        "breaching his non mol|breaching her non mol|come out of prison|came out of prison|ban from driving|in forest bank|in thorn cross|in full sutton|in long lartin|released from custody|probation said|probation says|probation told me|guest of his majesty|guest of her majesty|\
        his majesty's pleasure|her majesty's pleasure|nonce|pedo|peado|kiddy fiddler|facing trial|stand trial|\
        standing trial|facing charges|facing a charge|cellmate|cell mate|padmate|pad mate|parole officer|\
        offender manager|licence conditions|getting liberated|curfewed|tagged by the court|asbos|in jail|in prison|\
        in the jail|in the prison|in the nick|in nick|in custody|in police custody|in the cells|on bail|on police bail|\
        on court bail|on conditional bail|on tag|on a tag|on the tag|on an electronic tag|on remand|remanded|\
        remanded in custody|on probation|on parole|on licence|out on licence|on license|out on license|on life licence|\
        out on bail|out on tag|out on parole|on curfew|on a curfew|on a suspended sentence|on a community order|\
        on the run|on trial|out of prison|out of jail|out the nick|out of nick|released from prison|released from jail|\
        released on licence|released under investigation|convicted|wrongly convicted|conviction|convictions|\
        previous convictions|spent conviction|spent convictions|unspent conviction|unspent convictions|criminal record|\
        criminal conviction|criminal convictions|police record|on the sex offenders register|\
        on the sex offender register|sex offenders register|under house arrest|released from hmp|\
        community payback order|burglar|thief|rapist|murderer|fraudster|arsonist|shoplifter|convict|prisoner|inmate|\
        offender|lifer|criminal past|put in prison|put away|serving a sentence|serving time|\
        serving life|doing life|serving a life sentence|community sentence|rehabilitation order|\
        drug rehabilitation order|home detention curfew|sexual harm prevention order|banning order|bail conditions|\
        police bail|speeding conviction|speeding fine|speeding offence|drink drive ban|paedo|sex offender|\
        registered sex offender|convicted sex offender|paedophile|caution|police caution|youth caution|\
        conditional caution|cautioned|community service|community order|community payback|unpaid work|arrested|\
        rearrested|sentenced|served his time|served my time|doing time|ex offender|\
        ex-offender|ex con|ex-con|ex prisoner|ex convict|restraining order|suspended sentence|young offenders|\
        young offender|young offenders institution|young offenders institute|young offender institution|electronic tag|\
        sent to prison|sent to jail|sent down|jailed|imprisoned|been to prison|been to jail|gone to prison|\
        gone to jail|going to prison|going to jail|facing prison|facing jail|behind bars|banged up|doing bird|\
        on home detention|on home curfew|inside for|inside till|inside til|inside until|locked up|drug dealer|\
        drugs dealer|known drug dealer|under investigation|under police investigation|prosecuted|youth offender|\
        youth offending|bail hostel|probation hostel|approved premises|day release|warrant out|dv conviction|\
        drink drive conviction|drink driving conviction|drink driving charge|drink drive|drug driving conviction|\
        suspended prison sentence|cbo|drug dealing|dealing drugs|dealing weed|selling drugs|county lines|drink driving|\
        drink driving ban|drug driving|drug driving ban|shoplifting|shop lifting|prison sentence|life sentence|\
        custodial sentence|driving ban|banned from driving|disqualified from driving|lost my licence for drink driving|\
        lost his licence for drink driving|stalking conviction|injunction against|criminal behaviour order|asbo|\
        football banning order|domestic violence order|drugs charge|drugs charges|assault charge|awaiting trial|\
        awaiting sentence|awaiting sentencing|found guilty|wanted by the police|\
        wanted on a warrant|wanted on warrant|on a warrant|recalled to prison|under arrest|known to the police|\
        on the barred list|on probation order|under probation|under the probation service|with probation|\
        probation officer|youth offending team|on a referral order|on a youth referral order|youth referral order|\
        youth rehabilitation order|out of strangeways|out of walton|out of hmp|bailed|wanted by police|\
        single justice procedure notice|on recall|a warrant out|in youth custody",
    ),
    // What is said of offenders, and orders.
    (
        Cues::OFFENCE,
        "banned by the court|in a yoi|in borstal|in the slammer|in the clink|rap sheet|done porridge|doing porridge|did porridge|did bird|done bird|\
        in youth detention|secure training centre|shpo|on a shpo|bound over|conditional discharge|absolute discharge|\
        community resolution|interviewed under caution|dvpo|dvpn|stalking order|domestic violence conviction|\
        failed his dbs|failed her dbs|failed my dbs|barred from working with|on the violent offenders register|on mappa|\
        under mappa|in the dock|before the magistrates|released on tag|released on bail|on remand in|in a bail hostel|\
        in approved premises|ex offenders|reoffended|reoffending|jailbird|gang member|county lines runner|money mule|\
        joyrider|car thief|drug runner|loan shark|wife beater|convicted felon|released from a young offenders|\
        served a sentence|got a record|has a record|have a record|has previous|have previous|got previous|\
        ankle bracelet|in cells|in the police cells|held in custody",
    ),
    // Needs no "is" or "has".
    (
        Cues::DEED,
        "done for indecent images|went to prison|went to jail|shoplifted|deals crack|deals coke|deals weed|deals heroin|pleaded guilty|plead guilty|pled guilty|breached bail|breached his asbo|breached her asbo|breached my asbo|\
        breached their asbo|breached his tag|points on my licence|points on his licence|points on her licence|\
        points on my license|points on his license|points on licence|points for speeding|done for speeding|skipped bail|\
        jumped bail|caught shoplifting|caught stealing|caught drink driving|caught dealing|caught drug driving|\
        caught with drugs|caught with weed|caught with a knife|failed to appear|grows cannabis|growing cannabis|\
        grows weed|growing weed|deals drugs|sells drugs|dealt drugs|did time|done time|served time|cuckooed her|\
        cuckooed him|cuckooed my|racially abused me|racially abused him|racially abused her|racially abused my|\
        punched my|punched his|punched her|punched me|hit my wife|kicked my door in|broke my jaw|broke his jaw|\
        broke her jaw|broke my nose|batters him|batters her|beats her|beats him|spat at me|spat on me|pulled a knife|\
        burgled me|burgled us|been inside|beat up his|convicted|cautioned|sentenced|jailed|imprisoned|arrested|\
        charged by the police",
    ),
    // What somebody was done for: the offences that courts and newspapers name.
    (
        Cues::CRIME,
        "violence|handling|theft|thieving|stealing|nicking|shoplifting|robbery|armed robbery|robbing|burglary|burgling|handling stolen goods|fraud|\
        benefit fraud|tax fraud|tax evasion|money laundering|forgery|embezzlement|assault|common assault|sexual assault|\
        indecent assault|assaulting|battery|battering|beating|hitting|punching|stabbing|wounding|abh|gbh|actual bodily harm|\
        grievous bodily harm|affray|violent disorder|public order|public order offence|drunk and disorderly|\
        murder|attempted murder|manslaughter|killing|rape|attempted rape|grooming|child abuse|child cruelty|neglect|\
        indecent images|indecent exposure|flashing|kidnap|kidnapping|blackmail|arson|criminal damage|vandalism|graffiti|trespass|\
        possession|drug|drugs|drug possession|drug dealing|dealing|supplying|supplying drugs|supplying class a|intent to supply|\
        possession with intent|growing cannabis|growing weed|cannabis|cocaine|heroin|carrying a knife|knife possession|possession of a knife|\
        a bladed article|offensive weapon|firearms|firearms offences|harassment|stalking|coercive control|domestic violence|\
        domestic abuse|malicious communications|threats to kill|threatening behaviour|racial abuse|hate crime|perjury|\
        perverting the course|contempt of court|resisting arrest|obstructing|assaulting a police officer|drink driving|drunk driving|\
        drug driving|dangerous driving|careless driving|death by dangerous driving|driving without insurance|\
        driving without a licence|no insurance|driving while disqualified|speeding|joyriding|twocking|twoc|\
        taking without consent|terrorism|rioting|riot|smuggling|people smuggling|trafficking|modern slavery|prostitution|\
        soliciting|kerb crawling|animal cruelty|dog fighting|poaching|an offence|offences|sex offences|sexual offences",
    ),
    // Further offences.
    (
        Cues::CRIME,
        "breach of bail|mugging|carjacking|car theft|vehicle theft|spiking|upskirting|voyeurism|revenge porn|cyber stalking|bribery|\
        witness intimidation|false imprisonment|breach of the peace|public nuisance|drug trafficking|cultivation|\
        cultivating cannabis|having a dangerous dog|fare dodging|fare evasion|squatting|racially aggravated assault|\
        aggravated burglary|assault by beating|causing death by dangerous driving|immigration offences|illegal entry|\
        absconding|escaping custody|going equipped|receiving stolen goods|breaking and entering|blackmailing|\
        selling weed|carrying a blade|carrying weapons|child neglect|downloading images|historic abuse|\
        people trafficking|electricity theft|metal theft|not paying a fine|driving while banned|failing to stop|\
        hit and run",
    ),
    (
        Cues::CRIME_FIELD,
        "convictions|any convictions|unspent convictions|any unspent convictions|criminal convictions|criminal record|offence|offences|\
        cautions|previous convictions|criminal offences",
    ),
];
