//! The phrases that are cues: what says what a value is, or is not.
//!
//! How they are found is in [`super::cues`]; those of health, beliefs and offences are in [`super::lexicon`].

use super::cues::Cues;

/// Phrases by what they say, as they stand in normalised text: number words are digits there.
/// The longest phrase wins, so that "order number" is no "number" and "id card" no "card".
pub(super) const PHRASES: &[(Cues, &str)] = &[
    (
        Cues::NONE,
        "notice of marriage|notice of marrage|marriage notice|methodist hall|methodist church|methodist chapel|baptist church|catholic church|lower case|upper case|on the phone|over the phone|on my phone|phone app|number on the back of the bin|back of the bin|back of the house|back of the lamp post|back of the sign|birthday party|birthday card|birth certificate|birthday honours|birthday bank holiday|birth certificates|\
        birthday cake|birthday present|born again|registering a birth|register a birth|birth rate",
    ),
    (
        Cues::CARD,
        "card|cards|card number|card no|card num|card details|long number|16 digit number|16 digits|\
        visa|mastercard|master card|mcard|amex|american express|maestro|barclaycard|debit card|\
        credit card|debit|bank card|pay with|payment card|visa debit|cardnumber|card is|switch card",
    ),
    (
        Cues::CVV,
        "c v v|c v c|the signature|security digits|signature side|white strip|little number|smaller number|number behind|ccv|ccv is|secret number|secret code|on the front|4 digits|4 digit code|4 digit number|cvv|cvc|csc|cid|cv2|cvv2|cvc2|cvn|security code|sec code|card security number|\
        3 digits on the back|3 numbers on the back|number on the back|digits on the back|\
        on the back|last 3 digits|3 digit code|3 digits|4 digits on the front|card code|cvv number|code on back|back says|back of it says|the back|3 digit number|3 digit code is|3 figure number|3 numbers|last 3 are|back is|\
        sec no|secure code|verification code|signature strip|code on the back|code on the card|on back|numbers on back|digits on back|back of the card|\
        back of card|3 on the back|last 3|security number|back number|number on back|\
        cvv code|cvc number|cvc code|verification value|security numbr|security thing|security is|security no|the strip|code is on the back",
    ),
    (
        Cues::EXPIRY,
        "card finishes|finishes|now till|runs till|runs until|exp|date's|date on it|expiry|expires|expiry date|exp date|expiration|expiration date|valid thru|valid until|\
        valid to|expiring|expire|expires end|expires end of|expirey|end date|good thru|runs out|run out|runs out in|card says|ends|ends in|card ends|end of|valid till|valid thro|thru|expires on|valid til|use by|mm/yy|good till|good til|good until|out of date",
    ),
    (
        Cues::NINO,
        "nas ins|nash ins|nat insurance|natl ins|nat ins number|nino|ni number|ni no|ni num|ni|n.i.|n.i|n i number|n.i. number|national insurance|nat ins|\
        natinal insurance|national insurence|nationl insurance|national ins|insurance no|\
        insurance number|insurance num|ni is|national insurance number|national insurance no",
    ),
    (
        Cues::NHS,
        "health service|health numbers|hospital number|patient number|pt number|nhs number|nhs no|nhs num|nhs|n h s|n.h.s|health number|medical card number|red book number|red book|nhs ref",
    ),
    // Beside a number that passes the check of an NHS number.
    (
        Cues::PATIENT,
        "hospital|health visitor|midwife|patient|pt|surgery|clinic|ward|is mine|discharged|prescription|doctor|doctors|gp|wristband",
    ),
    (
        Cues::SORT_CODE,
        "sort code|sortcode|sort|sought code|s/c|sc|sort cod|srt|srt code|bank sort code|sort number|sort code is|sortcode is",
    ),
    (
        Cues::ACCOUNT,
        "ac|acc.|account is|account number|account no|account num|acc number|acc no|acc num|acct|acct no|acct number|acc|\
        a/c|a/c no|a/c number|bank acc|bank account|account|bank account number|account numbr|accnt|acount|acount number|\
        bank details|bacs details|bank acct|building society account",
    ),
    // Where money goes or comes from.
    (
        Cues::BANK,
        "credit union|bank|banks|branch|bank details|standing order|bacs|bacs details|refund|refunded|refund to|pay into|go in|go into|goes into|gone into|gone to|went into|paid into|pay it into|transfer|direct debit|barclays|lloyds|natwest|\
        hsbc|santander|nationwide|halifax|monzo|starling|rbs|tsb|t s b|nat west|bank of scotland|co op bank|co-op bank|first direct|\
        metro bank|revolut|building society",
    ),
    // Directly beside a sort code, which may then look like a day.
    (
        Cues::BANK_NAME,
        "barclays|lloyds|natwest|nat west|hsbc|santander|nationwide|halifax|monzo|starling|rbs|tsb|t s b|bank of scotland|co op bank|co-op bank|\
        first direct|metro bank|revolut",
    ),
    (
        Cues::UTR,
        "tax letter|revenue letter|unique something reference|unique ref|customs letter|inland revenue|last return|tax man|taxman|utr|u t r|u.t.r|unique taxpayer reference|unique tax reference|unique tax ref|tax ref|\
        tax reference|tax reference number|tax office|unique taxpayer ref|taxpayer ref|taxpayer number|utr ref|taxpayer reference|tax payer reference|utr number|utr no|\
        self assessment|self employed reference|hmrc reference|hmrc ref|hmrc|self assesment|self-assessment|self assessment ref|self assessment ref no|self assessment reference|\
        unique tax no|unique tax number|tax number|tax return|\
        tax no|taxpayer|unique tax payer|unique tax payer ref|tax payer ref|self employed|self-employed|self emp|self-emp|sole trader|accountant",
    ),
    (
        Cues::PASSPORT,
        "travel book|travel document|burgundy book|passpot|paspot|passport office|passport|passport number|passport no|passport num|pport|pasport|passprt|passport is|passports|pass port|passprot|ppt",
    ),
    (
        Cues::LICENCE,
        "driving licence|driving license|driver licence|drivers licence|driver's licence|drivers license|\
        licence|license|licence number|license number|licence no|license no|driver number|\
        driving licence number|drivers number|dl|dl no|dvla|driver no|driving lisence",
    ),
    (
        Cues::VEHICLE,
        "reg|registration|registration number|reg number|reg no|reg num|registration mark|vrm|car|cars|\
        van|vans|vehicle|vehicles|plate|plates|number plate|number plates|numberplate|numberplates|\
        licence plate|license plate|motor|motorbike|motorcycle|moped|scooter|lorry|truck|taxi|minicab|\
        caravan|campervan|motorhome|trailer|parked|permit for|mot|v5|v5c|car reg|vehicle reg|beetle|\
        ford|fiesta|focus|transit|vauxhall|corsa|astra|bmw|audi|golf|mercedes|merc|toyota|yaris|nissan|\
        micra|qashqai|honda|kia|hyundai|skoda|fiat|peugeot|citroen|renault|clio|volvo|mini|land rover|\
        range rover|jeep|tesla|mazda|suzuki|volkswagen|vw|minibus|driving a|driver|plates|number plates|\
        reg plate|reg is|seat ibiza|seat leon|dacia|lexus|jaguar|porsche|subaru|mitsubishi|alfa romeo|smart car|polo|passat|punto|\
        insignia|juke|berlingo|vivaro|sprinter|mondeo|zafira|picasso|pickup|pick up|hgv|quad|quad bike|hatchback|4x4|suv|people carrier|\
        motability|bentley|rover|bus lane|ulez|clean air|diesel|clamped|towed|towed away|untaxed|sorn|blocking|resident permit|parking permit|visitor permit|residents permit|\
        parking ticket|parking fine",
    ),
    // What is done with vehicles.
    (
        Cues::PARKED,
        "permit|permits|pcn|ticket|tickets|parks|parking|abandoned|dumped|speeding|no tax|tax|clamp|my drive|dropped kerb|\
        insurance|blue badge|visitor|visitors|collided|hit and run|drove off|driving|multi storey|car park|season ticket|carers permit",
    ),
    // Directly before a registration of any style.
    (
        Cues::PLATE,
        "registered|regd|reggie number|reg|registration|registration number|registration is|reg number|reg no|reg is|reg plate|reg num|vrm|plate|plates|number plate|number plates|\
        numberplate|number plate is|plate is|plates are|plates say|plate says|plate number|car reg|vehicle reg|registration mark|private plate|personal plate",
    ),
    (
        Cues::POSTCODE,
        "postcode|post code|postal code|pcode|zip code|postcode is|postcode's",
    ),
    (
        Cues::PHONE,
        "phone|phone number|phone no|phone num|mobile|mobile number|mobile no|mob|mob no|tel|tel no|\
        telephone|telephone number|landline|landline number|call me|call me on|call me back on|ring me|\
        ring me on|text me|text me on|contact number|contact no|contact me|contact me on|reach me|\
        reach me on|call|ring|text|whatsapp|my number|my number is|home number|work number|cell|\
        phone me|fone|mobile is|number to call|home line|my line is",
    ),
    (
        Cues::EMAIL,
        "email|e-mail|e mail|emails|mail me|email address|e-mail address|email is|mail is|my email|emailed",
    ),
    (
        Cues::BIRTH,
        "date birth|d of b|dob was|came into this world|dob|d.o.b|d.o.b.|d o b|date of birth|born|born on|born in|birthday|birthday on|birth date|birthdate|birth|bday|\
        b-day|date-of-birth|dateofbirth|birthday is|birthday was|birthday's|dobs|bday is|dob is|date of brith|baby came|baby came on|baby arrived|baby arrived on|\
        arrived on the|baby boy arrived|baby girl arrived|boy arrived|girl arrived|gave birth|gave birth on|had the baby|had a baby on|had my baby on|had our baby on|came into the world|year of birth|birthdays are|\
        birthdays|d o b is|im 16",
    ),
    // Before the day on which somebody became an age.
    (
        Cues::TURNED,
        "he turned|she turned|i turned|who turned|son turned|daughter turned|lad turned|mum turned|dad turned|nan turned|twins turned|\
        baby turned|child turned|brother turned|sister turned|husband turned|wife turned|just turned|he turns|she turns|son turns|\
        daughter turns|mum turns|dad turns|twins turn|i turn|lad turns",
    ),
    (
        Cues::IP,
        "router says|ip thing|ip|ip address|ipv4|ipv6|ip is|i.p.|ip addr",
    ),
    (
        Cues::COUNCIL_TAX,
        "demand notice|banded wrong|orange notices|band d|c t ref|c.tax|tax referance|councl tax|arrears|instalments|summons|the summons|tax bill|tax ref|tax reference|single person|second home|empty property|single person discount|single occupancy|liability order|council tax|counciltax|council tax ref|council tax reference|council tax reference number|\
        council tax account|council tax account number|council tax number|council tax no|\
        council tax bill|council tax acc|ctax|ct|ct ref|c/t|c/t ref|c/t number|ct account|ct acc|ct acct|ct number|ct no|council tax acct|ctax account|ctax number|c tax ref|c tax account|council tax account ref|\
        council tax ref number|council tax account reference|counciltax ref|council tax acct no|ctax ref|c tax|c/tax",
    ),
    (
        Cues::BADGE,
        "badge|bb number|bb no|parking badge|badge reference|badge reference number|blue badge reference|blue badge reference number|badge ref|badge serial number|\
        badge is|badge says|badge serial|badge number is|badges|blue bage|badge's|badge's reference|badge serial no|badge (serial|badge, serial no|badge, serial number|blue badge serial|blue badge serial number|blue badge|blue badge number|blue badge no|bluebadge|disabled badge|blue badge ref|badge number|\
        badge no|blue badge is|disability badge",
    ),
    (
        Cues::REFERENCE,
        "order|order number|order no|ordered|ref|refs|ref no|ref number|reference|reference number|\
        reference no|ticket|ticket number|ticket no|case number|case no|case ref|job number|\
        job no|job ref|invoice|invoice number|invoice no|planning|planning application|application|\
        application number|application no|app no|pcn|pcn number|penalty|penalty charge|\
        penalty charge notice|penalty notice|charge notice|fine number|fine no|fine ref|notice|notice number|parcel|tracking|\
        tracking number|serial|serial number|serial no|model|model number|barcode|receipt|\
        receipt number|booking|booking number|booking ref|confirmation|confirmation number|enquiry|\
        enquiry number|complaint|complaint number|incident|incident number|crime number|crime ref|\
        crime reference|log number|account ref|account reference|customer number|customer ref|\
        customer reference|payment ref|payment reference|payment reference number|rent account|rent acc|\
        rent account number|rent ref|tenancy ref|tenancy reference|grid ref|grid reference|meter|\
        meter reading|meter number|uprn|usrn|po number|purchase order|isbn|library card|\
        library card number|id card|bus pass|pass number|membership|member number|membership number|\
        sku|part number|batch|transaction|transaction id|lamp post|lamp column|column number|\
        column|asset|asset number|street light|council tax band|permit number|permit no|\
        water account|energy account|customer account|report number|request number|request|sr number|\
        service request|petition|freedom of information|foi|foi ref|charity number|company number|\
        company no|parcel number|delivery|delivered|delivery number|purchase|purchased|bought|amazon|ebay|\
        quotation|quote number|docket|item number|product code|order id|order ref|dispatched|despatched|courier|\
        shipment|reciept|collection number|collection ref|reservation|voucher|customer id|user id|request id|\
        vat number|vat no|vat reg|licence ref|bus stop|stop code|bin number|bin no|reporting",
    ),
    (
        Cues::PERMIT,
        "permit|permits|badge|pass|bus pass|licence plate|hackney|licence|license|passport|mot|road tax|tax disc|lease|tenancy|\
        contract|membership|insurance|certificate|offer|answer|season ticket|visa application|\
        leave to remain|dbs|appointment|resident permit|residents permit|parking permit|blue badge",
    ),
    (
        Cues::PUBLIC,
        "right number|correct number|right number for|is the number for|your number|council number|\
        number for the|do i ring|do i call|should i ring|should i call|told to ring|told to call|told me to ring|told me to call|\
        line is|is the number|the council's|helpline|switchboard|your phone number|office number|your office|\
        switchboard number|recorded message|tel no for|firm's number|website says|website said|site says|your website|leaflet says|phone line|your line|your email|still the number|department|reception|customer services|\
        out of hours|council on|the council on|rang the council|emergency line|hotline|council line|advice line|\
        booking line|for the council|parking team|housing team|benefits team|planning team|number for parking|\
        number for bins|council offices|town hall|contact centre|call centre|council email|right email|correct email|right address for",
    ),
    (
        Cues::VERSION,
        "version|ver|release|build|section|paragraph|para|clause|chapter|policy|v|app|firmware|software|update|\
        by-law|ios|android|windows|chrome|browser|firefox|safari|adobe|appendix|schedule|table|figure|regulation",
    ),
    // Said of a number or an address that somebody else published.
    (
        Cues::ASKED,
        "right number|correct number|right phone number|correct phone number|right telephone number|\
        right number to ring|right number to call|right email address|correct email address|number right|right number for|correct number for|\
        is the number for|number for the|right email|correct email|right email for|correct email for|\
        right address|is the email for|right line|is that you|is this you|is that really you|was that you|\
        is that your number|is that your email",
    ),
    // Beside a number that is rung, in other countries' forms.
    (
        Cues::DIAL,
        "office|fax|answering at|ext|extension|direct line|switchboard",
    ),
    // What else happens on a day.
    (
        Cues::EVENT,
        "marriage|marriage certificate|wedding certificate|death certificate|what day|what day was|which day|since|married|wedding|anniversary|died|death|dead|passed away|tenancy|moved|moving|built|dated|letter|bought|purchased|\
        opened|planning|granted|convicted|listed|census|war|lease|deeds|photo|retired|started|start date|joined|established|\
        issued|expires|expired|between|until|till|election|minutes|licence|permit|approved|installed|decision|arrived|accident|offence",
    ),
    // Directly before a date, which is then of their birth.
    (
        Cues::RELATION,
        "twins both|twins, both|kids both|kids, both|kids are|children are|middle 1 is|kids|children|2 kids|eldest is|youngest is|oldest is|eldest|youngest|twins|son|daughter|lad|little lad|boy|little boy|girl|little girl|baby|grandson|granddaughter|nephew|niece|husband|wife",
    ),
    // What council tax is spoken of by that does not name it.
    (
        Cues::BILL,
        "i owe|we owe|owe on|bill|bills|e-bill|ebill|final demand|payment plan|bailiff|bailiffs|exemption|sole occupier|occupier discount",
    ),
    // Before a number, where council tax was spoken of.
    (
        Cues::TAX_REF,
        "ref|ref is|ref no|ref number|reference|reference is|reference number|account ref",
    ),
    // Numbers of what somebody asked or complained about.
    (
        Cues::CASE,
        "summons number|summons no|case number|case no|case ref|complaint number|complaint ref|ticket number|ticket no|job number|job no|order number|\
        invoice number|incident number|enquiry number|crime number|log number|request number|report number|booking ref|\
        booking number",
    ),
    // Before letters and digits that are a code of some other sort.
    (
        Cues::CODE,
        "sheet|ref|reference|ref no|reference number|order|order number|job|job number|case|case number|form|product|\
        model|item|voucher|promo code|discount code|code|application|booking ref|planning|serial|\
        serial number|lamp post|column|asset|part|room|grid ref|order code|tracking|parcel|invoice number|invoice no|licence ref",
    ),
];
