//! What a description comes to: a link a run, each of them valid.

use super::spec::Spec;
use crate::arguments::base;
use experiments::fields::{FIELDS, Field, Group};
use experiments::page::Page;
use experiments::{Experiment, Workbench, link};
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use std::fmt::Write as _;

/// One run.
pub struct Task {
    /// The link that is run, with its seed: what a run is known by.
    pub link: String,
    /// The preset's name.
    pub preset: String,
    /// What every random draw descends from.
    pub seed: u32,
    /// Every setting of its kind of experiment, as a link writes it.
    pub settings: Vec<(&'static Field, String)>,
    /// For people: preset and seed.
    pub name: String,
}

/// All runs of a sweep, in order, none of them twice.
pub struct Plan {
    /// The runs.
    pub tasks: Vec<Task>,
    /// Of all links: two plans of the same hash are the same.
    pub hash: String,
}

impl Plan {
    /// Every source with every point and seed; an error names the combination that is none.
    pub fn of(spec: &Spec) -> Result<Self, String> {
        let mut tasks = vec![];
        let mut known = HashSet::new();
        for source in &spec.sources {
            let base = base(source, false)?;
            for point in &spec.points {
                let mut workbench = base.clone();
                for (key, value) in point {
                    link::set(&mut workbench, key, value).map_err(|remark| {
                        let all: Vec<String> = point.iter().map(|(key, value)| format!("{key}={value}")).collect();
                        format!("{source} with {}: {remark}", all.join(", "))
                    })?;
                }
                let key = seed_key(workbench.page);
                let seeds: Vec<Option<u32>> =
                    if spec.seeds.is_empty() { vec![None] } else { spec.seeds.iter().copied().map(Some).collect() };
                for seed in seeds {
                    if let Some(seed) = seed {
                        link::set(&mut workbench, key, &seed.to_string()).map_err(|remark| remark.to_string())?;
                    }
                    let task = task(&workbench);
                    if known.insert(task.link.clone()) {
                        tasks.push(task);
                    }
                }
            }
        }
        let mut hash = Sha256::new();
        tasks.iter().for_each(|task| hash.update(format!("{}\n", task.link)));
        Ok(Self { tasks, hash: hex(&hash.finalize()[..8]) })
    }
}

fn task(workbench: &Workbench) -> Task {
    let own = |field: &&&'static Field| groups(workbench.page).contains(&field.group);
    let settings: Vec<_> =
        FIELDS.iter().filter(own).filter_map(|field| Some((*field, field.read(workbench)?))).collect();
    let key = seed_key(workbench.page);
    let seed = settings.iter().find(|(field, _)| field.key == key).and_then(|(_, seed)| seed.parse().ok());
    let (preset, seed) = (preset(workbench), seed.unwrap_or_default());
    Task {
        link: format!("#{}", link::encode(workbench)),
        name: format!("{preset}, seed {seed}"),
        settings: settings.into_iter().filter(|(field, _)| field.key != key).collect(),
        preset,
        seed,
    }
}

fn preset(workbench: &Workbench) -> String {
    match workbench.experiment() {
        Experiment::Graph(graph) => graph.name(),
        Experiment::Interactions(interactions) => interactions.name(),
        Experiment::Hidden(hidden) => hidden.name(),
        Experiment::Ode(ode) => ode.name().into(),
        Experiment::Recurrent(recurrent) => recurrent.name().into(),
        Experiment::Field(field) | Experiment::Integrators(field) => field.preset.key().into(),
        Experiment::Formula(_) | Experiment::Molecules(_) => workbench.field.preset.key().into(),
    }
}

/// The setting that is the seed of what a page runs.
fn seed_key(page: Page) -> &'static str {
    match page {
        Page::Graph => "graph-seed",
        Page::Interactions => "in-seed",
        Page::Hidden => "nri-seed",
        Page::Ode => "ode-seed",
        Page::Recurrent => "srnn-seed",
        Page::Learning | Page::Integrators | Page::Formula | Page::Molecules => "seed",
    }
}

/// The groups of settings that decide what a run learns.
fn groups(page: Page) -> &'static [Group] {
    match page {
        Page::Graph => &[Group::Graph],
        Page::Interactions => &[Group::Interactions],
        Page::Hidden => &[Group::Hidden],
        Page::Ode => &[Group::Ode],
        Page::Recurrent => &[Group::Recurrent],
        Page::Learning | Page::Integrators | Page::Formula | Page::Molecules => {
            &[Group::Own, Group::Data, Group::Training]
        }
    }
}

/// Bytes in hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::Plan;
    use crate::arguments::base;
    use crate::sweep::spec::read;

    #[test]
    fn every_run_is_a_link_that_opens_without_a_remark() {
        let text = "from = [\"spring\", \"gn-spring\", \"nri-springs\", \"ode-ring\", \"#v=1&preset=pendulum&steps=9\"]\nseeds = [0, 3]\n";
        let plan = Plan::of(&read(text).expect("a description")).expect("a plan");
        assert_eq!(plan.tasks.len(), 10);
        for task in &plan.tasks {
            let opened = base(&task.link, false).expect("a link without remarks");
            assert_eq!(super::task(&opened).link, task.link);
            assert_eq!(super::task(&opened).seed, task.seed);
        }
        assert_eq!(plan.tasks.iter().map(|task| task.seed).collect::<Vec<_>>(), [0, 3, 0, 3, 0, 3, 0, 3, 0, 3]);
        assert_eq!(plan.tasks[3].preset, "gn-spring");
    }

    #[test]
    fn a_plan_has_no_run_twice_and_refuses_what_is_no_setting() {
        let twice = "from = [\"spring\", \"spring\"]\n[grid]\nhidden = [8, 8]\n";
        assert_eq!(Plan::of(&read(twice).expect("a description")).expect("a plan").tasks.len(), 1);
        for wrong in ["colour = [1]", "lr = [1e9]", "graph-steps = [\"many\"]"] {
            let spec = read(&format!("from = \"spring\"\n[grid]\n{wrong}\n")).expect("a description");
            assert!(Plan::of(&spec).is_err_and(|error| error.starts_with("spring with ")), "{wrong}");
        }
        assert!(Plan::of(&read("from = \"perpetuum\"").expect("a description")).is_err());
    }
}
