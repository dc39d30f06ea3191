//! Error against the number of trajectories that were learned from, both on logarithmic axes.

use crate::drawing::chart::rule;
use crate::drawing::frame::{Frame, label};
use crate::drawing::notes::Axis;
use crate::drawing::pen::{Drawn, Pen};
use crate::session::series::SeedOutcomes;
use models::field::model::ModelKind;
use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::{HPos, VPos};

/// Draws the energy error of each model.
pub fn draw<DB: DrawingBackend>(pen: &Pen<'_, DB>, done: &[(u32, SeedOutcomes)]) -> Drawn<DB> {
    let points = |kind: ModelKind| {
        let of = move |(size, outcomes): &(u32, SeedOutcomes)| {
            let energy = outcomes.get(&kind)?.energy_inside?;
            (energy > 0.0).then(|| (f64::from(*size).log2(), energy.log10()))
        };
        done.iter().filter_map(of).collect::<Vec<(f64, f64)>>()
    };
    let all: Vec<(f64, f64)> = ModelKind::ALL.into_iter().flat_map(points).collect();
    let bounds = |of: fn(&(f64, f64)) -> f64| {
        all.iter().map(of).fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)))
    };
    let ((left, right), (low, high)) = (bounds(|point| point.0), bounds(|point| point.1));
    if left > right {
        return Ok(());
    }
    let (width, height) = pen.size();
    let frame = Frame::chart(width, height, left - 0.3..=right.max(left + 1.0) + 0.3, low - 0.3..=high + 0.3);
    pen.reads(&frame, || [Axis::default().of_powers(2.0), Axis::default().of_powers(10.0)]);
    let (first, last) = (frame.y.0.ceil() as i32, frame.y.1.floor() as i32);
    for power in first..=last {
        rule(pen, &frame, f64::from(power), &label(10f64.powi(power)))?;
    }
    for (size, _) in done {
        let (across, _) = frame.place(f64::from(*size).log2(), frame.y.0);
        pen.words(&size.to_string(), (across, frame.down.1 + 4.0), (HPos::Center, VPos::Top), pen.palette.soft)?;
    }
    for kind in ModelKind::ALL {
        let places: Vec<_> = points(kind).into_iter().map(|(x, y)| frame.place(x, y)).collect();
        pen.path(places.iter().copied(), pen.palette.model(kind), 1.0, 2.0)?;
        for place in places {
            pen.dot(place, 3.0, pen.palette.model(kind), 1.0)?;
        }
    }
    Ok(())
}
