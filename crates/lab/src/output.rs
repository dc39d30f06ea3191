//! What `lab` prints.

use autodiff::engine::{Engine, EngineError};
use experiments::graph::GraphExperiment;
use experiments::interaction::InteractionExperiment;
use experiments::ode::OdeExperiment;
use experiments::preset::Preset;
use experiments::recurrent::RecurrentExperiment;
use experiments::relational::RelationalExperiment;
use models::graph::report::{Agreement, MessageReport};
use models::messages::comparison::Truth;
use models::relational::recipe::Inference;
use numerics::statistics::median;
use physics::interactions::domain::Domain;
use serde::Serialize;
use std::collections::BTreeMap;

/// One seed's run; what is said of a model depends on its kind.
#[derive(Serialize)]
pub struct SeedReport<Model> {
    pub preset: String,
    pub seed: u32,
    pub device: &'static str,
    pub steps: u64,
    pub seconds: f64,
    pub models: BTreeMap<&'static str, Model>,
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
    /// From the paper's starts.
    pub energy_mse: Option<f64>,
    /// From starts like those of the data, where the paper's are others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub energy_mse_inside: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rollout_mse_inside: Option<f64>,
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

/// One graph network of it.
#[derive(Serialize)]
pub struct NetworkReport {
    pub messages: &'static str,
    pub message_dim: usize,
    pub parameters: usize,
    pub seconds: f64,
    pub steps_per_second: f64,
    pub train_loss: f64,
    pub test_loss: f64,
    pub message_r2: Messages,
    /// Σ|â − a|/Σ|a| in fresh worlds of so many bodies, their median.
    pub zero_shot: BTreeMap<usize, f64>,
    /// The same with the constant part of the messages moved into the second network.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub zero_shot_centred: BTreeMap<usize, f64>,
}

/// How well true forces explain messages: against the one they are closer to, and against both.
#[derive(Serialize)]
pub struct Messages {
    pub target: &'static str,
    pub plain: f64,
    pub trimmed: f64,
    pub force: Fits,
    pub force_per_mass: Fits,
}

/// R² by least squares, and without the tenth that fits worst.
#[derive(Clone, Copy, Serialize)]
pub struct Fits {
    pub plain: f64,
    pub trimmed: f64,
}

impl Messages {
    pub fn of(report: &MessageReport) -> Self {
        let of =
            |figure: fn(&Agreement) -> f64| Fits { plain: figure(&report.plain), trimmed: figure(&report.trimmed) };
        let (force, force_per_mass) = (of(|found| found.force), of(|found| found.force_per_mass));
        let (target, Fits { plain, trimmed }) = match report.truth {
            Truth::Force => ("force", force),
            Truth::ForcePerMass => ("force_per_mass", force_per_mass),
        };
        Self { target, plain, trimmed, force, force_per_mass }
    }
}

/// The presets and what they are.
pub fn presets() {
    for preset in Preset::ALL {
        println!("{:23} {}", preset.key(), preset.label());
    }
    for graph in GraphExperiment::names().filter_map(|name| GraphExperiment::named(&name)) {
        let recipe = if graph.paper { "paper" } else { "quick" };
        println!("{:23} Graph network, {} ({recipe})", graph.name(), graph.world.label());
    }
    for domain in Domain::ALL {
        println!("{:23} Interaction network, {} (quick)", InteractionExperiment::of(domain).name(), domain.label());
    }
    for hidden in RelationalExperiment::names().filter_map(|name| RelationalExperiment::named(&name)) {
        let by = if hidden.inference == Inference::Amortised { "by an encoder" } else { "free" };
        println!("{:23} Hidden graph, {} ({by})", hidden.name(), hidden.coupling.label());
    }
    for (name, label) in OdeExperiment::names() {
        println!("{name:23} Graph networks through an integrator: {label}");
    }
    for (name, label) in RecurrentExperiment::names() {
        println!("{name:23} Networks at a coarse step: {label}");
    }
}

/// One object on one line.
pub fn json(report: &impl Serialize) -> Result<(), String> {
    println!("{}", serde_json::to_string(report).map_err(|error| error.to_string())?);
    Ok(())
}

/// A few lines for a person.
pub fn table(report: &SeedReport<ModelReport>) {
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
            energies(model),
            model.rollout_mse_inside.unwrap_or(model.rollout_mse),
            model.steps_per_second,
            if model.diverged { "  diverged" } else { "" },
        );
    }
    print_ratios(ratio(report, inside), ratio(report, papers));
}

