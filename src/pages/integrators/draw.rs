//! Errors against the size of a step, both on logarithmic axes: each scheme is a straight line whose slope is its order.

use crate::drawing::chart::rule;
use crate::drawing::frame::Frame;
use crate::drawing::notes::Axis;
use crate::drawing::palette::Palette;
use crate::drawing::pen::{Drawn, Pen};
use jobs::protocol::convergence::SchemeReport;
use language::{translated, written};
use physics::integrator::Scheme;
use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::{HPos, VPos};

/// Which error is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ErrorOf {
    /// Of the state at a fixed time.
    #[default]
    State,
    /// Of the energy, the largest on the way.
    Energy,
}

/// Errors outside this many powers of ten are left out.
const POWERS: (f64, f64) = (-15.0, 2.0);

/// Room that the name of a line takes.
const LABEL_HEIGHT: f64 = 13.0;

/// Draws one line for each scheme.
pub fn draw<DB: DrawingBackend>(pen: &Pen<'_, DB>, convergence: &[SchemeReport], of: ErrorOf) -> Drawn<DB> {
    let point = |(dt, state, energy): &(f64, f64, f64)| {
        let error = if of == ErrorOf::State { *state } else { *energy };
        (dt.log10(), error.log10())
    };
    let shown = |(_, y): &(f64, f64)| y.is_finite() && *y >= POWERS.0 && *y <= POWERS.1;
    let all: Vec<(f64, f64)> =
        convergence.iter().flat_map(|convergence| &convergence.errors).map(point).filter(shown).collect();
    let range = |values: &mut dyn Iterator<Item = f64>, usual: (f64, f64)| {
        let (low, high) = values.fold((f64::MAX, f64::MIN), |(low, high), x| (low.min(x), high.max(x)));
        if low < high { (low, high) } else { usual }
    };
    let x = range(&mut all.iter().map(|(x, _)| *x), (-3.0, 0.0));
    let y = range(&mut all.iter().map(|(_, y)| *y), (-10.0, 0.0));
    let (width, height) = pen.size();
    let frame = Frame::chart(width, height, x.0 - 0.1..=x.1 + 0.1, y.0.floor()..=y.1.ceil());
    pen.reads(&frame, || [Axis::named("Δt").of_powers(10.0), Axis::default().of_powers(10.0)]);
    let every = ((frame.y.1 - frame.y.0) / 7.0).ceil().max(1.0);
    let mut power = frame.y.0;
    while power <= frame.y.1 {
        rule(pen, &frame, power, &format!("1e{power}").replace('-', "−"))?;
        power += every;
    }
    for dt in [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4] {
        let at = f64::log10(dt);
        if at > frame.x.0 && at < frame.x.1 {
            let (across, _) = frame.place(at, frame.y.0);
            let words = written(dt.to_string());
            pen.words(&words, (across, frame.down.1 + 4.0), (HPos::Center, VPos::Top), pen.palette.soft)?;
        }
    }
    let mut labels: Vec<(f64, f64, Scheme)> = vec![];
    for convergence in convergence {
        let places: Vec<_> =
            convergence.errors.iter().map(point).filter(shown).map(|(x, y)| frame.place(x, y)).collect();
        for place in &places {
            pen.dot(*place, 2.5, Palette::scheme(convergence.scheme), 1.0)?;
        }
        labels.extend(places.last().map(|last| (last.1 - 6.0, last.0, convergence.scheme)));
        pen.path(places, Palette::scheme(convergence.scheme), 1.0, 1.8)?;
    }
    // Lines that end close together have their names one below the other.
    labels.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut lowest = f64::MIN;
    for (down, across, scheme) in labels {
        let down = down.max(lowest + LABEL_HEIGHT);
        lowest = down;
        let (side, across) =
            if across > frame.across.1 - 90.0 { (HPos::Right, frame.across.1) } else { (HPos::Left, across) };
        pen.words(translated(scheme.name()), (across, down), (side, VPos::Bottom), Palette::scheme(scheme))?;
    }
    Ok(())
}
