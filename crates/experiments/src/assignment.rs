//! How a teacher's link sets the page up for a class: which controls are there, which hold their value, a question, the look.
//!
//! Nothing here changes what is learned, and `lab` passes it over. It is no exam lock either: whoever edits the link has all controls.

use crate::fields::{FIELDS, Field, one_of};
use crate::remarks::{Remarks, quoted};
use language::{text, tr};

/// Parts of the page that can be left out like settings: key, and what it is.
pub const PARTS: [(&str, &str); 6] = [
    ("preset", text!("the list of experiments")),
    ("pages", text!("the other pages")),
    ("own-data", text!("data of one's own")),
    ("runs", text!("the table of runs")),
    ("take-away", text!("files to take away")),
    ("notes", text!("notes below the page")),
];
/// The longest question, in characters.
pub const MAX_QUESTION: usize = 400;
/// What stands in a link for an empty list.
const NONE: &str = "none";
/// What stands in a link for every setting.
const ALL: &str = "all";

/// Colours and sizes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the browser prefers.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
    /// Dark on light and larger, to be read from the last row.
    Projector,
}

impl Theme {
    /// Those that a link can ask for.
    pub const ASKED: [Self; 3] = [Self::Light, Self::Dark, Self::Projector];

    /// Its name in links and in the style sheet; `None` for the browser's own.
    pub fn key(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
            Self::Projector => Some("projector"),
        }
    }
}

/// Languages that the page speaks: code, and what its speakers call it.
pub const LANGUAGES: [(&str, &str); 6] =
    [("en", "English"), ("de", "Deutsch"), ("es", "Español"), ("fr", "Français"), ("ko", "한국어"), ("zh", "中文")];

/// Controls that have no value to hold, or are none of a page's own.
fn is_part(key: &str) -> bool {
    PARTS.iter().any(|(part, _)| *part == key)
}

/// What a teacher has set up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assignment {
    /// Settings and parts that are there, by key; `None` for all of them.
    pub show: Option<Vec<&'static str>>,
    /// Settings and parts that are not there, by key.
    pub hide: Vec<&'static str>,
    /// Settings that hold their value, by key.
    pub lock: Locked,
    /// A question that stands above the page.
    pub question: Option<String>,
    /// Colours and sizes.
    pub theme: Theme,
    /// The code of the language that is spoken; `None` for the visitor's own.
    pub language: Option<&'static str>,
    /// Whether the page is part of another: it is shown without its head and tells the other what happens.
    pub embed: bool,
}

/// Settings that hold their value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Locked {
    /// These, by key.
    Some(Vec<&'static str>),
    /// All of them.
    All,
}

impl Default for Locked {
    fn default() -> Self {
        Self::Some(vec![])
    }
}

