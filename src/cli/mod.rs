//! The commands: one file each. Here arguments become calls, and what goes wrong becomes a message and an exit code; nothing is computed.

mod check;
mod columns;
mod compare;
mod completions;
mod data;
mod earlier;
mod explain;
mod loading;
mod new;
mod plot;
mod progress;
mod report;
mod results;
mod run;
mod schema;
mod sensitivity;
mod sweep;
mod terminal;
mod watch;
mod watched;

use crate::uncertainty::Sampler;
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;
use std::process::ExitCode;

/// What tariffs do to trade, with honest uncertainty.
#[derive(Debug, Parser)]
#[command(name = "tradewind", version, about, long_about = None, arg_required_else_help = true, after_help = EXIT_CODES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

const EXIT_CODES: &str = "Exit codes: 0 done; 1 the run could not be completed; 2 the input is wrong; \
3 done, but some draws did not solve; 65 data corrupt; 74 output could not be written.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Simulate scenarios; one folder of results each
    #[command(
        after_help = "Example: tradewind run scenarios/north-america-2025.toml --draws 2000 --out results\n         tradewind run --watch scenarios/steel-50.toml"
    )]
    Run(RunArgs),
    /// Take the same draws through several scenarios: the distribution of their differences from the first
    #[command(after_help = "Example: tradewind compare scenarios/steel-50.toml scenarios/north-america-2025.toml")]
    Compare(CompareArgs),
    /// Simulate a scenario and divide the variance of its outcomes among the uncertain numbers: Sobol' indices and Shapley effects
    #[command(after_help = "Example: tradewind sensitivity scenarios/north-america-2025.toml --rows 2048 --inputs 30")]
    Sensitivity(SensitivityArgs),
    /// Read and check scenarios and their baselines without simulating
    #[command(after_help = "Example: tradewind check scenarios/*.toml")]
    Check(CheckArgs),
    /// Show what a scenario really does: effective tariffs with their layers, what is uncertain, routes
    #[command(after_help = "Example: tradewind explain scenarios/steel-50.toml --sector steel_iron")]
    Explain(ExplainArgs),
    /// Draw the charts of finished runs again, from their folders, without simulating
    #[command(after_help = "Example: tradewind plot output/north-america-2025")]
    Plot(FinishedArgs),
    /// Write the reports of finished runs again, from their folders, without simulating
    #[command(after_help = "Example: tradewind report output/north-america-2025")]
    Report(FinishedArgs),
    /// Write a short commented scenario to start from
    #[command(after_help = "Example: tradewind new scenarios/my-first.toml")]
    New {
        /// The scenario file to write, beside a baseline folder
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Print the JSON Schema of the scenario format, which editors complete and underline by
    #[command(after_help = "Example: tradewind schema > scenarios/scenario.schema.json")]
    Schema,
    /// Make baselines from official statistics, and look them over
    #[command(subcommand, after_help = "Example: tradewind data check scenarios/baseline-2024")]
    Data(data::DataCommand),
    /// Print completions for a shell
    #[command(after_help = "Example: tradewind completions bash > ~/.local/share/bash-completion/completions/tradewind")]
    Completions {
        /// The shell to complete for
        shell: clap_complete::Shell,
    },
}

#[derive(Debug, Clone, Args)]
struct RunArgs {
    /// Scenario files (TOML)
    #[arg(required = true, value_name = "SCENARIO")]
    scenarios: Vec<PathBuf>,
    /// Also write every draw: its inputs and outcomes
    #[arg(long, value_name = "FORMAT")]
    keep_draws: Option<KeepFormat>,
    /// Watch the scenario and all that it reads: after each save a quick look at few draws, then the run in full
    #[arg(long, conflicts_with = "keep_draws")]
    watch: bool,
    #[command(flatten)]
    how: HowToRun,
}

#[derive(Debug, Args)]
struct CompareArgs {
    /// The scenario to compare with, then those compared with it (TOML)
    #[arg(required = true, num_args = 2.., value_name = "SCENARIO")]
    scenarios: Vec<PathBuf>,
    #[command(flatten)]
    how: HowToRun,
}

/// Beyond, the outcomes on every mixture of the groups would fill gigabytes, for digits that no index is read to.
const MOST_ROWS: u64 = 1 << 14;

#[derive(Debug, Args)]
struct SensitivityArgs {
    /// Scenario file (TOML)
    #[arg(value_name = "SCENARIO")]
    scenario: PathBuf,
    /// Rows of each of the samples that indices are estimated from, 64 to 16384: every input tried takes as many draws more
    #[arg(long, value_name = "N", default_value_t = 1024, value_parser = clap::value_parser!(u64).range(64..=MOST_ROWS))]
    rows: u64,
    /// Inputs tried one by one, those that explain most; all others are tried together
    #[arg(long, value_name = "N", default_value_t = 40)]
    inputs: usize,
    /// Try every input one by one
    #[arg(long, conflicts_with = "inputs")]
    all_inputs: bool,
    #[command(flatten)]
    how: HowToRun,
}

