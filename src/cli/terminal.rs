//! Words to the terminal: colour only where it is wanted, and no panic when nobody reads.

use super::Ending;
use crate::diagnostics::{Diagnostic, Diagnostics};
use std::io::{ErrorKind, IsTerminal, Write};

/// Prints a line to stdout. A reader that has gone (`| head`) is no error.
pub(super) fn say(line: &str) -> Ending {
    let mut out = std::io::stdout().lock();
    match writeln!(out, "{line}").and_then(|()| out.flush()) {
        Ok(()) => Ending::Done,
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ending::Done,
        Err(error) => {
            complain(&format!("standard output could not be written: {error}"));
            Ending::NotWritten
        }
    }
}

/// Prints a message to stderr.
pub(super) fn note(message: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{message}");
}

/// Prints an error without a place in a file to stderr.
pub(super) fn complain(message: &str) {
    let (red, plain) = if colour() { ("\u{1b}[1;31m", "\u{1b}[0m") } else { ("", "") };
    note(&format!("{red}error{plain}: {message}"));
}

/// Prints warnings to stderr.
pub(super) fn warn(warnings: &[Diagnostic]) {
    for warning in warnings {
        note(&warning.render(colour(), width()));
    }
}

/// Prints all that is wrong to stderr, and how much it is.
pub(super) fn report(wrong: &Diagnostics) {
    note(&wrong.render(colour(), width()));
    let errors = wrong.errors();
    note(&format!("{errors} error{} found", if errors == 1 { "" } else { "s" }));
}

/// Whether stderr takes colour: a terminal, and NO_COLOR unset or empty.
fn colour() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()) && std::io::stderr().is_terminal()
}

/// Columns of the terminal that stderr is, or of a page.
pub(super) fn width() -> usize {
    columns(|| terminal_size::terminal_size_of(std::io::stderr()))
}

/// Columns for a table on stdout: those of the terminal; a file or a pipe has none that would have to be kept to.
pub(super) fn room() -> usize {
    room_of(terminal_size::terminal_size_of(std::io::stdout()))
}

/// Columns for a table on stderr, likewise.
pub(super) fn room_beside() -> usize {
    room_of(terminal_size::terminal_size_of(std::io::stderr()))
}

fn room_of(terminal: Option<(terminal_size::Width, terminal_size::Height)>) -> usize {
    if terminal.is_none() && asked().is_none() { usize::MAX } else { columns(|| terminal) }
}

/// What the user asks for, else what the terminal has, else that of a page.
fn columns(of_terminal: impl FnOnce() -> Option<(terminal_size::Width, terminal_size::Height)>) -> usize {
    let known = asked().or_else(|| of_terminal().map(|(terminal_size::Width(columns), _)| usize::from(columns)));
    known.filter(|columns| *columns >= 40).unwrap_or(110)
}

fn asked() -> Option<usize> {
    std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok())
}