impl Assignment {
    /// The keys it has in links, in the order in which they are written.
    pub const KEYS: [&'static str; 7] = ["show", "hide", "lock", "question", "theme", "language", "embed"];

    /// Whether a setting or a part is there.
    pub fn shows(&self, key: &str) -> bool {
        self.show.as_ref().is_none_or(|shown| shown.contains(&key)) && !self.hide.contains(&key)
    }

    /// Whether a setting, or the experiment (`preset`), holds its value.
    pub fn locks(&self, key: &str) -> bool {
        match &self.lock {
            Locked::All => key != "page" && (Field::named(key).is_some() || key == "preset"),
            Locked::Some(locked) => locked.contains(&key),
        }
    }

    /// Its pairs in a link; none for a page as everybody has it.
    pub fn write(&self) -> Vec<(&'static str, String)> {
        let list = |keys: &[&str]| if keys.is_empty() { NONE.to_owned() } else { keys.join(",") };
        let lock = match &self.lock {
            Locked::All => Some(ALL.to_owned()),
            Locked::Some(locked) => (!locked.is_empty()).then(|| list(locked)),
        };
        let pairs = [
            ("show", self.show.as_ref().map(|shown| list(shown))),
            ("hide", (!self.hide.is_empty()).then(|| list(&self.hide))),
            ("lock", lock),
            ("question", self.question.clone()),
            ("theme", self.theme.key().map(str::to_owned)),
            ("language", self.language.map(str::to_owned)),
            ("embed", self.embed.then(|| "1".to_owned())),
        ];
        pairs.into_iter().filter_map(|(key, value)| Some((key, value?))).collect()
    }

    /// Takes a pair of a link up, with a remark for whatever cannot be used of it.
    pub(crate) fn read(&mut self, key: &str, value: &str, remarks: &mut Remarks) {
        let refuse = |allowed: &[&str], remarks: &mut Remarks| {
            let allowed = one_of(allowed);
            let given = format!("{key}={}", quoted(value));
            remarks.add(
                tr!("{given} was left aside. Allowed: {allowed}.", given = given, allowed = allowed),
                tr!("{given}. Allowed: {allowed}.", given = given, allowed = allowed),
            );
        };
        match key {
            "show" => self.show = known(key, value, true, remarks),
            "hide" => self.hide = known(key, value, true, remarks).unwrap_or_default(),
            "lock" if value.trim() == ALL => self.lock = Locked::All,
            "lock" => self.lock = Locked::Some(known(key, value, false, remarks).unwrap_or_default()),
            "question" => {
                let question = value.trim();
                let length = question.chars().count();
                if question.is_empty() || length > MAX_QUESTION || question.chars().any(char::is_control) {
                    let (given, most) = (format!("question={}", quoted(value)), MAX_QUESTION);
                    remarks.add(
                        tr!(
                            "{given} was left aside: a question is one line of 1 to {most} characters.",
                            given = given,
                            most = most
                        ),
                        tr!("{given}: a question is one line of 1 to {most} characters.", given = given, most = most),
                    );
                } else {
                    self.question = Some(question.to_owned());
                }
            }
            "theme" => match Theme::ASKED.into_iter().find(|theme| theme.key() == Some(value.trim())) {
                Some(theme) => self.theme = theme,
                None => refuse(&Theme::ASKED.map(|theme| theme.key().unwrap_or_default()), remarks),
            },
            "language" => match LANGUAGES.iter().find(|(code, _)| *code == value.trim()) {
                Some((code, _)) => self.language = Some(code),
                None => refuse(&LANGUAGES.map(|(code, _)| code), remarks),
            },
            _ => match value.trim() {
                "1" => self.embed = true,
                "0" => self.embed = false,
                _ => refuse(&["1", "0"], remarks),
            },
        }
    }
}

/// The keys of a list that are known, in the order of the table; `None` where a list was written of which nothing is known.
fn known(key: &str, value: &str, parts: bool, remarks: &mut Remarks) -> Option<Vec<&'static str>> {
    let given: Vec<&str> = value.split(',').map(str::trim).filter(|word| !word.is_empty() && *word != NONE).collect();
    let all = FIELDS.iter().map(|field| field.key).chain(PARTS.map(|(part, _)| part));
    let allowed = |name: &str| parts || !is_part(name) || name == "preset";
    let chosen: Vec<&'static str> = all.filter(|name| given.contains(name) && allowed(name)).collect();
    for name in given.iter().filter(|name| !chosen.contains(name)) {
        let word = quoted(name);
        if is_part(name) {
            remarks.add(
                tr!("{key}: {word} has no value that could be locked; it was left aside.", key = key, word = word),
                tr!("{key}: {word} has no value that could be locked.", key = key, word = word),
            );
        } else {
            remarks.add(
                tr!("{key}: {word} is no control known here; it was left aside.", key = key, word = word),
                tr!("{key}: {word} is no control known here.", key = key, word = word),
            );
        }
    }
    (!chosen.is_empty() || given.is_empty()).then_some(chosen)
}
