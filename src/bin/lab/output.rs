//! What `lab` prints.

use orrery::experiment::preset::Preset;
use serde::Serialize;
use std::collections::BTreeMap;

/// One seed's run.
#[derive(Serialize)]
pub struct SeedReport {
    pub preset: &'static str,
    pub seed: u32,
    pub device: &'static str,
    pub steps: u64,
    pub seconds: f64,
    pub models: BTreeMap<&'static str, ModelReport>,
}

/// One model of it.
#[derive(Serialize)]
pub struct ModelReport {
    pub parameters: usize,
    pub seconds: f64,
    pub steps_per_second: f64,
    pub train_loss: f64,
    pub test_loss: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub test_r2: Option<f64>,
    pub rollout_mse: f64,
    pub energy_mse: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub momentum_error: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub angular_momentum_error: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reconstruction_mse: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub angle_r2: Option<f64>,
    pub diverged: bool,
}

/// The presets and what they are.
pub fn presets() {
    for preset in Preset::ALL {
        println!("{:15} {}", preset.key(), preset.label());
    }
}

/// One object on one line.
pub fn json(report: &SeedReport) -> Result<(), String> {
    println!("{}", serde_json::to_string(report).map_err(|error| error.to_string())?);
    Ok(())
}

/// A few lines for a person.
pub fn table(report: &SeedReport) {
    println!(
        "{} seed {} on {}: {} steps, {:.1} s",
        report.preset, report.seed, report.device, report.steps, report.seconds
    );
    for (name, model) in &report.models {
        println!(
            "  {name:9} train {:.3e}  test {:.3e}  {}  energy {}  rollout {:.2e}  {:.0} steps/s{}",
            model.train_loss,
            model.test_loss,
            seen(model),
            model.energy_mse.map_or("unknown".into(), |x| format!("{x:.2e}")),
            model.rollout_mse,
            model.steps_per_second,
            if model.diverged { "  diverged" } else { "" },
        );
    }
    if let Some(ratio) = ratio(report) {
        println!("  energy error of baseline / HNN: {ratio:.1}");
    }
}

/// How well velocities were predicted, or what was seen of films.
fn seen(model: &ModelReport) -> String {
    match (model.test_r2, model.reconstruction_mse, model.angle_r2) {
        (Some(r2), ..) => format!("R² {r2:.4}"),
        (None, Some(reconstruction), Some(angle)) => format!("pixels {reconstruction:.2e}  R² of the angle {angle:.4}"),
        _ => String::new(),
    }
}

/// The middle of all seeds.
pub fn medians(reports: &[SeedReport]) {
    println!("median of {} seeds", reports.len());
    for name in ["baseline", "hnn"] {
        let of = |figure: fn(&ModelReport) -> Option<f64>| {
            median(reports.iter().filter_map(|report| report.models.get(name)).filter_map(figure).collect())
        };
        if let (Some(energy), Some(test)) = (of(|m| m.energy_mse), of(|m| Some(m.test_loss))) {
            println!("  {name:9} test {test:.3e}  energy {energy:.2e}");
        }
    }
    if let Some(ratio) = median(reports.iter().filter_map(ratio).collect()) {
        println!("  energy error of baseline / HNN: {ratio:.1}");
    }
}

fn ratio(report: &SeedReport) -> Option<f64> {
    let energy = |name| report.models.get(name).and_then(|model: &ModelReport| model.energy_mse);
    Some(energy("baseline")? / energy("hnn")?)
}

fn median(mut figures: Vec<f64>) -> Option<f64> {
    figures.sort_by(f64::total_cmp);
    let middle = figures.len() / 2;
    match figures.len() % 2 {
        _ if figures.is_empty() => None,
        1 => Some(figures[middle]),
        _ => Some((figures[middle - 1] + figures[middle]) / 2.0),
    }
}
