//! The pictures of this page as files: the same drawings as on the page, in a size for paper.

use crate::drawing::loss;
use crate::drawing::pen::{Drawn, Pen};
use crate::drawing::surface::{Surface, svg};
use crate::pages::learning::draw::{conserved, energy_map, nearby, orbits, portrait, section};
use crate::pages::learning::shown::{crossings, energies, others};
use crate::pages::learning::state::{Format, Learning};
use crate::pages::learning::words;
use crate::session::action::Effect;
use crate::session::draw::films;
use crate::session::state::Session;
use crate::session::words::{losses, schemes};
use export::picture::captioned;
use export::record::Picture;
use models::field::model::ModelKind;
use physics::mechanical_system::Portrait;

/// Size of a square picture and of a chart, in CSS pixels.
const SQUARE: (f64, f64) = (480.0, 480.0);
const CHART: (f64, f64) = (480.0, 240.0);

/// A picture that is not drawn yet.
pub struct Sketch {
    /// Short name, which its file has.
    pub name: &'static str,
    /// Heading.
    pub title: &'static str,
    /// What it shows, in sentences.
    pub caption: String,
    /// Width and height in CSS pixels.
    pub size: (f64, f64),
}

/// The pictures that the page shows of an experiment.
pub fn sketches(state: &Session, own: &Learning) -> Vec<Sketch> {
    let experiment = &state.workbench.field;
    let colours = colours(state);
    let sketch = |name, title, caption, size| Sketch { name, title, caption, size };
    let of_motions = |name, title, caption: String, size| {
        sketch(name, title, format!("{caption} Dashed: the truth; {colours}."), size)
    };
    let mut all = vec![];
    match experiment.system.mechanics().portrait() {
        Portrait::Plane => {
            all.push(of_motions(
                "portrait",
                "Phase portrait",
                format!("{} {}", words::start(state), schemes(state)),
                SQUARE,
            ));
            all.push(sketch("energy-map", "The learned H as a picture", words::energies(state), CHART));
        }
        Portrait::Paths => {
            all.push(of_motions("orbits", "Orbits", format!("{} {}", words::orbits(state), schemes(state)), SQUARE));
        }
        Portrait::Section(shown) => {
            let caption = format!("{}: {} across, {} upwards.", shown.condition, shown.names[0], shown.names[1]);
            all.push(of_motions("section", "Poincaré section", caption, SQUARE));
        }
    }
    let quantity = own.quantity.of_system(&experiment.system);
    all.push(of_motions("conserved", quantity.title(), words::conserved(state, quantity), CHART));
    if !experiment.system.is_planar() {
        let caption =
            "Distance from the true motion on a logarithmic axis; dashed: a true motion that starts close by.";
        all.push(of_motions("nearby", "Two nearby starts", caption.into(), CHART));
    }
    if experiment.film_recipe().is_some() {
        let caption = "Each dot is a pair of held-out frames; z_q across, z_p upwards.";
        all.push(sketch("latents", "Latent numbers", caption.into(), CHART));
    }
    let caption =
        format!("Test losses plain, training losses faint, on a logarithmic axis; {colours}. {}", losses(state));
    all.push(sketch("losses", "Loss over steps", caption, CHART));
    all
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
///
/// # Errors
/// Where the surface cannot be drawn on.
pub fn draw(name: &str, pen: &Pen<'_, Surface<'_>>, state: &Session, own: &Learning) -> Drawn<Surface<'static>> {
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
            let quantity = own.quantity.of_system(&experiment.system);
            conserved::draw(pen, experiment, quantity, &state.motions())
        }
        "nearby" => nearby::draw(pen, experiment.view.horizon, &scene.truth.motion, &others(state)),
        "latents" => films::latents(pen, &state.films()),
        _ => {
            let histories: Vec<_> = state.models.iter().map(|(kind, model)| (*kind, model.losses.as_slice())).collect();
            loss::draw(pen, experiment.schedule.steps, &histories)
        }
    }
}

fn drawn(sketch: Sketch, state: &Session, own: &Learning) -> Picture {
    Picture {
        name: sketch.name.into(),
        title: sketch.title.into(),
        svg: svg(sketch.size, |pen| draw(sketch.name, pen, state, own)),
        caption: sketch.caption,
    }
}

/// All of them, drawn.
pub fn pictures(state: &Session, own: &Learning) -> Vec<Picture> {
    sketches(state, own).into_iter().map(|sketch| drawn(sketch, state, own)).collect()
}

/// Saves one of them, with its caption.
pub fn picture(state: &Session, own: &Learning, name: &str, format: Format) -> Vec<Effect> {
    let Some(sketch) = sketches(state, own).into_iter().find(|sketch| sketch.name == name) else { return vec![] };
    let source = export::files::source(&state.workbench.field);
    let svg = captioned(&drawn(sketch, state, own), &source);
    let stem = format!("{}-{name}", state.file_stem());
    vec![match format {
        Format::Svg => Effect::Download(format!("{stem}.svg"), svg.into_bytes().into()),
        Format::Png => Effect::DownloadPixels(format!("{stem}.png"), svg),
    }]
}
