//! The world in motion: the truth smooth, the true H and the networks in coarse steps.

use crate::components::moving::use_moving;
use crate::components::plot::{Plot, use_drawing};
use crate::components::settings::{buttons, pressed};
use crate::pages::recurrent::draw::{self, GHOST, Named};
use crate::pages::recurrent::state::{RecurrentAction, RecurrentPage};
use crate::pages::recurrent::view::words::{MOVERS, class, label, stepped};
use crate::session::action::Action;
use crate::session::view::PageGiven;
use experiments::recurrent::RecurrentExperiment;
use jobs::protocol::recurrent::{CoarseScene, FRAMES, RecurrentSnapshot};
use language::{text, tr, translated};
use std::rc::Rc;
use yew::prelude::*;

/// Coarse steps in a second of the picture, steps after which it begins again, and seconds for which the end stays.
const PACE: f64 = 2.5;
const LONGEST: usize = 40;
const STAYS: f64 = 1.0;
/// How many times finer a step may be made at a press.
const FINER: [(&str, &str); 4] =
    [("1", text!("as in training")), ("2", text!("2 × finer")), ("5", text!("5 × finer")), ("10", text!("10 × finer"))];

/// The scene, told apart by the experiment that it is of.
struct Scene(RecurrentExperiment, CoarseScene);

impl PartialEq for Scene {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

/// What is drawn: the truth with its ghost, and what else is to be seen.
#[derive(PartialEq)]
struct Shown {
    scene: Rc<Scene>,
    networks: Vec<(&'static str, Rc<RecurrentSnapshot>)>,
    unseen: Vec<&'static str>,
}

impl Shown {
    fn motions(&self) -> Vec<Named<'_>> {
        let ghost = std::iter::once((GHOST, &self.scene.1.ghost));
        let networks = self.networks.iter().map(|(name, snapshot)| (*name, &snapshot.motion));
        let all = ghost.chain(networks).filter(|(name, _)| !self.unseen.contains(name));
        all.map(|(name, motion)| (name, label(name), motion)).collect()
    }
}

/// The world in motion, what is stepped how, and errors and energies over steps.
#[component]
pub fn Moving(given: &PageGiven<RecurrentPage>) -> Html {
    let (state, experiment) = (&given.state, given.state.workbench.recurrent);
    let own = &state.own;
    let scene = use_memo(experiment, |experiment| Scene(*experiment, CoarseScene::of(experiment)));
    let networks = own.shown(&experiment);
    let shown = Rc::new(Shown { scene: scene.clone(), networks: networks.clone(), unseen: own.unseen.clone() });
    let (canvas, _) = use_moving(shown.clone(), state.moving, |pen, shown, now| {
        let steps = shown.scene.1.truth.states().saturating_sub(1).min(LONGEST) as f64;
        let step = ((now / 1000.0).rem_euclid(steps / PACE + STAYS) * PACE).min(steps);
        let _ = draw::scene(pen, &shown.scene.1, &shown.motions(), (step * FRAMES as f64) as usize);
    });
    let picture =
        |draw: fn(&crate::drawing::pen::Pen<'_, plotters_canvas::CanvasBackend>, &CoarseScene, &[Named<'_>])| {
            let shown = shown.clone();
            move |pen: &crate::drawing::pen::Pen<'_, plotters_canvas::CanvasBackend>| {
                draw(pen, &shown.scene.1, &shown.motions());
                Ok(())
            }
        };
    let coordinate = use_drawing(
        shown.clone(),
        picture(|pen, scene, motions| {
            let _ = draw::coordinate(pen, scene, motions, 0);
        }),
    );
    let distances = use_drawing(
        shown.clone(),
        picture(|pen, scene, motions| {
            let _ = draw::distances(pen, scene, motions);
        }),
    );
    let energies = use_drawing(
        shown.clone(),
        picture(|pen, scene, motions| {
            let _ = draw::energies(pen, scene, motions);
        }),
    );
    let set = given.shared().set();
    let hold = given.act.reform(|_: MouseEvent| Action::Move);
    let next = given.tell.reform(|_: MouseEvent| RecurrentAction::Next);
    let there = |name: &str| name == GHOST || networks.iter().any(|(other, _)| *other == name);
    let models = networks.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(",");
    let (dt, chain) = (scene.1.world.dt(), scene.1.world.chain().is_some());
    let (title, seen, first, dashed) = if chain {
        (
            tr!("A chain between two walls"),
            tr!("A chain of masses in motion; the truth smooth, everything else in coarse steps."),
            tr!("The first mass over the first steps"),
            tr!("The first mass, over the first steps. Dashed: truth, between the steps too."),
        )
    } else {
        (
            tr!("Three bodies that attract one another"),
            tr!("Three bodies in motion; the truth smooth, everything else in coarse steps."),
            tr!("One coordinate of the first body over the first steps"),
            tr!("One coordinate of the first body, over the first steps. Dashed: truth, between the steps too."),
        )
    };
    let finer = FINER.map(|(times, words)| (times, translated(words)));
    html! {
        <figure class="card portrait" aria-labelledby="srnn-moving-title">
            <h2 id="srnn-moving-title">
                { title }
                <small>
                    <button class="small" data-testid="srnn-next" onclick={next}>{ tr!("a start" => "another") }</button>{ " " }
                    <button class="small" data-testid="srnn-hold" onclick={hold}>{ if state.moving { tr!("hold") } else { tr!("move") } }</button>
                </small>
            </h2>
            <div key="plot" class="plot still graph-world" data-testid="srnn-scene" data-models={models} data-refine={experiment.view.refine.to_string()} role="img"
                aria-label={seen}>
                <canvas key="scene" ref={canvas} class="fill" aria-hidden="true" />
            </div>
            <figcaption class="legend">
                <span class="key truth">{ tr!("truth") }</span>
                { for MOVERS.iter().filter(|name| there(name)).map(|name| {
                    let name = *name;
                    let flip = given.tell.reform(move |_: Event| RecurrentAction::Show(name));
                    html! {
                        <label class="switch">
                            <input type="checkbox" data-testid={format!("srnn-see-{name}")} checked={!own.unseen.contains(&name)} onchange={flip} />
                            <span class={classes!("key", class(name))}>{ label(name) }</span>
                        </label>
                    }
                }) }
            </figcaption>
            { buttons(tr!("of time" => "Step"), "srnn-refine", finer, &experiment.view.refine.to_string(), &set.reform(|times| ("srnn-refine", times))) }
            { pressed("srnn-from", &state.workbench, &set) }
            <p class="hint" data-testid="srnn-stepped">{ stepped(&experiment, dt, !networks.is_empty()) }</p>
            <Plot key="coordinate" class="world" label={first} drawing={coordinate} />
            <p class="hint">{ dashed }</p>
            <Plot key="distance" class="world" label={tr!("Distance from the true places, over the steps")} drawing={distances} />
            <p class="hint">{ tr!("Distance from the true places over their spread; 1 is as wrong as knowing nothing. The scale is logarithmic.") }</p>
            <Plot key="energy" class="world" label={tr!("Change of the true energy, over the steps")} drawing={energies} />
            <p class="hint">{ tr!("How much of the energy has been gained or lost, |H − H₀|/|H₀| with the true H.") }</p>
        </figure>
    }
}
