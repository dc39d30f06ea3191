//! Claims about measurements that somebody brings: what is read, what is left out and said, and what is learned from.

use data::cleaning::{Outliers, Reason};
use data::columns::{Choice, Pick, Role};
use data::damping::{Damping, turns};
use data::preview::{Derivation, Preview};
use data::recording::{Recording, Source, Trial};
use data::scaling::Scaling;
use data::synthetic::synthetic;
use data::travel::{MAX_TEXT, TravelError, from_link, to_link};
use data::{Options, inspect, open, read};
use miniz_oxide::deflate::compress_to_vec;
use numerics::seed::Seed;
use physics::dataset::Targets;
use physics::phase_space::PhasePoint;
use proptest::prelude::*;
use std::fmt::Write;
use std::path::PathBuf;

/// A small swing, q = cos 2t and p = −2 sin 2t, 60 rows of 0.1 s from line 2 on.
fn swing(header: &str, separator: &str) -> String {
    let mut text = format!("{header}\n");
    for i in 0..60 {
        let t = f64::from(i) * 0.1;
        writeln!(text, "{t:.3}{separator}{:.6}{separator}{:.6}", (2.0 * t).cos(), -2.0 * (2.0 * t).sin())
            .expect("text");
    }
    text
}

fn opened(text: &str) -> (Recording, Preview) {
    inspect(text.as_bytes(), &Options::default()).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// The text with one of its lines, counted from 1, replaced.
fn with_line(text: &str, line: usize, new: &str) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    lines[line - 1] = new;
    lines.join("\n")
}

/// The data of Schmidt and Lipson, where somebody has put them beside the project; they may not be given away with it.
fn real_pendulum() -> Option<Vec<u8>> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let shared = std::env::var_os("ORRERY_SHARED").map_or(beside, PathBuf::from);
    let file = std::fs::read(shared.join("data/real_pend_h_1.txt")).ok();
    if file.is_none() {
        println!("Skipped: data/real_pend_h_1.txt is neither in ../shared nor in $ORRERY_SHARED.");
    }
    file
}

#[test]
fn the_same_numbers_are_read_however_they_are_written() {
    let plain = swing("t,theta,omega", ",");
    let expected = opened(&plain).0;
    assert_eq!(expected.trials[0].q[1], 0.980067);
    let utf16 =
        |unit: fn(u16) -> [u8; 2]| "\u{feff}".encode_utf16().chain(plain.encode_utf16()).flat_map(unit).collect();
    let files: [Vec<u8>; 12] = [
        swing("t\ttheta\tomega", "\t").into(),
        swing("t;theta;omega", ";").into(),
        swing("t;theta;omega", ";").replace('.', ",").into(),
        swing("t\ttheta\tomega", "\t").replace('.', ",").into(),
        swing("  t   theta omega ", "   ").into(),
        swing("\"t\",\"theta\",\"omega\"", ",").into(),
        plain.replace('\n', "\r\n").into(),
        plain.replace('\n', "\r").into(),
        format!("\u{feff}{plain}").into(),
        utf16(u16::to_le_bytes),
        utf16(u16::to_be_bytes),
        format!("# measured on a Tuesday\n\n# t theta omega\n{}", plain.split_once('\n').expect("two lines").1).into(),
    ];
    for file in files {
        let (read, _) = inspect(&file, &Options::default()).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(read.trials, expected.trials, "{}", String::from_utf8_lossy(&file[..30]));
    }
}

#[test]
fn headings_are_understood_with_their_units_in_several_spellings() {
    let heading = |text: &str| {
        let (recording, preview) = opened(&swing(text, ","));
        let roles: Vec<Role> = preview.columns.iter().map(|column| column.role).collect();
        (roles, recording.q.unit)
    };
    let usual = vec![Role::Time, Role::Position, Role::Momentum];
    assert_eq!(
        heading("\"Time (s)\",\"Angle (rad)\",\"Angular velocity (rad/s)\""),
        (usual.clone(), Some("rad".into()))
    );
    assert_eq!(heading("time [s],theta [°],omega [°/s]"), (usual.clone(), Some("rad".into())));
    assert_eq!(heading("t,x,v"), (usual.clone(), None));
    assert_eq!(heading("t,q,p"), (usual.clone(), None));
    // Nothing is known of these names: by place, and said.
    assert_eq!(heading("a,b,c"), (usual, None));
    assert!(opened(&swing("a,b,c", ",")).1.notes.iter().any(|note| note.contains("guessed by their place")));
    assert_eq!(heading("t,v,x").0, vec![Role::Time, Role::Momentum, Role::Position]);
    let listed = open(b"t,theta,hum\n0,1,2\n1,2,2\n").expect("a table").columns(&Options::default());
    assert_eq!(listed.iter().map(|c| c.role).collect::<Vec<_>>(), [Role::Time, Role::Position, Role::Unused]);
}

