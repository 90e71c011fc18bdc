use super::*;
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum CsvTable {
    Tariffs,
}
pub(super) fn explain(_a: &ExplainArgs) -> Ending {
    Ending::Done
}
