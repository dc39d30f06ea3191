//! The layers of a model's networks, few enough neurons of each to be drawn.

use autodiff::parameters::{Matrix, Parameters};
use serde::{Deserialize, Serialize};

/// Neurons of a layer that are drawn; those of a wider one stand for as many neighbours each.
pub const MOST_DRAWN: usize = 16;

/// The networks of a model, each with its layers from input to output.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Wiring(pub Vec<Vec<Joint>>);

/// The weights between two layers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Joint {
    /// Neurons on the side of the input.
    pub from: usize,
    /// Neurons on the side of the output.
    pub to: usize,
    /// `[drawn(from), drawn(to)]`: a weight, or the sum over the n weights between two groups of neighbours, over √n.
    pub weights: Vec<f32>,
    /// The largest magnitude of a weight.
    pub strongest: f32,
    biased: bool,
}

/// How many neurons are drawn of so many.
pub fn drawn(neurons: usize) -> usize {
    neurons.min(MOST_DRAWN)
}

impl Wiring {
    /// The networks among the parameters of a model, as [`models::layers::Layers`] has them: weight `[inputs, outputs]`, then perhaps
    /// a bias `[1, outputs]`. A network ends where the next weight takes another number of inputs. Arrays that are no layers of a
    /// network, one weight without a bias, are left out.
    pub fn of(parameters: &Parameters) -> Self {
        Self::of_networks(parameters, &[parameters.len()])
    }

    /// The same, where so many arrays belong to each of the networks, also where they would fit together; further ones are left out.
    pub fn of_networks(parameters: &Parameters, arrays: &[usize]) -> Self {
        let mut rest = parameters.as_slice();
        let mut networks = vec![];
        for count in arrays {
            let (these, others) = rest.split_at(rest.len().min(*count));
            networks.extend(Self::of_neighbours(these));
            rest = others;
        }
        Self(networks)
    }

    fn of_neighbours(parameters: &[Matrix]) -> Vec<Vec<Joint>> {
        let mut networks: Vec<Vec<Joint>> = vec![];
        for matrix in parameters {
            let Some(network) = networks.last_mut() else {
                networks.push(vec![Joint::of(matrix)]);
                continue;
            };
            match network.last_mut() {
                Some(last) if matrix.rows == 1 && last.to == matrix.columns && !last.biased => last.biased = true,
                Some(last) if last.to == matrix.rows => network.push(Joint::of(matrix)),
                _ => networks.push(vec![Joint::of(matrix)]),
            }
        }
        networks.retain(|network| network.len() > 1 || network.iter().any(|joint| joint.biased));
        networks
    }

    /// The sizes of the layers of each network.
    pub fn sizes(&self) -> impl Iterator<Item = Vec<usize>> {
        let first = |network: &[Joint]| network.first().map(|joint| joint.from);
        self.0
            .iter()
            .map(move |network| first(network).into_iter().chain(network.iter().map(|joint| joint.to)).collect())
    }
}

impl Joint {
    fn of(matrix: &Matrix) -> Self {
        let Matrix { rows, columns, values } = matrix;
        let (across, down) = (drawn(*columns), drawn(*rows));
        let (mut sums, mut counts) = (vec![0.0; down * across], vec![0.0_f32; down * across]);
        for (i, weight) in values.iter().enumerate() {
            let (row, column) = (i / columns * down / rows, i % columns * across / columns);
            sums[row * across + column] += weight;
            counts[row * across + column] += 1.0;
        }
        let weights = sums.iter().zip(counts).map(|(sum, count)| sum / count.max(1.0).sqrt()).collect();
        let strongest = values.iter().fold(0.0, |most: f32, weight| most.max(weight.abs()));
        Self { from: *rows, to: *columns, weights, strongest, biased: false }
    }
}

#[cfg(test)]
mod tests {
    use super::{Joint, MOST_DRAWN, Wiring};
    use autodiff::parameters::Matrix;

    fn sizes(parameters: &[(usize, usize)]) -> Vec<Vec<usize>> {
        let matrices = parameters.iter().map(|(rows, columns)| Matrix::zeros(*rows, *columns)).collect();
        Wiring::of(&matrices).sizes().collect()
    }

    #[test]
    fn layers_follow_one_another_and_networks_are_told_apart() {
        let hnn = [(2, 40), (1, 40), (40, 40), (1, 40), (40, 1)];
        assert_eq!(sizes(&hnn), [[2, 40, 40, 1]]);
        let friction = [hnn, hnn].concat();
        assert_eq!(sizes(&friction), [[2, 40, 40, 1], [2, 40, 40, 1]]);
        let graph = [(6, 32), (1, 32), (32, 2), (1, 2), (8, 32), (1, 32), (32, 2), (1, 2)];
        assert_eq!(sizes(&graph), [[6, 32, 2], [8, 32, 2]]);
        let body = [(6, 32), (1, 32), (32, 10), (1, 10), (10, 25), (1, 25), (25, 1), (1, 1)];
        let matrices = body.map(|(rows, columns)| Matrix::zeros(rows, columns)).to_vec();
        let apart: Vec<_> = Wiring::of_networks(&matrices, &[4, 2]).sizes().collect();
        assert_eq!(apart, [vec![6, 32, 10], vec![10, 25]]);
        // A free table of one row a motion is no network.
        assert_eq!(sizes(&[(6, 32), (1, 32), (32, 2), (1, 2), (50, 10)]), [[6, 32, 2]]);
    }

    #[test]
    fn few_weights_are_drawn_as_they_are_and_many_as_sums_of_neighbours() {
        let few = Joint::of(&Matrix { rows: 1, columns: 2, values: vec![0.5, -2.0] });
        assert_eq!((few.weights, few.strongest), (vec![0.5, -2.0], 2.0));
        let many = Joint::of(&Matrix { rows: 64, columns: 1, values: (0..64).map(|i| (i / 4) as f32).collect() });
        // Four equal weights over the root of four.
        assert_eq!(many.weights, (0..MOST_DRAWN).map(|i| 2.0 * i as f32).collect::<Vec<_>>());
        assert_eq!((many.from, many.to, many.strongest), (64, 1, 15.0));
    }
}
