//! From the files of a folder to one [`Assistant`], or to every fault in them at once.
//!
//! It says which file is what, and in which order they are read; the files' own modules say what is
//! in them.

use super::council::CouncilFile;
use super::examples::{self, Sample};
use super::fault::{Fault, Faults, Severity};
use super::fields::Fields;
use super::page::Page;
use super::phrasings::Phrasings;
use super::reader::{self, Folder};
use super::say::Facts;
use super::{Assistant, Intent, Locale, Sounds, Wording};
use super::{council, danger, department, intent, languages, phrases};
use crate::departments::{Department, DepartmentName};
use crate::nlu::entities::Lexicon;
use crate::nlu::{Command, IntentName};
use crate::pii::PiiKind;
use crate::transcripts::retention::Register;
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use toml::Spanned;
use toml::de::DeTable;

/// Finds personal data in examples.
pub trait Scan {
    /// The kinds in an example.
    fn kinds(&self, example: &str) -> Vec<PiiKind>;

    /// Whether the examples of this version of the content were found clean before, so that none need be looked at:
    /// there are tens of thousands.
    fn found_clean(&self, _version: &str) -> bool {
        false
    }
}

impl<F: Fn(&str) -> Vec<PiiKind>> Scan for F {
    fn kinds(&self, example: &str) -> Vec<PiiKind> {
        self(example)
    }
}

fn nothing(_: &str) -> Vec<PiiKind> {
    Vec::new()
}

/// Content that can be used.
#[derive(Debug)]
pub struct Loaded {
    /// The content.
    pub assistant: Assistant,
    /// What an author should look at.
    pub warnings: Vec<Fault>,
}

/// What every file is checked against.
pub(super) struct Ground<'a> {
    /// What placeholders stand for.
    pub(super) facts: Facts,
    /// What links are relative to.
    pub(super) base_url: Option<Arc<str>>,
    /// The department folders there are.
    pub(super) departments: BTreeSet<&'a str>,
    /// The record classes there are.
    pub(super) register: &'a Register,
    /// The day, in the council's zone.
    pub(super) today: Date,
    /// Finds personal data.
    pub(super) scan: &'a dyn Scan,
}

const COUNCIL: &str = "council.toml";
const DANGER: &str = "danger.toml";
const LANGUAGES: &str = "languages.toml";
const PHRASINGS: &str = "phrasings.toml";
const DEPARTMENT: &str = "department.toml";
const WORDING: [(&str, Locale); 2] = [
    ("wording.en.toml", Locale::En),
    ("wording.cy.toml", Locale::Cy),
];

/// Reads the content folder `dir`; record classes must be rows of `register`, answers are held
/// against `today`, and `scan` finds personal data in examples.
///
/// # Errors
///
/// Every fault of every file, warnings among them, if any of them is an error.
pub fn load(
    dir: &Path,
    register: Arc<Register>,
    today: Date,
    scan: &dyn Scan,
) -> Result<Loaded, Faults> {
    let mut folder = reader::read(dir).map_err(|fault| Faults(vec![fault]))?;
    let mut faults = std::mem::take(&mut folder.faults);
    let version = version(&folder, &register);
    let scan = if scan.found_clean(&version) {
        &nothing
    } else {
        scan
    };
    let pages: Vec<Page<'_>> = folder
        .sources
        .iter()
        .map(|source| Page::new(&folder.shown(&source.path), &source.text))
        .collect();
    // What does not belong here need not be TOML.
    let sources = folder.sources.iter().zip(&pages);
    let tables: Vec<_> = sources
        .map(|(source, page)| misplaced(&source.path).is_none().then(|| page.parse())?)
        .collect();
    let files = Files {
        folder: &folder,
        pages: &pages,
        tables: &tables,
    };
    let departments = files.departments(&mut faults);
    let parts = read_parts(&files, departments, &register, today, scan, &mut faults);
    faults.extend(pages.into_iter().flat_map(Page::into_faults));
    let faults = Faults::sorted(faults);
    match parts.council.council {
        Some(council) if faults.errors().next().is_none() => Ok(Loaded {
            assistant: Assistant {
                lexicon: Lexicon::of(&parts.intents, &parts.departments, parts.council.references),
                version,
                council,
                departments: parts.departments,
                intents: parts.intents,
                phrasings: parts.phrasings,
                sounds: parts.sounds,
                wording: parts.wording,
                commands: parts.commands,
                register,
            },
            warnings: faults.0,
        }),
        Some(_) | None => Err(faults),
    }
}

