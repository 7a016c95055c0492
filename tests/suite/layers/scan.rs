//! Reads one Rust source as far as the layer rules need it: which paths it names, without comments,
//! strings and tests. It does not resolve names that macros make, nor types that a room gives on.

use regex::Regex;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// A source, blanked out position by position, so that the texts below line up.
pub(crate) struct Source {
    /// Where it stands in the crate, e.g. `["pii", "kind"]`; `["main"]` and `["lib"]` for the roots.
    pub(crate) module: Vec<String>,
    /// Without comments, strings and tests.
    code: String,
    /// Without comments and tests.
    with_strings: String,
    lines: usize,
}

impl Source {
    /// `path` is relative to `src/`.
    pub(crate) fn read(path: &str, text: &str) -> Self {
        let (mut code, mut with_strings) = blanked(text);
        let mut lines = text.lines().count();
        let is_test = path.ends_with("tests.rs") || path.contains("/tests/");
        let tests = if is_test {
            std::iter::once(0..code.len()).collect()
        } else {
            test_items(&code)
        };
        for part in tests {
            lines -= code[part.clone()].matches('\n').count();
            for text in [&mut code, &mut with_strings] {
                text.replace_range(part.clone(), &" ".repeat(part.len()));
            }
        }
        let mut module: Vec<String> = path
            .trim_end_matches(".rs")
            .split('/')
            .map(str::to_owned)
            .collect();
        if module.len() > 1 && module.last().is_some_and(|last| last == "mod") {
            module.pop();
        }
        Self {
            module,
            code,
            with_strings,
            lines,
        }
    }

    /// Lines outside tests.
    pub(crate) fn lines(&self) -> usize {
        self.lines
    }

    /// Whether the code names this.
    pub(crate) fn names(&self, identifier: &str) -> bool {
        Regex::new(&format!(r"\b{identifier}\b"))
            .unwrap()
            .is_match(&self.code)
    }

    /// Every path that the code names, in full: what is in this crate begins with `crate::`.
    pub(crate) fn paths(&self) -> BTreeSet<String> {
        let mut paths = BTreeSet::new();
        let mut aliases = BTreeMap::new();
        let uses = Regex::new(r"\buse\s+([^;]+);").unwrap();
        for tree in uses.captures_iter(&self.code) {
            let mut leaves = Vec::new();
            expand("", &tree[1], &mut leaves);
            for (path, name) in leaves {
                let path = self.resolve(&path, &aliases);
                aliases.insert(name, path.clone());
                paths.insert(path);
            }
        }
        let rest = uses.replace_all(&self.code, " ");
        let inline = Regex::new(r"[A-Za-z_]\w*(?:\s*::\s*[A-Za-z_]\w*)+").unwrap();
        for path in inline.find_iter(&rest) {
            let path = path.as_str().split_whitespace().collect::<String>();
            paths.insert(self.resolve(&path, &aliases));
        }
        paths
    }

    fn resolve(&self, path: &str, aliases: &BTreeMap<String, String>) -> String {
        let (head, rest) = path.split_once("::").unwrap_or((path, ""));
        let joined = |front: &str| match (front, rest) {
            (front, "") => front.to_owned(),
            (front, rest) => format!("{front}::{rest}"),
        };
        match head {
            "crate" | "cece" => joined("crate"),
            "self" => joined(&format!("crate::{}", self.module.join("::"))),
            "super" => {
                let mut up = self.module.clone();
                let mut rest = path;
                while let Some(after) = rest.strip_prefix("super") {
                    up.pop();
                    rest = after.trim_start_matches("::");
                }
                let mut parts = vec!["crate".to_owned()];
                parts.extend(up);
                parts.extend((!rest.is_empty()).then(|| rest.to_owned()));
                parts.join("::")
            }
            _ => aliases
                .get(head)
                .map_or_else(|| path.to_owned(), |front| joined(front)),
        }
    }

    /// Faults of what is logged: fields, captures and arguments named like a resident's words.
    pub(crate) fn logged(&self, words: &[&str]) -> Vec<String> {
        let words = words.join("|");
        let field = Regex::new(&format!(r"\b({words})\b")).unwrap();
        let capture = Regex::new(&format!(r"\{{({words})[:}}]")).unwrap();
        let mut faults = Vec::new();
        let macros =
            Regex::new(r"\b(?:trace|debug|info|warn|error|event)(?:_span)?!\s*\(").unwrap();
        for call in macros.find_iter(&self.code) {
            let inside = call.end()..closing(&self.code, call.end() - 1);
            let found = field
                .captures(&self.code[inside.clone()])
                .or_else(|| capture.captures(&self.with_strings[inside]));
            if let Some(found) = found {
                faults.push(format!(
                    "logs `{}`: no log takes a resident's words",
                    &found[1]
                ));
            }
        }
        let instrument = Regex::new(r"#\[\s*(?:tracing::)?instrument\b[^\]]*\]").unwrap();
        for attribute in instrument.find_iter(&self.code) {
            if !attribute.as_str().contains("skip_all") {
                faults.push(
                    "has `instrument` without skip_all: it would log every argument".to_owned(),
                );
            }
        }
        faults
    }
}

