//! From rows to frames: times, velocities, equal steps.

use crate::slope::{Method, estimated};
use crate::table::Table;
use crate::trajectories::coordinates::Coordinates;
use crate::trajectories::{MOST_FRAMES, Trajectories, TrajectoryError};
use crate::units::{Kind, Unit};
use language::{fixed, tr};
use numerics::statistics::median;
use std::f64::consts::TAU;

/// Steps that differ by less than this part of the usual one are equal.
const EVEN: f64 = 0.02;
/// The longest gap that is bridged, in usual steps.
const LONGEST: f64 = 5.0;
/// Velocities fit the positions where they leave less than this part of their slopes unexplained, in the middle of all rows.
const MISFIT: f64 = 0.3;
/// And where they are this near to being equal they are in the same units.
const SAME_UNITS: f64 = 0.05;
/// A slope has to be right for motions so many times as fast as the body's as a whole.
const FASTER: f64 = 4.0;

/// The rows of a motion: of each coordinate its numbers.
pub(super) struct Frames {
    times: Vec<f64>,
    positions: Vec<Vec<f64>>,
    velocities: Vec<Vec<f64>>,
    remarks: Vec<String>,
}

impl Frames {
    /// Of these rows, which have a number in every column that is used.
    pub fn of(table: &Table, coordinates: &Coordinates, rows: &[usize]) -> Result<Self, TrajectoryError> {
        let factor = |column: usize| {
            let unit = table.headings[column].unit.as_deref().and_then(Unit::parse);
            unit.filter(|unit| unit.kind != Kind::Other).map_or(1.0, |unit| unit.factor)
        };
        let numbers = |column: usize| -> Vec<f64> {
            let cell = |row: &usize| table.cell(&table.rows[*row], column).finite().unwrap_or_default();
            rows.iter().map(|row| factor(column) * cell(row)).collect()
        };
        let all = |columns: &[[usize; 2]]| columns.iter().flatten().map(|column| numbers(*column)).collect::<Vec<_>>();
        let times = coordinates.time.map_or_else(|| rows.iter().map(|row| *row as f64).collect(), numbers);
        let mut frames = Self {
            times,
            positions: all(&coordinates.positions),
            velocities: all(&coordinates.velocities),
            remarks: vec![],
        };
        let line = |at: usize| table.rows[rows[at]].line;
        if let Some(at) = frames.times.windows(2).position(|pair| pair[1] <= pair[0]) {
            return Err(TrajectoryError::Order { line: line(at + 1) });
        }
        let step = frames.step();
        let longest = |pair: &[f64]| (pair[1] - pair[0]) / step;
        if let Some(at) = frames.times.windows(2).position(|pair| longest(pair) > LONGEST) {
            let steps = longest(&frames.times[at..at + 2]);
            return Err(TrajectoryError::Break { line: line(at + 1), steps });
        }
        let still = |x: &Vec<f64>| x.iter().all(|value| (value - x[0]).abs() <= 1e-12 * x[0].abs());
        if frames.positions.iter().all(still) {
            return Err(TrajectoryError::Still);
        }
        frames.find_velocities(coordinates.time.is_some());
        Ok(frames)
    }

    fn step(&self) -> f64 {
        median(self.times.windows(2).map(|pair| pair[1] - pair[0]).collect()).unwrap_or(1.0)
    }

    /// Slopes of the positions, and what becomes of velocities that were measured.
    fn find_velocities(&mut self, timed: bool) {
        let method = self.method();
        let slopes: Vec<Vec<f64>> = self.positions.iter().map(|x| estimated(&self.times, x, method)).collect();
        if self.velocities.is_empty() {
            self.remarks.push(tr!("Velocities are computed from the positions.").into());
            self.velocities = slopes;
            return;
        }
        // Slopes are smooth and differences sharp: noise is in the one, close encounters are in the other.
        let inside: Vec<f64> = self.velocities.iter().flatten().copied().collect();
        let means: Vec<f64> = self.velocities.iter().flat_map(|v| v.windows(2).map(|v| (v[0] + v[1]) / 2.0)).collect();
        let steps = |x: &Vec<f64>| -> Vec<f64> {
            x.windows(2).zip(self.times.windows(2)).map(|(x, t)| (x[1] - x[0]) / (t[1] - t[0])).collect()
        };
        let differences: Vec<f64> = self.positions.iter().flat_map(steps).collect();
        let smooth: Vec<f64> = slopes.iter().flatten().copied().collect();
        let both = [factor(&smooth, &inside), factor(&differences, &means)];
        let (ratio, misfit) = if both[1].1 < both[0].1 { both[1] } else { both[0] };
        if !(ratio > 0.0 && misfit < MISFIT) {
            self.remarks.push(
                tr!(
                    "The velocities in the file do not fit the positions: they are computed from the positions instead."
                )
                .into(),
            );
            self.velocities = slopes;
        } else if !timed {
            self.remarks.push(tr!(
                "There is no time: by the velocities a row is {time} after the one before.",
                time = fixed(ratio, 4)
            ));
            self.times.iter_mut().for_each(|time| *time *= ratio);
        } else if (ratio - 1.0).abs() > SAME_UNITS {
            self.remarks.push(tr!(
                "The velocities are in other units than positions over times: they are multiplied by {factor}.",
                factor = fixed(ratio, 4)
            ));
            self.velocities.iter_mut().flatten().for_each(|v| *v *= ratio);
        }
    }

