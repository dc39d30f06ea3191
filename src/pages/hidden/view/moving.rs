//! The bodies in motion, with a guess or with inferred edges.

use crate::components::moving::use_moving;
use crate::components::pointer::place;
use crate::pages::hidden::draw::{self, Known};
use crate::pages::hidden::state::{HiddenAction, HiddenGraphs, shown_motion};
use crate::session::action::Action;
use crate::session::view::PageGiven;
use jobs::protocol::relations::RelationalSnapshot;
use language::{tr, written};
use physics::coupled::motion::Motion;
use physics::coupled::system::{Coupling, pairs};
use std::rc::Rc;
use yew::prelude::*;

/// Milliseconds for which a frame is shown, and the longest that a whole motion takes.
const FRAME: f64 = 100.0;
const LONGEST: f64 = 12_000.0;

/// What is drawn.
#[derive(Clone, PartialEq)]
struct Scene {
    motion: Rc<(Motion, usize)>,
    snapshot: Option<Rc<RelationalSnapshot>>,
    guess: Vec<bool>,
    revealed: bool,
    picked: Option<usize>,
    names: Rc<Vec<String>>,
}

impl Scene {
    fn frame(&self, now: f64) -> usize {
        let frames = self.motion.0.frames().max(1);
        (now / FRAME.min(LONGEST / frames as f64)) as usize % frames
    }
}

/// The bodies in motion, and a switch for each pair.
#[component]
pub fn Moving(given: &PageGiven<HiddenGraphs>) -> Html {
    let state = given.state.clone();
    let (own, experiment) = (state.own.clone(), state.workbench.hidden.clone());
    let file = own.own(&experiment).cloned();
    let shown =
        use_memo((experiment.clone(), file.clone()), |(experiment, file)| shown_motion(experiment, file.as_deref()));
    let motion = &shown.0;
    let names = use_memo((file.clone(), motion.bodies()), |(file, bodies)| match file {
        Some(file) => file.trajectories.names.clone(),
        None => (1..=*bodies).map(|number| number.to_string()).collect::<Vec<String>>(),
    });
    let picked = use_state(|| None);
    let scene = Scene {
        motion: shown.clone(),
        snapshot: own.shown(&experiment),
        guess: own.guess.clone(),
        revealed: own.revealed,
        picked: *picked,
        names: names.clone(),
    };
    let (canvas, time) = use_moving(scene.clone(), state.moving, |pen, scene, now| {
        let (motion, observed) = &*scene.motion;
        let shown = scene.snapshot.as_deref();
        let known = Known {
            truth: motion.edges.as_deref().filter(|_| shown.is_some() || scene.revealed),
            probabilities: shown.map(|shown| shown.probabilities.as_slice()),
            guess: &scene.guess,
            predicted: shown.map(|shown| shown.predicted.as_slice()).unwrap_or_default(),
            names: &scene.names,
            picked: scene.picked,
        };
        let _ = draw::graph(pen, motion, known, (scene.frame(now), *observed));
    });
    let pick = {
        let (tell, scene, picked) = (given.tell.clone(), scene.clone(), picked.clone());
        Callback::from(move |event: MouseEvent| {
            let Some((at, size)) = place(&event) else { return };
            let motion = &scene.motion.0;
            let body = draw::body_at(size, motion, scene.frame(time.get()), at);
            match (*picked, body) {
                // A click beside the bodies, which move, changes nothing.
                (_, None) => {}
                (None, Some(_)) => picked.set(body),
                (Some(one), Some(other)) => {
                    let pair = (one.min(other), one.max(other));
                    let number = pairs(motion.bodies()).position(|known| known == pair);
                    number.into_iter().for_each(|number| tell.emit(HiddenAction::Guess(number)));
                    picked.set(None);
                }
            }
        })
    };
    let hold = given.act.reform(|_: MouseEvent| Action::Move);
    let next = given.tell.reform(|_: MouseEvent| HiddenAction::Next);
    let reveal = given.tell.reform(|_: MouseEvent| HiddenAction::Reveal);
    let inferred = scene.snapshot.is_some();
    let known = motion.edges.is_some();
    let bodies = motion.bodies();
    let (seen, asked) = match experiment.coupling {
        Coupling::Springs => (
            tr!("{bodies} bodies in motion; some pairs are joined by a spring.", bodies = bodies),
            tr!("Your guess: which pairs are joined by a spring? Choose one body and then the other, or tick."),
        ),
        Coupling::Charges => (
            tr!("{bodies} bodies in motion; some pairs are pushing each other away.", bodies = bodies),
            tr!("Your guess: which pairs are pushing each other away? Choose one body and then the other, or tick."),
        ),
    };
    let (score, said) = scored(&scene, own.revealed, |edges| own.guessed_like(edges));
    html! {
        <figure class="card portrait" aria-labelledby="nri-moving-title">
            <h2 id="nri-moving-title">
                { tr!("Who acts on whom?") }
                <small>
                    if known {
                        <button class="small" data-testid="nri-next" onclick={next}>{ tr!("a motion" => "another") }</button>{ " " }
                        <button class="small" data-testid="nri-reveal" aria-pressed={own.revealed.to_string()} onclick={reveal}>{ if own.revealed { tr!("hide truth") } else { tr!("show truth") } }</button>{ " " }
                    }
                    <button class="small" data-testid="nri-hold" onclick={hold}>{ if state.moving { tr!("Pause") } else { tr!("Play") } }</button>
                </small>
            </h2>
            <div key="plot" class="plot still graph-world" data-testid="nri-scene" data-inferred={inferred.to_string()} data-bodies={motion.bodies().to_string()} data-picked={picked.and_then(|body| names.get(body).cloned())} role="img"
                aria-label={seen} onclick={pick}>
                <canvas key="scene" ref={canvas} class="fill" aria-hidden="true" />
            </div>
            <figcaption class="legend">
                if known {
                    <span class="key truth">{ tr!("truth (dashed)") }</span>
                }
                <span class="key hnn">{ tr!("inferred: the more probable, the darker") }</span>
                if known {
                    <span class="key baseline">{ tr!("inferred, and wrong") }</span>
                }
                <span class="key dissipative">{ tr!("your guess") }</span>
            </figcaption>
            <fieldset data-testid="nri-guess">
                <legend>{ asked }</legend>
                { for pairs(motion.bodies()).enumerate().map(|(number, (i, j))| {
                    let flip = given.tell.reform(move |_: Event| HiddenAction::Guess(number));
                    let checked = own.guess.get(number) == Some(&true);
                    html! {
                        <label class="switch">
                            <input type="checkbox" data-testid={format!("nri-guess-{number}")} {checked} onchange={flip} />{ format!("{}–{}", names[i], names[j]) }
                        </label>
                    }
                }) }
            </fieldset>
            <p class="hint" data-testid="nri-guessed" data-value={score.map(|score| score.to_string())}>{ said }</p>
        </figure>
    }
}

