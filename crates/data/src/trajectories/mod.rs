//! Several bodies in a plane at equally spaced times, from a table with columns for each: `t, x1, y1, vx1, vy1, x2, …`.
//!
//! | in the table | here |
//! |---|---|
//! | no time | rows are equally spaced; with velocities the step that fits these, without them 1 |
//! | no velocities, or such that do not fit the positions | slopes of the positions ([`crate::slope`]) |
//! | rows with a gap, times that are not equally spaced | cubic pieces through positions and velocities, read off at equal steps |
//! | more than [`MOST_FRAMES`] rows | every second, third, … of them |
//!
//! Lengths are in metres and times in seconds where the units are known. What is not used is said in a remark.

mod coordinates;
mod error;
mod frames;

pub use crate::trajectories::error::TrajectoryError;

use crate::sheet::some;
use crate::table::Table;
use crate::trajectories::coordinates::Coordinates;
use language::tr;
use serde::{Deserialize, Serialize};

/// Fewest and most bodies.
pub const BODIES: (usize, usize) = (3, 10);
/// Fewest frames: of these the last twenty are held out.
pub const FEWEST_FRAMES: usize = 45;
/// Most frames that are kept.
pub const MOST_FRAMES: usize = 400;

/// A motion of several bodies.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Trajectories {
    /// What the bodies are called.
    pub names: Vec<String>,
    /// Time from one frame to the next.
    pub dt: f64,
    /// Positions, frame by frame, each `[n, 2]`.
    pub positions: Vec<Vec<f64>>,
    /// Velocities, in units of length over that of time, frame by frame, each `[n, 2]`.
    pub velocities: Vec<Vec<f64>>,
    /// What was passed over or computed, each a sentence.
    pub remarks: Vec<String>,
}

/// The motion in a file.
///
/// # Errors
/// One sentence that says what is expected, where there is none.
pub fn read(bytes: &[u8]) -> Result<Trajectories, TrajectoryError> {
    Trajectories::of(&crate::open(bytes)?.table)
}

impl Trajectories {
    /// The motion in a table.
    ///
    /// # Errors
    /// As [`read`].
    pub fn of(table: &Table) -> Result<Self, TrajectoryError> {
        let coordinates = Coordinates::of(table)?;
        let mut remarks = coordinates.remarks.clone();
        let used = coordinates.used();
        let filled = |column: usize| table.numbers(column).count();
        let ends = |column: usize| table.numbers(column).last().map_or(0, |(row, _)| row + 1);
        let longest = used.iter().map(|column| ends(*column)).max().unwrap_or_default();
        if let Some(short) = used.iter().copied().find(|column| ends(*column) < longest) {
            let column = table.headings[short].name.clone();
            return Err(TrajectoryError::Lengths { column, rows: ends(short), of: longest });
        }
        let whole = |row: usize| used.iter().all(|column| table.cell(&table.rows[row], *column).finite().is_some());
        let (rows, gaps): (Vec<usize>, Vec<usize>) = (0..longest).partition(|row| whole(*row));
        if rows.len() < FEWEST_FRAMES {
            let sparse = used.iter().copied().min_by_key(|column| filled(*column)).unwrap_or_default();
            let column = table.headings[sparse].name.clone();
            return Err(TrajectoryError::TooFew { rows: rows.len(), column, filled: filled(sparse) });
        }
        if !gaps.is_empty() {
            let lines: Vec<usize> = gaps.iter().map(|row| table.rows[*row].line).collect();
            remarks
                .push(tr!("A number is missing in lines {lines}: these rows are interpolated.", lines = some(&lines)));
        }
        let odd: Vec<usize> = table.ragged.iter().chain(&table.cut_short).map(|(line, _)| *line).collect();
        if !odd.is_empty() {
            remarks.push(tr!(
                "Passed over, because they have another number of cells: lines {lines}.",
                lines = some(&odd)
            ));
        }
        let frames = frames::Frames::of(table, &coordinates, &rows)?;
        Ok(frames.even(coordinates.names, remarks, !gaps.is_empty()))
    }
}
