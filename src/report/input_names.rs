//! Uncertain numbers as a reader knows them: "Import elasticity, Steel and iron" for `elasticities.import.steel_iron`, and their values in its unit.

use crate::baseline::Baseline;
use crate::scenario::{date_of, path_parts};

/// A path in words; the path itself where it has none.
pub(super) fn name(path: &str, baseline: &Baseline) -> String {
    // What moves together is told together.
    if path.contains(" & ") {
        let part = |part: &str| if part.ends_with(" correlated") { part.to_string() } else { name(part, baseline) };
        return together(path.split(" & ").map(part).collect());
    }
    let parts = path_parts(path).unwrap_or_default();
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let sector = |code: &str| scope(code, baseline);
    let region = |code: &str| region(code, baseline);
    match parts[..] {
        ["elasticities", kind, of] => {
            let (kind, short) = kind.strip_suffix("_short").map_or((kind, ""), |kind| (kind, " (short run)"));
            let kind = match kind {
                "import" => "Import elasticity",
                "domestic" => "Home–import elasticity",
                "demand" => "Demand elasticity",
                "supply" => "Supply elasticity",
                _ => "Route elasticity",
            };
            format!("{kind}{short}, {}", sector(of))
        }
        ["model", "adjustment"] => "Speed from short to long run".into(),
        ["tariff", name, field] => format!("{}: {name}", capitalised(field)),
        ["event", name] => format!("What comes of: {name}"),
        ["freight", mode, pair, ref rest @ ..] => format!("Freight by {mode}{}{}", on(pair, baseline), tail(rest)),
        ["transit_time", mode, pair, ref rest @ ..] => format!("Days by {mode}{}{}", on(pair, baseline), tail(rest)),
        ["time_value", of] => format!("Value of a day: {}", sector(of)),
        ["land_bridge", of, field] => format!("Crossing {}: {field}", region(of)),
        ["exchange_rate", of, ref rest @ ..] => format!("Exchange rate of {}{}", region(of), tail(rest)),
        ["ports", "growth"] => "Growth of the ports' other trade".into(),
        ["expansion", name, field] => format!("Berths, {name}: {}", words(field)),
        ["service", name, field] => format!("Service, {name}: {}", words(field)),
        ["route_shares", pair, group] => format!("Split over routes, {}: {}", between(pair, baseline), coast(group)),
        ["data", "home_sales", of] => format!("Home sales of {}", region(of)),
        ["data", "home_sales", of, code] => format!("Home sales of {}: {}", region(of), sector(code)),
        ["data", "trade", pair, code] => format!("Trade in the base year, {}: {}", between(pair, baseline), sector(code)),
        ["data", "value_density", code] => format!("US$ per tonne: {}", sector(code)),
        _ => path.to_string(),
    }
}

/// Several names as one: what they end alike with is said once.
fn together(names: Vec<String>) -> String {
    let ends: Vec<Option<(&str, &str)>> = names.iter().map(|name| name.split_once(", ")).collect();
    match ends.first() {
        Some(Some((_, end))) if ends.iter().all(|other| other.is_some_and(|(_, other)| other == *end)) => {
            let heads: Vec<&str> = ends.iter().flatten().map(|(head, _)| *head).collect();
            let kinds: Option<Vec<&str>> = heads.iter().map(|head| head.strip_suffix(" elasticity")).collect();
            match kinds {
                Some(kinds) => format!("{} elasticity, {end}", kinds.join(" & ")),
                None => format!("{}, {end}", heads.join(" & ")),
            }
        }
        _ => names.join(" & "),
    }
}

