//! Pictures of molecules: the box, the chain, averages over time, speeds, and the energies of modes.

use crate::drawing::chart::{below, pieces, rule};
use crate::drawing::frame::{Frame, label};
use crate::drawing::notes::Axis;
use crate::drawing::palette::mix;
use crate::drawing::pen::{Drawn, Pen};
use language::tr;
use physics::molecules::average::Estimate;
use physics::molecules::lennard_jones::interaction;
use physics::molecules::speeds::{SpeedHistogram, density};
use physics::molecules::world::{Matter, World};
use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::{HPos, VPos};

/// Room between the box and the edge of the picture.
const MARGIN: f64 = 6.0;

/// The box with its particles, fast ones in the colour of the baseline; or the chain, each mass at its displacement.
pub fn world<DB: DrawingBackend>(pen: &Pen<'_, DB>, world: &World) -> Drawn<DB> {
    match world.matter() {
        Matter::Gas(gas) => {
            let (width, height) = pen.size();
            let side = (width.min(height) - 2.0 * MARGIN).max(1.0);
            let (left, top) = ((width - side) / 2.0, (height - side) / 2.0);
            let scale = side / gas.side();
            let corners = [(left, top), (left + side, top), (left + side, top + side), (left, top + side), (left, top)];
            pen.path(corners, pen.palette.line, 1.0, 1.5)?;
            let frame = Frame {
                across: (left, left + side),
                down: (top, top + side),
                x: (0.0, gas.side()),
                y: (0.0, gas.side()),
            };
            pen.reads(&frame, || [Axis::named("x"), Axis::named("y")]);
            // The root mean square speed divides the slow from the fast.
            let usual = (2.0 * gas.temperature()).sqrt();
            for ([x, y], speed) in world.positions().into_iter().zip(world.speeds()) {
                let color = if speed > usual { pen.palette.baseline } else { pen.palette.hnn };
                let opacity = (0.35 + 0.4 * (speed / usual - 1.0).abs()).min(1.0);
                pen.dot((left + x * scale, top + side - y * scale), (0.45 * scale).max(1.5), color, opacity)?;
            }
        }
        Matter::Chain(chain) => {
            let masses = chain.config().masses;
            let positions = world.positions();
            // What one mode alone can reach, and a little more.
            let half = 1.2 * positions.iter().map(|[_, q]| q.abs()).fold(2.0, f64::max);
            let (width, height) = pen.size();
            let frame = Frame::chart(width, height, 0.0..=(masses + 1) as f64, -half..=half);
            pen.reads(&frame, Default::default);
            for y in Frame::ticks(frame.y, 3) {
                rule(pen, &frame, y, &label(y))?;
            }
            let ends = [[0.0, 0.0], [(masses + 1) as f64, 0.0]];
            let string = std::iter::once(&ends[0]).chain(&positions).chain(std::iter::once(&ends[1]));
            pen.path(string.map(|[x, q]| frame.place(*x, *q)), pen.palette.soft, 0.8, 1.5)?;
            for [x, q] in &positions {
                pen.dot(frame.place(*x, *q), 4.0, pen.palette.hnn, 1.0)?;
            }
        }
    }
    Ok(())
}

/// Running averages of kinetic and potential energy per particle, and where the ensemble says they should go.
pub fn averages<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    history: &[(f64, f64, f64)],
    expected: [Option<Estimate>; 2],
) -> Drawn<DB> {
    let (width, height) = pen.size();
    let last = history.last().map_or(1.0, |(t, ..)| t.max(1.0));
    let values = history.iter().flat_map(|(_, kinetic, potential)| [*kinetic, *potential]);
    let expected_values = expected.iter().flatten().map(|estimate| estimate.mean);
    let (low, high) =
        values.chain(expected_values).fold((f64::MAX, f64::MIN), |(low, high), x| (low.min(x), high.max(x)));
    let (low, high) = if low <= high { (low, high) } else { (0.0, 1.0) };
    let room = 0.1 * (high - low).max(0.1);
    let frame = Frame::chart(width, height, 0.0..=last, low - room..=high + room);
    for y in Frame::ticks(frame.y, 4) {
        rule(pen, &frame, y, &label(y))?;
    }
    below(pen, &frame, &format!(" {}", tr!("time")))?;
    let colors = [pen.palette.baseline, pen.palette.hnn];
    for (estimate, color) in expected.into_iter().zip(colors) {
        if let Some(Estimate { mean, error }) = estimate {
            for (y, opacity) in [(mean, 1.0), (mean - error, 0.4), (mean + error, 0.4)] {
                let ends = [frame.place(0.0, y), frame.place(last, y)];
                if opacity < 1.0 {
                    pen.path(ends, color, opacity, 1.0)?;
                } else {
                    pen.dashed(ends, color, 1.5)?;
                }
            }
        }
    }
    type Curve = fn(&(f64, f64, f64)) -> (f64, f64);
    let curves: [Curve; 2] = [|(t, kinetic, _)| (*t, *kinetic), |(t, _, potential)| (*t, *potential)];
    for (curve, color) in curves.into_iter().zip(colors) {
        for piece in pieces(&frame, history.iter().map(curve)) {
            pen.path(piece, color, 1.0, 2.0)?;
        }
    }
    Ok(())
}