/// The files by path, as far as they are there and are TOML.
struct Files<'p> {
    folder: &'p Folder,
    pages: &'p [Page<'p>],
    tables: &'p [Option<Spanned<DeTable<'p>>>],
}

/// What was read, as far as it could be.
struct Parts {
    council: CouncilFile,
    departments: BTreeMap<DepartmentName, Department>,
    intents: BTreeMap<IntentName, Intent>,
    phrasings: Vec<(IntentName, Arc<str>)>,
    sounds: Sounds,
    wording: Wording,
    commands: BTreeMap<Command, Vec<Arc<str>>>,
}

fn read_parts(
    files: &Files<'_>,
    departments: BTreeSet<&str>,
    register: &Register,
    today: Date,
    scan: &dyn Scan,
    faults: &mut Vec<Fault>,
) -> Parts {
    files.need(COUNCIL, "add it, with the council's name", faults);
    let mut council = files
        .fields(COUNCIL)
        .map(|fields| council::read(fields, &departments));
    let ground = Ground {
        facts: Facts {
            values: council.as_mut().map(|file| std::mem::take(&mut file.facts)),
        },
        base_url: council.as_ref().and_then(|file| file.base_url.clone()),
        departments,
        register,
        today,
        scan,
    };
    let mut parts = Parts {
        council: council.unwrap_or_default(),
        departments: BTreeMap::new(),
        intents: BTreeMap::new(),
        phrasings: Vec::new(),
        sounds: Sounds::default(),
        wording: Wording::default(),
        commands: BTreeMap::new(),
    };
    for (path, locale) in WORDING {
        files.need(
            path,
            "add it, with [phrases], [warnings] and [commands]",
            faults,
        );
        if let Some(fields) = files.fields(path) {
            let (wording, commands) = (&mut parts.wording, &mut parts.commands);
            phrases::read(fields, locale, &ground.facts, wording, commands);
        }
    }
    if let Some(fields) = files.fields(LANGUAGES) {
        parts.wording.languages = languages::read(fields, &ground.facts);
    }
    if let Some(fields) = files.fields(DANGER) {
        parts.sounds = danger::read(fields, &ground);
    }
    for slug in &ground.departments {
        let path = format!("{slug}/{DEPARTMENT}");
        files.need(
            &path,
            "add it, with the department's name, reach and hours",
            faults,
        );
        let fields = files.fields(&path);
        if let Some(read) = fields.and_then(|fields| department::read(fields, slug, &ground)) {
            parts.departments.insert(read.name.clone(), read);
        }
    }
    let named = files.read_intents(&ground, &mut parts.intents);
    let mut phrasings = Phrasings::beside(&parts.intents);
    for slug in &ground.departments {
        if let Some(fields) = files.fields(&format!("{slug}/{PHRASINGS}")) {
            phrasings.read(fields, slug, &named, &ground);
        }
    }
    parts.phrasings = phrasings.all();
    parts
}

