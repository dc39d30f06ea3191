//! The pictures of this page as files: the same drawings as on the page, in a size for paper.

use crate::drawing::loss;
use crate::drawing::palette::Palette;
use crate::drawing::pen::{Drawn, Pen};
use crate::pages::learning::draw::{conserved, energy_map, nearby, orbits, portrait, section};
use crate::pages::learning::shown::{crossings, energies, others};
use crate::pages::learning::state::Learning;
use crate::pages::learning::words;
use crate::session::draw::films;
use crate::session::state::Session;
use crate::session::words::{losses, schemes};
use export::record::Picture;
use language::tr;
use models::field::model::ModelKind;
use physics::mechanical_system::Portrait;
use plotters::prelude::{DrawingBackend, IntoDrawingArea, SVGBackend};

/// Size of a square picture and of a chart, in CSS pixels.
const SQUARE: (f64, f64) = (480.0, 480.0);
const CHART: (f64, f64) = (480.0, 240.0);
/// Pixels of an SVG to a CSS pixel: plotters has whole pixels only.
const SVG_SCALE: f64 = 2.0;

/// A picture that the page shows: its file's name, and its heading.
pub type Title = (&'static str, &'static str);

/// The pictures that the page shows of an experiment.
pub fn titles(state: &Session, own: &Learning) -> Vec<Title> {
    let system = &state.workbench.field.system;
    let mut all: Vec<Title> = match system.mechanics().portrait() {
        Portrait::Plane => vec![("portrait", tr!("Phase portrait")), ("energy-map", tr!("The learned H as a picture"))],
        Portrait::Paths => vec![("orbits", tr!("Orbits"))],
        Portrait::Section(_) => vec![("section", tr!("Poincaré section"))],
    };
    all.push(("conserved", own.quantity.for_experiment(&state.workbench.field).title(&state.workbench.field)));
    if !system.is_planar() {
        all.push(("nearby", tr!("Two nearby starts")));
    }
    if state.workbench.field.film_recipe().is_some() {
        all.push(("latents", tr!("Latent numbers")));
    }
    all.push(("losses", tr!("Loss over steps")));
    all
}

/// What one of them shows, in sentences.
fn caption(name: &str, state: &Session, own: &Learning) -> String {
    let system = &state.workbench.field.system;
    let motions = match name {
        "portrait" => format!("{} {}", words::start(state), schemes(state)),
        "energy-map" => return words::energies(state),
        "orbits" => format!("{} {}", words::orbits(state), schemes(state)),
        "section" => match system.mechanics().portrait() {
            Portrait::Section(shown) => {
                format!("{}: {} across, {} upwards.", shown.condition, shown.names[0], shown.names[1])
            }
            _ => String::new(),
        },
        "conserved" => words::conserved(state, own.quantity.for_experiment(&state.workbench.field)),
        "nearby" => "Distance from the true motion on a logarithmic axis; dashed: a true motion that starts close by."
            .to_owned(),
        "latents" => return "Each dot is a pair of held-out frames; z_q across, z_p upwards.".into(),
        _ => {
            let colours = colours(state);
            let losses = losses(state);
            return format!("Test losses plain, training losses faint, on a logarithmic axis; {colours}. {losses}");
        }
    };
    format!("{motions} Dashed: the truth; {}.", colours(state))
}

/// Which colour is which model, in words.
fn colours(state: &Session) -> String {
    let colour = |kind: &ModelKind| match kind {
        ModelKind::Baseline => "orange",
        ModelKind::Hnn => "blue",
        ModelKind::Dissipative => "green",
    };
    let models: Vec<String> =
        state.models.keys().map(|kind| format!("{}: the {}", colour(kind), kind.label())).collect();
    models.join(", ")
}

/// Draws one of them.
fn draw<DB: DrawingBackend>(name: &str, pen: &Pen<'_, DB>, state: &Session, own: &Learning) -> Drawn<DB> {
    let (experiment, scene) = (&state.workbench.field, &state.scene);
    match name {
        "portrait" => {
            let snapshots: Vec<_> = state.models.values().filter_map(|model| model.snapshot.as_deref()).collect();
            portrait::draw(pen, experiment, scene, &snapshots, own.layers)
        }
        "energy-map" => energy_map::draw(pen, &scene.truth.energies, energies(state), scene.energy_scale),
        "orbits" => orbits::draw(pen, experiment, &state.motions()),
        "section" => match experiment.system.mechanics().portrait() {
            Portrait::Section(shown) => section::draw(pen, &shown, &crossings(state)),
            _ => Ok(()),
        },
        "conserved" => {
            let quantity = own.quantity.for_experiment(experiment);
            conserved::draw(pen, experiment.view.horizon, quantity, &quantity.curves(state))
        }
        "nearby" => nearby::draw(pen, experiment.view.horizon, &scene.truth.motion, &others(state)),
        "latents" => films::latents(pen, &state.films()),
        _ => {
            let histories: Vec<_> = state.models.iter().map(|(kind, model)| (*kind, model.losses.as_slice())).collect();
            loss::draw(pen, experiment.schedule.steps, &histories)
        }
    }
}

/// All of them, drawn as SVG in the colours of the day.
pub fn pictures(state: &Session, own: &Learning) -> Vec<Picture> {
    let drawn = |(name, title): Title| {
        let size = if matches!(name, "portrait" | "orbits" | "section") { SQUARE } else { CHART };
        let mut svg = String::new();
        {
            let [width, height] = [size.0, size.1].map(|side| (side * SVG_SCALE) as u32);
            let area = SVGBackend::with_string(&mut svg, (width, height)).into_drawing_area();
            // Writing into a text cannot fail; a stroke that did would be left out.
            let _ = draw(name, &Pen::new(&area, Palette::LIGHT, SVG_SCALE), state, own);
        }
        Picture { name: name.into(), title: title.into(), caption: caption(name, state, own), svg }
    };
    titles(state, own).into_iter().map(drawn).collect()
}
