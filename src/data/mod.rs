//! From official statistics to a baseline, and what a baseline is worth.
//!
//! [`import()`] reads what customs and statistical offices give for download, whoever recorded it and however large, maps products to sectors and countries to
//! regions, chooses where both partners recorded the same trade, fills what no file covers from an older baseline, and balances to known totals ([`ras`]).
//! [`review()`] looks a finished baseline over: totals, home shares, how its figures are known, which are doubtful. Nothing is written here.

mod balance;
mod classification;
mod countries;
mod gather;
mod home;
mod import;
mod layouts;
mod membership;
mod mirror;
pub mod ras;
mod review;
mod stream;

pub use balance::Change;
pub use gather::FileReport;
pub use import::{FlowRow, Gap, GapKind, Imported, import};
pub use mirror::{Mirror, Unmapped, UnmappedKind};
pub use review::{Doubt, PairRow, QualityRow, RegionRow, Remark, Review, SectorRow, review};

use std::path::PathBuf;

/// An office whose downloads are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Source {
    Census,
    Dataweb,
    Comtrade,
    Baci,
    Statcan,
}

impl Source {
    pub const ALL: [Source; 5] = [Source::Census, Source::Dataweb, Source::Comtrade, Source::Baci, Source::Statcan];

    /// As commands and tables write it.
    pub fn word(self) -> &'static str {
        match self {
            Source::Census => "census",
            Source::Dataweb => "dataweb",
            Source::Comtrade => "comtrade",
            Source::Baci => "baci",
            Source::Statcan => "statcan",
        }
    }

    /// As people know it.
    pub fn office(self) -> &'static str {
        match self {
            Source::Census => "the US Census Bureau",
            Source::Dataweb => "the USITC's DataWeb",
            Source::Comtrade => "UN Comtrade",
            Source::Baci => "CEPII's BACI",
            Source::Statcan => "Statistics Canada",
        }
    }
}

/// Which side of trade a file is about, where it does not say so itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    Imports,
    Exports,
}

impl From<Direction> for layouts::Side {
    fn from(direction: Direction) -> Self {
        match direction {
            Direction::Imports => layouts::Side::Importer,
            Direction::Exports => layouts::Side::Exporter,
        }
    }
}

/// A file to import.
#[derive(Debug, Clone)]
pub struct Named {
    pub path: PathBuf,
    pub side: Option<Direction>,
}

/// Where regions and sectors come from.
#[derive(Debug, Clone)]
pub enum Frame {
    /// A baseline, which also gives what no file covers.
    Base(PathBuf),
    /// Two tables: regions and sectors.
    Tables(PathBuf, PathBuf),
}

/// What to import, and into which world.
#[derive(Debug, Clone)]
pub struct Request {
    pub downloads: Vec<Named>,
    /// The office that all files are from; `None`: each says by its columns.
    pub source: Option<Source>,
    pub year: Option<i32>,
    /// C$ for one US$.
    pub rate: Option<f64>,
    pub frame: Frame,
    /// Table `region,country`.
    pub members: Option<PathBuf>,
    /// Table `region,sector,gross_output_usd_m`.
    pub output: Option<PathBuf>,
    /// Table `region,sector,exports_usd_m,imports_usd_m`.
    pub totals: Option<PathBuf>,
}
