//! Ports, the routes between them, what goes in containers and what a day costs: read, and damaged.

use super::*;

/// The small world's routes, the sea route between two of its ports.
const PORT_ROUTES: &str = "exporter,importer,route,mode,via,from_port,to_port,group,distance_km,days,freight_usd_per_tonne,quality,source
CAN,MEX,truck,truck,USA,,,,3500,6,210,assumed,made up
CAN,MEX,sea_pacific,sea,,Vancouver,Lazaro Cardenas,pacific,5200,14,90,assumed,made up
";

#[test]
fn ports_are_found_with_and_without_their_accents() {
    let (world, _) = with(&[("routes.csv", PORT_ROUTES.as_bytes())]).map_err(|d| told(&d)).expect("a sound baseline");
    for name in ["Lázaro Cárdenas", "Lazaro Cardenas", "La\u{301}zaro Ca\u{301}rdenas"] {
        assert_eq!(world.port(name), Some(2), "{name}");
    }
    assert_eq!((world.port("Quebec"), world.port("Manzanillo"), world.port("")), (Some(1), None, None));
    let vancouver = &world.ports[0];
    assert_eq!((vancouver.region, &*vancouver.coast, vancouver.lat, vancouver.lon), (0, "Pacific", 49.29, -123.0289));
    assert_eq!((vancouver.throughput_teu, vancouver.capacity_teu), (Some(3_470_000.0), Some(5_688_000.0)));
    assert_eq!((vancouver.wait_days, vancouver.handling_usd_per_teu, vancouver.quality), (2.06, 200.0, Quality::Assumed));
    assert_eq!((world.ports[1].throughput_teu, world.ports[1].capacity_teu), (None, None));
    let ends: Vec<_> = world.routes.iter().map(|route| (route.ports, route.group.as_str())).collect();
    assert_eq!(ends, [(None, "truck"), (Some((0, 2)), "pacific")]);
    assert!(["ports.csv", "time_value.csv"].iter().all(|name| world.files.iter().any(|file| file.name == *name)));
}

#[test]
fn a_world_without_ports_has_none() {
    let folder = folder(&TABLES.map(|(name, text)| (name, text.as_bytes())));
    for name in ["ports.csv", "time_value.csv"] {
        std::fs::remove_file(folder.path().join(name)).expect("the table is there");
    }
    let (world, _) = read(folder.path()).map_err(|d| told(&d)).expect("a sound baseline");
    assert_eq!((world.ports.len(), world.port("Vancouver"), world.time_value(0)), (0, None, None));
    assert_eq!(world.routes.iter().map(|route| route.ports).collect::<Vec<_>>(), [None, None]);
    std::fs::write(folder.path().join("routes.csv"), PORT_ROUTES).expect("a table for the test");
    let said = told(&read(folder.path()).expect_err("its ports are nowhere"));
    // Once, and not for every route.
    assert_eq!(
        said,
        "routes.csv:3:26 routes.csv names ports, but ports.csv is not here (add ports.csv, or leave from_port and to_port empty)"
    );
}

#[test]
fn damaged_ports_are_pointed_at() {
    for (old, new, expected) in [
        ("-123.0289", "-1230.289", "ports.csv:2:29 lon: `-1230.289` is not on the globe (degrees from -180 to 180, negative in the south"),
        ("49.29,", "4929,", "ports.csv:2:23 lat: `4929` is not on the globe (degrees from -90 to 90"),
        ("49.29,", "49°17',", "ports.csv:2:23 lat: `49°17'` is not a number"),
        (",5688000,", ",0,", "ports.csv:2:51 capacity_teu is zero (throughput is divided by it: leave it empty where it is unknown)"),
        (",5688000,", ",-5688000,", "ports.csv:2:51 capacity_teu: `-5688000` is negative"),
        (",2.06,", ",,", "ports.csv:2:1 `wait_days` is empty where a number is needed"),
        ("Vancouver,CAN", "Vancouver,CAM", "ports.csv:2:11 region: `CAM` is not known (did you mean `CAN`?)"),
        ("CAN,Atlantic", "CAN,", "ports.csv:3:1 `coast` is empty"),
        ("Vancouver,CAN", "*,CAN", "ports.csv:2:1 the port's name `*` cannot be used"),
        ("Vancouver,CAN", ",CAN", "ports.csv:2:1 the port's name `` cannot be used"),
        (
            "Lázaro Cárdenas,MEX",
            "Quebec,CAN",
            "ports.csv:4:1 the port `Quebec`, with or without accents, is here a second time (the first is on line 3;",
        ),
        ("200,assumed,made up\nQuébec", "200,asumed,made up\nQuébec", "ports.csv:2:68 quality: `asumed` is not known"),
        ("wait_days", "wait", "ports.csv:1:1 the column `wait_days` is missing"),
    ] {
        let said = said("ports.csv", &change(PORTS, old, new));
        assert!(said.lines().any(|line| line.starts_with(expected)), "{new}: {said}");
    }
}

