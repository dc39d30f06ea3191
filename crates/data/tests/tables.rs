//! Claims about tables as people bring them: each kind in several variants, with what has to be understood of it.

use data::columns::{Choice, Pick, Role, named};
use data::preview::{Derivation, Preview};
use data::recording::Recording;
use data::{Options, inspect, open};
use physics::dataset::Targets;
use std::f64::consts::TAU;
use std::fmt::Write;

const ROWS: usize = 200;
const STEP: f64 = 0.05;
const PERIOD: f64 = 1.3;

/// Time, position and velocity of row `i` of a swing of amplitude 1.
fn swing(i: usize) -> [f64; 3] {
    let (t, omega) = (STEP * i as f64, TAU / PERIOD);
    [t, (omega * t).cos(), -omega * (omega * t).sin()]
}

/// A text with a line for each row, below a heading.
fn table(heading: &str, rows: usize, line: impl Fn(usize) -> String) -> String {
    (0..rows).fold(format!("{heading}\n"), |text, i| text + &line(i) + "\n")
}

fn opened(text: &str) -> (Recording, Preview) {
    inspect(text.as_bytes(), &Options::default())
        .unwrap_or_else(|error| panic!("{error}\n{}", text.lines().take(8).collect::<Vec<_>>().join("\n")))
}

/// The name of the column with a role, in the first run.
fn with(preview: &Preview, role: Role) -> &str {
    preview.columns.iter().find(|column| column.role == role).map_or("", |column| &column.quantity.name)
}

/// One trial of all rows, step and period in seconds, and an amplitude in SI units.
fn is_swing(text: &str, amplitude: f64) -> (Recording, Preview) {
    let (recording, preview) = opened(text);
    let head = text.lines().take(4).collect::<Vec<_>>().join("\n");
    assert_eq!(preview.trials.len(), 1, "{head}");
    is_trial(&preview, 0, ROWS, amplitude, &head);
    (recording, preview)
}

fn is_trial(preview: &Preview, at: usize, rows: usize, amplitude: f64, head: &str) {
    let trial = &preview.trials[at];
    assert_eq!(trial.rows, rows, "{head}");
    assert!((trial.step - STEP).abs() < 1e-6, "{head}: {trial:?}");
    assert!((trial.period.expect("swings") / PERIOD - 1.0).abs() < 0.01, "{head}: {trial:?}");
    assert!((trial.amplitude / amplitude - 1.0).abs() < 0.01, "{head}: {trial:?}");
}

#[test]
fn a_title_above_the_names_is_passed_over_and_a_row_without_a_velocity_is_left_out_and_said() {
    let velocity = |i: usize, v: f64| if i == 0 || i == ROWS + 1 { String::new() } else { format!("{v:.6E}") };
    let tracker = table("ball_B\nt\tx\ty\tv_{x}\tv_{y}\t", ROWS + 2, |i| {
        let [t, y, v] = swing(i);
        format!("{t:.9E}\t{:.9E}\t{y:.9E}\t{}\t{}\t", 0.01 * y, velocity(i, 0.01 * v), velocity(i, v))
    });
    let (_, preview) = is_swing(&tracker, 1.0);
    // The spring hangs: y moves, x hardly does.
    assert_eq!((with(&preview, Role::Position), with(&preview, Role::Momentum)), ("y", "v_{y}"));
    assert_eq!(preview.trials[0].name, "ball_B");
    assert_eq!((preview.rows, preview.dropped.len()), (ROWS + 2, 2));
    assert!(preview.sentences().join(" ").contains("v_{y} is empty"));
    let plain = table("Pendulum, measured on 3 May\n\nt,theta", ROWS, |i| format!("{},{}", swing(i)[0], swing(i)[1]));
    assert_eq!(with(&is_swing(&plain, 1.0).1, Role::Position), "theta");
    let spaced =
        table("My best run so far\n  t    x  ", ROWS, |i| format!("  {:.3}   {:.6}", swing(i)[0], swing(i)[1]));
    is_swing(&spaced, 1.0);
}

