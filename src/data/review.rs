//! A baseline looked over: what trade adds up to, how much of it stays at home, how the figures are known, and which of them deserve a second look.
//!
//! Home share: h_n = V_nn / Σ_i V_in. A sector that sells nothing at home, or nothing but, is rarely so in the world.

use crate::baseline::{Baseline, ElasticityKind, Horizon, Quality};
use crate::uncertainty::Number;

/// Home shares above it are a sign of missing imports.
const ALL_AT_HOME: f64 = 0.999;
/// Base-year tariffs above it are rare outside of farm quotas.
const HIGH_TARIFF: f64 = 0.5;
/// Cells shown as most doubtful.
const MOST_DOUBTS: usize = 15;

/// Trade of a pair; US$ million, and shares of it by quality: observed, derived, assumed.
#[derive(Debug, Clone, PartialEq)]
pub struct PairRow {
    pub exporter: usize,
    pub importer: usize,
    pub value: f64,
    pub shares: [f64; 3],
}

/// A region's accounts; US$ million.
#[derive(Debug, Clone, PartialEq)]
pub struct RegionRow {
    pub region: usize,
    pub exports: f64,
    pub imports: f64,
    pub home: f64,
    /// Of all that it buys.
    pub home_share: f64,
}

/// A home share that is hardly so.
#[derive(Debug, Clone, PartialEq)]
pub struct SectorRow {
    pub region: usize,
    pub sector: usize,
    pub home: f64,
    pub imports: f64,
    pub home_share: f64,
}

/// How a table's rows are known: how many observed, derived, assumed.
#[derive(Debug, Clone, PartialEq)]
pub struct QualityRow {
    pub table: String,
    pub rows: [usize; 3],
}

/// A flow between regions that is assumed.
#[derive(Debug, Clone, PartialEq)]
pub struct Doubt {
    pub exporter: usize,
    pub importer: usize,
    pub sector: usize,
    pub value: f64,
    /// Of the importer's imports of the sector.
    pub share: f64,
}

/// Something to look at, in words.
#[derive(Debug, Clone, PartialEq)]
pub struct Remark {
    pub about: String,
    pub says: String,
}

/// All that there is to say of a baseline.
#[derive(Debug, Clone, PartialEq)]
pub struct Review {
    /// Pairs between regions, the largest first.
    pub pairs: Vec<PairRow>,
    pub regions: Vec<RegionRow>,
    pub odd_home_shares: Vec<SectorRow>,
    pub quality: Vec<QualityRow>,
    /// The largest first.
    pub doubts: Vec<Doubt>,
    pub remarks: Vec<Remark>,
}

/// Looks a baseline over.
pub fn review(baseline: &Baseline) -> Review {
    let n = baseline.regions.len();
    let value = |sector: usize, exporter: usize, importer: usize| baseline.flow(sector, exporter, importer).value;
    let sectors = 0..baseline.sectors.len();
    let over = |exporter: usize, importer: usize| sectors.clone().map(|sector| value(sector, exporter, importer)).sum::<f64>();
    let mut pairs = Vec::new();
    for exporter in 0..n {
        for importer in (0..n).filter(|importer| *importer != exporter) {
            let whole = over(exporter, importer);
            let known = |quality: Quality| {
                let of = sectors.clone().map(|sector| baseline.flow(sector, exporter, importer)).filter(|flow| flow.quality == quality);
                share(of.map(|flow| flow.value).sum(), whole)
            };
            pairs.push(PairRow {
                exporter,
                importer,
                value: whole,
                shares: [Quality::Observed, Quality::Derived, Quality::Assumed].map(known),
            });
        }
    }
    pairs.sort_by(|a, b| b.value.total_cmp(&a.value));
    let others = |region: usize| (0..n).filter(move |other| *other != region);
    let regions = (0..n).map(|region| {
        let (exports, imports): (f64, f64) =
            (others(region).map(|to| over(region, to)).sum(), others(region).map(|from| over(from, region)).sum());
        let home = over(region, region);
        RegionRow { region, exports, imports, home, home_share: share(home, home + imports) }
    });
    let mut odd_home_shares = Vec::new();
    for region in 0..n {
        for sector in sectors.clone() {
            let (home, imports) = (value(sector, region, region), others(region).map(|from| value(sector, from, region)).sum::<f64>());
            let home_share = share(home, home + imports);
            if home + imports > 0.0 && (home <= 0.0 || home_share > ALL_AT_HOME) {
                odd_home_shares.push(SectorRow { region, sector, home, imports, home_share });
            }
        }
    }
    odd_home_shares.sort_by(|a, b| (b.home + b.imports).total_cmp(&(a.home + a.imports)));
    Review {
        pairs,
        regions: regions.collect(),
        odd_home_shares,
        quality: by_table(baseline),
        doubts: doubts(baseline),
        remarks: remarks(baseline),
    }
}

