//! A spot followed through the pictures of a film: its centre in each picture, to a fraction of a pixel.
//!
//! A pixel at the edge of the spot is a mixture of its colour and of that around it, so what part of it is the spot can be read off
//! its colour (linear unmixing). The centre is the mean place of the spot's pixels, each weighted by that part. Only what hangs
//! together, is about as large as before and near to where the spot should be by now is taken for it; otherwise it is lost in that
//! picture, and looked for in a wider and wider part of the next ones.

pub use crate::picture::Picture;
use crate::picture::{Colour, EDGE, Region, Window, difference, distance, mean, near};
use language::tr;
use std::fmt::Write;

/// Why a spot cannot be followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TrackError {
    /// The place is not in the picture, or the picture is none.
    #[error("{}", tr!("That place is not in the picture."))]
    Outside,
    /// No edge around the place.
    #[error(
        "{}",
        tr!(
            "What you clicked does not stand out from what is around it. Click a spot of one colour with another colour around it."
        )
    )]
    NoEdge,
}

/// Follows a spot.
#[derive(Clone, Debug)]
pub struct Tracker {
    /// The colour of the spot.
    spot: Colour,
    /// The colour around it.
    ground: Colour,
    /// Its pixels.
    area: f64,
    /// Where it was last seen.
    at: [f64; 2],
    /// How far it went from the picture before to that one.
    step: [f64; 2],
    /// Pictures since.
    lost: u32,
}

/// Distances of colours that are tried for the edge of a spot, widest first.
const EDGES: [f64; 6] = [130.0, 100.0, 75.0, 55.0, 40.0, 28.0];
/// A spot is at most this part of the picture.
const MOST_OF_PICTURE: f64 = 0.125;
/// Fewest pixels of a spot.
const LEAST_AREA: usize = 4;
/// Least distance between the colours of the spot and around it.
const CONTRAST: f64 = 30.0;
/// A pixel belongs to the spot where so much of it does.
const INSIDE: f64 = 0.5;
/// A colour farther off the line between spot and ground, as a part of their distance, is neither.
const FOREIGN: f64 = 0.5;
/// Parts of pixels below this are noise.
const NOISE: f64 = 0.12;
/// How many times larger or smaller than before a spot may be.
const GROWTH: f64 = 3.0;
/// How much of each new picture goes into what the spot looks like.
const MEMORY: f64 = 0.1;

impl Tracker {
    /// Begins with the spot at a place (column, row) of a picture.
    ///
    /// Fails where there is no spot.
    pub fn new(picture: &Picture<'_>, at: [f64; 2]) -> Result<Self, TrackError> {
        let (width, height) = (picture.width, picture.height());
        let inside = |value: f64, size: usize| (value >= 0.0 && value < size as f64).then_some(value as usize);
        let (Some(x), Some(y)) = (inside(at[0], width), inside(at[1], height)) else {
            return Err(TrackError::Outside);
        };
        let mut seed = [0.0; 3];
        let patch: Vec<_> = near((x, y), 1).filter(|(x, y)| *x < width && *y < height).collect();
        for (x, y) in &patch {
            seed.iter_mut().zip(picture.colour(*x, *y)).for_each(|(sum, value)| *sum += value / patch.len() as f64);
        }
        let most = (MOST_OF_PICTURE * (width * height) as f64) as usize;
        for edge in EDGES {
            let mut all = Window::around([0, width - 1, 0, height - 1], 0, picture);
            let alike = |colour: Colour| distance(colour, seed) < edge;
            let Some(region) = picture.region((x, y), &mut all, most, alike) else { continue };
            let Some(ground) = picture.around(&region).filter(|_| region.pixels.len() >= LEAST_AREA) else { continue };
            let spot = mean(picture, &region, |colour| distance(colour, seed) < edge / 2.0).unwrap_or(seed);
            if distance(spot, ground) < CONTRAST {
                continue;
            }
            let mut tracker = Self { spot, ground, area: region.pixels.len() as f64, at, step: [0.0; 2], lost: 0 };
            // As it is found in all later pictures.
            if let Some(centre) = tracker.find(picture) {
                (tracker.at, tracker.step) = (centre, [0.0; 2]);
                return Ok(tracker);
            }
        }
        Err(TrackError::NoEdge)
    }

    /// Where it was last seen: column and row of its centre; the centre of the first pixel is (0.5, 0.5).
    pub fn at(&self) -> [f64; 2] {
        self.at
    }

    /// The centre of the spot in the next picture; nothing where it is not seen, or not as a whole.
    pub fn find(&mut self, picture: &Picture<'_>) -> Option<[f64; 2]> {
        let found = self.seen(picture);
        match found {
            Some((centre, region)) => {
                let steps = f64::from(self.lost + 1);
                self.step = [0, 1].map(|i| (centre[i] - self.at[i]) / steps);
                (self.at, self.lost) = (centre, 0);
                let blend = |old: f64, new: f64| old + MEMORY * (new - old);
                self.area = blend(self.area, region.pixels.len() as f64);
                let core = |colour: Colour| self.part(colour).is_some_and(|part| part > 0.9);
                if let Some(spot) = mean(picture, &region, core) {
                    self.spot = [0, 1, 2].map(|i| blend(self.spot[i], spot[i]));
                }
                // Where it moves over something of its own colour, what is known of its surroundings stays.
                if let Some(ground) = picture.around(&region).filter(|ground| distance(*ground, self.spot) > CONTRAST) {
                    self.ground = ground;
                }
                Some(centre)
            }
            None => {
                self.lost += 1;
                None
            }
        }
    }

