//! A class: what all students handed in, as tables and distributions.

use crate::teacher::hand_in::{HandIn, Lesson, Outcome};
use crate::teacher::names::experiment_name;
use experiments::field::FieldExperiment;
use experiments::fields::Field;
use experiments::page::Page;
use experiments::{Workbench, link};
use std::collections::{BTreeMap, BTreeSet};

/// Room beside the outermost values of an axis, as a part of the range.
const ROOM: f64 = 0.06;

/// A figure of several students' runs of one experiment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Distribution {
    /// Who, and the value, smallest first.
    pub values: Vec<(String, f64)>,
}

/// Results of one experiment, whatever the seed and the view.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// The link to it, with the usual seed and view: what makes it one experiment.
    pub link: String,
    /// Its name.
    pub name: String,
    /// Students by their place in the class, and what came of it.
    pub results: Vec<(usize, Outcome)>,
}

/// A law with its constants left open, and who found it.
#[derive(Clone, Debug, PartialEq)]
pub struct LawShape {
    /// The law with `□` for every constant.
    pub shape: String,
    /// Students by their place in the class, and the law as they found it.
    pub found: Vec<(usize, String)>,
}

/// A question of a lesson, and what was answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// Lesson and question.
    pub lesson: String,
    /// Step and number.
    pub id: String,
    /// The question.
    pub question: String,
    /// Answers in words and how many gave each, most frequent first.
    pub answers: Vec<(String, usize)>,
    /// Right answers and judged answers.
    pub right: (usize, usize),
}

/// Results by experiment, those of most students first. A figure that was read off in a lesson counts like one that was handed in.
pub fn groups(class: &[HandIn]) -> Vec<Group> {
    let mut groups: Vec<Group> = vec![];
    for (student, hand_in) in class.iter().enumerate() {
        let read_off = hand_in.lessons.iter().flat_map(|lesson| &lesson.figures).filter_map(|figure| {
            let figures = BTreeMap::from([(figure.name.clone(), figure.value.filter(|value| value.is_finite())?)]);
            Some(Outcome { link: figure.link.clone(), figures, finished: true, ..Outcome::default() })
        });
        for result in hand_in.results.iter().cloned().chain(read_off) {
            if result.link.is_empty() {
                continue;
            }
            let (link, name) = experiment(&result.link);
            match groups.iter_mut().find(|group| group.link == link) {
                Some(group) => group.results.push((student, result)),
                None => groups.push(Group { link, name, results: vec![(student, result)] }),
            }
        }
    }
    groups.sort_by_key(|group| std::cmp::Reverse(group.students()));
    groups
}

/// The experiment of a link, whatever its seed, view and assignment: its own link, and its name.
fn experiment(text: &str) -> (String, String) {
    let (mut workbench, _) = link::decode(text);
    let usual = Workbench::from(workbench.field.preset);
    workbench.assignment = usual.assignment;
    workbench.device = usual.device;
    workbench.field = FieldExperiment { seed: usual.field.seed, view: usual.field.view, ..workbench.field };
    workbench.graph.seed = usual.graph.seed;
    workbench.graph.view = usual.graph.view;
    workbench.interactions.seed = usual.interactions.seed;
    workbench.interactions.view = usual.interactions.view;
    workbench.hidden.seed = usual.hidden.seed;
    workbench.hidden.view = usual.hidden.view;
    workbench.ode.seed = usual.ode.seed;
    workbench.ode.view = usual.ode.view;
    workbench.recurrent.seed = usual.recurrent.seed;
    workbench.recurrent.view = usual.recurrent.view;
    workbench.formula.seed = usual.formula.seed;
    (link::encode(&workbench), experiment_name(&workbench))
}

impl Group {
    /// How many students have a result.
    pub fn students(&self) -> usize {
        let mut students: Vec<usize> = self.results.iter().map(|(student, _)| *student).collect();
        students.dedup();
        students.len()
    }

