//! The world of the graph networks in motion: its bodies can be taken, dragged and thrown, and new ones drawn.

use crate::components::canvas::{Drawing, paint, use_redraw};
use crate::components::frames::{soon, use_pictures, use_still_and_moving};
use crate::components::plot::{Plot, use_drawing};
use crate::components::pointer::place;
use crate::pages::graph::draw::{self, Instant, around, body_at};
use crate::pages::graph::hand::{Hand, Playback};
use crate::pages::graph::state::{GraphAction, Graphs, shown};
use crate::pages::graph::view::{LAW, class, color, name};
use crate::session::action::Action;
use crate::session::page::Seen;
use crate::session::view::PageGiven;
use crate::words;
use experiments::placed::Placed;
use gloo_events::{EventListener, EventListenerOptions};
use jobs::graph::motion::true_motion;
use jobs::protocol::graph::{LawFit, WorldMotion};
use language::{fixed, tr};
use physics::particles::world::World;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlCanvasElement, PointerEvent};
use yew::prelude::*;

/// A press that moved less than this, in CSS pixels, was a click.
const CLICK: f64 = 4.0;

/// The motions that are there, with the number of their network; a law comes last. Before any is, the truth `alone`.
fn motions<'a>(graphs: &'a Graphs, alone: &'a Option<WorldMotion>) -> Vec<(usize, &'a WorldMotion)> {
    let learned = graphs.networks.iter().enumerate().filter_map(|(i, network)| Some((i, network.motion.as_deref()?)));
    let law = graphs.law.as_ref().map(|(_, _, motion)| (LAW, motion.as_ref()));
    let mut all: Vec<_> = learned.chain(law).collect();
    if all.is_empty() {
        all.extend(alone.as_ref().map(|motion| (0, motion)));
    }
    all
}

