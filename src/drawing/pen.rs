//! Lines, dots and words in CSS pixels, on a backend with any number of pixels to one of those.

use crate::drawing::frame::Frame;
use crate::drawing::notes::{Axis, Notes};
use crate::drawing::palette::Palette;
use plotters::coord::Shift;
use plotters::drawing::DrawingAreaErrorKind;
use plotters::element::{Circle, DashedPathElement, PathElement, Polygon, Rectangle, Text};
use plotters::prelude::{DrawingArea, DrawingBackend};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, RGBColor, ShapeStyle, TextStyle};
use std::cell::RefCell;

/// Named here and not looked up by name, which would bring all of Unicode's small letters to the page.
const FONT: FontFamily<'static> = FontFamily::Name("system-ui, sans-serif");

/// Draws on a backend.
pub struct Pen<'a, DB: DrawingBackend> {
    area: &'a DrawingArea<DB, Shift>,
    /// The colours.
    pub palette: Palette,
    scale: f64,
    /// Where marks are written down instead of being drawn.
    notes: Option<&'a RefCell<Notes>>,
}

/// What can go wrong in a backend.
pub type Drawn<DB> = Result<(), DrawingAreaErrorKind<<DB as DrawingBackend>::ErrorType>>;

/// A place in the picture, in CSS pixels.
pub type Place = (f64, f64);

impl<'a, DB: DrawingBackend> Pen<'a, DB> {
    /// A pen on an area with `scale` pixels to a CSS pixel.
    pub fn new(area: &'a DrawingArea<DB, Shift>, palette: Palette, scale: f64) -> Self {
        Self { area, palette, scale, notes: None }
    }

    /// The same, which draws nothing: it writes down what there is to be read off.
    pub fn writing_down(self, notes: &'a RefCell<Notes>) -> Self {
        Self { notes: Some(notes), ..self }
    }

    /// Marks from now on are read off this frame, across and up.
    pub fn reads(&self, frame: &Frame, axes: impl FnOnce() -> [Axis; 2]) {
        if let Some(notes) = self.notes {
            notes.borrow_mut().frame(frame, axes());
        }
    }

    /// What is to be read at a place.
    pub fn says(&self, place: Place, color: RGBColor, words: impl FnOnce() -> String) {
        if let Some(notes) = self.notes {
            notes.borrow_mut().words(place, color, words);
        }
    }

    /// Writes down dots and pieces of lines instead of drawing them, where that is wanted. Rules and outlines say nothing.
    #[inline(never)]
    fn noted(&self, places: &[Place], color: RGBColor) -> bool {
        let Some(notes) = self.notes else { return false };
        if color != self.palette.line && color != self.palette.card {
            let mut notes = notes.borrow_mut();
            match places {
                [place] => notes.mark([*place; 2], color),
                _ => places.windows(2).for_each(|ends| notes.mark([ends[0], ends[1]], color)),
            }
        }
        true
    }

    /// Width and height in CSS pixels.
    pub fn size(&self) -> (f64, f64) {
        let (width, height) = self.area.dim_in_pixel();
        (f64::from(width) / self.scale, f64::from(height) / self.scale)
    }

    /// A line through places.
    pub fn path(
        &self,
        places: impl IntoIterator<Item = Place>,
        color: RGBColor,
        opacity: f64,
        width: f64,
    ) -> Drawn<DB> {
        let places: Vec<_> = places.into_iter().collect();
        if self.noted(&places, color) {
            return Ok(());
        }
        let places: Vec<_> = places.into_iter().map(|place| self.pixels(place)).collect();
        self.area.draw(&PathElement::new(places, self.stroke(color, opacity, width)))
    }

    /// A dashed line through places.
    pub fn dashed(&self, places: impl IntoIterator<Item = Place>, color: RGBColor, width: f64) -> Drawn<DB> {
        let places: Vec<_> = places.into_iter().collect();
        if self.noted(&places, color) {
            return Ok(());
        }
        let places: Vec<_> = places.into_iter().map(|place| self.pixels(place)).collect();
        let [dash, gap] = [5.0, 4.0].map(|length| (length * self.scale).round() as i32);
        self.area.draw(&DashedPathElement::new(places, dash, gap, self.stroke(color, 1.0, width)))
    }

    /// A filled circle.
    pub fn dot(&self, place: Place, radius: f64, color: RGBColor, opacity: f64) -> Drawn<DB> {
        if self.noted(&[place], color) {
            return Ok(());
        }
        self.area.draw(&Circle::new(self.pixels(place), self.length(radius), color.mix(opacity).filled()))
    }

    /// A circle with an outline, filled with the colour of the card.
    pub fn ring(&self, place: Place, radius: f64, color: RGBColor, width: f64) -> Drawn<DB> {
        if self.noted(&[place], color) {
            return Ok(());
        }
        self.dot(place, radius, self.palette.card, 1.0)?;
        self.area.draw(&Circle::new(self.pixels(place), self.length(radius), self.stroke(color, 1.0, width)))
    }

    /// A circle that hides nothing.
    pub fn outline(&self, place: Place, radius: f64, color: RGBColor, width: f64) -> Drawn<DB> {
        if self.noted(&[place], color) {
            return Ok(());
        }
        self.area.draw(&Circle::new(self.pixels(place), self.length(radius), self.stroke(color, 1.0, width)))
    }

    /// A filled rectangle between two corners.
    pub fn block(&self, corner: Place, opposite: Place, color: RGBColor) -> Drawn<DB> {
        // A bar is read at its top.
        if self.noted(&[((corner.0 + opposite.0) / 2.0, corner.1.min(opposite.1))], color) {
            return Ok(());
        }
        self.area.draw(&Rectangle::new([self.pixels(corner), self.pixels(opposite)], color.filled()))
    }

    /// A filled triangle.
    pub fn triangle(&self, corners: [Place; 3], color: RGBColor, opacity: f64) -> Drawn<DB> {
        if self.notes.is_some() {
            return Ok(());
        }
        self.area.draw(&Polygon::new(corners.map(|corner| self.pixels(corner)).to_vec(), color.mix(opacity).filled()))
    }

    /// Words, anchored at a place.
    pub fn words(&self, text: &str, place: Place, anchor: (HPos, VPos), color: RGBColor) -> Drawn<DB> {
        if self.notes.is_some() {
            return Ok(());
        }
        let font = FontDesc::new(FONT, 11.0 * self.scale, FontStyle::Normal);
        let style = TextStyle::from(font).color(&color).pos(Pos::new(anchor.0, anchor.1));
        self.area.draw(&Text::new(text.to_owned(), self.pixels(place), style))
    }

    fn pixels(&self, (across, down): Place) -> (i32, i32) {
        // Far outside the picture is as good as just outside, and fits an integer.
        let pixel = |x: f64| (x.clamp(-1e4, 1e4) * self.scale).round() as i32;
        (pixel(across), pixel(down))
    }

    fn length(&self, css: f64) -> u32 {
        (css * self.scale).round().max(1.0) as u32
    }

    fn stroke(&self, color: RGBColor, opacity: f64, width: f64) -> ShapeStyle {
        color.mix(opacity).stroke_width(self.length(width))
    }
}