    /// Names of the figures, the most frequent first.
    pub fn figures(&self) -> Vec<String> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for name in self.results.iter().flat_map(|(_, result)| result.figures.keys()) {
            *counts.entry(name).or_default() += 1;
        }
        let mut names: Vec<(&str, usize)> = counts.into_iter().collect();
        // The ratio is what a class compares first.
        names.sort_by_key(|(name, count)| (*name != "ratio", std::cmp::Reverse(*count)));
        names.into_iter().map(|(name, _)| name.to_owned()).collect()
    }

    /// A figure of all results.
    pub fn distribution(&self, figure: &str, class: &[HandIn]) -> Distribution {
        let of = |(student, result): &(usize, Outcome)| {
            Some((class.get(*student)?.student.clone(), *result.figures.get(figure)?))
        };
        let mut values: Vec<(String, f64)> = self.results.iter().filter_map(of).collect();
        values.sort_by(|a, b| a.1.total_cmp(&b.1));
        Distribution { values }
    }
}

impl Distribution {
    /// The value below which a part of the values lies, between neighbours in proportion; `None` of no values.
    pub fn quantile(&self, part: f64) -> Option<f64> {
        let last = self.values.len().checked_sub(1)?;
        let place = part.clamp(0.0, 1.0) * last as f64;
        let (below, rest) = (place.floor() as usize, place.fract());
        let above = (below + 1).min(last);
        Some(self.values[below].1 * (1.0 - rest) + self.values[above].1 * rest)
    }

    /// The ends of the axis they are shown on, its logarithm where it is a logarithmic one, with some room at both; `None` of no values.
    pub fn axis(&self) -> Option<(f64, f64)> {
        let place = |(_, x): &(String, f64)| if self.is_logarithmic() { x.log10() } else { *x };
        let (low, high) = (place(self.values.first()?), place(self.values.last()?));
        let room = ((high - low) * ROOM).max(if high > low { 0.0 } else { 0.5 * high.abs().max(1.0) });
        Some((low - room, high + room))
    }

    /// Whether dashes are drawn at 1, where two networks are equally good: on a logarithmic axis that reaches there.
    pub fn shows_one(&self) -> bool {
        self.is_logarithmic() && self.axis().is_some_and(|(low, high)| low < 0.0 && high > 0.0)
    }

    /// Whether the values are compared by their ratios: all are positive, and the largest is ten times the smallest or more.
    pub fn is_logarithmic(&self) -> bool {
        match (self.values.first(), self.values.last()) {
            (Some((_, least)), Some((_, most))) => *least > 0.0 && most / least >= 10.0,
            _ => false,
        }
    }
}

/// Laws of all students by their shape, the most frequent first.
pub fn laws(class: &[HandIn]) -> Vec<LawShape> {
    let mut shapes: Vec<LawShape> = vec![];
    for (student, hand_in) in class.iter().enumerate() {
        for law in hand_in.results.iter().filter_map(|result| result.law.as_ref()) {
            let shape = shape(law);
            match shapes.iter_mut().find(|known| known.shape == shape) {
                Some(known) => known.found.push((student, law.clone())),
                None => shapes.push(LawShape { shape, found: vec![(student, law.clone())] }),
            }
        }
    }
    shapes.sort_by_key(|shape| std::cmp::Reverse(shape.found.len()));
    shapes
}

/// A law with `□` for its constants. Numbers in names (`m1`) and whole exponents (`r^2`) are part of the shape.
pub fn shape(law: &str) -> String {
    let mut shape = String::new();
    let mut rest = law.char_indices().peekable();
    let mut before = ' ';
    while let Some((start, c)) = rest.next() {
        let begins = c.is_ascii_digit() && !before.is_alphanumeric() && before != '_';
        if !begins {
            if !c.is_whitespace() {
                shape.push(c);
                before = c;
            }
            continue;
        }
        let mut end = start + 1;
        let mut last = c;
        while let Some((at, next)) = rest.peek().copied() {
            let exponent = matches!(last, 'e' | 'E') && matches!(next, '+' | '-');
            if !(next.is_ascii_digit() || matches!(next, '.' | 'e' | 'E') || exponent) {
                break;
            }
            (end, last) = (at + next.len_utf8(), next);
            rest.next();
        }
        let number = &law[start..end];
        let whole = number.bytes().all(|digit| digit.is_ascii_digit());
        shape.push_str(if before == '^' && whole { number } else { "□" });
        before = '0';
    }
    shape
}

