//! Claims about averages over independent starts as a job.

use jobs::ensemble::StartsSession;
use jobs::job::message::{Command, Event, Pace, Report, RunId, Saved};
use jobs::job::server::Server;
use jobs::job::{EngineKind, Job};
use jobs::protocol::ensemble::{MeasureStarts, StartsSpec};
use numerics::seed::Seed;
use physics::molecules::ensemble::{Measured, Starts};
use physics::molecules::settings::GasConfig;
use physics::molecules::world::World;
use std::cell::Cell;

fn spec(count: u32) -> StartsSpec {
    let mut world = World::gas(GasConfig { particles: 16, density: 0.3, ..GasConfig::FLUID }, Seed(3)).expect("fits");
    world.equilibrate(500);
    StartsSpec { starts: Starts::of(&world, Seed(3)).expect("a gas"), numbers: (0..count).collect() }
}

/// What a worker reports up to its end, or up to so many starts.
fn reports(spec: StartsSpec, saved: Option<Saved>, most: usize) -> Vec<Report<MeasureStarts>> {
    let (time, mut reports) = (Cell::new(0.0), vec![]);
    let clock = || time.replace(time.get() + 1.0);
    let mut server = Server::<StartsSession>::new(());
    let mut post = |event: Event<MeasureStarts>| match event {
        Event::Of(RunId(1), report) => reports.push(report),
        other => panic!("{other:?}"),
    };
    let begin = Command::Start { run: RunId(1), spec: Box::new(spec), saved, pace: Pace::Run };
    pollster::block_on(server.take(begin, &clock, &mut post)).expect("no device to lose");
    let mut rounds = 0;
    while pollster::block_on(server.work(&clock, &mut post)).expect("no device to lose") && rounds < most {
        rounds += 1;
    }
    reports
}

fn measured(reports: &[Report<MeasureStarts>]) -> Vec<Measured> {
    reports
        .iter()
        .filter_map(|report| if let Report::Recorded(measured) = report { Some(*measured) } else { None })
        .collect()
}

#[test]
fn starts_are_shared_out_and_none_is_measured_twice() {
    for cores in [1, 2, 3, 8, 64] {
        let parts = MeasureStarts::parts(&spec(10), EngineKind::Cpu, cores);
        assert_eq!(parts.len(), cores.saturating_sub(1).clamp(1, 4), "{cores} cores");
        let numbers: Vec<u32> = parts.into_iter().flat_map(|part| part.numbers).collect();
        assert_eq!(numbers, (0..10).collect::<Vec<_>>());
    }
}

#[test]
fn every_start_is_measured_and_whoever_takes_over_goes_on_after_the_last() {
    let whole = reports(spec(3), None, usize::MAX);
    assert_eq!(whole.last(), Some(&Report::Finished));
    let all = measured(&whole);
    assert_eq!(all.iter().map(|measured| measured.number).collect::<Vec<_>>(), [0, 1, 2]);
    // Both energies add up to that of the motion.
    for Measured { kinetic, potential, .. } in &all {
        let energy = spec(3).starts.energy;
        assert!((kinetic + potential - energy).abs() < 1e-2 * kinetic, "{kinetic} {potential} {energy}");
    }
    let saved =
        whole.iter().find_map(|report| if let Report::Saved(saved) = report { Some(saved.clone()) } else { None });
    let saved = saved.expect("a checkpoint");
    let rest = measured(&reports(spec(3), Some(saved.clone()), usize::MAX));
    assert_eq!(rest, all[saved.step as usize..]);
}
