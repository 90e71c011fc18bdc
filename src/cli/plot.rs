//! `plot`: the charts of finished runs, drawn again from the figures that stand in their folders.

use super::terminal::{complain, note, say};
use super::{Ending, FinishedArgs};
use crate::output::{Finished, OutputError, ReadError};
use crate::report::{CHARTS, Charts, PageError, PictureError, draw, write_pictures};
use std::path::Path;
use thiserror::Error;

/// Why charts or a page could not be made of a folder.
#[derive(Debug, Error)]
pub(super) enum AgainError {
    #[error(transparent)]
    Read(#[from] ReadError),
    #[error(transparent)]
    Output(#[from] OutputError),
    #[error(transparent)]
    Picture(#[from] PictureError),
    #[error(transparent)]
    Page(#[from] PageError),
}

impl AgainError {
    fn ending(&self) -> Ending {
        match self {
            AgainError::Read(error) | AgainError::Page(PageError::Read(error)) => match error {
                ReadError::Damaged { .. } => Ending::Corrupt,
                ReadError::NotARun { .. } | ReadError::System { .. } => Ending::WrongInput,
            },
            AgainError::Output(_) | AgainError::Picture(PictureError::Output(_)) => Ending::NotWritten,
            AgainError::Picture(PictureError::Chart { .. }) | AgainError::Page(PageError::Template(_)) => Ending::Incomplete,
        }
    }
}

pub(super) fn plot(args: &FinishedArgs) -> Ending {
    each(args, |finished| {
        let charts = charts_of(&finished)?;
        let drawings = draw(&charts)?;
        write_pictures(&drawings, |name, bytes| finished.write(name, bytes))?;
        let count = charts.len();
        let names = charts.keys().flat_map(|name| [format!("plots/{name}.svg"), format!("plots/{name}.png")]);
        finished.list(names)?;
        Ok(if count == 0 { "a quadrature knows no distributions, and has no charts".into() } else { format!("{count} charts drawn") })
    })
}

/// Does something with every folder; what it returns is said, unless quiet.
pub(super) fn each(args: &FinishedArgs, make: impl Fn(Finished) -> Result<String, AgainError>) -> Ending {
    let one = |place: &Path| {
        let made = Finished::open(place).map_err(AgainError::from).and_then(&make);
        match made {
            Ok(done) => {
                if !args.quiet {
                    note(&done);
                }
                say(&place.display().to_string())
            }
            Err(error) => {
                complain(&error.to_string());
                error.ending()
            }
        }
    };
    args.runs.iter().map(|place| one(place)).max().unwrap_or(Ending::Done)
}

/// The figures that a run left.
pub(super) fn charts_of(finished: &Finished) -> Result<Charts, ReadError> {
    read_json(finished, CHARTS)
}

pub(super) fn read_json<T: serde::de::DeserializeOwned>(finished: &Finished, name: &str) -> Result<T, ReadError> {
    let bytes = finished.read(name)?;
    serde_json::from_slice(&bytes).map_err(|error| {
        let version = &finished.manifest.tradewind;
        let by_another = if version == env!("CARGO_PKG_VERSION") { String::new() } else { format!(" (written by tradewind {version})") };
        ReadError::Damaged { path: finished.place().join(name), what: format!("{error}{by_another}") }
    })
}
