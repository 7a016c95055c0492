//! What is held, as a page that people would rather look at than a list: by record class, age and month
//! in which it is due, as a chart and as a table. No script, nothing from elsewhere, no content.

use super::archive::{Disposition, Span};
use super::record::DataClass;
use super::retention::{ClassName, Register};
use jiff::Timestamp;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

/// Most bars of a chart; what is due later goes into the last.
const BARS_MAX: usize = 24;

/// What is held.
#[derive(Debug, Clone)]
pub struct Holdings {
    /// When this was counted.
    pub made: Timestamp,
    /// Whether the register is signed, in words.
    pub standing: String,
    /// The register.
    pub register: Arc<Register>,
    /// Records by record class, data class, and months of beginning and end.
    pub held: BTreeMap<(String, DataClass, Span), u64>,
    /// Holds.
    pub holds: usize,
    /// What was disposed of.
    pub dispositions: Vec<Disposition>,
    /// Counts that have stayed.
    pub counts: BTreeMap<String, u64>,
}

impl Holdings {
    /// In a few lines.
    #[must_use]
    pub fn words(&self) -> String {
        let mut text = String::new();
        for (class, records) in self.by(|class, _, _| class.to_owned()) {
            let _ = writeln!(text, "{records:>8}  {class}");
        }
        let _ = writeln!(
            text,
            "{:>8}  records in all; {} holds; {}",
            self.held.values().sum::<u64>(),
            self.holds,
            self.standing
        );
        text
    }

    /// As data.
    #[must_use]
    pub fn json(&self) -> Value {
        let rows: Vec<_> = self
            .held
            .iter()
            .map(|((class, data, span), records)| {
                json!({
                    "class": class,
                    "data": data,
                    "began": span.began,
                    "due": span.due,
                    "records": records,
                })
            })
            .collect();
        json!({
            "made": self.made,
            "register": self.register.version,
            "standing": self.standing,
            "holds": self.holds,
            "held": rows,
            "dispositions": self.dispositions,
            "counts": self.counts,
        })
    }

    /// As a page.
    #[must_use]
    pub fn html(&self) -> String {
        let mut page = String::from(HEAD);
        let _ = write!(
            page,
            "<h1>What is held</h1>\n<p>Counted on {}, by version {} of the retention register. {}. {} holds.</p>\n",
            self.made.strftime("%-d %B %Y, %H:%M UTC"),
            escaped(&self.register.version),
            escaped(&capital(&self.standing)),
            self.holds
        );
        let due = self.by(|_, _, span| span.due.clone().unwrap_or_else(|| "open".to_owned()));
        let began = self.by(|_, _, span| span.began.clone());
        page.push_str(&chart(
            "Records by the month in which they are due",
            &cut(due),
        ));
        page.push_str(&chart(
            "Records by the month in which they were made",
            &cut_old(began),
        ));
        self.class_table(&mut page);
        self.month_table(&mut page);
        self.disposition_table(&mut page);
        page.push_str("</main>\n</body>\n</html>\n");
        page
    }

    fn by(&self, key: impl Fn(&str, DataClass, &Span) -> String) -> BTreeMap<String, u64> {
        let mut sums = BTreeMap::new();
        for ((class, data, span), records) in &self.held {
            *sums.entry(key(class, *data, span)).or_default() += records;
        }
        sums
    }

    fn class_table(&self, page: &mut String) {
        page.push_str(
            "<h2>By record class</h2>\n<table>\n<thead><tr><th scope=\"col\">Record class</th>\
             <th scope=\"col\">Information</th><th scope=\"col\">Keep for</th><th scope=\"col\">Keep from</th>\
             <th scope=\"col\">Then</th><th scope=\"col\">Legislation or business reason</th>\
             <th scope=\"col\">Held</th></tr></thead>\n<tbody>\n",
        );
        for (class, records) in self.by(|class, _, _| class.to_owned()) {
            let row = self.register.rows.get(&ClassName::new(&class));
            let (information, keep_for, keep_from, then, why) = row.map_or_else(
                || {
                    (
                        String::new(),
                        String::new(),
                        String::new(),
                        String::new(),
                        String::new(),
                    )
                },
                |row| {
                    (
                        row.information.clone(),
                        row.keep_for_text.clone(),
                        triggers(row),
                        format!("{:?}", row.then).to_lowercase(),
                        format!("{}; {}", row.basis, row.authority),
                    )
                },
            );
            let _ = writeln!(
                page,
                "<tr><th scope=\"row\">{}</th><td>{}</td><td>{keep_for}</td><td>{keep_from}</td><td>{then}</td>\
                 <td>{}</td><td class=\"number\">{records}</td></tr>",
                escaped(&class),
                escaped(&information),
                escaped(&why)
            );
        }
        page.push_str("</tbody>\n</table>\n");
    }