/// Questions of all lessons with what was answered, in the order of the lessons.
pub fn questions(class: &[HandIn]) -> Vec<Asked> {
    let mut asked: Vec<Asked> = vec![];
    for lesson in class.iter().flat_map(|hand_in| &hand_in.lessons) {
        for answer in &lesson.answers {
            let known = asked.iter_mut().find(|known| known.lesson == lesson.title && known.id == answer.id);
            let known = match known {
                Some(known) => known,
                None => {
                    let (lesson, id) = (lesson.title.clone(), answer.id.clone());
                    let question = answer.question.clone();
                    asked.push(Asked { lesson, id, question, answers: vec![], right: (0, 0) });
                    asked.last_mut().expect("one was just added")
                }
            };
            if let Some(right) = answer.right {
                known.right.0 += usize::from(right);
                known.right.1 += 1;
            }
            let words = answer.words();
            match known.answers.iter_mut().find(|(said, _)| *said == words) {
                Some((_, count)) => *count += 1,
                None => known.answers.push((words, 1)),
            }
        }
    }
    for question in &mut asked {
        question.answers.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    }
    asked
}

/// Right answers of each student, and questions that were judged. What others of the class answered of the same lesson and a student
/// left out is judged too, as not right: what was left out is not in the file.
pub fn scores(class: &[HandIn]) -> Vec<(usize, usize)> {
    let mut judged: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for lesson in class.iter().flat_map(|hand_in| &hand_in.lessons) {
        judged.entry(&lesson.lesson).or_default().extend(lesson.judged().map(|(answer, _)| answer.id.as_str()));
    }
    let of_lesson = |lesson: &Lesson| {
        let all = judged.get(lesson.lesson.as_str()).map_or(0, BTreeSet::len);
        (lesson.judged().filter(|(_, right)| *right).count(), all)
    };
    let of_student =
        |hand_in: &HandIn| hand_in.lessons.iter().map(of_lesson).fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
    class.iter().map(of_student).collect()
}

/// The seed of what a link opens, where it has one.
fn seed(link: &str) -> Option<String> {
    let (workbench, _) = link::decode(link);
    let key = match workbench.page {
        Page::Learning | Page::Integrators => "seed",
        Page::Graph => "graph-seed",
        Page::Interactions => "in-seed",
        Page::Hidden => "nri-seed",
        Page::Ode => "ode-seed",
        Page::Recurrent => "srnn-seed",
        Page::Formula => "search-seed",
        Page::Molecules => return None,
    };
    Field::named(key)?.read(&workbench)
}

/// The table as CSV: a line for each student, with every figure of a group.
pub fn csv(class: &[HandIn], group: Option<&Group>) -> String {
    let quoted = |text: &str| {
        // A spreadsheet takes what begins like this for a formula.
        let guard = if text.starts_with(['=', '+', '-', '@']) { "'" } else { "" };
        format!("\"{guard}{}\"", text.replace('"', "\"\""))
    };
    let figures = group.map(Group::figures).unwrap_or_default();
    let mut text = "student,right,judged,link,law,seed,notes".to_owned();
    figures.iter().for_each(|name| text.push_str(&format!(",{}", quoted(name))));
    text.push('\n');
    let scores = scores(class);
    for (student, hand_in) in class.iter().enumerate() {
        let (right, judged) = scores[student];
        let results =
            group.map(|group| group.results.iter().filter(|(of, _)| *of == student).map(|(_, result)| result));
        let results: Vec<&Outcome> = results.into_iter().flatten().collect();
        let law = hand_in.results.iter().filter_map(|result| result.law.as_deref()).next().unwrap_or_default();
        let link = results.first().map(|result| result.link.as_str()).unwrap_or_default();
        let seed = results.first().and_then(|result| seed(&result.link)).unwrap_or_default();
        let (name, notes) = (quoted(&hand_in.student), quoted(&hand_in.notes()));
        text.push_str(&format!("{name},{right},{judged},{},{},{seed},{notes}", quoted(link), quoted(law)));
        for name in &figures {
            let value = results.iter().find_map(|result| result.figures.get(name));
            text.push_str(&format!(",{}", value.map(f64::to_string).unwrap_or_default()));
        }
        text.push('\n');
    }
    text
}