#[test]
fn several_objects_side_by_side_are_trials_that_share_a_clock() {
    let text = table("#multi:\nmass_A\t\t\tmass_B\t\t\nt\tx\ty\tt\tx\ty", ROWS, |i| {
        let [t, q, _] = swing(i);
        if i < 150 { format!("{t}\t{q}\t0\t{t}\t{}\t0", 0.5 * q) } else { format!("{t}\t{q}\t0\t\t\t") }
    });
    let shared = table("t,x (m) Run #1,x (m) Run #2", ROWS, |i| {
        let [t, q, _] = swing(i);
        if i < 150 { format!("{t},{q},{}", 0.5 * q) } else { format!("{t},{q},") }
    });
    for (text, names) in [(text, ["mass_A", "mass_B"]), (shared, ["Run #1", "Run #2"])] {
        let (_, preview) = opened(&text);
        assert_eq!(preview.trials.iter().map(|trial| trial.name.as_str()).collect::<Vec<_>>(), names);
        is_trial(&preview, 0, ROWS, 1.0, names[0]);
        is_trial(&preview, 1, 150, 0.5, names[1]);
        assert!(preview.dropped.is_empty(), "{:?}", preview.dropped);
    }
}

#[test]
fn headings_of_several_lines_give_names_and_units() {
    let row = |i: usize| {
        let [t, q, v] = swing(i);
        format!("{}\t{:.5}\t{:.5}", (1000.0 * t).round(), 100.0 * q, 100.0 * v)
    };
    let vernier =
        "Vernier Format 2\ncart.cmbl 1/2/2020 09:00:00 .\nRun 1\nTime\tPosition\tVelocity\nt\tX\tv\nms\tcm\tcm/s\n";
    let (recording, preview) = is_swing(&table(vernier, ROWS, row), 1.0);
    assert_eq!((recording.q.unit.as_deref(), recording.p.unit.as_deref()), (Some("m"), Some("m/s")));
    assert!((recording.trials[0].p[5] - swing(5)[2]).abs() < 1e-4);
    let notes = preview.notes.join(" ");
    assert!(notes.contains("“Time” was converted from ms to s") && notes.contains("from cm to m"), "{notes}");
    for heading in [
        "TIME\tDISTANCE\tSPEED\nms\tcm\tcm/s\n\tsonar-1\tdiff-1",
        "TIME\tDISTANCE\tSPEED\n[ms]\t[cm]\t[cm/s]",
        "# exported by hand\n# Zeit\tWeg\tGeschwindigkeit\n# ms\tcm\tcm/s",
        "time_ms\tposition_cm\tvelocity_cm_s",
        "Zeit t / ms\tWeg s / cm\tGeschwindigkeit v / cm/s",
        "t/ms\tx/cm\tv/cm s-1",
        "\"Time, ms\"\t\"Position, cm\"\t\"Velocity, cm/s\"",
        "Temps en ms\tPosition en cm\tVitesse en cm/s",
        "Latest: Time (ms)\tLatest: Position (cm)\tLatest: Velocity (cm/s)",
        "时间（ms）\t位移（cm）\t速度（cm/s）",
    ] {
        let text = table(heading, ROWS, row);
        let (recording, preview) = is_swing(&text, 1.0);
        assert_eq!(recording.p.unit.as_deref(), Some("m/s"), "{heading}");
        assert_eq!((preview.rows_read, preview.rows_used), (ROWS, ROWS), "{heading}");
    }
}

