//! Which region a country belongs to: a region whose code is a country's is that country, `EU27` is its members, `ROW` all that is left.
//! Where a country could belong to two, what the reader wrote in a table of members wins, then a region of its own, then a group, then the rest.

use super::countries::{Countries, Place};
use crate::baseline::Region;
use crate::diagnostics::{Diagnostics, nearest};
use std::path::Path;

/// The region of every country.
#[derive(Debug)]
pub(super) struct Membership {
    of: Vec<Option<usize>>,
    /// The region that the European Union as a whole is part of.
    union: Option<usize>,
    /// How many countries each region has.
    pub sizes: Vec<usize>,
    /// The region of all that belongs nowhere else.
    pub rest: Option<usize>,
}

/// Words for the region of all others.
const REST: [&str; 3] = ["ROW", "RoW", "REST"];

impl Membership {
    /// From the regions' codes and, where the reader gave one, the table of members (`region`, `country`).
    pub fn new(regions: &[Region], place: &Path, own: &[(usize, u16)], diagnostics: &mut Diagnostics) -> Membership {
        let countries = Countries::all();
        let mut of = vec![None; countries.len()];
        let rest = regions.iter().position(|region| REST.contains(&region.code.as_str()));
        if rest.is_some() {
            of.fill(rest);
        }
        let (mut groups, mut singles, mut unknown) = (Vec::new(), Vec::new(), Vec::new());
        for (index, region) in regions.iter().enumerate().filter(|(index, _)| Some(*index) != rest) {
            if let Some(members) = countries.group(&region.code) {
                groups.extend(members.into_iter().map(|country| (index, country)));
            } else if let Some(Place::Country(country)) = countries.find(&region.code).or_else(|| countries.find(&region.name)) {
                singles.push((index, country));
            } else if !own.iter().any(|(owner, _)| *owner == index) {
                unknown.push(region);
            }
        }
        for &(region, country) in groups.iter().chain(&singles).chain(own) {
            of[usize::from(country)] = Some(region);
        }
        for region in unknown {
            let near = nearest(&region.code, (0..countries.len()).map(|country| countries.iso3(country as u16)));
            let near = near.map(|code| format!("did you mean `{code}`? ")).unwrap_or_default();
            let help = format!(
                "{near}A region is a country (ISO code of three letters), EU27, EU28, ASEAN, EFTA, MERCOSUR or ROW; for another, list its countries in a table with the columns region,country and name it with --members"
            );
            diagnostics.error_in(place, format!("which countries are the region `{}` is not known", region.code), Some(help));
        }
        let mut sizes = vec![0; regions.len()];
        of.iter().flatten().for_each(|region: &usize| sizes[*region] += 1);
        let union = countries.group("EU27").unwrap_or_default();
        let home = union.first().and_then(|country| of[usize::from(*country)]);
        // A region that has only some of the members cannot take the whole of them.
        let union = home.filter(|region| union.iter().all(|country| of[usize::from(*country)] == Some(*region)));
        Membership { of, union, sizes, rest }
    }

    /// The region of a country; past the last country, that of the European Union as a whole.
    pub fn region(&self, country: u16) -> Option<usize> {
        match self.of.get(usize::from(country)) {
            Some(region) => *region,
            None => self.union,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn regions(codes: &[&str]) -> Vec<Region> {
        codes.iter().map(|code| Region { code: (*code).into(), name: (*code).into() }).collect()
    }

    fn region(membership: &Membership, text: &str) -> Option<usize> {
        match Countries::all().find(text) {
            Some(Place::Country(country)) => membership.region(country),
            Some(Place::Union) => membership.region(u16::MAX),
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn a_country_of_its_own_leaves_its_group_and_the_rest_is_the_rest() {
        let mut wrong = Diagnostics::default();
        let membership = Membership::new(&regions(&["USA", "EU27", "DEU", "ROW"]), Path::new("regions.csv"), &[], &mut wrong);
        assert!(!wrong.has_errors());
        let found = ["USA", "FRA", "DEU", "BRA", "EU"].map(|text| region(&membership, text));
        assert_eq!(found, [Some(0), Some(1), Some(2), Some(3), None]);
        assert_eq!((membership.sizes[1], membership.rest), (26, Some(3)));
        let whole = Membership::new(&regions(&["EU27", "USA"]), Path::new("regions.csv"), &[], &mut wrong);
        assert_eq!((region(&whole, "EU"), region(&whole, "BRA")), (Some(0), None));
    }

    #[test]
    fn a_region_of_no_known_country_is_named() {
        let mut wrong = Diagnostics::default();
        Membership::new(&regions(&["USX", "CAN"]), Path::new("regions.csv"), &[], &mut wrong);
        let said = wrong.to_string();
        assert!(
            wrong.errors() == 1 && said.contains("`USX`") && said.contains("did you mean `USA`?") && said.contains("--members"),
            "{said}"
        );
        let mut fine = Diagnostics::default();
        let membership = Membership::new(&regions(&["ASIA", "CAN"]), Path::new("regions.csv"), &[(0, 5)], &mut fine);
        assert!(!fine.has_errors() && membership.region(5) == Some(0));
    }
}
