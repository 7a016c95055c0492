//! The keyring by itself: what is made, destroyed, and written.

use super::super::tests::Repeatable;
use super::*;
use jiff::civil::date;
use std::os::unix::fs::PermissionsExt;

struct Place {
    folder: tempfile::TempDir,
    random: Repeatable,
}

impl Place {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            random: Repeatable::fresh(),
        }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("keyring")
    }

    fn open_with(&self, master: &str) -> Result<Keyring, KeyError> {
        let master = self.folder.path().join(master);
        let master = MasterKey::load_or_make(&master, &self.random).unwrap();
        Keyring::open(&self.path(), Arc::new(master), &self.random)
    }

    fn open(&self) -> Keyring {
        self.open_with("master").unwrap()
    }
}

fn bucket(year: i16, month: i8) -> Bucket {
    Bucket::of(Some(date(year, month, 17)), date(2026, 1, 1))
}

#[test]
fn keys_are_kept_by_class_and_month_and_open_what_they_sealed_after_a_restart() {
    let place = Place::new();
    let keyring = place.open();
    let (chat, complaint) = (ClassName::new("chat"), ClassName::new("complaint"));
    assert_eq!(keyring.current(&chat, bucket(2027, 1)), None);
    let id = keyring.make(&chat, bucket(2027, 1), &place.random).unwrap();
    assert_eq!(
        keyring.make(&chat, bucket(2027, 1), &place.random).unwrap(),
        id
    );
    let later = keyring.make(&chat, bucket(2027, 2), &place.random).unwrap();
    let other = keyring
        .make(&complaint, bucket(2027, 1), &place.random)
        .unwrap();
    assert!(id != later && id != other && later != other);

    let dek = Dek::random(&place.random);
    let wrapped = keyring.wrap(id, &dek, b"of this", &place.random).unwrap();
    let digest = keyring.digest(&[b"K4TM", b"7QHD"]);
    assert_ne!(digest, keyring.digest(&[b"K4TM7", b"QHD"]));
    assert_ne!(
        digest,
        Place::new().open().digest(&[b"K4TM", b"7QHD"]),
        "not keyed"
    );
    drop(keyring);

    let keyring = place.open();
    assert_eq!(keyring.current(&chat, bucket(2027, 1)), Some(id));
    assert_eq!(keyring.keks().len(), 3);
    assert_eq!(keyring.digest(&[b"K4TM", b"7QHD"]), digest);
    let opened = keyring.unwrap(id, &wrapped, b"of this").unwrap();
    assert_eq!(opened.0.bytes(), dek.0.bytes());
    for (id, context) in [(id, b"of that"), (other, b"of this"), (later, b"of this")] {
        assert!(matches!(
            keyring.unwrap(id, &wrapped, context),
            Err(KeyError::Forged)
        ));
    }
}

#[test]
fn a_destroyed_key_is_gone_from_memory_and_file_and_its_month_gets_another() {
    let place = Place::new();
    let keyring = place.open();
    let chat = ClassName::new("chat");
    let id = keyring.make(&chat, bucket(2027, 1), &place.random).unwrap();
    let kept = keyring.make(&chat, bucket(2027, 2), &place.random).unwrap();
    let wrapped = keyring
        .wrap(id, &Dek::random(&place.random), b"", &place.random)
        .unwrap();
    keyring.destroy(id).unwrap();
    assert!(matches!(keyring.destroy(id), Err(KeyError::Missing(_))));
    assert!(matches!(
        keyring.unwrap(id, &wrapped, b""),
        Err(KeyError::Missing(_))
    ));
    let file = fs::read_to_string(place.path()).unwrap();
    assert!(!file.contains(&id.to_string()) && file.contains(&kept.to_string()));
    assert_ne!(
        keyring.make(&chat, bucket(2027, 1), &place.random).unwrap(),
        id
    );
    drop(keyring);
    assert!(matches!(
        place.open().unwrap(id, &wrapped, b""),
        Err(KeyError::Missing(_))
    ));
}

#[test]
fn a_keyring_opens_with_its_own_master_key_as_it_was_written_and_for_its_owner_alone() {
    let place = Place::new();
    let keyring = place.open();
    keyring
        .make(&ClassName::new("chat"), bucket(2027, 1), &place.random)
        .unwrap();
    let path = place.path();
    let mode = fs::metadata(&path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode, 0o600);
    let wrong = place.open_with("another").unwrap_err();
    assert!(matches!(wrong, KeyError::WrongMaster { .. }), "{wrong}");

    let text = fs::read_to_string(&path).unwrap();
    let cases = [
        (text.replace("2027-01", "2037-01"), "master key"),
        (text.replace("\"chat\"", "\"complaint\""), "master key"),
        (
            text.replace("\"format\":2", "\"format\":3"),
            "its format is 3",
        ),
        (text.replace("2027-01", "soon"), "a month is no month"),
        (text.replace("\"index\"", "\"indices\""), "line 1, column"),
        (text.replace("\"id\"", "\"name\""), "line 2, column"),
        (
            text.replacen("000000000001", "many", 1),
            "its number of keys is no number",
        ),
        (text.chars().take(40).collect(), "line 1, column"),
        (String::new(), "line 1, column"),
    ];
    for (changed, told) in cases {
        fs::write(&path, &changed).unwrap();
        let error = place.open_with("master").unwrap_err().to_string();
        assert!(error.contains(told), "{told}: {error}");
        assert_eq!(
            fs::read_to_string(&path).unwrap(),
            changed,
            "it was overwritten"
        );
    }
    fs::write(&path, text).unwrap();
    place.open();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    let error = place.open_with("master").unwrap_err().to_string();
    assert!(error.contains("chmod 600"), "{error}");
}

