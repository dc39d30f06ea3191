//! The scene in motion: truth, constant velocity, and what the networks make of it.

use crate::components::moving::use_moving;
use crate::components::plot::{Plot, use_drawing};
use crate::drawing::palette::Palette;
use crate::pages::interactions::draw::{self, color, straight};
use crate::pages::interactions::state::{InteractionNetworks, InteractionsAction};
use crate::pages::interactions::view::{class, label};
use crate::session::action::Action;
use crate::session::view::PageGiven;
use jobs::related::interactions::true_motion;
use language::tr;
use plotters::style::RGBColor;
use std::rc::Rc;
use yew::prelude::*;

/// Seconds in which a motion is shown, whatever its own time, and for which its end stays.
const SHOWN_SECONDS: f64 = 6.0;
const STAYS: f64 = 1.0;

/// All motions by the name of what moves them.
type Motions = Rc<Vec<(&'static str, Vec<Vec<f32>>)>>;

/// Motions in the colours of what moves them.
fn colored<'a>(palette: &Palette, motions: &'a Motions) -> Vec<(RGBColor, &'a draw::Motion)> {
    motions.iter().map(|(name, motion)| (color(palette, name), motion.as_slice())).collect()
}

/// The scene in motion, and distances from the truth.
#[component]
pub fn Moving(given: &PageGiven<InteractionNetworks>) -> Html {
    let state = given.state.clone();
    let experiment = state.workbench.interactions.clone();
    let truth = use_memo((experiment.domain, experiment.seed, experiment.view.clone()), {
        let experiment = experiment.clone();
        move |_| true_motion(&experiment)
    });
    let bodies = truth.scene.bodies();
    let shown = state.own.shown(&experiment);
    let steps: Vec<_> = state.own.run.networks.iter().map(|network| (network.name, network.shown.clone())).collect();
    let motions: Motions = use_memo((steps, experiment.clone()), {
        let truth = truth.clone();
        move |_| {
            let still = std::iter::once(("constant_velocity", straight(&truth)));
            // A snapshot of another scene is on its way out: its first frame is elsewhere.
            let fits = |motion: &Vec<Vec<f32>>| {
                motion.first().is_some_and(|first| {
                    let start = &truth.states[0].positions;
                    first.len() == start.len() && first.iter().zip(start).all(|(a, b)| (f64::from(*a) - b).abs() < 1e-4)
                })
            };
            let learned = shown.iter().map(|(name, snapshot)| (*name, snapshot.motion.clone()));
            still.chain(learned.filter(|(_, motion)| fits(motion))).collect()
        }
    });
    let (canvas, _) = use_moving((truth.clone(), motions.clone()), state.moving, |pen, (truth, motions), now| {
        let part = (now / 1000.0).rem_euclid(SHOWN_SECONDS + STAYS) / SHOWN_SECONDS;
        let frame = (part.min(1.0) * (truth.states.len() - 1) as f64) as usize;
        let _ = draw::scene(pen, truth, &colored(&pen.palette, motions), frame);
    });
    let distances = use_drawing((truth.clone(), motions.clone()), {
        let (truth, motions) = (truth.clone(), motions.clone());
        move |pen| draw::distances(pen, &truth, &colored(&pen.palette, &motions))
    });
    let hold = given.act.reform(|_: MouseEvent| Action::Move);
    let next = given.tell.reform(|_: MouseEvent| InteractionsAction::Next);
    let names: Vec<&'static str> = motions.iter().map(|(name, _)| *name).collect();
    let movers = names.iter().map(|name| label(name)).collect::<Vec<_>>().join(", ");
    let said = tr!("{bodies} bodies, moved by {movers}.", bodies = bodies, movers = movers);
    html! {
        <figure class="card portrait" aria-labelledby="in-moving-title">
            <h2 id="in-moving-title">
                { tr!("The scene in motion") }
                <small>
                    <button class="small" data-testid="in-next" onclick={next}>{ tr!("another scene" => "another") }</button>{ " " }
                    <button class="small" data-testid="in-hold" onclick={hold}>{ if state.moving { tr!("Pause") } else { tr!("Play") } }</button>
                </small>
            </h2>
            <div key="plot" class="plot still graph-world" data-testid="in-scene" data-bodies={bodies.to_string()} data-models={names.join(",")} role="img" aria-label={said.clone()}>
                <canvas key="scene" ref={canvas} class="fill" aria-hidden="true" />
            </div>
            <figcaption class="legend">
                <span class="key truth">{ tr!("truth") }</span>
                { for names.iter().map(|name| html! { <span class={classes!("key", class(name))}>{ label(name) }</span> }) }
            </figcaption>
            <p class="hint">
                { tr!("A scene that no network has seen. Rings: truth. Dots: each predicts a frame, then the next one from its own frame, and so on.") }
                if names.len() == 1 { { " " }{ tr!("Press Train: the networks appear here.") } }
            </p>
            <Plot key="distance" class="world" label={tr!("Mean distance of the bodies from their true places, over time")} drawing={distances} />
            <p class="hint">{ tr!("Mean distance from the true places, over time; the scale is logarithmic.") }</p>
        </figure>
    }
}
