//! The front of a search: error against complexity, on a logarithmic axis. Every dot is a law, and each is better than all to
//! its left.

use crate::drawing::chart::{below, rule};
use crate::drawing::frame::{Frame, label};
use crate::drawing::pen::{Drawn, Pen};
use jobs::protocol::search::FrontText;
use language::tr;
use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::{HPos, VPos};
use symbolic::tree::Node;

/// Smaller errors are rounding, and drawn here.
const LEAST: f64 = 1e-16;

fn height(error: f64) -> f64 {
    error.max(LEAST).log10()
}

/// The frame of the chart; its vertical coordinate is the logarithm of the error to base ten.
pub fn frame(size: (f64, f64), front: Option<&FrontText>) -> Frame {
    let laws = front.map_or(&[][..], |front| &front.laws);
    let lowest = laws.iter().map(|law| height(law.error)).fold(-1.0, f64::min);
    let longest = laws.iter().map(|law| law.complexity).fold(7, usize::max);
    Frame::chart(size.0, size.1, 0.0..=longest as f64 + 1.0, 1.08 * lowest..=-0.12 * lowest)
}

/// The place in the front of the law whose dot is nearest to a place of the picture.
pub fn nearest(size: (f64, f64), front: &FrontText, across: f64, down: f64) -> Option<usize> {
    let frame = frame(size, Some(front));
    let far = |at: usize| {
        let law = &front.laws[at];
        let place = frame.place(law.complexity as f64, height(law.error));
        (place.0 - across).hypot(place.1 - down)
    };
    (0..front.laws.len()).min_by(|a, b| far(*a).total_cmp(&far(*b)))
}

/// Draws the chart; the law of the complexity `chosen` is marked.
pub fn draw<DB: DrawingBackend>(pen: &Pen<'_, DB>, front: Option<&FrontText>, chosen: Option<usize>) -> Drawn<DB> {
    let frame = frame(pen.size(), front);
    let every = (-frame.y.0 / 5.0).ceil().max(1.0);
    let mut power = 0.0;
    while power >= frame.y.0 {
        let text = if power > -3.5 { label(10f64.powf(power)) } else { format!("1e{power}").replace('-', "−") };
        rule(pen, &frame, power, &text)?;
        power -= every;
    }
    below(pen, &frame, &format!(" {}", tr!("complexity")))?;
    let Some(front) = front else { return Ok(()) };
    let places: Vec<_> = front.laws.iter().map(|law| frame.place(law.complexity as f64, height(law.error))).collect();
    pen.path(places.iter().copied(), pen.palette.hnn, 0.45, 1.5)?;
    for (law, place) in front.laws.iter().zip(places) {
        if chosen == Some(law.complexity) {
            pen.ring(place, 6.5, pen.palette.ink, 2.0)?;
            let side = if place.0 > frame.across.1 - 20.0 { HPos::Right } else { HPos::Center };
            pen.words(tr!("a law" => "shown"), (place.0, place.1 - 10.0), (side, VPos::Bottom), pen.palette.ink)?;
        }
        pen.dot(place, 3.5, pen.palette.hnn, 1.0)?;
    }
    Ok(())
}

/// Room around a node: half its height, and half the width that each of its characters takes.
const NODE: (f64, f64) = (9.0, 3.6);

/// Draws a law as a tree: the root on top, every operator above its arguments.
pub fn tree<DB: DrawingBackend>(pen: &Pen<'_, DB>, nodes: &[Node]) -> Drawn<DB> {
    let (width, height) = pen.size();
    let columns = nodes.iter().map(|node| f64::from(node.across)).fold(0.0, f64::max) + 1.0;
    let depth = nodes.iter().map(|node| f64::from(node.depth)).fold(0.0, f64::max) + 1.0;
    let place = |node: &Node| {
        let (across, down) = ((f64::from(node.across) + 0.5) / columns, (f64::from(node.depth) + 0.5) / depth);
        (across * width, down * height)
    };
    for node in nodes {
        if let Some(parent) = node.parent.and_then(|parent| nodes.get(usize::from(parent))) {
            pen.path([place(parent), place(node)], pen.palette.soft, 0.6, 1.0)?;
        }
    }
    for (at, node) in nodes.iter().enumerate() {
        let (across, down) = place(node);
        let half = NODE.1 * node.text.chars().count() as f64 + 4.0;
        pen.block((across - half, down - NODE.0), (across + half, down + NODE.0), pen.palette.card)?;
        let operator = nodes.iter().any(|other| other.parent.map(usize::from) == Some(at));
        let color = if operator { pen.palette.hnn } else { pen.palette.ink };
        pen.words(&node.text, (across, down), (HPos::Center, VPos::Center), color)?;
    }
    Ok(())
}
