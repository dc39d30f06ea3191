//! Which part of a picture shows which part of a plane, and back: drawing and pointing use the same map.

use std::ops::RangeInclusive;

/// A rectangle of a picture, in CSS pixels, and the ranges of the coordinates shown in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    /// Left and right edge.
    pub across: (f64, f64),
    /// Top and bottom edge.
    pub down: (f64, f64),
    /// Horizontal coordinate at the left and right edge.
    pub x: (f64, f64),
    /// Vertical coordinate at the bottom and top edge.
    pub y: (f64, f64),
}

/// Room for the labels of a chart.
const LABELS: (f64, f64) = (40.0, 20.0);
const MARGIN: f64 = 8.0;

impl Frame {
    /// The largest centred square of a picture, showing ±half in both directions.
    pub fn square(width: f64, height: f64, half: f64) -> Self {
        let side = (width.min(height) - 2.0 * MARGIN).max(1.0);
        let (left, top) = ((width - side) / 2.0, (height - side) / 2.0);
        Self { across: (left, left + side), down: (top, top + side), x: (-half, half), y: (-half, half) }
    }

    /// A chart that fills a picture but for its labels.
    pub fn chart(width: f64, height: f64, x: RangeInclusive<f64>, y: RangeInclusive<f64>) -> Self {
        let right = (width - MARGIN).max(LABELS.0 + 1.0);
        let bottom = (height - LABELS.1).max(MARGIN + 1.0);
        Self { across: (LABELS.0, right), down: (MARGIN, bottom), x: (*x.start(), *x.end()), y: (*y.start(), *y.end()) }
    }

    /// Where a point of the plane lies in the picture.
    pub fn place(&self, x: f64, y: f64) -> (f64, f64) {
        let part = |value: f64, range: (f64, f64)| (value - range.0) / (range.1 - range.0);
        (
            self.across.0 + part(x, self.x) * (self.across.1 - self.across.0),
            self.down.1 - part(y, self.y) * (self.down.1 - self.down.0),
        )
    }

    /// The point of the plane at a place of the picture; `None` outside the frame.
    pub fn value(&self, across: f64, down: f64) -> Option<(f64, f64)> {
        let inside = |at: f64, range: (f64, f64)| at >= range.0 - 0.5 && at <= range.1 + 0.5;
        if !inside(across, self.across) || !inside(down, self.down) {
            return None;
        }
        let blend = |part: f64, range: (f64, f64)| range.0 + part.clamp(0.0, 1.0) * (range.1 - range.0);
        Some((
            blend((across - self.across.0) / (self.across.1 - self.across.0), self.x),
            blend((self.down.1 - down) / (self.down.1 - self.down.0), self.y),
        ))
    }

    /// Round values to label a range with, about `count` of them.
    pub fn ticks(range: (f64, f64), count: usize) -> Vec<f64> {
        let rough = (range.1 - range.0) / count.max(1) as f64;
        let power = 10f64.powf(rough.log10().floor());
        let step = [1.0, 2.0, 5.0, 10.0].map(|m| m * power).into_iter().find(|step| *step >= rough).unwrap_or(rough);
        if !(step > 0.0 && step.is_finite()) {
            return vec![];
        }
        let first = (range.0 / step).ceil() as i64;
        let last = (range.1 / step + 1e-9).floor() as i64;
        (first..=last).map(|i| i as f64 * step).collect()
    }
}

/// A tick's value in as few digits as tell it.
pub fn label(value: f64) -> String {
    let rounded = (value * 1e6).round() / 1e6;
    let text = if rounded != 0.0 && (rounded.abs() >= 1e5 || rounded.abs() < 1e-3) {
        format!("{rounded:e}")
    } else {
        rounded.to_string()
    };
    language::written(text).replace('-', "−")
}
