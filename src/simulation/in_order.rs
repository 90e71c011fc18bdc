//! Items made by many threads and taken in their order, with few in flight: a thread that has made the next item takes it, and what waits behind it, before it makes another.
//!
//! There is no round of items whose end leaves threads idle, and what is in flight does not grow with how many there are.

use rayon::ThreadPool;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Makes items 0 … `count` − 1, each with what `workspace` gave its thread, and hands them to `take` in their order: no more than `window` are made ahead of the
/// one that is to be taken next. Ends before the last where `make` gives nothing or `take` breaks; what is then in flight is dropped.
pub(super) fn in_order<W, T: Send>(
    pool: &ThreadPool,
    count: u64,
    window: u64,
    workspace: impl Fn() -> W + Sync,
    make: impl Fn(&mut W, u64) -> Option<T> + Sync,
    take: impl FnMut(T) -> ControlFlow<()> + Send,
) {
    let (line, moved, take) = (Mutex::new(Line::new()), Condvar::new(), Mutex::new(take));
    let (line, window) = (Shared { line: &line, moved: &moved }, window.max(1));
    pool.broadcast(|_| {
        // Those who wait for a thread that panics would wait for ever.
        let _stop = StopOnPanic(line);
        let mut workspace = workspace();
        while let Some(index) = line.next(count, window) {
            let Some(item) = make(&mut workspace, index) else {
                line.stop();
                return;
            };
            let Some(mut first) = line.put(index, item) else { continue };
            let mut take = take.lock().unwrap_or_else(PoisonError::into_inner);
            loop {
                if take(first).is_break() {
                    line.stop();
                    return;
                }
                match line.taken() {
                    Some(next) => first = next,
                    None => break,
                }
            }
        }
    });
}

/// Where the items stand.
struct Line<T> {
    /// To be made next.
    next: u64,
    /// To be taken next.
    due: u64,
    /// Made, and not yet taken.
    made: BTreeMap<u64, T>,
    /// Whether some thread is taking items: it will also take those that others make meanwhile.
    taking: bool,
    stopped: bool,
}

impl<T> Line<T> {
    fn new() -> Self {
        Line { next: 0, due: 0, made: BTreeMap::new(), taking: false, stopped: false }
    }
}

/// The line as every thread sees it.
struct Shared<'a, T> {
    line: &'a Mutex<Line<T>>,
    moved: &'a Condvar,
}

impl<T> Clone for Shared<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Shared<'_, T> {}

impl<T> Shared<'_, T> {
    fn lock(&self) -> MutexGuard<'_, Line<T>> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next item to be made, once there is room for it; none when there is no more to do.
    fn next(&self, count: u64, window: u64) -> Option<u64> {
        let mut line = self.lock();
        while !line.stopped && line.next < count && line.next >= line.due + window {
            line = self.moved.wait(line).unwrap_or_else(PoisonError::into_inner);
        }
        let index = line.next;
        let more = !line.stopped && index < count;
        line.next += u64::from(more);
        more.then_some(index)
    }

    /// Puts an item in line. Gives the one that is due, where it is there and nobody is taking it.
    fn put(&self, index: u64, item: T) -> Option<T> {
        let mut line = self.lock();
        line.made.insert(index, item);
        if line.taking || line.stopped {
            return None;
        }
        let due = line.due;
        let first = line.made.remove(&due);
        line.taking = first.is_some();
        first
    }

    /// Tells that the item that was due has been taken. Gives the one after it, where it is there; where it is not, nobody is taking any more.
    fn taken(&self) -> Option<T> {
        let mut line = self.lock();
        line.due += 1;
        let due = line.due;
        let next = if line.stopped { None } else { line.made.remove(&due) };
        line.taking = next.is_some();
        self.moved.notify_all();
        next
    }

    fn stop(&self) {
        self.lock().stopped = true;
        self.moved.notify_all();
    }
}

struct StopOnPanic<'a, T>(Shared<'a, T>);

impl<T> Drop for StopOnPanic<'_, T> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.stop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::time::Duration;

    fn pool(threads: usize) -> ThreadPool {
        rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap()
    }

    #[test]
    fn items_are_taken_in_order_and_few_are_in_flight() {
        for threads in [1, 2, 5] {
            let (made, mut taken) = (AtomicU64::new(0), Vec::new());
            let make = |_: &mut (), index: u64| {
                // Some take longer than others, so that they end out of order.
                std::thread::sleep(Duration::from_micros(index * 7919 % 400));
                made.fetch_add(1, Ordering::SeqCst);
                Some(index)
            };
            let take = |index: u64| {
                assert!(made.load(Ordering::SeqCst) <= index + 3, "{threads} threads: too many in flight");
                taken.push(index);
                ControlFlow::Continue(())
            };
            in_order(&pool(threads), 200, 3, || (), make, take);
            assert_eq!(taken, (0..200).collect::<Vec<_>>(), "{threads} threads");
        }
    }

    #[test]
    fn nothing_is_taken_after_a_break_or_past_what_was_not_made() {
        for threads in [1, 3] {
            let mut taken = Vec::new();
            let until = |taken: &mut Vec<u64>, index| {
                taken.push(index);
                if index == 20 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            };
            in_order(&pool(threads), 1000, 4, || (), |_, index| Some(index), |index| until(&mut taken, index));
            assert_eq!(taken, (0..=20).collect::<Vec<_>>());
            let mut before = Vec::new();
            in_order(
                &pool(threads),
                1000,
                4,
                || (),
                |_, index| (index < 30).then_some(index),
                |index| {
                    before.push(index);
                    ControlFlow::Continue(())
                },
            );
            assert!(before.len() <= 30 && before.iter().enumerate().all(|(at, index)| at as u64 == *index));
        }
    }

    #[test]
    fn a_workspace_is_made_once_a_thread() {
        let made = AtomicU64::new(0);
        let workspace = || made.fetch_add(1, Ordering::SeqCst);
        in_order(
            &pool(2),
            50,
            6,
            workspace,
            |own, _| Some(*own),
            |own| if own < 2 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) },
        );
        assert_eq!(made.into_inner(), 2);
    }

    #[test]
    fn a_panic_leaves_nobody_waiting() {
        let pool = pool(3);
        let make = |_: &mut (), index: u64| {
            assert!(index != 5, "as intended");
            Some(index)
        };
        let run = || in_order(&pool, 1000, 3, || (), make, |_| ControlFlow::Continue(()));
        assert!(std::panic::catch_unwind(std::panic::AssertUnwindSafe(run)).is_err());
    }
}
