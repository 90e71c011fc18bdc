//! φ: the share of a sector's trade that takes each route of a pair, and how sure it is.

use super::codes::Codes;
use super::routes::Routes;
use super::table::{Complaints, Layout, Table, unknown};
use super::{Quality, Region, Sector};
use crate::diagnostics::nearest;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

pub(super) const LAYOUT: Layout =
    Layout { required: &["exporter", "importer", "sector", "route", "share", "quality"], optional: &["log_sd", "source"] };

/// How far from one the shares of a sector and pair may add up, as tables round them.
const ROUNDING: f64 = 1e-6;

/// The share of a sector's trade that takes a route. `route_shares.csv`: exporter,importer,sector,route,share,log_sd,quality,source
/// (one row per route and sector of a pair; shares of a sector and pair sum to one).
#[derive(Debug, Clone, PartialEq)]
pub struct RouteShare {
    /// Index into [`super::Baseline::routes`].
    pub route: usize,
    pub sector: usize,
    /// Share of customs value, central estimate; the shares of a sector and pair are made to add up to one, whatever the table rounded.
    pub share: f64,
    /// Standard deviation of the log of the route's odds, where the split is itself uncertain; 0 where it is observed.
    pub log_sd: f64,
    pub quality: Quality,
}

/// What indices stand for, for messages about the table as a whole.
pub(super) struct Names<'a> {
    pub regions: &'a [Region],
    pub sectors: &'a [Sector],
    pub routes: &'a Routes,
}

impl Names<'_> {
    /// Exporter, importer and sector of a share.
    fn group(&self, share: &RouteShare) -> (usize, usize, usize) {
        let route = &self.routes.routes[share.route];
        (route.exporter, route.importer, share.sector)
    }
}

/// Shares as read, with the place of each sector and pair's first row.
#[derive(Default)]
pub(super) struct Shares {
    shares: Vec<RouteShare>,
    groups: BTreeMap<(usize, usize, usize), Range<usize>>,
}

pub(super) fn route_shares(table: &Table, routes: &Routes, routes_are_whole: bool, codes: &Codes, complaints: &mut Complaints) -> Shares {
    let index: HashMap<_, _> = routes.routes.iter().enumerate().map(|(i, r)| ((r.exporter, r.importer, r.name.as_str()), i)).collect();
    let (mut shares, mut groups) = (Vec::new(), BTreeMap::new());
    let mut first: HashMap<(usize, usize), Range<usize>> = HashMap::new();
    for row in table.rows() {
        let (from, to, name) = (row.field("exporter"), row.field("importer"), row.field("route"));
        let (exporter, importer) = (codes.regions.find(&from, complaints), codes.regions.find(&to, complaints));
        let sector_field = row.field("sector");
        let sector = codes.sectors.find(&sector_field, complaints);
        let share = complaints.fraction(&row.field("share"));
        let log_sd = complaints.number_or(&row.field("log_sd"), 0.0);
        let quality = complaints.word(&row.field("quality"), Quality::WORDS);
        let (Some(exporter), Some(importer)) = (exporter, importer) else { continue };
        let Some(&route) = index.get(&(exporter, importer, &*name.text)) else {
            if routes_are_whole && !routes.pairs.contains_key(&(exporter, importer)) {
                complaints.error(&row.span(), || {
                    (
                        format!("routes.csv has no route from {} to {}", from.text, to.text),
                        Some("add one there, or leave this row out".into()),
                    )
                });
            } else if routes_are_whole {
                complaints.error(&name.span, || {
                    let of_pair =
                        || routes.routes.iter().filter(|r| (r.exporter, r.importer) == (exporter, importer)).map(|r| r.name.as_str());
                    let known = of_pair().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
                    let near = nearest(&name.text, of_pair()).map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
                    (unknown(&name), Some(format!("{near}From {} to {} there are {known}", from.text, to.text)))
                });
            }
            continue;
        };
        let Some(sector) = sector else { continue };
        if let Some(before) = first.insert((route, sector), row.span()) {
            let what = format!("the share of `{}` in {} from {} to {}", name.text, sector_field.text, from.text, to.text);
            complaints.duplicate(&row.span(), what, &before);
            continue;
        }
        groups.entry((exporter, importer, sector)).or_insert(row.span());
        let (Some(share), Some(log_sd), Some(quality)) = (share, log_sd, quality) else { continue };
        shares.push(RouteShare { route, sector, share, log_sd, quality });
    }
    Shares { shares, groups }
}

