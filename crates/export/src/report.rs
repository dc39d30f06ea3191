//! One run on one page: self-contained HTML without scripts that reads well on a screen and on paper.

use crate::coordinates::Coordinates;
use crate::record::{Record, facts};
use crate::text::{escaped, short};
use experiments::fields::{FIELDS, Field, Group, Kind};
use experiments::{FieldExperiment, Workbench};
use models::losses::Losses;
use std::fmt::Write as _;

/// The page.
pub fn report(experiment: &FieldExperiment, record: &Record) -> String {
    let title = experiment.preset.label();
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n\
         <title>{0}: a run of Orrery</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{0}</h1>\n",
        escaped(title)
    );
    let _ = writeln!(page, "<p>{}</p>", escaped(&learned_from(experiment)));
    figures(&mut page, record);
    law(&mut page, experiment, record);
    for picture in &record.pictures {
        let _ = writeln!(
            page,
            "<figure>\n{}\n<figcaption><b>{}.</b> {}</figcaption>\n</figure>",
            bare(&picture.svg),
            escaped(&picture.title),
            escaped(&picture.caption)
        );
    }
    settings(&mut page, experiment);
    page.push_str("<h2>Where it comes from</h2>\n<dl>\n");
    for (name, value) in facts(experiment, record) {
        let value = match name.as_str() {
            "link" if value.starts_with("http") => format!("<a href=\"{0}\">{0}</a>", escaped(&value)),
            _ => escaped(&value),
        };
        let _ = writeln!(page, "<dt>{}</dt><dd>{value}</dd>", escaped(&name));
    }
    page.push_str("</dl>\n</main>\n</body>\n</html>\n");
    page
}

/// What was learned from, in sentences.
fn learned_from(experiment: &FieldExperiment) -> String {
    let about = Coordinates::of(experiment).about;
    let samples = experiment.training_samples();
    match &experiment.recording {
        Some(recording) => format!("Learned from {samples} rows of the recording “{}”. {about}", recording.name),
        None if experiment.film_recipe().is_some() => {
            format!("Learned from {samples} samples of simulated films. {about}")
        }
        None => {
            let noise = experiment.data.noise;
            format!("Learned from {samples} simulated samples with noise of {noise}. {about}")
        }
    }
}

fn figures(page: &mut String, record: &Record) {
    let Some(first) = record.models.first() else { return };
    page.push_str("<h2>Figures of merit</h2>\n<table>\n<thead><tr><td></td>");
    for model in &record.models {
        let _ = write!(page, "<th scope=\"col\">{}</th>", escaped(model.kind.label()));
    }
    page.push_str("</tr></thead>\n<tbody>\n");
    let part: [fn(&Losses) -> f64; 2] = [|losses| losses.train, |losses| losses.test];
    for (name, of) in ["training loss", "test loss"].into_iter().zip(part) {
        let _ = write!(page, "<tr><th scope=\"row\">{name}</th>");
        for model in &record.models {
            let value = model.losses.last().map(|(_, losses)| short(of(losses))).unwrap_or_default();
            let _ = write!(page, "<td>{value}</td>");
        }
        page.push_str("</tr>\n");
    }
    for (name, _) in &first.figures {
        let _ = write!(page, "<tr><th scope=\"row\">{}</th>", escaped(name));
        for model in &record.models {
            let value = model.figures.iter().find(|(known, _)| known == name).map(|(_, value)| short(*value));
            let _ = write!(page, "<td>{}</td>", value.unwrap_or_default());
        }
        page.push_str("</tr>\n");
    }
    page.push_str(
        "</tbody>\n</table>\n<p>Mean squares. One seed proves nothing: for the spring the ratio of errors varies a thousandfold between seeds.</p>\n",
    );
}

fn law(page: &mut String, experiment: &FieldExperiment, record: &Record) {
    page.push_str("<h2>Law</h2>\n");
    let formula = experiment.system.mechanics().formula().to_string();
    let whose = if experiment.recording.is_some() { "Reference energy" } else { "True energy" };
    let _ = writeln!(page, "<p>{whose}: <code>{}</code></p>", escaped(&formula));
    if let Some(law) = &record.law {
        let _ = writeln!(page, "<p>Found in what was learned: <code>{}</code></p>", escaped(law));
    }
}

/// All settings that matter to what was learned and shown.
fn settings(page: &mut String, experiment: &FieldExperiment) {
    let workbench = Workbench::from(experiment.clone());
    page.push_str("<h2>Experiment</h2>\n<table class=\"settings\">\n<tbody>\n");
    let matters = |field: &&&Field| {
        matches!(field.group, Group::Own | Group::Data | Group::Training | Group::View)
            && field.key != "page"
            && field.key != "device"
    };
    for field in FIELDS.iter().filter(matters) {
        let Some(value) = field.read(&workbench) else { continue };
        let words = match &field.kind {
            Kind::Choice { options, .. } => options.iter().find(|(key, _)| *key == value).map(|(_, words)| *words),
            _ => None,
        };
        let (label, help) = (escaped(field.label), escaped(field.help));
        let value = escaped(words.unwrap_or(&value));
        let _ = writeln!(page, "<tr><th scope=\"row\">{label}</th><td>{value}</td><td class=\"help\">{help}</td></tr>");
    }
    page.push_str("</tbody>\n</table>\n");
}

/// The drawing without what stands before it in a file of its own.
fn bare(svg: &str) -> &str {
    svg.find("<svg").map_or(svg, |start| &svg[start..])
}

const STYLE: &str = "\
body{margin:0;background:#fff;color:#1d1d1f;font:16px/1.5 system-ui,sans-serif}\
main{max-width:46rem;margin:0 auto;padding:1.5rem}\
h1{font-size:1.6rem;margin:0 0 .5rem}h2{font-size:1.15rem;margin:1.6rem 0 .4rem;border-bottom:1px solid #e4e1da}\
table{border-collapse:collapse;font-variant-numeric:tabular-nums}\
th,td{padding:.15rem .8rem .15rem 0;text-align:right;vertical-align:top}th[scope=row]{text-align:left;font-weight:500}\
.settings td{text-align:left}.help{color:#5f6368}\
figure{margin:1.2rem 0;break-inside:avoid}figure svg{display:block;width:100%;max-width:34rem;height:auto;margin:0 auto}\
figcaption{max-width:34rem;margin:.3rem auto 0;color:#5f6368;font-size:.9rem}\
dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1rem;margin:0}dt{color:#5f6368}dd{margin:0;overflow-wrap:anywhere}\
code{font-family:ui-monospace,monospace;overflow-wrap:anywhere}\
@media print{@page{margin:15mm}body{font-size:10pt}main{max-width:none;padding:0}h2{break-after:avoid}\
tr{break-inside:avoid}a{color:inherit;text-decoration:none}figure svg{max-width:11cm}}";