impl<'p> Files<'p> {
    /// The tables of the file at `path`; none where it is missing or is not TOML.
    fn fields(&self, path: &str) -> Option<Fields<'p>> {
        let sources = &self.folder.sources;
        let index = sources
            .binary_search_by(|source| source.path.as_str().cmp(path))
            .ok()?;
        let table = self.tables.get(index)?.as_ref()?;
        Some(Fields::root(self.pages.get(index)?, table))
    }

    /// Notes a file that must be there and is not.
    fn need(&self, path: &str, fix: &str, faults: &mut Vec<Fault>) {
        let there = self.folder.sources.iter().any(|source| source.path == path)
            || self.folder.unreadable.iter().any(|other| other == path);
        if !there {
            let file = self.folder.shown(path);
            faults.push(Fault::whole(
                Severity::Error,
                file,
                "the file is missing",
                fix,
            ));
        }
    }

    /// The department folders, with a fault for every name that does not belong here.
    fn departments(&self, faults: &mut Vec<Fault>) -> BTreeSet<&'p str> {
        let mut error = |path: &str, what: &str, fix: &str| {
            let file = self.folder.shown(path);
            faults.push(Fault::whole(Severity::Error, file, what, fix));
        };
        for folder in self.folder.folders.iter().filter(|name| !is_name(name)) {
            error(folder, "this is not the name of a department", NAMES);
        }
        let paths = self.folder.sources.iter().map(|source| &source.path);
        for path in paths.chain(&self.folder.unreadable) {
            if let Some((what, fix)) = misplaced(path) {
                error(path, what, fix);
            }
        }
        let folders = self.folder.folders.iter().map(String::as_str);
        let departments: BTreeSet<&str> = folders.filter(|name| is_name(name)).collect();
        if departments.is_empty() {
            error(
                "",
                "there is no department",
                "add a folder for each department",
            );
        }
        departments
    }

    /// Reads the intents; gives the names of all, those with faults as well.
    fn read_intents(
        &self,
        ground: &Ground<'_>,
        intents: &mut BTreeMap<IntentName, Intent>,
    ) -> BTreeSet<IntentName> {
        let mut read = Vec::new();
        for (index, source) in self.folder.sources.iter().enumerate() {
            let stem = source.path.strip_suffix(".toml").unwrap_or(&source.path);
            let Some((folder, name)) = stem.split_once('/') else {
                continue;
            };
            let belongs = ground.departments.contains(folder) && is_name(name);
            let other = [DEPARTMENT, PHRASINGS]
                .iter()
                .any(|file| source.path.ends_with(&format!("/{file}")));
            if !belongs || other {
                continue;
            }
            if let Some(fields) = self.fields(&source.path) {
                let name = IntentName::new(stem);
                let (intent, examples) = intent::read(fields, &name, ground);
                intents.extend(intent.map(|intent| (name.clone(), intent)));
                read.push((index, name, examples));
            }
        }
        let samples = read.iter().flat_map(|(index, intent, examples)| {
            examples.iter().map(|text| Sample {
                intent,
                page: &self.pages[*index],
                text: text.clone(),
            })
        });
        examples::compare(&samples.collect::<Vec<_>>());
        read.into_iter().map(|(_, name, _)| name).collect()
    }
}

const NAMES: &str = "use lower-case letters, digits and hyphens";

/// What is wrong with there being a file at `path`, and what to do about it; none where it belongs.
fn misplaced(path: &str) -> Option<(&'static str, &'static str)> {
    let Some((_, file)) = path.split_once('/') else {
        let known = [COUNCIL, DANGER, LANGUAGES].contains(&path)
            || WORDING.iter().any(|(wording, _)| path == *wording);
        return (!known).then_some((
            "this file does not belong here",
            "an intent belongs in its department's folder; here are only council.toml, \
             danger.toml, languages.toml, wording.en.toml and wording.cy.toml",
        ));
    };
    match file.strip_suffix(".toml") {
        Some(stem) if is_name(stem) => None,
        Some(_) => Some(("this is not the name of an intent", NAMES)),
        None => Some((
            "this file is not read: it does not end in .toml",
            "rename it, or keep it somewhere else",
        )),
    }
}

/// Whether a folder or a file may be called so: it is part of a name that goes into records.
fn is_name(name: &str) -> bool {
    let letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    !name.is_empty() && !name.starts_with('-') && !name.ends_with('-') && name.chars().all(letter)
}

/// SHA-256 over the sorted paths and bytes and the register's version, as 16 hex digits.
fn version(folder: &Folder, register: &Register) -> Arc<str> {
    let mut hash = Sha256::new();
    let mut part = |bytes: &[u8]| {
        // Lengths keep "ab" + "c" from being "a" + "bc".
        hash.update((bytes.len() as u64).to_be_bytes());
        hash.update(bytes);
    };
    for source in &folder.sources {
        part(source.path.as_bytes());
        part(source.text.as_bytes());
    }
    part(register.version.as_bytes());
    let digest = hash.finalize();
    let hex = digest.iter().take(8).map(|byte| format!("{byte:02x}"));
    hex.collect::<String>().into()
}
