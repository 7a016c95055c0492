//! The words that names of people come after or stand among: introductions, titles, sign-offs, kin, and
//! what makes a name a place's. How they are read is in [`super::person`].

use super::cues::Cues;
use super::vocabulary::Lists;

/// What comes before a name.
pub(super) const PHRASES: &[(Cues, &str)] = &[
    (
        Cues::NAMED,
        "married name's|maiden name's|my name is|my name's|my names|my full name is|my name|name is|name's|name:|name -|full name|\
        full name is|first name|first name is|last name|last name is|surname|surname is|forename|\
        in the name of|in my name|under the name of|under the name|signed|\
        i am called|i'm called|im called|known as|yours sincerely|yours faithfully|surname's|surnames|\
        first name's|his name is|her name is|his name was|her name was|their name is|name was|names is|name of child|childs name|\
        name of applicant|applicant name|contact name|forename|forenames|given name|middle name|family name|cc|\
        tenant name|tenants name|name of tenant|account holder|account name|1st name|maiden name|\
        married name|maiden name is|maiden name was|married name is|named after|nickname is|name is now|surname is now|is now called|name on card|name on account|cardholder name|cardholder|payee|name on it is",
    ),
    (
        Cues::MAYBE_NAMED,
        "goes by|go by|spelt|spelled|name of|name|names|i am|i'm|im|its|it's|it is|this is|cheers|thanks|thank you|thx|many thanks|regards|\
        kind regards|best wishes|best regards|ask|ask for|speak to|spoke to|spoken to|spoke with|\
        speak with|talk to|talked to|dear|hi|hello|my son|my daughter|my husband|my wife|my partner|\
        my mum|my mother|my dad|my father|my brother|my sister|my carer|my neighbour|my neighbor|\
        my social worker|my friend|my nan|my gran|my grandad|my uncle|my aunt|my nephew|my niece|\
        my boyfriend|my girlfriend|my landlord|my landlady|my key worker|my support worker|neighbour|\
        carer|landlord|social worker|tenant|called|is called|\
        knows me as|here as|put it under|booked under|its under|it's under|listed under|registered under|it says|should be|should say|should read|down as|calls me|calls him|calls her|call him|call her|love from|call me|people call me|named him|named her|speaking to|speaking with|behalf of|on behalf of|care of|c/o|caller is|you are speaking to|the wife|\
        the husband|hubby|his name|her name",
    ),
    // Before a surname.
    (
        Cues::TITLED,
        "mr|mrs|ms|mx|miss|dr|mister|doctor|rev|reverend|prof|professor|pc|master|sgt|sergeant|officer|sir|dame|nurse|captain|cdr|col|colonel|capt|lt|pastor|imam|rabbi",
    ),
    // Before a name that ends the message.
    (
        Cues::SIGN_OFF,
        "cheers|thanks|thank you|ta|thx|many thanks|thanks again|thanks very much|thank you very much|ta very much|thanks a lot|\
        thanks in advance|regards|kind regards|best wishes|best regards|\
        love|yours|yours sincerely|yours faithfully|warm regards|sincerely|best",
    ),
    // Words that a place or an organisation may follow as well.
    (
        Cues::KNOWN_NAMED,
        "from|by|with|and|for|told|tell|asked|saw|met|thats|that's|that is|me and|mate|my mate|rang|phoned|emailed|\
        messaged|addressed to|letter for|named|know|our|us and|contact|report|reporting|executor for|the late|fao|attention of",
    ),
    // Names of people and things that everybody knows, and that are nobody's in particular.
    (
        Cues::FAMOUS,
        "mark drakeford|eluned morgan|mary queen of scots|jack charlton|sadiq khan|arnold clark|robert burns|rabbie burns|dylan thomas|isaac newton|charles darwin|owain glyndwr|roald dahl|kemi badenoch|ed davey|rachel reeves|nicola sturgeon|john swinney|unite|unison|american express|nat ins|captain cook|rick astley|tom, dick and harry|vera lynn|charlie chaplin|captain tom|joe wicks|frank sinatra|robert owen|james herriot|fred dibnah|dorothy perkins|george v|baden-powell|baden powell|elvis presley|taylor swift|ed sheeran|bob marley|freddie mercury|david bowie|agatha christie|charles dickens|william shakespeare|jane austen|guy fawkes|big ben|hey jude|sweet caroline|baby shark|morris dancers|morris dancing|morris men|holly tree|ivy hedge|lily of the valley|juliet balcony|henry hoover|henry vacuum|tom dick or harry|tom dick and harry|dick or harry|dick and harry|del boy|rodney trotter|angus beef|my patience|patience of|grace and mercy|ramadan mubarak|eid mubarak|romeo and juliet|marcus rashford|reggie number|reggie plate|jack and jill|marks and spencer|marks & spencer|peter and paul|william hill|john lewis|dr martens|doc martens|\
        mr whippy|mr kipling|mr muscle|mrs hinch|dr oetker|dr pepper|george and dragon|george & dragon|stanley matthews|\
        florence nightingale|bessie surtees|emmeline pankhurst|wilfred owen|thomas more|alan turing|mary seacole|marie curie|\
        sue ryder|robert dyas|laura ashley|ted baker|paul smith|fred perry|hugo boss|thomas cook|george at asda|ben and jerrys|\
        harry potter|peter rabbit|peter pan|james bond|sherlock holmes|thomas the tank|bob the builder|robin hood|jack the ripper|\
        jesus christ|jesus|king charles|prince charles|king george|queen victoria|queen elizabeth|prince william|prince harry|\
        princess diana|john smiths|jack daniels|captain morgan|johnnie walker|john deere|betty boop|santa claus|father christmas|\
        alexa|siri|cortana|keir starmer|rishi sunak|boris johnson|nigel farage|theresa may|tony blair|margaret thatcher|\
        winston churchill|adam was a|attila the hun|peter kay|david attenborough|eddie the eagle|henry the 8th|henry viii|bloody mary|paddy power|stan ogden|\
        ken barlow|bet lynch|phil mitchell|\
        ant and dec|ant & dec|ant n dec|cilla black|terry wogan|jeremy clarkson|jeremy kyle|gordon ramsay|jamie oliver|\
        mary berry|paul hollywood|alan shearer|david beckham|harry kane|bobby charlton|\
        alex ferguson|banksy|ls lowry|\
        victoria wood|julie walters|ken dodd|eric morecambe|tommy cooper|les dawson|billy connolly|ricky gervais|del boy|\
        alan partridge|mr bean|mr blobby|mrs brown\'s boys|father ted|\
        captain mainwaring|miss marple|\
        postman pat|fireman sam|wallace and gromit|paddington bear|winnie the pooh|mary poppins|\
        tiny tim|\
        king arthur|king john|anne boleyn|lady godiva|lady gaga|dick turpin|dick whittington|\
        george orwell|mother teresa|george michael|elton john|tom jones|\
        john lennon|paul mccartney|amy winehouse|donald trump|joe biden|barack obama|\
        elon musk|greta thunberg|andy burnham|angela rayner|david cameron|gordon brown|liz truss|jeremy corbyn|\
        usain bolt|lewis hamilton|andy murray|\
        martin lewis|mr men|jack frost|\
        uncle bob|bobs your uncle|uncle sam|uncle ben\'s|nosy parker|norman wisdom|martin luther king|bobby moore|bob marley|elvis|taylor swift|ed sheeran|michael jackson|billy elliot|\
        sarah's law|sarahs law|martyn's law|martyns law|clare's law|clares law|helen's law|lady jane grey|catherine cookson|agatha christie|charles dickens|jane austen|beatrix potter|peppa pig|your patience|\
        for patience|thomas hardy|mrs tiggywinkle|national highways|\
        john o groats|davy crockett|nelson mandela|guy fawkes|burns night|tom dick and harry|joe public|joe bloggs|\
        jack russell|jack russells|king charles spaniel|prince albert|robin hood|christian aid|carol concert|carol service|christmas carol|\
        joy division|st john ambulance|chelsea tractor|chelsea tractors|georgian house|victorian house|jerry can|jerry built|jerry building|robin reliant|reliant robin|victoria sponge|charlotte potatoes|king edward potatoes",
    ),
    // Names of things.
    (
        Cues::NONE,
        "street name|road name|company name|business name|file name|user name|username|domain name|\
        brand name|school name|name of the street|name of the road|name of the company|name and address|\
        name and number|name badge|name plate|nameplate|change of name|name change|change my name|\
        team name|shop name|name on the|name of the",
    ),
];