#[test]
fn damaged_ends_of_routes_are_pointed_at() {
    for (old, new, expected) in [
        ("Vancouver,Lazaro", "Vancuver,Lazaro", "routes.csv:3:26 from_port: `Vancuver` is not known (did you mean `Vancouver`?)"),
        (
            "Vancouver,Lazaro Cardenas",
            "Vancouver,",
            "routes.csv:3:26 `from_port` is given, but `to_port` is not (name both ports, or neither)",
        ),
        ("Vancouver,Lazaro Cardenas", ",Lazaro Cardenas", "routes.csv:3:27 `to_port` is given, but `from_port` is not"),
        ("Lazaro Cardenas", "Quebec", "routes.csv:3:36 to_port: Québec does not lie in MEX (from_port lies in the exporting region"),
        ("sea_pacific,sea,", "sea_pacific,rail,", "routes.csv:3:27 a route by rail has no ports (leave both ports empty)"),
        (",pacific,", ",the pacific,", "routes.csv:3:52 the group's name `the pacific` cannot be used (letters, digits"),
    ] {
        let said = said("routes.csv", &change(PORT_ROUTES, old, new));
        assert_eq!(said.lines().count(), 1, "{new}: {said}");
        assert!(said.starts_with(expected), "{new}: {said}");
    }
    // A port that could not be read is not called unknown as well.
    let ports = change(PORTS, "-123.0289", "west");
    let said = told(&with(&[("ports.csv", &ports), ("routes.csv", PORT_ROUTES.as_bytes())]).expect_err("a longitude is no number"));
    assert_eq!((said.lines().count(), said.starts_with("ports.csv:2:29")), (1, true), "{said}");
}

#[test]
fn a_day_costs_what_the_sectors_row_says_else_the_one_for_all() {
    let (world, _) = with(&[]).map_err(|d| told(&d)).expect("a sound baseline");
    let lognormal = Distribution::lognormal(0.008, 0.004).expect("a lognormal");
    let Some(Number::Uncertain(steel)) = world.time_value(1).map(|row| &row.value) else { panic!("fixed, or not there") };
    assert_eq!((steel.path.as_str(), &steel.distribution), ("time_value.\"*\"", &lognormal));
    assert_eq!(world.time_value(0).map(|row| (&row.value, row.quality)), Some((&Number::Fixed(0.001), Quality::Assumed)));
    let (world, warnings) =
        with(&[("time_value.csv", &change(TIME_VALUE, "cereals,0.001", "cereals,0.8"))]).map_err(|d| told(&d)).expect("a warning only");
    assert_eq!((world.time_value(0).map(|row| &row.value), warnings), (Some(&Number::Fixed(0.8)), 1));
}

#[test]
fn damaged_values_of_time_are_pointed_at() {
    for (old, new, expected) in [
        ("cereals,0.001", "cereals,0.1%", "time_value.csv:3:9 mean: `0.1%` is not a number (write a fraction: 0.05 for 5%)"),
        ("cereals,0.001", "cereals,2", "time_value.csv:3:9 a day on the way costs `2` times the goods' value (write a fraction"),
        ("cereals,0.001", "cereals,-0.001", "time_value.csv:3:9 mean: `-0.001` is negative"),
        ("cereals,0.001", "cereals,inf", "time_value.csv:3:9 mean: `inf` is not a number"),
        ("cereals,0.001", "cereal,0.001", "time_value.csv:3:1 sector: `cereal` is not known (did you mean `cereals`?)"),
        ("cereals,0.001", "*,0.001", "time_value.csv:3:1 the value of time of * is here a second time (the first is on line 2"),
        ("0.004,lognormal", "0.004,", "time_value.csv:2:1 `time_value.\"*\"` has a standard deviation but no distribution"),
        (
            "0.004,lognormal",
            "0.004,normal",
            "time_value.csv:2:15 a normal distribution with mean 0.008 and sd 0.004 reaches below zero, where a value of time has no meaning",
        ),
    ] {
        let said = said("time_value.csv", &change(TIME_VALUE, old, new));
        assert!(said.lines().any(|line| line.starts_with(expected)), "{new}: {said}");
    }
}

#[test]
fn what_goes_in_containers_is_said_or_is_all() {
    let density = |cell: &str| format!("sector,usd_per_tonne,tonnes_per_teu,containerised,quality\nsteel_iron,1100,20,{cell},derived\n");
    let of_steel = |table: &str| {
        let (world, _) = with(&[("value_density.csv", table.as_bytes())]).map_err(|d| told(&d)).expect("a sound baseline");
        world.value_density[1].map(|density| density.containerised)
    };
    assert_eq!((of_steel(DENSITY), of_steel(&density("0.4")), of_steel(&density("0"))), (Some(1.0), Some(0.4), Some(0.0)));
    for (cell, expected) in [
        ("", "value_density.csv:2:1 `containerised` is empty where a number is needed"),
        ("40", "value_density.csv:2:20 containerised: `40` is more than 1 (write a fraction"),
        ("-0.4", "value_density.csv:2:20 containerised: `-0.4` is negative"),
    ] {
        let said = said("value_density.csv", density(cell).as_bytes());
        assert!(said.starts_with(expected), "{cell}: {said}");
    }
}
