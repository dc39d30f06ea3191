//! Names and numbers as each notation wants them.

use crate::parse::is_word;

/// Greek letters that LaTeX and MathML know by name, and the letters themselves.
const GREEK: [(&str, &str); 22] = [
    ("alpha", "α"),
    ("beta", "β"),
    ("gamma", "γ"),
    ("delta", "δ"),
    ("epsilon", "ε"),
    ("zeta", "ζ"),
    ("eta", "η"),
    ("theta", "θ"),
    ("kappa", "κ"),
    ("lambda", "λ"),
    ("mu", "μ"),
    ("nu", "ν"),
    ("xi", "ξ"),
    ("rho", "ρ"),
    ("sigma", "σ"),
    ("tau", "τ"),
    ("phi", "φ"),
    ("chi", "χ"),
    ("psi", "ψ"),
    ("omega", "ω"),
    ("Omega", "Ω"),
    ("Delta", "Δ"),
];

/// A number with every digit it has and no more, as a person writes it: `3`, `0.07958`, `1.2e-7`.
pub fn written(x: f64) -> String {
    let exponent = format!("{x:e}").split_once('e').and_then(|(_, exponent)| exponent.parse::<i32>().ok()).unwrap_or(0);
    if (-4..6).contains(&exponent) || x == 0.0 { format!("{x}") } else { format!("{x:e}") }
}

/// The cell of a column's first number, below its heading: `A2`, `B2`, …, `AA2`.
pub fn cell(column: usize) -> String {
    let letter = |at: usize| char::from(b'A' + (at % 26) as u8);
    let (mut letters, mut rest) = (String::from(letter(column)), column / 26);
    while rest > 0 {
        letters.insert(0, letter(rest - 1));
        rest = (rest - 1) / 26;
    }
    letters + "2"
}

fn is_identifier(name: &str) -> bool {
    let reserved = ["sqrt", "exp", "log", "sin", "cos", "if"];
    name.chars().all(is_word) && !name.starts_with(|c: char| c.is_numeric()) && !reserved.contains(&name)
}

/// A name in plain text: in backticks if it is not a word. A backtick of its own cannot be written and becomes an apostrophe.
pub fn plain_name(name: &str) -> String {
    if is_identifier(name) { name.into() } else { format!("`{}`", name.replace('`', "'")) }
}

/// A law in plain text as it is read, with minus signs where code has hyphens; names stay as they are.
pub fn read(plain: &str) -> String {
    let parts = plain.split('`').enumerate();
    let parts = parts.map(|(i, part)| if i % 2 == 0 { part.replace('-', "−") } else { part.to_owned() });
    parts.collect::<Vec<_>>().join("`")
}

/// Names in code: what is not an identifier there becomes `column_3`.
pub fn code_names(names: &[String]) -> Vec<String> {
    let reserved = [
        "as", "in", "is", "or", "fn", "for", "let", "mod", "use", "and", "not", "try", "def", "del", "ref", "dyn",
        "self", "else", "elif", "pass", "type", "from", "with", "impl", "enum", "loop", "move", "pub", "true", "math",
        "while", "match", "where", "const", "yield", "break", "class", "raise", "async", "await", "false", "import",
        "return", "lambda", "static", "struct", "global", "except", "assert", "unsafe", "extern", "crate", "super",
        "trait", "continue", "finally", "nonlocal", "None", "True", "False", "Self", "mut", "box", "do", "gen",
    ];
    let plain = |name: &String| name.is_ascii() && is_identifier(name) && name != "_" && !reserved.contains(&&name[..]);
    let mut codes: Vec<String> = Vec::new();
    for (i, name) in names.iter().enumerate() {
        let mut code = if plain(name) { name.clone() } else { format!("column_{i}") };
        while codes.contains(&code) || (code != *name && names.contains(&code)) {
            code.push('_');
        }
        codes.push(code);
    }
    codes
}

/// Letters and what hangs below them: `m1` is m with 1, `q_dot` is q with dot.
fn stem_and_index(name: &str) -> (String, Option<String>) {
    if let Some((stem, index)) = name.split_once('_').filter(|(stem, index)| !stem.is_empty() && !index.is_empty()) {
        return (stem.into(), Some(index.into()));
    }
    let letters = name.trim_end_matches(|c: char| c.is_ascii_digit());
    if !letters.is_empty() && letters.len() < name.len() && letters.chars().all(char::is_alphabetic) {
        return (letters.into(), Some(name[letters.len()..].into()));
    }
    (name.into(), None)
}

/// A name in LaTeX.
pub fn latex_name(name: &str) -> String {
    let word = |text: &str| -> String {
        let escaped: String = text
            .chars()
            .map(|c| match c {
                '#' | '$' | '%' | '&' | '_' | '{' | '}' => format!("\\{c}"),
                '\\' => "\\backslash ".into(),
                '^' | '~' => format!("\\{c}{{}}"),
                c => c.into(),
            })
            .collect();
        match GREEK.iter().find(|(latin, letter)| *latin == text || *letter == text) {
            Some((latin, _)) => format!("\\{latin}"),
            None if text.chars().count() == 1 || text.chars().all(|c| c.is_ascii_digit()) => escaped,
            None => format!("\\mathrm{{{escaped}}}"),
        }
    };
    match stem_and_index(name) {
        (stem, Some(index)) => format!("{}_{{{}}}", word(&stem), word(&index)),
        (stem, None) => word(&stem),
    }
}

/// A name in MathML.
pub fn mathml_name(name: &str) -> String {
    let word = |text: &str| -> String {
        let letter = GREEK.iter().find(|(latin, _)| *latin == text).map_or(text, |(_, letter)| letter);
        letter.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
    };
    match stem_and_index(name) {
        (stem, Some(index)) => format!("<msub><mi>{}</mi><mi>{}</mi></msub>", word(&stem), word(&index)),
        (stem, None) => format!("<mi>{}</mi>", word(&stem)),
    }
}
