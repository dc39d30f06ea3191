//! Motions of several bodies from files: as programs and people write them, and what is said of those that are none.

use data::trajectories::{Trajectories, read};
use physics::coupled::motion::Motion;
use physics::coupled::system::{Coupling, DT};
use std::fmt::Write;

/// Three bodies joined by two springs, so many frames.
fn motion(frames: usize) -> Motion {
    let (x, v) = ([0.6, 0.1, -0.4, 0.5, 0.0, -0.7], [0.1, 0.4, -0.5, 0.0, 0.3, -0.2]);
    Coupling::Springs.motion(&[true, false, true], &x, &v, frames)
}

/// The motion as a table: a time, and of each body what is asked for.
fn table(motion: &Motion, velocities: bool, time: bool) -> String {
    let n = motion.bodies();
    let mut names: Vec<String> = vec![];
    names.extend(time.then(|| "t".into()));
    for body in 1..=n {
        names.extend([format!("x{body}"), format!("y{body}")]);
        if velocities {
            names.extend([format!("vx{body}"), format!("vy{body}")]);
        }
    }
    let mut text = names.join(",") + "\n";
    for (frame, (x, v)) in motion.positions.iter().zip(&motion.velocities).enumerate() {
        let mut cells: Vec<String> = vec![];
        cells.extend(time.then(|| (frame as f64 * DT).to_string()));
        for body in 0..n {
            cells.extend(x[2 * body..2 * body + 2].iter().map(f64::to_string));
            if velocities {
                cells.extend(v[2 * body..2 * body + 2].iter().map(f64::to_string));
            }
        }
        writeln!(text, "{}", cells.join(",")).unwrap();
    }
    text
}

fn good(text: &str) -> Trajectories {
    read(text.as_bytes()).unwrap_or_else(|error| panic!("{error}\n{}", &text[..text.len().min(300)]))
}

fn refused(text: &str) -> String {
    read(text.as_bytes()).expect_err(&text[..text.len().min(200)]).to_string()
}

fn farthest(found: &[Vec<f64>], truth: &[Vec<f64>]) -> f64 {
    let apart = found.iter().flatten().zip(truth.iter().flatten()).map(|(a, b)| (a - b).abs());
    apart.fold(0.0, f64::max)
}

#[test]
fn what_was_measured_comes_back_as_it_is() {
    let truth = motion(60);
    let found = good(&table(&truth, true, true));
    assert_eq!(found.names, ["1", "2", "3"]);
    assert!((found.dt - DT).abs() < 1e-9);
    assert!(farthest(&found.positions, &truth.positions) < 1e-12);
    assert!(farthest(&found.velocities, &truth.velocities) < 1e-12);
    assert_eq!(found.remarks, Vec::<String>::new());
}

#[test]
fn velocities_are_the_slopes_of_the_positions() {
    let truth = motion(60);
    let found = good(&table(&truth, false, true));
    assert!(
        farthest(&found.velocities, &truth.velocities) < 2e-3,
        "{}",
        farthest(&found.velocities, &truth.velocities)
    );
    assert_eq!(found.remarks, ["Velocities are computed from the positions."]);
}

#[test]
fn without_a_time_the_velocities_give_the_step() {
    let truth = motion(60);
    let found = good(&table(&truth, true, false));
    assert!((found.dt - DT).abs() < 1e-3 * DT, "{}", found.dt);
    assert!(farthest(&found.velocities, &truth.velocities) < 1e-12);
    let plain = good(&table(&truth, false, false));
    assert_eq!(plain.dt, 1.0);
}

#[test]
fn velocities_in_other_units_are_brought_to_those_of_the_positions() {
    let truth = motion(60);
    let mut other = truth.clone();
    other.velocities.iter_mut().flatten().for_each(|v| *v *= 100.0);
    let found = good(&table(&other, true, true));
    assert!(farthest(&found.velocities, &truth.velocities) < 1e-3);
    assert!(found.remarks[0].contains("other units"), "{:?}", found.remarks);
    let units = table(&other, true, true).replacen("vx1,vy1", "vx1 (cm/s),vy1 (cm/s)", 1);
    let units = units.replacen("vx2,vy2", "vx2 (cm/s),vy2 (cm/s)", 1).replacen("vx3,vy3", "vx3 (cm/s),vy3 (cm/s)", 1);
    let found = good(&units);
    assert!(farthest(&found.velocities, &truth.velocities) < 1e-9);
    assert_eq!(found.remarks, Vec::<String>::new());
}

#[test]
fn velocities_that_belong_to_another_motion_are_not_used() {
    let truth = motion(60);
    let mut other = truth.clone();
    other.velocities.reverse();
    let found = good(&table(&other, true, true));
    assert!(farthest(&found.velocities, &truth.velocities) < 2e-3);
    assert!(found.remarks[0].contains("do not fit"), "{:?}", found.remarks);
}

#[test]
fn gaps_and_uneven_times_are_interpolated() {
    let truth = motion(80);
    let whole = table(&truth, true, true);
    let lines: Vec<&str> = whole.lines().collect();
    let without: Vec<&str> = lines.iter().enumerate().filter(|(at, _)| at % 9 != 5).map(|(_, line)| *line).collect();
    let found = good(&without.join("\n"));
    assert_eq!(found.positions.len(), 80);
    assert!(farthest(&found.positions, &truth.positions) < 1e-5);
    assert!(farthest(&found.velocities, &truth.velocities) < 1e-4);
    assert!(found.remarks[0].contains("not equally spaced"), "{:?}", found.remarks);
    // A cell that is empty.
    let mut holed = lines.clone();
    let line = lines[20].splitn(4, ',').collect::<Vec<_>>();
    let empty = format!("{},{},,{}", line[0], line[1], line[3]);
    holed[20] = &empty;
    let found = good(&holed.join("\n"));
    assert!(farthest(&found.positions, &truth.positions) < 1e-5);
    assert_eq!(found.remarks, ["A number is missing in lines 21: these rows are interpolated."]);
}

