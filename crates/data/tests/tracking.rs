//! Spots in pictures that were made for it: their centres are known.

use data::Options;
use data::columns::Role;
use data::tracking::{Picture, Scale, TrackError, Tracker, table};
use std::f64::consts::TAU;

const WIDTH: usize = 160;
const HEIGHT: usize = 120;
/// Places that a pixel is sampled at, in each direction.
const SAMPLES: usize = 8;

/// A picture with discs (centre, radius, colour), each pixel a mixture by area; noise of the size `noise`.
fn film(ground: [u8; 3], discs: &[([f64; 2], f64, [u8; 3])], noise: f64, number: usize) -> Vec<u8> {
    let mut pixels = Vec::with_capacity(4 * WIDTH * HEIGHT);
    let mut state = 88172645463325252u64 ^ (number as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    for y in 0..HEIGHT {
        for x in 0..WIDTH {
            let mut colour = ground.map(f64::from);
            for (centre, radius, own) in discs {
                let far = (x as f64 + 0.5 - centre[0]).hypot(y as f64 + 0.5 - centre[1]);
                if far > radius + 1.0 {
                    continue;
                }
                let mut inside = 0;
                for i in 0..SAMPLES * SAMPLES {
                    let sample = |k: usize| (k as f64 + 0.5) / SAMPLES as f64;
                    let (sx, sy) = (x as f64 + sample(i % SAMPLES), y as f64 + sample(i / SAMPLES));
                    inside += usize::from((sx - centre[0]).hypot(sy - centre[1]) < *radius);
                }
                let part = inside as f64 / (SAMPLES * SAMPLES) as f64;
                colour = [0, 1, 2].map(|i| colour[i] + part * (f64::from(own[i]) - colour[i]));
            }
            for value in colour {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                let random = (state >> 11) as f64 / (1u64 << 53) as f64 - 0.5;
                pixels.push((value + 2.0 * noise * random).round().clamp(0.0, 255.0) as u8);
            }
            pixels.push(255);
        }
    }
    pixels
}

fn picture(pixels: &[u8]) -> Picture<'_> {
    Picture { width: WIDTH, pixels }
}

/// Where the spot of the tests is in each picture: a Lissajous figure.
fn place(i: usize) -> [f64; 2] {
    let t = i as f64 / 40.0;
    [80.0 + 55.0 * (TAU * t).sin(), 60.0 + 35.0 * (1.7 * TAU * t + 0.3).sin()]
}

fn far(a: [f64; 2], b: [f64; 2]) -> f64 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

#[test]
fn a_spot_is_followed_to_a_twentieth_of_a_pixel_whatever_its_colour() {
    for (ground, spot) in [
        ([235, 235, 230], [25, 25, 30]),
        ([12, 14, 20], [250, 250, 240]),
        ([90, 130, 90], [220, 60, 40]),
        ([128, 128, 128], [100, 100, 210]),
    ] {
        for (noise, allowed) in [(0.0, 0.05), (8.0, 0.25)] {
            let show = |i: usize| film(ground, &[(place(i), 5.0, spot)], noise, i);
            let first = show(0);
            // The click is off the centre.
            let click = [place(0)[0] + 2.0, place(0)[1] - 1.5];
            let mut tracker = Tracker::new(&picture(&first), click).expect("a spot");
            assert!(far(tracker.at(), place(0)) < allowed);
            for i in 1..80 {
                let pixels = show(i);
                let found =
                    tracker.find(&picture(&pixels)).unwrap_or_else(|| panic!("{spot:?} is lost in picture {i}"));
                assert!(
                    far(found, place(i)) < allowed,
                    "{spot:?} on {ground:?}, noise {noise}, picture {i}: {found:?}"
                );
            }
        }
    }
}

#[test]
fn another_spot_of_the_same_colour_is_not_taken_for_it() {
    let (ground, colour) = ([240; 3], [30, 30, 160]);
    let show = |i: usize| {
        let own = [20.0 + 1.5 * i as f64, 40.0];
        // The other one passes below it, and there is a large thing of the same colour.
        let other = [140.0 - 1.5 * i as f64, 62.0];
        film(ground, &[(own, 5.0, colour), (other, 5.0, colour), ([80.0, 110.0], 20.0, colour)], 0.0, i)
    };
    let mut tracker = Tracker::new(&picture(&show(0)), [20.0, 40.0]).expect("a spot");
    for i in 1..80 {
        let found = tracker.find(&picture(&show(i))).expect("seen");
        assert!(far(found, [20.0 + 1.5 * i as f64, 40.0]) < 0.05, "picture {i}: {found:?}");
    }
}