fn three_keys(place: &Place) -> Vec<KekId> {
    let keyring = place.open();
    let make = |month| keyring.make(&ClassName::new("chat"), bucket(2027, month), &place.random);
    [1, 2, 3].map(|month| make(month).unwrap()).to_vec()
}

fn ids(keyring: &Keyring) -> BTreeSet<KekId> {
    keyring.keks().into_iter().map(|info| info.id).collect()
}

#[test]
fn a_new_key_is_added_to_the_file_and_nothing_else_is_written() {
    let place = Place::new();
    three_keys(&place);
    let before = fs::read_to_string(place.path()).unwrap();
    let keyring = place.open();
    let inode = |path: &Path| std::os::unix::fs::MetadataExt::ino(&fs::metadata(path).unwrap());
    let was = inode(&place.path());
    keyring
        .make(&ClassName::new("chat"), bucket(2027, 4), &place.random)
        .unwrap();
    assert_eq!(inode(&place.path()), was);
    let after = fs::read_to_string(place.path()).unwrap();
    let counted = before.replacen("000000000003", "000000000004", 1);
    assert!(after.starts_with(&counted), "{after}");
    assert_eq!(after.lines().count(), 5);
    assert_eq!(ids(&place.open()), ids(&keyring));
}

#[test]
fn a_keyring_that_was_cut_off_anywhere_is_refused_and_says_how_much_is_missing() {
    let place = Place::new();
    three_keys(&place);
    let text = fs::read(place.path()).unwrap();
    for length in 0..text.len() {
        fs::write(place.path(), &text[..length]).unwrap();
        let told = place.open_with("master").unwrap_err();
        assert!(
            matches!(told, KeyError::NotAKeyring { .. }),
            "{length}: {told}"
        );
    }
    let told = place.open_with("master").unwrap_err().to_string();
    assert!(told.contains("1 of its 3 keys are missing"), "{told}");
}

#[test]
fn a_stop_while_a_key_is_added_leaves_the_keys_before_it_and_the_next_is_whole() {
    let place = Place::new();
    let made = three_keys(&place);
    let text = fs::read_to_string(place.path()).unwrap();
    let two = text.replacen("000000000003", "000000000002", 1);
    let begun = 1 + text.trim_end().rfind('\n').unwrap();
    for length in begun..text.len() {
        fs::write(place.path(), &two.as_bytes()[..length]).unwrap();
        let keyring = place.open();
        let mut expected = BTreeSet::from([made[0], made[1]]);
        assert_eq!(ids(&keyring), expected, "{length}");
        let chat = ClassName::new("chat");
        expected.insert(keyring.make(&chat, bucket(2028, 1), &place.random).unwrap());
        expected.insert(keyring.make(&chat, bucket(2028, 2), &place.random).unwrap());
        drop(keyring);
        assert_eq!(ids(&place.open()), expected, "{length}");
    }
    // The line was whole and was not counted yet.
    fs::write(place.path(), two).unwrap();
    assert_eq!(ids(&place.open()), BTreeSet::from_iter(made));
}

#[test]
fn a_keyring_of_the_first_form_opens_and_the_next_change_writes_the_present_one() {
    let place = Place::new();
    let made = three_keys(&place);
    let text = fs::read_to_string(place.path()).unwrap();
    let mut lines = text.lines().map(|line| serde_json::from_str(line).unwrap());
    let head: serde_json::Value = lines.next().unwrap();
    let keys: Vec<serde_json::Value> = lines.collect();
    let first = serde_json::json!({ "format": 1, "index": head["index"], "keys": keys });
    fs::write(place.path(), serde_json::to_vec_pretty(&first).unwrap()).unwrap();
    let keyring = place.open();
    let mut expected = BTreeSet::from_iter(made);
    assert_eq!(ids(&keyring), expected);
    let chat = ClassName::new("chat");
    expected.insert(keyring.make(&chat, bucket(2028, 1), &place.random).unwrap());
    drop(keyring);
    let text = fs::read_to_string(place.path()).unwrap();
    assert!(
        text.starts_with("{\"keys\":\"000000000004\",\"format\":2,"),
        "{text}"
    );
    assert_eq!(ids(&place.open()), expected);
}

#[test]
fn a_file_that_somebody_else_has_changed_is_written_whole() {
    let place = Place::new();
    let mut expected = BTreeSet::from_iter(three_keys(&place));
    let keyring = place.open();
    fs::write(place.path(), "").unwrap();
    let chat = ClassName::new("chat");
    expected.insert(keyring.make(&chat, bucket(2028, 1), &place.random).unwrap());
    assert_eq!(ids(&place.open()), expected);
}
