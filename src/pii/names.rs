//! Words of names: common first names of people in the United Kingdom, first names that are everyday
//! words too, and words that are no name even after "my name is".
//!
//! The lists here are written by hand; the longer ones of rarer names are from a package, whose name
//! and licence are in `names/README.md`.

use super::vocabulary::Lists;

/// The lists, in alphabetical order. Where the files come from is in `names/README.md`.
pub(super) const WORDS: &[(Lists, &str)] = &[
    (Lists::FIRST_NAME, include_str!("names/given.txt")),
    (Lists::SURNAME, include_str!("names/surnames.txt")),
    (
        Lists::FIRST_NAME,
        "aaliyah aaron abbie abby abdi abdul abdullah abigail abiola adaeze adam adebayo adele adeola \
        aditi adnan adrian agnes agnieszka ahmad ahmed aidan aileen aisha aishah ajay akash alan \
        alastair albert aleksandra alessandro alex alexander alexandra alexandru alfie alfred ali \
        alice alicia alina alisha alison alistair allan allen allison amanda amara amelia amelie \
        amina aminah amir amit amna amy ana anastasia andrea andreea andrei andrew andrzej andy \
        aneta angela angelina angus anil anisa anita anjali ann anna annabel anne annette annie \
        anthony antoni antonio antony anwar anya aoife archie arjun arlo arnold arthur arun asha \
        ashley ashraf asif asma atif audrey ava ayaan ayesha aysha azra babatunde barbara barry \
        bartosz beata beatrice becky belinda ben benjamin bernadette bernard bernice bert beth \
        bethan bethany betty beverley bhavna bilal blessing bogdan bradley brandon brenda brendan \
        brian bridget bronwen bruce bryan bryony caitlin callum calum cameron camilla carl carla \
        carlos carly carmen caroline carolyn carys caspian catherine cathy catriona cecilia celia \
        ceri chantelle charlene charles charlotte chelsea cheryl chidi chinedu chioma chloe chris \
        christina christine christopher chukwu ciara cindy claire clara clare claudia clive colette \
        colin connor conor constance corey courtney craig cristina curtis cynthia dafydd damian \
        damien daniel daniela daniella danielle danny daphne daria darius darren dave david debbie \
        deborah debra declan deepa deepak delroy denis denise dennis derek dermot desmond devon \
        dhruv diana diane dimitar dinesh dmitri dominic dominik donald donna doreen doris dorothy \
        douglas duncan dylan eamon ebony eddie edith edmund edward edyta eileen elaine eleanor elena \
        eli elias elijah elise elizabeth ella ellen ellie elliot elliott eloise elsa elsie emeka \
        emilia emily emma emmanuel enid eric erica erin ernest esme esther ethan ethel euan eugene \
        eva evan evelyn evie ewa ewan ezra faisal farah farhan farooq fatima fatimah fatou felicity \
        felix fern fernando ffion filip finlay finley fiona florence florin folasade fran frances \
        francesca francis frankie fraser fred freddie frederick freya gabriel gabriela gail gareth \
        garry gary gavin gemma geoff geoffrey george georgia georgina gerald geraldine gerard gethin \
        ghulam gillian gina giovanni gladys glenda glenn gloria glyn gordon graeme graham greg \
        gregory greta grzegorz gulsen gurpreet guy gwen gwyneth habib hadiya hafsa halima hamid \
        hamza hana hanif hanna hannah harjit harminder harold haroon harpreet harriet harris \
        harrison harry harvey hasan hassan hayley heather hector helen helena henry hilary hilda \
        hollie howard hugh hugo humaira husna hussain hussein hywel iain ibrahim idris ieuan ifeoma \
        igor iman imogen imran ines ingrid ioan ioana ion irena irene irina iris isaac isabel \
        isabella isabelle isaiah isha isla ismail isobel ivan iwona jacek jackie jackson jacob \
        jacqueline jacqui jahangir jaime jakub jamal james jamie jane janet janice janine jasmin \
        jasmine jason jaspreet jay jayden jayne jeanette jeff jeffrey jenna jennifer jenny jeremy \
        jerry jerzy jess jesse jessica jill jim jimmy jo joan joanna joanne jodie joe joel john \
        johnny jon jonathan jordan jose joseph josephine josh joshua joyce juan judith judy julia \
        julian julie juliet julius justin justyna kabir kai kaleem kamal kamil kamila karen karim karl \
        karol karolina kashif kasia kate katherine kathleen kathryn kathy katie katrina katy kavita \
        kayla kayleigh keiran keith kelly kelvin ken kenneth kerry kevin khadija khadijah khalid \
        kieran kim kimberley kiran kirsten kirsty krishna krystyna krzysztof kulwinder kwame kyle \
        kylie lakshmi lara latoya laura lauren laurence leah leanne leila lena lenny leo leon leona \
        leonard lesley leslie lewis lexi liam libby lilian lillian linda lindsay lindsey linh lionel \
        lisa liz lloyd logan lola lorna lorraine louis louisa louise luca lucas lucia lucinda lucy \
        luis lukasz luke lydia lyn lynda lynn lynne mabel maciej maddie madeleine madison magda \
        magdalena mahmood mahmoud maisie malcolm malgorzata malik mandy manjit manuel marcel marcia \
        marcin marco marcus marek margaret maria mariam marian marie marilyn mario marion marius \
        marjorie marlon marta martha martin martyn mary maryam mateusz mathew matilda matthew \
        maureen maurice mavis maxine maya meera megan mehmet mel melanie melissa mercy mia michael \
        michal michelle miguel mihai mike mikolaj milan mildred millie milly mina miriam mo mohamed \
        mohammad mohammed mohamud mohsin moira molly mona monica monika morgan moses muhammad mukesh \
        muriel musa mustafa myra nabila nadeem nadia nadine naeem naila naomi narinder nasir nasreen \
        natalia natalie natasha nathan nathaniel naveed neha neil nell nelson neville ngozi nia \
        niall niamh nicholas nicola nicole nicoleta nige nigel nikhil nikita nikki nina nisha noah \
        noel noor nora noreen norma norman nour nuala nusrat octavia oleksandr olena olga oliver \
        olivia olu oluwaseun omar oscar osman owain owen pamela parveen pascal patience patricia \
        patrick patryk paul paula paulina pauline pavel pawel pedro peggy percy peter petra phil \
        philip philippa phillip phoebe phyllis piotr polly prakash preeti priya quentin rachael \
        rachel radu rafal rahim rahul raj rajesh ralph ramesh rani rashid rashida raymond razia \
        rebecca reece reg reggie rehana renata rhian rhiannon rhys ricardo richard ricky rita riya \
        robert roberta roberto robin robyn rodney roger rohan roland roman ronald ronnie rory rosa \
        rosalind roseanne rosemary rosie ross roxanne roy ruairi rukhsana rupert russell ruth ryan \
        sabina sabrina sadia sadie sadiq saeed safiya sahra saima sajid salim sally salma sam \
        samantha samina samir samira samuel sana sandeep sandra sanjay santiago sara sarah sasha \
        satnam saul scarlett scott sean sebastian selina serena sergei shabana shabir shahid shaista \
        shakil shamim shamima shane shanice shannon sharon shaun shauna shazia sheila shelley sheryl \
        shirley shreya shu sian sidney silvia simon sinead siobhan sofia sohail sonia sophia sophie \
        stacey stan stanislaw stanley stefan steffan stella stephanie stephen steve steven stewart \
        stuart sukhdev suleman sunita surinder susan susanna susannah susie suzanne svetlana sylvia \
        szymon tahir tamara tamsin tania tanisha tanya tara tariq tasha tatiana tatyana tayyab ted \
        terence teresa terri terry tessa thelma theo theodore theresa thomas tia tiffany tilly tim \
        timothy tina toby todd tom tomasz tommy toni tony tracey trevor tristan trudy tunde uche \
        umar usha usman valerie vanessa vasile vera verity vernon veronica vicky victoria vijay \
        vikram vincent virginia vishal vivian vivien vivienne vladimir waheed walter wanda waqar \
        warren wasim wayne wendy wes wesley wilfred wilhelmina william winifred wojciech xavier xiao \
        yasin yasmeen yasmin yolanda yousef yuki yusuf yvette yvonne zachary zaheer zahid zahra \
        zainab zak zara zeeshan zena zoe zofia zuzanna ade bev shaz gaz kev debs stu taz babs daz baz trev dez gav jase jez kaz maz mags mand nev shel tez deano hev jools kez loz mitch moz ollie paddy russ steph tash viv woz lou kath vick nic nat micky mickey ste dougie donny robbo bazza gazza shazza wazza jonno chaz dazza bri si troy billy bobby robbie vic wally jean dean bob barb sid",
    ),
    (
        Lists::EVERYDAY_NAME,
        "amber angel april art august autumn bill blake brook brooke bruno buddy candy carol chad charity chase chip christian christy clay cliff crystal daisy dale dan dawn dee derby destiny dick dolly don drew earl eden eve faith fay flora frank fritz gale gene ginger glen grace grant hazel heath holly honey hope hunter ivy jack jade jasper jewel jock joy june kay kit lance lee lily lottie lucky major marina mark marsh mason max may melody miles myrtle neal nick norm olive opal pat patsy pearl penny poppy preston ray red rich rick rob rod ron rose ruby rusty sandy skip star sterling sue summer sunny tate tiger tracy trinity van victor viola violet wade will willow winter woody",
    ),
    (
        Lists::NOT_NAME,
        "a able about above absolutely access according account ache across act actually added \
        address adult advice adviser affected after afternoon afterwards again against age agent ago \
        ahead aint alarm all allocated allotment allowed almost alone along already alright also \
        although always am amount an and angry annoyed annual another answer anti any anybody anyone \
        anything anyway anywhere appeal appealing apt suite appearing appears application applied apply \
        applying appointment appreciate approved apr april arabic are area aren around arrears as \
        asap ask asked asking at attached attempt attempted aug august available avenue aware away \
        awful aye back bad badge badly band bank banned based bay be because become bed been before \
        behind being believe below benefit benefits bengali besides best better between big bin bins \
        birth bit black blocked blocking bloody blue boiler booked booking born borough both bottom \
        box branch bring british broken brother brown building bus business but buy by call called \
        caller calling calls came can cannot cant capital capitals car card carer carers cars case \
        caught caused causing centre certificate chair chance change changed changing charge charged \
        chasing check checked checking cheers child children choose christmas citizen citizens claim \
        claimed claiming clean clear cleared clearing close closed closing code cold collect \
        collected collecting collection come comes coming committee common community company \
        complain complained complaining complaint complete completely concerned confirm confused \
        contact contacted contacting correct cos could couldnt council councillor councils country \
        couple course court covered coz credit crescent crime current currently customer cut cuz \
        daily damage damaged damp danger dangerous date daughter day days dead dear debit dec \
        december definitely delayed deleted delivered delivery department deposit desk details did \
        didnt died different difficult direct dirty disability disabled discount disgusted \
        disgusting displayed divorced do dob doctor does doesnt dog dogs doing done dont door double \
        down drain drive driver driving drop dude due dumped dumping duplicate during each earlier \
        early easy eh either electric else email emailed emailing emergency employed emptied empty \
        end ended ending ends english enough enquire enquiring enquiry entered entirely er erm error \
        estate even evening ever every everyone everything exactly excellent except excuse existing \
        expected expired explain extra family fantastic fao far fault fax feb february fed feel \
        feeling few field file filled filling final find fine finished fire first fix fixed flat \
        flats flooded flooding floor fly flytipping food for form found free french fri friday \
        friend friends from front frustrated full fully fund further future garage garden gate gave \
        gdpr general german get gets getting give given gives giving glad glass go goes going gone \
        gonna good got gotta grateful great green ground had half hall halls happened happening \
        happy hard has hasnt have havent having he head health hear heard heating held hello help \
        helpful helping her here hers hes hey hi high hill him his history hit hiya hold hole \
        holiday home homeless hoping hospital hot hour hours house household houses housing how \
        however huh hundred hungry husband hyphen hyphenated i id idea if ignored ill im immediately \
        important in included including income incorrect indian info information innit inside \
        instead insurance interested into invoice involved irish is isnt issue issued issues it item \
        its itself ive jan january job join joined joint jul july jun june just keep keeps kept key \
        kids kind know known ladies landlady landline landlord lane large last late lately later law \
        leaf leak leaking leaks learn least leave leaves leaving left legal less let letter letters \
        letting level library licence lift light lights like line list listed little live lived \
        lives living local locked long longer look looked looking looks loose lorry lost lot lots \
        loud love lovely low lower made mail main make makes making man manager many map mar march \
        married mate matter may maybe me mean means meet meeting member message met middle might \
        mind mine minutes mispelled miss missed missing misspelled misspelt mistake mobile moment \
        mon monday money month monthly months more morning most mother mould move moved moving mr \
        mrs ms much mum must mx my myself nah name names near nearly need needed needing needs \
        neighbour neighbours neither never new news next nhs ni nice night nino no nobody noise \
        noisy none nope nor normal not note nothing notice nov november now nowt number numbers oct \
        october of off offer office officer officers often oh ok okay old on once one ones online \
        only open opened opening opposite option or orange order ordered other others otherwise our \
        ours out outside outstanding over overdue overflowing owe own owner owt page paid paper \
        parcel parents parish park parked parking part partner party passport past patient pavement \
        pay paying payment payments pension pensioner people per perfect permission permit person \
        personal phone phoned phoning photo pick picked piece pink place plan planning please \
        pleased pls plus plz point police polish polite poor possible post postcode posted pothole \
        potholes power pregnant present pretty previous price primary private probably problem \
        problems process proof proper properly property provide public punjabi put question \
        questions quick quickly quiet quite ran rang rat rates rather rats read reading ready real \
        really reason rebate received recently recycling red ref refer reference referred refund \
        refuse refused regarding regards register registered registering registration related remove \
        removed removing renew renewal renewing rent rental repair repaired repairs repeat reply \
        report reported reporting request requested requesting required resident residents response \
        rest result retired return returned returning ridiculous right ring ringing road rubbish \
        running sad safe said same sat saturday saved saw say saying says school schools scottish \
        second section see seeing seem seems seen self sell send sending sent sep sept september \
        serious service services set several shall share she shed shes ship short should show \
        showing shown shows shut sick side sign signed since single sir sister site sitting \
        situation six skip small smell smells so social sofa some someone something sometimes \
        somewhere son soon sorry sort sorted spam spanish speak speaking specific spell spelled \
        spelling spelt spoke spoken square staff stage stair stairs start started starting starts \
        state stated stating station stay steps still stolen stop stopped stopping street streets \
        stressed struggling stuck student stuff submit submitted such summat sun sunday support \
        supposed sure surname swap system ta take taken takes taking talk talked talking tata tax \
        team tell temporary ten tenancy tenant terms terrace terrible test text than thank thanks \
        thankyou that thats the their theirs them then there theres these they theyre thing things \
        think thinking third this thnx those though thought three through thru thu thur thursday \
        thus thx ticket till time times tip tired title to today together told tomorrow tonight too \
        took top total towards town traffic tree trees tried trying tue tuesday turn turned two um \
        unable unacceptable under understand unfortunately unhappy universal unless until up update \
        updated upper upset urdu urgent urgently us use used useful user using usual usually valid \
        van vehicle very via view visa visit visited vote wait waited waiting walk wall wanna want \
        wanted wants warm was waste water way we wed wednesday week weekend weekly weeks welcome \
        well welsh went were west what whats wheel wheelie when where whether which while white who \
        whole whom whose why widowed wife will window windows wish with within without woman women \
        wonder wondering wont word work worked worker workers working works world worried worse \
        worst worth would wouldnt write writing written wrong yard yeah year years yellow yes \
        yesterday yet you young your youre yours yourself",
    ),
];
