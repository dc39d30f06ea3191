//! From messages to a table in which a law can be looked for.
//!
//! A message may be any linear map of the force, so a law for one of its numbers holds a mixture of dx and dy, which takes a
//! search long to write down. The mixture can be undone without knowing the force, if the force is only supposed to point
//! along the line between the two bodies and to be the same in all directions: message = A·(dx, dy)·f + b with an f that
//! depends on distance and masses. Least squares of the messages on (dx, dy) then gives A up to a factor, however f looks,
//! the median message gives b, and A⁻¹(message − b) is (dx, dy)·f but for that factor.
//!
//! Columns are dx = x₂ − x₁ (2 is the sender, as in the paper), dy, dz, r, m1, m2; charges and stiffness where a world has them.

use crate::graph::model::GraphModel;
use crate::graph::report::Traffic;
use crate::messages::affine::AffineMap;
use crate::messages::comparison::spreads;
use crate::messages::fit::{Fitting, Line};
use crate::messages::table::Table as Rows;
use numerics::seed::Seed;
use numerics::statistics::median;
use physics::particles::dataset::Motions;
use physics::particles::world::{Joined, World};
use serde::{Deserialize, Serialize};
use symbolic::data::Table;
use symbolic::evaluate::Objective;
use symbolic::operators::Alphabet;
use symbolic::settings::SearchConfig;

/// What a law is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LawTarget {
    /// A number of the message as it is: the one that varies most is 0, the next 1, and so on.
    Number(usize),
    /// The message along an axis of space, after the mixture has been undone. 0 is x.
    Along(usize),
}

/// Messages in which no law can be looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LawError {
    /// Numbers that are none.
    #[error("the messages of this network are not finite")]
    NotFinite,
    /// A target that is not there.
    #[error("these messages have no such number or direction")]
    NoTarget,
    /// The mixture can't be undone.
    #[error("the messages do not point along the line between two bodies")]
    NoDirection,
}

/// Rows that a search reads.
pub const ROWS: usize = 1000;

/// The table for a network's messages on about `rows` edges of held-out motions.
pub fn law_table(model: &GraphModel, motions: &Motions, target: LawTarget, rows: usize) -> Result<Table, LawError> {
    let world = model.recipe().motions.world;
    let (d, size) = (world.dimensions, model.recipe().regulariser.size());
    let traffic = Traffic::of(model, motions, rows);
    let messages = Rows::new(size, traffic.messages).map_err(|_| LawError::NotFinite)?;
    let toward = Rows::new(d, traffic.toward).map_err(|_| LawError::NotFinite)?;
    let leading: Vec<usize> = spreads(&messages).iter().map(|spread| spread.component).collect();
    let (target, target_name) = match target {
        LawTarget::Number(place) => {
            let component = leading.get(place).ok_or(LawError::NoTarget)?;
            (messages.column(*component), format!("message{}", component + 1))
        }
        LawTarget::Along(axis) if axis < d && size >= d => {
            let map = undone(&messages, &leading[..d], &toward)?;
            let row = |row: &[f64]| map.apply(&leading[..d].iter().map(|c| row[*c]).collect::<Vec<f64>>())[axis];
            (messages.rows().map(row).collect(), ["message_x", "message_y", "message_z"][axis].to_owned())
        }
        LawTarget::Along(_) => return Err(LawError::NoTarget),
    };
    let mut table = Table { target, target_name, ..Table::default() };
    let mut add = |name: &str, column: Vec<f64>| {
        table.names.push(name.to_owned());
        table.columns.push(column);
    };
    for axis in 0..d {
        add(["dx", "dy", "dz"][axis], toward.column(axis));
    }
    add("r", toward.rows().map(|toward| toward.iter().map(|x| x * x).sum::<f64>().sqrt()).collect());
    add("m1", traffic.receivers);
    add("m2", traffic.senders);
    if matches!(world.world, World::Charge | World::Superposition) {
        add("q1", traffic.charges.iter().map(|pair| pair[0]).collect());
        add("q2", traffic.charges.iter().map(|pair| pair[1]).collect());
    }
    if world.world.joined() == Joined::Half {
        add("k", traffic.stiffness);
    }
    Ok(table)
}