#[test]
fn names_are_understood_in_eight_languages() {
    let row = |i: usize| {
        let [t, q, v] = swing(i);
        format!("{:.4};{:.6};{t:.3}", v.to_degrees() / 5.0, q.to_degrees() / 5.0).replace('.', ",")
    };
    for heading in [
        "Angular Velocity (deg/s);Angle (deg);Time (s)",
        "Winkelgeschwindigkeit (°/s);Winkel (°);Zeit (s)",
        "Vitesse angulaire (deg/s);Angle (degrés);Temps (s)",
        "Velocidad angular (°/s);Ángulo (grados);Tiempo (s)",
        "Velocità angolare (°/s);Angolo (gradi);Tempo (s)",
        "Velocidade angular (graus/s);Ângulo (graus);Tempo (s)",
        "角速度 (度/秒);角度 (度);時間 (秒)",
        "각속도 (도/초);각도 (도);시간 (초)",
        "角速度(°/s);摆角(°);时间(s)",
    ] {
        let (recording, preview) = is_swing(&table(heading, ROWS, row), 0.2);
        let names: Vec<&str> = heading.split(';').collect();
        assert!(names[1].starts_with(with(&preview, Role::Position)), "{heading}: {preview:?}");
        assert!(names[0].starts_with(with(&preview, Role::Momentum)), "{heading}");
        assert_eq!(
            (recording.q.unit.as_deref(), recording.p.unit.as_deref()),
            (Some("rad"), Some("rad/s")),
            "{heading}"
        );
    }
}

#[test]
fn a_unit_decides_before_a_name_and_a_force_is_never_a_position() {
    let text = table("Time (s),Force (N),Channel 2 (m/s),Channel 1 (m),x (V)", ROWS, |i| {
        let [t, q, v] = swing(i);
        format!("{t},{},{v},{q},{}", -9.0 * q, 3.0 * q)
    });
    let (_, preview) = is_swing(&text, 1.0);
    assert_eq!((with(&preview, Role::Position), with(&preview, Role::Momentum)), ("Channel 1", "Channel 2"));
    assert!(preview.sentences().join(" ").contains("Not used: “Force”, “x”."), "{:?}", preview.sentences());
    let angles = table("Kraft (N);Betrag (rad/s);Zeit (ms);Kanal B (rad/s);Kanal A (mrad)", ROWS, |i| {
        let [t, q, v] = swing(i);
        format!("{};{};{};{v};{}", 5.0 * q, v.abs(), 1000.0 * t, 1000.0 * q)
    });
    let (_, preview) = is_swing(&angles, 1.0);
    assert_eq!((with(&preview, Role::Position), with(&preview, Role::Momentum)), ("Kanal A", "Kanal B"));
    // A position does not go with an angular velocity.
    let mixed =
        table("t (s),x (m),omega (rad/s)", ROWS, |i| format!("{},{},{}", swing(i)[0], swing(i)[1], swing(i)[2]));
    assert!(matches!(opened(&mixed).1.derivation, Derivation::SlopeOfPosition { .. }));
}

#[test]
fn runs_side_by_side_are_trials_of_their_own_length() {
    let heading = |unit: [&str; 3], run: &str| {
        format!(
            "Time (s) {run};Angle ({}) {run};Angular Velocity ({}) {run};Acceleration ({}) {run};Time in Gate (s) {run}",
            unit[0], unit[1], unit[2]
        )
    };
    let lengths = [200usize, 170, 190];
    let cells = |i: usize, run: usize, scale: f64| {
        let [t, q, v] = swing(i).map(|x| x * if i < lengths[run] { 1.0 } else { f64::NAN });
        let size = scale * (run + 1) as f64 / 10.0;
        if t.is_nan() { ";;;;".to_owned() } else { format!("{t:.2};{:.6};{:.5};{:.3};", size * q, size * v, -size * q) }
    };
    for (units, scale, prefix) in
        [(["rad", "rad/s", "m/s²"], 1.0, "Run #"), (["°", "°/s", "m/s^2"], 180.0 / std::f64::consts::PI, "Durchgang #")]
    {
        let names: Vec<String> = (1..=3).map(|run| format!("{prefix}{run}")).collect();
        let text = table(
            &format!("\u{feff}{}", names.iter().map(|run| heading(units, run)).collect::<Vec<_>>().join(";")),
            ROWS,
            |i| (0..3).map(|run| cells(i, run, scale)).collect::<Vec<_>>().join(";").replace('.', ","),
        );
        let (_, preview) = opened(&text);
        assert_eq!(preview.trials.iter().map(|trial| trial.name.clone()).collect::<Vec<_>>(), names);
        for (run, rows) in lengths.into_iter().enumerate() {
            is_trial(&preview, run, rows, (run + 1) as f64 / 10.0, &names[run]);
        }
        assert!(preview.dropped.is_empty() && preview.rows == ROWS, "{:?}", preview.dropped);
    }
}