#[test]
fn the_visitor_may_choose_the_columns() {
    let options = |q, p| {
        let choice = Choice { time: Pick::Column(0), q, p, ..Choice::default() };
        Options { choice, ..Options::default() }
    };
    let text = swing("t,theta,omega", ",");
    let turned = read(text.as_bytes(), &options(Pick::Column(2), Pick::Column(1))).expect("readable");
    assert_eq!(turned.trials[0].p, opened(&text).0.trials[0].q);
    let twice = inspect(text.as_bytes(), &options(Pick::Column(0), Pick::Nothing)).expect_err("the time cannot be q");
    assert_eq!(twice.to_string(), "Column 1 was asked for twice or is not there; the file has 3 columns.");
}

#[test]
fn a_velocity_that_was_not_measured_is_estimated_to_a_few_percent_and_said() {
    let text: String =
        swing("t,theta,hum", ",").lines().map(|line| line.rsplit_once(',').expect("3").0.to_owned() + "\n").collect();
    let (recording, preview) = opened(&text);
    let Derivation::SlopeOfPosition { window, degree: 4, noise_gain, response } = preview.derivation else {
        panic!("{:?}", preview.derivation);
    };
    // 31.4 rows a period: what is left of the velocity in the middle of the window is as stated.
    assert!(window > 5 && (0.997..1.0).contains(&response) && noise_gain < 7.0, "{window} {noise_gain} {response}");
    let trial = &recording.trials[0];
    for i in window / 2..60 - window / 2 {
        let exact = -2.0 * (2.0 * trial.times[i]).sin();
        assert!((trial.p[i] - response * exact).abs() < 1e-4, "row {i}");
    }
    for i in [0, 1, 2, 57, 58, 59] {
        assert!((trial.p[i] + 2.0 * (2.0 * trial.times[i]).sin()).abs() < 0.03, "row {i}: {}", trial.p[i]);
    }
    let said = preview.sentences().join(" ");
    assert!(said.contains("% from the velocity") && said.contains("times as large in p"), "{said}");
}

#[test]
fn swings_of_several_turns_are_asked_about() {
    let said = |scale: f64| {
        let rows: String =
            (0..200).map(|i| f64::from(i) / 20.0).map(|t| format!("{t},{}\n", scale * (3.0 * t).cos())).collect();
        opened(&format!("t,angle\n{rows}")).1.sentences().iter().any(|said| said.contains("degrees"))
    };
    assert!(said(30.0) && !said(0.5));
}

#[test]
fn a_phones_gyroscope_gives_the_angle_by_integration_without_its_drift() {
    let mut text =
        "\"Time (s)\",\"Gyroscope x (rad/s)\",\"Gyroscope y (rad/s)\",\"Gyroscope z (rad/s)\",\"Absolute (rad/s)\"\n"
            .to_owned();
    for i in 0..3000 {
        let t = f64::from(i) * 0.01;
        let rate = -2.0 * (2.0 * t).sin();
        writeln!(text, "{t:.9E},{:.9E},{:.9E},{:.9E},{:.9E}", 0.01 * rate, rate + 0.08, 1e-3, rate.abs())
            .expect("text");
    }
    let (recording, preview) = opened(&text);
    assert_eq!(preview.columns[2].role, Role::Momentum);
    assert_eq!(recording.p.unit.as_deref(), Some("rad/s"));
    let Derivation::IntegralOfVelocity { drifts } = &preview.derivation else { panic!("{:?}", preview.derivation) };
    // A straight line through a cosine of amplitude 1 leans by at most 6/(ωT²), 0.0034 here.
    assert!((drifts[0] - 0.08).abs() < 0.0034, "{drifts:?}");
    let trial = &recording.trials[0];
    for (t, q) in trial.times.iter().zip(&trial.q) {
        // That lean over half the span, and the mean of a cosine over a part of a period, 1/(ωT).
        assert!((q - (2.0 * t).cos()).abs() < 0.0034 * 15.0 + 1.0 / 60.0, "t = {t}: {q}");
    }
    let said = preview.sentences().join(" ");
    assert!(
        said.contains("drift")
            && said.contains("Of the axes that were measured, “Gyroscope y” is used: it moves most."),
        "{said}"
    );
}