    /// The part of a pixel that is the spot, from 0 to 1; nothing for a colour that is neither.
    fn part(&self, colour: Colour) -> Option<f64> {
        let of = |a: Colour, b: Colour| (0..3).map(|i| a[i] * b[i]).sum::<f64>();
        let across = difference(self.spot, self.ground);
        let far = difference(colour, self.ground);
        let length = of(across, across).max(1.0);
        let part = of(far, across) / length;
        let off = [0, 1, 2].map(|i| far[i] - part * across[i]);
        (of(off, off) < FOREIGN * FOREIGN * length).then_some(part.clamp(0.0, 1.0))
    }

    fn seen(&self, picture: &Picture<'_>) -> Option<([f64; 2], Region)> {
        let size = [picture.width, picture.height()];
        let ahead = f64::from(self.lost + 1);
        let expected = [0, 1].map(|i| (self.at[i] + ahead * self.step[i]).clamp(0.0, size[i] as f64 - 1.0));
        let radius = (self.area / std::f64::consts::PI).sqrt();
        let speed = self.step[0].hypot(self.step[1]);
        let reach = (2.0 * radius + 1.5 * speed + 8.0) * 1.5f64.powi(self.lost.min(20) as i32);
        let bounds = [0, 1].map(|i| [(expected[i] - reach).max(0.0), (expected[i] + reach).min(size[i] as f64 - 1.0)]);
        let [columns, rows] = bounds.map(|pair| pair.map(|bound| bound as usize));
        let mut seen = Window::around([columns[0], columns[1], rows[0], rows[1]], 0, picture);
        let inside = |colour: Colour| self.part(colour).is_some_and(|part| part > INSIDE);
        let most = (GROWTH * self.area).ceil() as usize;
        let mut best: Option<(f64, [f64; 2], Region)> = None;
        for place in seen.places() {
            if seen.has(place) || !inside(picture.colour(place.0, place.1)) {
                continue;
            }
            let Some(region) = picture.region(place, &mut seen, most, inside) else { continue };
            let [left, right, top, bottom] = region.bounds;
            let cut = left == 0 || top == 0 || right + 1 == size[0] || bottom + 1 == size[1];
            if (region.pixels.len() as f64) < self.area / GROWTH || cut {
                continue;
            }
            let centre = self.centre(picture, &region)?;
            let far = (centre[0] - expected[0]).hypot(centre[1] - expected[1]);
            if far < reach && best.as_ref().is_none_or(|(nearest, ..)| far < *nearest) {
                best = Some((far, centre, region));
            }
        }
        best.map(|(_, centre, region)| (centre, region))
    }

    /// The mean place of the parts of pixels that are the spot.
    fn centre(&self, picture: &Picture<'_>, region: &Region) -> Option<[f64; 2]> {
        let mut counted = Window::around(region.bounds, EDGE, picture);
        let (mut sum, mut moment) = (0.0, [0.0; 2]);
        for place in region.pixels.iter().flat_map(|place| near(*place, EDGE)) {
            if !counted.take(place) {
                continue;
            }
            let part = self.part(picture.colour(place.0, place.1)).filter(|part| *part > NOISE).unwrap_or(0.0);
            sum += part;
            moment[0] += part * (place.0 as f64 + 0.5);
            moment[1] += part * (place.1 as f64 + 0.5);
        }
        (sum > 0.0).then(|| moment.map(|moment| moment / sum))
    }
}

/// What pixels are in the world.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// The origin: column and row.
    pub origin: [f64; 2],
    /// Metres to a pixel; where it is not known, places stay in pixels.
    pub metres: Option<f64>,
    /// Whether the origin is the pivot of a pendulum, whose angle is wanted.
    pub pivot: bool,
}

/// The spot's way as a table for [`crate::open`]: t in seconds, the angle from the lowest point, x to the right and y upwards. A
/// picture in which it was not seen is a row without them.
pub fn table(way: &[(f64, Option<[f64; 2]>)], scale: &Scale) -> String {
    let unit = if scale.metres.is_some() { " (m)" } else { "" };
    let mut text = format!("t (s),{}x{unit},y{unit}\n", if scale.pivot { "angle (rad)," } else { "" });
    let mut before = 0.0;
    for (time, place) in way {
        let _ = write!(text, "{time:.6}");
        match place {
            Some(place) => {
                let factor = scale.metres.unwrap_or(1.0);
                let (x, y) = (factor * (place[0] - scale.origin[0]), factor * (scale.origin[1] - place[1]));
                if scale.pivot {
                    let turn = std::f64::consts::TAU;
                    let angle = x.atan2(-y);
                    before = angle + turn * ((before - angle) / turn).round();
                    let _ = write!(text, ",{before:.7}");
                }
                let _ = writeln!(text, ",{x:.7},{y:.7}");
            }
            None => text.push_str(if scale.pivot { ",,,\n" } else { ",,\n" }),
        }
    }
    text
}