#[test]
fn what_a_visitor_says_of_a_column_holds_for_every_run() {
    let text = table("Data Set 1:Time(s),Data Set 1:Level,Data Set 2:Time(s),Data Set 2:Level", ROWS, |i| {
        let [t, q, _] = swing(i);
        format!("{t},{},{t},{}", 100.0 * q, 50.0 * q)
    });
    let opened = open(text.as_bytes()).expect("a table");
    let level = named(&opened.table, "level").expect("there");
    let choice = Choice { q: Pick::Column(level), ..Choice::default() };
    let options = Options { choice, units: vec![(level, "cm".into())], ..Options::default() };
    let (_, preview) = opened.recording(&options).expect("a recording");
    is_trial(&preview, 0, ROWS, 1.0, "first");
    is_trial(&preview, 1, ROWS, 0.5, "second");
}

#[test]
fn runs_below_one_another_are_trials_where_the_clock_begins_again() {
    let run = |rows: usize, size: f64| {
        (0..rows).fold(String::new(), |text, i| text + &format!("{:.2},{:.6}\n", swing(i)[0], size * swing(i)[1]))
    };
    let (first, second) = (run(200, 1.0), run(150, 0.5));
    for (text, names) in [
        (format!("t,theta\n{first}t,theta\n{second}"), ["trial 1", "trial 2"]),
        (format!("Run A\nt (s),angle (rad)\n{first}Run B\nt (s),angle (rad)\n{second}"), ["Run A", "Run B"]),
        (format!("Zeit,Winkel\n{first}\n\nLauf 2\n{second}"), ["trial 1", "Lauf 2"]),
    ] {
        let (_, preview) = opened(&text);
        assert_eq!(preview.trials.iter().map(|trial| trial.name.as_str()).collect::<Vec<_>>(), names);
        is_trial(&preview, 0, 200, 1.0, names[0]);
        is_trial(&preview, 1, 150, 0.5, names[1]);
        assert!(preview.notes.iter().any(|note| note.contains("clock starts again")), "{:?}", preview.notes);
    }
    // A column of words names the trials too.
    let mut text = "swing of,t,theta,run\n".to_owned();
    for (name, rows, size) in [("left", 200, 1.0), ("right", 150, 0.5)] {
        for i in 0..rows {
            writeln!(text, "the,{},{},{name}", swing(i)[0], size * swing(i)[1]).expect("text");
        }
    }
    let (_, preview) = opened(&text);
    assert_eq!(preview.trials.iter().map(|trial| trial.name.as_str()).collect::<Vec<_>>(), ["run left", "run right"]);
}

