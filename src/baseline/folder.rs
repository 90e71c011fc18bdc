//! A baseline folder, read and checked as a whole: what is wrong with any of its tables is said at once.

use super::codes::{Codes, Index};
use super::elasticities::{self, ElasticityKind};
use super::ports::{self, Harbours};
use super::route_shares::{self, Names};
use super::table::{Complaints, Layout, Table};
use super::{Baseline, InputFile, files, flows, preferences, regions, routes, time_value, value_density};
use crate::diagnostics::{Diagnostic, Diagnostics, Severity};
use std::path::Path;

/// Tables of the format that this version does not use.
const UNUSED: [&str; 3] = ["value_added.csv", "input_output.csv", "final_demand.csv"];

/// More cells than any trade database has, and as many as fit in memory beside a run.
pub(super) const MOST_CELLS: usize = 10_000_000;

/// Reads the baseline in `folder`: the world, and what deserves a warning.
///
/// # Errors
/// All that is wrong with any table, each with its file, line and column.
pub fn read(folder: &Path) -> Result<(Baseline, Vec<Diagnostic>), Diagnostics> {
    let mut diagnostics = Diagnostics::default();
    match read_all(folder, &mut diagnostics) {
        Some(baseline) if !diagnostics.has_errors() => Ok((baseline, diagnostics.items)),
        _ => Err(diagnostics),
    }
}

/// A table, as far as it could be opened, and what is wrong with it.
struct Opened {
    table: Option<Table>,
    complaints: Option<Complaints>,
    file: Option<InputFile>,
    /// Nothing that the file should say is unknown: it was read without errors, or is optional and absent.
    whole: bool,
}

impl Opened {
    fn open(folder: &Path, name: &str, layout: &Layout, optional: bool, diagnostics: &mut Diagnostics) -> Opened {
        let before = diagnostics.items.len();
        let Some((source, file)) = files::open(folder, name, optional, diagnostics) else {
            let whole = diagnostics.items.len() == before;
            return Opened { table: None, complaints: None, file: None, whole };
        };
        let mut complaints = Complaints::new(&source);
        let table = Table::read(source, layout, &mut complaints);
        let whole = table.is_some() && !complaints.has_errors();
        Opened { table, complaints: Some(complaints), file: Some(file), whole }
    }

    /// Reads or checks the table, if there is one.
    fn with<T>(&mut self, read: impl FnOnce(&Table, &mut Complaints) -> T) -> Option<T> {
        let (table, complaints) = (self.table.as_ref()?, self.complaints.as_mut()?);
        let found = read(table, complaints);
        self.whole = self.whole && !complaints.has_errors();
        Some(found)
    }

    fn is_there(&self) -> bool {
        self.file.is_some()
    }
}