/// The histogram of all speeds so far, and the density of Maxwell and Boltzmann at the measured temperature.
pub fn speeds<DB: DrawingBackend>(pen: &Pen<'_, DB>, seen: &SpeedHistogram, temperature: f64) -> Drawn<DB> {
    let (width, height) = pen.size();
    let densities = seen.densities();
    let right = seen.width() * densities.len() as f64;
    // The density of Rayleigh is highest at √T.
    let top = 1.25 * density(temperature.sqrt(), temperature).max(1e-3);
    let frame = Frame::chart(width, height, 0.0..=right, 0.0..=top);
    below(pen, &frame, &format!(" {}", tr!("speed")))?;
    for (i, height) in densities.iter().enumerate() {
        let (left, right) = (i as f64 * seen.width(), (i + 1) as f64 * seen.width());
        pen.block(
            frame.place(left, height.min(top)),
            frame.place(right, 0.0),
            mix(pen.palette.hnn, pen.palette.card, 0.5),
        )?;
    }
    let curve = (0..=120).map(|i| right * f64::from(i) / 120.0).map(|speed| (speed, density(speed, temperature)));
    pen.path(curve.map(|(x, y)| frame.place(x, y)), pen.palette.truth, 1.0, 2.0)
}

/// The radial distribution so far, and what it would be in a thin gas, exp(−u/T).
pub fn radial<DB: DrawingBackend>(pen: &Pen<'_, DB>, seen: &[(f64, f64)], temperature: f64) -> Drawn<DB> {
    let (width, height) = pen.size();
    let top = 1.1 * seen.iter().map(|(_, g)| *g).fold(1.5, f64::max);
    let right = seen.last().map_or(FARTHEST, |(r, _)| r.min(FARTHEST));
    let frame = Frame::chart(width, height, 0.0..=right, 0.0..=top);
    for y in Frame::ticks(frame.y, 3) {
        rule(pen, &frame, y, &label(y))?;
    }
    below(pen, &frame, &format!(" {}", tr!("distance")))?;
    let thin = (1..=200).map(|i| right * f64::from(i) / 200.0);
    let thin = thin.map(|r| (r, (-interaction(r * r).potential / temperature).exp()));
    for piece in pieces(&frame, thin) {
        pen.dashed(piece, pen.palette.truth, 1.5)?;
    }
    for piece in pieces(&frame, seen.iter().copied().take_while(|(r, _)| *r <= right)) {
        pen.path(piece, pen.palette.hnn, 1.0, 2.0)?;
    }
    Ok(())
}

/// Distances beyond this are as between particles that do not see one another.
const FARTHEST: f64 = 5.0;

/// The mean energy of each mode of a chain, as multiples of an equal share, and the share.
pub fn modes<DB: DrawingBackend>(pen: &Pen<'_, DB>, shares: &[f64], equal: f64) -> Drawn<DB> {
    let (width, height) = pen.size();
    let top = 1.1 * shares.iter().map(|share| share / equal.max(1e-12)).fold(1.5, f64::max);
    let frame = Frame::chart(width, height, 0.5..=shares.len() as f64 + 0.5, 0.0..=top);
    pen.reads(&frame, || [Axis::unit(&format!(" {}", tr!("mode"))).whole(), Axis::default()]);
    for y in Frame::ticks(frame.y, 4) {
        rule(pen, &frame, y, &label(y))?;
    }
    below(pen, &frame, &format!(" {}", tr!("mode")))?;
    for (i, share) in shares.iter().enumerate() {
        let middle = (i + 1) as f64;
        let bar = share / equal.max(1e-12);
        pen.block(frame.place(middle - 0.35, bar), frame.place(middle + 0.35, 0.0), pen.palette.hnn)?;
    }
    let (left, down) = frame.place(0.5, 1.0);
    pen.dashed([(left, down), (frame.across.1, down)], pen.palette.truth, 1.5)?;
    pen.words(tr!("equal shares"), (frame.across.1, down - 3.0), (HPos::Right, VPos::Bottom), pen.palette.soft)
}
