//! The bodies in motion, with a guess or with inferred edges.

use crate::components::canvas::{Drawing, paint, use_frames, use_redraw};
use crate::pages::hidden::draw::{self, Known};
use crate::pages::hidden::state::{HiddenAction, HiddenGraphs, shown_motion};
use crate::session::action::Action;
use crate::session::view::PageGiven;
use jobs::protocol::relations::RelationalSnapshot;
use models::relational::recipe::OBSERVED;
use physics::coupled::motion::Motion;
use physics::coupled::system::{Coupling, pairs};
use std::rc::Rc;
use web_sys::HtmlCanvasElement;
use yew::prelude::*;

/// Milliseconds for which a frame is shown.
const FRAME: f64 = 100.0;

/// What is drawn.
#[derive(Clone, PartialEq)]
struct Scene {
    motion: Rc<Motion>,
    snapshot: Option<Rc<RelationalSnapshot>>,
    guess: Vec<bool>,
    revealed: bool,
}

/// The bodies in motion, and a switch for each pair.
#[component]
pub fn Moving(given: &PageGiven<HiddenGraphs>) -> Html {
    let state = given.state.clone();
    let (own, experiment) = (state.own.clone(), state.workbench.hidden.clone());
    let motion = use_memo(experiment.clone(), |experiment| shown_motion(experiment));
    let scene = Scene {
        motion: motion.clone(),
        snapshot: own.shown(&experiment),
        guess: own.guess.clone(),
        revealed: own.revealed,
    };
    let canvas = use_node_ref();
    let latest = use_mut_ref(|| scene.clone());
    *latest.borrow_mut() = scene.clone();
    let time = use_mut_ref(|| 0.0);
    let draw = {
        let (canvas, latest) = (canvas.clone(), latest.clone());
        use_callback((), move |now: Option<f64>, ()| {
            let now = now.unwrap_or(*time.borrow());
            *time.borrow_mut() = now;
            let scene = latest.borrow().clone();
            let frame = (now / FRAME) as usize % scene.motion.frames().max(1);
            if let Some(canvas) = canvas.cast::<HtmlCanvasElement>() {
                let drawing = Drawing::new(move |pen| {
                    let shown = scene.snapshot.as_deref();
                    let truth = scene.motion.edges.as_deref().filter(|_| shown.is_some() || scene.revealed);
                    let known = Known {
                        truth,
                        probabilities: shown.map(|shown| shown.probabilities.as_slice()),
                        guess: &scene.guess,
                        predicted: shown.map(|shown| shown.predicted.as_slice()).unwrap_or_default(),
                    };
                    let _ = draw::graph(pen, &scene.motion, known, (frame, OBSERVED));
                });
                paint(&canvas, &drawing);
            }
        })
    };
    use_redraw(&canvas, draw.reform(|()| None));
    use_frames(state.moving, draw.reform(Some));
    use_effect_with(scene.clone(), move |_| draw.emit(None));
    let hold = given.act.reform(|_: MouseEvent| Action::Move);
    let next = given.tell.reform(|_: MouseEvent| HiddenAction::Next);
    let reveal = given.tell.reform(|_: MouseEvent| HiddenAction::Reveal);
    let truth = motion.edges.clone().unwrap_or_default();
    let inferred = scene.snapshot.is_some();
    let right = own.guessed_right(&truth).filter(|_| inferred || own.revealed);
    let joined =
        if experiment.coupling == Coupling::Springs { "joined by a spring" } else { "pushing each other away" };
    html! {
        <figure class="card portrait" aria-labelledby="nri-moving-title">
            <h2 id="nri-moving-title">
                { "Who acts on whom?" }
                <small>
                    <button class="small" data-testid="nri-next" onclick={next}>{ "another" }</button>{ " " }
                    <button class="small" data-testid="nri-reveal" aria-pressed={own.revealed.to_string()} onclick={reveal}>{ if own.revealed { "hide truth" } else { "show truth" } }</button>{ " " }
                    <button class="small" data-testid="nri-hold" onclick={hold}>{ if state.moving { "Pause" } else { "Play" } }</button>
                </small>
            </h2>
            <div key="plot" class="plot still graph-world" data-testid="nri-scene" data-inferred={inferred.to_string()} role="img"
                aria-label={format!("{} bodies in motion; some pairs are {joined}.", motion.bodies())}>
                <canvas key="scene" ref={canvas} class="fill" aria-hidden="true" />
            </div>
            <figcaption class="legend">
                <span class="key truth">{ "truth (dashed)" }</span>
                <span class="key hnn">{ "inferred: the more probable, the darker" }</span>
                <span class="key baseline">{ "inferred, and wrong" }</span>
                <span class="key dissipative">{ "your guess" }</span>
            </figcaption>
            <fieldset data-testid="nri-guess">
                <legend>{ format!("Your guess: which pairs are {joined}?") }</legend>
                { for pairs(motion.bodies()).enumerate().map(|(number, (i, j))| {
                    let flip = given.tell.reform(move |_: Event| HiddenAction::Guess(number));
                    let checked = own.guess.get(number) == Some(&true);
                    html! {
                        <label class="switch">
                            <input type="checkbox" data-testid={format!("nri-guess-{number}")} {checked} onchange={flip} />{ format!("{}–{}", i + 1, j + 1) }
                        </label>
                    }
                }) }
            </fieldset>
            <p class="hint" data-testid="nri-guessed" data-value={right.map(|right| right.to_string())}>
                { match right {
                    Some(right) => format!("You have {right} of {} pairs right; {} would be chance.", truth.len(), truth.len() / 2),
                    None => "Watch, tick, and press Train: then you see who was right.".to_owned(),
                } }
            </p>
        </figure>
    }
}
