//! Sentences and numbers in the visitor's language.
//!
//! English stands in the code, where it is used, and is the key of each translation, as in gettext: [`tr!`] takes the same arguments as
//! the macro of the `tr` crate. `static/languages/XX.json` holds one language, and `tests/languages.rs` checks that each has every
//! sentence. What no language was set for, such as the command line, speaks English.
//!
//! A language is set for a thread: the page and each worker have one, and tests do not disturb one another. Translations live as long
//! as the program, so that a translated sentence is as good as one in the code.

#[cfg(feature = "browser")]
pub mod browser;

use std::cell::Cell;
use std::fmt::{Display, Write};

/// A sentence, or the sentences of the kinds of numbers that a language tells apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// The same for every number.
    Text(&'static str),
    /// For each category of Unicode's plural rules ("one", "few", "other" and so on).
    Plural(Vec<(String, &'static str)>),
}

/// A language: its sentences, how it writes numbers, and which plural belongs to a number.
pub struct Language {
    code: String,
    comma: bool,
    /// By the English sentence, sorted.
    messages: Vec<(String, Message)>,
    plural: Box<dyn Fn(u64) -> String>,
}

thread_local! {
    static SPOKEN: Cell<Option<&'static Language>> = const { Cell::new(None) };
}

impl Language {
    /// A language with its code ("de"), its translations by the English sentence, and the category of Unicode's plural rules that a
    /// number has in it.
    pub fn new(
        code: &str,
        messages: impl IntoIterator<Item = (String, Message)>,
        plural: impl Fn(u64) -> String + 'static,
    ) -> Self {
        let comma = ["de", "es", "fr"].contains(&code);
        let mut messages: Vec<(String, Message)> = messages.into_iter().collect();
        messages.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        Self { code: code.to_owned(), comma, messages, plural: Box::new(plural) }
    }

    fn message(&self, english: &str) -> Option<&Message> {
        let place = self.messages.binary_search_by(|(key, _)| key.as_str().cmp(english)).ok()?;
        Some(&self.messages[place].1)
    }

    /// Takes it for this thread from now on.
    pub fn speak(self) {
        // Few are ever set, and what was translated into one may still be shown.
        SPOKEN.set(Some(Box::leak(Box::new(self))));
    }
}

/// Goes back to English.
pub fn speak_english() {
    SPOKEN.set(None);
}

/// Does something in English, whatever is spoken: what is written into files reads the same everywhere.
pub fn in_english<T>(work: impl FnOnce() -> T) -> T {
    let spoken = SPOKEN.replace(None);
    let made = work();
    SPOKEN.set(spoken);
    made
}

/// The code of the language that is spoken: "en" unless another was set.
pub fn code() -> &'static str {
    SPOKEN.get().map_or("en", |language| &language.code)
}

/// A sentence of a table in the language that is spoken; itself where there is no translation.
pub fn translated(english: &'static str) -> &'static str {
    match message(english) {
        Some(Message::Text(text)) => text,
        _ => english,
    }
}

/// What [`tr!`] calls for a sentence that stands in the code. References to references: such a call is one number in and one out, and there
/// are more than a thousand of them in a page.
#[inline(never)]
pub fn spoken(english: &'static &'static str) -> &'static &'static str {
    match message(english) {
        Some(Message::Text(text)) => text,
        _ => english,
    }
}

fn message(english: &str) -> Option<&'static Message> {
    SPOKEN.get()?.message(english)
}

/// The sentence for a number of things; its key is the English one for many.
pub fn counted(n: u64, one: &'static str, other: &'static str) -> &'static str {
    let english = if n == 1 { one } else { other };
    let Some(language) = SPOKEN.get() else { return english };
    match language.message(other) {
        Some(Message::Text(text)) => text,
        Some(Message::Plural(forms)) => {
            let category = (language.plural)(n);
            let named = |name: &str| forms.iter().find(|(category, _)| category == name);
            named(&category).or_else(|| named("other")).map_or(english, |(_, text)| text)
        }
        None => english,
    }
}