#[test]
fn milliseconds_and_dates_become_times_that_can_be_used() {
    let plain = opened(&swing("t,theta,omega", ",")).0;
    let mut text = "time (ms),theta,omega\n".to_owned();
    for (i, (q, p)) in plain.trials[0].q.iter().zip(&plain.trials[0].p).enumerate() {
        writeln!(text, "{},{q},{p}", 1_700_000_000_000u64 + 100 * i as u64).expect("text");
    }
    let (recording, preview) = opened(&text);
    assert_eq!(recording.time.unit.as_deref(), Some("s"));
    assert!((recording.median_step() - 0.1).abs() < 1e-6);
    let notes = preview.notes.join(" ");
    assert!(notes.contains("“time” was converted from ms to s") && notes.contains("counted from 1700000"), "{notes}");
}

#[test]
fn a_clock_by_which_the_slope_is_a_thousandth_of_the_velocity_counts_milliseconds() {
    // No unit anywhere, and steps of 83.3: a third of an exporter's frames.
    let table = |clock: f64, q: f64, p: f64| {
        (0..240).fold("time,angle,speed\n".to_owned(), |mut text, i| {
            let t = f64::from(i) / 12.0;
            let _ = writeln!(text, "{:.1},{:.4},{:.4}", clock * t, q * (1.1 * t).cos(), -1.1 * p * (1.1 * t).sin());
            text
        })
    };
    for (q, p, units) in [(40.0, 40.0, ["ms", "deg", "deg/s"]), (40.0, 40f64.to_radians(), ["ms", "deg", "rad/s"])] {
        let (recording, preview) = opened(&table(1000.0, q, p));
        let taken: Vec<_> = preview.questions.iter().filter_map(|asked| asked.taken.as_deref()).collect();
        assert_eq!(taken, units);
        assert!(
            preview.questions[0].sentence.contains("83.30 ms = 0.08330 s, or 83.30 s"),
            "{}",
            preview.questions[0].sentence
        );
        assert!((recording.median_step() - 0.0833).abs() < 1e-4 && (recording.trials[0].p[20] + 0.7420).abs() < 0.02);
    }
    // Steps of as many seconds by which the slope is the velocity.
    let slow = (0..240).fold("time,angle,speed\n".to_owned(), |mut text, i| {
        let t = 83.3 * f64::from(i);
        let _ = writeln!(text, "{t:.1},{:.4},{:.6}", 40.0 * (t / 900.0).cos(), -40.0 / 900.0 * (t / 900.0).sin());
        text
    });
    let (recording, preview) = opened(&slow);
    assert!(preview.questions.iter().all(|asked| asked.column != 0), "{:?}", preview.questions);
    assert!((recording.median_step() - 83.3).abs() < 1e-9);
    // A velocity that is no slope of the angle is not said to fit.
    let (_, preview) = opened(&table(1.0, 40.0, 7.0));
    assert!(preview.questions.iter().any(|asked| asked.sentence.contains("fits neither")), "{:?}", preview.questions);
}

#[test]
fn rows_that_cannot_be_used_are_left_out_by_line_and_reason() {
    let mut text = swing("t,theta,omega", ",");
    for (line, new) in [
        (5, "0.3,,1"),
        (6, "0.4,oops,1"),
        (7, "0.5,NaN,1"),
        (8, "0.6,1e308,1"),
        (9, "0.7,0.17,-2000000"),
        (11, "0.8,0.5,0.5"),
        (12, "inf,1,1"),
        (13, ""),
    ] {
        text = with_line(&text, line, new);
    }
    text.push_str("\n6.0,0.5");
    let (recording, preview) = opened(&text);
    let said: Vec<String> = preview.dropped.iter().map(|d| format!("{}: {}", d.row, d.reason)).collect();
    assert_eq!(
        said,
        [
            "5: theta is empty",
            "6: theta is “oops”, which is not a number",
            "7: theta is not a finite number",
            "8: theta is 1.000e308, beyond 1e6",
            "9: omega is -2.000e6, beyond 1e6",
            "11: the time is that of line 10",
            "12: t is not a finite number",
            "62: the file ends in the middle of it, after 2 cells",
        ]
    );
    assert_eq!((preview.rows_read, preview.rows_used, recording.rows()), (60, 52, 52));
    assert!(preview.sentences().contains(&"Line 6 is left out: theta is “oops”, which is not a number.".to_owned()));
    assert!(preview.sentences().contains(&"3 more rows are left out.".to_owned()));
}

