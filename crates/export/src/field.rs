//! Trained networks of a field experiment as networks on their own: states in the units of the data go in, velocity and energy
//! come out.

use crate::coordinates::Coordinates;
use crate::network::{Network, Port, layer_names};
use autodiff::parameters::Parameters;
use autodiff::program::{Function, Program, Shape, Value};
use experiments::FieldExperiment;
use experiments::task::Task;
use experiments::trained::TrainedModel;
use models::field::model::ModelKind;
use models::field::network::FieldNetwork;
use models::pixels::network::PixelNetwork;
use models::pixels::reading::Reading;
use models::pixels::swing::DT;

/// From the units of the data to those that a network of one degree of freedom learned in, and back.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Units {
    /// Inner coordinates from outer ones: constant, factors of q and p.
    inward: [[f64; 3]; 2],
    /// Outer velocities from inner ones: factors of both.
    outward: [[f64; 2]; 2],
    /// Factor of the energy.
    energy: f64,
}

/// The forward pass of a network in the units of the data: from `state` to `velocity` and, where there is one, `energy`.
fn forward(network: &FieldNetwork, units: Option<&Units>) -> Function {
    let program = Program::new();
    let state = program.input(Shape::item(1, 2 * network.dof));
    let layers = network.layers(&program);
    let Some(Units { inward, outward, energy }) = units else {
        let outputs = network.outputs(&layers, state);
        return program.function(&std::iter::once(outputs.velocity).chain(outputs.energy).collect::<Vec<_>>());
    };
    let coordinates = [0, 1].map(|i| state.slice(i, 1));
    let inner = inward.map(|[constant, by_q, by_p]| combined(coordinates, [by_q, by_p]).affine(1.0, constant));
    let outputs = network.outputs(&layers, Value::concatenate(&inner));
    let rates = [0, 1].map(|i| outputs.velocity.slice(i, 1));
    let velocity = Value::concatenate(&outward.map(|factors| combined(rates, factors)));
    let energy = outputs.energy.map(|inner| inner * *energy);
    program.function(&std::iter::once(velocity).chain(energy).collect::<Vec<_>>())
}

fn combined<'p>(parts: [Value<'p>; 2], factors: [f64; 2]) -> Value<'p> {
    let [a, b] = [0, 1].map(|i| parts[i] * factors[i]);
    match factors {
        [_, 0.0] => a,
        [0.0, _] => b,
        _ => a + b,
    }
}

/// The units of a model, where they are not those of the data; `None` for a model of films whose latent numbers say nothing.
fn units(task: &Task, trained: &TrainedModel) -> Option<Option<Units>> {
    match trained {
        TrainedModel::States(_) => {
            let s = &task.scaling;
            let diagonal = |i: usize, x: f64| if i == 0 { [x, 0.0] } else { [0.0, x] };
            let inward = |i: usize| {
                let [by_q, by_p] = diagonal(i, 1.0 / s.scale[i]);
                [-s.centre[i] / s.scale[i], by_q, by_p]
            };
            Some((*s != data::scaling::Scaling::IDENTITY).then(|| Units {
                inward: [0, 1].map(inward),
                outward: [0, 1].map(|i| diagonal(i, s.scale[i] / s.time)),
                energy: s.energy_outward(1.0),
            }))
        }
        TrainedModel::Films(model) => {
            let reading: Reading = model.reading;
            let outward = reading.rows.map(|[_, by_q, by_p]| [by_q / DT, by_p / DT]);
            let inward = reading.inverse()?.rows;
            Some(Some(Units { inward, outward, energy: reading.determinant() / DT }))
        }
        TrainedModel::Blind(_) => None,
    }
}

/// A trained model of a field experiment: (q…, p…) ↦ velocity and, where there is one, energy, in the units of the data. `None`
/// for a model of films that cannot tell states apart yet.
///
/// The energy of a network has an arbitrary zero.
pub fn network(experiment: &FieldExperiment, task: &Task, kind: ModelKind, parameters: &Parameters) -> Option<Network> {
    let units = units(task, &task.model(kind, parameters))?;
    let (inner, arrays) = match experiment.film_recipe() {
        Some(recipe) => {
            let [_, _, field] = PixelNetwork::parts(parameters);
            (PixelNetwork::of(recipe.widths, kind).field, field)
        }
        None => (experiment.field_network(kind), parameters.clone()),
    };
    let coordinates = Coordinates::of(experiment);
    let layers = inner.depth + 1;
    let names = layer_names("", (0..layers).map(|layer| layer + 1 < layers));
    let energy = (kind != ModelKind::Baseline).then(|| Port::new("energy", ["H, zero arbitrary"]));
    let about = match kind {
        ModelKind::Baseline => "Velocity of a state by the baseline network.",
        ModelKind::Hnn => "Velocity of a state by Hamilton's equations of a learned energy H, and H itself.",
        ModelKind::Dissipative => {
            "Velocity of a state by Hamilton's equations of a learned energy H with learned friction, and H itself."
        }
    };
    Some(Network {
        name: kind.key().into(),
        about: about.into(),
        function: forward(&inner, units.as_ref()),
        arrays: names.into_iter().zip(arrays).collect(),
        inputs: vec![Port::new("state", coordinates.headings())],
        outputs: std::iter::once(Port::new("velocity", coordinates.rates())).chain(energy).collect(),
    })
}

/// Encoder and decoder of a model that learned from films; none where it was shown states.
pub fn autoencoder(experiment: &FieldExperiment, kind: ModelKind, parameters: &Parameters) -> Vec<Network> {
    let Some(recipe) = experiment.film_recipe() else { return vec![] };
    let network = PixelNetwork::of(recipe.widths, kind);
    let [encoder, decoder, _] = PixelNetwork::parts(parameters);
    let sample =
        || Port::new("sample", ["brightness of 28 × 28 pixels of the frame before, then of the frame, row by row"]);
    let latent = || Port::new("latent", ["z_q", "z_p"]);
    let part = |name: &str, about: &str, function: Function, arrays: Parameters, inputs: Port, outputs: Port| Network {
        name: format!("{}-{name}", kind.key()),
        about: about.into(),
        function,
        arrays: layer_names("", arrays.chunks(2).map(|pair| pair.len() == 2)).into_iter().zip(arrays).collect(),
        inputs: vec![inputs],
        outputs: vec![outputs],
    };
    vec![
        part("encoder", "Two latent numbers of two frames.", network.encoding(), encoder, sample(), latent()),
        part("decoder", "Two frames from two latent numbers.", network.decoding(), decoder, latent(), sample()),
    ]
}
