//! How the chat looks and reads on one site: colours, logo, wording, where else to turn.
//!
//! Checked when the settings are read: an address that is none, a logo that is no picture, a colour
//! that cannot be read against its ground (WCAG 2.2, 1.4.3). What is drawn from it is in `chat`.

use super::config::ConfigError;
use serde::Deserialize;
use std::path::PathBuf;

/// The grounds that text and buttons in the site's colour stand on: `--sheet` of `web/chat/chat.css`.
const SHEET: Colour = Colour([0xff, 0xff, 0xff]);
const SHEET_DARK: Colour = Colour([0x22, 0x27, 0x2b]);
/// What is written on the site's colour, whichever can be read better.
const INKS: [Colour; 2] = [Colour([0xff, 0xff, 0xff]), Colour([0x0b, 0x0c, 0x0c])];
/// Least contrast of text against its ground, WCAG 2.2 criterion 1.4.3.
const CONTRAST_MIN: f64 = 4.5;
/// Largest logo, bytes.
const LOGO_BYTES_MAX: usize = 64 * 1024;

/// The settings of one site that embeds the chat, or of the page at `/`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Site {
    /// Origins whose pages may embed it; empty for those of `origins` outside this table.
    pub origins: Vec<String>,
    /// The name that stands above the chat.
    pub title: String,
    /// The same in Welsh.
    pub title_cy: String,
    /// Colour of the header, buttons and links on white, `#rrggbb`.
    pub accent: String,
    /// The same on a dark ground.
    pub accent_dark: String,
    /// A picture file, SVG, PNG, WebP or JPEG, shown beside the title; empty for none.
    pub logo: PathBuf,
    /// Where else residents can turn, shown in the same place at all times; empty for the
    /// `base_url` of the council.
    pub contact_url: String,
    /// The privacy notice; empty for none.
    pub privacy_url: String,
}

impl Default for Site {
    fn default() -> Self {
        Self {
            origins: Vec::new(),
            title: "Ask the council".into(),
            title_cy: "Gofyn i'r cyngor".into(),
            accent: "#1d4f7c".into(),
            accent_dark: "#a9d0f2".into(),
            logo: PathBuf::new(),
            contact_url: String::new(),
            privacy_url: String::new(),
        }
    }
}

/// A logo as it is served.
pub(super) struct Logo {
    pub(super) kind: &'static str,
    pub(super) bytes: Vec<u8>,
}

impl Site {
    /// Checks what no type can; `name` is the table's, for the words of a fault.
    ///
    /// # Errors
    /// The first setting that cannot be, with what to write instead.
    pub(super) fn check(&self, name: &str) -> Result<(), ConfigError> {
        for (key, text, ground) in [
            ("accent", &self.accent, SHEET),
            ("accent_dark", &self.accent_dark, SHEET_DARK),
        ] {
            let fault = |words: String| ConfigError::Setting(format!("{name}.{key} = {words}"));
            let colour = Colour::parse(text)
                .ok_or_else(|| fault(format!("{text:?} is no colour: write it as \"#1d4f7c\"")))?;
            let contrast = colour.contrast(ground);
            if contrast < CONTRAST_MIN {
                let ground = ground.text();
                return Err(fault(format!(
                    "{text:?} has a contrast of {contrast:.1}:1 on {ground}, where text needs {CONTRAST_MIN}:1 (WCAG 2.2, 1.4.3): choose a {} colour",
                    if key == "accent" { "darker" } else { "lighter" }
                )));
            }
        }
        for (key, url) in [
            ("contact_url", &self.contact_url),
            ("privacy_url", &self.privacy_url),
        ] {
            if !(url.is_empty() || url.starts_with("https://") || url.starts_with("http://")) {
                return Err(ConfigError::Setting(format!(
                    "{name}.{key} = {url:?} is no web address: write it whole, like https://www.cheshvale.example/contact"
                )));
            }
        }
        self.read_logo(name).map(|_| ())
    }

