//! The one table of settings: name, range, help, and where each lives in an [`Workbench`].
//!
//! Links, `lab --set`, the page's controls and the list of what is allowed are all read off this table, so a setting cannot
//! be in one of them and not in the others.

#[macro_use]
mod macros;
mod dynamics;
mod pages;
mod related;
mod table;

use crate::Workbench;
use crate::interaction::InteractionExperiment;
use crate::ode::OdeExperiment;
use crate::preset::Preset;
use crate::recurrent::RecurrentExperiment;
use crate::relational::RelationalExperiment;
use language::{tr, translated, written};
use numerics::seed::Seed;
use physics::parameter::Parameter;
use physics::particles::world::World;
use physics::system::System;
use std::fmt;
use std::sync::LazyLock;

/// Every setting but the preset and the version, in the order links write them.
pub static FIELDS: LazyLock<Vec<&'static Field>> = LazyLock::new(|| {
    let parameters = PARAMETERS.iter();
    let pages = pages::PAGES.iter().chain(related::RELATED).chain(dynamics::DYNAMICS);
    table::FIRST.iter().chain(parameters).chain(table::LATER).chain(pages).collect()
});

/// The parameters of all systems as settings.
static PARAMETERS: LazyLock<Vec<Field>> = LazyLock::new(|| {
    let field = |parameter: &'static Parameter| {
        let Parameter { key, label, help, .. } = *parameter;
        Field { key, label, help, group: Group::Data, kind: Kind::Parameter(parameter) }
    };
    System::all_parameters().into_iter().map(field).collect()
});

/// The largest batch that can be written; a step may also take all samples, however many.
pub const LARGEST_BATCH: usize = 10_000;

/// One setting.
pub struct Field {
    /// Its name in links and on the command line.
    pub key: &'static str,
    /// Its name on the page.
    pub label: &'static str,
    /// What it does, in a sentence without a full stop.
    pub help: &'static str,
    /// Where the page offers it.
    pub group: Group,
    /// What it may be.
    pub kind: Kind,
}

/// The part of the page a setting belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Has a place of its own.
    Own,
    /// What moves, and what is measured of it.
    Data,
    /// The networks and how they are trained.
    Training,
    /// What is shown; restarts nothing.
    View,
    /// The page of molecules; restarts nothing else.
    Molecules,
    /// The page of formulas; restarts nothing.
    Formula,
    /// The page of graph networks; restarts nothing else.
    Graph,
    /// The page of interaction networks; restarts nothing else.
    Interactions,
    /// The page of hidden graphs; restarts nothing else.
    Hidden,
    /// The page of graph networks through an integrator; restarts nothing else.
    Ode,
    /// The page of networks at a coarse step; restarts nothing else.
    Recurrent,
}

impl Group {
    /// Whether settings of this group belong to a page of its own: nothing that others train depends on them.
    pub fn stands_apart(self) -> bool {
        matches!(
            self,
            Group::Formula | Group::Graph | Group::Interactions | Group::Hidden | Group::Ode | Group::Recurrent
        )
    }
}

/// The values a setting may have.
pub enum Kind {
    /// A number of a range.
    Number {
        /// Smallest.
        min: f64,
        /// Largest.
        max: f64,
        /// Whether only whole numbers make sense.
        whole: bool,
        /// Reads it; `None` where this experiment has no such setting.
        get: fn(&Workbench) -> Option<f64>,
        /// Writes it.
        set: fn(&mut Workbench, f64),
    },
    /// A parameter of the system that moves.
    Parameter(&'static Parameter),
    /// One of a few words.
    Choice {
        /// (value in links, words on the page).
        options: &'static [(&'static str, &'static str)],
        /// Reads it, as an index into `options`; `None` where this experiment has no such setting.
        get: fn(&Workbench) -> Option<usize>,
        /// Writes it.
        set: fn(&mut Workbench, usize),
    },
    /// Any of a few words.
    Words {
        /// (word in links, words on the page).
        options: &'static [(&'static str, &'static str)],
        /// Reads it: bit i is set where word i is among them.
        get: fn(&Workbench) -> u16,
        /// Writes it.
        set: fn(&mut Workbench, u16),
    },
}

/// What stands in a link for none of the words.
const NONE: &str = "none";

/// What is allowed, in words.
pub struct Allowed<'a>(&'a Kind);

