//! Interaction networks and inferred graphs: what `lab run in-…` and `lab run nri-…` print.

use crate::networks::{self, NetworksReport, Trained};
use crate::resources::Resources;
use experiments::interaction::InteractionExperiment;
use jobs::protocol::relations::RelationalTask;
use jobs::related::interactions::InteractionLaboratory;
use jobs::related::relations::RelationalLaboratory;
use models::interaction::score::SizeScore;
use models::relational::score::AHEAD;
use models::relational::yardsticks::PairNumbers;
use physics::coupled::system::pairs;
use serde_json::{Map, Value, json};

/// Trains the networks of a domain side by side, and asks each about several numbers of bodies.
pub fn interactions(experiment: &InteractionExperiment, with: &Resources<'_>) -> Result<NetworksReport, String> {
    let figures = |laboratory: &InteractionLaboratory, trained: &[Trained]| {
        let mut models = Map::new();
        models.insert("constant_velocity".into(), by_size(&laboratory.constant_velocity()));
        for (number, Trained { name, parameters, .. }) in trained.iter().enumerate() {
            let mut figures = by_size(&laboratory.scores(number, parameters));
            if let Some(ratio) = laboratory.energy_ratio(number, parameters) {
                figures["energy_ratio"] = json!(ratio);
            }
            models.insert((*name).into(), figures);
        }
        json!({ "models": models })
    };
    networks::seed::<InteractionLaboratory>(experiment.name(), experiment.seed, experiment, with, figures)
}

/// Figures of merit, each an object from number of bodies to figure.
fn by_size(scores: &[SizeScore]) -> Value {
    let of = |figure: fn(&SizeScore) -> f64| -> Map<String, Value> {
        scores.iter().map(|score| (score.bodies.to_string(), json!(figure(score)))).collect()
    };
    if scores.is_empty() {
        return json!({});
    }
    json!({
        "mse": of(|score| score.mse),
        "mse_ratio": of(|score| score.mse_ratio),
        "median_ratio": of(|score| score.median_ratio),
        "rollout_steps": of(|score| score.rollout_steps),
    })
}

/// Infers graphs, and predicts held-out frames with them.
pub fn hidden(task: &RelationalTask, with: &Resources<'_>) -> Result<NetworksReport, String> {
    let figures = |laboratory: &RelationalLaboratory, trained: &[Trained]| {
        let mut found = json!({});
        if let Some(yardsticks) = laboratory.yardsticks() {
            found["yardsticks"] = json!(yardsticks);
        }
        let model = trained.first().map(|trained| laboratory.model(&trained.parameters));
        if let Some(graphs) = model.as_ref().and_then(|model| model.graph_score()) {
            found["edge_accuracy"] = json!(graphs.edge_accuracy);
            found["graph_accuracy"] = json!(graphs.graph_accuracy);
        }
        if let Some(((own, model), numbers)) = task.own.as_ref().zip(model.as_ref()).zip(laboratory.numbers()) {
            let probabilities = model.probabilities().swap_remove(0);
            found["bodies"] = json!(own.names);
            found["notes"] = json!(own.remarks);
            let pair = |((i, j), (p, numbers)): ((usize, usize), (f64, &PairNumbers))| json!({ "bodies": [own.names[i], own.names[j]], "edge": p > 0.5, "probability": p, "yardsticks": numbers });
            let all = pairs(own.names.len()).zip(probabilities.into_iter().zip(&numbers));
            found["pairs"] = all.map(pair).collect();
        }
        if let Some(errors) = model.as_ref().and_then(|model| model.prediction_score()) {
            let ahead = |errors: [f64; 3]| -> Map<String, Value> {
                AHEAD.iter().zip(errors).map(|(ahead, error)| (ahead.to_string(), json!(error))).collect()
            };
            found["mse"] = ahead(errors.inferred).into();
            if let Some(truth) = errors.true_graph {
                found["mse_true_graph"] = ahead(truth).into();
            }
            found["mse_full_graph"] = ahead(errors.full_graph).into();
            found["mse_straight"] = ahead(errors.straight).into();
        }
        found
    };
    let experiment = &task.experiment;
    networks::seed::<RelationalLaboratory>(experiment.name(), experiment.seed, task, with, figures)
}

/// What is printed without `--json`: every figure on a line of its own.
pub fn print(report: &NetworksReport) {
    let Ok(Value::Object(report)) = serde_json::to_value(report) else { return };
    lines("", &Value::Object(report));
    println!();
}

fn lines(path: &str, value: &Value) {
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                lines(&if path.is_empty() { key.clone() } else { format!("{path}.{key}") }, value);
            }
        }
        Value::Number(number) => println!("{path:<44} {:.5}", number.as_f64().unwrap_or_default()),
        Value::String(text) => println!("{path:<44} {text}"),
        other => println!("{path:<44} {other}"),
    }
}
