//! Builds a link for a class: an experiment, which of its controls are there or hold their value, a question, the look.

use experiments::assignment::{Assignment, Locked, MAX_QUESTION, PARTS, Theme};
use experiments::fields::{FIELDS, Field, Group};
use experiments::page::Page;
use experiments::{Workbench, link};
use language::translated;
use std::collections::BTreeMap;

/// What becomes of a control.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rule {
    /// It is there.
    #[default]
    Shown,
    /// It is there and holds its value.
    Locked,
    /// It is not there.
    Hidden,
}

/// A control that there is a rule for.
#[derive(Clone, Debug, PartialEq)]
pub struct Control {
    /// Its key in links.
    pub key: &'static str,
    /// Its name.
    pub label: String,
    /// Its value as people read it; nothing for a part of the page.
    pub value: Option<String>,
    /// Whether it can hold a value.
    pub locks: bool,
}

/// What the link is made of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Builder {
    /// The experiment, without an assignment.
    pub workbench: Workbench,
    /// Rules of controls that are not simply there.
    pub rules: BTreeMap<&'static str, Rule>,
    /// The question, as it is being written.
    pub question: String,
    /// Colours and sizes.
    pub theme: Theme,
    /// The code of the language that is spoken; `None` for the visitor's own.
    pub language: Option<&'static str>,
    /// Whether the page will be part of another.
    pub embed: bool,
    /// A lesson in place of an experiment, and its step, from 1.
    pub lesson: Option<(String, u32)>,
}

/// The experiment of a name to begin with.
pub fn beginning(name: &str) -> Option<Workbench> {
    Workbench::named(name).or_else(|| {
        let mut workbench = Workbench::default();
        link::set(&mut workbench, "page", name).ok().map(|()| workbench)
    })
}

/// Groups of settings that a page has controls of.
fn groups(page: Page) -> &'static [Group] {
    match page {
        Page::Learning => &[Group::Own, Group::Data, Group::Training, Group::View],
        Page::Integrators => &[Group::Own, Group::Data, Group::View],
        Page::Molecules => &[Group::Molecules],
        Page::Formula => &[Group::Formula],
        Page::Graph => &[Group::Own, Group::Graph],
        Page::Interactions => &[Group::Own, Group::Interactions],
        Page::Hidden => &[Group::Own, Group::Hidden],
        Page::Ode => &[Group::Own, Group::Ode],
        Page::Recurrent => &[Group::Own, Group::Recurrent],
    }
}

impl Builder {
    /// From a link that somebody pasted, a whole address or what stands behind its `#`; what could not be used of it.
    pub fn open(text: &str) -> (Self, Vec<String>) {
        let fragment = text.trim().split_once('#').map_or(text.trim(), |(_, fragment)| fragment);
        let (mut workbench, remarks) = link::decode(fragment);
        let Assignment { question, theme, language, embed, .. } = workbench.assignment.clone();
        let assignment = std::mem::take(&mut workbench.assignment);
        let mut builder =
            Self { workbench, question: question.unwrap_or_default(), theme, language, embed, ..Self::default() };
        for control in builder.controls() {
            if !assignment.shows(control.key) {
                builder.rules.insert(control.key, Rule::Hidden);
            } else if assignment.locks(control.key) {
                builder.rules.insert(control.key, Rule::Locked);
            }
        }
        (builder, remarks.iter().map(ToString::to_string).collect())
    }

    /// Controls of the page that the link opens, settings first.
    pub fn controls(&self) -> Vec<Control> {
        let groups = groups(self.workbench.page);
        let about_presets = self.workbench.page.is_about_field();
        let setting = |field: &&'static Field| {
            let value =
                field.shown(&self.workbench).filter(|_| groups.contains(&field.group) && field.key != "page")?;
            Some(Control { key: field.key, label: translated(field.label).to_owned(), value: Some(value), locks: true })
        };
        let of_runs = self.workbench.page == Page::Learning;
        let part = |part: &(&'static str, &'static str)| {
            let (key, what) = *part;
            let there = match key {
                "preset" => about_presets,
                "own-data" | "runs" | "take-away" | "notes" => of_runs,
                _ => true,
            };
            there.then(|| Control { key, label: translated(what).to_owned(), value: None, locks: key == "preset" })
        };
        FIELDS.iter().filter_map(setting).chain(PARTS.iter().filter_map(part)).collect()
    }

    /// What becomes of a control.
    pub fn rule(&self, key: &str) -> Rule {
        self.rules.get(key).copied().unwrap_or_default()
    }

    /// Sets that. What has no value cannot hold one, and is there instead.
    pub fn decide(&mut self, control: &Control, rule: Rule) {
        match rule {
            Rule::Locked if !control.locks => drop(self.rules.remove(control.key)),
            Rule::Shown => drop(self.rules.remove(control.key)),
            _ => drop(self.rules.insert(control.key, rule)),
        }
    }

    /// What the rules come to.
    pub fn assignment(&self) -> Assignment {
        let controls = self.controls();
        let keys = |wanted: &dyn Fn(&Control) -> bool| -> Vec<&'static str> {
            controls.iter().filter(|control| wanted(control)).map(|control| control.key).collect()
        };
        let hidden = keys(&|control| self.rule(control.key) == Rule::Hidden);
        let shown = keys(&|control| self.rule(control.key) != Rule::Hidden);
        // The shorter list is written: a link with many keys makes a code that is hard to read.
        let by_hiding = hidden.len() <= shown.len();
        let locked = keys(&|control| self.rule(control.key) == Rule::Locked);
        let question = self.question.trim();
        Assignment {
            show: (!by_hiding).then_some(shown),
            hide: if by_hiding { hidden } else { vec![] },
            lock: Locked::Some(locked),
            question: (!question.is_empty()).then(|| question.chars().take(MAX_QUESTION).collect()),
            theme: self.theme,
            language: self.language,
            embed: self.embed,
        }
    }

    /// The link as seen from the folder of the page: a document and a fragment.
    pub fn link(&self) -> String {
        match &self.lesson {
            Some((name, step)) => format!("lesson.html#{name}/{step}"),
            None => {
                let workbench = Workbench { assignment: self.assignment(), ..self.workbench.clone() };
                format!("#{}", link::encode(&workbench))
            }
        }
    }

    /// What to put into a page of a learning platform, with the link at this address.
    pub fn snippet(&self, address: &str) -> String {
        let address = address.replace('&', "&amp;").replace('"', "&quot;");
        format!(
            "<iframe src=\"{address}\" title=\"Orrery\" width=\"100%\" height=\"760\" allow=\"clipboard-write; fullscreen\" loading=\"lazy\"></iframe>"
        )
    }
}
