//! Pages that need nothing else: no style sheet, no picture, no script from elsewhere.

use std::fmt::{self, Display, Write as _};

/// A text as it stands in HTML.
pub(super) struct Escaped<'a>(pub(super) &'a str);

impl Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                other => f.write_char(other)?,
            }
        }
        Ok(())
    }
}

const STYLE: &str = "
body{font:1rem/1.5 system-ui,sans-serif;max-width:70rem;margin:0 auto;padding:1rem;color:#111;background:#fff}
h2{margin-top:2.5rem;border-bottom:3px solid #111}a{color:#003078}
table{border-collapse:collapse}th,td{border:1px solid #767676;padding:.25rem .5rem;text-align:left;vertical-align:top}
td.n,th.n{text-align:right}code{overflow-wrap:anywhere}
th button{font:inherit;font-weight:600;border:0;background:none;padding:0;cursor:pointer;text-decoration:underline;color:#003078}
a:focus,button:focus{outline:3px solid #111;outline-offset:2px}
.wide{overflow-x:auto}svg{max-width:100%;height:auto}svg text{font:13px system-ui,sans-serif}
@media print{body{max-width:none;font-size:10pt}}
";

/// A page with its title and body.
pub(super) fn page(title: &str, body: &str) -> String {
    let title = Escaped(title);
    format!(
        "<!doctype html>\n<html lang=\"en-GB\"><head><meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n\
         <style>{STYLE}</style></head><body>\n<h1>{title}</h1>\n<main>{body}</main>\n</body></html>\n"
    )
}

/// A table with a head; the columns in `figures` hold numbers.
pub(super) fn table(head: &[&str], figures: &[usize], rows: &[Vec<String>]) -> String {
    laid_out("<table>", head, figures, rows, |name| {
        Escaped(name).to_string()
    })
}

/// The same, whose heads are buttons that sort it by [`SORT`].
pub(super) fn sortable(head: &[&str], figures: &[usize], rows: &[Vec<String>]) -> String {
    laid_out("<table class=\"sorted\">", head, figures, rows, |name| {
        format!("<button type=\"button\">{}</button>", Escaped(name))
    })
}

/// Sorts a table by the column whose head is pressed: figures as figures, words as words.
pub(super) const SORT: &str = "<script>
for (const button of document.querySelectorAll('table.sorted th button')) {
  button.addEventListener('click', () => {
    const head = button.closest('th'), body = head.closest('table').tBodies[0];
    const at = head.cellIndex, up = head.getAttribute('aria-sort') !== 'ascending';
    for (const other of head.parentElement.cells) other.removeAttribute('aria-sort');
    head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
    const by = row => row.cells[at].textContent;
    const rows = [...body.rows].sort((a, b) => by(a).localeCompare(by(b), 'en', {numeric: true}));
    body.append(...(up ? rows : rows.reverse()));
  });
}
</script>";

fn laid_out(
    opening: &str,
    head: &[&str],
    figures: &[usize],
    rows: &[Vec<String>],
    shown: impl Fn(&str) -> String,
) -> String {
    let mut text = format!("<div class=\"wide\">{opening}<thead><tr>");
    let class = |at: usize| {
        if figures.contains(&at) {
            " class=\"n\""
        } else {
            ""
        }
    };
    for (at, name) in head.iter().enumerate() {
        let _ = write!(text, "<th scope=\"col\"{}>{}</th>", class(at), shown(name));
    }
    text.push_str("</tr></thead><tbody>\n");
    for row in rows {
        text.push_str("<tr>");
        for (at, cell) in row.iter().enumerate() {
            let _ = write!(text, "<td{}>{}</td>", class(at), Escaped(cell));
        }
        text.push_str("</tr>\n");
    }
    text.push_str("</tbody></table></div>\n");
    text
}

/// Bars, one a row, with a name and a figure each; `about` is what a screen reader says first.
pub(super) fn bars(about: &str, rows: &[(String, u64)]) -> String {
    const ROW: usize = 24;
    const NAME: usize = 260;
    const BAR: u64 = 480;
    let most = rows.iter().map(|row| row.1).max().unwrap_or(0).max(1);
    let height = rows.len() * ROW;
    let mut text = format!(
        "<svg role=\"img\" viewBox=\"0 0 820 {height}\" width=\"820\"><title>{}</title>\n",
        Escaped(about)
    );
    for (at, (name, count)) in rows.iter().enumerate() {
        let (top, base) = (at * ROW + 4, at * ROW + 17);
        let width = count * BAR / most;
        let end = NAME as u64 + 8 + width + 6;
        let _ = writeln!(
            text,
            "<text x=\"{NAME}\" y=\"{base}\" text-anchor=\"end\">{}</text>\
             <rect x=\"{}\" y=\"{top}\" width=\"{width}\" height=\"16\" fill=\"#00703c\"/>\
             <text x=\"{end}\" y=\"{base}\">{count}</text>",
            Escaped(name),
            NAME + 8
        );
    }
    text.push_str("</svg>\n");
    text
}
