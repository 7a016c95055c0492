//! Words of names: common first names of people in the United Kingdom, first names that are everyday
//! words too, and words that are no name even after "my name is".
//!
//! The lists here are written by hand; the longer ones of rarer names are from a package, whose name
//! and licence are in `names/README.md`.

use super::vocabulary::Lists;

/// The lists, in alphabetical order. Where the files come from is in `names/README.md`.
pub(super) const WORDS: &[(Lists, &str)] = &[
    (Lists::RARE_NAME, include_str!("names/given.txt")),
    (Lists::SURNAME, include_str!("names/surnames.txt")),
    // What the package has and the dictionary too.
    (
        Lists::SURNAME,
        "baker carter cooper parker smith turner walker wright",
    ),
    (
        Lists::EVERYDAY_SURNAME,
        "best black brown day early english field foster french good green hall hill little long may page power price \
        read short small wall ward wells west white wild wood young",
    ),
    (
        Lists::AFTER_NAME,
        "about again and at but calling from had has here i im in is ive last lives living my needs of on our please said \
        says speaking to today tomorrow wants was who with yesterday",
    ),
    (Lists::COMMON, include_str!("names/common.txt")),
    // What the package lacks.
    (
        Lists::RARE_NAME,
        "abdelrahman abdoulaye abdulrahman adeel akiko alhaji amadou amaka amarjit anup anwen aram \
        ashwini bea bereket berivan bich biruk bryn caradoc cedric clarisse dele didier dilani \
        dilys dimitris ebere elen elira elspeth emyr fadi fadumo fanta farzana feng fiadh fionn \
        ghassan giang gwenno hania hao haoran haruki hatem hemin henok heulwen hibo hieu hiroshi \
        hisham hristo huw ifan ikram jas jia jie jing jisoo jiwoo jory karthik kemi kenji kezia \
        khanh kirsteen kuba kumari lamia lerato letay lihua llew loveday maame marva mehmood \
        mengqi merryn minjun morwenna mulu niyi nuwan obi olek oleksiy pema phuc pru qiang rami \
        rebin reem rojin ruwan sakura samer sanaa saravanan selvi serhat sherif sherko siwan \
        suganya sumaiya tamer tarek tecwyn tenzin tesfalem tesfay thandi thanh thao tighe vasanthi \
        vinh wael walid waqas wei wojtek wunmi xin xiulan xuan yetide yiannis ying zana zanele \
        zeina zeke ziad zuzia",
    ),
    (
        Lists::FIRST_NAME,
        "aaliyah aaron aarti abayomi abbie abby abdi abdikarim abdinasir abdiqani abdirahman \
        abdirizak abdul abdullah abebe abena abhishek abigail abimbola abiodun abiola abraha abukar \
        achieng adaeze adam ade adebayo adelaide adele ademola adeola adetola adewale aditi aditya \
        adnan adrian adriana adunola adwoa afia afolabi agatha agnes agnieszka ahlam ahmad ahmed \
        aidan aileas aileen ailsa aine aisha aishah aisling aivars ajay ajit akash akin akinola \
        akinyi akosua akshay akua alan alasdair alastair albert alberta alec aled aleksander \
        aleksandra alem alessandro alex alexander alexandra alexandru alfie alfred ali alice alicia \
        alin alina alisha alison alistair aliya alka allen allison almaz alok alun amal \
        amanda amar amara ambika amelia amelie amiin amina aminah amir amit ammar amna amrik amrit \
        amrita amy ana analyn anand ananya anas anastasia anca andrada andrea andreea andrei andrew \
        andrius andriy andrzej andy aneta aneurin angela angelina angharad angus aniket anil anisa \
        anita anjali anju ankit ankita ann anna annabel anne annette annie anshul anthony antoni \
        antonio antony anuj anupama anwar anya aoibheann aoife aonghas aparna apurva araba arben \
        archana archibald archie arjan arjun arlo arnel arnold arta arthur artur arturas arturs \
        arun arvind asad asha ashish ashley ashok ashraf ashwin asif aslam asma aster atanas atieno \
        atif audrey audrius augustus ava avinash avtar ayaan ayesha ayman ayodele ayomide aysha \
        ayub aziz azmat azra babajide babatunde babs balbir baldev baljit balraj balvinder \
        balwinder barb barbara barney barry bartek bartosz bashir basil basma baz bazza beata \
        beatrice beatrix becky bekele belinda ben benjamin benny berhane bernadette bernard bernice \
        bernie bert bertha bertie bertram berwyn besnik bessie bethan bethany betty bev \
        beverley bharat bhavesh bhavik bhavin bhavna bhupinder bilal billy biniam binita birute \
        blanche blerim blessing blodwen bob bobby bogdan bogdana bogumil boguslaw bohdan bolanle \
        bongani boyko bozena bradley brandon brenda brendan brett bri brian bridget bridie briony \
        bronagh bronwen bruce bryan bryce bryony bukola bushra busisiwe cailean caitlin caleb \
        callum calum camelia cameron camilla caoimhe caolan caradog carl carla carlos carly carmen \
        caroline carolyn carys caspian cassandra cassie catalin cath cathal catharine catherine \
        cathy catriona cawil cecil cecilia celia celine ceri ceridwen cerys cezar chantal chantelle \
        charanjit charlene charles charlotte charmaine chaz chelsea cherie cheryl chetan chiamaka \
        chibuike chidi chidiebere chidinma chiedozie chiedza chika chimamanda chinasa chinedu \
        chinelo chinonso chinwe chioma chipo chirag chizoba chloe chris chrissie christina \
        christine christopher chukwu chukwuemeka ciara ciaran cilla cillian cindy ciprian cissie \
        claire clara clare clarence clarissa claudia claudiu cledwyn clement clifford clint clive \
        clodagh clyde codruta coinneach colette colin colm conall connor conor constance constantin \
        cordelia corey corina corinne cormac cornelius cory cosmin costel courtney craig cristian \
        cristina curtis cuthbert cynthia cyril czeslaw dafydd dalia daljit damian damien damilola \
        daniel daniela daniella danielle danny danuta danylo daphne darcey darcy daria darius \
        dariusz darrell darren darryl darshan dave davey david davie davinder dawit dayo daz dazza \
        dean deano debbie deborah debra debs declan deena deepa deepak deepika deepti deeqa deirdre \
        delia delphine delroy demelza dena denis denise dennis denzel derek dermot derrick desiree \
        desislava desmond devi devon dewi dexter dez dhara dhaval dhruv diana diane diarmuid diego \
        dilip dillon dilwyn dimitar dimple dina dinesh dionne dipak dipti divya dmitri dmytro \
        dominic dominik donal donald donna donnchadh donny donovan doreen dorin doris dorota \
        dorothea dorothy dougal dougie douglas dovile dragos dritan duane dumitru duncan dwayne \
        dwight dyfed dyfrig dylan eamon ebele ebony ebuka eddie eddy edgar edgars edith edmund edna \
        edona edward edwin edyta efua egle eifion eileen eilidh eilish eimear eirlys eithne ejiro \
        ekene elaine eleanor elena eleri elfed elfrida eli elias elijah elin elisa elise elizabeth \
        ella ellen ellie elliot elliott elodie eloise elsa elsie elton eluned elvira elvis elzbieta \
        eman emeka emil emile emilia emiliya emily emlyn emma emmanuel emmeline emrys enda endrit \
        enid eniola enrique eoghan eoin eric erica erin ernest ernestine ernie errol esmae esme \
        esmee estelle esther ethan ethel ethelbert etta euan eugene eunice euphemia eustace eva \
        evan evangeline evelyn evie ewa ewan ewelina ezekiel ezinne ezra faadumo fabian fabio \
        faduma faisal faiza faizal falguni farah farai farhan farhiya farida faris farooq farouq \
        fartun faruk fatima fatimah fatmir fatou fawad feargal fearne felicity felipe felix fergal \
        fergus ferhat fern fernando feven ffion ffraid fiachra fidel filip filmon filsan finlay \
        finley finn fintan fiona fitsum flavia flo florence florentina florin folake folasade fozia \
        fran frances francesca francine francis francisco franciszek franco frankie fraser fred \
        freda freddie freddy frederick freida freweini freya funke funmi gabriel gabriela gaby gail \
        galina ganesh gareth garry gary gaurav gautam gav gavin gaynor gaz gazza gbenga geeta gemma \
        genevieve geoff geoffrey george georgi georgia georgie georgina geraint gerald geraldine \
        gerallt gerard gertie gertrude gethin gezim ghada gheorghe ghulam giedrius gilbert giles \
        gilles gillian gina ginny gino gintaras giorgio giovanni girish girma gisele giselle gita \
        gladys glenda glenn gloria glyn glynis godfrey gopal gordon gosia govind gracie graeme \
        graham grainne granville grazyna greg gregg gregor gregory greig greta gruffudd gruffydd \
        grzegorz guido guled gulsen guntis gurcharan gurdeep gurdev gurinder gurmeet gurmit \
        gurpreet gurvinder gustavo guy gwen gwenda gwendoline gwenllian gwil gwilym gwyn gwyneth \
        haben habib habiba hadiya hafsa haider haifa haile hajra halima halina hallie halyna hamid \
        hamida hamish hamza hana hanan hanif hanna hannah hardeep hardip haresh haris harish harita \
        harjit harkirat harmeet harminder harold haroon haroun harpreet harriet harriette harris \
        harrison harry harvey harvinder hasan hashim hasmukh hassan hatim hattie hawa hayley \
        heather hector heena hefin heledd helen helena hemal hemant henri henrietta henry henryk \
        herbert herman hermione hester hetal hettie hev hibaq hilary hilda himanshu hina hitesh \
        hodan hodo hollie horace howard hubert huda hugh hugo huma humaira humphrey husna hussain \
        hussam hussein hyacinth hywel iain ibrahim idil idris iestyn ieuan ifeanyi ifeoma ifrah \
        iftikhar igor ijaz ijeoma ikenna ikran iliana ilir illtyd ilona ilyas imaan iman imelda \
        imogen imran imtiaz inaya indira indra ines inez ingrid inna innes ioan ioana iolo ion iona \
        iorwerth iqbal iqra irena irene irfan irina iris iryna isaac isabel isabell isabella \
        isabelle isadora isadore isaiah isha ishaan ishaq ishita isla islwyn ismahan ismail ismat \
        isobel isobelle issam ithel itzel iulia iulian ivan ivanna ivaylo ivor iwona iyabo izabela \
        jabir jacek jacinda jacinta jackie jackson jacob jacqueline jacques jacqui jadwiga jagdeep \
        jagdish jagjit jagoda jahangir jaime jakub jama jamal james jamie jamil jamila janaki jane \
        janet janice janine janis janusz jarek jaroslaw jasbir jasdeep jase jasmin jasmine jasmyn \
        jason jaspreet jaswant jaswinder javed jawad jaxon jay jaya jayanti jayce jayden jaydon \
        jayesh jayne jean jeanette jeanie jeff jeffrey jemima jemma jenna jennifer jenny jenson \
        jeremiah jeremy jermaine jerome jerry jerzy jess jesse jessica jessie jessy jethro jez \
        jhoanna jide jignesh jill jim jimmy jiten jitendra jo joan joanie joanna joanne joasia \
        jocelyn jodi jodie joe joel joginder johan johann john johnny jojo jolanta jon jonathan \
        joni jonno jools jordan jordyn jorge jose josef josefina joseph josephine josh joshua \
        josiah josie joss jovelyn joyce juan juanita judd jude judith judy jules julia julian \
        juliana julianne julie juliet julio julius juma junaid jurate juris justin justyna jyoti \
        kabir kacey kaci kacper kai kaiden kailash kaitlyn kajal kaleem kalina kalpana kalsoom \
        kamal kamaljit kamau kamil kamila kamla kanta karan karanjit kareem karen karim karima \
        karina kariuki karl karol karolina kartik kashif kasia katarzyna kate katelyn kateryna kath \
        katherine kathleen kathryn kathy katia katie katrina katy katya kaushik kavita kavya kaydon \
        kaye kayla kaylee kayleigh kaz kazimierz kean keeley keely kehinde keira keiran keith \
        kelechi kelly kelsey kelsie kelvin ken kendra kenechukwu kenneth kenny kenton kenzie kerri \
        kerry kestutis ketan kev kevin kewal kez khadija khadijah khadra khadro khaled khalid \
        khalida khrystyna khurram khushi kian kibrom kidane kiera kieran kim kimberley kingsley \
        kiran kiril kirit kirpal kirsten kirstie kirsty kitty kofi kojo krasimir kris krishna krupa \
        krystal krystian krystyna krzysztof kudakwashe kudzai kujtim kuldeep kuljit kulwinder kunal \
        kunle kurt kusum kwabena kwaku kwame kwasi kwesi kyle kylie kyra kyrylo lacey lachlan ladan \
        laiba laila laima laimonas lainey lakhbir lakshmi lalita lancelot lanre lara lars larysa \
        lata latif latisha latoya laura lauren laurence laurentiu lauretta laurie lavinia layla \
        leah leann leanne lech leda leela leigh leila lemlem lena lenny leo leon leona leonard \
        leonie leopold leroy lesley leslie leszek letisha letitia lettice letty lewie lewis lexi \
        lexie liam liana liban libby lila lilah lilian lilith lillian lillie lilly linda lindiwe \
        lindsay lindsey linh lionel lirim lisa liviu liz liza lizzie llewellyn llewelyn llinos \
        lloyd llywelyn logan lois lola lonnie lorelei lorenzo loretta lorna lorraine lou louie \
        louis louisa louise lowri loz luan lubna luca lucas lucia lucian luciana luciano lucie \
        lucinda lucy luella luis lukasz luke luther luwam lydia lyla lyn lynda lynette lynn lynne \
        lynsey lyubomir lyudmyla mabel maciej macsen madalina maddie maddison madeleine madelyn \
        madhavi madhu madison madoc maeve magda magdalena mags mahad mahdi mahendra mahesh mahmood \
        mahmoud mahnoor mair mairead mairi maisie majid maksym malachi malcolm maldwyn malgorzata \
        malgosia malia maliha malik malkit mamie mamta manav mand mandeep mandla mandy maninder \
        manish manisha manjit manoj manpreet mansoor mantas manuel maqsood marc marcel marcella \
        marcelo marcia marcin marco marcus marek margaret margery margo margot marguerite mari \
        maria mariam marian mariana marianne maricel marie mariella marietta marilyn mario marion \
        marisa marites marius mariusz mariya mariyam marjorie marlene marlon marnie marta martha \
        martin marty martyn marvin marwa mary maryam maryann maryum marzena masood mateusz mathew \
        matilda matt matteo matthew mattias mattie maud maude maureen maurice mauro mavis maxamed \
        maximilian maximus maxine maxwell maya maz medhanie meena meenakshi meera meg megan megha \
        meghan mehmet mehret mehul mehwish meirion mel melanie melissa mercy mererid merhawi merle \
        meron mervyn mesfin meurig mfon mia michael michaela michal michalina michelle mickey micky \
        mieczyslaw miguel mihaela mihai mihail mihret mike mikolaj milan mildred milena millicent \
        millie milly milo milton mimi mina minal mindaugas minnie mircea mirela miriam mirjeta \
        miroslaw mitch mitesh mo modupe mohamed mohammad mohammed mohamud mohan mohinder mohini \
        mohsen mohsin moira moises mollie molly mona monica monika monique montague montgomery \
        morag morgan mortimer morwenna moses moz mubarak mudassar muhammad muhubo mujahid mukesh \
        mukta mulugeta munashe muneer munir murad murdo muriel murray musa mustafa muthoni muzammil \
        mwangi mya myfanwy mykhailo mykola myla myles myra myroslava nabila nadeem nadezhda nadia \
        nadine nadiya nadya naeem nafisa naila najma nance nancy nanette naomi narendra naresh \
        narinder naseem nashwa nasir nasra nasreen nasteha nat natalia natalie nataliya natalya \
        natasha nathan nathaniel natnael natty navdeep naveed navneet navpreet nawaz nayan nazar \
        nazia nazir neelam neema neeta neha neil nell nellie nelson nerys nesta nettie nev neville \
        ngozi nia niall niamh nic nicholas nicki nico nicola nicolae nicole nicoleta nida nige \
        nigel nigella nikesh nikhil nikita nikki nikodem nikolay nilesh nimco nimesh nimra nina \
        niraj nirmal nirmala nisha nishant niti nitin njeri nkechi nkem nkosana nnamdi nneka noah \
        noel noella noelle noman nomsa nonhlanhla nonso noor nora norah norbert noreen norma norman \
        norris nosheen nour nuala nuha nura nusrat nuur nyambura nyasha oana obadiah obinna octavia \
        octavian odell odette odhiambo odunayo ogechi oghene oisin oksana olabisi oladele olajide \
        olamide olanrewaju olayinka oleh oleksandr oleksandra olena olesya olga olha oliver olivia \
        oliwia ollie olu oluchi olufemi olufunke olumide oluwaseun oluwatobi oluwatoyin olwen omar \
        omer omolara onyeka onyinye oona oran orla orlagh osama osas osaze osbert oscar osian oskar \
        osman oswald othman otieno otis ottavia ottilie ottis ovidiu owain owen pablo paddy padma \
        padraig pam pamela pammy pankaj paolo paramjit paresh parminder parul parvati parveen \
        parvez pascal pascale patience patricia patrick patrycja patryk patti patty paul paula \
        paulina pauline pavan pavel pawel pedro peggy percival percy peregrine perrie petar pete \
        peter petra petre petru petula phil philip philippa phillip philomena phineas phoebe phyl \
        phyllis pierre piotr piotrek pippa plamen polly pooja poonam portia pradeep pragna prakash \
        pranav prashant pratik pravin preeti prerna prinal pritesh priti pritpal priya priyanka \
        przemek przemyslaw puja pushpa qasim quentin quincy rabia rachael rachel radek radha radka \
        radoslaw radu rafal rafiq raghav raghbir raheel rahim rahma raho rahul rahwa raimonds raj \
        rajan rajeev rajesh rajinder rajiv rajni rakesh ralph ralphie raluca raman ramesh ramon \
        ramzan randolph rani rania ranjit raphael raquel rashid rashida rashmi raul ravi ravinder \
        ravindra raymond razia razvan rebecca rebekah reece reena reggie reginald rehana rehman \
        rekha renata renee resham reshma reynaldo rhea rhett rhian rhiannedd rhiannon rhoda rhodri \
        rhona rhonda rhun rhydian rhys ricardo richard ricki ricky rico ridwan rima rimantas rishi \
        rita ritchie ritesh ritu riya rizalyn rizwan robbie robbo robel robert roberta roberto \
        robin robyn rocco rochelle rocio rodel rodney rodrigo roger rohan rohit roisin rokas \
        roksana roland rolf roman romilly ronald ronaldo ronan ronnie ronny roopa rory rosa rosalie \
        rosalind rosamund roseanne rosemary rosetta roshan roshni rosie rosina rosita rositsa ross \
        rotimi rowena roxana roxanne roxie roxy roy roz ruairi ruaridh ruben rubina ruchi rudi rudo \
        rudy rufus rukaya rukhsana rumbidzai rupa rupal rupert rupinder russ russell ruta ruth \
        ruvimbo ruxandra ryan ryley ryszard saad sabah sabina sabine sabir sabrina sachin sadaf \
        sadia sadie sadiq saeed safia safiya safwan sagal sahil sahra saif saima sajid sajida salah \
        salim sally salma salman salvador salvatore sam samantha samatar samina samir samira samiya \
        sammy samrawit samson samuel sana sandeep sandhya sandie sandra sandro sangeeta sanjay \
        sanjeev sanjiv santiago santosh saoirse sapna saqib sara sarabjit sarah sarfraz sarita \
        sarla sasha saskia satinder satish satnam satwinder satya saul saulius savita saynab \
        scarlett scott seamus sean seb sebastian seema selam selamawit selena selina selwyn semhar \
        senait seonaid serena sergei serhii serhiy shabana shabbir shabir shafiq shagufta shaheen \
        shahid shahida shahnaz shahzad shailesh shaista shakeel shakil shakila shakuntala shalini \
        shamim shamima shamso shane shanelle shania shanice shanika shannon shanti shara sharan \
        sharda shari sharif sharon sharron shaun shauna shayla shaz shazad shazia shazza sheena \
        sheetal shehnaz sheila shel shelby shelley sherman sherri sheryl shilpa shingai shirin \
        shirl shirley shital shivani shoaib shobha shona shpresa shreya shruti shu shubham si sian \
        sibongile sibyl sid siddharth sidney sidra siegfried sienna sigrid silas silvester silvia \
        silviu simbarashe simon simona simone simran simret sinead siobhan sioned sipho slawek \
        slawomir sneha snehal sofia sofie sohail solange solomon somaya sonal sonam sonia sonny \
        sonu sophia sophie sophy sorcha sorin stacey stacie stan stanislav stanislaw stanislawa \
        stanley staszek ste stefan stefania stefanie stefano steffan stella steph stephanie stephen \
        steve steven stevie stewart stoyan struan stu stuart sucdi sudha sudhir suhail sukhdeep \
        sukhdev sukhjit sukhwinder suki suleman sumaira sumaya sumit sunil sunita supriya suraj \
        suresh surinder surjit susan susanna susannah sushila susie suzanna suzanne suzie svetla \
        svetlana svitlana swati sybil syeda sylvester sylvia sylvie sylwia szymon tabby tabitha \
        tadhg tafadzwa taha tahir takudzwa talfryn talha talia tallulah tamara tamika tammy tamsin \
        tamzin tania tanisha tanveer tanya tanzeela tapiwa tara taras tariq tariro tarsem tash \
        tasha tasleem tatenda tatiana tatum tatyana tawanda tayyab tayyaba taz teagan ted teddy \
        tedros tegan tegwen tejal tejinder tekle temitope tendai teo teodor teodora terence teresa \
        terri terry tesfaye tess tessa tetiana tetyana tewolde tez thabo thaddeus thandeka thandiwe \
        thea thelma themba theo theobald theodore theresa thomas thora tia tiberiu tiernan tierney \
        tiffany tigist tilda tilly tim timmy timothy tina tinashe tirion titilayo tito tobenna \
        tobias toby todd tolu tom tomas tomasz tomek tommy tomos toni tony tonya tosin toyin tracey \
        tracie tracy traian travis trefor trev trevor tricia trina trinny trish tristan tristram \
        troy trudy trupti tsegay tsvetan tsvetelina tudur tulsi tunde tushar tyra tyrell tyrese \
        tyrone ubah uche uchenna uday ugochukwu uju ulrich ulysses umaima umair umar umesh upma \
        urmila ursula urszula urvashi usama usha usman uzma uzoma vaida valbona valdas valentin \
        valentina valentino valentyna valerie vandana vanessa varsha varun vasant vasil vasile \
        vasyl veena venkat vera verity verna vernon veronica veselin vic vick vicky victoria vida \
        vidya vijay vikas vikki vikram viktoriya vilius vilma vimal vinay vince vincent vineet \
        vinny vinod violeta viorel vipul viraj viren virginia visar vishal vishnu viv vivek vivian \
        viviana vivien vivienne vlad vladimir volodymyr vytautas wafa waheed wahid wajid waldemar \
        waleed wallace wally walter wambui wanda wangari wanjiru waqar warren warsame wasim wayne \
        wazza wendy weronika wes wesley wieslaw wiktor wiktoria wilbur wilf wilfred wilfrid \
        wilhelmina willa william wilma winifred winnie winston winta wioletta witold wladyslaw \
        wojciech woz xander xavier xenia xhevat xiao xiaoli xiaoming xiaoyan yaa yahya yann yaqoob \
        yaroslav yaseen yash yasin yasir yasmeen yasmiin yasmin yasmina yasmine yemane yemi yetunde \
        yevgenia yevgeny yevhen yewande yogesh yogi yohannes yoko yolanda yonas yordan yordanos \
        younis yousef yuan yuki yulia yuliya yunus yuriy yusra yusuf yves yvette yvonne zac zach \
        zachary zack zafar zaheer zahid zahida zahra zainab zak zakariya zaki zakir zamzam zane \
        zara zawadi zayd zaynab zbigniew zdravka zdzislaw zeb zeenat zeeshan zelda zena zenon zewdi \
        zia zillah zina zoe zofia zosia zubaida zubair zulfiqar zuri zuzanna zydrunas",
    ),
    // Rarer ones, and "allan", which is "out" in Welsh.
    (
        Lists::RARE_NAME,
        "aarohi abiodunn adebola adjoa aissatou albie aleena aleksy alhassan allan aminata \
        anastasiia andrii androulla antek aoibhe araminta arash archy arnie bahar baran barnaby \
        beca becks behrouz bernadeta besa beulah bijan binta bisi bohdana bola bozenna \
        brooklyn burak cadi caetano catherin chaminda chenai chrystalla clementine cleveland \
        clovis conaill conceicao cressida crispin daithi daiva dapo deian deji dilan dilshan \
        dimitra dotty dragana drita dwain ebrima ebunoluwa edie efan effie eleftheria emre eoghain \
        ezekial farshid farzad fatos fatoumata femi fenella ferdie fergusson filimon flossie \
        genowefa giorgos graca gulalai gurleen guto halinka hamzah harkiran harleen hasina hawre \
        hendrix herb heti hiba hien horatio huiling huong huxley ianto inaaya ireti isatou issy \
        izzy jacquelyn jadzia jagtar jasleen jaxson jinhua jocasta kadiatou kaidan karwan kathryne \
        kavitha kayode kenechi kester khadeeja kirandeep kirstyn kobi koby kostas krishnan kulsum \
        kyriakos kyron lakshman lamin lleucu llyr lynsay lysander mabli mabon macs madog mahira \
        mali mamadou mariama mariia meiling merve mhairi mihiret minh mirwais modou monty morven \
        moussa mumtaz murali musab mykyta najib nansi nareh nargis nasim nasrin nataliia natsnet \
        navjot ndidi netta nguyet niamha nikos nimal nnenna norrie nyaradzo obiageli oleksii \
        olumuyiwa oluwadamilola ottoline oumou ousmane palwasha panagiotis parisa persephone \
        phuong piers priyanthi ptolemy queenie rafe rafferty rajwinder ralphy ramandeep \
        ramatoulaye rayyan riyansh rojda ruairidh ruaraidh rueben rutendo sadhbh saorlaith segun \
        senga senthil serkan shabnam shilan shireen simrit snezana soheila solomiia somto sukhraj \
        sulayman sumayyah sundar tabatha tahira tanaka tapfuma tarquin tatiyana teddie temiloluwa \
        tendayi tesni tharindu thuy tigran titi tobi toluwani tomaszek tommie torquil trang tsion \
        tyreese uzochukwu vasiliki vitalii wale weiming wiesia winifrede winsome xiuying yinka \
        yuliia yusef zarmina zayn zdzislawa zeenath zoya zubeda zuleika",
    ),
    (
        Lists::EVERYDAY_NAME,
        "amber angel april art ash august autumn beth bill blake brook brooke bruno buddy candy carol chad chase chip christian christy clay cliff crystal daisy dale dan dawn dee dick dolly don drew earl eden eve faith fay flora frank fritz gale gene gill ginger glen grace grant hazel heath holly honey hope hunter ivy jack jade jan jasper jewel jock joy june kay kit lance lee lily lottie lucky major marina mark marsh mason max may melody miles myrtle neal nick norm olive opal pat patsy pearl penny poppy preston ray red rich rick rob rod ron rose ruby rusty sandy skip star sterling sue summer sunny tate val van victor viola violet wade will willow winter woody",
    ),
    (
        Lists::NOT_NAME,
        "blank afghanistan albania australia bangladesh bulgaria cameroon canada croatia cyprus czechia egypt eritrea estonia \
        ethiopia europe ghana greece hungary iran iraq jamaica latvia lebanon lithuania malaysia moldova morocco nepal nigeria \
        pakistan poland portugal romania russia scotland senegal slovakia somalia spain sudan syria thailand turkey ukraine \
        vietnam zimbabwe a able about above absolutely access according account ache across act actually added \
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
