//! A trained graph network as a network on its own: attributes of edges and bodies go in, messages and accelerations come out.

use crate::files::{File, of_network};
use crate::network::{Network, Port, layer_names};
use crate::table::Table;
use autodiff::parameters::Parameters;
use models::graph::network::GraphNetwork;
use models::graph::recipe::{GraphRecipe, Positions};
use physics::particles::dataset::{MotionDataset, Target};
use physics::particles::world::Joined;

/// The network in a graph of so many bodies; edges go from every body to every other, receiver by receiver.
pub fn network(recipe: &GraphRecipe, bodies: usize, parameters: &Parameters) -> Network {
    let network = GraphNetwork::of(recipe);
    let split = network.message_arrays();
    let names = |prefix: &str, count: usize| layer_names(prefix, std::iter::repeat_n(true, count / 2));
    let names = names("message.", split).into_iter().chain(names("node.", parameters.len() - split));
    let predictions = match recipe.motions.target {
        Target::Acceleration => "acceleration along each axis".to_owned(),
        Target::VelocityChange => format!("change of velocity along each axis in a time {}", recipe.motions.dt),
    };
    Network {
        name: format!("gn-{}-{}", recipe.motions.world.world.key(), recipe.regulariser.key()),
        about: format!("Messages along edges and what they do to each of {bodies} bodies."),
        function: network.evaluation(bodies),
        arrays: names.zip(parameters.iter().cloned()).collect(),
        inputs: vec![
            Port::new("edges", edge_attributes(recipe)),
            Port::new("bodies", body_attributes(recipe)),
            Port::new("present", ["1 where the edge is there, 0 where not"]),
        ],
        outputs: vec![
            Port::new("messages", (1..=recipe.regulariser.size()).map(|i| format!("message {i}"))),
            Port::new("predictions", [predictions]),
        ],
    }
}

fn axes(recipe: &GraphRecipe) -> &'static [&'static str] {
    &["x", "y", "z"][..recipe.motions.world.dimensions]
}

/// Globals that a world has, as both networks are told them.
fn globals(recipe: &GraphRecipe) -> impl Iterator<Item = String> {
    let world = recipe.motions.world;
    let gravity = (world.gravity != 0.0).then(|| "gravity".to_owned());
    gravity.into_iter().chain((world.world.drag() != 0.0).then(|| "drag".to_owned()))
}

/// What is told of a body of an edge or a graph.
fn body(recipe: &GraphRecipe, of: &str) -> Vec<String> {
    let absolute = recipe.positions == Positions::Absolute;
    let places = axes(recipe).iter().filter(|_| absolute).map(|axis| format!("{axis}{of}"));
    let speeds = axes(recipe).iter().map(|axis| format!("v{axis}{of}"));
    places.chain(speeds).chain(["charge", "mass"].map(|what| format!("{what}{of}"))).collect()
}

/// Attributes of an edge, in order: those of [`models::graph::features::Inputs::message`].
pub fn edge_attributes(recipe: &GraphRecipe) -> Vec<String> {
    let relative = recipe.positions == Positions::Relative;
    let vector = axes(recipe).iter().filter(|_| relative).map(|axis| format!("{axis} of sender − receiver"));
    let stiffness = (recipe.motions.world.world.joined() == Joined::Half).then(|| "stiffness".to_owned());
    let ends = [" of receiver", " of sender"].into_iter().flat_map(|of| body(recipe, of));
    vector.chain(ends).chain(stiffness).chain(globals(recipe)).collect()
}

/// Attributes of a body, in order: those of [`models::graph::features::Inputs::node`].
pub fn body_attributes(recipe: &GraphRecipe) -> Vec<String> {
    body(recipe, "").into_iter().chain(globals(recipe)).collect()
}

/// Data, weights, ONNX and Python modules of graph networks that were trained on the same motions. `facts` say where they come from.
pub fn files(
    recipe: &GraphRecipe,
    networks: &[Network],
    data: &MotionDataset,
    facts: &[(String, String)],
) -> Vec<File> {
    let table = File::new("data.csv", motions(recipe, data, facts));
    std::iter::once(table).chain(networks.iter().flat_map(|network| of_network(network, facts))).collect()
}

/// What was learned from and tested by: a row for each body at each moment.
fn motions(recipe: &GraphRecipe, data: &MotionDataset, facts: &[(String, String)]) -> String {
    let rate = match recipe.motions.target {
        Target::Acceleration => "a",
        Target::VelocityChange => "dv",
    };
    let along = |of: &str| axes(recipe).iter().map(|axis| format!("{of}{axis}")).collect::<Vec<_>>();
    let headings = ["part", "motion", "t", "body"].map(str::to_owned).into_iter();
    let headings =
        headings.chain(along("")).chain(along("v")).chain(along(rate)).chain(["charge", "mass"].map(str::to_owned));
    let about = ["Numbers without units: masses, charges and strengths of the world are those of its laws.".to_owned()];
    let mut table = Table::new(&about, facts, &headings.collect::<Vec<_>>());
    let (step, d) = (recipe.motions.dt * recipe.motions.every as f64, recipe.motions.world.dimensions);
    for (part, motions) in [("train", &data.train), ("test", &data.test)] {
        for (number, recording) in motions.recordings.iter().enumerate() {
            let moments = (0..recording.len()).filter_map(|moment| Some((moment, recording.sample(moment)?)));
            for (moment, sample) in moments {
                for body in 0..sample.scene.bodies() {
                    let time = (moment as f64 * step).to_string();
                    let words = [part.to_owned(), (number + 1).to_string(), time, (body + 1).to_string()];
                    let of = |values: &[f64]| values[body * d..(body + 1) * d].to_vec();
                    let vectors = [of(sample.positions), of(sample.velocities), of(sample.target)].concat();
                    let own = [sample.scene.charges[body], sample.scene.masses[body]];
                    table.row(&words, vectors.into_iter().chain(own).map(Some));
                }
            }
        }
    }
    table.text()
}
