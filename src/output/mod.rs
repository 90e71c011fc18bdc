//! What a run leaves behind: tables, the manifest, and the folder they stand in; written, and read again.
//! Here files are written whole or not at all; what the figures are is decided elsewhere, and charts are drawn elsewhere.

mod error;
mod error_tables;
mod facility_tables;
mod finished;
mod folder;
mod import_tables;
mod kept_draws;
mod manifest;
mod numbers;
mod read_back;
mod run_tables;
mod sweep_table;
mod table;
mod unfinished;

pub use error::OutputError;
pub use finished::{Finished, ReadError};
pub use folder::{Folder, write_file};
pub use import_tables::{NamedFile, csv_table, figure, import_sources, import_tables, pairs, quality_word, write_baseline};
pub use kept_draws::KeptDraws;
pub use manifest::{BranchDraws, Manifest};
pub use read_back::{ReadRow, ReadTable};
pub use run_tables::write_tables;
pub use sweep_table::write_sweep;
pub use table::{Cell, Table};
