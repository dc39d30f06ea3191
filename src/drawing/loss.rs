//! Loss over steps on a logarithmic axis: test losses plain, training losses faint.

use crate::drawing::chart::{below, pieces, rule};
use crate::drawing::frame::{Frame, label};
use crate::drawing::notes::Axis;
use crate::drawing::pen::{Drawn, Pen};
use language::tr;
use models::field::model::ModelKind;
use models::losses::Losses;
use plotters::prelude::{DrawingBackend, RGBColor};

/// One model's history, with what says which model it is.
pub type History<'a, K = ModelKind> = (K, &'a [(u64, Losses)]);

/// The frame of the chart; its vertical coordinate is the logarithm to base ten.
pub fn frame<K>(size: (f64, f64), steps: u64, histories: &[History<'_, K>]) -> Frame {
    let values = histories.iter().flat_map(|(_, history)| history.iter()).flat_map(|(_, l)| [l.train, l.test]);
    let logs: Vec<f64> = values.filter(|loss| *loss > 0.0).map(f64::log10).filter(|log| log.is_finite()).collect();
    let lowest = logs.iter().copied().fold(f64::INFINITY, f64::min);
    let highest = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let range = if lowest <= highest { (lowest - 0.1).min(highest - 0.5)..=highest + 0.1 } else { -2.0..=1.0 };
    Frame::chart(size.0, size.1, 0.0..=steps.max(1) as f64, range)
}

/// Draws the chart of the models of an experiment.
pub fn draw<DB: DrawingBackend>(pen: &Pen<'_, DB>, steps: u64, histories: &[History<'_>]) -> Drawn<DB> {
    let colored: Vec<_> = histories.iter().map(|(kind, history)| (pen.palette.model(*kind), *history)).collect();
    draw_colored(pen, steps, &colored)
}

/// Draws the chart of models that are known by their colour.
pub fn draw_colored<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    steps: u64,
    histories: &[History<'_, RGBColor>],
) -> Drawn<DB> {
    let frame = frame(pen.size(), steps, histories);
    pen.reads(&frame, || [Axis::unit(tr!(" steps")).whole(), Axis::default().of_powers(10.0)]);
    for log in log_ticks(frame.y) {
        rule(pen, &frame, log, &label(10f64.powf(log)))?;
    }
    below(pen, &frame, tr!(" steps"))?;
    for (color, history) in histories {
        for (of, opacity, width) in [
            ((|losses: &Losses| losses.train) as fn(&Losses) -> f64, 0.4, 1.0),
            (|losses: &Losses| losses.test, 1.0, 2.0),
        ] {
            let points = history.iter().map(|(step, losses)| (*step as f64, of(losses).log10()));
            for piece in pieces(&frame, points) {
                pen.path(piece, *color, opacity, width)?;
            }
        }
    }
    Ok(())
}

/// Powers of ten, and 2 and 5 times those where there are few.
pub fn log_ticks(range: (f64, f64)) -> Vec<f64> {
    let within = |factors: &[f64]| -> Vec<f64> {
        let powers = range.0.floor() as i32..=range.1.ceil() as i32;
        let all = powers.flat_map(|power| factors.iter().map(move |factor| factor.log10() + f64::from(power)));
        all.filter(|log| (range.0..=range.1).contains(log)).collect()
    };
    let powers = within(&[1.0]);
    if powers.len() >= 2 { powers } else { within(&[1.0, 2.0, 5.0]) }
}