#[test]
fn time_is_what_ascends_wherever_it_stands() {
    let row = |i: usize| {
        let [t, q, v] = swing(i);
        let noise = (i * 7919 % 100) as f64 / 2000.0;
        (t + 3.2, q + noise, v + noise)
    };
    // (q, a, t) without names, and a counter before them.
    let bare = (0..ROWS)
        .fold(String::new(), |text, i| format!("{text}{1:.4},{2:.4},{0:.3} \n", row(i).0, row(i).1, -9.0 * row(i).1));
    let (_, preview) = opened(&bare);
    assert_eq!((with(&preview, Role::Time), with(&preview, Role::Position)), ("column 3", "column 1"));
    assert!(matches!(preview.derivation, Derivation::SlopeOfPosition { .. }), "an acceleration is no velocity");
    let counted = (0..ROWS)
        .fold(String::new(), |text, i| format!("{text}{i}\t{:.4}\t{:.4}\t{:.3}\n", row(i).2, row(i).1, row(i).0));
    let (_, preview) = opened(&counted);
    assert_eq!(
        (with(&preview, Role::Time), with(&preview, Role::Position), with(&preview, Role::Momentum)),
        ("column 4", "column 3", "column 2")
    );
    let (_, preview) = opened(&table("sample,pos,s", ROWS, |i| format!("{i},{},{}", row(i).1, row(i).0)));
    assert_eq!((with(&preview, Role::Time), with(&preview, Role::Position)), ("s", "pos"));
    let (_, preview) = opened(&table("frame,angle", ROWS, |i| format!("{i},{}", row(i).1)));
    assert_eq!(with(&preview, Role::Time), "frame");
    assert!(preview.notes.iter().any(|note| note.contains("one unit a row")), "{:?}", preview.notes);
}

#[test]
fn a_unit_that_nobody_gave_is_asked_with_both_readings_where_it_matters() {
    let question = |heading: &str, scale: [f64; 3]| {
        let text = table(heading, ROWS, |i| {
            let [t, q, v] = swing(i);
            format!("{:.6},{:.6},{:.6}", scale[0] * t, scale[1] * q, scale[2] * v)
        });
        let (recording, preview) = opened(&text);
        assert!(
            (preview.trials[0].period.expect("swings") / PERIOD - 1.0).abs() < 0.01 || scale[0] == 60.0,
            "{heading}"
        );
        (recording, preview)
    };
    let taken = |preview: &Preview| {
        preview.questions.iter().map(|asked| asked.taken.clone().unwrap_or_default()).collect::<Vec<_>>()
    };
    let (recording, preview) = question("t,angle,omega", [1.0, 12.0, 12.0]);
    assert_eq!(taken(&preview), ["deg", "deg/s"]);
    assert!((recording.trials[0].q[0] - 12f64.to_radians()).abs() < 1e-6);
    assert!(preview.questions[0].sentence.contains("12.00° = 0.2094 rad"), "{}", preview.questions[0].sentence);
    let (_, preview) = question("t,angle,omega", [1.0, 12.0, 12f64.to_radians()]);
    assert_eq!(taken(&preview), ["deg", "rad/s"]);
    // In milliseconds, as a micro:bit counts them; the slope tells whether they are.
    let (_, preview) = question("running_time,theta,omega", [1000.0, 0.2, 0.2]);
    assert_eq!(taken(&preview), ["ms"]);
    assert!(preview.questions[0].sentence.contains("50 ms = 0.05000 s, or 50 s"), "{}", preview.questions[0].sentence);
    let slow = table("t,x,v", ROWS, |i| format!("{},{},{}", 600 * i, swing(i)[1], swing(i)[2] * STEP / 600.0));
    let (_, preview) = opened(&slow);
    assert_eq!(taken(&preview), ["s"]);
    assert!((preview.median_step - 600.0).abs() < 1e-9);
    // What is known of one column tells the other; nothing is asked then.
    let (recording, preview) = question("t (s),angle (deg),omega", [1.0, 12.0, 12.0]);
    assert_eq!((recording.p.unit.as_deref(), preview.questions.len()), (Some("rad/s"), 0));
    assert!((recording.trials[0].p[3] - 12f64.to_radians() * swing(3)[2]).abs() < 1e-6);
    // Nothing is known of the name: asked, and left alone.
    let (recording, preview) = question("t,blip,", [1.0, 30.0, 0.0]);
    assert_eq!(taken(&preview), [""]);
    assert_eq!(recording.trials[0].q[0], 30.0);
    // Units that cannot both be right.
    let (_, preview) = question("t (s),angle (rad),omega (rad/s)", [1.0, 0.2, 0.2f64.to_degrees()]);
    assert!(preview.notes.iter().any(|note| note.contains("units may be wrong")), "{:?}", preview.notes);
    // An answer replaces the question.
    let text = table("t,angle", ROWS, |i| format!("{},{}", swing(i)[0], 12.0 * swing(i)[1]));
    let options = Options { units: vec![(1, "rad".into())], ..Options::default() };
    let (recording, preview) = inspect(text.as_bytes(), &options).expect("a recording");
    assert_eq!((recording.trials[0].q[0], preview.questions.len()), (12.0, 0));
}

