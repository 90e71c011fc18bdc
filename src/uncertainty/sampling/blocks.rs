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

/// Where a parameter stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// The block's name; no two blocks have the same.
    pub block: String,
    pub dimension: usize,
}

/// The place of a parameter by its path: `elasticities.<kind>.<rest>`, `tariff.<name>.<field>`, or alone in a block of its own.
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
    Place { block: format!("alone\0{path}"), dimension: 0 }
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
        ];
        let places: Vec<Place> = paths.iter().map(|path| place(path)).collect();
        for (k, one) in places.iter().enumerate() {
            assert!(places[..k].iter().all(|other| other != one), "{one:?}");
        }
        assert_eq!((&places[0].block, places[0].dimension, places[1].dimension), (&places[1].block, 0, 2));
        assert_eq!((&places[6].block, places[6].dimension, places[7].dimension), (&places[7].block, 0, 1));
        assert!(places[8..].iter().all(|place| place.dimension == 0 && place.block.starts_with("alone")));
    }
}