#[test]
fn rows_out_of_order_are_put_in_order_and_said() {
    let text = swing("t,theta,omega", ",");
    let mut lines: Vec<&str> = text.lines().collect();
    lines.swap(9, 20);
    let (recording, preview) = opened(&lines.join("\n"));
    assert_eq!(recording.trials, opened(&text).0.trials);
    // Line 10 now holds the time of line 21: the ten lines after it come too late, and so does line 21 itself.
    assert_eq!(preview.out_of_order, (11..=21).collect::<Vec<_>>());
}

#[test]
fn an_outlier_is_named_and_dropped_only_if_that_is_wanted() {
    let text = with_line(&swing("t,theta,omega", ","), 30, "2.8,9.5,1");
    let (kept, preview) = opened(&text);
    assert_eq!((preview.outliers, kept.rows()), (vec![30], 60));
    let options = Options { outliers: Outliers::Drop, ..Options::default() };
    let (dropped, preview) = inspect(text.as_bytes(), &options).expect("readable");
    assert_eq!(dropped.rows(), 59);
    assert_eq!(preview.dropped[0].reason, Reason::Outlier("theta".into(), 9.5));
}

#[test]
fn gaps_are_kept_and_no_difference_goes_from_one_trial_to_the_next() {
    let mut text = "trial,t,q,p\n".to_owned();
    for trial in 0..3 {
        for i in (0..20).filter(|i| *i != 7) {
            // In every trial q has the slope 3 and p the slope −2, but each trial starts elsewhere.
            let t = f64::from(i) * 0.5;
            writeln!(text, "{trial},{t},{},{}", f64::from(trial) * 100.0 + 3.0 * t, -2.0 * t).expect("text");
        }
    }
    text.push_str("9,0,0,0\n");
    let (recording, preview) = opened(&text);
    assert_eq!(preview.trials.iter().map(|trial| trial.rows).collect::<Vec<_>>(), [19, 19, 19]);
    assert_eq!(preview.dropped[0].reason, Reason::ShortTrial(1));
    assert_eq!(
        preview.gaps.iter().map(|gap| (gap.row, gap.length)).collect::<Vec<_>>(),
        [(9, 1.0), (28, 1.0), (47, 1.0)]
    );
    let made = recording.measurements(Targets::Difference);
    assert_eq!(made.dataset.train.len() + made.dataset.test.len(), 3 * 18);
    for velocity in made.dataset.train.velocities.iter().chain(&made.dataset.test.velocities) {
        assert!((velocity.dq[0] - 3.0).abs() < 1e-12 && (velocity.dp[0] + 2.0).abs() < 1e-12, "{velocity:?}");
    }
}

#[test]
fn a_file_that_cannot_be_used_is_refused_with_one_sentence() {
    let good = swing("t,theta,omega", ",");
    let (header, rows) = good.split_once('\n').expect("two lines");
    let many = |columns: usize| vec!["1"; columns].join(",");
    let cases: Vec<(Vec<u8>, &str)> = vec![
        (vec![], "The file is empty."),
        (b"\xEF\xBB\xBF \r\n\r\n".to_vec(), "The file is empty."),
        (b"t,theta,omega\n".to_vec(), "Line 1 may name columns, but no row of numbers follows it."),
        (
            b"PK\x03\x04\x14\x00\x06\x00\x08\x00".to_vec(),
            "The file is not text; please export the measurement as CSV and use that.",
        ),
        (format!("{good}\0").into(), "The file is not text; please export the measurement as CSV and use that."),
        (
            good.lines().take(12).collect::<Vec<_>>().join("\n").into(),
            "Only 11 of 11 rows can be used, and at least 20 are needed.",
        ),
        (
            good.replace("-0.", "minus 0.").lines().take(45).collect::<Vec<_>>().join("\n").into(),
            "Only 18 of 44 rows can be used, and at least 20 are needed (line 2: omega is “minus 0.000000”, which is not a number).",
        ),
        (
            format!("{header}\n{}", "0,1,2\n".repeat(100_001)).into(),
            "Line 100002 is one row too many; at most 100000 rows are read.",
        ),
        (
            format!("{}\n{}\n", many(257).replace('1', "t"), many(257)).into(),
            "Line 1 has 257 columns; at most 256 are read.",
        ),
        (vec![b'1'; 20_000_001], "The file has 20.0 MB; at most 20 MB are read."),
        (
            rows.lines().fold("force,acceleration x\n".to_owned(), |text, _| text + "2,3\n").into(),
            "No column looks like a time; the columns are force, acceleration x.",
        ),
        (
            (0..40).fold("t,acceleration x\n".to_owned(), |text, i| format!("{text}{i},{}\n", i % 7)).into(),
            "Only accelerations were recorded, and no position can be computed from them: there are 7.0 rows a period, and at least 8 are needed. Record the angular velocity with the gyroscope, or a position with a distance sensor or a video.",
        ),
        (
            (0..40).fold("t,theta,omega\n".to_owned(), |text, i| format!("{text}{i},0.5,{}\n", i % 7)).into(),
            "Column “theta” has the same value in every row, so there is no motion in it.",
        ),
        (
            (0..40).fold("t,theta,omega\n".to_owned(), |text, i| format!("{text}7,{i},{i}\n")).into(),
            "Only 0 of 40 rows can be used, and at least 20 are needed (line 2: its trial has only one usable row).",
        ),
        (
            b"<html><body>\n<p>404</p>\n</body></html>\n".to_vec(),
            "Line 1 may name columns, but no row of numbers follows it.",
        ),
    ];
    for (bytes, sentence) in cases {
        let error = read(&bytes, &Options::default()).expect_err(sentence);
        assert_eq!(error.to_string(), sentence);
    }
}