impl fmt::Display for Allowed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Kind::Number { min, max, whole: true, .. } => {
                f.write_str(&tr!("a whole number from {min} to {max}", min = min, max = max))
            }
            Kind::Number { min, max, .. } | Kind::Parameter(Parameter { range: (min, max), .. }) => {
                f.write_str(&tr!("a number from {min} to {max}", min = min, max = max))
            }
            Kind::Choice { options, .. } => {
                let names: Vec<_> = options.iter().map(|(key, _)| *key).collect();
                f.write_str(&one_of(&names))
            }
            Kind::Words { options, .. } => {
                f.write_str(&tr!("any of {words}, or {none}", words = words(options, u16::MAX), none = NONE))
            }
        }
    }
}

/// One value or another.
pub(crate) fn one_of(values: &[&str]) -> String {
    let together = |some: String, one: String| tr!("{some} or {one}", some = some, one = one);
    values.iter().map(|value| (*value).to_owned()).reduce(together).unwrap_or_default()
}

/// What became of a value that somebody wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Used as written.
    Taken,
    /// The nearest allowed value was used.
    Moved,
    /// Could not be read as a value of this setting; nothing changed.
    Unreadable,
    /// This experiment has no such setting; nothing changed.
    NotHere,
}

impl Field {
    /// The setting of this name.
    pub fn named(key: &str) -> Option<&'static Field> {
        FIELDS.iter().copied().find(|field| field.key == key)
    }

    /// The place of this setting among all, which is the order they are written in: some bring others along, which come later.
    pub fn place(key: &str) -> Option<usize> {
        FIELDS.iter().position(|field| field.key == key)
    }

    /// Smallest and largest value of a number, and whether only whole ones make sense.
    pub fn range(&self) -> Option<(f64, f64, bool)> {
        match self.kind {
            Kind::Number { min, max, whole, .. } => Some((min, max, whole)),
            Kind::Parameter(Parameter { range: (min, max), .. }) => Some((*min, *max, false)),
            Kind::Choice { .. } | Kind::Words { .. } => None,
        }
    }

    /// What is allowed, in words.
    pub fn allowed(&self) -> Allowed<'_> {
        Allowed(&self.kind)
    }

    /// Its value as written in a link; `None` where the experiment has no such setting.
    pub fn read(&self, workbench: &Workbench) -> Option<String> {
        match &self.kind {
            Kind::Number { get, .. } => get(workbench).map(|x| x.to_string()),
            Kind::Parameter(parameter) => workbench.field.system.parameter(parameter.key).map(|x| x.to_string()),
            Kind::Choice { options, get, .. } => get(workbench).map(|i| options[i].0.to_owned()),
            Kind::Words { options, get, .. } => Some(words(options, get(workbench))),
        }
    }

    /// Its value as people read it; `None` where the experiment has no such setting.
    pub fn shown(&self, workbench: &Workbench) -> Option<String> {
        match &self.kind {
            Kind::Number { .. } | Kind::Parameter(_) => self.read(workbench).map(|x| written(x).replace('-', "−")),
            Kind::Choice { options, get, .. } => get(workbench).map(|i| translated(options[i].1).to_owned()),
            Kind::Words { options, get, .. } => {
                let bits = get(workbench);
                let chosen = options.iter().enumerate().filter(|(i, _)| bits >> i & 1 == 1);
                let chosen: Vec<&str> = chosen.map(|(_, (_, words))| translated(words)).collect();
                Some(if chosen.is_empty() { tr!("of several things" => "none").to_owned() } else { chosen.join(", ") })
            }
        }
    }

    /// Sets it from what somebody wrote, or to the nearest value that is allowed.
    pub fn write(&self, workbench: &mut Workbench, text: &str) -> Outcome {
        match &self.kind {
            Kind::Number { min, max, whole, get, set } => {
                let round = |x: f64| if *whole { x.round() } else { x };
                match number(text, (*min, *max), get(workbench).is_some()) {
                    Ok((given, used)) => {
                        set(workbench, round(used));
                        if round(used) == given { Outcome::Taken } else { Outcome::Moved }
                    }
                    Err(outcome) => outcome,
                }
            }
            Kind::Parameter(Parameter { key, range, .. }) => {
                match number(text, *range, workbench.field.system.parameter(key).is_some()) {
                    Ok((given, used)) => {
                        workbench.field.system.set_parameter(key, used);
                        if used == given { Outcome::Taken } else { Outcome::Moved }
                    }
                    Err(outcome) => outcome,
                }
            }
            Kind::Choice { options, get, set } => {
                let Some(index) = options.iter().position(|(key, _)| *key == text.trim()) else {
                    return Outcome::Unreadable;
                };
                if get(workbench).is_none() {
                    return Outcome::NotHere;
                }
                set(workbench, index);
                Outcome::Taken
            }
            Kind::Words { options, set, .. } => {
                let known = |word: &str| options.iter().position(|(option, _)| *option == word);
                let given: Vec<&str> = text.split(',').map(str::trim).filter(|word| *word != NONE).collect();
                let chosen: Vec<usize> = given.iter().filter_map(|word| known(word)).collect();
                if chosen.is_empty() && !given.is_empty() {
                    return Outcome::Unreadable;
                }
                set(workbench, chosen.iter().fold(0, |bits, i| bits | 1 << i));
                if chosen.len() == given.len() { Outcome::Taken } else { Outcome::Moved }
            }
        }
    }
}

