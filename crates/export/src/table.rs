//! Tables as comma-separated text: comment lines that say where the numbers come from, headings with units, rows.

use crate::coordinates::Coordinates;
use crate::record::{Record, facts};
use crate::text::one_line;
use data::differences::TRAINING_SHARE;
use experiments::FieldExperiment;
use experiments::task::Task;
use physics::dataset::{Samples, Targets};
use physics::phase_space::PhasePoint;
use physics::trajectory::Trajectory;
use std::fmt::Write as _;

/// A table under construction.
pub(crate) struct Table(String);

impl Table {
    /// With comment lines and headings.
    pub fn new(about: &[String], facts: &[(String, String)], headings: &[String]) -> Self {
        let mut text = String::new();
        for line in facts.iter().map(|(name, value)| format!("{name}: {value}")).chain(about.iter().cloned()) {
            let _ = writeln!(text, "# {}", one_line(&line));
        }
        let headings: Vec<String> = headings.iter().map(|heading| cell(heading)).collect();
        let _ = writeln!(text, "{}", headings.join(","));
        Self(text)
    }

    /// A row: words, then numbers, of which some may be missing.
    pub fn row(&mut self, words: &[String], numbers: impl IntoIterator<Item = Option<f64>>) {
        let numbers = numbers.into_iter().map(|number| number.map(|x| x.to_string()).unwrap_or_default());
        let cells: Vec<String> = words.iter().cloned().chain(numbers).collect();
        let _ = writeln!(self.0, "{}", cells.join(","));
    }

    /// The whole text.
    pub fn text(self) -> String {
        self.0
    }
}