/// The shares, by pair, sector and route, made to add up to one over a sector and pair; they must do so already but for rounding.
pub(super) fn normalise(
    found: &Shares,
    names: &Names,
    traded: impl Fn(usize, usize, usize) -> bool,
    complaints: &mut Complaints,
) -> Vec<RouteShare> {
    let mut sums: BTreeMap<_, f64> = BTreeMap::new();
    for share in &found.shares {
        *sums.entry(names.group(share)).or_default() += share.share;
    }
    for (key, span) in &found.groups {
        let sum = sums.get(key).copied().unwrap_or(0.0);
        let &(exporter, importer, sector) = key;
        // Nothing is shipped where nothing is traded.
        if (sum - 1.0).abs() > ROUNDING && (sum != 0.0 || traded(sector, exporter, importer)) {
            let (from, to, what) = (&names.regions[exporter].code, &names.regions[importer].code, &names.sectors[sector].code);
            complaints.error(span, || {
                let message = format!("the route shares of {what} from {from} to {to} add up to {sum}, not to 1");
                (message, Some("the shares of a sector and pair are of its whole trade".into()))
            });
        }
    }
    let mut shares = found.shares.clone();
    // In the routes' order, so that the order of the table's rows changes no bit of a result.
    shares.sort_by_key(|share| (names.group(share), share.route));
    for group in shares.chunk_by_mut(|a, b| names.group(a) == names.group(b)) {
        make_whole(group);
    }
    shares
}

/// Divides shares by their sum, and gives the last bit that is then missing to the largest, or else to the last.
fn make_whole(shares: &mut [RouteShare]) {
    let total = |shares: &[RouteShare]| shares.iter().map(|s| s.share).sum::<f64>();
    let sum = total(shares);
    if sum <= 0.0 {
        return;
    }
    for share in shares.iter_mut() {
        share.share /= sum;
    }
    for _ in 0..4 {
        let missing = 1.0 - total(shares);
        if missing == 0.0 {
            return;
        }
        if let Some(largest) = shares.iter_mut().max_by(|a, b| a.share.total_cmp(&b.share)) {
            largest.share += missing;
        }
    }
    // Where many shares are added up, the largest may be rounded away from every attempt; what the last one adds is exact.
    if let Some(last) = shares.iter().rposition(|s| s.share > ROUNDING) {
        shares[last].share = 1.0 - total(&shares[..last]);
    }
}

/// Complains of every pair with routes whose trade in some sector has no shares.
pub(super) fn check_coverage(found: &Shares, names: &Names, traded: impl Fn(usize, usize, usize) -> bool, complaints: &mut Complaints) {
    for (&(exporter, importer), span) in &names.routes.pairs {
        let missing: Vec<_> = (0..names.sectors.len())
            .filter(|&s| traded(s, exporter, importer) && !found.groups.contains_key(&(exporter, importer, s)))
            .map(|s| names.sectors[s].code.as_str())
            .collect();
        if missing.is_empty() {
            continue;
        }
        complaints.error(span, || {
            let (from, to) = (&names.regions[exporter].code, &names.regions[importer].code);
            let message =
                format!("trade from {from} to {to} has routes, but route_shares.csv does not say how it is split: {}", missing.join(", "));
            (message, Some("give each of these sectors one row per route, adding up to 1".into()))
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// However many routes a sector's trade takes: added up in the table's order, the shares are one to the last bit, and none is moved by more than that.
        #[test]
        fn shares_are_made_to_add_up_to_one(given in prop::collection::vec(0u32..10_000, 1..16)) {
            let sum: u32 = given.iter().sum();
            prop_assume!(sum > 0);
            let row = |share: u32| RouteShare { route: 0, sector: 0, share: f64::from(share), log_sd: 0.0, quality: Quality::Assumed };
            let mut shares: Vec<_> = given.iter().map(|share| row(*share)).collect();
            make_whole(&mut shares);
            prop_assert_eq!(shares.iter().map(|s| s.share).sum::<f64>(), 1.0);
            for (made, share) in shares.iter().zip(&given) {
                prop_assert!(made.share >= 0.0 && (made.share - f64::from(*share) / f64::from(sum)).abs() < 1e-14, "{:?}", shares);
            }
        }
    }
}
