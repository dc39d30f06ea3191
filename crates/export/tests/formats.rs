//! ONNX, safetensors and NumPy source, read and run by the libraries of others, against the reference executor.

mod python;

use autodiff::parameters::{Matrix, Parameters};
use autodiff::program::{Function, Index, Program, Shape};
use autodiff::reference::Reference;
use autodiff::unary::Unary;
use experiments::graph::GraphExperiment;
use experiments::preset::Preset;
use experiments::task::Task;
use export::network::{Network, Port, extent};
use export::numpy::numpy;
use export::onnx::{Precision, onnx};
use export::safetensors::safetensors;
use export::{field, graph};
use models::activation::Activation;
use models::field::model::ModelKind;
use models::graph::network::GraphNetwork;
use models::graph::recipe::MessageRegulariser;
use numerics::seed::{Purpose, Seed};
use rand::{Rng, RngExt};
use std::fs;
use std::path::Path;

/// Items of each case: the number is left open in the files.
const ITEMS: usize = 5;

/// A network of any function, with random parameters of the size that networks start with.
fn any(name: &str, function: Function, rng: &mut impl Rng) -> Network {
    let mut matrix = |shape: &Shape| {
        let bound = 1.0 / (shape.rows.max(4) as f32).sqrt();
        let values = (0..shape.size()).map(|_| rng.random_range(-bound..bound)).collect();
        Matrix { rows: shape.rows, columns: shape.columns, values }
    };
    let arrays = function.parameters.iter().map(&mut matrix).collect::<Parameters>();
    let port = |name: String, shape: Shape| Port::new(&name, (0..shape.columns).map(|i| format!("column {i}")));
    let inputs = function.inputs.iter().enumerate().map(|(i, input)| port(format!("input{i}"), input.shape)).collect();
    let shape_of = |place: &usize| function.nodes[*place].shape;
    let outputs =
        function.outputs.iter().map(shape_of).enumerate().map(|(i, shape)| port(format!("output{i}"), shape)).collect();
    let arrays = arrays.into_iter().enumerate().map(|(i, array)| (format!("array{i}"), array)).collect();
    Network { name: name.into(), about: "A test.".into(), arrays, inputs, outputs, function }
}

/// Every operation and function of a number, the shared ones included.
fn every_operation() -> Function {
    let program = Program::new();
    let x = program.input(Shape::item(3, 4));
    let (w, b, column) = (program.parameter(4, 2), program.parameter(1, 2), program.parameter(3, 1));
    let index: Index = [2, 0, 0, 1].into();
    let sums = x.dense(w, Some(b));
    let back = sums.product_transposed(w);
    let functions = [
        Unary::Tanh,
        Unary::Sigmoid,
        Unary::Softplus,
        Unary::Exp,
        Unary::Reciprocal,
        Unary::Relu,
        Unary::Step,
        Unary::Abs,
        Unary::Sign,
        Unary::Sine,
        Unary::Cosine,
    ];
    let mut outputs: Vec<_> = functions.into_iter().map(|function| x.unary(function)).collect();
    let positive = x.square().affine(2.0, 0.5);
    outputs.extend([positive.unary(Unary::Ln), positive.unary(Unary::Sqrt)]);
    let picked = back.gather(&index);
    outputs.extend([
        sums,
        back,
        x.outer(back),
        sums.column_sum(),
        column.transposed().row(3),
        picked,
        picked.scatter(&index, 3),
        autodiff::program::Value::concatenate(&[x, sums, program.fill(Shape::item(3, 1), 0.25)]),
        x.slice(1, 2),
        sums.pad(1, 5),
        x.sum_columns(),
        x.sum_columns().spread_columns(3) - program.fill(Shape::item(3, 3), 2.0),
        x.batch_mean(),
        b.row(3) * x.batch_mean().spread(3, 2),
    ]);
    program.function(&outputs)
}