    /// The slopes' method for as many rows as there are to a swing of the motion.
    fn method(&self) -> Method {
        let centred = |x: &Vec<f64>| {
            let mean = x.iter().sum::<f64>() / x.len() as f64;
            x.iter().map(|x| (x - mean).powi(2)).sum::<f64>()
        };
        // From Method::PLAIN, which does not let noise through.
        let slopes = |x: &Vec<f64>| estimated(&self.times, x, Method::PLAIN).iter().map(|v| v * v).sum::<f64>();
        let (far, fast): (f64, f64) =
            (self.positions.iter().map(centred).sum(), self.positions.iter().map(slopes).sum());
        let period = TAU * (far / fast.max(f64::MIN_POSITIVE)).sqrt();
        Method::of(Some(period / self.step() / FASTER))
    }

    /// Frames at equal steps, and no more than are kept. That some are `interpolated` has been said where there are gaps.
    pub fn even(mut self, names: Vec<String>, mut remarks: Vec<String>, interpolated: bool) -> Trajectories {
        let step = self.step();
        remarks.append(&mut self.remarks);
        let even = self.times.windows(2).all(|pair| (pair[1] - pair[0] - step).abs() < EVEN * step);
        let stride = self.times.len().div_ceil(MOST_FRAMES);
        if stride > 1 {
            remarks.push(tr!(
                "One of {stride} rows is used; more than {most} are not needed.",
                stride = stride,
                most = MOST_FRAMES
            ));
        }
        let count = if even {
            self.times.len()
        } else {
            let span = self.times[self.times.len() - 1] - self.times[0];
            (span / step + EVEN) as usize + 1
        };
        let mut found =
            Trajectories { names, dt: step * stride as f64, positions: vec![], velocities: vec![], remarks: vec![] };
        for frame in (0..count).step_by(stride) {
            let at = if even {
                Place { row: frame, part: 0.0, step }
            } else {
                self.place(self.times[0] + frame as f64 * step)
            };
            let (x, v) = self.positions.iter().zip(&self.velocities).map(|(x, v)| at.of(x, v)).unzip();
            found.positions.push(x);
            found.velocities.push(v);
        }
        if !even && !interpolated {
            remarks.push(tr!("Times are not equally spaced: positions are interpolated.").into());
        }
        found.remarks = remarks;
        found
    }

    fn place(&self, time: f64) -> Place {
        let row = self.times.partition_point(|at| *at <= time).clamp(1, self.times.len() - 1) - 1;
        let step = self.times[row + 1] - self.times[row];
        Place { row, part: ((time - self.times[row]) / step).clamp(0.0, 1.0), step }
    }
}

/// What velocities have to be multiplied with to be slopes, and the part of these that is left unexplained. Both are of the middle of
/// all rows: a few whose slopes are wrong do not matter.
fn factor(slopes: &[f64], velocities: &[f64]) -> (f64, f64) {
    let all = || slopes.iter().zip(velocities).filter(|(_, v)| **v != 0.0);
    let middle = |of: &dyn Fn((&f64, &f64)) -> f64| median(all().map(of).collect()).unwrap_or(f64::NAN);
    let size = middle(&|(slope, _)| slope.abs());
    let rough = size / middle(&|(_, v)| v.abs());
    let left = |factor: f64| middle(&|(slope, v)| (slope - factor * v).abs());
    let most = 3.0 * left(rough);
    let near = all().filter(|(slope, v)| (*slope - rough * *v).abs() <= most);
    let (both, own) = near.fold((0.0, 0.0), |(both, own), (slope, v)| (both + slope * v, own + v * v));
    let fine = both / own;
    (fine, left(fine) / size)
}

/// A time between two rows.
struct Place {
    row: usize,
    /// Of the step to the next row.
    part: f64,
    step: f64,
}

impl Place {
    /// Position and velocity there, by the cubic with the positions and velocities of both rows.
    fn of(&self, x: &[f64], v: &[f64]) -> (f64, f64) {
        if self.part == 0.0 {
            return (x[self.row], v[self.row]);
        }
        let (a, b, h, s) = (self.row, self.row + 1, self.step, self.part);
        let (rise, va, vb) = (x[b] - x[a], h * v[a], h * v[b]);
        // x(s) = x_a + va s + c s² + d s³.
        let (c, d) = (3.0 * rise - 2.0 * va - vb, va + vb - 2.0 * rise);
        (x[a] + s * (va + s * (c + s * d)), (va + s * (2.0 * c + 3.0 * s * d)) / h)
    }
}
