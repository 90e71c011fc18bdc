//! A small world in a folder, and what happens when its tables are damaged.

mod maritime;
mod of_2024;

use super::{Baseline, ElasticityKind, Horizon, Mode, Quality, read};
use crate::diagnostics::{Diagnostics, Severity};
use crate::uncertainty::{Distribution, Number};
use proptest::prelude::*;
use std::path::Path;

const REGIONS: &str = "code,name\nCAN,Canada\nMEX,Mexico\nUSA,United States\n";
const SECTORS: &str = "code,name,hs_chapters\ncereals,Cereals,10\nsteel_iron,Iron and steel,72-73\n";
const FLOWS: &str = "exporter,importer,sector,value_usd_m,tariff,quality,source
CAN,CAN,steel_iron,900,,derived,made up
CAN,MEX,steel_iron,100.5,0.05,observed,made up
CAN,USA,steel_iron,\"1,234.5\",,observed,made up
MEX,CAN,cereals,7,0,assumed,made up
";
const ELASTICITIES: &str = "kind,sector,region,horizon,mean,sd,dist,quality,source
demand,*,*,long,1,,,assumed,made up
domestic,*,*,long,3,0,fixed,assumed,made up
import,*,*,long,5,1,lognormal,assumed,made up
import,steel_iron,*,long,6,1,normal,assumed,made up
import,steel_iron,USA,long,7,1,gamma,assumed,made up
import,*,CAN,long,4,,,assumed,made up
supply,*,*,long,inf,,,assumed,made up
route,*,*,long,4,,,assumed,made up
";
const ROUTES: &str = "exporter,importer,route,mode,via,distance_km,days,freight_usd_per_tonne,quality,source
CAN,MEX,truck,truck,USA,3500,6,210,assumed,made up
CAN,MEX,sea_pacific,sea,,5200,14,90,assumed,made up
";
const SHARES: &str = "exporter,importer,sector,route,share,log_sd,quality,source
CAN,MEX,steel_iron,truck,0.6,0.4,assumed,made up
CAN,MEX,steel_iron,sea_pacific,0.4000005,0.4,assumed,made up
";
const PREFERENCES: &str = "agreement,exporter,importer,sector,utilisation,utilisation_max,response,quality,source
USMCA,CAN,USA,*,0.38,0.9,8,derived,made up
USMCA,CAN,USA,steel_iron,0.5,0.9,8,derived,made up
";
const DENSITY: &str = "sector,usd_per_tonne,tonnes_per_teu,quality,source\nsteel_iron,1100,20,derived,made up\n";
const PORTS: &str = "port,region,coast,lat,lon,throughput_teu,capacity_teu,wait_days,handling_usd_per_teu,quality,source
Vancouver,CAN,Pacific,49.29,-123.0289,\"3,470,000\",5688000,2.06,200,assumed,made up
Québec,CAN,Atlantic,46.7953,-71.2062,,,1.42,200,assumed,made up
Lázaro Cárdenas,MEX,Pacific,17.9443,-102.1844,2133444,3253000,0.6,150,assumed,made up
";
const TIME_VALUE: &str = "sector,mean,sd,dist,quality,source
*,0.008,0.004,lognormal,assumed,made up
cereals,0.001,,,assumed,made up
";

const TABLES: [(&str, &str); 10] = [
    ("regions.csv", REGIONS),
    ("sectors.csv", SECTORS),
    ("flows.csv", FLOWS),
    ("elasticities.csv", ELASTICITIES),
    ("routes.csv", ROUTES),
    ("route_shares.csv", SHARES),
    ("preferences.csv", PREFERENCES),
    ("value_density.csv", DENSITY),
    ("ports.csv", PORTS),
    ("time_value.csv", TIME_VALUE),
];

fn folder(tables: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder for the test");
    for (name, bytes) in tables {
        std::fs::write(folder.path().join(name), bytes).expect("a table for the test");
    }
    folder
}

/// The small world with some of its tables replaced.
fn with(replaced: &[(&str, &[u8])]) -> Result<(Baseline, usize), Diagnostics> {
    let folder = folder(&TABLES.map(|(name, text)| (name, text.as_bytes())));
    for (name, bytes) in replaced {
        std::fs::write(folder.path().join(name), bytes).expect("a table for the test");
    }
    read(folder.path()).map(|(baseline, warnings)| (baseline, warnings.len()))
}