fn share(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

fn by_table(baseline: &Baseline) -> Vec<QualityRow> {
    let count = |qualities: &mut dyn Iterator<Item = Quality>| {
        let mut rows = [0; 3];
        qualities.for_each(|quality| rows[quality as usize] += 1);
        rows
    };
    let n = baseline.regions.len();
    let traded = |home: bool| {
        let cells = baseline.flows.iter().enumerate().filter(move |(cell, flow)| flow.value > 0.0 && (cell / n % n == cell % n) == home);
        count(&mut cells.map(|(_, flow)| flow.quality))
    };
    let tables = [
        ("flows.csv, between regions", traded(false)),
        ("flows.csv, home sales", traded(true)),
        ("routes.csv", count(&mut baseline.routes.iter().map(|row| row.quality))),
        ("route_shares.csv", count(&mut baseline.route_shares.iter().map(|row| row.quality))),
        ("ports.csv", count(&mut baseline.ports.iter().map(|row| row.quality))),
        ("value_density.csv", count(&mut baseline.value_density.iter().flatten().map(|row| row.quality))),
    ];
    let row = |(table, rows): (&str, [usize; 3])| QualityRow { table: table.to_string(), rows };
    tables.into_iter().filter(|(_, rows)| rows.iter().sum::<usize>() > 0).map(row).collect()
}

fn doubts(baseline: &Baseline) -> Vec<Doubt> {
    let n = baseline.regions.len();
    let mut doubts = Vec::new();
    for sector in 0..baseline.sectors.len() {
        for importer in 0..n {
            let from = |exporter: usize| baseline.flow(sector, exporter, importer);
            let imports: f64 = (0..n).filter(|exporter| *exporter != importer).map(|exporter| from(exporter).value).sum();
            for exporter in (0..n).filter(|exporter| *exporter != importer) {
                let flow = from(exporter);
                if flow.quality == Quality::Assumed && flow.value > 0.0 {
                    doubts.push(Doubt { exporter, importer, sector, value: flow.value, share: share(flow.value, imports) });
                }
            }
        }
    }
    doubts.sort_by(|a, b| b.value.total_cmp(&a.value));
    doubts.truncate(MOST_DOUBTS);
    doubts
}

fn remarks(baseline: &Baseline) -> Vec<Remark> {
    let mut remarks = Vec::new();
    let mut say = |about: String, says: String| remarks.push(Remark { about, says });
    let code = |region: usize| baseline.regions[region].code.as_str();
    for (sector, of) in baseline.sectors.iter().enumerate() {
        for exporter in 0..baseline.regions.len() {
            for importer in 0..baseline.regions.len() {
                let flow = baseline.flow(sector, exporter, importer);
                if flow.tariff > HIGH_TARIFF {
                    say(
                        format!("tariff {}-{} {}", code(exporter), code(importer), of.code),
                        format!("{:.1}%, above {:.0}%", 100.0 * flow.tariff, 100.0 * HIGH_TARIFF),
                    );
                }
                if flow.tariff > 0.0 && flow.value <= 0.0 {
                    say(
                        format!("tariff {}-{} {}", code(exporter), code(importer), of.code),
                        format!("{:.1}% on no trade", 100.0 * flow.tariff),
                    );
                }
            }
        }
        let sold = |region: usize| (0..baseline.regions.len()).any(|other| baseline.flow(sector, region, other).value > 0.0);
        if !(0..baseline.regions.len()).any(sold) {
            say(format!("sector {}", of.code), "nobody trades it: no row in flows.csv".into());
        }
        if !baseline.routes.is_empty() && baseline.value_density[sector].is_none() {
            say(
                format!("sector {}", of.code),
                "no row in value_density.csv: its freight by the tonne weighs nothing, its containers cannot be counted".into(),
            );
        }
    }
    elasticity_remarks(baseline, &mut say);
    remarks
}

/// Elasticities of substitution below one, and domestic ones above those among imports, at their central values.
fn elasticity_remarks(baseline: &Baseline, say: &mut impl FnMut(String, String)) {
    let central = |kind: ElasticityKind, horizon: Horizon, sector: usize, region: usize| {
        baseline.elasticity(kind, horizon, sector, region).map(|elasticity| match &elasticity.value {
            Number::Fixed(value) => *value,
            uncertain => uncertain.central(),
        })
    };
    for horizon in [Horizon::Long, Horizon::Short] {
        for (sector, of) in baseline.sectors.iter().enumerate() {
            let mut said = Vec::new();
            for region in 0..baseline.regions.len() {
                let [upper, lower] = [ElasticityKind::Import, ElasticityKind::Domestic].map(|kind| central(kind, horizon, sector, region));
                for (kind, value) in [(ElasticityKind::Import, upper), (ElasticityKind::Domestic, lower)] {
                    if let Some(value) = value.filter(|value| *value < 1.0) {
                        said.push(format!("{} {value:.2}, below 1: what sells dearer would earn more", horizon.kind_word(kind)));
                    }
                }
                if let (Some(upper), Some(lower)) = (upper, lower)
                    && lower > upper
                {
                    said.push(format!(
                        "σ_M {upper:.2} below σ_D {lower:.2}: two imports would be less alike than an import and a home good"
                    ));
                }
            }
            said.sort();
            said.dedup();
            said.into_iter().for_each(|says| say(format!("elasticity {}", of.code), says));
        }
    }
}