fn written(folder: &Path, network: &Network, rng: &mut impl Rng) {
    let folder = folder.join(&network.name);
    fs::create_dir_all(&folder).expect("a folder");
    let shapes = network.input_shapes();
    let inputs: Vec<Vec<f64>> = shapes
        .iter()
        .map(|shape| (0..shape.size() * ITEMS).map(|_| f64::from(rng.random_range(-1.2f32..1.2))).collect())
        .collect();
    let parameters: Parameters = network.arrays.iter().map(|(_, array)| array.clone()).collect();
    let slices: Vec<&[f64]> = inputs.iter().map(Vec::as_slice).collect();
    let outputs = Reference::new(&network.function, &parameters).run(&slices, ITEMS);
    let sides = |shape| extent(shape).into_iter().map(|side| side.unwrap_or(ITEMS)).collect::<Vec<_>>();
    let port = |port: &Port, shape: Shape, values: &Vec<f64>| serde_json::json!({ "name": port.name, "shape": sides(shape), "values": values });
    let ports = |ports: &[Port], shapes: Vec<Shape>, values: &[Vec<f64>]| {
        let each = ports.iter().zip(shapes).zip(values);
        each.map(|((named, shape), values)| port(named, shape, values)).collect::<Vec<_>>()
    };
    let arrays: Vec<_> = network
        .arrays
        .iter()
        .map(|(name, array)| {
            serde_json::json!({ "name": name, "shape": [array.rows, array.columns], "values": array.values })
        })
        .collect();
    let case = serde_json::json!({
        "name": network.name,
        "inputs": ports(&network.inputs, shapes, &inputs),
        "outputs": ports(&network.outputs, network.output_shapes(), &outputs),
        "arrays": arrays,
    });
    let facts = [("link".to_owned(), "#v=1&preset=spring \"quoted\" \\ back".to_owned())];
    let write = |ending: &str, content: Vec<u8>| {
        fs::write(folder.join(format!("{}{ending}", network.name)), content).expect("a file");
    };
    fs::write(folder.join("case.json"), case.to_string()).expect("a file");
    write(".onnx", onnx(network, Precision::Single, &facts));
    write("-double.onnx", onnx(network, Precision::Double, &facts));
    write(".safetensors", safetensors(network, &facts));
    write(".py", numpy(network, "evaluate").into_bytes());
}

/// A trained model of a preset, but for the training.
fn untrained(preset: Preset, kind: ModelKind, activation: Activation, name: &str) -> Vec<Network> {
    let mut experiment = preset.experiment();
    (experiment.network.hidden, experiment.network.activation) = (24, activation);
    (experiment.data.trajectories, experiment.network.autoencoder) = (experiment.data.trajectories.min(12), 20);
    let task = Task::of(&experiment);
    let parameters = task.training(&experiment, kind).initial();
    let own = field::network(&experiment, &task, kind, &parameters);
    let mut networks: Vec<Network> =
        own.into_iter().chain(field::autoencoder(&experiment, kind, &parameters)).collect();
    networks.iter_mut().for_each(|network| network.name = format!("{name}-{}", network.name));
    networks
}

#[test]
fn every_model_is_evaluated_elsewhere_to_the_same_numbers() {
    let Some(python) = python::python() else { return };
    let folder = python::folder("formats");
    let mut rng = Seed(3).stream(Purpose::Weights);
    let mut networks = vec![any("operations", every_operation(), &mut rng)];
    for (preset, name) in [
        (Preset::Pendulum, "pendulum"),
        (Preset::TwoBody, "two-body"),
        (Preset::RealPendulumPaper, "recorded"),
        (Preset::Pixels, "pixels"),
    ] {
        for (kind, activation) in ModelKind::ALL.into_iter().zip(Activation::SMOOTH) {
            networks.extend(untrained(preset, kind, activation, name));
        }
    }
    let experiment = GraphExperiment::default();
    for regulariser in [
        MessageRegulariser::Bottleneck(2),
        MessageRegulariser::STANDARD,
        MessageRegulariser::SparseL1 { size: 6, alpha: 0.1 },
        MessageRegulariser::Kl { size: 6, alpha: 0.1 },
    ] {
        let recipe = experiment.recipe().with(regulariser);
        let parameters = GraphNetwork::of(&recipe).initial(1.0, Seed(1));
        networks.push(graph::network(&recipe, 4, &parameters));
        // A loss with all its gradients is a program like any other.
        let [training, _] = GraphNetwork::of(&recipe).training(3);
        networks.push(any(&format!("gradients-{}", regulariser.key()), training, &mut rng));
    }
    let hnn = Preset::Pendulum.experiment().field_network(ModelKind::Hnn);
    let [training, _] = models::field::network::FieldNetwork { hidden: 16, ..hnn }.training();
    networks.push(any("gradients-hnn", training, &mut rng));
    networks.iter().for_each(|network| written(&folder, network, &mut rng));

    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/check.py");
    let said = python::run(&python, &script, &folder);
    let results: Vec<serde_json::Value> = said.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(results.len(), networks.len(), "{said}");
    for result in results {
        let of = |what: &str| result[what].as_f64().unwrap_or(f64::INFINITY);
        println!(
            "{:28} onnx {:.1e}  double {:.1e}  numpy {:.1e}",
            result["name"],
            of("onnx"),
            of("onnx_double"),
            of("numpy")
        );
        assert!(of("onnx") < 1e-5 && of("onnx_double") < 1e-11 && of("numpy") < 1e-11, "{result}");
        assert_eq!(result["link"], "#v=1&preset=spring \"quoted\" \\ back");
    }
}
