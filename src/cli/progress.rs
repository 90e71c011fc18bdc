//! The bar that shows a run's progress on a terminal, and nothing elsewhere.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use std::fmt::Write;
use std::io::IsTerminal;

/// A bar for `draws` draws, hidden when `quiet` or when stderr is no terminal.
pub(super) fn bar(draws: u64, quiet: bool) -> ProgressBar {
    let shown = !quiet && std::io::stderr().is_terminal();
    let target = if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let bar = ProgressBar::with_draw_target(Some(draws), target);
    if let Ok(style) = ProgressStyle::with_template("{bar:32} {human_pos} of {human_len} draws  {rate}  {eta} left") {
        let rate = |state: &ProgressState, text: &mut dyn Write| {
            // A bar that cannot be written is no loss.
            let _ = write!(text, "{:.0} draws/s", state.per_sec());
        };
        bar.set_style(style.with_key("rate", rate));
    }
    bar
}
