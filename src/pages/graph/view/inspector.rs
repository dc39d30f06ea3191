//! The graph behind the shown world, in numbers: what the whole has, what each body has, what each edge has. Bodies can be changed.

use crate::components::select::Select;
use crate::components::sentence::sentence;
use crate::components::typed::Typed;
use crate::pages::graph::state::{GraphAction, Graphs};
use crate::session::view::PageGiven;
use crate::words;
use experiments::placed::Placed;
use jobs::protocol::graph::WorldMotion;
use language::{text, tr, translated};
use physics::particles::world::{Joined, World};
use std::rc::Rc;
use yew::prelude::*;

/// The graph G(u, V, E) at the start of the shown motion.
#[component]
pub fn Inspector(given: &PageGiven<Graphs>) -> Html {
    let graphs = &given.state.own;
    let Some(motion) = graphs.motion() else {
        return html! {};
    };
    let bodies = Rc::new(given.state.own.bodies_at(&given.state.workbench.graph, 0));
    let chosen = graphs.inspected.min(bodies.len().saturating_sub(1));
    let place = given.tell.reform(GraphAction::Place);
    let choose = given.tell.reform(GraphAction::Inspect);
    let change = |more: bool| {
        let bodies = bodies.clone();
        place.reform(move |_: MouseEvent| {
            let mut bodies = bodies.to_vec();
            if more {
                bodies.push(Placed::resting(free_place(&bodies)));
            } else {
                bodies.pop();
            }
            bodies
        })
    };
    let view = &given.state.workbench.graph;
    let (alive, count) = (graphs.moves(view), bodies.len());
    let most = view.world.most_bodies();
    let [gravity, drag] = motion.globals.map(f64::from);
    // What does nothing in a world is not shown of it.
    let world = graphs.recipe.as_ref().map_or(view.world, |recipe| recipe.motions.world.world);
    let charged = matches!(world, World::Charge | World::Superposition);
    let stiff = world.joined() == Joined::Half;
    html! {
        <section class="card inspector" aria-labelledby="inspector-title" data-testid="inspector">
            <h2 id="inspector-title">{ tr!("The graph G(u, V, E)") }<small>{ tr!("as the shown motion starts") }</small></h2>
            <p class="hint">{ tr!(
                "u, of the whole: gravity {gravity}, drag {drag}. V: {bodies} bodies. E: {pairs} ordered pairs that act on one another.",
                gravity = words::number(gravity),
                drag = words::number(drag),
                bodies = count,
                pairs = motion.edges.len()
            ) }</p>
            <p class="copies">
                <label>{ sentence(tr!("Body {0}"), [html! {
                    <Select id="inspect-body" options={(0..count).map(|body| (body.to_string().into(), (body + 1).to_string().into())).collect::<Vec<_>>()}
                        {chosen} set={choose} />
                }]) }</label>
                <button class="small" data-testid="add-body" disabled={!alive || count >= most} onclick={change(true)}>{ tr!("add a body") }</button>
                <button class="small" data-testid="remove-body" disabled={!alive || count <= 2} onclick={change(false)}>{ tr!("Remove last body") }</button>
                <span class="unseen" data-testid="bodies" data-value={count.to_string()}>{ tr!("{n} body" | "{n} bodies" % count) }</span>
            </p>
            { for attributes(motion.dimensions, charged).into_iter().map(|row| html! {
                <div class="attributes">
                    { for row.into_iter().map(|(name, of)| {
                        let (bodies, place) = (bodies.clone(), place.clone());
                        let value = bodies.get(chosen).map_or(0.0, |body| *of(&mut body.rounded())).to_string();
                        let set = Callback::from(move |written: String| {
                            let mut bodies = bodies.to_vec();
                            if let (Some(body), Ok(number)) = (bodies.get_mut(chosen), written.parse::<f64>()) {
                                *of(body) = number;
                                place.emit(bodies);
                            }
                        });
                        html! {
                            <label key={name}>{ translated(name) }
                                <Typed id={format!("body-{name}")} kind="number" disabled={!alive} {value} {set} />
                            </label>
                        }
                    }) }
                </div>
            }) }
            <div class="scroll" tabindex="0" role="region" aria-label={tr!("Edges into this body")}>
                <table data-testid="edges">
                    <thead><tr><th scope="col">{ tr!("sender of an edge" => "from") }</th>if stiff { <th scope="col">{ tr!("stiffness") }</th> }<th scope="col">{ tr!("force") }</th><th scope="col">{ tr!("message") }</th></tr></thead>
                    <tbody>{ for edges(motion, chosen, stiff) }</tbody>
                </table>
            </div>
            <p class="hint">{ tr!("What body {} receives. A message is the force only up to a linear map; the chart of R² undoes that map.", chosen + 1) }</p>
        </section>
    }
}

/// As far from the middle of the bodies as they usually are, each time in another direction: by the golden angle.
fn free_place(bodies: &[Placed]) -> [f64; 3] {
    let count = bodies.len().max(1) as f64;
    let mut middle = [0.0; 3];
    bodies.iter().for_each(|body| (0..3).for_each(|axis| middle[axis] += body.position[axis] / count));
    let square = |body: &Placed| (0..3).map(|axis| (body.position[axis] - middle[axis]).powi(2)).sum::<f64>();
    let distance = (bodies.iter().map(square).sum::<f64>() / count).sqrt().max(1.0);
    let (sine, cosine) = (2.4 * count).sin_cos();
    [middle[0] + distance * cosine, middle[1] + distance * sine, middle[2]]
}

fn edges(motion: &WorldMotion, receiver: usize, stiff: bool) -> impl Iterator<Item = Html> {
    let list = |numbers: &[f32]| numbers.iter().map(|x| words::number(f64::from(*x))).collect::<Vec<_>>().join(", ");
    motion.edges.iter().filter(move |edge| usize::from(edge.receiver) == receiver).map(move |edge| {
        html! {
            <tr>
                <td>{ tr!("body {}", edge.sender + 1) }</td>
                if stiff {
                    <td>{ words::number(f64::from(edge.stiffness)) }</td>
                }
                <td>{ list(&edge.force) }</td>
                <td>{ list(&edge.message) }</td>
            </tr>
        }
    })
}

/// A number of a body.
type Attribute = fn(&mut Placed) -> &mut f64;

/// Names and numbers, row by row.
fn attributes(dimensions: usize, charged: bool) -> [Vec<(&'static str, Attribute)>; 3] {
    let positions: [Attribute; 3] = [|b| &mut b.position[0], |b| &mut b.position[1], |b| &mut b.position[2]];
    let velocities: [Attribute; 3] = [|b| &mut b.velocity[0], |b| &mut b.velocity[1], |b| &mut b.velocity[2]];
    let axes = |names: [&'static str; 3], of: [Attribute; 3]| names.into_iter().zip(of).take(dimensions).collect();
    let mut own: Vec<(&'static str, Attribute)> = vec![(text!("mass"), |b| &mut b.mass)];
    if charged {
        own.push((text!("charge"), |b| &mut b.charge));
    }
    [own, axes(["x", "y", "z"], positions), axes(["vx", "vy", "vz"], velocities)]
}