/// The table that is easiest to read a law off: along x where the mixture can be undone, else the number that varies most.
pub fn clearest_table(model: &GraphModel, motions: &Motions) -> Result<Table, LawError> {
    let of = |target| law_table(model, motions, target, ROWS);
    of(LawTarget::Along(0)).or_else(|_| of(LawTarget::Number(0)))
}

/// The search that suits messages: relative errors, so that the few of bodies that nearly meet do not decide.
pub fn law_search(seed: Seed) -> SearchConfig {
    let objective = Objective::MeanRelative;
    SearchConfig { seed, alphabet: Alphabet::default(), objective, max_complexity: 20, ..SearchConfig::default() }
}

/// The map from leading numbers of a message to a vector along the axes of space. Fitted on the half of the edges that are
/// longest, where no force is extreme.
fn undone(messages: &Rows, leading: &[usize], toward: &Rows) -> Result<AffineMap, LawError> {
    let d = toward.width();
    let length = |row: &[f64]| row.iter().map(|x| x * x).sum::<f64>();
    let mut lengths: Vec<f64> = toward.rows().map(length).collect();
    let middle = lengths.len() / 2;
    if lengths.len() < 2 * (d + 1) {
        return Err(LawError::NoDirection);
    }
    let middle = *lengths.select_nth_unstable_by(middle, f64::total_cmp).1;
    let far: Vec<bool> = toward.rows().map(|row| length(row) >= middle).collect();
    let chosen = |values: Vec<f64>| -> Vec<f64> {
        values.into_iter().zip(&far).filter(|(_, far)| **far).map(|(value, _)| value).collect()
    };
    let inputs = toward.rows().zip(&far).filter(|(_, far)| **far).flat_map(|(row, _)| row.iter().copied()).collect();
    let inputs = Rows::new(d, inputs).map_err(|_| LawError::NotFinite)?;
    let fit = |component: &usize| Line::fit(&inputs, &chosen(messages.column(*component)), Fitting::LeastSquares);
    let lines: Vec<Line> = leading.iter().map(fit).collect();
    let map = AffineMap {
        matrix: lines.iter().flat_map(|line| line.slopes.iter().copied()).collect(),
        // Where no direction of space is special, forces cancel, and what is typical of a message is b.
        offset: leading.iter().map(|c| median(messages.column(*c)).unwrap_or_default()).collect(),
    };
    map.inverse().ok_or(LawError::NoDirection)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mixture_is_undone_without_knowing_the_force() {
        // Vectors in all directions, a force that falls as 1/r² with some mass, mixed by A = [[2, 1], [-1, 3]] and moved.
        // Three numbers none of which follows from the others: an even filling of radii, directions and masses.
        let vectors: Vec<[f64; 3]> = (0..4000)
            .map(|i| {
                let [radius, turn, mass] =
                    [0.819_172_5, 0.671_043_6, 0.549_700_5].map(|step| (f64::from(i) * step).fract());
                let (r, angle) = (0.2 + 2.0 * radius, std::f64::consts::TAU * turn);
                [r * angle.cos(), r * angle.sin(), 0.5 + mass]
            })
            .collect();
        let force = |[x, y, m]: &[f64; 3]| [*x, *y].map(|along| m * along / (x * x + y * y).powf(1.5));
        let toward = Rows::new(2, vectors.iter().flat_map(|[x, y, _]| [*x, *y]).collect()).expect("rows");
        let mixed = |[fx, fy]: [f64; 2]| [2.0 * fx + fy + 7.0, 3.0 * fy - fx - 5.0];
        let messages = Rows::new(2, vectors.iter().flat_map(|at| mixed(force(at))).collect()).expect("rows");
        let map = undone(&messages, &[0, 1], &toward).expect("a direction");
        let along = |at: &[f64; 3]| map.apply(&mixed(force(at)));
        let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
        let (overlap, square) = vectors.iter().fold((0.0, 0.0), |(overlap, square), at| {
            (overlap + product(&along(at), &force(at)), square + product(&force(at), &force(at)))
        });
        for at in &vectors {
            for (found, truth) in along(at).iter().zip(force(at)) {
                // 4000 directions are even to some parts in a thousand.
                let size = product(&force(at), &force(at)).sqrt();
                assert!((found * square / overlap - truth).abs() < 0.02 * size + 1e-2, "{found} {truth}");
            }
        }
        assert_eq!(undone(&toward, &[0, 0], &toward).err(), Some(LawError::NoDirection));
    }
}
