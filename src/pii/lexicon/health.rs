//! Health: conditions by their names in the index of nhs.uk and in everyday English, what is taken
//! for them, and how people say that they have them without a name.

use super::super::cues::Cues;

/// Terms by how they are said of a person.
pub(in crate::pii) const TERMS: &[(Cues, &str)] = &[
    // Cancers, heart, lungs, blood.
    (
        Cues::CONDITION,
        "breast cancer|lung cancer|bowel cancer|prostate cancer|skin cancer|ovarian cancer|cervical cancer|motor neurones|post natal depression|post natal psychosis|the big c|bi polar|bi-polar|allergy|allergies|nut allergies|peanut alergy|nut alergy|cancer|cancers|\
        leukaemia|leukemia|lymphoma|non hodgkins lymphoma|hodgkins|myeloma|melanoma|sarcoma|mesothelioma|tumour|\
        tumours|tumor|secondary cancer|thyroid cancer|womb cancer|testicular cancer|stroke|strokes|mini stroke|\
        mini strokes|tia|brain haemorrhage|brain bleed|aneurysm|heart attack|heart attacks|heart disease|\
        heart failure|heart condition|heart problems|heart trouble|heart bypass|heart surgery|heart murmur|\
        hole in the heart|angina|arrhythmia|atrial fibrillation|afib|pacemaker|stent|stents|high blood pressure|\
        low blood pressure|hypertension|blood clot|blood clots|dvt|pulmonary embolism|copd|c o p d|emphysema|asthma|\
        bronchitis|bronchiectasis|pneumonia|covid pneumonia|pulmonary fibrosis|lung disease|lung condition|\
        chest condition|sleep apnoea|sleep apnea|cystic fibrosis|tuberculosis|tb|asbestosis|anaemia|anemia|\
        sickle cell|sickle cell anaemia|sickle cell disease|thalassaemia|haemophilia|blood disorder",
    ),
    // Diabetes, kidneys, liver, bowels, skin, immune system, infections.
    (
        Cues::CONDITION,
        "diabetes|diabetis|diabeties|diabetees|assma|asma|astma|arfritis|arthuritis|artheritis|siatica|ptds|anxeity|anxiaty|depresion|parkinsins|fybromyalgia|scitzophrenia|the sugar|hypos|thyroid problems|underactive thyroid|overactive thyroid|thyroid condition|\
        kidney failure|kidney disease|kidney problems|kidney stones|renal failure|dialysis|liver disease|\
        liver failure|cirrhosis|jaundice|crohns|crohn's|crohns disease|crohn's disease|colitis|ulcerative colitis|\
        ibs|irritable bowel|coeliac disease|coeliac|diverticulitis|hernia|ulcers|stomach ulcer|leg ulcers|\
        gallstones|pancreatitis|stoma|stoma bag|colostomy|colostomy bag|ileostomy|catheter|feeding tube|peg feed|\
        eczema|psoriasis|vitiligo|alopecia|cellulitis|impetigo|scabies|lupus|hiv|aids|hepatitis|hepatitis b|\
        hepatitis c|hep b|hep c|long covid|sepsis|meningitis|shingles|chicken pox|measles|norovirus|lyme disease|\
        mrsa|syphilis|chlamydia|gonorrhoea|herpes|weak immune system|immune system|autoimmune disease|\
        autoimmune condition|autoimmune disorder|anaphylaxis|nut allergy|peanut allergy|latex allergy|hay fever",
    ),
    // Brain, nerves, bones, eyes, ears, women's health.
    (
        Cues::CONDITION,
        "epilepsy|seizures|seizure|epileptic fits|epileptic fit|fits and seizures|cerebral palsy|cerebal palsy|\
        parkinsons|parkinson's|parkinsons disease|parkinson's disease|multiple sclerosis|ms|mnd|\
        motor neurone disease|motor neuron disease|muscular dystrophy|huntingtons|huntington's|huntingtons disease|\
        ataxia|cerebral atrophy|hydrocephalus|spina bifida|motor neurone|motor neuron|cleft palate|cleft lip|\
        sickle cell trait|plastic hip|metal hip|catheter|colostomy|stoma|tracheostomy|hernia op|biopsy|\
        double mastectomy|pressure sore|methadone script|cracked ribs|broken collar bone|broken hand|broken toe|\
        brain injury|head injury|brain damage|acquired brain injury|neuropathy|bells palsy|vertigo|menieres|\
        labyrinthitis|tinnitus|migraine|migraines|narcolepsy|tourettes|tourette's|tourettes syndrome|fnd|\
        functional neurological disorder|dementia|demetia|alzheimers|alzheimer's|alzheimer|lewy body|\
        lewy body dementia|memory loss|memory problems|arthritis|arthrits|osteoarthritis|rheumatism|osteoporosis|\
        brittle bones|gout|fibromyalgia|fibro|chronic fatigue syndrome|me/cfs|cfs|chronic pain|nerve damage|\
        hypermobility|ehlers danlos|scoliosis|sciatica|slipped disc|slipped discs|spinal injury|spinal stenosis|\
        back problems|back injury|plantar fasciitis|carpal tunnel|hip replacement|knee replacement|new hip|new knee|\
        hip op|knee op|hip operation|knee operation|back operation|heart operation|heart op|cataracts|cataract op|\
        glaucoma|macular degeneration|macular|retinopathy|sight loss|visual impairment|hearing loss|\
        hearing impairment|hearing aids|hearing aid|cochlear implant|guide dog|endometriosis|pcos|\
        polycystic ovaries|fibroids|menopause|miscarriage|miscarriages|ectopic pregnancy|abortion|termination|\
        stillbirth|still birth|ivf|hysterectomy|mastectomy|vasectomy|high risk pregnancy|pre eclampsia|\
        gestational diabetes|morning sickness|hyperemesis|c section|prostate problems|incontinence|bladder problems|\
        bowel problems|mobility problems|mobility issues|mobility difficulties|limited mobility|poor mobility|\
        reduced mobility|prosthetic leg|prosthetic arm|false leg|artificial leg|amputation",
    ),
    // Mind, learning, addiction.
    (
        Cues::CONDITION,
        "depression|post partum depression|anxiety|social anxiety|health anxiety|separation anxiety|\
        anxiety and depression|depression and anxiety|anxiety disorder|ptsd|cptsd|post traumatic stress|\
        post traumatic stress disorder|bipolar|bipolar disorder|schizophrenia|psychosis|postpartum psychosis|\
        paranoia|paranoid schizophrenia|ocd|obsessive compulsive disorder|eating disorder|anorexia|bulimia|\
        body dysmorphia|personality disorder|borderline personality disorder|bpd|eupd|dissociative disorder|\
        panic attacks|panic attack|panic disorder|agoraphobia|claustrophobia|insomnia|night terrors|\
        hoarding disorder|mental health|mental health problems|mental health issues|mental health condition|\
        mental health conditions|mental health needs|mental health difficulties|mental health crisis|mental illness|\
        mental breakdown|nervous breakdown|breakdown|suicidal thoughts|suicidal feelings|suicidal ideation|\
        stress and anxiety|adhd|adhd and autism|autism|autistic spectrum disorder|autism spectrum disorder|\
        autistic spectrum|autistic traits|asd|aspergers|asperger's|asperger syndrome|downs syndrome|down syndrome|\
        down's syndrome|downs|down's|fragile x|learning disability|learning disabilities|learning difficulty|\
        learning difficulties|global developmental delay|developmental delay|foetal alcohol syndrome|\
        fetal alcohol syndrome|fasd|pda|sensory processing disorder|sensory issues|speech delay|speech impediment|\
        selective mutism|stammer|stutter|dyslexia|dyspraxia|dyscalculia|complex needs|special needs|\
        additional needs|sen|special educational needs|addiction|drug addiction|alcohol addiction|\
        gambling addiction|gambling problem|alcohol dependency|alcohol dependence|alcohol problem|alcohol problems|\
        alcohol issues|drug issues|gender dysphoria|brca gene|pressure sores|bed sores|leg ulcer|hiatus hernia|\
        sensory impairment|sensory needs|drink problem|drug problem|drug problems|drug habit|heroin|crack cocaine|\
        cocaine|spice|amphetamines|ketamine|substance misuse|substance abuse|disability|disabilities|\
        physical disability|physical disabilities|hidden disability|invisible disability|health problems|\
        health issues|health condition|health conditions|medical condition|medical conditions|medical problems|\
        medical needs|terminal illness|terminal diagnosis|life limiting illness|life limiting condition|\
        long term illness|long term condition|chronic illness|chronic condition|progressive condition|\
        degenerative disease|rare disease|genetic condition|genetic disorder",
    ),
    // Rarer conditions, and what people have of them.
    (
        Cues::CONDITION,
        "prader-willi|addison's|cystinosis|angelman's|angelmans|rett's|korsakoff's|hidradenitis suppurativa|epidermolysis bullosa|charcot-marie-tooth|charcot marie tooth|arfid|msa-c|catheters|guillain-barre|gwillan barry|type 1 diabetes|type 2 diabetes|infection|infections|glue ear|a.d.h.d|m.e.|m.s.|p.t.s.d|c.o.p.d|o.c.d|dementure|dementer|hiv pos|salmonella|\
        e coli|listeria|legionnaires|blood poisoning|pleurisy|glandular fever|rheumatic fever|scarlet fever|\
        whooping cough|malaria|lymphoedema|lipoedema|oedema|endocarditis|cardiomyopathy|tachycardia|\
        heart arrhythmia|heart valve|valve replacement|raynauds|vasculitis|varicose veins|polymyalgia|sjogrens|\
        scleroderma|sarcoidosis|addisons|cushings|graves disease|haemochromatosis|porphyria|gastroparesis|gastritis|\
        fatty liver|diverticular disease|adenomyosis|prolapse|prostatitis|erectile dysfunction|infertility|\
        fertility treatment|ivf treatment|spinal cord injury|cauda equina|spondylosis|spondylitis|\
        ankylosing spondylitis|club foot|dwarfism|achondroplasia|dystonia|tremor|tremors|neuralgia|\
        trigeminal neuralgia|encephalitis|guillain barre|aphasia|dysphagia|apraxia|rett syndrome|prader willi|\
        turner syndrome|trichotillomania|dysmorphia|mania|hallucinations|delusions|flashbacks|phobia|burnout|\
        work related stress|korsakoffs|albinism|nystagmus|retinitis pigmentosa|detached retina|keratoconus|\
        blindness|deafness|low vision|dermatitis|rosacea|hidradenitis|bedsores|foot ulcer|foot ulcers|gangrene|\
        colon cancer|oesophageal cancer|mouth cancer|urostomy|brain fog|fatigue|dizzy spells|blackouts|palpitations|\
        heart palpitations|kidney stone|bad kidneys|bad eyesight|poor eyesight|bad hearing|cyst|cysts|\
        epileptic seizures|nosebleeds|hyperthyroid|hypothyroid|high cholesterol|clubbed feet|flat feet|bunions|\
        lazy eye|squint|speech problem|speech problems|processing disorder|conduct disorder|attachment disorder|\
        postpartum depression|baby blues|substance abuse disorder|drink and drugs problem|weak bladder|\
        overactive bladder|bowel disease|inflammatory bowel disease|oxygen cylinders|oxygen concentrator|\
        catheter bags|stoma bags|polio|tics",
    ),
    // Treatment and medicines (the names that are prescribed most, NHS Business Services Authority).
    (
        Cues::CONDITION,
        "chemo|chemotherapy|radiotherapy|immunotherapy|transplant|kidney transplant|liver transplant|\
        heart transplant|bone marrow transplant|oxygen|home oxygen|oxygen tank|oxygen therapy|nebuliser|ventilator|\
        cpap|palliative care|end of life care|hospice care|strong medication|heart medication|tablets for my nerves|\
        strong painkillers|antidepressants|anti depressants|antipsychotics|anti psychotics|mood stabilisers|\
        beta blockers|blood thinners|steroids|statins|sleeping tablets|water tablets|immunosuppressants|methadone|\
        subutex|suboxone|buprenorphine|naltrexone|antabuse|sertraline|setraline|citalopram|escitalopram|fluoxetine|\
        prozac|paroxetine|mirtazipine|amitriptyline|venlafaxine|duloxetine|trazodone|olanzapine|quetiapine|\
        risperidone|aripiprazole|clozapine|haloperidol|lithium|lamotrigine|valproate|sodium valproate|epilim|\
        carbamazepine|tegretol|levetiracetam|keppra|gabapentin|pregabalin|lyrica|tramadol|codeine|co codamol|\
        cocodamol|dihydrocodeine|morphine|oramorph|fentanyl|fentanyl patches|oxycodone|diazepam|valium|lorazepam|\
        temazepam|zopiclone|propranolol|metformin|insulin|insulin injections|insulin pump|gliclazide|ozempic|\
        mounjaro|wegovy|atorvastatin|simvastatin|warfarin|apixaban|rivaroxaban|clopidogrel|ramipril|lisinopril|\
        amlodipine|bisoprolol|furosemide|levothyroxine|thyroxine|methotrexate|prednisolone|hydroxychloroquine|\
        adalimumab|humira|tamoxifen|letrozole|donepezil|memantine|levodopa|madopar|ritalin|concerta|methylphenidate|\
        elvanse|lisdexamfetamine|atomoxetine|melatonin|hrt|testosterone|oestrogen|hormone therapy|puberty blockers|\
        antiretrovirals|hiv meds|hiv medication|inhalers|epipen|epipens|depot injection|depot injections|\
        electroconvulsive therapy",
    ),
    // More medicines.
    (
        Cues::CONDITION,
        "salbutamol|ventolin|edoxaban|dabigatran|losartan|candesartan|doxazosin|spironolactone|digoxin|amiodarone|\
        sitagliptin|dapagliflozin|semaglutide|tirzepatide|carbimazole|sulfasalazine|azathioprine|tacrolimus|\
        infliximab|etanercept|rituximab|herceptin|anastrozole|zoladex|baclofen|topiramate|phenytoin|sumatriptan|\
        buspirone|paliperidone|clonazepam|nitrazepam|zolpidem|promethazine|dexamfetamine|nefopam|buvidal|truvada|\
        antivirals|opioids|opiates|morphine patches|blood pressure tablets|heart tablets|epilepsy tablets|\
        anti epileptics|nerve tablets|water pills|painkillers|hormone blockers|botox injections|b12 injections|\
        inhaler|steroid inhaler|insulin pen",
    ),
    // How somebody is.
    (
        Cues::STATE,
        "heavy drinker|problem drinker|a drinker|alky|alkie|junkie|smackhead|crackhead|druggie|nearly deaf|nearly blind in 1 eye|nearly deaf in 1 ear|deff|preggers|preggo|diabetic|type 1 diabetic|type 2 diabetic|epileptic|autistic|severely autistic|disabled|severely disabled|\
        physically disabled|learning disabled|registered disabled|blind|registered blind|partially blind|legally blind|deaf|deaf in 1 ear|blind in 1 eye|\
        profoundly deaf|partially deaf|stone deaf|hard of hearing|deaf and blind|deafblind|partially sighted|visually impaired|\
        sight impaired|severely sight impaired|hearing impaired|pregnant|heavily pregnant|weeks pregnant|months pregnant|\
        housebound|house bound|bedbound|bed bound|bed-bound|bedridden|wheelchair bound|wheelchair-bound|in a wheelchair|\
        suicidal|depressed|clinically depressed|terminally ill|seriously ill|critically ill|mentally ill|\
        mentally unwell|paralysed|paralyzed|paraplegic|tetraplegic|quadriplegic|amputee|double amputee|leg amputee|alcoholic|\
        recovering alcoholic|addict|drug addict|heroin addict|ex addict|recovering addict|gambling addict|drug user|\
        drug dependent|alcohol dependent|hiv positive|hiv-positive|asthmatic|anaemic|arthritic|immunosuppressed|\
        immunocompromised|immune suppressed|clinically vulnerable|clinically extremely vulnerable|incontinent|\
        doubly incontinent|sectioned|schizophrenic|schizoaffective|paranoid schizophrenic|psychotic|anorexic|bulimic|dyslexic|\
        dyspraxic|agoraphobic|bipolar|neurodivergent|neurodiverse|nonverbal|non verbal|non-verbal|menopausal|perimenopausal|infertile|\
        brain damaged|self harming|self-harming|in remission|in a coma|clinically obese|morbidly obese|obese|end of life|\
        lactose intolerant|immobile|catheterised|nearly blind|almost blind|tube fed|peg fed|having seizures|having fits|expecting|a hoarder|sensory impaired",
    ),
    // What people are with them.
    (
        Cues::STATE,
        "anaphylactic|narcoleptic|schizo-affective|mutt and jeff|peelie-wally|insulin dependent diabetic|skitso|schizo|epilectic|senile|bipola|detoxing|kidney patient|heart patient|wheelchair user|wheelchair users|insulin dependent|oxygen dependent|deaf blind|phobic|claustrophobic|rheumatic|\
        haemophiliac|celiac|cancer survivor|stroke survivor|transplant patient|dialysis patient|cancer patient|\
        dementia sufferer|bariatric|medically retired|medically exempt|vulnerable adult|non ambulant|\
        going through chemo|going through radiotherapy|on bed rest|postpartum|having a breakdown",
    ),
    // What says it all.
    (
        Cues::FACT,
        "section 117 aftercare|on the liver list|on the kidney list|recovery from heroin|in recovery from heroin|in recovery from drink|without sight|miscarried|miscarrying|peg tube|lost a breast|sober since|aa meetings|na meetings|alcoholics anonymous|narcotics anonymous|gamblers anonymous|mental age of|uses bsl|use bsl|lip read|lip reads|lipread|catheterise|catheterises|want to end it all|wants to end it all|lost her marbles|lost his marbles|lost my marbles|away with the fairies|gone doolally|not right in the head|\
        going through the change|month gone|month pregnant|oxygen at home|on the sick|bun in the oven|up the stick|\
        cut myself|cuts myself|hurt myself on purpose|self harm|self harms|self-harms|self-harm|self harmed|\
        cuts herself|cuts himself|cutting herself|cutting himself|cutting myself|hearing voices|hears voices|\
        tried to end it all|tried to end my life|tried to take my own life|tried to take his own life|\
        tried to take her own life|attempted suicide|suicide attempt|suicide attempts|took an overdose|\
        taken an overdose|overdosed|overdose|months gone|weeks gone|expecting twins|expecting a baby|\
        expecting our first|expecting our second|expecting our third|expecting my first|expecting my second|\
        expecting my third|expecting her first|expecting her second|expecting triplets|having a baby|having twins|\
        up the duff|baby due|baby is due|lost the baby|lost a baby|lost our baby|lost my baby|lost a leg|lost both legs|\
        lost an arm|going blind|going deaf|gone blind|gone deaf|no legs|1 leg|1 arm|no sight|half blind|half deaf|\
        leg amputated|legs amputated|foot amputated|leg off|toes amputated|1 lung|waiting on a hernia op|\
        her waters broke|cannot swallow|cant swallow|has sores|have sores|got sores|sight's nearly gone|\
        sights nearly gone|drying out|ex heroin|years clean|months clean|in and out of the psychiatric unit|\
        in the dementia ward|on the dementia ward|into the dementia ward|in a secure unit|cant hear the fire alarm|\
        cant see to read|on 2 sticks|on 2 crutches|doesnt speak yet|carries an epipen|carries epipens|on inhalers|\
        having a hip op|recovering from surgery|recovering from an operation|recovering from an op|\
        going through the menopause|going through ivf|having ivf|having treatment for|on life support|on a ventilator|\
        in intensive care|in icu|in a hospice|in the hospice|in rehab|in detox|under the crisis team|\
        under the mental health team|under cmht|under camhs|under the memory clinic|under psychiatry|\
        under the pain clinic|seeing a counsellor for|on suicide watch|detained under the mental health act|\
        injecting insulin|injects insulin|inject insulin|injecting heroin|clean off heroin|clean off drugs|\
        clean off crack|clean off the drugs|off the heroin|off heroin|on crack|on the gear|on drugs|on spice|\
        on medication|tested positive for covid|sober for|clean and sober|drinks too much|drinking too much|\
        drinks heavily|weeks left to live|months left to live|weeks to live|months to live|not got long left|\
        given weeks|given months|end stage|colour blind|on the spectrum|on the autistic spectrum|dodgy ticker|bad legs|\
        bad lungs|bad nerves|had a fit|has fits|takes fits|long term sick|in recovery|on crutches|born deaf|born blind|\
        had covid|got covid|has covid|have covid|arm in a cast|leg in a cast|leg in plaster|arm in plaster|cant walk|\
        cannot walk|can't walk|cant walk far|can't walk far|can't see well|cant see very well|can barely walk|\
        struggle to walk|struggles to walk|struggling to walk|unable to walk|registered as blind|registered as disabled|\
        registered as partially sighted|registered severely sight impaired|signed off with my nerves|bad with my nerves|\
        bad with her nerves|bad with his nerves|suffers with his nerves|suffers with her nerves|suffer with my nerves|\
        transplant list|chemo tablets|dna sample|dna test|dna results",
    ),
    // Conditions, operations and aids that writers told of.
    (
        Cues::CONDITION,
        "hemiplegia|hemiparesis|diplegia|bad chest|bad heart|dodgy heart|weak heart|leaky heart valve|selective mute|thickened fluids|\
        thickened drinks|peg feeding|suction machine|suctioning|oxygen bottles|gastric band|gastric bypass|gastric sleeve|bowel resection|\
        lumpectomy|colonoscopy|endoscopy|angioplasty|angiogram|defibrillator|ng tube|nasogastric tube|duchenne|duchennes|g6pd|fistula|abscess|\
        abscesses|thrombosis|frozen shoulder|trapped nerve|restless legs|restless leg syndrome|cluster headaches|hypermobile|hashimotos|\
        hashimoto's|meniers|meniere's|reynards|raynaud's|kawasaki disease|gluten intolerance|dairy intolerance|lactose intolerance|\
        hip dysplasia|hip displasia|spica cast|talipes|perthes|kyphosis|curvature of the spine|stenosis|bulging disc|degenerative disc disease|\
        non-hodgkins|hodgkin's|thrombocytopenia|neutropenia|chrons|chron's|athsma|ashma|asma|arthuritis|arthritus|athritis|diabetis type 2|\
        parkinsonism|sleep apnia|sleep apnoea machine|rheumatoid|rheumatoid arthritis|psoriatic arthritis|irritable bowel syndrome|\
        electric shock treatment|palsy|bowel incontinence|double incontinence|voice box out|ectopic|tracheotomy|trachy|bone marrow donor|\
        leaky valve|dicky heart|spinal fusion|spinal surgery|hip fracture|broken hip|broken pelvis|broken neck|broken femur|\
        broken jaw|broken ribs|fractured skull|fractured spine|fractured pelvis|torn ligaments|cruciate|achilles rupture|third degree burns|\
        skin graft|skin grafts|sleepwalking|pica|tourette syndrome|absence seizures|scurvy|rickets|hypothermia|\
        frostbite|heatstroke|malnutrition|adrenal failure|adrenal crisis|cyclic vomiting|colic|croup|bronchiolitis|tonsillitis|appendicitis|peritonitis|\
        kidney infection|chest infection|bladder infection|ear infection|eye infection|leg infection|urine infection|water infection|uti|utis|\
        cataract|detached retinas|lymph node|lymph nodes|mastitis|preeclampsia|hyperemesis gravidarum|varicose vein|lewy bodies|\
        picks disease|vascular dementia|early onset dementia|frontotemporal dementia|mixed dementia|delirium|sundowning|psychotic episode|\
        manic episode|manic depression|schizo affective disorder|complex ptsd|birth trauma|survivors guilt|anger issues|\
        oppositional defiant disorder|odd and adhd|auditory processing disorder|learning needs|behavioural problems|behavioural issues|tic disorder|\
        thyroid|prostate|ulcer|reflux|acid reflux|pneumoconiosis|fgm|ehlers-danlos|carpal tunel|haemorrhoids|hemorrhoids|gall bladder|\
        gallbladder|tennis elbow|rotator cuff|frozen shoulders|perforated eardrum|burst eardrum|burst appendix|slip disk|slipped disk|\
        hirschsprungs|sjogren's|water retention|vibration white finger|foot drop|c diff|food poisoning|erectile problems|foetal alcohol|\
        global delay|chilblains|incontinence pads|syringe driver|feeding pump|shunt|glass eye|zimmer|zimmer frame|fibrosis|demensha|hypo|\
        rehab|whiplash|bypass surgery|leg bypass|apnoea monitor|bruised ribs|back brace",
    ),
    // How somebody is who is ill, old or expecting.
    (
        Cues::STATE,
        "hemiplegic|diplegic|selectively mute|electively mute|gluten intolerant|dairy intolerant|coeliacs|severely mentally impaired|hypothermic|\
        malnourished|jaundiced|unsteady on my feet|unsteady on his feet|unsteady on her feet|wobbly on my feet|\
        wobbly on his feet|wobbly on her feet|recovering gambler|compulsive gambler|brain tumour patient|bipolar 2|\
        poorly sighted|half paralysed|non weight bearing|in traction|in a neck brace|in a back brace|in a leg brace|in a body brace|in a full cast|\
        under a psychiatrist|nil by mouth|comatose|semi conscious|a recovering alcoholic|\
        bald from chemo|neutropenic|frail|palliative|short sighted|short-sighted|breastfeeding|breast feeding|mentally handicapped|stillborn|\
        premature|terminal|in plaster|in a cast|on the sick",
    ),
    (
        Cues::FACT,
        "went into labour|gone into labour|going into labour|coughing up blood|coughs up blood|passing blood|vomiting blood|bringing up blood|\
        third trimester|second trimester|first trimester|in neonatal|in nicu|in scbu|in special care|sniffing gas|sniffs gas|sniffing glue|sniffs glue|huffing gas|popping pills|electric shock therapy|\
        bone on bone|about to have a baby|kidney out|no sense of danger|not long to live|seeing things that arent there|sees things that arent there|cannot feel his legs|cannot feel her legs|drinks herself to sleep|\
        slurs her words|slurs his words|slur my words|slurring her words|slurring his words|on the burns unit|on the stroke ward|\
        on the cancer ward|on the psych ward|on growth hormone|on blood thinners|on steroids|on antibiotics|on the methotrexate|on the insulin|\
        on the oxygen|on a drip|on a feeding tube|on a mental health ward|under anaesthetic|loses consciousness|lost consciousness|in constant pain|in chronic pain|in a lot of pain",
    ),
    // What a form calls it.
    (
        Cues::FIELD,
        "health|health condition|health conditions|any health condition|any health conditions|health problems|\
        health issues|medical|medical condition|medical conditions|any medical conditions|medical needs|\
        medical history|condition|conditions|disability|disabilities|any disability|any disabilities|impairment|diagnosis|\
        medication|meds|medicines|current medication|allergies|special needs|sen|additional needs|access needs|\
        mental health|long term conditions|long term condition|illness|nature of disability|type of disability|diagnosed with",
    ),
];