/// A value of an uncertain number, short: a rate in per cent, a day as a date, a standard normal in its standard deviations.
pub(super) fn value(path: &str, value: f64) -> String {
    let parts = path_parts(path).unwrap_or_default();
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let percent = |value: f64, decimals: usize| format!("{:.decimals$}%", 100.0 * value).replace('-', "−");
    match parts[..] {
        ["tariff", _, "rate" | "coverage"] => percent(value, 0),
        ["time_value", _] => percent(value, 2),
        ["land_bridge", _, "cost"] | ["ports", "growth"] => percent(value, 1),
        ["expansion", _, "date"] | ["service", _, "start"] | ["land_bridge", _, "from"] => date_of(value),
        // Quantiles of the outcomes' cumulated probabilities mean nothing to a reader.
        ["event", _] => String::new(),
        ["data", ..] | ["route_shares", ..] => format!("{value:+.1} sd").replace('-', "−"),
        ["freight" | "exchange_rate", .., last] if last.starts_with(|c: char| c.is_ascii_digit()) => {
            format!("{value:+.1} sd").replace('-', "−")
        }
        _ if value.abs() >= 1000.0 => {
            format!("{}{}", if value < 0.0 { "−" } else { "" }, crate::charts::grouped(&format!("{:.0}", value.abs())))
        }
        _ if value.abs() >= 10.0 => format!("{value:.1}").replace('-', "−"),
        _ => format!("{value:.2}").replace('-', "−"),
    }
}

/// `steel_iron`, `*@CAN`: the sector, and the region it is narrowed to.
fn scope(code: &str, baseline: &Baseline) -> String {
    let (sector, of) = code.split_once('@').map_or((code, None), |(sector, of)| (sector, Some(of)));
    let sector = match sector {
        "*" => "all sectors".to_string(),
        code => baseline.sector(code).map_or(code.to_string(), |index| baseline.sectors[index].name.clone()),
    };
    of.map_or(sector.clone(), |of| format!("{sector}, {}", region(of, baseline)))
}

fn region(code: &str, baseline: &Baseline) -> String {
    baseline.region(code).map_or(code.to_string(), |index| baseline.regions[index].name.clone())
}

/// The pair that a number is narrowed to.
fn on(pair: &str, baseline: &Baseline) -> String {
    if pair == "*" { String::new() } else { format!(", {}", between(pair, baseline)) }
}

/// `MEX-CAN`: "Mexico to Canada".
fn between(pair: &str, baseline: &Baseline) -> String {
    pair.split_once('-').map_or_else(|| pair.to_string(), |(from, to)| format!("{} to {}", region(from, baseline), region(to, baseline)))
}

/// `sea_pacific`: "sea, Pacific".
fn coast(group: &str) -> String {
    group.split_once('_').map_or_else(|| words(group), |(mode, coast)| format!("{mode}, {}", capitalised(&words(coast))))
}

fn tail(rest: &[&str]) -> String {
    rest.iter().map(|part| format!(", {part}")).collect()
}

fn words(name: &str) -> String {
    name.replace('_', " ")
}

fn capitalised(text: &str) -> String {
    super::wording::capitalised(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_in_words() {
        let (baseline, _) = crate::baseline::read(std::path::Path::new("scenarios/baseline-2024")).expect("the baseline that comes along");
        for (path, expected) in [
            ("elasticities.import.steel_iron", "Import elasticity, Steel and iron"),
            ("elasticities.domestic_short.\"*\"", "Home–import elasticity (short run), all sectors"),
            ("elasticities.supply.\"steel_iron@CAN\"", "Supply elasticity, Steel and iron, Canada"),
            ("elasticities.import.pharma & elasticities.domestic.pharma", "Import & Home–import elasticity, Pharmaceuticals"),
            ("tariff.\"Steel, 2.5%\".rate & 12 correlated", "Rate: Steel, 2.5% & 12 correlated"),
            ("freight.sea.\"*\".2028", "Freight by sea, 2028"),
            ("freight.truck.CAN-MEX.2027", "Freight by truck, Canada to Mexico, 2027"),
            ("route_shares.MEX-CAN.sea_pacific", "Split over routes, Mexico to Canada: sea, Pacific"),
            ("data.trade.MEX-CAN.steel_iron", "Trade in the base year, Mexico to Canada: Steel and iron"),
            ("data.home_sales.CAN.steel_iron", "Home sales of Canada: Steel and iron"),
            ("what.nobody.knows", "what.nobody.knows"),
        ] {
            assert_eq!(name(path, &baseline), expected);
        }
        assert_eq!(value("tariff.a.rate", 0.25), "25%");
        assert_eq!(value("freight.sea.\"*\".2028", -1.75), "−1.8 sd");
        assert_eq!(value("elasticities.import.a", 12.34), "12.3");
        assert_eq!(value("expansion.a.date", 20_000.0), "2024-10-04");
    }
}
