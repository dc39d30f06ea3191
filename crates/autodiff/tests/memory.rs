//! A step allocates nothing once memory is planned, and an executor that is dropped leaves nothing behind: a worker that trains
//! for hours, or carries out hundreds of runs, does not grow.

mod models;

use autodiff::adam::Adam;
use autodiff::cpu::Executor;
use models::{Case, graph, hnn, hogn, pixels};
use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicIsize, AtomicUsize, Ordering};

struct Counting;

static CALLS: AtomicUsize = AtomicUsize::new(0);
static LIVE: AtomicIsize = AtomicIsize::new(0);

// SAFETY: hands every call on to the system's allocator, and only counts.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        CALLS.fetch_add(1, Ordering::Relaxed);
        LIVE.fetch_add(layout.size() as isize, Ordering::Relaxed);
        // SAFETY: as required of the caller.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size() as isize, Ordering::Relaxed);
        // SAFETY: as required of the caller.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn steps(executor: &mut Executor, case: &Case, times: std::ops::Range<u64>) {
    let inputs: Vec<&[f32]> = case.inputs.iter().map(Vec::as_slice).collect();
    for time in times {
        executor.run(0, &inputs, case.items);
        executor.descend(0, 1, &Adam::new(1e-3, time));
    }
}

/// One test, since the counters are shared by all threads.
#[test]
fn steps_allocate_nothing_and_runs_leave_nothing_behind() {
    for case in [hnn(17, 100), graph(9, 20), hogn(8, 6), pixels(120, 11, 12)] {
        let mut executor = Executor::new(&[&case.function], &case.parameters).expect("a plan");
        steps(&mut executor, &case, 1..3);
        let before = CALLS.load(Ordering::Relaxed);
        steps(&mut executor, &case, 3..53);
        // The list of inputs is this test's own.
        assert_eq!(CALLS.load(Ordering::Relaxed) - before, 1, "{}", case.name);
        drop(executor);

        let before = LIVE.load(Ordering::Relaxed);
        for _ in 0..200 {
            let mut executor = Executor::new(&[&case.function], &case.parameters).expect("a plan");
            steps(&mut executor, &case, 1..3);
        }
        assert_eq!(LIVE.load(Ordering::Relaxed), before, "{}", case.name);
    }
}