#[test]
fn the_real_pendulum_is_read_and_split_as_the_reference_code_does() {
    let Some(file) = real_pendulum() else { return };
    let (recording, preview) = inspect(&file, &Options::default()).expect("readable");
    assert_eq!((preview.rows_read, preview.rows_used, preview.gaps.len()), (556, 556, 10));
    assert!(preview.dropped.is_empty() && preview.outliers.is_empty() && preview.notes.is_empty());
    assert_eq!(preview.derivation, Derivation::Measured);
    let trial = &recording.trials[0];
    assert_eq!((trial.times[0], trial.q[0], trial.p[0]), (5.0, 1.138_388_551_224_358_6, 0.919_779_590_586_772_5));
    let made = recording.measurements(Targets::Difference);
    assert_eq!((made.dataset.train.len(), made.dataset.test.len()), (445, 110));
    // 444 rows in order, then the test rows, then the one that was left over.
    assert_eq!(made.dataset.train.states[443], PhasePoint::planar(trial.q[443], trial.p[443]));
    assert_eq!(made.dataset.test.states[0], PhasePoint::planar(trial.q[444], trial.p[444]));
    assert_eq!(made.dataset.train.states[444], PhasePoint::planar(trial.q[554], trial.p[554]));
    assert_eq!(made.test.len(), 1);
    assert_eq!(made.test[0].times, trial.times[444..554]);
    assert_eq!(made.test[0].states, made.dataset.test.states);
    resembles_the_real_pendulum(&recording);
    assert_eq!(Scaling::where_needed(&made.dataset.train), Scaling::IDENTITY);
}

/// What is published of the real pendulum, or can be counted in its file, with tolerances that hold for the file itself.
fn resembles_the_real_pendulum(recording: &Recording) {
    let Trial { times, q, p } = &recording.trials[0];
    let n = times.len();
    let steps: Vec<f64> = times.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let long = |sixths: f64| steps.iter().filter(|step| (**step - sixths / 6.0).abs() < 1e-9).count();
    assert_eq!((n, long(1.0), long(2.0), long(3.0)), (556, 545, 8, 2));
    assert!((times[0] - 5.0).abs() < 1e-9 && (times[n - 1] - 99.5).abs() < 1e-9);
    // q from −1.401 to 1.474; p from −1.465 to 1.443.
    let near = |value: f64, published: f64, within: f64| {
        assert!((value - published).abs() < within, "{value} and {published}")
    };
    let extreme = |values: &[f64], pick: fn(f64, f64) -> f64| values.iter().copied().reduce(pick).expect("values");
    near(extreme(q, f64::min), -1.401, 0.04);
    near(extreme(q, f64::max), 1.474, 0.04);
    near(extreme(p, f64::min), -1.465, 0.04);
    near(extreme(p, f64::max), 1.443, 0.04);
    // Energy 2.24 falling to 0.75; one reading of it is uncertain by 2p times the noise, 0.01.
    let energy = |i: usize| 2.4 * (1.0 - q[i].cos()) + p[i].powi(2);
    near(energy(0), 2.24, 0.05);
    near(energy(n - 1), 0.75, 0.05);
    // Periods from 6.1 s early to 5.6 s late, 5.82 s on average. A turning point is flat and noisy: it is read to a sixth
    // of a second, and two of them over three periods to a ninth.
    let turns = turns(times, q);
    let period = |first: usize| (turns[first + 6].time - turns[first].time) / 3.0;
    near(period(0), 6.06, 0.12);
    near(period(turns.len() - 7), 5.66, 0.12);
    let damping = Damping::of(recording).expect("swings");
    near(damping.period, 5.82, 0.05);
    near(damping.first, 1.44, 0.03);
    near(damping.last, 0.82, 0.03);
    // Mean squared mismatch of slope and velocity 0.0098, variance of the velocity 0.646.
    let mismatch = (0..n - 1).map(|i| ((q[i + 1] - q[i]) / steps[i] - p[i]).powi(2)).sum::<f64>() / (n - 1) as f64;
    near(mismatch, 0.0098, 0.0015);
    let mean = p.iter().sum::<f64>() / n as f64;
    near(p.iter().map(|p| (p - mean).powi(2)).sum::<f64>() / n as f64, 0.646, 0.03);
}