/// What is said of the small world with one table replaced: `file:line:column message (help)`, a line each.
fn said(name: &str, bytes: &[u8]) -> String {
    let diagnostics = with(&[(name, bytes)]).expect_err("this must be refused");
    told(&diagnostics)
}

fn told(diagnostics: &Diagnostics) -> String {
    let lines = diagnostics.items.iter().filter(|d| d.severity == Severity::Error).map(|d| {
        let place = d.source.as_ref().zip(d.span.as_ref()).map_or(String::new(), |(source, span)| {
            let before = &source.text[..span.start];
            let begin = before.rfind('\n').map_or(0, |at| at + 1);
            assert!(source.text.get(span.clone()).is_some(), "{span:?}");
            format!(":{}:{}", before.matches('\n').count() + 1, before[begin..].chars().count() + 1)
        });
        let name = d.path.file_name().unwrap_or_default().to_string_lossy();
        format!("{name}{place} {}{}", d.message, d.help.as_ref().map_or(String::new(), |help| format!(" ({help})")))
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Replaces the one place where `old` stands in `text`.
fn change(text: &str, old: &str, new: &str) -> Vec<u8> {
    assert_eq!(text.matches(old).count(), 1, "{old}");
    text.replace(old, new).into_bytes()
}

#[test]
fn the_small_world_is_read() {
    let (world, warnings) = with(&[]).map_err(|d| told(&d)).expect("a sound baseline");
    assert_eq!(warnings, 0);
    let (can, mex, usa) = (0, 1, 2);
    let steel = world.sector("steel_iron").expect("steel");
    assert_eq!(world.flow(steel, can, usa).value, 1234.5);
    assert_eq!(world.flow(steel, can, mex).tariff, 0.05);
    assert_eq!((world.flow(steel, usa, mex).value, world.flow(0, mex, can).quality), (0.0, Quality::Assumed));
    assert_eq!(world.quality_by_value(), [(Quality::Observed, 1335.0), (Quality::Derived, 0.0), (Quality::Assumed, 7.0)]);
    assert_eq!(world.files.len(), TABLES.len());
    let names: Vec<_> = world.routes_of(can, mex).map(|(_, route)| (route.name.as_str(), route.mode, route.via)).collect();
    assert_eq!(names, [("truck", Mode::Truck, Some(usa)), ("sea_pacific", Mode::Sea, None)]);
    assert_eq!(world.share(0, steel) + world.share(1, steel), 1.0);
    assert!((world.share(0, steel) - 0.6).abs() < 1e-6 && world.share(0, steel) != 0.6);
    assert_eq!(world.preference("usmca", steel, can, usa).map(|p| p.utilisation), Some(0.5));
    assert_eq!(world.preference("usmca", 0, can, usa).map(|p| p.utilisation), Some(0.38));
    assert_eq!(world.preference("usmca", 0, usa, can), None);
    assert_eq!(world.value_density.iter().map(Option::is_some).collect::<Vec<_>>(), [false, true]);
}

#[test]
fn the_most_specific_elasticity_holds() {
    let (world, _) = with(&[]).expect("a sound baseline");
    let path = |sector, region| match &world.elasticity(ElasticityKind::Import, Horizon::Long, sector, region).expect("covered").value {
        Number::Fixed(value) => value.to_string(),
        Number::Uncertain(uncertain) => uncertain.path.clone(),
    };
    assert_eq!(path(1, 2), "elasticities.import.\"steel_iron@USA\"");
    assert_eq!(path(1, 0), "elasticities.import.steel_iron");
    assert_eq!(path(0, 0), "4");
    assert_eq!(path(0, 2), "elasticities.import.\"*\"");
    assert_eq!(world.elasticity(ElasticityKind::Supply, Horizon::Long, 0, 0).map(|e| &e.value), Some(&Number::Fixed(f64::INFINITY)));
    assert_eq!(world.elasticity(ElasticityKind::Domestic, Horizon::Long, 0, 0).map(|e| &e.value), Some(&Number::Fixed(3.0)));
    let normal = Distribution::normal(6.0, 1.0).and_then(|d| Distribution::truncated(d, Some(0.0), None)).expect("a normal");
    let Number::Uncertain(uncertain) = &world.elasticity(ElasticityKind::Import, Horizon::Long, 1, 1).expect("covered").value else {
        panic!("fixed")
    };
    assert_eq!(uncertain.distribution, normal);
}

#[test]
fn four_tables_are_enough() {
    let elasticities = change(ELASTICITIES, "route,*,*,long,4,,,assumed,made up\n", "");
    let folder = folder(&[
        ("regions.csv", REGIONS.as_bytes()),
        ("sectors.csv", SECTORS.as_bytes()),
        ("flows.csv", FLOWS.as_bytes()),
        ("elasticities.csv", &elasticities),
        ("value_added.csv", b"\xff anything"),
        ("SOURCES.md", b"where it is from"),
    ]);
    let (world, warnings) = read(folder.path()).map_err(|d| told(&d)).expect("a sound baseline");
    assert_eq!(warnings.len(), 1);
    assert!(warnings[0].severity == Severity::Warning && warnings[0].message.contains("value_added.csv"));
    assert_eq!(
        world.files.iter().map(|f| f.name.as_str()).collect::<Vec<_>>(),
        ["regions.csv", "sectors.csv", "flows.csv", "elasticities.csv"]
    );
    assert_eq!(world.elasticity(ElasticityKind::Route, Horizon::Long, 0, 0), None);
}

#[test]
fn what_spreadsheets_leave_behind_is_no_matter() {
    let dos = FLOWS.replace('\n', "\r\n") + ",,,,,,\r\n\r\n,,,,,,,,\r\n";
    let bytes = [b"\xef\xbb\xbf", dos.as_bytes()].concat();
    let (world, _) = with(&[("flows.csv", &bytes)]).map_err(|d| told(&d)).expect("a sound baseline");
    assert_eq!(world.flows, with(&[]).expect("a sound baseline").0.flows);
    let order = b"sector,note,quality,exporter,importer,value_usd_m,notes,\n cereals ,x,\"derived\",MEX,CAN, 7 ,y,\n";
    let (world, _) =
        with(&[("flows.csv", order), ("route_shares.csv", SHARES.as_bytes())]).map_err(|d| told(&d)).expect("a sound baseline");
    assert_eq!((world.flow(0, 1, 0).value, world.flow(0, 1, 0).quality), (7.0, Quality::Derived));
}

#[test]
fn damaged_cells_are_pointed_at() {
    let cases: &[(&str, &str, &str)] = &[
        ("100.5,", "\"100,5\",", "flows.csv:3:20 value_usd_m: `100,5` has a decimal comma (use a decimal point: 100.5)"),
        (
            "100.5,",
            "100,5,",
            "flows.csv:3:1 this line has 8 fields, the header has 7 (is `100,5` a decimal comma? Use a decimal point (100.5)",
        ),
        ("100.5,", "NaN,", "flows.csv:3:20 value_usd_m: `NaN` is not a number"),
        ("100.5,", "inf,", "flows.csv:3:20 value_usd_m: `inf` is not a number (only the mean of a supply"),
        ("100.5,", "-100.5,", "flows.csv:3:20 value_usd_m: `-100.5` is negative"),
        ("100.5,", ",", "flows.csv:3:1 `value_usd_m` is empty where a number is needed"),
        ("0.05", "5%", "flows.csv:3:26 tariff: `5%` is not a number (write a fraction: 0.05 for 5%)"),
        ("0.05", "25", "flows.csv:3:26 a tariff of `25` is 25 times the value (write a fraction"),
        ("CAN,MEX,steel_iron", "CAM,MEX,steel_iron", "flows.csv:3:1 exporter: `CAM` is not known (did you mean `CAN`?)"),
        ("CAN,MEX,steel_iron", "CAN,MEX,steel-iron", "flows.csv:3:9 sector: `steel-iron` is not known (did you mean `steel_iron`?)"),
        ("CAN,MEX,steel_iron", "CAN,,steel_iron", "flows.csv:3:1 `importer` is empty"),
        (
            "CAN,MEX,steel_iron",
            "CAN,USA,steel_iron",
            "flows.csv:4:1 the flow of steel_iron from CAN to USA is here a second time (the first is on line 3;",
        ),
        ("7,0,assumed", "7,0,assumd", "flows.csv:5:21 quality: `assumd` is not known (did you mean `assumed`?"),
        ("7,0,assumed,made up", "7,0,assumed", "flows.csv:5:1 this line has 6 fields, the header has 7 (leave a cell empty"),
        ("value_usd_m", "value_usd", "flows.csv:1:26 the column `value_usd` is not known (did you mean `value_usd_m`?"),
        ("value_usd_m", "value_usd", "flows.csv:1:1 the column `value_usd_m` is missing"),
        ("tariff", "sector", "flows.csv:1:38 the column `sector` is here a second time"),
        ("MEX,CAN,cereals,7", "MEX,CAN,\"cereals,7", "flows.csv:5:9 this quote is never closed"),
        ("MEX,CAN,cereals,7", "MEX,CAN,\"cereals\"x,7", "flows.csv:5:18 text after a closing quote"),
        ("MEX,CAN,cereals,7", "MEX,CAN,cer\u{7}eals,7", "flows.csv:5:12 the control character U+0007"),
    ];
    for (old, new, expected) in cases {
        let said = said("flows.csv", &change(FLOWS, old, new));
        assert!(said.lines().any(|line| line.starts_with(expected)), "{new}: {said}");
    }
}

#[test]
fn files_that_are_no_tables_are_refused() {
    assert!(said("flows.csv", b"").contains("`flows.csv` is empty"));
    assert!(said("flows.csv", b"\xef\xbb\xbf\r\n \n").contains("`flows.csv` is empty"));
    assert!(said("flows.csv", b"\xff\xfee\x00").contains("UTF-16"));
    let latin = [FLOWS.as_bytes(), b"MEX,USA,cereals,1,,observed,M\xe9xico\n"].concat();
    assert!(said("flows.csv", &latin).starts_with("flows.csv:6:30 the byte 0xe9 here is not UTF-8"));
    assert!(said("flows.csv", FLOWS.replace(',', ";").as_bytes()).starts_with("flows.csv:1:1 the columns are separated by semicolons"));
    assert!(said("regions.csv", b"code,name\n").starts_with("regions.csv:1:1 there is no region in this table"));
    for missing in ["regions.csv", "sectors.csv", "flows.csv", "elasticities.csv"] {
        let folder = folder(&TABLES.map(|(name, text)| (name, text.as_bytes())));
        std::fs::remove_file(folder.path().join(missing)).expect("the table is there");
        let said = told(&read(folder.path()).expect_err("a table is missing"));
        assert_eq!(said.lines().count(), 1, "{said}");
        assert!(said.contains(&format!("the table `{missing}` is missing")), "{said}");
        std::fs::create_dir(folder.path().join(missing)).expect("a folder of that name");
        assert!(told(&read(folder.path()).expect_err("it is no file")).contains("cannot be read"));
    }
    assert!(told(&read(Path::new("no such folder")).expect_err("nothing is there")).contains("does not exist"));
}

#[test]
fn damaged_codes_are_pointed_at() {
    for (old, new, expected) in [
        ("MEX,Mexico", "M X,Mexico", "regions.csv:3:1 the code `M X` cannot be used"),
        ("MEX,Mexico", "M-X,Mexico", "regions.csv:3:1 the code `M-X` cannot be used"),
        ("MEX,Mexico", "*,Mexico", "regions.csv:3:1 the code `*` cannot be used"),
        ("MEX,Mexico", "all,Mexico", "regions.csv:3:1 the code `all` cannot be used"),
        ("MEX,Mexico", ",Mexico", "regions.csv:3:1 `code` is empty"),
        ("MEX,Mexico", "CAN,Mexico", "regions.csv:3:1 the region `CAN` is here a second time (the first is on line 2; keep one of them)"),
    ] {
        // One error only: references to a code that could not be read are not complained of.
        assert_eq!(said("regions.csv", &change(REGIONS, old, new)).lines().next().map(|l| l.starts_with(expected)), Some(true), "{new}");
        assert_eq!(said("regions.csv", &change(REGIONS, old, new)).lines().count(), 1, "{new}");
    }
}

#[test]
fn damaged_elasticities_are_pointed_at() {
    for (old, new, expected) in [
        ("import,*,*,long,5,1", "import,*,*,,5,1", "elasticities.csv:4:1 `horizon` is empty"),
        ("import,*,*,long,5,1", "imports,*,*,long,5,1", "elasticities.csv:4:1 kind: `imports` is not known (did you mean `import`?"),
        (
            "import,*,*,long,5,1",
            "import,*,CAN,long,5,1",
            "elasticities.csv:7:1 `elasticities.import.\"*@CAN\"` is here a second time (the first is on line 4",
        ),
        ("1,lognormal", "1,log-normal", "elasticities.csv:4:21 dist: `log-normal` is not known (did you mean `lognormal`?"),
        ("1,lognormal", "1,", "elasticities.csv:4:1 `elasticities.import.\"*\"` has a standard deviation but no distribution"),
        ("1,lognormal", "1,fixed", "elasticities.csv:4:21 `elasticities.import.\"*\"` has a standard deviation but no distribution"),
        ("long,6,1,normal", "long,6,1.5,normal", "elasticities.csv:5:32 a normal distribution with mean 6 and sd 1.5 reaches below zero"),
        ("long,5,1,lognormal", "long,0,1,lognormal", "elasticities.csv:4:17 mean is 0"),
        ("supply,*,*,long,inf,,", "supply,*,*,long,inf,2,normal", "elasticities.csv:8:21 an infinite elasticity has no standard deviation"),
        ("domestic,*,*,long,3", "domestic,*,*,long,inf", "elasticities.csv:3:19 mean: `inf` is not a number"),
        (
            "route,*,*,long,4",
            "route,cereals,*,long,4",
            "elasticities.csv:1:1 no route elasticity holds for steel_iron in CAN, steel_iron in MEX and 1 more",
        ),
        ("demand,*,*,long,1,,,assumed,made up\n", "", "elasticities.csv:1:1 there is no demand elasticity"),
    ] {
        let said = said("elasticities.csv", &change(ELASTICITIES, old, new));
        assert!(said.lines().any(|line| line.starts_with(expected)), "{new}: {said}");
    }
}

#[test]
fn damaged_routes_and_shares_are_pointed_at() {
    for (old, new, expected) in [
        ("sea_pacific,sea,,", "sea_pacific,ship,,", "routes.csv:3:21 mode: `ship` is not known"),
        ("sea_pacific,sea,,", "sea_pacific,sea,MEX,", "routes.csv:3:25 a route cannot cross MEX as a third region"),
        (
            "sea_pacific,sea,,",
            "truck,sea,,",
            "routes.csv:3:1 the route `truck` from CAN to MEX is here a second time (the first is on line 2",
        ),
        ("CAN,MEX,sea_pacific", "CAN,CAN,sea_pacific", "routes.csv:3:5 a route from CAN to itself"),
        (
            "CAN,MEX,sea_pacific",
            "CAN,USA,sea_pacific",
            "routes.csv:3:1 trade from CAN to USA has routes, but route_shares.csv does not say how it is split: steel_iron",
        ),
    ] {
        let mut replaced = vec![("routes.csv", change(ROUTES, old, new))];
        if expected.contains("is split") {
            replaced
                .push(("route_shares.csv", b"exporter,importer,sector,route,share,quality\nCAN,MEX,steel_iron,truck,1,assumed\n".to_vec()));
        }
        let replaced: Vec<_> = replaced.iter().map(|(name, bytes)| (*name, &bytes[..])).collect();
        let said = told(&with(&replaced).expect_err("this must be refused"));
        assert!(said.lines().any(|line| line.starts_with(expected)), "{new}: {said}");
        assert!(!said.contains("sea_pacific` is not known"), "{said}");
    }
    for (old, new, expected) in [
        ("truck,0.6", "truck,0.5", "route_shares.csv:2:1 the route shares of steel_iron from CAN to MEX add up to 0.9000005"),
        ("truck,0.6", "truck,60", "route_shares.csv:2:26 share: `60` is more than 1"),
        ("truck,0.6", "rail,0.6", "route_shares.csv:2:20 route: `rail` is not known"),
        (
            "truck,0.6",
            "sea_pacific,0.6",
            "route_shares.csv:3:1 the share of `sea_pacific` in steel_iron from CAN to MEX is here a second time",
        ),
        ("CAN,MEX,steel_iron,truck", "MEX,CAN,steel_iron,truck", "route_shares.csv:2:1 routes.csv has no route from MEX to CAN"),
    ] {
        let said = said("route_shares.csv", &change(SHARES, old, new));
        assert!(said.lines().any(|line| line.starts_with(expected)), "{new}: {said}");
    }
    let folder = folder(&TABLES.map(|(name, text)| (name, text.as_bytes())));
    std::fs::remove_file(folder.path().join("routes.csv")).expect("the table is there");
    assert_eq!(told(&read(folder.path()).expect_err("routes are missing")).lines().count(), 1);
}

#[test]
fn damaged_preferences_and_densities_are_pointed_at() {
    for (old, new, expected) in [
        ("*,0.38,0.9", "*,38,0.9", "preferences.csv:2:17 utilisation: `38` is more than 1"),
        ("*,0.38,0.9", "*,0.38,0.3", "preferences.csv:2:22 utilisation_max 0.3 is less than utilisation 0.38"),
        ("USMCA,CAN,USA,*", "USMCA,USA,USA,*", "preferences.csv:2:11 a preference of USA for itself"),
        ("USMCA,CAN,USA,*", "usmca,CAN,USA,steel_iron", "preferences.csv:3:1 `usmca` for steel_iron from CAN to USA is here a second time"),
    ] {
        let said = said("preferences.csv", &change(PREFERENCES, old, new));
        assert!(said.lines().any(|line| line.starts_with(expected)), "{new}: {said}");
    }
    assert!(said("value_density.csv", &change(DENSITY, "1100", "0")).starts_with("value_density.csv:2:12 usd_per_tonne is zero"));
}

#[test]
fn all_errors_of_all_tables_are_said_at_once_but_not_without_end() {
    let many: String = (0..60).map(|n| format!("CAN,MEX,steel_iron,-{n}.5,,observed,\n")).collect();
    let flows = format!("exporter,importer,sector,value_usd_m,tariff,quality,source\n{many}");
    let regions = change(REGIONS, "MEX,Mexico", ",Mexico");
    let diagnostics = with(&[("flows.csv", flows.as_bytes()), ("regions.csv", &regions), ("value_density.csv", b"sector\n")]);
    let said = told(&diagnostics.expect_err("much is wrong"));
    assert_eq!(said.lines().filter(|l| l.starts_with("flows.csv:")).count(), 50);
    assert!(said.contains("flows.csv and 10 more errors in this file"), "{said}");
    assert!(said.contains("regions.csv:3:1") && said.contains("value_density.csv:1:1 the columns"), "{said}");
}

#[test]
fn the_members_of_a_region_may_levy_duties_on_one_another() {
    let (world, warnings) = with(&[("flows.csv", &change(FLOWS, "900,,", "900,0.1,"))]).map_err(|d| told(&d)).expect("a sound baseline");
    assert_eq!((world.flow(1, 0, 0).tariff, warnings), (0.1, 0));
}

#[test]
fn a_tariff_above_the_value_is_doubted_but_read() {
    let (world, warnings) = with(&[("flows.csv", &change(FLOWS, "0.05", "2.9"))]).map_err(|d| told(&d)).expect("a warning only");
    assert_eq!((world.flow(1, 0, 1).tariff, warnings), (2.9, 1));
}

#[test]
fn more_cells_than_memory_are_refused() {
    let codes: String = (0..3000).map(|n| format!("R{n},\n")).collect();
    assert!(said("regions.csv", format!("code,name\n{codes}").as_bytes()).contains("the most is"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    /// Whatever bytes a table has, reading ends, and every error points into the text.
    #[test]
    fn no_bytes_break_the_reader(
        table in 0..TABLES.len(),
        edits in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(vec![
            &b"\""[..], b",", b"\n", b"\r", b"-", b"*", b"e9", b"\xff", b"\0", b"\xc3\xa9", b"999999999999", b"inf", b"%", b"CAN", b"truck", b"", b"\xef\xbb\xbf", b" ", b";",
        ]), 0usize..6), 1..8),
    ) {
        let (name, text) = TABLES[table];
        let mut bytes = text.as_bytes().to_vec();
        for (place, inserted, removed) in edits {
            let at = place.index(bytes.len() + 1);
            let end = (at + removed).min(bytes.len());
            bytes.splice(at..end, inserted.iter().copied());
        }
        if let Err(diagnostics) = with(&[(name, &bytes)]) {
            prop_assert!(diagnostics.has_errors());
            told(&diagnostics);
        }
    }
}