/// The world in motion, and its energy.
#[component]
pub fn Moving(given: &PageGiven<Graphs>) -> Html {
    let state = given.state.clone();
    let canvas = use_node_ref();
    let graph = &state.workbench.graph;
    let none_yet = motions(&state.own, &None).is_empty();
    let alone = use_memo((none_yet, graph.recipe().motions.world, shown(graph)), |(none_yet, world, shown)| {
        none_yet.then(|| true_motion(world, shown).ok()).flatten()
    });
    let latest = use_mut_ref(|| (state.clone(), alone.clone()));
    *latest.borrow_mut() = (state.clone(), alone.clone());
    let playback = use_mut_ref(Playback::default);
    let draw = {
        let (canvas, latest, playback) = (canvas.clone(), latest.clone(), playback.clone());
        use_callback((), move |now: Option<f64>, ()| {
            let (state, alone) = latest.borrow().clone();
            let mut playback = playback.borrow_mut();
            let now = now.unwrap_or(playback.now());
            playback.advance(now, motions(&state.own, &alone).first().map(|(_, motion)| *motion));
            let Some((_, first)) = motions(&state.own, &alone).first().copied() else { return };
            let held = playback.hand.as_ref().map(|hand| hand.at);
            let instant = Instant { frame: playback.frame(first), chosen: state.own.inspected, held };
            if let Some(canvas) = canvas.cast::<HtmlCanvasElement>() {
                let (state, alone) = (state.clone(), alone.clone());
                paint(
                    &canvas,
                    &Drawing::new(move |pen| {
                        let shown: Vec<_> =
                            motions(&state.own, &alone).into_iter().map(|(i, m)| (color(&pen.palette, i), m)).collect();
                        let _ = draw::world(pen, &shown, instant);
                    }),
                );
            }
        })
    };
    let (still, frame) = use_still_and_moving(draw.clone());
    use_redraw(&canvas, still.clone());
    use_pictures(&canvas, state.moving, frame);
    let step: Vec<_> =
        motions(&state.own, &alone).iter().map(|(i, motion)| (*i, motion.step, motion.shown.clone())).collect();
    let step = (step, state.own.law.as_ref().map(|(law, _, _)| law.clone()), state.own.inspected);
    use_effect_with((step.clone(), state.moving), move |_| soon(&still));
    let energies = use_drawing(step, {
        let (state, alone) = (state.clone(), alone.clone());
        move |pen| {
            let shown: Vec<_> =
                motions(&state.own, &alone).into_iter().map(|(i, m)| (color(&pen.palette, i), m)).collect();
            draw::energies(pen, &shown)
        }
    });
    let taken = {
        let (state, tell, playback) = (state.clone(), given.tell.clone(), playback.clone());
        Callback::from(move |event: PointerEvent| {
            let Some(hand) = take(&state, &playback.borrow(), &event) else { return };
            if let Some(element) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) {
                let _ = element.set_pointer_capture(event.pointer_id());
            }
            let body = hand.body;
            playback.borrow_mut().hand = Some(hand);
            tell.emit(GraphAction::Inspect(body));
        })
    };
    let moved = {
        let (state, playback, draw) = (state.clone(), playback.clone(), draw.clone());
        Callback::from(move |event: PointerEvent| {
            let motion = state.own.motion();
            let (mut playback, pointer) = (playback.borrow_mut(), motion.and_then(|m| under(&event, m)));
            let (Some(hand), Some(pointer)) = (playback.hand.as_mut(), pointer) else { return };
            hand.moved(event.time_stamp(), pointer);
            drop(playback);
            draw.emit(None);
        })
    };
    let thrown = {
        let (state, tell, playback) = (state.clone(), given.tell.clone(), playback.clone());
        Callback::from(move |event: PointerEvent| {
            let (frame, hand) = {
                let mut playback = playback.borrow_mut();
                (state.own.motion().map(|motion| playback.frame(motion)), playback.hand.take())
            };
            let (Some(motion), Some(frame), Some(mut hand)) = (state.own.motion(), frame, hand) else { return };
            if hand.released || !dragged(&hand, &event) {
                return;
            }
            let mut bodies = state.own.bodies_at(&state.workbench.graph, frame);
            if let Some(body) = bodies.get_mut(hand.body) {
                let length = motion.dt * motion.frames().saturating_sub(1) as f64;
                (body.position[0], body.position[1]) = hand.at;
                (body.velocity[0], body.velocity[1]) = hand.throw(event.time_stamp(), length);
            }
            hand.released = true;
            playback.borrow_mut().hand = Some(hand);
            tell.emit(GraphAction::Place(bodies));
        })
    };
    let dropped = {
        let playback = playback.clone();
        Callback::from(move |_: PointerEvent| playback.borrow_mut().hand = None)
    };
    let added = {
        let (state, tell, playback) = (state.clone(), given.tell.clone(), playback.clone());
        Callback::from(move |event: MouseEvent| {
            let Some(motion) = movable(&state) else { return };
            let (frame, spot) = (playback.borrow().frame(motion), under(&event, motion));
            if let Some((x, y)) = spot.filter(|_| hit(&event, motion, frame).is_none()) {
                let mut bodies = state.own.bodies_at(&state.workbench.graph, frame);
                bodies.push(Placed::resting([x, y, 0.0]));
                tell.emit(GraphAction::Place(bodies));
            }
        })
    };
    let plot = use_node_ref();
    use_effect_with(plot.clone(), {
        let playback = playback.clone();
        move |plot| {
            // A finger scrolls the page, unless it has taken a body: browsers say so first.
            let keep = EventListenerOptions::enable_prevent_default();
            let listener = plot.cast::<Element>().map(|plot| {
                EventListener::new_with_options(&plot, "touchstart", keep, move |event| {
                    if playback.borrow().hand.is_some() {
                        event.prevent_default();
                    }
                })
            });
            move || drop(listener)
        }
    });
    let hold = given.act.reform(|_: MouseEvent| Action::Move);
    let forget = given.tell.reform(|_: MouseEvent| GraphAction::ForgetLaw);
    let unplace = given.tell.reform(|_: MouseEvent| GraphAction::Unplace);
    let next = {
        let start = state.workbench.graph.view.start;
        given.act.reform(move |_: MouseEvent| Action::Set("graph-start", ((start + 1) % 1_000_000).to_string()))
    };
    let said = invitation(&state, &alone);
    html! {
        <figure class="card portrait" aria-labelledby="graph-moving-title">
            <h2 id="graph-moving-title">
                { tr!("The world in motion") }
                <small>
                    if !state.workbench.graph.view.placed.is_empty() {
                        <button class="small" data-testid="unplace" onclick={unplace}>{ tr!("Undo changes") }</button>{ " " }
                    }
                    <button class="small" data-testid="graph-next" disabled={movable(&state).is_none()} onclick={next}>{ tr!("another world" => "another") }</button>{ " " }
                    <button class="small" data-testid="graph-hold" onclick={hold}>{ if state.moving { tr!("Pause") } else { tr!("Play") } }</button>
                </small>
            </h2>
            <div key="plot" ref={plot} class="plot still graph-world" data-testid="graph-world" role="img" aria-label={said.clone()}
                onpointerdown={taken} onpointermove={moved} onpointerup={thrown} onpointercancel={dropped} ondblclick={added}>
                <canvas key="world" ref={canvas} class="fill" aria-hidden="true" />
            </div>
            <figcaption class="legend">
                <span class="key truth">{ tr!("truth") }</span>
                { for state.own.networks.iter().enumerate().map(|(i, network)| html! { <span class={classes!("key", class(i))}>{ name(network.regulariser) }</span> }) }
                if let Some((_, fit, _)) = &state.own.law {
                    <span class="key dissipative">{ tr!("law {}", fit.law) }</span>
                }
            </figcaption>
            if let Some((_, fit, _)) = &state.own.law {
                <p class="hint" data-testid="law-part" data-value={fit.r_squared.to_string()}>{ judged(fit) }{ " " }<button class="small" data-testid="forget-law" onclick={forget}>{ tr!("of a law" => "forget it") }</button></p>
            }
            <p class="hint">{ said }</p>
            <Plot key="energy" class="world" label={tr!("The true energy along each motion")} drawing={energies} />
            <p class="hint">{ tr!("The true energy, kinetic and potential, along each motion.") }{ for of_energy(&state).map(|why| format!(" {why}")) }</p>
        </figure>
    }
}

