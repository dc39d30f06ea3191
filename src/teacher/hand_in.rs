//! Files that students hand in: what is read of them, and a sentence for what cannot be read. docs/classroom.md has the format.
//!
//! A file is text that anybody may have written. Nothing of it is taken for more than text and numbers, within limits.

use language::{fixed, tr};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The largest file of one student, in bytes: some pictures.
pub const MAX_BYTES: usize = 8_000_000;
/// The longest text that is kept of a name, a title or a unit, in characters.
const MAX_NAME: usize = 120;
/// The longest answer that is kept, in characters.
const MAX_TEXT: usize = 4000;
/// Most results, lessons, answers or figures of a file.
const MOST: usize = 200;
/// What stands before the data in a printable file.
const OPENING: &str = r#"<script type="application/json" id="orrery-hand-in">"#;
const CLOSING: &str = "</script>";
/// Names and versions of the formats.
const HAND_IN: &str = "orrery-hand-in";
const ANSWERS: &str = "orrery-answers";
const VERSION: u64 = 1;

/// What one student handed in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HandIn {
    /// Who, as they wrote it; the file's name where they did not.
    pub student: String,
    /// When, as the file says.
    pub saved: String,
    /// Experiments that were carried out.
    pub results: Vec<Outcome>,
    /// Lessons that were worked through.
    pub lessons: Vec<Lesson>,
}

/// What came of an experiment.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Outcome {
    /// The link to it.
    pub link: String,
    /// The page it was carried out on.
    pub page: String,
    /// Whether it took all its steps.
    pub finished: bool,
    /// Steps taken.
    pub steps: f64,
    /// Figures of merit by name.
    pub figures: BTreeMap<String, f64>,
    /// The law that was found.
    pub law: Option<String>,
    /// What the student wrote about it.
    pub note: String,
}

/// A lesson's answers.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Lesson {
    format: String,
    version: u64,
    /// The lesson's name.
    pub lesson: String,
    /// Its title.
    pub title: String,
    student: String,
    saved: String,
    /// Answers in the order of the lesson.
    pub answers: Vec<Answer>,
    /// Figures that were read off the page.
    pub figures: Vec<Figure>,
}

/// An answer to a question of a lesson.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Answer {
    /// Step and number of the question.
    pub id: String,
    /// The part of the step: `predict` comes before anything was run.
    pub part: String,
    /// The question.
    pub question: String,
    /// The answer as it was given.
    pub answer: serde_json::Value,
    /// The unit of a number.
    pub unit: String,
    /// Whether it is what the lesson states, where it states that.
    pub right: Option<bool>,
}

/// A figure that was read off the page.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Figure {
    /// Its name.
    pub name: String,
    /// Its value; absent where it is no number.
    pub value: Option<f64>,
    /// The experiment it was read off.
    pub link: String,
}

/// As it stands in the file.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Written {
    format: String,
    version: u64,
    student: String,
    saved: String,
    results: Vec<Outcome>,
    lessons: Vec<Lesson>,
}

