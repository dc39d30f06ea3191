//! The page: self-contained HTML without scripts.

use super::groups::{Group, Results, Summary};
use super::picture::{SIZE, across, color, picture};
use export::text::{escaped, short};
use orrery::drawing::spread::Axis;
use plotters::style::RGBColor;
use std::fmt::Write as _;

const STYLE: &str = "body{margin:0;font:16px/1.5 system-ui,sans-serif;color:#1d1d1f;background:#fff}\
main{max-width:60rem;margin:0 auto;padding:1.5rem}h1{font-size:1.6rem}h2{font-size:1.15rem;margin:2rem 0 .5rem}\
table{border-collapse:collapse;font-size:.875rem;font-variant-numeric:tabular-nums}.wide{overflow-x:auto}\
th,td{padding:.25rem .75rem;text-align:right;border-bottom:1px solid #e4e1da;white-space:nowrap}th{font-weight:600}\
figure{margin:.5rem 0}svg{max-width:100%;height:auto}.soft{color:#5f6368;font-size:.875rem}\
@media print{section{break-inside:avoid}}";

/// The page about the results of a sweep of this name.
pub fn page(results: &Results, name: &str) -> String {
    let title = if name.is_empty() { "A sweep" } else { name };
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{0}: a sweep of Orrery</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{0}</h1>\n",
        escaped(title)
    );
    let _ = writeln!(page, "<p>{}</p>", escaped(&about(results)));
    if results.failed.0 > 0 {
        let reasons: Vec<String> = results.failed.1.iter().take(5).map(|why| escaped(why)).collect();
        let _ = writeln!(page, "<p>{} of the runs failed: {}</p>", results.failed.0, reasons.join(" "));
    }
    for (figure, models) in &results.figures {
        section(&mut page, results, figure, models);
    }
    page.push_str("<h2>The same in all runs</h2>\n");
    let same: Vec<String> =
        results.constant.iter().map(|(name, value)| format!("{} {}", escaped(name), escaped(value))).collect();
    let _ = writeln!(page, "<p class=\"soft\">{}</p>", same.join(" · "));
    let source: Vec<String> =
        results.source.iter().map(|(name, value)| format!("{} {}", escaped(name), escaped(value))).collect();
    let _ = writeln!(page, "<p class=\"soft\">Orrery, {}</p>\n</main>\n</body>\n</html>", source.join(" · "));
    page
}

fn about(results: &Results) -> String {
    let groups = results.groups.len();
    let varied = match results.varied.as_slice() {
        [] => "all with the same settings".to_owned(),
        varied => format!("in {groups} groups that differ in {}", varied.join(", ")),
    };
    format!(
        "{} runs, {varied}; runs of a group differ in their seed. ± is the standard error of the mean.",
        results.runs
    )
}

fn section(page: &mut String, results: &Results, figure: &str, models: &[String]) {
    let _ = writeln!(page, "<section>\n<h2>{}</h2>", escaped(&figure.replace('_', " ")));
    if let Some(svg) = picture(results, figure, models) {
        let shown =
            svg.replacen("<svg ", &format!("<svg role=\"img\" aria-label=\"{}\" ", escaped(&caption(results))), 1);
        let sized = sized(&shown);
        let _ = writeln!(
            page,
            "<figure>\n{sized}\n<figcaption class=\"soft\">{}{}</figcaption>\n</figure>",
            legend(results, models),
            escaped(&caption(results))
        );
    }
    page.push_str("<div class=\"wide\"><table>\n<thead><tr><th scope=\"col\">group</th>");
    for name in &results.varied {
        let _ = write!(page, "<th scope=\"col\">{}</th>", escaped(name));
    }
    for model in models {
        let name = if model.is_empty() { String::new() } else { format!("{} ", escaped(model)) };
        let _ = write!(
            page,
            "<th scope=\"col\">{name}median</th><th scope=\"col\">range</th><th scope=\"col\">mean ±</th><th scope=\"col\">runs</th>"
        );
    }
    page.push_str("</tr></thead>\n<tbody>\n");
    for (number, group) in results.groups.iter().enumerate() {
        let _ = write!(page, "<tr><th scope=\"row\">{}</th>", number + 1);
        group.values.iter().for_each(|value| {
            let _ = write!(page, "<td>{}</td>", escaped(value));
        });
        models.iter().for_each(|model| page.push_str(&cells(group, model, figure)));
        page.push_str("</tr>\n");
    }
    page.push_str("</tbody>\n</table></div>\n</section>\n");
}

/// Median, range, mean with its standard error, and number of runs.
fn cells(group: &Group, model: &str, figure: &str) -> String {
    let Some(Summary { count, median, range, mean, standard_error }) = Summary::of(group.figure(model, figure)) else {
        return "<td>—</td><td>—</td><td>—</td><td>0</td>".into();
    };
    let error = standard_error.map_or(String::new(), |error| format!(" ± {}", short(error)));
    format!(
        "<td>{}</td><td>{} to {}</td><td>{}{error}</td><td>{count}</td>",
        short(median),
        short(range.0),
        short(range.1),
        short(mean)
    )
}

fn caption(results: &Results) -> String {
    let across = match across(results) {
        (Axis::Numbered, _) => "the numbers of the groups".to_owned(),
        (Axis::Logarithmic, _) => format!("{}, on a logarithmic axis", results.varied.join(", ")),
        (Axis::Linear, _) => results.varied.join(", "),
    };
    format!("Across: {across}. A dot is a run, a bar the median of a group.")
}

/// The models and their colours.
fn legend(results: &Results, models: &[String]) -> String {
    let name = |model: &String| {
        let RGBColor(red, green, blue) = color(results, model);
        format!("<b style=\"color:rgb({red},{green},{blue})\">{}</b>", escaped(model))
    };
    let names: Vec<String> = models.iter().filter(|model| !model.is_empty()).map(name).collect();
    if names.is_empty() { String::new() } else { format!("{}. ", names.join(", ")) }
}

/// A drawing at its size in CSS pixels: it was drawn with two pixels to one.
fn sized(svg: &str) -> String {
    let (width, height) = SIZE;
    svg.replacen(&format!("width=\"{}\"", 2 * width), &format!("width=\"{width}\""), 1).replacen(
        &format!("height=\"{}\"", 2 * height),
        &format!("height=\"{height}\""),
        1,
    )
}