    /// The logo; none where none is set.
    ///
    /// # Errors
    /// A file that is not there, not a picture, or too large.
    pub(super) fn read_logo(&self, name: &str) -> Result<Option<Logo>, ConfigError> {
        if self.logo.as_os_str().is_empty() {
            return Ok(None);
        }
        let fault = |words: String| {
            ConfigError::Setting(format!(
                "{name}.logo = {:?} {words}",
                self.logo.display().to_string()
            ))
        };
        let kind = match self.logo.extension().and_then(|end| end.to_str()) {
            Some("svg") => "image/svg+xml",
            Some("png") => "image/png",
            Some("webp") => "image/webp",
            Some("jpg" | "jpeg") => "image/jpeg",
            _ => return Err(fault("is no .svg, .png, .webp or .jpg file".into())),
        };
        let bytes =
            std::fs::read(&self.logo).map_err(|cause| fault(format!("cannot be read: {cause}")))?;
        if bytes.len() > LOGO_BYTES_MAX {
            let length = bytes.len();
            return Err(fault(format!(
                "has {length} bytes, and at most {LOGO_BYTES_MAX} are served to every visitor: make it smaller"
            )));
        }
        Ok(Some(Logo { kind, bytes }))
    }

    /// The style sheet with this site's colours. They have been checked.
    pub(super) fn theme(&self) -> String {
        let rule = |text: &str| {
            let accent = Colour::parse(text).unwrap_or(INKS[1]);
            let [first, second] = INKS.map(|ink| (accent.contrast(ink), ink));
            let ink = if first.0 >= second.0 {
                first.1
            } else {
                second.1
            };
            format!(
                ":root{{--brand:{};--on-brand:{};--link:{}}}",
                accent.text(),
                ink.text(),
                accent.text()
            )
        };
        format!(
            "{}\n@media (prefers-color-scheme:dark){{{}}}\n",
            rule(&self.accent),
            rule(&self.accent_dark)
        )
    }
}

/// A colour in sRGB.
#[derive(Debug, Clone, Copy)]
struct Colour([u8; 3]);

impl Colour {
    fn parse(text: &str) -> Option<Self> {
        let hex = text.strip_prefix('#').filter(|hex| hex.len() == 6)?;
        if !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let number = u32::from_str_radix(hex, 16).ok()?;
        let [_, red, green, blue] = number.to_be_bytes();
        Some(Self([red, green, blue]))
    }

    fn text(self) -> String {
        let [red, green, blue] = self.0;
        format!("#{red:02x}{green:02x}{blue:02x}")
    }

    /// Relative luminance, 0 to 1, as WCAG 2.2 defines it.
    fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(|byte| {
            let part = f64::from(byte) / 255.0;
            if part <= 0.04045 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// Contrast ratio, 1 to 21, as WCAG 2.2 defines it.
    fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(change: impl FnOnce(&mut Site)) -> String {
        let mut site = Site::default();
        change(&mut site);
        site.check("site").unwrap_err().to_string()
    }

    #[test]
    fn the_colours_that_ship_can_be_read() {
        Site::default().check("site").unwrap();
        let css = std::fs::read_to_string("web/chat/chat.css").unwrap();
        for sheet in [SHEET, SHEET_DARK] {
            let rule = format!("--sheet: {};", sheet.text());
            assert!(
                css.contains(&rule),
                "chat.css has other grounds than are checked"
            );
        }
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        let colour = |text| Colour::parse(text).unwrap();
        let black_on_white = colour("#000000").contrast(colour("#ffffff"));
        assert!((black_on_white - 21.0).abs() < 1e-9);
        // The grey that is known to pass on white by a hair.
        assert!((colour("#767676").contrast(SHEET) - 4.54).abs() < 0.01);
    }

    #[test]
    fn what_cannot_be_read_or_opened_is_refused_with_its_mend() {
        assert!(fault(|site| site.accent = "#ffdd00".into()).contains("1.3:1 on #ffffff"));
        assert!(fault(|site| site.accent_dark = "#1d4f7c".into()).contains("lighter"));
        for bad in ["red", "#fff", "#12345g", "#1234567", "#é2345"] {
            assert!(
                fault(|site| site.accent = bad.into()).contains("is no colour"),
                "{bad}"
            );
        }
        assert!(
            fault(|site| site.contact_url = "javascript:alert(1)".into()).contains("web address")
        );
        assert!(fault(|site| site.logo = "Cargo.toml".into()).contains("is no .svg"));
        assert!(fault(|site| site.logo = "nowhere.svg".into()).contains("cannot be read"));
    }

    #[test]
    fn a_light_colour_is_written_on_in_black() {
        let theme = Site::default().theme();
        assert!(
            theme.contains("--brand:#1d4f7c;--on-brand:#ffffff"),
            "{theme}"
        );
        assert!(
            theme.contains("--brand:#a9d0f2;--on-brand:#0b0c0c"),
            "{theme}"
        );
    }
}
