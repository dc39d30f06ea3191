//! What is drawn on: SVG text, or a canvas in the browser. One type for both, so that every drawing function is compiled once.

use plotters::prelude::{DrawingBackend, SVGBackend};
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingErrorKind};
use std::fmt;

use crate::drawing::palette::Palette;
use crate::drawing::pen::{Drawn, Pen};
use plotters::prelude::IntoDrawingArea;

/// SVG or a canvas.
pub enum Surface<'a> {
    /// Text.
    Svg(Box<SVGBackend<'a>>),
    /// Pixels of the page.
    #[cfg(feature = "page")]
    Canvas(plotters_canvas::CanvasBackend),
}

/// What went wrong, in words.
#[derive(Debug)]
pub struct SurfaceError(String);

impl fmt::Display for SurfaceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for SurfaceError {}

/// Pixels of an SVG to a CSS pixel: plotters has whole pixels only.
pub const SVG_SCALE: f64 = 2.0;

/// A drawing of this size in CSS pixels as SVG, in the colours of the day.
pub fn svg(size: (f64, f64), draw: impl FnOnce(&Pen<'_, Surface<'_>>) -> Drawn<Surface<'static>>) -> String {
    let mut text = String::new();
    {
        let pixels = |length: f64| (length * SVG_SCALE).round() as u32;
        let backend = SVGBackend::with_string(&mut text, (pixels(size.0), pixels(size.1)));
        let area = Surface::Svg(Box::new(backend)).into_drawing_area();
        // Writing into a text cannot fail; a stroke that did would be left out.
        let _ = draw(&Pen::new(&area, Palette::LIGHT, SVG_SCALE));
    }
    text
}

type Done = Result<(), DrawingErrorKind<SurfaceError>>;

fn told<E: std::error::Error + Send + Sync>(result: Result<(), DrawingErrorKind<E>>) -> Done {
    result.map_err(|error| DrawingErrorKind::DrawingError(SurfaceError(error.to_string())))
}

/// The same call on whichever it is.
macro_rules! on {
    ($surface:expr, $backend:ident => $call:expr) => {
        match $surface {
            Surface::Svg($backend) => told($call),
            #[cfg(feature = "page")]
            Surface::Canvas($backend) => told($call),
        }
    };
}

impl DrawingBackend for Surface<'_> {
    type ErrorType = SurfaceError;

    fn get_size(&self) -> (u32, u32) {
        match self {
            Surface::Svg(backend) => backend.get_size(),
            #[cfg(feature = "page")]
            Surface::Canvas(backend) => backend.get_size(),
        }
    }

    fn ensure_prepared(&mut self) -> Done {
        on!(self, backend => backend.ensure_prepared())
    }

    fn present(&mut self) -> Done {
        on!(self, backend => backend.present())
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Done {
        on!(self, backend => backend.draw_pixel(point, color))
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Done {
        on!(self, backend => backend.draw_line(from, to, style))
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        corner: BackendCoord,
        opposite: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Done {
        on!(self, backend => backend.draw_rect(corner, opposite, style, fill))
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Done {
        let path: Vec<BackendCoord> = path.into_iter().collect();
        on!(self, backend => backend.draw_path(path, style))
    }

    fn draw_circle<S: BackendStyle>(&mut self, center: BackendCoord, radius: u32, style: &S, fill: bool) -> Done {
        on!(self, backend => backend.draw_circle(center, radius, style, fill))
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, corners: I, style: &S) -> Done {
        let corners: Vec<BackendCoord> = corners.into_iter().collect();
        on!(self, backend => backend.fill_polygon(corners, style))
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, place: BackendCoord) -> Done {
        on!(self, backend => backend.draw_text(text, style, place))
    }
}
