//! What the page for teachers shows, and how it changes. A pure reducer.

use crate::teacher::builder::{Builder, Rule, beginning};
use crate::teacher::class::{Group, groups};
use crate::teacher::hand_in::{HandIn, read};
use experiments::assignment::{MAX_QUESTION, Theme};
use language::tr;
use std::rc::Rc;

/// Most students of a class.
pub const MOST_STUDENTS: usize = 400;

/// What a teacher does.
#[derive(Clone, Debug, PartialEq)]
pub enum TeacherAction {
    /// Begin with the experiment of this name.
    Begin(String),
    /// Begin with the experiment of a link that was pasted.
    Paste(String),
    /// Decide about a control, by its key.
    Decide(&'static str, Rule),
    /// Decide about all controls.
    DecideAll(Rule),
    /// Ask this.
    Ask(String),
    /// Colours and sizes.
    Dress(Theme),
    /// Which language is spoken; `None` for the visitor's own.
    Speak(Option<&'static str>),
    /// The page will be part of another, or will not.
    Embed,
    /// Open a step of a lesson, or an experiment.
    Lesson(Option<(String, u32)>),
    /// A text is on the clipboard, or could not be put there.
    Copied(bool),
    /// Files were brought: names and contents.
    Bring(Vec<(String, Rc<[u8]>)>),
    /// A file could not be read at all: a sentence.
    Refuse(String),
    /// Leave out what a student handed in, by its place.
    Remove(usize),
    /// Forget all that was handed in.
    Forget,
    /// Look at this experiment.
    LookAt(usize),
    /// Look at this figure.
    Compare(String),
}

/// What is shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// The link.
    pub builder: Builder,
    /// What could not be used of a link that was pasted.
    pub remarks: Vec<String>,
    /// Whether something is on the clipboard.
    pub copied: Option<bool>,
    /// What was handed in.
    pub class: Rc<Vec<HandIn>>,
    /// A sentence for each file that could not be taken.
    pub refused: Vec<String>,
    /// Results by experiment.
    pub groups: Rc<Vec<Group>>,
    /// The experiment that is looked at.
    pub group: usize,
    /// The figure that is compared, where it is not the first.
    pub figure: Option<String>,
}

impl State {
    /// The page on opening this fragment: the experiment that the teacher comes from.
    pub fn open(fragment: &str) -> Self {
        let (builder, remarks) = Builder::open(fragment);
        Self { builder, remarks: if fragment.is_empty() { vec![] } else { remarks }, ..Self::default() }
    }

    /// The group and the figure that are looked at.
    pub fn shown(&self) -> Option<(&Group, String)> {
        let group = self.groups.get(self.group)?;
        let figures = group.figures();
        let figure = self.figure.clone().filter(|wanted| figures.contains(wanted));
        Some((group, figure.or_else(|| figures.first().cloned()).unwrap_or_default()))
    }

    /// Changes.
    pub fn reduce(&mut self, action: TeacherAction) {
        if !matches!(action, TeacherAction::Copied(_)) {
            self.copied = None;
        }
        match action {
            TeacherAction::Begin(name) => {
                if let Some(workbench) = beginning(&name) {
                    let Builder { question, theme, language, embed, .. } = std::mem::take(&mut self.builder);
                    self.builder = Builder { workbench, question, theme, language, embed, ..Builder::default() };
                    self.remarks.clear();
                }
            }
            TeacherAction::Paste(text) if text.trim().is_empty() => {
                self.remarks = vec![tr!("Paste a link first: “Copy link” on Orrery’s page has it.").into()];
            }
            TeacherAction::Paste(text) if !text.contains("v=") && !text.contains("preset=") => {
                self.remarks = vec![
                    tr!("This is no link to an experiment: one contains “#v=1&preset=”. Nothing was changed.").into(),
                ];
            }
            TeacherAction::Paste(text) => (self.builder, self.remarks) = Builder::open(&text),
            TeacherAction::Decide(key, rule) => {
                if let Some(control) = self.builder.controls().into_iter().find(|control| control.key == key) {
                    self.builder.decide(&control, rule);
                }
            }
            TeacherAction::DecideAll(rule) => {
                for control in self.builder.controls() {
                    self.builder.decide(&control, rule);
                }
            }
            TeacherAction::Ask(text) => {
                let line = text.chars().map(|c| if c.is_control() { ' ' } else { c });
                self.builder.question = line.take(MAX_QUESTION).collect();
            }
            TeacherAction::Dress(theme) => self.builder.theme = theme,
            TeacherAction::Speak(language) => self.builder.language = language,
            TeacherAction::Embed => self.builder.embed = !self.builder.embed,
            TeacherAction::Lesson(lesson) => {
                self.builder.lesson = lesson.map(|(name, step)| (name, step.clamp(1, 99)));
            }
            TeacherAction::Copied(done) => self.copied = Some(done),
            TeacherAction::Bring(files) => {
                self.refused.clear();
                files.into_iter().for_each(|(name, bytes)| self.take(&name, &bytes));
                self.count();
            }
            TeacherAction::Refuse(sentence) => self.refused = vec![sentence],
            TeacherAction::Remove(place) => {
                let class = Rc::make_mut(&mut self.class);
                if place < class.len() {
                    class.remove(place);
                }
                self.count();
            }
            TeacherAction::Forget => {
                self.class = Rc::default();
                self.refused.clear();
                self.count();
            }
            TeacherAction::LookAt(group) => (self.group, self.figure) = (group, None),
            TeacherAction::Compare(figure) => self.figure = Some(figure),
        }
    }

    fn take(&mut self, name: &str, bytes: &[u8]) {
        match read(name, bytes) {
            Ok(_) if self.class.len() >= MOST_STUDENTS => {
                self.refused.push(tr!(
                    "{name}: more than {most} students were left aside.",
                    name = name,
                    most = MOST_STUDENTS
                ));
            }
            Ok(hand_in) if self.class.contains(&hand_in) => {
                self.refused.push(tr!(
                    "{name}: the same was handed in already ({student}); it counts once.",
                    name = name,
                    student = hand_in.student
                ));
            }
            Ok(hand_in) => Rc::make_mut(&mut self.class).push(hand_in),
            Err(why) => self.refused.push(format!("{name}: {why}")),
        }
    }

    /// Sorts results by experiment again.
    fn count(&mut self) {
        self.groups = Rc::new(groups(&self.class));
        self.group = self.group.min(self.groups.len().saturating_sub(1));
    }
}
