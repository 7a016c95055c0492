//! Signatures of the platforms: Twilio's HMAC over the address and the form, Telnyx's Ed25519 over time
//! and body. It reads no request: the telephone's door does.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, VerifyingKey};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha1::Sha1;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;
use subtle::ConstantTimeEq as _;

/// How far the platform's clock may be from ours, seconds.
const CLOCK_SECONDS_MAX: i64 = 300;

/// Twilio's signature of a request: base64 of HMAC-SHA1, under the auth token, over the address and
/// each distinct name and value of the form, sorted by name.
#[must_use]
pub fn twilio_signature(token: &str, url: &str, form: &[(String, String)]) -> String {
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(token.as_bytes()) else {
        return String::new();
    };
    mac.update(url.as_bytes());
    let pairs: BTreeSet<&(String, String)> = form.iter().collect();
    for (name, value) in pairs {
        mac.update(name.as_bytes());
        mac.update(value.as_bytes());
    }
    STANDARD.encode(mac.finalize().into_bytes())
}

/// Whether `given` is Twilio's signature of this request, for the address with and without its port:
/// which of them was signed depends on the platform and on what stands before us.
pub(super) fn is_twilios(token: &str, url: &str, form: &[(String, String)], given: &str) -> bool {
    let mut fits = false;
    for url in with_and_without_port(url) {
        let made = twilio_signature(token, &url, form);
        fits |= bool::from(made.as_bytes().ct_eq(given.as_bytes()));
    }
    fits && !token.is_empty()
}

/// The same where the body is no form: the address holds its hash, and only the address is signed.
pub(super) fn is_twilios_body(token: &str, url: &str, body: &[u8], given: &str) -> bool {
    let hash = url
        .split(['?', '&'])
        .find_map(|part| part.strip_prefix("bodySHA256="));
    let Some(hash) = hash else { return false };
    let made: String = Sha256::digest(body)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    bool::from(made.as_bytes().ct_eq(hash.to_ascii_lowercase().as_bytes()))
        && is_twilios(token, url, &[], given)
}

fn with_and_without_port(url: &str) -> Vec<String> {
    let Some((scheme, rest)) = url.split_once("://") else {
        return vec![url.to_owned()];
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at_checked(end).unwrap_or((rest, ""));
    let host_at = authority.rfind('@').map_or(0, |at| at + 1);
    let host = authority.get(host_at..).unwrap_or_default();
    let other = match host.rsplit_once(':') {
        Some((bare, port)) if !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()) => {
            bare.to_owned()
        }
        _ => match scheme {
            "https" | "wss" => format!("{host}:443"),
            _ => format!("{host}:80"),
        },
    };
    let user = authority.get(..host_at).unwrap_or_default();
    vec![url.to_owned(), format!("{scheme}://{user}{other}{path}")]
}

