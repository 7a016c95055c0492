//! Terms of Article 9 and Article 10 data, with their usual misspellings. A term is a finding only
//! where it is said of a person: see [`super::sensitive`].

use super::cues::Cues;

/// Terms by what they reveal.
pub(super) const TERMS: &[(Cues, &str)] = &[
    // Health: conditions.
    (
        Cues::SENSITIVE,
        "cancer|leukaemia|leukemia|lymphoma|tumour|tumor|brain tumour|adhd|epilepsy|epilepsey|epilepsie|\
        cerebral palsy|depression|post natal depression|anxiety|anxiety and depression|ptsd|bipolar|\
        bipolar disorder|schizophrenia|schizophrenic|psychosis|psychotic|dementia|alzheimers|\
        alzheimer's|alzheimer|parkinsons|parkinson's|multiple sclerosis|copd|emphysema|asthma|\
        diabetes|diabetis|arthritis|osteoporosis|fibromyalgia|chronic fatigue|hiv|aids|hepatitis|\
        hepatitis c|stroke|strokes|mini stroke|mini strokes|tia|heart attacks|heart attack|heart disease|heart failure|heart condition|angina|\
        kidney failure|kidney disease|dialysis|chemo|chemotherapy|radiotherapy|autism|asd|aspergers|\
        asperger's|downs syndrome|down syndrome|down's syndrome|learning disability|\
        learning disabilities|learning difficulties|dyslexia|dyspraxia|tourettes|ocd|\
        eating disorder|anorexia|bulimia|personality disorder|bpd|panic attacks|\
        mental health problems|mental health issues|mental health condition|mental illness|\
        nervous breakdown|breakdown|miscarriage|abortion|brain injury|brain damage|sickle cell|\
        cystic fibrosis|muscular dystrophy|motor neurone disease|mnd|spina bifida|crohns|crohn's|\
        colitis|lupus|long covid|tuberculosis|tb|addiction|alcohol problem|drink problem|drug problem|\
        heroin|methadone|antidepressants|antipsychotics|insulin|oxygen|home oxygen|colostomy|\
        stoma|catheter|hearing loss|sight loss|chronic pain|terminal illness|disability|\
        disabilities|physical disability|mobility problems|mobility issues|sciatica|seizures|\
        overdose|self harm|self harming|immune system|transplant|kidney transplant|hip replacement|\
        pacemaker|glaucoma|macular degeneration|osteoarthritis|rheumatoid arthritis|gout|migraines|migraine|eczema|psoriasis|\
        endometriosis|thyroid problems|thyroid cancer|high blood pressure|blood clot|blood clots|dvt|sepsis|\
        pneumonia|covid pneumonia|bronchitis|vertigo|tinnitus|neuropathy|scoliosis|slipped disc|spinal injury|\
        back problems|heart problems|heart bypass|heart surgery|knee replacement|double amputee|hernia|ulcers|\
        leukaemia|hodgkins|myeloma|melanoma|secondary cancer|prostate cancer|lung cancer|skin cancer|brain cancer|\
        cerebral atrophy|huntingtons|huntington's|ataxia|me/cfs|chronic fatigue syndrome|vascular dementia|\
        lewy body|memory loss|mental breakdown|post natal psychosis|agoraphobia|social anxiety|severe anxiety|\
        gambling addiction|drug addiction|alcohol addiction|alcohol dependency|alcohol dependence|stillbirth|\
        ivf|hysterectomy|mastectomy|vasectomy|ptsd from|complex needs|special needs|additional needs|sen|\
        global developmental delay|developmental delay|foetal alcohol syndrome|fasd|pda|sensory processing disorder|\
        speech delay|selective mutism|tourettes|anaphylaxis|nut allergy|coeliac disease|coeliac|ibs|cataracts|paranoia|insomnia|post traumatic stress",
    ),
    // Health: states.
    (
        Cues::SENSITIVE,
        "diabetic|epileptic|autistic|disabled|blind|registered blind|partially blind|deaf|hard of hearing|\
        partially sighted|visually impaired|hearing impaired|pregnant|weeks pregnant|months pregnant|\
        expecting a baby|housebound|bedbound|bed bound|bedridden|wheelchair bound|suicidal|depressed|\
        terminally ill|paralysed|paraplegic|tetraplegic|quadriplegic|amputee|alcoholic|addict|\
        drug addict|drug user|recovering addict|hiv positive|asthmatic|immunosuppressed|\
        immunocompromised|incontinent|sectioned|self harms|self-harms|self-harming|self-harm|schizoaffective|bed-bound|house bound|\
        wheelchair-bound|in a wheelchair|deaf and blind|deafblind|nonverbal|non verbal|neurodivergent|neurodiverse|\
        hiv-positive|immune suppressed|menopausal|anorexic|bulimic|dyslexic|mentally ill|\
        learning disabled|clinically vulnerable|clinically extremely vulnerable|infertile|dna sample|\
        dna test",
    ),
    // Sexual orientation and gender.
    (
        Cues::SENSITIVE,
        "gay|lesbian|bisexual|transgender|transsexual|trans|trans man|trans woman|non binary|non-binary|\
        nonbinary|queer|asexual|pansexual|hiv status|homosexual",
    ),
    // Religion and belief.
    (
        Cues::SENSITIVE,
        "muslims|christians|catholics|jews|hindus|sikhs|buddhists|jehovahs witnesses|evangelical christian|pentecostal|\
        presbyterian|salvationist|scientologist|wiccan|shia|sunni|muslim|christian|jewish|jew|orthodox jewish|hindu|sikh|buddhist|catholic|roman catholic|\
        protestant|jehovahs witness|jehovah's witness|pagan|atheist|mormon|quaker|rastafarian|\
        methodist|baptist|church of england|born again christian|humanist|hasidic|ahmadi",
    ),
    // Racial or ethnic origin.
    (
        Cues::SENSITIVE,
        "pakistani|indian|bangladeshi|chinese|somali|nigerian|ghanaian|jamaican|polish|romanian|bulgarian|\
        albanian|afghan|syrian|iraqi|iranian|kurdish|ukrainian|eritrean|ethiopian|sudanese|turkish|\
        black british|black african|black caribbean|african caribbean|asian|south asian|\
        british asian|mixed race|mixed heritage|white british|white irish|arab|roma|romany|gypsy|\
        romany gypsy|irish traveller|traveller|irish travellers|travellers|romany gypsies|gypsies|roma gypsy|filipino|vietnamese|sri lankan|tamil|zimbabwean|\
        congolese|portuguese|lithuanian|latvian|hungarian|slovakian|black woman|black man|asylum seeker",
    ),
    // Political opinion and trade union membership.
    (
        Cues::SENSITIVE,
        "voted labour|voted tory|voted conservative|voted green|voted lib dem|voted reform|voted ukip|\
        voted snp|voted plaid|voted leave|voted remain|labour member|labour party member|\
        conservative party member|tory party member|green party member|lib dem member|reform member|\
        reform party member|communist|socialist|shop steward|union rep|union member|\
        trade union member|trade unionist|unison member|unison rep|unite member|unite rep|gmb member|\
        gmb rep|gmb shop steward|neu member|neu rep|rmt member|rmt rep|nasuwt member|usdaw rep|usdaw member",
    ),
    (
        Cues::OFFENCE,
        "in jail|in prison|in custody|in police custody|on bail|on tag|on a tag|on remand|on probation|\
        on parole|on licence|on curfew|on a curfew|out of prison|out of jail|released from prison|\
        released from jail|convicted|conviction|convictions|spent conviction|unspent conviction|\
        criminal record|criminal conviction|criminal convictions|on the sex offenders register|\
        sex offenders register|sex offender|registered sex offender|caution|police caution|cautioned|\
        community service|community order|community payback|arrested|charged with theft|charged with assault|charged with fraud|charged with burglary|charged with possession|charged with murder|charged with criminal damage|charged with drink driving|charged with abh|charged with gbh|charged with an offence|sentenced|served time|\
        did time|doing time|ex offender|ex-offender|ex con|ex-con|restraining order|\
        suspended sentence|young offenders|electronic tag|ankle tag|sent to prison|jailed|imprisoned|done time|been inside|been to prison|been to jail|in young offenders|in a young offenders|\
        on home detention|on home curfew|on police bail|released on licence|released under investigation|\
        cautioned|sent to jail|\
        sent down|inside for|locked up|drug dealing|dealing drugs|drink driving|shoplifting|prison sentence|\
        driving ban|banned from driving|stalking conviction|non molestation order",
    ),
];