/// The energy error from starts like those of the data, and from the paper's where these are others.
fn energies(model: &ModelReport) -> String {
    let papers = model.energy_mse.map_or("unknown".into(), |x| format!("{x:.2e}"));
    model.energy_mse_inside.map_or(papers.clone(), |inside| format!("{inside:.2e} (paper's starts {papers})"))
}

fn papers(model: &ModelReport) -> Option<f64> {
    model.energy_mse
}

fn inside(model: &ModelReport) -> Option<f64> {
    model.energy_mse_inside
}

fn print_ratios(inside: Option<f64>, papers: Option<f64>) {
    match (inside, papers) {
        (Some(inside), Some(papers)) => {
            println!("  energy error of baseline / HNN: {inside:.1}; from the paper's starts {papers:.1}");
        }
        (None, Some(ratio)) => println!("  energy error of baseline / HNN: {ratio:.1}"),
        _ => {}
    }
}

/// A few lines for a person about graph networks.
pub fn networks(report: &SeedReport<NetworkReport>) {
    println!("{} seed {}: {} steps, {:.1} s", report.preset, report.seed, report.steps, report.seconds);
    for network in report.models.values() {
        let Messages { force, force_per_mass, .. } = network.message_r2;
        println!(
            "  {} ({}): test {:.3}; R² plain F {:.3} F/m {:.3}, trimmed F {:.3} F/m {:.3}; {:.1} s",
            network.messages,
            network.message_dim,
            network.test_loss,
            force.plain,
            force_per_mass.plain,
            force.trimmed,
            force_per_mass.trimmed,
            network.seconds,
        );
        for (name, found) in [("as trained", &network.zero_shot), ("centred", &network.zero_shot_centred)] {
            let errors: Vec<String> = found.iter().map(|(bodies, error)| format!("{bodies}: {error:.3}")).collect();
            if !errors.is_empty() {
                println!("    relative error with so many bodies, {name}: {}", errors.join("  "));
            }
        }
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
pub fn medians(reports: &[SeedReport<ModelReport>]) {
    println!("median of {} seeds", reports.len());
    for name in ["baseline", "hnn"] {
        let of = |figure: fn(&ModelReport) -> Option<f64>| {
            median(reports.iter().filter_map(|report| report.models.get(name)).filter_map(figure).collect())
        };
        if let (Some(energy), Some(test)) = (of(papers), of(|m| Some(m.test_loss))) {
            let papers =
                of(inside).map_or(format!("{energy:.2e}"), |x| format!("{x:.2e} (paper's starts {energy:.2e})"));
            println!("  {name:9} test {test:.3e}  energy {papers}");
        }
    }
    let ratios =
        |of: fn(&ModelReport) -> Option<f64>| median(reports.iter().filter_map(|report| ratio(report, of)).collect());
    print_ratios(ratios(inside), ratios(papers));
}

fn ratio(report: &SeedReport<ModelReport>, of: fn(&ModelReport) -> Option<f64>) -> Option<f64> {
    let energy = |name| report.models.get(name).and_then(of);
    Some(energy("baseline")? / energy("hnn")?)
}

/// What a device did not do, as a sentence.
pub fn failed(engine: &Engine, error: EngineError) -> String {
    format!("The {} engine {error}.", engine.name())
}
