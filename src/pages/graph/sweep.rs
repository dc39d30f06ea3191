//! The sweep of message sizes: error on more bodies than a network was trained on, for messages of 1 to 100 numbers. Stated figures, which
//! `lab run` makes; how, is at the head of `sweep.csv`.

use crate::drawing::chart::{below, rule};
use crate::drawing::frame::{Frame, label};
use crate::drawing::notes::Axis;
use crate::drawing::palette::Palette;
use crate::drawing::pen::{Drawn, Pen};
use language::tr;
use plotters::prelude::DrawingBackend;

/// The table.
pub const TABLE: &str = include_str!("sweep.csv");

/// A mean over seeds with its standard error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// The mean.
    pub mean: f64,
    /// The standard error.
    pub error: f64,
}

/// A size of messages and of the world that is asked about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    /// Bodies that the networks were trained on.
    pub trained: usize,
    /// Numbers of a message.
    pub message: usize,
    /// Bodies that they were asked about.
    pub bodies: usize,
    /// Networks, each of another seed.
    pub seeds: usize,
    /// Σ|â − a|/Σ|a|: as trained, and with the constant part of messages moved into the second network.
    pub errors: [Spread; 2],
}

/// The rows of a table; a line that is none is left out.
pub fn rows(table: &str) -> Vec<Row> {
    let row = |line: &str| {
        let mut cells = line.split(',');
        let mut whole = || cells.next()?.trim().parse::<usize>().ok();
        let (trained, message, bodies, seeds) = (whole()?, whole()?, whole()?, whole()?);
        let mut number = || cells.next()?.trim().parse::<f64>().ok();
        let mut spread = || Some(Spread { mean: number()?, error: number()? });
        Some(Row { trained, message, bodies, seeds, errors: [spread()?, spread()?] })
    };
    table.lines().filter_map(row).collect()
}

/// What is shown of the table.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Shown {
    /// Whether networks that were trained on six bodies instead of four.
    pub six: bool,
    /// Whether with the constant part of messages moved.
    pub moved: bool,
}

impl Shown {
    /// Bodies in training.
    pub fn trained(self) -> usize {
        if self.six { 6 } else { 4 }
    }

    /// The rows of these networks.
    pub fn of(self, rows: &[Row]) -> Vec<Row> {
        rows.iter().filter(|row| row.trained == self.trained()).copied().collect()
    }

    /// The error of a row that is shown.
    pub fn error(self, row: &Row) -> Spread {
        row.errors[usize::from(self.moved)]
    }
}

/// The sizes of messages in a table, each once.
pub fn sizes(rows: &[Row]) -> Vec<usize> {
    let mut sizes: Vec<usize> = rows.iter().map(|row| row.message).collect();
    sizes.sort_unstable();
    sizes.dedup();
    sizes
}

/// Draws error against bodies, a line for each size of messages with one standard error up and down.
pub fn draw<DB: DrawingBackend>(pen: &Pen<'_, DB>, rows: &[Row], shown: Shown) -> Drawn<DB> {
    let rows = shown.of(rows);
    let (Some(first), Some(last)) = (rows.iter().map(|row| row.bodies).min(), rows.iter().map(|row| row.bodies).max())
    else {
        return Ok(());
    };
    let top = rows.iter().map(|row| shown.error(row)).map(|spread| spread.mean + spread.error).fold(0.05, f64::max);
    let (width, height) = pen.size();
    let frame = Frame::chart(width, height, first as f64 - 0.5..=last as f64 + 0.5, 0.0..=1.05 * top);
    pen.reads(&frame, || [Axis::unit(tr!(" bodies")).whole(), Axis::default()]);
    for y in Frame::ticks(frame.y, 3) {
        rule(pen, &frame, y, &label(y))?;
    }
    below(pen, &frame, tr!(" bodies"))?;
    let sizes = sizes(&rows);
    for (i, size) in sizes.iter().enumerate() {
        let color = Palette::run(i as u32);
        let aside = 0.06 * (i as f64 - 0.5 * (sizes.len() - 1) as f64);
        let of_size: Vec<&Row> = rows.iter().filter(|row| row.message == *size).collect();
        let place = |row: &Row, y: f64| frame.place(row.bodies as f64 + aside, y);
        pen.path(of_size.iter().map(|row| place(row, shown.error(row).mean)), color, 1.0, 2.0)?;
        for row in of_size {
            let Spread { mean, error } = shown.error(row);
            pen.path([place(row, mean - error), place(row, mean + error)], color, 0.8, 1.5)?;
            pen.dot(place(row, mean), 2.5, color, 1.0)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Shown, TABLE, rows, sizes};

    #[test]
    fn the_table_has_every_size_with_error_bars() {
        let all = rows(TABLE);
        assert_eq!(sizes(&all), [1, 2, 3, 10, 50, 100]);
        for six in [false, true] {
            let shown = Shown { six, moved: false };
            let of = shown.of(&all);
            // Asked about 4, 6, 8, 10 and 12 bodies.
            assert_eq!(of.len(), 6 * 5);
            for row in of {
                assert!(
                    row.seeds == 5 && row.errors.iter().all(|spread| spread.mean > 0.0 && spread.error >= 0.0),
                    "{row:?}"
                );
            }
        }
        assert!(rows("# a word\n4,x,1\n").is_empty());
    }
}
