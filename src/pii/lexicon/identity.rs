//! Faith, origin, whom somebody loves, politics, unions, body data: the rest of Article 9.

use super::super::cues::Cues;

/// Terms by how they are said of a person.
pub(in crate::pii) const TERMS: &[(Cues, &str)] = &[
    // Sexual orientation and gender.
    (
        Cues::STATE,
        "gay|openly gay|lesbian|lesbians|bisexual|bi sexual|transgender|transsexual|trans|trans man|trans woman|trans girl|\
        trans boy|non binary|non-binary|nonbinary|gender fluid|genderfluid|queer|asexual|pansexual|homosexual|lgbt|lgbtq|\
        intersex|same sex couple|same-sex couple|gay couple|lesbian couple|same sex parents",
    ),
    (
        Cues::FACT,
        "came out as trans|came out as gay|came out as a lesbian|came out as lesbian|came out as bi|came out as non binary|\
        come out as trans|come out as gay|coming out as trans|coming out as gay|transitioning|transitioned|\
        sex change|gender reassignment|gender reassignment surgery|top surgery|bottom surgery|into blokes|into men|\
        into girls and boys|hiv status|in a same sex relationship|in a gay relationship|in a civil partnership with a woman",
    ),
    // More of these.
    (
        Cues::STATE,
        "demisexual|agender|trans masc|trans femme|transmasc|transfem|cross dresser|gender non conforming|closeted|\
        bicurious|heterosexual",
    ),
    // Religion and belief.
    (
        Cues::STATE,
        "humanists|bahá'í|baha'i|muslim|muslims|christian|christians|catholic|catholics|roman catholic|jewish|jew|jews|orthodox jewish|orthodox jew|hasidic|\
        haredi|charedi|hindu|hindus|sikh|sikhs|buddhist|buddhists|jain|bahai|zoroastrian|parsi|protestant|anglican|methodist|\
        baptist|presbyterian|evangelical|evangelical christian|pentecostal|born again christian|church of england|\
        c of e|greek orthodox|russian orthodox|orthodox christian|coptic|seventh day adventist|salvationist|\
        jehovahs witness|jehovah's witness|jehovahs witnesses|jehovah's witnesses|mormon|mormons|latter day saint|quaker|quakers|\
        plymouth brethren|rastafarian|rasta|pagan|wiccan|druid|spiritualist|scientologist|hare krishna|sunni|shia|\
        sunni muslim|shia muslim|ahmadi|ismaili|sufi|atheist|agnostic|humanist|non religious|born again|practising muslim|\
        practising catholic|practising christian|devout muslim|devout catholic|devout christian|strict muslim|church goer|churchgoer",
    ),
    (
        Cues::FACT,
        "converted to islam|convert to islam|converted to judaism|converted to christianity|converted to catholicism|muslim convert|\
        fasting for ramadan|observe ramadan|observing ramadan|keep ramadan|keep kosher|observe shabbat|keep shabbat|keep the sabbath|\
        observe the sabbath|observing shabbat|wears a hijab|wear a hijab|wears hijab|wears the niqab|wear the niqab|wear a niqab|wears a turban|\
        wear a turban|wears a burka|pray 5 times a day|go to mosque|goes to mosque|go to mass|\
        goes to mass|go to synagogue|goes to synagogue|go to the gurdwara|go to temple every|go to church|goes to church|attend church|attends church|attend mosque|attends mosque|\
        eat halal|eats halal|eat kosher|eats kosher|only eat halal|only eats halal",
    ),
    // Smaller faiths.
    (
        Cues::STATE,
        "orthodox|unitarian|christadelphian|christian scientist|alevi|yazidi|druze|salafi|deobandi|barelvi|shinto|taoist|lds|\
        free church|born again believer|messianic jew|reform jew|liberal jew|ashkenazi|sephardi|hanafi|wahhabi|\
        ravidassia|valmiki|namdhari|amritdhari|zen buddhist|calvinist|lutheran|moravian|congregationalist|\
        catholic convert",
    ),
    // Racial or ethnic origin: peoples, and countries' adjectives.
    (
        Cues::ORIGIN,
        "windrush man|windrush woman|windrush family|windrush generation|traveling community|mixed white and asian|mixed white and black caribbean|\
        mixed white and black african|white and asian|white and black caribbean|white and black african|pakistani|british pakistani|indian|british indian|bangladeshi|british bangladeshi|bengali|punjabi|gujarati|kashmiri|mirpuri|sylheti|\
        tamil|sri lankan|nepali|nepalese|gurkha|goan|afghan|afghani|pashtun|hazara|iranian|persian|iraqi|kurdish|kurd|syrian|lebanese|\
        palestinian|jordanian|yemeni|saudi|egyptian|libyan|tunisian|algerian|moroccan|berber|sudanese|south sudanese|eritrean|\
        ethiopian|tigrinya|tigrayan|oromo|amhara|somali|somalian|djiboutian|kenyan|ugandan|tanzanian|rwandan|burundian|congolese|angolan|\
        zambian|malawian|zimbabwean|shona|ndebele|south african|botswanan|namibian|mozambican|nigerian|yoruba|igbo|hausa|\
        ghanaian|ashanti|ivorian|togolese|cameroonian|gambian|senegalese|sierra leonean|liberian|guinean|malian|jamaican|\
        trinidadian|barbadian|bajan|guyanese|grenadian|st lucian|dominican|haitian|cuban|west indian|brazilian|colombian|\
        ecuadorian|bolivian|peruvian|venezuelan|argentinian|chilean|mexican|chinese|cantonese|hakka|hong konger|\
        taiwanese|vietnamese|thai|filipino|filipina|malaysian|indonesian|singaporean|burmese|rohingya|karen refugee|cambodian|laotian|korean|\
        japanese|mongolian|uyghur|tibetan|kazakh|uzbek|tajik|armenian|georgian refugee|azerbaijani|turkish|turkish cypriot|\
        greek cypriot|cypriot|greek|albanian|kosovan|serbian|bosnian|croatian|montenegrin|macedonian|bulgarian|romanian|\
        moldovan|hungarian|slovak|slovakian|czech|polish|lithuanian|latvian|estonian|belarusian|ukrainian|ukranian|\
        russian|chechen|portuguese|spanish|italian|french|german|dutch|maltese|roma|romany|romani|gypsy|gypsies|romany gypsy|\
        romany gypsies|roma gypsy|english gypsy|irish gypsy|romanian gypsy|irish traveller|irish travellers|traveller|travellers|\
        welsh traveller|scottish traveller|travelling community|traveller community|showman|african|black african|west african|east african|\
        north african|caribbean|black caribbean|african caribbean|afro caribbean|afro-caribbean|black british|\
        black|asian|south asian|british asian|east asian|middle eastern|arab|arabic|mixed race|mixed-race|mixed heritage|\
        dual heritage|white british|white irish|white european|latin american|latino|latina|person of colour|woman of colour|\
        asylum seeker|asylum seekers|refugee|refugees",
    ),
    // Smaller peoples and further ones.
    (
        Cues::ORIGIN,
        "cornish|kurds|poles|turks|somalis|pakistanis|indians|bangladeshis|nigerians|romanians|ukrainians|syrians|afghans|irish|scottish|maori|australian|canadian|swedish|norwegian|finnish|icelandic|belgian|austrian|slovenian|fijian|\
        samoan|tongan|mauritian|seychellois|malagasy|antiguan|vincentian|kittitian|surinamese|honduran|guatemalan|\
        nicaraguan|salvadoran|puerto rican|panamanian|uruguayan|paraguayan|turkmen|kyrgyz|israeli|emirati|qatari|\
        kuwaiti|bahraini|omani|balochi|sindhi|malayali|telugu|sinhalese|bhutanese|kachin|hmong|mandinka|wolof|fulani|\
        kikuyu|zulu|xhosa|tswana|tutsi|hutu|chadian|beninese|gabonese|cape verdean|mauritanian|biracial|ethnic minority|\
        minority ethnic|native american|aboriginal|anglo indian|half chinese|half jamaican|half polish",
    ),
    // Political opinion.
    (
        Cues::FACT,
        "voted labour|voted tory|voted conservative|voted green|voted lib dem|voted reform|voted ukip|voted snp|\
        voted plaid|voted leave|voted remain|voted brexit|voted bnp|vote labour|vote tory|vote conservative|vote green|\
        vote lib dem|vote reform|vote plaid|vote snp|joined unison|joined unite|joined the union|joined the gmb|\
        voting labour|voting tory|voting conservative|voting green|voting reform|voting lib dem",
    ),
    (
        Cues::STATE,
        "tory|lib dem|liberal democrat|tory voter|green voter|lib dem voter|tory supporter|green supporter|\
        lib dem supporter|brexiteer|remainer|labour member|labour party member|member of the tory party|\
        member of the green party|member of reform|member of the lib dems|member of plaid cymru|\
        conservative party member|conservative member|tory party member|tory member|green party member|lib dem member|\
        reform member|reform party member|paid up tory|lifelong tory|lifelong labour|life long labour|life long tory|\
        tory boy|labour through and through|true blue tory|staunch labour|staunch tory|communist|socialist|marxist|\
        anarchist|trotskyist|corbynite|feminist|bnp member|ukip member|snp member|plaid member|tory activist|\
        momentum member",
    ),
    // Trade union membership.
    (
        Cues::STATE,
        "shop steward|union steward|union rep|union representative|union member|union man|union official|\
        trade union member|trade union rep|trade unionist|paid up union member|member of the union|member of a union|\
        member of a trade union|in unison|in unite|in the gmb|in the neu|in the rmt|in the cwu|in usdaw|in the union|\
        in a union|in a trade union",
    ),
    // Body data that tells somebody apart.
    (
        Cues::FACT,
        "scanned my face|scanned his face|scanned her face|scanned my daughters face|scanned my sons face|\
        scanned my childs face|scanned my kids face",
    ),
    (
        Cues::CONDITION,
        "dna|fingerprint|fingerprints|thumbprint|face scan|facial scan|retina scan|iris scan|biometrics|biometric data",
    ),
    // What a form calls it.
    (
        Cues::FIELD,
        "religion|religion or belief|religious belief|faith|belief|ethnicity|ethnic group|ethnic origin|ethnic background|\
        race|nationality|heritage|sexual orientation|orientation|sexuality|gender identity|trade union|union|\
        union membership|political party|political views|politics|party membership",
    ),
];
