//! From messages to a table in which a law can be looked for.
//!
//! A message may be any linear map of the force, so a law for one of its numbers holds a mixture of dx and dy, which takes a
//! search long to write down. The mixture can be undone without knowing the force, if the force is only supposed to point
//! along the line between the two bodies: see [`crate::messages::parallel`]. That leaves a factor.
//!
//! Where charges act, a message may also leave out what its receiver knows anyhow, its own charge: messages to positive and to
//! negative receivers are undone apart. By Newton's third law the force is the same with both bodies exchanged, so that it changes its
//! sign with q₁q₂: this gives both the same sign, and their median size the same factor.
//!
//! Columns are dx = x₂ − x₁ (2 is the sender, as in the paper), dy, dz, r, m1, m2; charges and stiffness where a world has them.

use crate::graph::model::GraphModel;
use crate::graph::report::Traffic;
use crate::messages::affine::AffineMap;
use crate::messages::parallel::Parallel;
use crate::messages::table::Table as Rows;
use language::tr;
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
    #[error("{}", tr!("the messages of this network are not finite"))]
    NotFinite,
    /// A target that is not there.
    #[error("{}", tr!("these messages have no such number or direction"))]
    NoTarget,
    /// Messages with fewer numbers than space has directions.
    #[error("{}", tr!("a message has fewer numbers than the world has dimensions, so it can’t be turned back into a vector"))]
    TooNarrow,
    /// The mixture can't be undone.
    #[error("{}", tr!("the numbers that vary most can’t be turned into a vector along the line between the two bodies"))]
    NoDirection,
}

/// Rows that a search reads.
pub const ROWS: usize = 1000;

