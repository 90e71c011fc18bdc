//! `data`: official statistics to a baseline's tables, a baseline looked over, and a small sample to try both on.

mod check;
mod import;
mod sample;
mod words;

use super::Ending;
use crate::data::{Direction, Named, Source};
use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;

#[derive(Debug, Subcommand)]
pub(super) enum DataCommand {
    /// Make a baseline's flows from downloads of the US Census Bureau, USITC DataWeb, UN Comtrade, CEPII BACI and Statistics Canada
    #[command(after_help = IMPORT_HELP)]
    Import(ImportArgs),
    /// Look a baseline over: totals, home shares, how its figures are known, and which are doubtful
    #[command(
        after_help = "Example: tradewind data check scenarios/baseline-2024\nExit codes: 0 read, whatever there is to remark; 2 the tables have errors, all of which are shown."
    )]
    Check(CheckArgs),
    /// Write a small made-up sample of every office's download, with the tables to import it into
    #[command(after_help = "Example: tradewind data sample my-sample")]
    Sample {
        /// Folder to make
        #[arg(value_name = "FOLDER")]
        folder: PathBuf,
    },
}

const IMPORT_HELP: &str = "Each file says by its columns which office it is from, but for Statistics Canada's of 2 to 6 digits, \
which do not say whether they are imports or exports: write imports=FILE or exports=FILE.\n\n\
Of trade that both partners recorded, the importer's figure stands; then BACI's, which reconciles both; then the exporter's. \
Among equals the source named first. Where no file speaks, the base's figure stays.\n\n\
Examples:\n  \
tradewind data import census-imports.csv comtrade.csv --base scenarios/baseline-2024 --year 2024 --out my-baseline\n  \
tradewind data import --from baci BACI_HS22_Y2023_V202501.csv country_codes_V202501.csv --regions regions.csv --sectors sectors.csv \
--output-table output.csv --out baseline-2023\n  \
tradewind data import imports=ODPFN018_2024.csv --rate 1.3698 --base scenarios/baseline-2024 --out with-statcan";

#[derive(Debug, Args)]
pub(super) struct ImportArgs {
    /// Downloads (CSV); imports=FILE or exports=FILE where a file does not say which
    #[arg(required = true, value_name = "FILE", value_parser = named)]
    files: Vec<Named>,
    /// Office that all files are from [default: each file's columns say]
    #[arg(long, value_name = "SOURCE")]
    from: Option<SourceName>,
    /// Baseline to start from: its regions and sectors, its other tables, and its flows where no file speaks
    #[arg(long, value_name = "FOLDER", conflicts_with_all = ["regions", "sectors"], required_unless_present_all = ["regions", "sectors"])]
    base: Option<PathBuf>,
    /// Regions, without a base
    #[arg(long, value_name = "FILE", requires = "sectors")]
    regions: Option<PathBuf>,
    /// Sectors with their HS codes, without a base
    #[arg(long, value_name = "FILE", requires = "regions")]
    sectors: Option<PathBuf>,
    /// Which countries a region is made of, where its code does not say: region,country
    #[arg(long, value_name = "FILE")]
    members: Option<PathBuf>,
    /// Year to import, where the files hold several
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i32).range(1900..=2200))]
    year: Option<i32>,
    /// Canadian dollars for one US dollar, the year's average (for Statistics Canada)
    #[arg(long, value_name = "C$", value_parser = rate)]
    rate: Option<f64>,
    /// Gross output, for home sales: region,sector,gross_output_usd_m
    #[arg(long, value_name = "FILE")]
    output_table: Option<PathBuf>,
    /// Totals to balance to: region,sector,exports_usd_m,imports_usd_m
    #[arg(long, value_name = "FILE")]
    totals: Option<PathBuf>,
    /// Folder that receives the baseline
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
    /// Replace the tables of a folder that is there
    #[arg(long)]
    force: bool,
    /// Say nothing but warnings, errors and where the baseline is
    #[arg(long, short)]
    quiet: bool,
}

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// Baseline folder
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
    /// Also write the tables as CSV into this folder
    #[arg(long, value_name = "DIR")]
    csv: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum SourceName {
    /// US Census Bureau: USA Trade Online, or its API's columns
    Census,
    /// USITC DataWeb
    Dataweb,
    /// UN Comtrade
    Comtrade,
    /// CEPII BACI, with its country_codes file
    Baci,
    /// Statistics Canada
    Statcan,
}

impl From<SourceName> for Source {
    fn from(name: SourceName) -> Self {
        match name {
            SourceName::Census => Source::Census,
            SourceName::Dataweb => Source::Dataweb,
            SourceName::Comtrade => Source::Comtrade,
            SourceName::Baci => Source::Baci,
            SourceName::Statcan => Source::Statcan,
        }
    }
}

/// `imports=FILE`, `exports=FILE` or `FILE`.
fn named(text: &str) -> Result<Named, String> {
    let (side, path) = match text.split_once('=') {
        Some(("imports", path)) => (Some(Direction::Imports), path),
        Some(("exports", path)) => (Some(Direction::Exports), path),
        _ => (None, text),
    };
    if path.is_empty() { Err("a file's name belongs here".into()) } else { Ok(Named { path: path.into(), side }) }
}

fn rate(text: &str) -> Result<f64, String> {
    let rate = text.parse().ok().filter(|rate: &f64| (0.1..10.0).contains(rate));
    rate.ok_or_else(|| "the year's average of C$ for one US$ belongs here, 1.3698 for 2024".to_string())
}

pub(super) fn data(command: &DataCommand) -> Ending {
    match command {
        DataCommand::Import(args) => import::import(args),
        DataCommand::Check(args) => check::check(args),
        DataCommand::Sample { folder } => sample::sample(folder),
    }
}