#[test]
fn an_acceleration_alone_becomes_a_motion_where_that_is_sound_and_else_a_sentence() {
    let omega = TAU / PERIOD;
    // Even noise from −0.5 to 0.5, by a hash of the row.
    let noise = |i: usize| {
        let mixed = (i as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mixed = (mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        ((mixed >> 32) % 1000) as f64 / 1000.0 - 0.5
    };
    let phone = |rows: usize, step: f64, offset: f64| {
        move |i: usize| {
            let t = step * i as f64;
            let a = -omega * omega * 0.1 * (-0.01 * t).exp() * (omega * t).cos() + offset + 0.01 * t;
            let _ = rows;
            format!(
                "{t:.4},{:.5},{:.5},{:.5},{:.5}",
                0.1 * noise(i),
                a + 0.2 * noise(i + 7),
                0.1 * noise(i + 3),
                a.abs()
            )
        }
    };
    for (heading, offset) in [
        (
            "\"Time (s)\",\"Linear Acceleration x (m/s^2)\",\"Linear Acceleration y (m/s^2)\",\"Linear Acceleration z (m/s^2)\",\"Absolute acceleration (m/s^2)\"",
            0.3,
        ),
        (
            "\"Zeit (s)\",\"Beschleunigung x (m/s²)\",\"Beschleunigung y (m/s²)\",\"Beschleunigung z (m/s²)\",\"Betrag (m/s²)\"",
            9.81,
        ),
    ] {
        let (recording, preview) = opened(&table(heading, 1500, phone(1500, 0.01, offset)));
        assert!(with(&preview, Role::Acceleration).ends_with('y'), "{:?}", preview.columns);
        let trial = &recording.trials[0];
        assert!((preview.trials[0].period.expect("swings") / PERIOD - 1.0).abs() < 0.005);
        for (t, (q, p)) in trial.times.iter().zip(trial.q.iter().zip(&trial.p)) {
            let size = 0.1 * (-0.01 * t).exp();
            // The noise is a fifteenth of the acceleration, and integrals take most of it out.
            assert!((q - size * (omega * t).cos()).abs() < 0.05 * size, "{t}: {q}");
            assert!((p + omega * size * (omega * t).sin()).abs() < 0.05 * omega * size, "{t}: {p}");
        }
        assert_eq!(recording.q.unit.as_deref(), Some("m"));
        let said = preview.sentences().join(" ");
        assert!(said.contains("How sound that is") && said.contains("gyroscope"), "{said}");
    }
    let refused = |text: &str| inspect(text.as_bytes(), &Options::default()).expect_err("unsound").to_string();
    let heading = "t (s),ax (m/s^2),ay (m/s^2),az (m/s^2),absolute (m/s^2)";
    assert!(refused(&table(heading, 300, phone(300, 0.01, 0.0))).contains("2.3 periods"));
    let still = table(heading, 900, |i| format!("{},{},{},{},1", 0.01 * i as f64, noise(i), 0.9 * noise(i + 5), 0.1));
    assert!(refused(&still).ends_with("or a position with a distance sensor or a video."));
}

#[test]
fn few_rows_a_period_are_said_with_what_differences_do_and_central_ones_over_five_rows_do_little() {
    for (points, factor, wide) in [(10.0, "0.935", "0.995"), (15.0, "0.971", "0.999")] {
        let phase = TAU / points;
        let text = table("t,q,p", 120, |i| {
            let t = phase * i as f64;
            format!("{t},{},{}", t.cos(), -t.sin())
        });
        let (recording, preview) = opened(&text);
        let said = preview.sentences().join(" ");
        assert!(said.contains(&format!("sin(ωh)/ωh = {factor}")) && said.contains(wide), "{said}");
        // The frequency of the field that differences show, by least squares on q′ = ωp + cq: c is the friction that forward ones
        // imagine. The first two rows and the last one have neighbours on one side only.
        let frequency = |targets| {
            let train = recording.measurements(targets).dataset.train;
            let rows = || train.states.iter().zip(&train.velocities).take(train.len() - 1).skip(2);
            let sum = |of: &dyn Fn(f64, f64, f64) -> f64| {
                rows().map(|(state, velocity)| of(state.q[0], state.p[0], velocity.dq[0])).sum::<f64>()
            };
            let (qq, pp, qp) = (sum(&|q, _, _| q * q), sum(&|_, p, _| p * p), sum(&|q, p, _| q * p));
            let (qv, pv) = (sum(&|q, _, v| q * v), sum(&|_, p, v| p * v));
            (pv * qq - qv * qp) / (pp * qq - qp * qp)
        };
        let stated = |text: &str| text.parse::<f64>().expect("a number");
        for (targets, said) in [(Targets::Difference, factor), (Targets::Central, wide)] {
            let found = frequency(targets);
            assert!((found - stated(said)).abs() < 0.0006, "{points}, {said}: {found}");
        }
    }
    // Dense rows say nothing of it.
    let dense =
        table("t,q,p", 600, |i| format!("{0},{1},{2}", swing(i)[0] / 5.0, (swing(i)[0]).cos(), -swing(i)[0].sin()));
    assert!(!opened(&dense).1.sentences().join(" ").contains("sin(ωh)"));
}

#[test]
fn every_guess_can_be_corrected_also_where_nothing_could_be_guessed() {
    let text = table("alpha_1,when,beta_2,gate", ROWS, |i| {
        let [t, q, v] = swing(i);
        // A clock that jumps about cannot be told by its ascent.
        format!("{q},{},{v},{}", if i % 2 == 0 { t + STEP } else { t - STEP }, i / 100)
    });
    let opened = open(text.as_bytes()).expect("a table");
    assert!(opened.recording(&Options::default()).is_err());
    let columns = opened.columns(&Options::default());
    assert_eq!(
        columns.iter().map(|column| column.quantity.name.as_str()).collect::<Vec<_>>(),
        ["alpha_1", "when", "beta_2", "gate"]
    );
    let pick = |name: &str| Pick::Column(named(&opened.table, name).expect("there"));
    let choice = Choice { time: pick("When"), q: pick("alpha_1"), p: pick("3"), trial: pick("gate") };
    let (_, preview) = opened.recording(&Options { choice, ..Options::default() }).expect("a recording");
    assert_eq!((preview.trials.len(), preview.rows_used, preview.derivation.clone()), (2, ROWS, Derivation::Measured));
    // Rows are left out, and the rest of the choice stays.
    let options = Options { choice, left_out: vec![(2, 41), (150, 150)], ..Options::default() };
    let (recording, preview) = opened.recording(&options).expect("a recording");
    assert_eq!((recording.rows(), preview.trials.len()), (ROWS - 41, 2));
    assert!(
        preview.sentences().contains(&"Lines 2 to 41 are left out: you left it out.".to_owned()),
        "{:?}",
        preview.sentences()
    );
    for (choice, units) in [
        (Choice { q: Pick::Column(9), ..Choice::default() }, vec![]),
        (Choice { q: Pick::Column(1), time: Pick::Column(1), ..Choice::default() }, vec![]),
        (choice, vec![(0, "furlong".to_owned())]),
        (choice, vec![(9, "s".to_owned())]),
    ] {
        assert!(opened.recording(&Options { choice, units, ..Options::default() }).is_err());
    }
    assert!(named(&opened.table, "gamma").is_err_and(|error| error.to_string().contains("alpha_1, when")));
}