    fn month_table(&self, page: &mut String) {
        page.push_str(
            "<h2>By month in which it is due</h2>\n<table>\n<thead><tr><th scope=\"col\">Due</th>\
             <th scope=\"col\">Record class</th><th scope=\"col\">Data</th><th scope=\"col\">Records</th></tr></thead>\n<tbody>\n",
        );
        let rows = self.by(|class, data, span| {
            let due = span.due.as_deref().unwrap_or("open");
            format!("{due}\t{class}\t{}", format!("{data:?}").to_lowercase())
        });
        for (row, records) in rows {
            let cells: Vec<_> = row.split('\t').map(escaped).collect();
            let _ = writeln!(
                page,
                "<tr><td>{}</td><td class=\"number\">{records}</td></tr>",
                cells.join("</td><td>")
            );
        }
        page.push_str("</tbody>\n</table>\n");
    }

    fn disposition_table(&self, page: &mut String) {
        page.push_str(
            "<h2>What was disposed of</h2>\n<table>\n<thead><tr><th scope=\"col\">When</th><th scope=\"col\">By</th>\
             <th scope=\"col\">Register</th><th scope=\"col\">Records</th><th scope=\"col\">Keys</th></tr></thead>\n<tbody>\n",
        );
        for run in self.dispositions.iter().rev() {
            let _ = writeln!(
                page,
                "<tr><td>{}</td><td>{}</td><td>{}</td><td class=\"number\">{}</td><td class=\"number\">{}</td></tr>",
                run.at.strftime("%Y-%m-%d %H:%M"),
                escaped(&run.by),
                escaped(&run.register),
                run.records,
                run.keys
            );
        }
        page.push_str("</tbody>\n</table>\n");
    }
}

const HEAD: &str = "<!doctype html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>What is held</title>\n<style>\n\
body{font:1rem/1.5 system-ui,sans-serif;margin:0;color:#0b0c0c;background:#fff}main{max-width:75rem;margin:0 auto;padding:1rem}\n\
table{border-collapse:collapse;width:100%;margin-bottom:2rem}th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;\
border-bottom:1px solid #b1b4b6}.number{text-align:right;font-variant-numeric:tabular-nums}\n\
svg{width:100%;height:auto}svg text{font-size:12px;fill:#0b0c0c}rect{fill:#1d70b8}\n\
</style>\n</head>\n<body>\n<main>\n";

/// Bars with their numbers, readable without colour, each named for whoever hears the page.
fn chart(title: &str, bars: &[(String, u64)]) -> String {
    const WIDTH: usize = 960;
    const HEIGHT: u64 = 240;
    let most = bars
        .iter()
        .map(|(_, records)| *records)
        .max()
        .unwrap_or(0)
        .max(1);
    let step = WIDTH / bars.len().max(1);
    let mut svg = format!(
        "<h2>{title}</h2>\n<svg viewBox=\"0 0 {WIDTH} {}\" role=\"img\" aria-label=\"{title}; the table below has the same numbers\">\n",
        HEIGHT + 60
    );
    for (place, (name, records)) in bars.iter().enumerate() {
        let (x, height) = (place * step, records * HEIGHT / most);
        let top = HEIGHT - height + 20;
        let middle = x + step / 2;
        let _ = writeln!(
            svg,
            "<g><title>{0}: {records}</title><rect x=\"{1}\" y=\"{top}\" width=\"{2}\" height=\"{height}\"/>\
             <text x=\"{middle}\" y=\"{3}\" text-anchor=\"middle\">{records}</text>\
             <text x=\"{middle}\" y=\"{4}\" text-anchor=\"end\" transform=\"rotate(-45 {middle} {4})\">{0}</text></g>",
            escaped(name),
            x + 2,
            step.saturating_sub(4).max(1),
            top - 5,
            HEIGHT + 32,
        );
    }
    svg.push_str("</svg>\n");
    svg
}

/// At most [`BARS_MAX`] bars, what is later in the last.
fn cut(months: BTreeMap<String, u64>) -> Vec<(String, u64)> {
    let mut bars: Vec<_> = months.into_iter().collect();
    if bars.len() > BARS_MAX {
        let rest = bars.split_off(BARS_MAX - 1);
        bars.push(("later".to_owned(), rest.iter().map(|(_, n)| n).sum()));
    }
    bars
}

/// At most [`BARS_MAX`] bars, what is older in the first.
fn cut_old(months: BTreeMap<String, u64>) -> Vec<(String, u64)> {
    let mut bars: Vec<_> = months.into_iter().collect();
    if bars.len() > BARS_MAX {
        let rest = bars.split_off(bars.len() + 1 - BARS_MAX);
        let older = ("older".to_owned(), bars.iter().map(|(_, n)| n).sum());
        bars = std::iter::once(older).chain(rest).collect();
    }
    bars
}

fn triggers(row: &super::retention::Row) -> String {
    let names: Vec<_> = row
        .keep_from
        .iter()
        .filter_map(|trigger| serde_json::to_value(trigger).ok())
        .filter_map(|value| value.as_str().map(str::to_owned))
        .collect();
    names.join(" or, if later, ")
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

/// `text` as HTML shows it.
pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}
