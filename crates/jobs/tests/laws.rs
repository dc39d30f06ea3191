//! Claims about worlds that are moved by a formula: what is fitted, in which worlds it is judged, how exactly it is followed.

use jobs::graph::law_world::PairFormula;
use jobs::graph::motion::motion_by;
use jobs::protocol::graph::{Shown, WorldMotion};
use models::graph::recipe::GraphRecipe;
use numerics::seed::Seed;
use physics::particles::dataset::{MotionConfig, MotionDataset, Motions};
use physics::particles::world::{World, WorldConfig};

/// The force on the receiver along x: the slope of the potential at r + 0.01, times dx/r. Where springs let go: nothing as
/// long as 2 exceeds r + 0.01.
fn exact(world: World) -> &'static str {
    match world {
        World::Spring | World::Damped | World::String => "2 * (r - 0.99) * dx / r",
        World::SpringNetwork => "k * 2 * (r - 0.99) * dx / r",
        World::InverseDistance => "m1 * m2 * dx / (r * (r + 0.01))",
        World::InverseSquare => "m1 * m2 * dx / (r * (r + 0.01) ^ 2)",
        World::Charge => "0 - q1 * q2 * dx / (r * (r + 0.01) ^ 2)",
        World::Superposition => "(m1 * m2 - q1 * q2) * dx / (r * (r + 0.01) ^ 2)",
        World::Discontinuous => "if(2 > r + 0.01, 0, 2 * (r - 0.99) * dx / r)",
    }
}

fn config(world: World) -> MotionConfig {
    MotionConfig { simulations: 40, ..GraphRecipe::quick(world).motions }
}

/// The worlds that a formula is fitted in, and those that it is judged by.
fn motions(config: MotionConfig) -> [Motions; 2] {
    let fitted = MotionDataset::generate(&config, Seed(1)).expect("motions").test;
    [fitted, config.fresh(30, Seed(1)).expect("motions")]
}

fn fit(law: &str, config: MotionConfig) -> PairFormula {
    let [fitted, fresh] = motions(config);
    PairFormula::fit(law, &fitted, &fresh).expect("a formula")
}

#[test]
fn a_tenth_of_the_exact_law_gets_a_factor_of_ten_whatever_gravity_and_drag_do() {
    for world in World::ALL {
        let law = exact(world);
        let mut config = config(world);
        for gravity in [config.world.gravity, 3.0] {
            config.world.gravity = gravity;
            let formula = fit(&format!("0.1 * ({law})"), config);
            let found = formula.fit;
            assert!((found.factor / 10.0 - 1.0).abs() < 1e-9 && !found.per_mass, "{world:?} {gravity}: {found:?}");
            assert!(found.r_squared > 1.0 - 1e-12 && found.not_finite == 0.0, "{world:?} {gravity}: {found:?}");
        }
    }
}

#[test]
fn of_a_law_that_says_nothing_gravity_is_no_merit() {
    // A force that has nothing to do with springs, in a world where nearly all of every acceleration is g = 20.
    let mut strings = config(World::String);
    strings.world.gravity = 20.0;
    let found = fit("dx * sin(37 * r)", strings).fit;
    assert!(found.r_squared < 0.1, "{found:?}");
}

#[test]
fn a_law_is_judged_by_worlds_that_it_was_not_fitted_in() {
    let config = config(World::InverseSquare);
    let [fitted, fresh] = motions(config);
    let masses = |motions: &Motions| -> Vec<f64> {
        motions.recordings.iter().flat_map(|recording| recording.scene.masses.clone()).collect()
    };
    let known = MotionDataset::generate(&config, Seed(1)).expect("motions").train;
    let known: Vec<f64> = masses(&known).into_iter().chain(masses(&fitted)).collect();
    assert!(masses(&fresh).iter().all(|mass| !known.contains(mass)), "a world twice");
    // Judged by other worlds, a formula that is wrong gets other figures, and the same factor.
    let wrong = |judged: &Motions| PairFormula::fit("m2 * dx / r^2", &fitted, judged).expect("a formula").fit;
    let (here, there) = (wrong(&fitted), wrong(&fresh));
    assert_eq!(here.factor, there.factor);
    assert!(here.r_squared != there.r_squared && there.worlds == fresh.recordings.len(), "{here:?} {there:?}");
}

#[test]
fn where_a_law_is_no_number_is_counted() {
    // The logarithm is none for distances above 2; the share of components with such a neighbour is counted independently.
    let config = config(World::Spring);
    let [fitted, fresh] = motions(config);
    let found = PairFormula::fit("dx * (log(2 - r) + 3)", &fitted, &fresh).expect("a formula").fit;
    let (mut silent, mut all) = (0.0, 0.0);
    for sample in fresh.spread(400) {
        for i in 0..4 {
            let far = |j: usize| i != j && sample.scene.separation(sample.positions, i, j).1 > 2.0;
            silent += f64::from(u8::from((0..4).any(far)));
            all += 1.0;
        }
    }
    assert!(silent > 0.0 && (found.not_finite - silent / all).abs() < 1e-9, "{found:?} {silent} {all}");
    assert!(PairFormula::fit("dx * log(0 - r)", &fitted, &fresh).is_err(), "finite nowhere");
}

/// The largest distance between truth and formula over all frames and bodies, in parts of the picture's width.
fn apart(motion: &WorldMotion) -> f64 {
    assert_eq!(motion.truth.len(), motion.learned.len(), "one of them ended");
    let axis = |axis: usize| motion.truth.iter().skip(axis).step_by(motion.dimensions).copied();
    let width = |values: Vec<f32>| {
        values.iter().fold(f32::MIN, |a, b| a.max(*b)) - values.iter().fold(f32::MAX, |a, b| a.min(*b))
    };
    let width = width(axis(0).collect()).max(width(axis(1).collect()));
    let away = |(truth, learned): (&f32, &f32)| f64::from((truth - learned).abs());
    motion.truth.iter().zip(&motion.learned).map(away).fold(0.0, f64::max) / f64::from(width)
}

#[test]
fn worlds_moved_by_their_exact_law_cannot_be_told_from_the_truth() {
    for world in World::ALL {
        let law = exact(world);
        let formula = fit(law, config(world));
        let shown = WorldConfig::new(world, 4, 2).expect("a world");
        let mut worst: f64 = 0.0;
        for start in 0..40 {
            let motion = motion_by(&formula, &shown, &Shown { bodies: 4, start, placed: vec![] }).expect("a world");
            let apart = apart(&motion);
            worst = worst.max(apart);
            // A picture is some 500 pixels wide.
            assert!(apart < 1.0 / 500.0, "{world:?} {start}: {apart}");
        }
        println!("{world:?}: {worst:.1e} of the picture at most");
    }
}