/// A sentence for a place whose word has another translation elsewhere; its key is `"text (context)"`.
pub fn in_context(context: &str, text: &'static str) -> &'static str {
    match message(&format!("{text} ({context})")) {
        Some(Message::Text(translation)) => translation,
        _ => text,
    }
}

/// A sentence with its gaps filled: `{}` by the values in order, `{0}` by place, `{name}` by the value whose name stands at the same
/// place in `names`. A gap without a value stays as it is, so that a wrong translation is seen and nothing breaks.
pub fn filled(sentence: &str, names: &[&str], values: &[&dyn Display]) -> String {
    let mut text = String::new();
    let mut rest = sentence;
    let mut next = 0;
    while let Some((before, behind)) = rest.split_once('{') {
        let Some((gap, after)) = behind.split_once('}') else { break };
        let place = if gap.is_empty() {
            next += 1;
            Some(next - 1)
        } else {
            gap.parse().ok().or_else(|| names.iter().position(|name| *name == gap))
        };
        text.push_str(before);
        // Writing to a string cannot fail.
        let _ = match place.and_then(|place| values.get(place)) {
            Some(value) => write!(text, "{value}"),
            None => write!(text, "{{{gap}}}"),
        };
        rest = after;
    }
    text.push_str(rest);
    text
}

/// A number that was written in English, as the language writes it.
pub fn written(number: String) -> String {
    match SPOKEN.get() {
        Some(language) if language.comma => number.replace('.', ","),
        _ => number,
    }
}

/// A number with so many decimals, as the language writes it, with a minus sign in place of the hyphen of code.
pub fn fixed(x: f64, decimals: usize) -> String {
    written(format!("{x:.decimals$}")).replace('-', "−")
}

/// A sentence in the language that is spoken: `tr!("Nothing yet.")` is a `&'static str`. With values it is a `String`:
/// `tr!("{} of {}", a, b)`, `tr!("{count} rows", count = 3)`. For a number of things, `{n}` is the number:
/// `tr!("one row" | "{n} rows" % rows)`. Where one English word has two translations, a context tells them apart:
/// `tr!("of a motion" => "state")`. Values are written by `Display`; numbers with decimals go through [`fixed`].
#[macro_export]
macro_rules! tr {
    (@spoken $text:literal) => {{
        static TEXT: &str = $text;
        $crate::spoken(&TEXT)
    }};
    ($text:literal $(,)?) => { *$crate::tr!(@spoken $text) };
    ($context:literal => $text:literal $(,)?) => { $crate::in_context($context, $text) };
    ($one:literal | $other:literal % $n:expr $(,)?) => {{
        let n = $n;
        $crate::filled($crate::counted(n as u64, $one, $other), &["n"], &[&n])
    }};
    ($one:literal | $other:literal % $n:expr, $($name:ident = $value:expr),+ $(,)?) => {{
        let n = $n;
        $crate::filled($crate::counted(n as u64, $one, $other), &[$(stringify!($name)),+, "n"], &[$(&$value),+, &n])
    }};
    // Two values at most: the number stands behind them.
    ($one:literal | $other:literal % $n:expr, $value:expr $(,)?) => {{
        let n = $n;
        $crate::filled($crate::counted(n as u64, $one, $other), &["", "n"], &[&$value, &n])
    }};
    ($one:literal | $other:literal % $n:expr, $first:expr, $second:expr $(,)?) => {{
        let n = $n;
        $crate::filled($crate::counted(n as u64, $one, $other), &["", "", "n"], &[&$first, &$second, &n])
    }};
    ($text:literal, $($name:ident = $value:expr),+ $(,)?) => {
        $crate::filled($crate::tr!(@spoken $text), &[$(stringify!($name)),+], &[$(&$value),+])
    };
    ($text:literal, $($value:expr),+ $(,)?) => {
        $crate::filled($crate::tr!(@spoken $text), &[], &[$(&$value),+])
    };
}

/// Marks a sentence of a constant table, where nothing can be translated yet: it stays as it is, is found by `tests/languages.rs`, and
/// goes through [`translated`] where it is shown.
#[macro_export]
macro_rules! text {
    ($text:literal) => {
        $text
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    fn german() -> Language {
        let text = Message::Text;
        let messages = [
            ("Nothing yet.", text("Noch nichts.")),
            ("{} of {}", text("von {1} sind es {0}")),
            ("{what} falls", text("es fällt {what}")),
            ("{n} rows", Message::Plural(vec![("one".into(), "eine Zeile"), ("other".into(), "{n} Zeilen")])),
            ("state (of a motion)", text("Zustand")),
            ("state", text("Staat")),
        ];
        let messages = messages.map(|(english, message)| (english.to_owned(), message));
        Language::new("de", messages, |n| if n == 1 { "one" } else { "other" }.into())
    }

    #[test]
    fn sentences_are_translated_and_filled() {
        assert_eq!((tr!("Nothing yet."), tr!("{} of {}", 1, 2)), ("Nothing yet.", "1 of 2".to_owned()));
        german().speak();
        assert_eq!(code(), "de");
        assert_eq!(tr!("Nothing yet."), "Noch nichts.");
        assert_eq!(tr!("{} of {}", 1, 2), "von 2 sind es 1");
        assert_eq!(tr!("{what} falls", what = "Regen"), "es fällt Regen");
        assert_eq!(tr!("one row" | "{n} rows" % 1), "eine Zeile");
        assert_eq!(tr!("one row" | "{n} rows" % 7), "7 Zeilen");
        assert_eq!((tr!("of a motion" => "state"), tr!("state")), ("Zustand", "Staat"));
        assert_eq!((tr!("missing"), tr!("missing {}", 1)), ("missing", "missing 1".to_owned()));
        assert_eq!(fixed(1.25, 1), "1,2");
        speak_english();
        assert_eq!((code(), fixed(0.5, 2), fixed(-0.871, 3)), ("en", "0.50".to_owned(), "−0.871".to_owned()));
        assert_eq!(tr!("one row of {}" | "{n} rows of {}" % 3, "ten"), "3 rows of ten");
        assert_eq!(tr!("one row of {all}" | "{n} rows of {all}" % 1, all = 10), "one row of 10");
    }

    #[test]
    fn a_gap_without_a_value_stays() {
        assert_eq!(filled("a {} b {} c {x} d {", &[], &[&1]), "a 1 b {} c {x} d {");
    }
}