#[test]
fn long_files_are_thinned_out() {
    let truth = motion(1000);
    let found = good(&table(&truth, true, true));
    assert_eq!(found.positions.len(), 334);
    assert!((found.dt - 3.0 * DT).abs() < 1e-9);
    assert!(farthest(&found.positions[333..], &truth.positions[999..]) < 1e-12);
}

#[test]
fn bodies_are_found_under_other_names_and_separators() {
    let truth = motion(50);
    let plain = table(&truth, false, true);
    let with = |heading: &str| format!("{heading}\n{}", plain.split_once('\n').unwrap().1);
    for heading in [
        "time,x_1,y_1,x_2,y_2,x_3,y_3",
        "t (s),x1 (m),y1 (m),x2 (m),y2 (m),x3 (m),y3 (m)",
        "Time,body1_x,body1_y,body2_x,body2_y,body3_x,body3_y",
        "t,X 1,Y 1,X 2,Y 2,X 3,Y 3",
    ] {
        assert_eq!(good(&with(heading)).names, ["1", "2", "3"], "{heading}");
    }
    assert_eq!(good(&with("t,x_red,y_red,x_blue,y_blue,x_green,y_green")).names, ["red", "blue", "green"]);
    let semicolons = plain.replace(',', ";").replace('.', ",");
    assert!(farthest(&good(&semicolons).positions, &truth.positions) < 1e-12);
}

#[test]
fn a_film_with_the_names_of_masses_above_their_columns_is_read() {
    let truth = motion(50);
    let mut text = String::from("mass A,,mass B,,mass C,\nx,y,x,y,x,y\n");
    for x in &truth.positions {
        writeln!(text, "{}", x.iter().map(f64::to_string).collect::<Vec<_>>().join(",")).unwrap();
    }
    let found = read(text.as_bytes());
    // Where the reader of tables sees no masses in the first line, a sentence says what is expected.
    match found {
        Ok(found) => assert_eq!(found.names.len(), 3),
        Err(error) => assert!(error.to_string().contains("Expected"), "{error}"),
    }
}

#[test]
fn what_is_expected_is_said_of_files_that_cannot_be_used() {
    let truth = motion(60);
    let whole = table(&truth, false, true);
    let rename = |from: &str, to: &str| whole.replacen(from, to, 1);
    let missing = refused(&rename("y2", "energy"));
    assert_eq!(
        missing,
        "Body 2 has a column x2 but no y. Expected are both an x and a y for each body, such as x1, y1, x2, y2, x3, y3."
    );
    let none = refused(&rename("t,x1,y1,x2,y2,x3,y3", "t,a,b,c,d,e,f"));
    assert!(none.starts_with("No column is a position of a body; the columns are t, a, b, c, d"), "{none}");
    let one = refused("t,x1,y1\n0,0,1\n1,1,2\n2,3,2\n");
    assert_eq!(one, "The file has one body (columns x1, y1). Expected are 3 to 10 bodies, each with an x and a y.");
    let eleven = Coupling::Springs.motion(&[true; 55], &[0.5; 22], &[0.1; 22], 60);
    let eleven = refused(&table(&eleven, true, true));
    assert!(eleven.starts_with("The file has 11 bodies (columns x1, y1,"), "{eleven}");
    assert!(eleven.ends_with("Expected are 3 to 10 bodies, each with an x and a y."), "{eleven}");

    let shorter: String =
        whole
            .lines()
            .enumerate()
            .map(|(at, line)| {
                if at > 50 { line.rsplitn(3, ',').last().unwrap().to_owned() + ",,\n" } else { line.to_owned() + "\n" }
            })
            .collect();
    assert_eq!(
        refused(&shorter),
        "Column x3 ends after 50 of 60 rows. Expected is a number in every row for every body."
    );
    let bare = shorter.replace(",,\n", "\n");
    assert!(refused(&bare).starts_with("Column x3 ends after 50 of 60 rows."), "{}", refused(&bare));

    let few: String = whole.lines().take(31).map(|line| format!("{line}\n")).collect();
    assert!(refused(&few).starts_with("Only 30 rows have a number for every body"), "{}", refused(&few));
    let twice: String = whole.lines().chain(whole.lines().skip(1)).map(|line| format!("{line}\n")).collect();
    assert!(refused(&twice).starts_with("In line 62 the time is not later"), "{}", refused(&twice));
    let torn: String = whole
        .lines()
        .enumerate()
        .filter(|(at, _)| !(20..30).contains(at))
        .map(|(_, line)| format!("{line}\n"))
        .collect();
    assert!(refused(&torn).starts_with("Before line 21 there is a gap of 11 steps"), "{}", refused(&torn));
    let still = Motion { positions: vec![vec![0.5; 6]; 60], velocities: vec![vec![0.0; 6]; 60], edges: None };
    assert!(refused(&table(&still, false, true)).starts_with("No body moves"));
    for bytes in [&b""[..], b"\0\xff\x00PNG", b"x1,y1,x2,y2,x3,y3\n", b"nothing here", b"1,2\n3,4\n"] {
        assert!(read(bytes).is_err());
    }
}

#[test]
fn z_and_other_columns_are_named_as_not_used() {
    let truth = motion(50);
    let text = table(&truth, false, true).replacen("y3", "y3,z1", 1).replace('\n', ",0\n").replacen(",0\n", "\n", 1);
    let found = good(&text);
    assert!(found.remarks.contains(&"Not used: z1.".to_owned()), "{:?}", found.remarks);
}