/// A cell in quotes where it needs them.
fn cell(text: &str) -> String {
    let text = one_line(text);
    if text.contains([',', '"']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

/// Where a sample comes from: the number of its motion and the time in it.
type Place = (usize, f64);

/// What was learned from and tested by: a row a sample, with the velocity that the networks were asked for.
pub fn data(experiment: &FieldExperiment, task: &Task, record: &Record) -> String {
    let coordinates = Coordinates::of(experiment);
    let mut about = vec![coordinates.about.clone()];
    about.push(match experiment.data.targets {
        Targets::Exact if experiment.recording.is_none() => "Rates are exact, at the state without noise.".into(),
        Targets::Central => "Rates are central differences.".into(),
        _ => "Rates are differences to the next row.".into(),
    });
    if experiment.film_recipe().is_some() {
        about.push("The networks saw films of these states, 28 × 28 pixels a frame, and not the states.".into());
    } else if experiment.recording.is_none() {
        about.push(format!("Noise of standard deviation {} was added to each coordinate.", experiment.data.noise));
    }
    let places = places(experiment, task);
    let mut headings = vec!["part".to_owned()];
    if places.is_some() {
        headings.extend(["motion".to_owned(), coordinates.clock()]);
    }
    headings.extend(coordinates.headings().into_iter().chain(coordinates.rates()));
    let mut table = Table::new(&about, &facts(experiment, record), &headings);
    for (i, (name, samples)) in [("train", &task.dataset.train), ("test", &task.dataset.test)].into_iter().enumerate() {
        let places = places.as_ref().map(|places| &places[i]);
        rows(&mut table, name, samples, places.map(Vec::as_slice));
    }
    table.text()
}

fn rows(table: &mut Table, part: &str, samples: &Samples, places: Option<&[Place]>) {
    for (i, (state, velocity)) in samples.states.iter().zip(&samples.velocities).enumerate() {
        let mut words = vec![part.to_owned()];
        if let Some((motion, t)) = places.and_then(|places| places.get(i)) {
            words.extend([(motion + 1).to_string(), t.to_string()]);
        }
        table.row(&words, state.coordinates().chain(velocity.components()).map(Some));
    }
}

/// Motion and time of every sample, training and test; `None` where they cannot be told.
fn places(experiment: &FieldExperiment, task: &Task) -> Option<[Vec<Place>; 2]> {
    let counts = [task.dataset.train.len(), task.dataset.test.len()];
    let mut places = [vec![], vec![]];
    if let Some(recording) = &experiment.recording {
        let rows: usize = recording.trials.iter().map(|trial| trial.times.len().saturating_sub(1)).sum();
        let first_test = (rows as f64 * TRAINING_SHARE) as usize;
        let mut row = 0;
        for (number, trial) in recording.trials.iter().enumerate() {
            for time in &trial.times[..trial.times.len().saturating_sub(1)] {
                let part = usize::from((first_test..first_test + counts[1]).contains(&row));
                places[part].push((number, *time));
                row += 1;
            }
        }
    } else if experiment.is_simulated() {
        let data = &experiment.data;
        let (each, training) = (data.samples_per_trajectory(), data.training_trajectories());
        let step = data.span / data.samples.saturating_sub(1).max(1) as f64;
        let later = usize::from(data.targets == Targets::Central);
        for number in 0..data.trajectories {
            let part = usize::from(number >= training);
            places[part].extend((0..each).map(|i| (number, (i + later) as f64 * step)));
        }
    }
    // A motion that ran away left no samples: then nobody knows which is which.
    (places[0].len() == counts[0] && places[1].len() == counts[1]).then_some(places)
}

/// Losses over steps: a row for each recorded step, two columns a model.
pub fn losses(experiment: &FieldExperiment, record: &Record) -> String {
    let columns = record
        .models
        .iter()
        .flat_map(|model| ["training", "test"].map(|part| format!("{} {part} loss", model.kind.key())));
    let headings: Vec<String> = std::iter::once("step".to_owned()).chain(columns).collect();
    let about =
        ["Losses are mean squared errors of velocities; of films, the sum of the parts of their loss.".to_owned()];
    let mut table = Table::new(&about, &facts(experiment, record), &headings);
    let mut steps: Vec<u64> =
        record.models.iter().flat_map(|model| model.losses.iter().map(|(step, _)| *step)).collect();
    steps.sort_unstable();
    steps.dedup();
    for step in steps {
        let of = |model: &crate::record::ModelRecord| {
            let found = model.losses.iter().find(|(at, _)| *at == step).map(|(_, losses)| losses);
            [found.map(|losses| losses.train), found.map(|losses| losses.test)]
        };
        table.row(&[step.to_string()], record.models.iter().flat_map(of));
    }
    table.text()
}

/// The shown motions: the truth, and each model from the same start, with the true energy of every state.
pub fn motion(experiment: &FieldExperiment, record: &Record) -> String {
    let coordinates = Coordinates::of(experiment);
    let names = coordinates.headings();
    let of = |who: &str| {
        names.iter().map(|name| format!("{who} {name}")).chain([format!("{who} energy")]).collect::<Vec<_>>()
    };
    let models = record.models.iter().flat_map(|model| of(model.kind.key()));
    let headings: Vec<String> = std::iter::once(coordinates.clock()).chain(of("truth")).chain(models).collect();
    let about = [coordinates.about.clone(), "Energies are those of the true system.".to_owned()];
    let mut table = Table::new(&about, &facts(experiment, record), &headings);
    let motions: Vec<&Trajectory> =
        std::iter::once(&record.truth).chain(record.models.iter().map(|model| &model.motion)).collect();
    let rows = motions.iter().map(|motion| motion.states.len()).max().unwrap_or_default();
    let width = names.len();
    for i in 0..rows {
        let cells = |state: Option<&PhasePoint>| -> Vec<Option<f64>> {
            match state {
                Some(state) => state.coordinates().chain([experiment.system.energy(state)]).map(Some).collect(),
                None => vec![None; width + 1],
            }
        };
        let t = i as f64 * experiment.view.dt;
        table.row(&[t.to_string()], motions.iter().flat_map(|motion| cells(motion.states.get(i))));
    }
    table.text()
}
