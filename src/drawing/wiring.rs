//! Networks as neurons joined by their weights, from input on the left to output on the right.

use crate::drawing::pen::{Drawn, Pen, Place};
use jobs::protocol::wiring::{Wiring, drawn};
use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::{HPos, VPos};

/// Room at the sides, above for the name of a network, and below for the sizes of layers.
const SIDE: f64 = 16.0;
const ABOVE: f64 = 18.0;
const BELOW: f64 = 18.0;
/// Weights fainter than this part of the strongest are left out.
const FAINTEST: f64 = 0.04;

/// Where the layers of each network stand, from left to right; between two networks is half as much room as between two layers.
pub fn columns(wiring: &Wiring, width: f64) -> Vec<Vec<f64>> {
    let sizes: Vec<usize> = wiring.sizes().map(|sizes| sizes.len()).collect();
    let between = 0.5 * sizes.len().saturating_sub(1) as f64;
    let gaps = sizes.iter().map(|layers| layers.saturating_sub(1)).sum::<usize>() as f64 + between;
    let gap = (width - 2.0 * SIDE) / gaps.max(1.0);
    let mut at = SIDE;
    let network = |layers: &usize| {
        let places: Vec<f64> = (0..*layers).map(|layer| at + gap * layer as f64).collect();
        at = places.last().unwrap_or(&at) + 0.5 * gap;
        places
    };
    sizes.iter().map(network).collect()
}

/// Which weights are under a place: of which network, and between which of its layers.
pub fn under(wiring: &Wiring, width: f64, across: f64) -> Option<(usize, usize)> {
    let columns = columns(wiring, width);
    let gap = |places: &Vec<f64>| places.windows(2).position(|pair| (pair[0]..pair[1]).contains(&across));
    columns.iter().enumerate().find_map(|(network, places)| Some((network, gap(places)?)))
}

/// Draws networks with these names: positive weights in one colour, negative ones in another.
pub fn draw<DB: DrawingBackend>(pen: &Pen<'_, DB>, wiring: &Wiring, names: &[&str]) -> Drawn<DB> {
    let (width, height) = pen.size();
    let down = |neuron: usize, of: usize| ABOVE + (height - ABOVE - BELOW) * (neuron as f64 + 0.5) / of.max(1) as f64;
    for (n, (places, sizes)) in columns(wiring, width).iter().zip(wiring.sizes()).enumerate() {
        for (pair, joint) in places.windows(2).zip(&wiring.0[n]) {
            let (from, to) = (drawn(joint.from), drawn(joint.to));
            let strongest = joint.weights.iter().fold(0.0, |most: f32, weight| most.max(weight.abs()));
            for (i, weight) in joint.weights.iter().enumerate() {
                let part = f64::from(weight.abs() / strongest.max(f32::MIN_POSITIVE));
                // Numbers that are none are not drawn either.
                if part >= FAINTEST {
                    let color = if *weight > 0.0 { pen.palette.hnn } else { pen.palette.baseline };
                    let ends = [(pair[0], down(i / to, from)), (pair[1], down(i % to, to))];
                    pen.path(ends, color, part, 0.5 + 1.5 * part)?;
                }
            }
        }
        for (x, size) in places.iter().zip(&sizes) {
            for neuron in 0..drawn(*size) {
                let at: Place = (*x, down(neuron, drawn(*size)));
                pen.dot(at, 2.5, pen.palette.ink, 1.0)?;
            }
            pen.words(&size.to_string(), (*x, height - BELOW + 4.0), (HPos::Center, VPos::Top), pen.palette.soft)?;
        }
        if let (Some(name), Some(first)) = (names.get(n), places.first()) {
            pen.words(name, (first - SIDE + 4.0, 2.0), (HPos::Left, VPos::Top), pen.palette.soft)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{columns, under};
    use autodiff::parameters::Matrix;
    use jobs::protocol::wiring::Wiring;

    #[test]
    fn layers_stand_from_left_to_right_and_weights_are_found_between_them() {
        let shapes = [(2, 4), (1, 4), (4, 1), (3, 5), (1, 5)];
        let wiring = Wiring::of(&shapes.map(|(rows, columns)| Matrix::zeros(rows, columns)).to_vec());
        let places = columns(&wiring, 382.0);
        assert_eq!(places, [vec![16.0, 116.0, 216.0], vec![266.0, 366.0]]);
        assert_eq!(under(&wiring, 382.0, 150.0), Some((0, 1)));
        assert_eq!(under(&wiring, 382.0, 240.0), None);
        assert_eq!(under(&wiring, 382.0, 300.0), Some((1, 0)));
    }
}
