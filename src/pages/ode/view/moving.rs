//! A system in motion: truth, the true H by the chosen integrator, and the networks.

use crate::components::moving::use_moving;
use crate::components::plot::{Plot, use_drawing};
use crate::components::settings::{pressed, rows};
use crate::pages::ode::draw::{self, GHOST};
use crate::pages::ode::state::{OdeAction, OdePage};
use crate::pages::ode::view::words::{MOVERS, class, label, stepped};
use crate::session::action::Action;
use crate::session::view::PageGiven;
use jobs::protocol::ode::{OdeMotion, OdeScene, OdeSnapshot};
use language::tr;
use std::rc::Rc;
use yew::prelude::*;

/// Units of time that pass in a second of the picture, and seconds for which the end of a motion stays.
const PACE: f64 = 1.5;
const STAYS: f64 = 1.0;
/// Settings of how the motion is stepped, as sliders.
const SLIDERS: [&str; 2] = ["ode-factor", "ode-shown"];

/// What is drawn: the truth with its ghost, and what else is to be seen.
#[derive(PartialEq)]
struct Shown {
    scene: Rc<OdeScene>,
    networks: Vec<(&'static str, Rc<OdeSnapshot>)>,
    unseen: Vec<&'static str>,
}

impl Shown {
    fn motions(&self) -> Vec<(&'static str, &OdeMotion)> {
        let ghost = std::iter::once((GHOST, &self.scene.ghost));
        let networks = self.networks.iter().map(|(name, snapshot)| (*name, &snapshot.motion));
        ghost.chain(networks).filter(|(name, _)| !self.unseen.contains(name)).collect()
    }
}

/// The system in motion, how it is stepped, and errors and energies over time.
#[component]
pub fn Moving(given: &PageGiven<OdePage>) -> Html {
    let (state, experiment) = (&given.state, given.state.workbench.ode);
    let own = &state.own;
    let scene = use_memo((experiment.joined, experiment.dt, experiment.view), move |_| OdeScene::of(&experiment));
    let networks = own.shown(&experiment);
    let shown = Rc::new(Shown { scene: scene.clone(), networks: networks.clone(), unseen: own.unseen.clone() });
    let (canvas, _) = use_moving(shown.clone(), state.moving, |pen, shown, now| {
        let frames = shown.scene.truth.frames();
        let lasts = shown.scene.frame * frames as f64 / PACE;
        let time = (now / 1000.0).rem_euclid(lasts + STAYS);
        let _ = draw::scene(pen, &shown.scene, &shown.motions(), (time * PACE / shown.scene.frame) as usize);
    });
    let distances = use_drawing(shown.clone(), {
        let shown = shown.clone();
        move |pen| draw::distances(pen, &shown.scene, &shown.motions())
    });
    let energies = use_drawing(shown.clone(), {
        let shown = shown.clone();
        move |pen| draw::energies(pen, &shown.scene, &shown.motions())
    });
    let set = given.shared().set();
    let hold = given.act.reform(|_: MouseEvent| Action::Move);
    let next = given.tell.reform(|_: MouseEvent| OdeAction::Next);
    let there = |name: &str| name == GHOST || networks.iter().any(|(other, _)| *other == name);
    let models = networks.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(",");
    let steppings = networks.iter().map(|(_, snapshot)| snapshot.stepping.key()).collect::<Vec<_>>().join(",");
    html! {
        <figure class="card portrait" aria-labelledby="ode-moving-title">
            <h2 id="ode-moving-title">
                { tr!("A system nobody has seen") }
                <small>
                    <button class="small" data-testid="ode-next" onclick={next}>{ tr!("a system" => "another") }</button>{ " " }
                    <button class="small" data-testid="ode-hold" onclick={hold}>{ if state.moving { tr!("hold") } else { tr!("move") } }</button>
                </small>
            </h2>
            <div key="plot" class="plot still graph-world" data-testid="ode-scene" data-bodies={scene.system.bodies().to_string()} data-models={models}
                data-steppings={steppings} role="img" aria-label={tr!("{masses} masses joined by springs, in motion.", masses = scene.system.bodies())}>
                <canvas key="scene" ref={canvas} class="fill" aria-hidden="true" />
            </div>
            <figcaption class="legend">
                <span class="key truth">{ tr!("truth (rings)") }</span>
                { for MOVERS.iter().filter(|name| there(name)).map(|name| {
                    let name = *name;
                    let flip = given.tell.reform(move |_: Event| OdeAction::Show(name));
                    html! {
                        <label class="switch">
                            <input type="checkbox" data-testid={format!("ode-see-{name}")} checked={!own.unseen.contains(&name)} onchange={flip} />
                            <span class={classes!("key", class(name))}>{ label(name) }</span>
                        </label>
                    }
                }) }
            </figcaption>
            { pressed("ode-integrator", &state.workbench, &set) }
            { rows(&state.workbench, &set, |field| SLIDERS.contains(&field.key)) }
            <p class="hint" data-testid="ode-stepped">{ stepped(&experiment, &networks) }</p>
            { pressed("ode-change", &state.workbench, &set) }
            { pressed("ode-time", &state.workbench, &set) }
            <Plot key="distance" class="world" label={tr!("Distance of the bodies from their true places, over time")} drawing={distances} />
            <p class="hint">{ tr!("Distance from the true places over time. The scale is logarithmic.") }</p>
            <Plot key="energy" class="world" label={tr!("Change of the true energy, over time")} drawing={energies} />
            <p class="hint">{ tr!("How much of the energy has been gained or lost, |H − H₀|/H₀ with the true H.") }</p>
        </figure>
    }
}