/// All tables; `None` where they are too broken to be put together.
fn read_all(folder: &Path, diagnostics: &mut Diagnostics) -> Option<Baseline> {
    if !folder.is_dir() {
        let what = if folder.exists() { "is not a folder" } else { "does not exist" };
        let help = Some("a baseline is a folder of tables: regions.csv, sectors.csv, flows.csv, elasticities.csv".into());
        diagnostics.error_in(folder, format!("the baseline `{}` {what}", folder.display()), help);
        return None;
    }
    let mut open = |name: &str, layout: &Layout, optional: bool| Opened::open(folder, name, layout, optional, diagnostics);
    let mut regions = open("regions.csv", &regions::REGIONS, false);
    let mut sectors = open("sectors.csv", &regions::SECTORS, false);
    let mut flows = open("flows.csv", &flows::LAYOUT, false);
    let mut elasticities = open("elasticities.csv", &elasticities::LAYOUT, false);
    let mut routes = open("routes.csv", &routes::ROUTES, true);
    let mut shares = open("route_shares.csv", &route_shares::LAYOUT, true);
    let mut preferences = open("preferences.csv", &preferences::LAYOUT, true);
    let mut densities = open("value_density.csv", &value_density::LAYOUT, true);
    let mut ports = open("ports.csv", &ports::LAYOUT, true);
    let mut time_values = open("time_value.csv", &time_value::LAYOUT, true);

    let region_list = regions.with(regions::regions).unwrap_or_default();
    let sector_list = sectors.with(regions::sectors).unwrap_or_default();
    let codes = Codes {
        regions: Index::new(region_list.iter().map(|r| r.code.as_str()), regions.whole),
        sectors: Index::new(sector_list.iter().map(|s| s.code.as_str()), sectors.whole),
    };
    let cells = sector_list.len().saturating_mul(region_list.len()).saturating_mul(region_list.len());
    if cells > MOST_CELLS {
        let message =
            format!("{} sectors and {} regions make {cells} flows; the most is {MOST_CELLS}", sector_list.len(), region_list.len());
        diagnostics.error_in(folder, message, Some("merge sectors or regions".into()));
        return None;
    }
    let codes_are_whole = regions.whole && sectors.whole;

    let flow_list = flows.with(|t, c| flows::flows(t, &codes, c)).unwrap_or_default();
    let (n, flows_are_known) = (region_list.len(), codes_are_whole && flows.whole);
    // Where the flows could not be read, no trade is missed.
    let traded =
        |sector: usize, exporter: usize, importer: usize| flows_are_known && flow_list[(sector * n + exporter) * n + importer].value > 0.0;

    let port_list = ports.with(|t, c| ports::ports(t, &codes, c)).unwrap_or_default();
    let named = routes.with(|t, c| !ports.is_there() && routes::names_ports_that_are_nowhere(t, c)).unwrap_or(false);
    let harbours = Harbours { ports: &port_list, whole: ports.whole && regions.whole && !named };
    let known_routes = routes.with(|t, c| routes::routes(t, &codes, &harbours, c)).unwrap_or_default();
    let route_shares = if routes.is_there() || !routes.whole {
        // A route is left out where its ports could not be read.
        let whole = routes.whole && harbours.whole;
        let found = shares.with(|t, c| route_shares::route_shares(t, &known_routes, whole, &codes, c)).unwrap_or_default();
        if whole && shares.whole && codes_are_whole {
            let names = Names { regions: &region_list, sectors: &sector_list, routes: &known_routes };
            let normalised = shares.with(|_, c| route_shares::normalise(&found, &names, traded, c)).unwrap_or_default();
            routes.with(|_, c| route_shares::check_coverage(&found, &names, traded, c));
            normalised
        } else {
            Vec::new()
        }
    } else {
        shares.with(|t, c| {
            c.error(&t.start(), || {
                ("route_shares.csv is here, but routes.csv is not".into(), Some("add routes.csv, or take this table away".into()))
            })
        });
        Vec::new()
    };

    let elasticity_list = elasticities.with(|t, c| elasticities::elasticities(t, &codes, c)).unwrap_or_default();
    if codes_are_whole && elasticities.whole {
        let kinds: Vec<_> = ElasticityKind::ALL.into_iter().filter(|kind| routes.is_there() || *kind != ElasticityKind::Route).collect();
        elasticities.with(|t, c| elasticities::check_coverage(t, &elasticity_list, &kinds, &region_list, &sector_list, c));
    }
    let preference_list = preferences.with(|t, c| preferences::preferences(t, &codes, c)).unwrap_or_default();
    let density_list = densities.with(|t, c| value_density::value_density(t, &codes, c)).unwrap_or_else(|| vec![None; sector_list.len()]);
    let time_value_list = time_values.with(|t, c| time_value::time_values(t, &codes, c)).unwrap_or_default();

    let mut files = Vec::new();
    for opened in [regions, sectors, flows, elasticities, routes, shares, preferences, densities, ports, time_values] {
        files.extend(opened.file);
        if let Some(complaints) = opened.complaints {
            complaints.deliver(diagnostics);
        }
    }
    diagnostics.items.extend(UNUSED.iter().filter(|name| folder.join(name).exists()).map(|name| unused(folder, name)));
    let (routes, folder) = (known_routes.routes, folder.to_path_buf());
    Some(Baseline {
        folder,
        regions: region_list,
        sectors: sector_list,
        flows: flow_list,
        elasticities: elasticity_list,
        routes,
        route_shares,
        preferences: preference_list,
        value_density: density_list,
        ports: port_list,
        time_values: time_value_list,
        files,
    })
}

fn unused(folder: &Path, name: &str) -> Diagnostic {
    Diagnostic {
        severity: Severity::Warning,
        message: format!("`{name}` is in the baseline's folder, but this version does not use it"),
        source: None,
        path: folder.join(name),
        span: None,
        help: None,
    }
}
