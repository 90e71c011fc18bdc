//! Which parameters share a block of Sobol' dimensions, decided by each name alone.
//!
//! Parameters of a block are spread evenly *together*: every pair, every triple. What works together inside a sector belongs together:
//! the elasticities of one sector, the fields of one tariff. Between blocks each parameter is still spread evenly on its own, and paired with the
//! others at random, as in a Latin hypercube. A sequence of hundreds of dimensions, one per parameter, would cover pairs no better at these numbers of draws,
//! and a parameter's dimension would depend on which others there are.

/// The kinds of elasticity, each with a dimension of its own in its sector's block. Append only: a place is part of what a seed means.
const ELASTICITIES: [&str; 10] =
    ["demand", "domestic", "import", "route", "supply", "demand_short", "domestic_short", "import_short", "route_short", "supply_short"];
/// The fields of a tariff, likewise.
const TARIFF: [&str; 2] = ["rate", "coverage"];

/// What a process has beside a standard normal for each of its years, likewise.
const PROCESS: [&str; 3] = ["sd", "speed", "level"];
/// How goods travelled in the base year, beside the freight of the mode: what freight does to a route hangs on the share that it has. Names as the baseline of
/// North America has them; those of another stand alone. Append only.
const BESIDE_FREIGHT: [(&str, [&str; 2]); 4] =
    [("sea", ["sea_atlantic", "sea_pacific"]), ("truck", ["truck", ""]), ("rail", ["rail", ""]), ("air", ["air", ""])];
/// The pairs of which it is.
const PAIRS: [&str; 2] = ["CAN-MEX", "MEX-CAN"];
/// Years of a process that share a block: as many from a year that this divides.
const YEARS: u64 = 16;

/// Where a parameter stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// The block's name; no two blocks have the same.
    pub block: String,
    pub dimension: usize,
}

/// The place of a parameter by its path: `elasticities.<kind>.<rest>`, `tariff.<name>.<field>`, `freight.<mode>.<pair>.<year or field>` and
/// `exchange_rate.<region>.<year or field>`, or alone in a block of its own.
pub(super) fn place(path: &str) -> Place {
    let known = |field: &str, fields: &[&str]| fields.iter().position(|known| *known == field);
    if let Some((kind, rest)) = path.strip_prefix("elasticities.").and_then(|rest| rest.split_once('.'))
        && let Some(dimension) = known(kind, &ELASTICITIES)
    {
        return Place { block: format!("elasticities\0{rest}"), dimension };
    }
    if let Some((name, field)) = path.strip_prefix("tariff.").and_then(|rest| rest.rsplit_once('.'))
        && let Some(dimension) = known(field, &TARIFF)
    {
        return Place { block: format!("tariff\0{name}"), dimension };
    }
    if (path.starts_with("freight.") || path.starts_with("exchange_rate."))
        && let Some((process, field)) = path.rsplit_once('.')
    {
        if let Some(dimension) = known(field, &PROCESS) {
            // With the years that most runs are about: how far it wanders works together with where it goes.
            return Place { block: format!("process\0{process}\0{}", 2016 / YEARS), dimension };
        }
        if let Some(year) = year(field) {
            return Place { block: format!("process\0{process}\0{}", year / YEARS), dimension: PROCESS.len() + (year % YEARS) as usize };
        }
    }
    if let Some((pair, group)) = path.strip_prefix("route_shares.").and_then(|rest| rest.split_once('.'))
        && let Some(pair) = known(pair, &PAIRS)
        && let Some((mode, group)) = BESIDE_FREIGHT.iter().find_map(|(mode, groups)| Some((mode, known(group, groups)?)))
    {
        let first = PROCESS.len() + YEARS as usize;
        return Place { block: format!("process\0freight.{mode}.\"*\"\0{}", 2016 / YEARS), dimension: first + 2 * group + pair };
    }
    Place { block: format!("alone\0{path}"), dimension: 0 }
}

/// A year by its four digits.
fn year(label: &str) -> Option<u64> {
    let digits = label.len() == 4 && label.bytes().all(|digit| digit.is_ascii_digit());
    if digits { label.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_interacts_shares_a_block_and_nothing_shares_a_place() {
        let paths = [
            "elasticities.demand.steel_iron",
            "elasticities.import.steel_iron",
            "elasticities.import.\"*\"",
            "elasticities.supply.\"steel_iron@CAN\"",
            "elasticities.import_short.steel_iron",
            "elasticities.steel_iron",
            "tariff.\"Steel and aluminium, s. 232\".rate",
            "tariff.\"Steel and aluminium, s. 232\".coverage",
            "tariff.\"Steel and aluminium, s. 232\".other",
            "freight.sea.\"CAN-MEX\"",
            "steel_iron",
            "freight.sea.\"*\".sd",
            "freight.sea.\"*\".2025",
            "freight.sea.\"*\".2031",
            "freight.sea.\"*\".2032",
            "freight.sea.\"*\".2041",
            "freight.sea.\"*\".2025Q1",
            "freight.truck.\"*\".2025",
            "exchange_rate.MEX.2025",
            "route_shares.CAN-MEX.sea_atlantic",
            "route_shares.MEX-CAN.sea_atlantic",
            "route_shares.MEX-CAN.sea_pacific",
            "route_shares.MEX-CAN.truck",
            "route_shares.CAN-EU27.sea",
        ];
        let places: Vec<Place> = paths.iter().map(|path| place(path)).collect();
        for (k, one) in places.iter().enumerate() {
            assert!(places[..k].iter().all(|other| other != one), "{one:?}");
        }
        assert_eq!((&places[0].block, places[0].dimension, places[1].dimension), (&places[1].block, 0, 2));
        assert_eq!((&places[6].block, places[6].dimension, places[7].dimension), (&places[7].block, 0, 1));
        assert!(places[8..11].iter().all(|place| place.dimension == 0 && place.block.starts_with("alone")));
        assert!(places[11..14].iter().all(|place| place.block == places[11].block) && places[14].block != places[11].block);
        assert!(places[19..22].iter().all(|place| place.block == places[11].block), "routes beside their mode's freight");
        assert!(places.iter().all(|place| place.dimension < super::super::DIMENSIONS));
    }
}