#[test]
fn where_it_is_hidden_it_is_lost_and_found_again_behind() {
    let ground = [200; 3];
    let show = |i: usize| {
        let own = [15.0 + 3.0 * i as f64, 60.0];
        film(ground, &[(own, 5.0, [20; 3]), ([80.0, 60.0], 14.0, [90, 160, 90])], 0.0, i)
    };
    let mut tracker = Tracker::new(&picture(&show(0)), [15.0, 60.0]).expect("a spot");
    let way: Vec<_> = (1..40).map(|i| (i, tracker.find(&picture(&show(i))))).collect();
    let lost: Vec<usize> = way.iter().filter(|(_, found)| found.is_none()).map(|(i, _)| *i).collect();
    assert!((4..16).contains(&lost.len()), "{lost:?}");
    for (i, found) in &way {
        let x = 15.0 + 3.0 * *i as f64;
        // Right beside the post the edge is a mixture of three colours.
        let hidden = (x - 80.0).abs() < 23.0;
        let off = found.map(|found| far(found, [x, 60.0]));
        assert!(
            if hidden { off.is_none_or(|off| off < 5.0) } else { off.is_some_and(|off| off < 0.05) },
            "{i}: {off:?}"
        );
    }
}

#[test]
fn a_spot_that_leaves_the_picture_is_lost_before_its_centre_is_wrong() {
    let show = |i: usize| film([220; 3], &[([130.0 + 2.0 * i as f64, 60.0], 6.0, [40, 40, 200])], 0.0, i);
    let mut tracker = Tracker::new(&picture(&show(0)), [130.0, 60.0]).expect("a spot");
    for i in 1..25 {
        let x = 130.0 + 2.0 * i as f64;
        match tracker.find(&picture(&show(i))) {
            Some(found) => assert!(far(found, [x, 60.0]) < 0.05 && x < 155.0, "{i}: {found:?}"),
            None => assert!(x > 152.0, "{i}"),
        }
    }
}

#[test]
fn what_is_no_spot_gets_a_sentence() {
    let plain = film([100; 3], &[], 0.0, 0);
    assert_eq!(Tracker::new(&picture(&plain), [50.0, 50.0]).map(|_| ()), Err(TrackError::NoEdge));
    let noisy = film([100; 3], &[], 20.0, 0);
    assert_eq!(Tracker::new(&picture(&noisy), [50.0, 50.0]).map(|_| ()), Err(TrackError::NoEdge));
    for outside in [[-1.0, 5.0], [5.0, 500.0], [f64::NAN, 0.0]] {
        assert_eq!(Tracker::new(&picture(&plain), outside).map(|_| ()), Err(TrackError::Outside));
    }
    let none = Picture { width: 0, pixels: &[] };
    assert_eq!(Tracker::new(&none, [0.0, 0.0]).map(|_| ()), Err(TrackError::Outside));
    // The background of a spot is none.
    let one = film([100; 3], &[([80.0, 60.0], 6.0, [250; 3])], 0.0, 0);
    assert!(Tracker::new(&picture(&one), [20.0, 20.0]).is_err() && Tracker::new(&picture(&one), [80.0, 60.0]).is_ok());
}

#[test]
fn the_way_of_a_pendulum_is_a_recording_of_its_angle() {
    // A pendulum of 50 pixels below its pivot, a metre to 100 pixels; two pictures without it.
    let angle = |i: usize| 0.6 * (i as f64 / 8.0).cos();
    let place = |i: usize| [80.0 + 50.0 * angle(i).sin(), 10.0 + 50.0 * angle(i).cos()];
    let way: Vec<_> = (0..120).map(|i| (i as f64 / 30.0, (i != 50 && i != 51).then(|| place(i)))).collect();
    let scale = Scale { origin: [80.0, 10.0], metres: Some(0.01), pivot: true };
    let text = table(&way, &scale);
    let (recording, preview) = data::inspect(text.as_bytes(), &Options::default()).expect("a recording");
    assert_eq!((recording.rows(), preview.dropped.len()), (118, 2));
    assert_eq!(preview.columns.iter().position(|column| column.role == Role::Position), Some(1), "the angle is q");
    let off = |i: usize| (recording.trials[0].q[i] - angle(i)).abs();
    assert!((0..50).all(|i| off(i) < 1e-6), "{:?}", recording.trials[0].q);
    assert_eq!((recording.q.unit.as_deref(), preview.trials[0].rows), (Some("rad"), 118));
    // Without a pivot it is the place, upwards and to the right, in metres, or in pixels.
    let plain = table(&way[..1], &Scale { pivot: false, ..scale });
    assert!(plain.starts_with("t (s),x (m),y (m)\n0.000000,0.28232"), "{plain}");
    let pixels = table(&way[..1], &Scale { metres: None, pivot: false, ..scale });
    assert!(pixels.starts_with("t (s),x,y\n0.000000,28.232"), "{pixels}");
    // Over the top and on: the angle does not jump.
    let turning: Vec<_> = (0..40)
        .map(|i| {
            let a = f64::from(i) * 0.4;
            (f64::from(i), Some([80.0 + 20.0 * a.sin(), 50.0 + 20.0 * a.cos()]))
        })
        .collect();
    let text = table(&turning, &Scale { origin: [80.0, 50.0], metres: None, pivot: true });
    let last: f64 = text
        .lines()
        .last()
        .and_then(|line| line.split(',').nth(1))
        .and_then(|cell| cell.parse().ok())
        .expect("a number");
    assert!((last - 39.0 * 0.4).abs() < 1e-6, "{last}");
}