/// The text without comments and strings, and without comments only.
fn blanked(text: &str) -> (String, String) {
    let mut code = String::with_capacity(text.len());
    let mut with_strings = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let before = code.chars().next_back().unwrap_or(' ');
        let (length, is_comment) = if rest.starts_with("//") {
            (rest.find('\n').unwrap_or(rest.len()), true)
        } else if rest.starts_with("/*") {
            (block_comment(rest), true)
        } else {
            let length = match next {
                '"' => quoted(rest, '"'),
                'r' if !(before.is_alphanumeric() || before == '_') || before == 'b' => {
                    raw_string(rest)
                }
                '\'' => character(rest),
                _ => 0,
            };
            (length, false)
        };
        let (piece, after) = rest.split_at(if length == 0 { next.len_utf8() } else { length });
        code.push_str(&if length == 0 {
            piece.to_owned()
        } else {
            spaces(piece)
        });
        with_strings.push_str(&if is_comment {
            spaces(piece)
        } else {
            piece.to_owned()
        });
        rest = after;
    }
    (code, with_strings)
}

fn spaces(piece: &str) -> String {
    piece
        .bytes()
        .map(|byte| if byte == b'\n' { '\n' } else { ' ' })
        .collect()
}

fn block_comment(rest: &str) -> usize {
    let mut depth = 0;
    for (at, _) in rest.char_indices() {
        if rest[at..].starts_with("/*") {
            depth += 1;
        } else if rest[at..].starts_with("*/") {
            depth -= 1;
            if depth == 0 {
                return at + 2;
            }
        }
    }
    rest.len()
}

fn quoted(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == quote => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// 0 where it is no raw string but a name that begins with `r`.
fn raw_string(rest: &str) -> usize {
    let hashes = rest[1..].bytes().take_while(|byte| *byte == b'#').count();
    if !rest[1 + hashes..].starts_with('"') {
        return 0;
    }
    let end = format!("\"{}", "#".repeat(hashes));
    let from = hashes + 2;
    rest[from..]
        .find(&end)
        .map_or(rest.len(), |at| from + at + end.len())
}

/// 0 where it is a lifetime.
fn character(rest: &str) -> usize {
    let mut chars = rest.chars().skip(1);
    match (chars.next(), chars.next()) {
        (Some('\\'), _) => quoted(rest, '\''),
        (Some(c), Some('\'')) => c.len_utf8() + 2,
        _ => 0,
    }
}

/// What stands behind `#[cfg(test)]`.
fn test_items(code: &str) -> Vec<Range<usize>> {
    let mut items: Vec<Range<usize>> = Vec::new();
    for (at, mark) in code.match_indices("#[cfg(test)]") {
        if items.last().is_some_and(|last| last.contains(&at)) {
            continue;
        }
        let from = at + mark.len();
        let end = match code[from..].find(['{', ';']).map(|to| from + to) {
            Some(to) if code[to..].starts_with('{') => closing(code, to),
            Some(to) => to,
            None => code.len(),
        };
        items.push(at..end);
    }
    items
}

/// Where the bracket that opens at `open` is closed.
fn closing(code: &str, open: usize) -> usize {
    let mut depth = 0;
    for (at, byte) in code.bytes().enumerate().skip(open) {
        match byte {
            b'{' | b'(' | b'[' => depth += 1,
            b'}' | b')' | b']' => {
                depth -= 1;
                if depth == 0 {
                    return at;
                }
            }
            _ => {}
        }
    }
    code.len()
}

/// The leaves of a `use` tree: each path, and the name under which it is known from then on.
fn expand(front: &str, tree: &str, leaves: &mut Vec<(String, String)>) {
    let tree = tree.trim();
    let join = |rest: &str| match (front, rest) {
        ("", rest) => rest.to_owned(),
        (front, "self" | "*" | "") => front.to_owned(),
        (front, rest) => format!("{front}::{rest}"),
    };
    if let Some(open) = tree.find('{') {
        let front = join(tree[..open].trim().trim_end_matches("::"));
        let inside = &tree[open + 1..closing(tree, open)];
        let (mut depth, mut from) = (0, 0);
        for (at, c) in inside.char_indices() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 0 => {
                    expand(&front, &inside[from..at], leaves);
                    from = at + 1;
                }
                _ => {}
            }
        }
        if !inside[from..].trim().is_empty() {
            expand(&front, &inside[from..], leaves);
        }
        return;
    }
    let (path, name) = match tree.split_once(" as ") {
        Some((path, name)) => (path.trim(), Some(name.trim())),
        None => (tree, None),
    };
    let path = join(path.trim_end_matches("::*"));
    let last = path.rsplit("::").next().unwrap_or(&path).to_owned();
    leaves.push((path, name.map_or(last, str::to_owned)));
}
