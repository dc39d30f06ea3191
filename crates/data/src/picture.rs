//! Pictures of a film, and what hangs together in them.

/// A picture: red, green, blue and opacity of each pixel, a byte each, row by row.
#[derive(Clone, Copy, Debug)]
pub struct Picture<'a> {
    /// Pixels in a row.
    pub width: usize,
    /// Four bytes a pixel.
    pub pixels: &'a [u8],
}

/// A colour: red, green and blue from 0 to 255.
pub type Colour = [f64; 3];

/// Pixels around a region that its edge may reach into.
pub const EDGE: usize = 2;
/// Pixels around a region that are its surroundings.
const AROUND: usize = 6;

/// What hangs together.
pub struct Region {
    /// Its pixels: column and row.
    pub pixels: Vec<(usize, usize)>,
    /// Least and greatest column, least and greatest row.
    pub bounds: [usize; 4],
}

impl Picture<'_> {
    /// Its rows.
    pub fn height(&self) -> usize {
        if self.width == 0 { 0 } else { self.pixels.len() / (4 * self.width) }
    }

    /// The colour of a pixel.
    pub fn colour(&self, x: usize, y: usize) -> Colour {
        let at = 4 * (y * self.width + x);
        [0, 1, 2].map(|channel| f64::from(self.pixels[at + channel]))
    }

    /// What hangs together with a place, and belongs to it; nothing where that is more than `most` pixels.
    pub fn region(
        &self,
        start: (usize, usize),
        seen: &mut Window,
        most: usize,
        belongs: impl Fn(Colour) -> bool,
    ) -> Option<Region> {
        let mut region = Region { pixels: Vec::new(), bounds: [start.0, start.0, start.1, start.1] };
        let mut next = vec![start];
        seen.take(start);
        while let Some((x, y)) = next.pop() {
            if !belongs(self.colour(x, y)) {
                continue;
            }
            region.pixels.push((x, y));
            let [left, right, top, bottom] = region.bounds;
            region.bounds = [left.min(x), right.max(x), top.min(y), bottom.max(y)];
            if region.pixels.len() > most {
                return None;
            }
            let neighbours = [(x.wrapping_sub(1), y), (x + 1, y), (x, y.wrapping_sub(1)), (x, y + 1)];
            next.extend(neighbours.into_iter().filter(|place| seen.take(*place)));
        }
        Some(region)
    }

    /// The median colour around a region.
    pub fn around(&self, region: &Region) -> Option<Colour> {
        let window = Window::around(region.bounds, AROUND, self);
        let mut inside = window.empty();
        for place in &region.pixels {
            for near in near(*place, EDGE) {
                inside.take(near);
            }
        }
        let mut channels: [Vec<f64>; 3] = Default::default();
        for place in window.places().filter(|place| !inside.has(*place)) {
            let colour = self.colour(place.0, place.1);
            channels.iter_mut().zip(colour).for_each(|(channel, value)| channel.push(value));
        }
        let medians = channels.map(numerics::statistics::median);
        Some([medians[0]?, medians[1]?, medians[2]?])
    }
}

/// Part of a picture, with a mark for each of its pixels.
pub struct Window {
    left: usize,
    top: usize,
    width: usize,
    height: usize,
    marked: Vec<bool>,
}

impl Window {
    /// The columns and rows of these bounds and so many more on each side, within the picture.
    pub fn around([left, right, top, bottom]: [usize; 4], more: usize, picture: &Picture<'_>) -> Self {
        let (left, top) = (left.saturating_sub(more), top.saturating_sub(more));
        let right = (right + more + 1).min(picture.width).max(left);
        let bottom = (bottom + more + 1).min(picture.height()).max(top);
        let (width, height) = (right - left, bottom - top);
        Self { left, top, width, height, marked: vec![false; width * height] }
    }

    /// The same without marks.
    pub fn empty(&self) -> Self {
        Self { marked: vec![false; self.marked.len()], ..*self }
    }

    fn place(&self, (x, y): (usize, usize)) -> Option<usize> {
        let (x, y) = (x.checked_sub(self.left)?, y.checked_sub(self.top)?);
        (x < self.width && y < self.height).then(|| y * self.width + x)
    }

    /// Marks a place; whether it is in the window and was not marked.
    pub fn take(&mut self, place: (usize, usize)) -> bool {
        self.place(place).is_some_and(|at| !std::mem::replace(&mut self.marked[at], true))
    }

    /// Whether a place is marked.
    pub fn has(&self, place: (usize, usize)) -> bool {
        self.place(place).is_some_and(|at| self.marked[at])
    }

    /// Its places, row by row.
    pub fn places(&self) -> impl Iterator<Item = (usize, usize)> + use<> {
        let (left, top, width, height) = (self.left, self.top, self.width, self.height);
        (0..height).flat_map(move |y| (0..width).map(move |x| (left + x, top + y)))
    }
}

/// Places at most so many columns and rows away.
pub fn near((x, y): (usize, usize), far: usize) -> impl Iterator<Item = (usize, usize)> {
    let range = move |at: usize| at.saturating_sub(far)..=at + far;
    range(y).flat_map(move |y| range(x).map(move |x| (x, y)))
}

/// How far a colour is from another, channel by channel.
pub fn difference(a: Colour, b: Colour) -> Colour {
    [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
}

/// How far a colour is from another.
pub fn distance(a: Colour, b: Colour) -> f64 {
    difference(a, b).iter().map(|x| x * x).sum::<f64>().sqrt()
}

/// The mean colour of those pixels of a region that are meant.
pub fn mean(picture: &Picture<'_>, region: &Region, meant: impl Fn(Colour) -> bool) -> Option<Colour> {
    let colours = || region.pixels.iter().map(|(x, y)| picture.colour(*x, *y)).filter(|colour| meant(*colour));
    let count = colours().count();
    (count > 0).then(|| colours().fold([0.0; 3], |sum, colour| [0, 1, 2].map(|i| sum[i] + colour[i] / count as f64)))
}