#[test]
fn the_stand_in_resembles_the_real_pendulum_and_says_that_it_was_generated() {
    for seed in 0..5 {
        let recording = synthetic(Seed(seed));
        assert_eq!(recording.check(), Ok(()));
        assert!(recording.name.starts_with("Generated") && recording.source == Source::Generated);
        resembles_the_real_pendulum(&recording);
        let made = recording.measurements(Targets::Difference);
        assert_eq!((made.dataset.train.len(), made.dataset.test.len()), (445, 110));
    }
    assert_eq!(synthetic(Seed(3)), synthetic(Seed(3)));
    assert_ne!(synthetic(Seed(3)), synthetic(Seed(4)));
}

#[test]
fn scaled_data_have_moments_of_one_and_come_back_to_rounding() {
    let mut recording = synthetic(Seed(1));
    // As a file in degrees and milliseconds would have it, with a zero far away.
    for trial in &mut recording.trials {
        trial.q.iter_mut().for_each(|q| *q = 57.3 * *q + 900.0);
        trial.p.iter_mut().for_each(|p| *p *= 0.0573);
        trial.times.iter_mut().for_each(|t| *t *= 1000.0);
    }
    let data = recording.measurements(Targets::Difference).dataset;
    let scaling = Scaling::where_needed(&data.train);
    let scaled = scaling.data_inward(&data);
    let n = scaled.train.len() as f64;
    for i in [0, 1] {
        let column = || scaled.train.states.iter().filter_map(|state| state.coordinates().nth(i));
        assert!((column().sum::<f64>() / n).abs() < 1e-9);
        assert!((column().map(|x| x * x).sum::<f64>() / n - 1.0).abs() < 1e-9);
    }
    let squares = scaled.train.velocities.iter().flat_map(|v| v.components().collect::<Vec<_>>()).map(|v| v * v);
    assert!((squares.sum::<f64>() / (2.0 * n) - 1.0).abs() < 1e-9);
    for (file, inside) in data.test.states.iter().zip(&scaled.test.states) {
        // Rounding at 2e-16 of 1000.
        assert!(scaling.outward(inside).distance(file) < 1e-11);
    }
    let (file, inside) = (&data.test.velocities[7], &scaled.test.velocities[7]);
    assert!((scaling.velocity_outward(inside).dp[0] - file.dp[0]).abs() < 1e-12);
    // Hamilton's equations keep their form: in H′ = q′²/2 + p′²/2 the slope of H by p is the velocity of q, outside too.
    let (h, at) = (1e-3, PhasePoint::planar(910.0, 0.03));
    let energy = |p: f64| {
        let inside = scaling.inward(&PhasePoint::planar(at.q[0], p));
        scaling.energy_outward(inside.coordinates().map(|x| x * x / 2.0).sum())
    };
    let slope = (energy(at.p[0] + h) - energy(at.p[0] - h)) / (2.0 * h);
    let inside = scaling.inward(&at);
    let flow = physics::phase_space::PhaseVelocity { dq: vec![inside.p[0]], dp: vec![-inside.q[0]] };
    let velocity = scaling.velocity_outward(&flow).dq[0];
    assert!((slope / velocity - 1.0).abs() < 1e-6, "{slope} and {velocity}");
}

