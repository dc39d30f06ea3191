//! Follows a spot through the pictures of a film. A small program of its own, which `film.js` fetches when a film is brought and
//! calls picture by picture.

use data::tracking::{Picture, Scale, Tracker, table};
use wasm_bindgen::prelude::*;

/// A spot under way.
#[wasm_bindgen]
pub struct Way {
    width: usize,
    tracker: Tracker,
    places: Vec<(f64, Option<[f64; 2]>)>,
}

#[wasm_bindgen]
impl Way {
    /// Begins with the spot at a place (column, row) of a picture: four bytes a pixel, `width` pixels in a row.
    ///
    /// Throws a sentence where there is no spot.
    #[wasm_bindgen(constructor)]
    pub fn new(width: usize, pixels: &[u8], x: f64, y: f64) -> Result<Way, JsError> {
        let tracker = Tracker::new(&Picture { width, pixels }, [x, y])?;
        Ok(Self { width, tracker, places: Vec::new() })
    }

    /// The place where it is now.
    pub fn at(&self) -> Vec<f64> {
        self.tracker.at().to_vec()
    }

    /// Looks for it in the picture at a time; whether it is there.
    pub fn follow(&mut self, seconds: f64, pixels: &[u8]) -> bool {
        let place = self.tracker.find(&Picture { width: self.width, pixels });
        self.places.push((seconds, place));
        place.is_some()
    }

    /// Pictures in which it was seen.
    pub fn seen(&self) -> usize {
        self.places.iter().filter(|(_, place)| place.is_some()).count()
    }

    /// Its way as a table. `metres` to a pixel are 0 where that is not known.
    pub fn table(&self, x: f64, y: f64, metres: f64, pivot: bool) -> String {
        let metres = (metres > 0.0 && metres.is_finite()).then_some(metres);
        table(&self.places, &Scale { origin: [x, y], metres, pivot })
    }
}

fn main() {}