/// What became of the guess: pairs that are as guessed, and a sentence.
fn scored(scene: &Scene, revealed: bool, like: impl Fn(&[bool]) -> Option<usize>) -> (Option<usize>, String) {
    let wait = tr!("Watch, guess, and press Train: then you see who was right.").to_owned();
    let inferred: Option<Vec<bool>> =
        scene.snapshot.as_ref().map(|shown| shown.probabilities.iter().map(|p| *p > 0.5).collect());
    match (&scene.motion.0.edges, inferred) {
        (Some(_), None) if !revealed => (None, wait),
        (Some(truth), inferred) => match like(truth) {
            None => (None, tr!("You have not guessed.").into()),
            Some(right) => {
                let all = truth.len();
                let network = inferred.map(|edges| edges.iter().zip(truth).filter(|(a, b)| a == b).count());
                let chance = written((all as f64 / 2.0).to_string());
                let said = match network {
                    None => tr!(
                        "You have {right} of {all} pairs right; {chance} would be chance.",
                        right = right,
                        all = all,
                        chance = chance
                    ),
                    Some(network) => tr!(
                        "You have {right} of {all} pairs right, the network {network}; {chance} would be chance.",
                        right = right,
                        all = all,
                        network = network,
                        chance = chance
                    ),
                };
                (Some(right), said)
            }
        },
        (None, Some(edges)) => match like(&edges) {
            None => (None, tr!("You have not guessed.").into()),
            Some(same) => (
                Some(same),
                tr!(
                    "In {same} of {all} pairs you and the network agree; nobody knows the truth.",
                    same = same,
                    all = edges.len()
                ),
            ),
        },
        (None, None) => (None, wait),
    }
}