/// Whether `given` is Telnyx's signature of this body, and made within the last minutes.
pub(super) fn is_telnyxs(key: &str, time: &str, body: &[u8], given: &str, now_second: i64) -> bool {
    let check = || -> Option<bool> {
        let key: [u8; 32] = STANDARD.decode(key).ok()?.try_into().ok()?;
        let key = VerifyingKey::from_bytes(&key).ok()?;
        let signature = Signature::from_slice(&STANDARD.decode(given).ok()?).ok()?;
        let second: i64 = time.parse().ok()?;
        let signed = [time.as_bytes(), b"|", body].concat();
        let fits = key.verify_strict(&signed, &signature).is_ok();
        Some(fits && second.abs_diff(now_second) <= CLOCK_SECONDS_MAX.unsigned_abs())
    };
    check().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ed25519_dalek::{Signer as _, SigningKey};

    const URL: &str = "https://mycompany.com/myapp.php?foo=1&bar=2";

    fn form(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        let pair = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        pairs.iter().map(pair).collect()
    }

    fn published() -> Vec<(String, String)> {
        form(&[
            ("To", "+18005551212"),
            ("CallSid", "CA1234567890ABCDE"),
            ("From", "+14158675309"),
            ("Digits", "1234"),
            ("Caller", "+14158675309"),
        ])
    }

    /// The vectors of Twilio's own libraries (twilio-php, `RequestValidatorTest`), and of this design.
    #[test]
    fn the_published_signatures_are_made_and_taken() {
        let with_port = URL.replace(".com", ".com:1234");
        let plain = URL.replace("https", "http");
        let user = URL.replace("//", "//user:pass@");
        for (url, given) in [
            (URL, "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
            (&with_port, "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
            (
                &with_port.replace("https", "http"),
                "Zmvh+3yNM1Phv2jhDCwEM3q5ebU=",
            ),
            (URL, "kvajT1Ptam85bY51eRf/AJRuM3w="),
            (&plain, "0ZXoZLH/DfblKGATFgpif+LLRf4="),
            (&user, "CukzLTc1tT5dXEDIHm/tKBanW10="),
            (&user, "ZQFR1PTIZXF2MXB8ZnKCvnnA+rI="),
        ] {
            assert!(is_twilios("12345", url, &published(), given), "{url}");
        }
        let repeated = form(&[
            ("Sid", "CA123"),
            ("SidAccount", "AC123"),
            ("Digits", "5678"),
            ("Digits", "1234"),
            ("Digits", "1234"),
        ]);
        assert!(is_twilios(
            "12345",
            URL,
            &repeated,
            "IK+Dwps556ElfBT0I3Rgjkr1wJU="
        ));
        let ours = "wss://cece.example.gov.uk/relay";
        assert_eq!(
            twilio_signature("12345", ours, &[]),
            "gdQi1CTh6kLnsykR7N+vUE/9H0Q="
        );
        let said = form(&[("SpeechResult", "bin day"), ("CallSid", "CA1")]);
        let ours = "https://cece.example.gov.uk/twiml?x=1";
        assert_eq!(
            twilio_signature("12345", ours, &said),
            "n8HEQ1UHBpSZ5Ut4RaYayS7/WOk="
        );
    }

    #[test]
    fn a_body_is_signed_by_its_hash_in_the_address() {
        let body = br#"{"property": "value", "boolean": true}"#;
        let hash = "0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620";
        let url = format!("{URL}&bodySHA256={hash}");
        let given = "a9nBmqA0ju/hNViExpshrM61xv4=";
        assert!(is_twilios_body("12345", &url, body, given));
        assert!(!is_twilios_body("12345", &url, b"{}", given));
        assert!(!is_twilios_body("12345", URL, body, given));
    }

    #[test]
    fn whatever_was_changed_is_refused() {
        let given = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";
        let mut changed = published();
        changed[3].1 = "9999".to_owned();
        assert!(!is_twilios("12345", URL, &changed, given));
        assert!(!is_twilios(
            "12345",
            &format!("{URL}&x=1"),
            &published(),
            given
        ));
        assert!(!is_twilios("54321", URL, &published(), given));
        assert!(!is_twilios("12345", URL, &published(), ""));
        let of_nothing = twilio_signature("", URL, &published());
        assert!(
            !is_twilios("", URL, &published(), &of_nothing),
            "no token set"
        );
    }

    /// Telnyx publishes the form and no vector: a key of our own stands for theirs.
    #[test]
    fn telnyx_signs_time_and_body_and_an_old_one_is_refused() {
        let own = SigningKey::from_bytes(&[7; 32]);
        let key = STANDARD.encode(own.verifying_key().as_bytes());
        let body = b"CallSid=v2%3Aabc";
        let given = STANDARD.encode(own.sign(b"1780000000|CallSid=v2%3Aabc").to_bytes());
        assert!(is_telnyxs(&key, "1780000000", body, &given, 1_780_000_010));
        assert!(
            !is_telnyxs(&key, "1780000000", body, &given, 1_780_000_301),
            "replayed"
        );
        assert!(!is_telnyxs(&key, "1780000001", body, &given, 1_780_000_010));
        assert!(!is_telnyxs(
            &key,
            "1780000000",
            b"CallSid=x",
            &given,
            1_780_000_010
        ));
        assert!(!is_telnyxs("", "1780000000", body, &given, 1_780_000_010));
    }
}