/// The words that the grammars of names go by.
pub(super) const WORDS: &[(Lists, &str)] = &[
    (
        Lists::TITLE,
        "mr mrs ms miss mx dr sir rev the councillor cllr doctor nurse prof professor reverend pc sgt sergeant officer cdr captain col colonel capt lt pastor imam rabbi",
    ),
    (
        Lists::PET,
        "tabby moggy goat gecko staffie cockerel hen hens ferret tortoise parrot beagle poodle chihuahua pug husky dog dogs doggy puppy pup cat cats kitten rabbit hamster parrot budgie pony horse spaniel labrador terrier collie \
        staffy bulldog alsatian greyhound lurcher cockapoo dachshund whippet",
    ),
    (
        Lists::PARTICLE,
        "van de der den al el bin ibn da di la le du o mac mc st von bint ben ni nic ui ap ab",
    ),
    // First names that are places too: no name when they stand alone.
    (
        Lists::PLACE_NAME,
        "devon florence georgia jordan chelsea virginia victoria albert stanley nelson alexandra morgan ashley \
        kent roman austin carlisle chester lincoln charlotte regina adelaide wellington alexander douglas \
        gordon norman israel andrea nile clare ross marina george edward said don mercy milan orlando modesto basil heather rosemary \
        jasmine sydney paris lorraine alma salvador diego francisco antonio jose trinidad santiago lourdes clyde avon tyne",
    ),
    (
        Lists::BEFORE_PLACE,
        "in at near to on off of around by past through towards between via opposite outside across along down \
        up behind into onto over beyond above below",
    ),
    // What a place, a school or a pub is called after.
    (
        Lists::SAINT,
        "st sts saint saints queen queens king kings prince princess duke duchess lord lady bishop archbishop earl pope \
        sir dame santa san los hms ss the",
    ),
    (
        Lists::GREETING,
        "hi hello hiya hey hullo morning afternoon evening yes yeah salaam right ok there love luv alright ey up mate um er team",
    ),
    (Lists::HERE, "here speaking calling"),
    (
        Lists::KIN,
        "mum mam mom mummy mother dad daddy father son sons daughter daughters lad lass boy boys girl girls husband hubby wife partner \
        boyfriend girlfriend brother sister bro sis nan nana gran granny grandma grandad granddad grandmother grandfather uncle aunt auntie aunty \
        nephew niece cousin law twins twin baby friend friends mate mates pal neighbour neighbours neighbor carer landlord landlady tenant lodger \
        flatmate housemate colleague boss fella bloke bloke ex fiance fiancee stepson stepdaughter stepdad stepmum grandson granddaughter \
        child kids lady manager caseworker worker nurse headteacher teacher",
    ),
    // Words that make the name before them a place or an organisation.
    (
        Lists::PLACE,
        "road rd street st avenue ave lane ln drive close crescent gardens grove terrace mews walk row way \
        place park square green hill court house hall hospital school academy college church centre center \
        surgery library ward station bridge gate estate council building tower lodge farm hotel pub arms \
        island roundabout junction canal river brook flats parade theatre inn tavern head club room rooms \
        allotments gala festival bypass bus line stop depot cup memorial statue monument court point wharf quay \
        bank foods store stores shop shops bakery cafe salon takeaway butchers barbers palace cathedral castle \
        stores supermarket line roundabout multi cemetery nursery museum theatre stadium market wood woods fields meadow common university trust \
        ltd limited society association charity foundation day week clinic pharmacy playground primary infants juniors academy high sixth stand \
        stage stadium shelter reserve marina wharf dock docks fields avenue boulevard parkway precinct retail business industrial trading estate festival \
        memorial fountain gallery library leisure baths pool gym cinema bingo grammar grammer street crossing ferry tunnel viaduct tram",
    ),
];