#[test]
fn a_recording_travels_in_a_link_rounded_far_below_its_noise_and_only_once() {
    for seed in 0..5 {
        let recording = synthetic(Seed(seed));
        let text = to_link(&recording).expect("short enough");
        assert!(
            text.len() <= 3000 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b)),
            "{}",
            text.len()
        );
        let arrived = from_link(&text).expect("sound");
        let (there, here) = (&arrived.trials[0], &recording.trials[0]);
        let furthest = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        // Half of 2⁻¹⁴ for values between 1 and 2, half of 2⁻¹⁵ for steps of a sixth in 2¹² parts; the noise is 0.005.
        assert!(furthest(&there.q, &here.q) <= 2f64.powi(-15) && furthest(&there.p, &here.p) <= 2f64.powi(-15));
        assert!(furthest(&there.times, &here.times) <= 2f64.powi(-16));
        assert_eq!((&arrived.name, arrived.source, &arrived.q), (&recording.name, recording.source, &recording.q));
        assert_eq!(from_link(&to_link(&arrived).expect("short enough")), Ok(arrived));
    }
}

#[test]
fn a_long_recording_does_not_travel_and_a_bad_text_brings_none() {
    let mut long = synthetic(Seed(0));
    for i in 1..6u32 {
        let mut more = synthetic(Seed(i)).trials;
        long.trials.append(&mut more);
    }
    assert_eq!(to_link(&long), None);
    assert_eq!(from_link(&"A".repeat(MAX_TEXT + 1)), Err(TravelError::TooLong(MAX_TEXT + 1)));
    for text in ["", "a+b/", "AAAA", "é", "____"] {
        assert_eq!(from_link(text), Err(TravelError::Damaged), "{text}");
    }
    // Two megabytes of nothing, compressed to two thousand bytes: unpacking stops at one.
    let bomb = base64::Engine::encode(
        &base64::engine::general_purpose::URL_SAFE_NO_PAD,
        compress_to_vec(&vec![0; 2 << 20], 9),
    );
    assert!(bomb.len() <= MAX_TEXT);
    assert_eq!(from_link(&bomb), Err(TravelError::Damaged));
}

/// What holds for everything that is accepted.
fn is_sound(bytes: &[u8], options: &Options) -> Result<(), TestCaseError> {
    if let Ok(opened) = open(bytes) {
        let _ = opened.columns(options);
    }
    match inspect(bytes, options) {
        Ok((recording, preview)) => {
            prop_assert_eq!(recording.check(), Ok(()));
            prop_assert_eq!(preview.rows_used, recording.rows());
            prop_assert_eq!(preview.rows_used + preview.dropped.len(), preview.rows_read);
            prop_assert!(preview.sentences().iter().all(|said| said.ends_with('.')));
            prop_assert_eq!(preview.trials.len(), recording.trials.len());
            let made = recording.measurements(Targets::Difference);
            let finite = |x: &PhasePoint| x.is_finite();
            prop_assert!(made.dataset.train.states.iter().chain(&made.dataset.test.states).all(finite));
        }
        Err(error) => prop_assert!(error.to_string().ends_with('.')),
    }
    Ok(())
}