/// Reads a file that a student handed in: a printable page, the same as JSON, or the answers of one lesson.
///
/// # Errors
/// A sentence that completes “NAME: …”.
pub fn read(name: &str, bytes: &[u8]) -> Result<HandIn, String> {
    if bytes.len() > MAX_BYTES {
        let megabytes = bytes.len() as f64 / 1e6;
        return Err(tr!(
            "it has {} MB; a file of one student has at most {} MB.",
            fixed(megabytes, 1),
            MAX_BYTES / 1_000_000
        ));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| tr!("it is no text, and so nothing that Orrery has written."))?;
    let text = text.trim_start_matches('\u{feff}').trim();
    let data = match text.split_once(OPENING) {
        Some((_, rest)) => {
            rest.split_once(CLOSING).ok_or(tr!("its end is missing: it was not saved or sent as a whole."))?.0
        }
        None if text.starts_with('{') => text,
        None => return Err(tr!("there is nothing in it that Orrery has written for handing in.").into()),
    };
    let value: serde_json::Value = serde_json::from_str(data)
        .map_err(|error| tr!("its data cannot be read (line {}, column {}).", error.line(), error.column()))?;
    let format = value.get("format").and_then(|format| format.as_str()).unwrap_or_default();
    let version = value.get("version").and_then(serde_json::Value::as_u64).unwrap_or_default();
    if format != HAND_IN && format != ANSWERS {
        return Err(tr!("it is of another kind than what students hand in.").into());
    }
    if version != VERSION {
        return Err(tr!(
            "it is of version {}, and version {} is read here: another version of Orrery wrote it.",
            version,
            VERSION
        ));
    }
    let wrong = |error: serde_json::Error| tr!("something in it has another form than it should: {}.", error);
    let mut written = if format == ANSWERS {
        let lesson: Lesson = serde_json::from_value(value).map_err(wrong)?;
        Written {
            student: lesson.student.clone(),
            saved: lesson.saved.clone(),
            lessons: vec![lesson],
            ..Written::default()
        }
    } else {
        serde_json::from_value(value).map_err(wrong)?
    };
    if written.lessons.iter().any(|lesson| lesson.format != ANSWERS || lesson.version != VERSION) {
        return Err(tr!("a lesson in it is not of version {}.", VERSION));
    }
    written.results.truncate(MOST);
    written.lessons.truncate(MOST);
    written.results.iter_mut().for_each(Outcome::tidy);
    written.lessons.iter_mut().for_each(Lesson::tidy);
    let student = clipped(&written.student, MAX_NAME);
    Ok(HandIn {
        student: if student.is_empty() { clipped(name, MAX_NAME) } else { student },
        saved: clipped(&written.saved, MAX_NAME),
        results: written.results,
        lessons: written.lessons,
    })
}

impl HandIn {
    /// What the student wrote about all results, in one line.
    pub fn notes(&self) -> String {
        let notes = self.results.iter().map(|result| result.note.as_str()).filter(|note| !note.is_empty());
        notes.collect::<Vec<_>>().join(" / ")
    }
}

impl Outcome {
    fn tidy(&mut self) {
        // What is too long for a link is none; cut off it would open something else.
        if self.link.len() > 8192 {
            self.link.clear();
        }
        self.page = clipped(&self.page, MAX_NAME);
        self.note = clipped(&self.note, MAX_TEXT);
        self.law = self.law.take().map(|law| clipped(&law, MAX_TEXT)).filter(|law| !law.is_empty());
        let figures = std::mem::take(&mut self.figures).into_iter();
        self.figures = figures.filter(|(name, x)| x.is_finite() && name.len() <= MAX_NAME).take(MOST).collect();
    }
}

impl Lesson {
    fn tidy(&mut self) {
        for text in [&mut self.lesson, &mut self.title] {
            *text = clipped(text, MAX_NAME);
        }
        self.answers.truncate(MOST);
        self.figures.truncate(MOST);
        for answer in &mut self.answers {
            (answer.id, answer.unit) = (clipped(&answer.id, MAX_NAME), clipped(&answer.unit, MAX_NAME));
            answer.question = clipped(&answer.question, MAX_TEXT);
        }
    }

    /// Answers of which the lesson states what is right; predictions are not among them, since they may be wrong.
    pub fn judged(&self) -> impl Iterator<Item = (&Answer, bool)> {
        let counts = self.answers.iter().filter(|answer| answer.part != "predict");
        counts.filter_map(|answer| Some((answer, answer.right?)))
    }
}

impl Answer {
    /// The answer in words.
    pub fn words(&self) -> String {
        let said = match &self.answer {
            serde_json::Value::String(text) => text.clone(),
            serde_json::Value::Number(number) => format!("{number} {}", self.unit).trim().to_owned(),
            serde_json::Value::Array(parts) if parts.iter().all(serde_json::Value::is_string) => {
                parts.iter().filter_map(serde_json::Value::as_str).collect::<Vec<_>>().join(", ")
            }
            serde_json::Value::Array(_) => tr!("a drawn curve").into(),
            _ => String::new(),
        };
        clipped(&said, MAX_TEXT)
    }
}

/// A text in one line without control characters, of so many characters at most.
fn clipped(text: &str, most: usize) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(most).collect();
    text.trim().to_owned()
}
