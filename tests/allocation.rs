//! No draw allocates: in a workspace that has been used, a chunk of eight times the draws asks for memory as often as a chunk of one lane batch, whatever happens in the scenario.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::path::Path;
use tradewind::numerics::Isa;
use tradewind::simulation::chunk::ChunkWork;
use tradewind::simulation::{Plan, Workspace};
use tradewind::uncertainty::Sampler;
use tradewind::{baseline, scenario};

/// The system's memory, with a count of how often a thread asked for some.
struct Counting;

thread_local! {
    static ASKED: Cell<u64> = const { Cell::new(0) };
}

fn count() {
    // A thread that ends asks when its counter is gone.
    let _ = ASKED.try_with(|asked| asked.set(asked.get() + 1));
}

// SAFETY: every request goes to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count();
        // SAFETY: as the caller promises.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count();
        // SAFETY: as the caller promises.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count();
        // SAFETY: as the caller promises.
        unsafe { System.realloc(memory, layout, size) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        // SAFETY: as the caller promises.
        unsafe { System.dealloc(memory, layout) }
    }
}

#[global_allocator]
static MEMORY: Counting = Counting;

fn plan(name: &str, sampler: Sampler) -> Plan {
    let scenarios = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let document = scenario::open(&scenarios.join(name)).unwrap_or_else(|found| panic!("{found}"));
    let (baseline, _) = baseline::read(document.baseline_folder()).unwrap_or_else(|found| panic!("{found}"));
    let (mut scenario, _) = document.resolve(&baseline).unwrap_or_else(|found| panic!("{found}"));
    scenario.simulation.sampler = sampler;
    scenario.simulation.draws = 256;
    Plan::compile(&scenario, &baseline).unwrap_or_else(|found| panic!("{found}"))
}

/// How often chunks of so many draws ask for memory, after one that does not count.
fn asked<const N: usize>(plan: &Plan, counts: [usize; N]) -> [u64; N] {
    let (design, mut workspace) = (plan.design(), Workspace::new(plan));
    let mut one = |count| {
        let work = ChunkWork { plan, design: &design, first: 0, count, keep: 0, only: None };
        let before = ASKED.get();
        let chunk = work.run_in(Isa::detect(), &mut workspace);
        let asked = ASKED.get() - before;
        assert!(chunk.failures.is_empty() && chunk.alive.iter().all(|alive| *alive), "what fails may allocate: {:?}", chunk.failures);
        asked
    };
    one(8);
    counts.map(one)
}

/// The lanes of a chunk need more than a test's 2 MiB of stack where the compiler does not optimise; a run gives its threads as much.
fn no_draw_allocates(name: &'static str, sampler: Sampler) {
    let test = move || {
        let [few, many] = asked(&plan(name, sampler), [8, 64]);
        assert_eq!(few, many, "{name}: 8 draws ask {few} times for memory, 64 draws {many} times");
        // What a chunk leaves has to be put somewhere: a counter that counts nothing would be no test.
        assert!((3..200).contains(&few), "{few}");
    };
    std::thread::Builder::new().stack_size(16 << 20).spawn(test).unwrap().join().unwrap();
}

#[test]
fn of_tariffs_and_routes() {
    no_draw_allocates("north-america-2025.toml", Sampler::Sobol);
}

#[test]
fn of_events_and_congestion() {
    no_draw_allocates("usmca-review-2026.toml", Sampler::LatinHypercube);
}

#[test]
fn of_services_that_fill() {
    no_draw_allocates("maritime-action-plan.toml", Sampler::Random);
}