/// A number that somebody wrote, and the nearest one of a range; what became of it where it cannot be used.
fn number(text: &str, (min, max): (f64, f64), is_here: bool) -> Result<(f64, f64), Outcome> {
    match text.trim().parse::<f64>() {
        Ok(given) if given.is_nan() => Err(Outcome::Unreadable),
        Err(_) => Err(Outcome::Unreadable),
        // Adding zero turns −0 into 0.
        Ok(given) if is_here => Ok((given, given.clamp(min, max) + 0.0)),
        Ok(_) => Err(Outcome::NotHere),
    }
}

/// The words whose bits are set, as a link has them.
pub fn words(options: &[(&str, &str)], bits: u16) -> String {
    let set = options.iter().enumerate().filter(|(i, _)| bits >> i & 1 == 1);
    let chosen: Vec<&str> = set.map(|(_, (word, _))| *word).collect();
    if chosen.is_empty() { NONE.into() } else { chosen.join(",") }
}

/// The presets, in words.
pub fn allowed_presets() -> String {
    let worlds = World::ALL.map(World::key).join(", ");
    let related: Vec<String> = InteractionExperiment::names().chain(RelationalExperiment::names()).collect();
    let dynamics: Vec<&str> =
        OdeExperiment::names().chain(RecurrentExperiment::names()).map(|(name, _)| name).collect();
    tr!(
        "{presets}, {related}, {dynamics}, or gn- and a world ({worlds}), with -paper behind it if wanted",
        presets = Preset::ALL.map(Preset::key).join(", "),
        related = related.join(", "),
        dynamics = dynamics.join(", "),
        worlds = worlds
    )
}

/// The same seed with the next number: another experiment, chosen without chance.
pub fn next_seed(seed: Seed) -> Seed {
    Seed(if seed.0 >= 999_999 { 0 } else { seed.0 + 1 })
}
