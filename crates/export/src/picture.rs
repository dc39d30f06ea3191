//! Pictures that can stand alone: with a caption, the seed and the version below the drawing.

use crate::record::Picture;
use crate::text::escaped;
use std::fmt::Write as _;

/// Height of a line of the caption, and the room around it, in CSS pixels.
const LINE: f64 = 16.0;
const MARGIN: f64 = 8.0;
/// Mean width of a character of the caption, generously.
const CHARACTER: f64 = 6.3;

/// The picture with its caption below it, and title and description for whoever does not see it. `source` is the last line: seed
/// and version. A drawing that is no SVG is handed back as it is.
pub fn captioned(picture: &Picture, source: &str) -> String {
    let Some((attributes, inside)) = opened(&picture.svg) else { return picture.svg.clone() };
    let Some((width, height)) = size(attributes) else { return picture.svg.clone() };
    // Drawn with two pixels to a CSS pixel.
    let (shown, room) = (width / 2.0, (width / 2.0 - 2.0 * MARGIN) / CHARACTER);
    let mut lines = wrapped(&format!("{}. {}", picture.title, picture.caption), room as usize);
    lines.push(source.to_owned());
    let full = height / 2.0 + 2.0 * MARGIN + LINE * lines.len() as f64;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{shown}\" height=\"{full}\" viewBox=\"0 0 {shown} {full}\" role=\"img\">\n\
         <title>{}</title>\n<desc>{} {}</desc>\n<rect width=\"{shown}\" height=\"{full}\" fill=\"#ffffff\"/>\n\
         <g transform=\"scale(0.5)\">",
        escaped(&picture.title),
        escaped(&picture.caption),
        escaped(source)
    );
    svg.push_str(inside);
    svg.push_str("</g>\n<g font-family=\"system-ui, sans-serif\" font-size=\"12\" fill=\"#5f6368\">\n");
    for (i, line) in lines.iter().enumerate() {
        let down = height / 2.0 + MARGIN + LINE * (i as f64 + 0.8);
        let _ = writeln!(svg, "<text x=\"{MARGIN}\" y=\"{down}\">{}</text>", escaped(line));
    }
    svg.push_str("</g>\n</svg>\n");
    svg
}

/// Attributes of the outermost element, and what is inside it.
fn opened(svg: &str) -> Option<(&str, &str)> {
    let start = svg.find("<svg")? + "<svg".len();
    let end = start + svg[start..].find('>')?;
    let close = svg.rfind("</svg>")?;
    (end < close).then(|| (&svg[start..end], &svg[end + 1..close]))
}

fn size(attributes: &str) -> Option<(f64, f64)> {
    let of = |name: &str| {
        let from = attributes.find(&format!("{name}=\""))? + name.len() + 2;
        attributes[from..].split('"').next()?.parse::<f64>().ok()
    };
    Some((of("width")?, of("height")?))
}

/// Words in lines of about so many characters.
fn wrapped(text: &str, room: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if line.chars().count() + 1 + word.chars().count() <= room.max(20) => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