/// What the visitor may have decided: guessing, any sensible choice of three columns, or one that is not.
fn decisions() -> impl Strategy<Value = Options> {
    (0usize..3, 1usize..3, 0u8..6, any::<bool>()).prop_map(|(time, step, kind, drop)| {
        let (one, other) = ((time + step) % 3, (time + 2 * step) % 3);
        let (q, p) = match kind {
            0 | 1 => (Pick::Column(one), Pick::Column(other)),
            2 => (Pick::Column(one), Pick::Nothing),
            3 => (Pick::Nothing, Pick::Column(one)),
            4 => (Pick::Column(one), Pick::Guess),
            _ => (Pick::Column(time + usize::from(kind)), Pick::Nothing),
        };
        let choice = Choice { time: Pick::Column(time), q, p, trial: Pick::Guess };
        let choice = if kind == 5 { Choice::default() } else { choice };
        Options { choice, outliers: if drop { Outliers::Drop } else { Outliers::Keep }, ..Options::default() }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60_000))]

    #[test]
    fn any_bytes_give_a_recording_or_a_sentence(bytes in proptest::collection::vec(any::<u8>(), 0..120)) {
        is_sound(&bytes, &Options::default())?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    #[test]
    fn any_text_in_a_link_gives_a_recording_or_an_error(text in "[A-Za-z0-9_-]{0,80}", flip in any::<(usize, u8)>()) {
        let _ = from_link(&text);
        let packed: &[u8] = &[1, b'x', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2];
        let mut bytes = packed.repeat(1 + flip.0 % 3);
        let place = flip.0 % bytes.len();
        bytes[place] = flip.1;
        let text = base64::Engine::encode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, compress_to_vec(&bytes, 1));
        if let Ok(recording) = from_link(&text) {
            prop_assert_eq!(recording.check(), Ok(()));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30_000))]

    #[test]
    fn a_good_file_with_some_bytes_changed_does_too(
        changes in proptest::collection::vec((any::<usize>(), any::<u8>(), 0u8..4), 0..6),
        options in decisions(),
    ) {
        let mut bytes = swing("t,theta,omega", ",").into_bytes();
        bytes.truncate(620);
        for (place, byte, kind) in changes {
            let place = place % bytes.len();
            match kind {
                0 => bytes[place] = byte,
                1 => bytes[place] = b"0123456789-.eE,;\t \n\"%#"[usize::from(byte) % 22],
                2 => { bytes.remove(place); }
                _ => bytes.insert(place, byte),
            }
        }
        is_sound(&bytes, &options)?;
    }

    #[test]
    fn a_recording_that_is_changed_on_its_way_arrives_sound_or_not_at_all(changes in proptest::collection::vec(any::<(usize, u8)>(), 1..4)) {
        thread_local! {
            static PACKED: Vec<u8> = {
                let mut recording = synthetic(Seed(0));
                let Trial { times, q, p } = &mut recording.trials[0];
                times.truncate(30);
                q.truncate(30);
                p.truncate(30);
                let engine = &base64::engine::general_purpose::URL_SAFE_NO_PAD;
                let packed = base64::Engine::decode(engine, to_link(&recording).expect("short")).expect("base64");
                miniz_oxide::inflate::decompress_to_vec(&packed).expect("deflate")
            };
        }
        let mut bytes = PACKED.with(Clone::clone);
        for (place, byte) in changes {
            let place = place % bytes.len();
            bytes[place] = byte;
        }
        let text = base64::Engine::encode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, compress_to_vec(&bytes, 1));
        if let Ok(recording) = from_link(&text) {
            prop_assert_eq!(recording.check(), Ok(()));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    #[test]
    fn a_table_of_good_and_odd_numbers_gives_a_recording_or_a_sentence(
        heading in 0usize..4,
        separator in 0usize..4,
        cells in proptest::collection::vec(any::<[u8; 3]>(), 18..40),
        options in decisions(),
    ) {
        let separator = [",", "\t", ";", " "][separator];
        let mut text = ["t,q,p", "run,t,q", "%o,v,w", "a,b,c"][heading].replace(',', separator);
        let odd = ["NaN", "-inf", "x", "1e308", "-1e6", "1e-308", "\"2\"", "5e5", "0", "1e-9"];
        for (i, row) in cells.iter().enumerate() {
            let cell = |(column, byte): (usize, &u8)| match usize::from(*byte) {
                byte if byte >= 246 => odd[byte - 246].to_owned(),
                byte if options.choice.time == Pick::Column(column) && byte < 200 => format!("{}", i as f64 / 8.0),
                byte => format!("{}", byte as f64 / 16.0 - 8.0),
            };
            text.push('\n');
            text.push_str(&row.iter().enumerate().map(cell).collect::<Vec<_>>().join(separator));
        }
        is_sound(text.as_bytes(), &options)?;
    }
}

#[test]
fn central_differences_are_exact_on_a_parabola_whatever_the_steps() {
    let times: Vec<f64> = (0..25).map(|i| 0.1 * f64::from(i) + 0.02 * f64::from(i % 3)).collect();
    let of = |curve: &dyn Fn(f64) -> f64| times.iter().map(|t| curve(*t)).collect::<Vec<_>>();
    let mut recording = data::synthetic::synthetic(numerics::seed::Seed(0));
    let (q, p) = (of(&|t| 1.0 - 2.0 * t + 0.7 * t * t), of(&|t| 0.3 * t * t));
    recording.trials = vec![data::recording::Trial { times: times.clone(), q, p }];
    let made = recording.measurements(Targets::Central).dataset;
    let velocities: Vec<_> = made.train.velocities.iter().chain(&made.test.velocities).collect();
    assert_eq!(velocities.len(), 24);
    // Rows of the test part follow those of the training part, all but the last, which is for training again.
    for (i, velocity) in made.train.velocities.iter().take(19).enumerate() {
        assert!((velocity.dq[0] - (-2.0 + 1.4 * times[i])).abs() < 1e-10, "{i}");
        assert!((velocity.dp[0] - 0.6 * times[i]).abs() < 1e-10, "{i}");
    }
}