/// How good a law is, and in which worlds.
fn judged(fit: &LawFit) -> String {
    let LawFit { factor, per_mass, r_squared, worlds, not_finite, .. } = *fit;
    let mut said = vec![if r_squared >= 0.0 {
        tr!(
            "In {worlds} fresh worlds the law accounts for {part} % of the variance of the accelerations that bodies give one another (R²).",
            worlds = worlds,
            part = fixed(100.0 * r_squared, 1)
        )
    } else {
        tr!(
            "In {worlds} fresh worlds the law describes the accelerations worse than their mean does (R² = {fit}).",
            worlds = worlds,
            fit = words::number(r_squared)
        )
    }];
    if not_finite > 0.0 {
        let part = words::number(100.0 * not_finite);
        said.push(tr!("It gives no finite number for {} % of them, and these are left out.", part));
    }
    let factor = words::number(factor);
    said.push(if per_mass {
        tr!(
            "Times {}, it is read as the acceleration: this factor was fitted in the worlds whose messages were searched. The link carries the law.",
            factor
        )
    } else {
        tr!(
            "Times {}, it is read as the force: this factor was fitted in the worlds whose messages were searched. The link carries the law.",
            factor
        )
    });
    said.join(" ")
}

/// Why the true energy of a world is not constant, where it is not.
fn of_energy(state: &Seen<Graphs>) -> Option<&'static str> {
    match state.own.recipe.as_ref().map(|recipe| recipe.motions.world.world) {
        Some(World::Discontinuous) => Some(tr!(
            "This force sets in at a distance of 2 without a kick, where the potential (r − 1)² of a spring jumps from 0 to 1: the truth changes by 1 whenever \
            two bodies come that near or part again. It is no error."
        )),
        Some(World::Damped) => Some(tr!("Drag takes energy from the truth too: it falls by c Σv² per unit of time.")),
        _ => None,
    }
}

fn invitation(state: &Seen<Graphs>, alone: &Option<WorldMotion>) -> String {
    let Some((_, motion)) = motions(&state.own, alone).first().copied() else {
        return tr!("Press Train: the true motion of a random world and the networks’ appear here.").to_owned();
    };
    if motions(&state.own, &None).is_empty() {
        return tr!("A random world as it truly moves. Press Train: what the networks make of it appears beside it.")
            .to_owned();
    }
    let time = words::number(motion.dt * motion.frames().saturating_sub(1) as f64);
    let touch = if movable(state).is_some() {
        tr!("Drag or throw a body; a double click adds one.")
    } else {
        tr!("Train again to move its bodies: another world has been chosen, or the networks are gone.")
    };
    let seen = tr!("A world that no network has seen, over {} units of time. Rings and dashes: truth.", time);
    format!("{seen} {touch}")
}

/// The motion whose bodies can be put elsewhere.
fn movable(state: &Seen<Graphs>) -> Option<&WorldMotion> {
    state.own.motion().filter(|_| state.own.moves(&state.workbench.graph)).map(|motion| &**motion)
}

/// The place of the world under a pointer.
fn under(event: &MouseEvent, motion: &WorldMotion) -> Option<(f64, f64)> {
    let ((across, down), size) = place(event)?;
    around(size, motion).value(across, down)
}

/// The body under a pointer.
fn hit(event: &MouseEvent, motion: &WorldMotion, frame: usize) -> Option<usize> {
    let (at, size) = place(event)?;
    body_at(size, motion, frame, at)
}

/// The body under a pointer, taken by it.
fn take(state: &Seen<Graphs>, playback: &Playback, event: &PointerEvent) -> Option<Hand> {
    let motion = movable(state)?;
    let frame = playback.frame(motion);
    let (body, (from, size), pointer) = (hit(event, motion, frame)?, place(event)?, under(event, motion)?);
    let (left, right) = around(size, motion).x;
    let [x, y, _] = motion.bodies_at(frame).get(body)?.position;
    let (grip, shown) = ((x - pointer.0, y - pointer.1), motion.shown.clone());
    let mut hand = Hand { body, shown, width: right - left, from, grip, at: (x, y), trail: vec![], released: false };
    hand.moved(event.time_stamp(), pointer);
    Some(hand)
}

fn dragged(hand: &Hand, event: &PointerEvent) -> bool {
    place(event).is_some_and(|((across, down), _)| (across - hand.from.0).hypot(down - hand.from.1) >= CLICK)
}