/// The table for a network's messages on about `rows` edges of held-out motions.
pub fn law_table(model: &GraphModel, motions: &Motions, target: LawTarget, rows: usize) -> Result<Table, LawError> {
    let world = model.recipe().motions.world;
    let (d, size) = (world.dimensions, model.recipe().regulariser.size());
    let charged = matches!(world.world, World::Charge | World::Superposition);
    let traffic = Traffic::of(model, motions, rows);
    let messages = Rows::new(size, traffic.messages.clone()).map_err(|_| LawError::NotFinite)?;
    let toward = Rows::new(d, traffic.toward.clone()).map_err(|_| LawError::NotFinite)?;
    let leading: Vec<usize> = traffic.leading(&messages).iter().map(|spread| spread.component).collect();
    let (target, target_name) = match target {
        LawTarget::Number(place) => {
            let component = leading.get(place).ok_or(LawError::NoTarget)?;
            (messages.column(*component), format!("message{}", component + 1))
        }
        LawTarget::Along(axis) if axis < d && size >= d => {
            let mixed = Traffic::of(model, motions, MIXED);
            let undone = Undone::of(&mixed, &leading[..d], size, charged)?;
            let row = |(row, charges): (&[f64], &[f64; 2])| {
                undone.apply(&leading[..d].iter().map(|c| row[*c]).collect::<Vec<f64>>(), charges[0])[axis]
            };
            (
                messages.rows().zip(&traffic.charges).map(row).collect(),
                ["message_x", "message_y", "message_z"][axis].to_owned(),
            )
        }
        LawTarget::Along(axis) if axis < d => return Err(LawError::TooNarrow),
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
    if charged {
        add("q1", traffic.charges.iter().map(|pair| pair[0]).collect());
        add("q2", traffic.charges.iter().map(|pair| pair[1]).collect());
    }
    if world.world.joined() == Joined::Half {
        add("k", traffic.stiffness);
    }
    Ok(table)
}

/// The table that is easiest to read a law off: along x where the mixture can be undone; else the number that varies most, and why.
pub fn clearest_table(model: &GraphModel, motions: &Motions) -> Result<(Table, Option<LawError>), LawError> {
    let of = |target| law_table(model, motions, target, ROWS);
    of(LawTarget::Along(0)).map(|table| (table, None)).or_else(|why| Ok((of(LawTarget::Number(0))?, Some(why))))
}

/// The search that suits messages: relative errors, so that the few of bodies that nearly meet do not decide.
pub fn law_search(seed: Seed) -> SearchConfig {
    let objective = Objective::MeanRelative;
    SearchConfig { seed, alphabet: Alphabet::default(), objective, max_complexity: 20, ..SearchConfig::default() }
}

/// Edges that the mixture is read off: a map from fewer would leave some of dy in what is meant to be along x.
const MIXED: usize = 12_000;
/// The least share of what is undone that has to lie along the line between the two bodies.
const ALONG: f64 = 0.9;

/// Maps from leading numbers of a message to a vector along the axes of space.
#[derive(Clone, Debug)]
struct Undone {
    /// For receivers of positive and of negative charge; alike where a world has no charges.
    maps: [AffineMap; 2],
}

impl Undone {
    /// Fitted on all edges: weights keep near collisions from deciding, and on long edges alone there is more noise than force.
    fn of(traffic: &Traffic, leading: &[usize], size: usize, charged: bool) -> Result<Self, LawError> {
        let d = leading.len();
        let all: Vec<usize> =
            (0..traffic.receivers.len()).filter(|row| traffic.toward[row * d..][..d] != [0.0; 3][..d]).collect();
        let fitted = |rows: &[usize]| -> Result<AffineMap, LawError> {
            let messages = rows.iter().flat_map(|row| leading.iter().map(move |c| traffic.messages[row * size + c]));
            let toward = rows.iter().flat_map(|row| traffic.toward[row * d..][..d].iter().copied());
            let messages = Rows::new(d, messages.collect()).map_err(|_| LawError::NotFinite)?;
            let toward = Rows::new(d, toward.collect()).map_err(|_| LawError::NotFinite)?;
            let Parallel { map, along } = Parallel::of(&messages, &toward).ok_or(LawError::NoDirection)?;
            if along < ALONG || map.inverse().is_none() {
                return Err(LawError::NoDirection);
            }
            // One sign and one size for all receivers.
            let mapped: Vec<Vec<f64>> = messages.rows().map(|row| map.apply(row)).collect();
            let sign = |row: usize| if charged { traffic.charges[row][0] * traffic.charges[row][1] } else { 1.0 };
            let pull: f64 = rows
                .iter()
                .zip(toward.rows())
                .zip(&mapped)
                .map(|((row, toward), mapped)| {
                    let along: f64 = toward.iter().zip(mapped).map(|(x, u)| x * u).sum();
                    (sign(*row) * along).signum()
                })
                .sum();
            let sizes = mapped.iter().map(|u| u.iter().map(|x| x * x).sum::<f64>().sqrt()).collect();
            let size = median(sizes).unwrap_or(1.0).copysign(pull);
            let scaled = |numbers: &[f64]| numbers.iter().map(|x| x / size).collect();
            Ok(AffineMap { matrix: scaled(&map.matrix), offset: scaled(&map.offset) })
        };
        if !charged {
            let map = fitted(&all)?;
            return Ok(Self { maps: [map.clone(), map] });
        }
        let of_charge = |negative: bool| {
            let rows: Vec<usize> =
                all.iter().copied().filter(|row| (traffic.charges[*row][0] < 0.0) == negative).collect();
            fitted(&rows)
        };
        Ok(Self { maps: [of_charge(false)?, of_charge(true)?] })
    }

    /// The vector of a message from its leading numbers, for a receiver of this charge.
    fn apply(&self, leading: &[f64], charge: f64) -> Vec<f64> {
        self.maps[usize::from(charge < 0.0)].apply(leading)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Messages that are forces mixed by A = [[2, 1], [−1, 3]] and moved by (7, −5), on vectors in all directions. `own` is what a
    /// receiver makes of them by its charge.
    fn mixed(force: impl Fn([f64; 4]) -> f64, own: impl Fn(f64) -> f64) -> (Traffic, Vec<[f64; 2]>) {
        // Numbers none of which follows from the others: an even filling of radii, directions, masses and charges.
        let numbers = [0.881_271_5, 0.776_639_4, 0.684_430_1, 0.603_168_7, 0.531_555_4];
        let mut traffic = Traffic::default();
        let mut forces = vec![];
        for i in 0..4000 {
            let [radius, turn, mass, one, other] = numbers.map(|step| (f64::from(i) * step).fract());
            let (r, angle) = (0.2 + 2.0 * radius, std::f64::consts::TAU * turn);
            let charges = [one, other].map(|q| if q < 0.5 { -1.0 } else { 1.0 });
            let pull = force([r, 0.5 + mass, charges[0], charges[1]]);
            let [fx, fy] = [pull * angle.cos(), pull * angle.sin()];
            let (sent_x, sent_y) = (fx * own(charges[0]), fy * own(charges[0]));
            traffic.messages.extend([2.0 * sent_x + sent_y + 7.0, 3.0 * sent_y - sent_x - 5.0 * charges[0]]);
            traffic.toward.extend([r * angle.cos(), r * angle.sin()]);
            traffic.receivers.push(1.0);
            traffic.charges.push(charges);
            forces.push([fx, fy]);
        }
        (traffic, forces)
    }

    /// What is undone is the force in all rows, but for one factor.
    fn is_force(traffic: &Traffic, forces: &[[f64; 2]], charged: bool) {
        let undone = Undone::of(traffic, &[0, 1], 2, charged).expect("a direction");
        let rows = traffic.messages.chunks_exact(2).zip(&traffic.charges);
        let along: Vec<Vec<f64>> = rows.map(|(message, charges)| undone.apply(message, charges[0])).collect();
        let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
        let (overlap, square) = along.iter().zip(forces).fold((0.0, 0.0), |(overlap, square), (along, force)| {
            (overlap + product(along, force), square + product(force, force))
        });
        for (along, force) in along.iter().zip(forces) {
            for (found, truth) in along.iter().zip(force) {
                // Medians of a thousand rows for each sign of charge: some per cent.
                let size = product(force, force).sqrt();
                assert!((found * square / overlap - truth).abs() < 0.06 * size, "{found} {truth}");
            }
        }
    }

    #[test]
    fn a_mixture_is_undone_without_knowing_the_force() {
        let (mut traffic, forces) = mixed(|[r, mass, _, _]| mass / (r * r), |_| 1.0);
        // Without charges nothing can depend on them.
        let moved = traffic.messages.iter_mut().skip(1).step_by(2).zip(&traffic.charges);
        moved.for_each(|(message, charges)| *message += 5.0 * charges[0]);
        is_force(&traffic, &forces, false);
        // The same number twice has no direction.
        let twice = Undone::of(&traffic, &[0, 0], 2, false);
        assert_eq!(twice.err(), Some(LawError::NoDirection));
    }

    #[test]
    fn a_mixture_of_forces_that_attract_as_often_as_they_repel_is_undone() {
        let charges = |[r, mass, q1, q2]: [f64; 4]| -q1 * q2 * mass / (r * r);
        let (traffic, forces) = mixed(charges, |_| 1.0);
        is_force(&traffic, &forces, true);
        // A receiver knows its own charge, so that a message may leave it out.
        let (traffic, forces) = mixed(charges, |own| own);
        is_force(&traffic, &forces, true);
        let (traffic, forces) = mixed(|[r, mass, q1, q2]| (mass - 2.0 * q1 * q2) / (r * r), |_| 1.0);
        is_force(&traffic, &forces, true);
    }
}