/// What holds for any command that draws.
#[derive(Debug, Clone, Args)]
struct HowToRun {
    /// Folder that receives the folders of results
    #[arg(long, value_name = "DIR", default_value = "output")]
    out: PathBuf,
    /// Number of draws, instead of the scenario's
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=crate::scenario::MOST_DRAWS))]
    draws: Option<u64>,
    /// Seed, instead of the scenario's
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Sampling design, instead of the scenario's
    #[arg(long, value_name = "DESIGN")]
    sampler: Option<SamplerName>,
    /// Threads to use; the results do not depend on it [default: all cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Leave out the charts
    #[arg(long)]
    no_plots: bool,
    /// Say nothing but warnings, errors and where the results are
    #[arg(long, short)]
    quiet: bool,
}

#[derive(Debug, Args)]
struct CheckArgs {
    /// Scenario files (TOML)
    #[arg(required = true, value_name = "SCENARIO")]
    scenarios: Vec<PathBuf>,
    /// Say nothing but warnings and errors
    #[arg(long, short)]
    quiet: bool,
}

#[derive(Debug, Args)]
struct ExplainArgs {
    /// Scenario file (TOML)
    #[arg(value_name = "SCENARIO")]
    scenario: PathBuf,
    /// Only this sector
    #[arg(long, value_name = "CODE")]
    sector: Option<String>,
    /// Only this exporter
    #[arg(long, value_name = "CODE")]
    exporter: Option<String>,
    /// Only this period
    #[arg(long, value_name = "LABEL")]
    period: Option<String>,
    /// Print one of the tables as CSV instead
    #[arg(long, value_name = "TABLE", num_args = 0..=1, default_missing_value = "tariffs")]
    csv: Option<explain::CsvTable>,
}

#[derive(Debug, Args)]
struct FinishedArgs {
    /// Folders of finished runs
    #[arg(required = true, value_name = "RUN")]
    runs: Vec<PathBuf>,
    /// Say nothing but errors and where the results are
    #[arg(long, short)]
    quiet: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum SamplerName {
    /// Owen-scrambled Sobol' points
    Sobol,
    /// Latin hypercubes
    LatinHypercube,
    /// Pseudo-random numbers
    Random,
    /// Stroud quadrature, two points a number, as users of GTAP do: means and standard deviations only
    Quadrature,
}

impl From<SamplerName> for Sampler {
    fn from(name: SamplerName) -> Self {
        match name {
            SamplerName::Sobol => Sampler::Sobol,
            SamplerName::LatinHypercube => Sampler::LatinHypercube,
            SamplerName::Quadrature => Sampler::Quadrature,
            SamplerName::Random => Sampler::Random,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum KeepFormat {
    Csv,
}

/// How a command ended; the worst of several counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Ending {
    Done,
    /// Done, but some draws did not solve.
    SomeDrawsFailed,
    /// The run could not be completed.
    Incomplete,
    /// The input is wrong.
    WrongInput,
    /// What an earlier run left is damaged.
    Corrupt,
    /// Output could not be written.
    NotWritten,
}

impl Ending {
    fn code(self) -> ExitCode {
        ExitCode::from(match self {
            Ending::Done => 0,
            Ending::Incomplete => 1,
            Ending::WrongInput => 2,
            Ending::SomeDrawsFailed => 3,
            Ending::Corrupt => 65,
            Ending::NotWritten => 74,
        })
    }
}

/// The whole programme.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    if let Err(ending) = use_threads(&cli.command) {
        return ending.code();
    }
    let ending = match &cli.command {
        Command::Run(args) => run::run(args),
        Command::Compare(args) => compare::compare(args),
        Command::Sensitivity(args) => sensitivity::sensitivity(args),
        Command::Check(args) => check::check(args),
        Command::Explain(args) => explain::explain(args),
        Command::Plot(args) => plot::plot(args),
        Command::Report(args) => report::report(args),
        Command::New { file } => new::new(file),
        Command::Schema => schema::schema(),
        Command::Data(command) => data::data(command),
        Command::Completions { shell } => completions::completions(*shell, &mut Cli::command()),
    };
    ending.code()
}

/// What is computed, drawn and written after the draws keeps to the threads that were asked for as well.
fn use_threads(command: &Command) -> Result<(), Ending> {
    let how = match command {
        Command::Run(args) => &args.how,
        Command::Compare(args) => &args.how,
        Command::Sensitivity(args) => &args.how,
        _ => return Ok(()),
    };
    let threads = rayon::ThreadPoolBuilder::new().num_threads(how.threads.map_or(0, usize::from)).build_global();
    threads.map_err(|error| {
        terminal::complain(&format!("threads could not be started: {error}"));
        Ending::Incomplete
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_commands_are_consistent() {
        Cli::command().debug_assert();
    }
}
