//! `data sample`, `data import` and `data check`: from every office's download to a baseline that runs.

mod common;

use common::{Bench, Run, Table, stderr, tradewind};
use std::path::Path;

/// A folder with the sample in it.
fn sample() -> Bench {
    let bench = Bench::new();
    tradewind().args(["data", "sample"]).arg(bench.path("sample")).assert().code(0);
    bench
}

/// Runs `data import` in the sample's folder; its exit code and what it said.
fn import(bench: &Bench, arguments: &[&str]) -> (Option<i32>, String) {
    let assert = tradewind().current_dir(bench.path("sample")).args(["data", "import"]).args(arguments).assert();
    // Lines are broken to the terminal.
    (assert.get_output().status.code(), stderr(&assert).split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Imports over the sample's base into `out`, and reads the flows.
fn imported(bench: &Bench, files: &[&str], out: &str) -> (Table, String) {
    let (code, said) = import(bench, &[files, &["--base", "base", "--out", out]].concat());
    assert_eq!(code, Some(0), "{said}");
    (Table::read(&bench.path(&format!("sample/{out}/flows.csv"))), said)
}

/// Value, quality and source of a flow.
fn flow(table: &Table, pair: &str, sector: &str) -> (f64, String, String) {
    let (exporter, importer) = pair.split_once('-').unwrap();
    let keys = [("exporter", exporter), ("importer", importer), ("sector", sector)];
    let rows: Vec<_> = table.of(&keys).collect();
    assert_eq!(rows.len(), 1, "{pair} {sector}");
    (rows[0].text("value_usd_m").parse().unwrap(), rows[0].text("quality").to_string(), rows[0].text("source").to_string())
}

fn is(table: &Table, pair: &str, sector: &str, value: f64, quality: &str, source: &str) {
    let (found, its_quality, its_source) = flow(table, pair, sector);
    assert!((found / value - 1.0).abs() < 1e-9, "{pair} {sector}: {found} against {value}");
    assert_eq!((its_quality.as_str(), its_source.as_str()), (quality, source), "{pair} {sector}");
}

#[test]
fn census_with_title_lines_bom_crlf_and_grouped_thousands() {
    let bench = sample();
    let (flows, said) = imported(&bench, &["--from", "census", "census-imports.csv"], "a");
    is(&flows, "CAN-USA", "steel", 13700.246912, "observed", "census-2024-imports");
    // Motor cars and their parts are finer than the chapter.
    is(&flows, "CAN-USA", "vehicles", 36000.123456, "observed", "census-2024-imports");
    is(&flows, "CAN-USA", "parts", 14500.123456, "observed", "census-2024-imports");
    // Germany and France are of the EU, Türkiye and Korea of the rest of the world, with Côte d'Ivoire.
    is(&flows, "EU27-USA", "steel", 6000.493824, "observed", "census-2024-imports");
    is(&flows, "ROW-USA", "steel", 7400.493824, "observed", "census-2024-imports");
    is(&flows, "ROW-USA", "other", 1100.123456, "observed", "census-2024-imports");
    // What no file speaks for is the base's, home sales among it.
    is(&flows, "USA-CAN", "steel", 300.0, "assumed", "sample-base");
    is(&flows, "USA-USA", "steel", 72_000.0, "assumed", "sample-base");
    let unmapped = Table::read(&bench.path("sample/a/import/unmapped.csv"));
    assert_eq!(unmapped.texts("what"), ["Atlantis"]);
    assert_eq!(unmapped.texts("value_usd_m"), ["12.123456"]);
    assert!(said.contains("sums over countries (2)") && said.contains("Atlantis"), "{said}");
    let bytes = std::fs::read(bench.path("sample/census-imports.csv")).unwrap();
    let files = Table::read(&bench.path("sample/a/import/files.csv"));
    assert_eq!(files.texts("sha256"), [tradewind::baseline::InputFile::of("census-imports.csv", &bytes).sha256]);
}

#[test]
fn dataweb_with_a_column_a_year() {
    let bench = sample();
    let (code, said) = import(&bench, &["dataweb-exports.csv", "--base", "base", "--out", "a"]);
    assert!(code == Some(2) && said.contains("several years: 2023, 2024") && said.contains("--year"), "{said}");
    let (flows, said) = imported(&bench, &["dataweb-exports.csv", "--year", "2024"], "a");
    is(&flows, "USA-CAN", "steel", 13_700.0, "observed", "dataweb-2024-exports");
    is(&flows, "USA-EU27", "vehicles", 6_100.0, "observed", "dataweb-2024-exports");
    assert!(said.contains("quantities (3)"), "{said}");
    let (flows, _) = imported(&bench, &["dataweb-exports.csv", "--year", "2023"], "b");
    is(&flows, "USA-CAN", "steel", 13_700.0 * 0.95, "observed", "dataweb-2023-exports");
}

#[test]
fn comtrade_of_today_and_of_before() {
    let bench = sample();
    let (flows, said) = imported(&bench, &["comtrade.csv"], "a");
    // A FOB value is taken where there is one; what is CIF is called so.
    is(&flows, "USA-MEX", "steel", 11_834.0, "observed", "comtrade-2024-imports");
    is(&flows, "USA-EU27", "steel", 2_100.0, "observed", "comtrade-2024-imports-cif");
    is(&flows, "EU27-MEX", "vehicles", 2_600.0, "observed", "comtrade-2024-exports");
    is(&flows, "ROW-EU27", "vehicles", 3_900.0, "observed", "comtrade-2024-imports-cif");
    assert!(said.contains("CIF") && said.contains("EU27: 1 of its 27 countries"), "{said}");
    bench.file(
        "sample/legacy.csv",
        "Classification,Year,Period,Trade Flow Code,Trade Flow,Reporter Code,Reporter,Reporter ISO,Partner Code,Partner,Partner ISO,Commodity Code,Commodity,Trade Value (US$)\r\n\
         H5,2021,2021,1,Import,484,Mexico,MEX,842,USA,USA,72,Iron,\"4,000,000,000\"\r\n\
         H5,2021,2021,3,Re-Export,484,Mexico,MEX,842,USA,USA,72,Iron,1000\r\n\
         H5,2021,2021,1,Import,484,Mexico,MEX,0,World,WLD,72,Iron,9000000000\r\n",
    );
    let (flows, _) = imported(&bench, &["legacy.csv"], "b");
    is(&flows, "USA-MEX", "steel", 4_000.0, "observed", "comtrade-2021-imports-cif");
}

#[test]
fn baci_with_its_own_country_codes() {
    let bench = sample();
    let (flows, said) = imported(&bench, &["baci.csv", "country_codes.csv"], "a");
    is(&flows, "ROW-CAN", "steel", 410.0005, "observed", "baci-2024");
    is(&flows, "ROW-CAN", "other", 8200.0005 + 1100.0005, "observed", "baci-2024");
    is(&flows, "ROW-EU27", "other", 21000.0005 + 1500.0005, "observed", "baci-2024");
    is(&flows, "EU27-CAN", "parts", 640.0005, "observed", "baci-2024");
    // France to Germany stays within the region.
    assert!(said.contains("US$ 9.9 bn among the countries of one region"), "{said}");
}

#[test]
fn statistics_canada_by_month_in_canadian_dollars() {
    let bench = sample();
    let (code, said) = import(&bench, &["statcan-imports.csv", "--rate", "1.37", "--base", "base", "--out", "a"]);
    assert!(code == Some(2) && said.contains("imports=FILE"), "{said}");
    let (code, said) = import(&bench, &["imports=statcan-imports.csv", "--base", "base", "--out", "a"]);
    assert!(code == Some(2) && said.contains("--rate"), "{said}");
    let (flows, said) = imported(&bench, &["imports=statcan-imports.csv", "--rate", "1.37"], "a");
    is(&flows, "USA-CAN", "steel", 12.0 * (310.0 + 240.0 + 620.0) / 1.37, "observed", "statcan-2024-imports");
    is(&flows, "MEX-CAN", "other", 12.0 * 700.0 / 1.37, "observed", "statcan-2024-imports");
    assert!(said.contains("ZX"), "{said}");
}

#[test]
fn the_importers_record_stands_before_the_exporters() {
    let bench = sample();
    let files = ["dataweb-exports.csv", "comtrade.csv", "--year", "2024"];
    let (flows, said) = imported(&bench, &files, "a");
    is(&flows, "USA-MEX", "steel", 11_834.0, "observed", "comtrade-2024-imports");
    is(&flows, "USA-CAN", "steel", 13_700.0, "observed", "dataweb-2024-exports");
    let mirrors = Table::read(&bench.path("sample/a/import/mirrors.csv"));
    let mexico = mirrors.of(&[("exporter", "USA"), ("importer", "MEX")]).next().unwrap();
    assert_eq!((mexico.text("used"), mexico.text("other")), ("comtrade-2024-imports", "dataweb-2024-exports"));
    assert!(said.contains("Recorded by both partners"), "{said}");
}

/// All files, home sales from output, steel balanced; looked over; run.
#[test]
fn all_of_it_makes_a_baseline_that_is_checked_and_runs() {
    let bench = sample();
    let all = [
        "census-imports.csv",
        "comtrade.csv",
        "imports=statcan-imports.csv",
        "baci.csv",
        "country_codes.csv",
        "dataweb-exports.csv",
        "--year",
        "2024",
        "--rate",
        "1.37",
        "--output-table",
        "output.csv",
        "--totals",
        "totals.csv",
    ];
    let (flows, said) = imported(&bench, &all, "imported");
    assert!(said.contains("Balanced to the totals (RAS)"), "{said}");
    let totals = Table::read(&bench.path("sample/totals.csv"));
    for row in totals.iter() {
        for (column, side) in [("exports_usd_m", "exporter"), ("imports_usd_m", "importer")] {
            let of = flows
                .of(&[("sector", "steel")])
                .filter(|flow| flow.text(side) == row.text("region") && flow.text("exporter") != flow.text("importer"));
            let sum: f64 = of.map(|flow| flow.text("value_usd_m").parse::<f64>().unwrap()).sum();
            let total: f64 = row.text(column).parse().unwrap();
            assert!((sum / total - 1.0).abs() < 2e-9, "{} {column}: {sum} against {total}", row.text("region"));
        }
    }
    let (_, quality, source) = flow(&flows, "CAN-USA", "steel");
    assert_eq!((quality.as_str(), source.as_str()), ("derived", "census-2024-imports+ras"));
    // Home sales are output less what is exported, as balanced.
    let exports: f64 = 15_500.0;
    is(&flows, "CAN-CAN", "steel", 45_000.0 - exports, "derived", "output-less-exports");
    let folder = bench.path("sample/imported");
    for (table, column) in
        [("import/balancing.csv", "ratio"), ("import/pairs.csv", "total_usd_m"), ("import/gaps.csv", "gap"), ("import/files.csv", "sha256")]
    {
        assert!(!Table::read(&folder.join(table)).texts(column).is_empty(), "{table}");
    }
    // What is from files, from the base and from balancing is all that there is.
    let pairs = Table::read(&folder.join("import/pairs.csv"));
    for row in pairs.iter() {
        let parts: f64 = ["files_usd_m", "base_usd_m", "balancing_usd_m"].map(|column| row.number(column)).iter().sum();
        let of = [("exporter", row.text("exporter")), ("importer", row.text("importer"))];
        let there: f64 = flows.of(&of).map(|flow| flow.number("value_usd_m")).sum();
        assert!(
            (parts / there - 1.0).abs() < 1e-9 && (row.number("total_usd_m") / there - 1.0).abs() < 1e-9,
            "{of:?}: {parts} against {there}"
        );
    }
    assert!(std::fs::read_to_string(folder.join("SOURCES.md")).unwrap().contains("| baci.csv | CEPII's BACI |"));

    let check = tradewind().args(["data", "check"]).arg(&folder).arg("--csv").arg(bench.path("tables")).assert().code(0);
    let text = String::from_utf8(check.get_output().stdout.clone()).unwrap();
    for words in ["home share", "MEX-USA", "The most doubtful", "How rows are known"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let regions = Table::read(&bench.path("tables/regions.csv"));
    assert_eq!(regions.texts("region"), ["USA", "CAN", "MEX", "EU27", "ROW"]);

    let run = bench.run(&[bench.path("sample/steel.toml")], "out", &["--draws", "64", "--no-plots", "--quiet"]);
    assert!(!run.table("summary.csv").rows.is_empty());
}

#[test]
fn the_same_files_give_the_same_bytes_and_nothing_is_replaced_unasked() {
    let bench = sample();
    let all = ["census-imports.csv", "comtrade.csv", "--base", "base", "--out"];
    let read = |out: &str| Run::of(&bench.path(&format!("sample/{out}"))).files();
    for out in ["a", "b"] {
        assert_eq!(import(&bench, &[&all[..], &[out]].concat()).0, Some(0));
    }
    assert_eq!(read("a"), read("b"));
    let (code, said) = import(&bench, &[&all[..], &["a"]].concat());
    assert!(code == Some(2) && said.contains("--force"), "{said}");
    assert_eq!(import(&bench, &[&["--force"], &all[..], &["a"]].concat()).0, Some(0));
    assert_eq!(read("a"), read("b"));
    let left: Vec<_> =
        std::fs::read_dir(bench.path("sample")).unwrap().map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
    assert!(left.iter().all(|name| !name.starts_with('.')), "{left:?}");
}

#[test]
fn without_a_base_what_is_missing_is_said() {
    let bench = sample();
    let frame = ["--regions", "base/regions.csv", "--sectors", "base/sectors.csv", "--out", "a"];
    let (code, said) = import(&bench, &[&["census-imports.csv"], &frame[..]].concat());
    assert!(code == Some(0) && said.contains("elasticities.csv") && said.contains("home sales not known"), "{said}");
    let flows = Table::read(&bench.path("sample/a/flows.csv"));
    assert!(flows.iter().all(|row| row.text("importer") == "USA" && row.text("exporter") != "USA"));
}

/// A file's name and bytes, options, a flow that it must come to (pair, sector, US$ million, source), and words of the account.
type Case<'a> = (&'a str, Vec<u8>, &'a [&'a str], (&'a str, &'a str, f64, &'a str), &'a str);

/// Made files, each with what a flow must come to and the words that the account must say.
#[test]
fn layouts_and_levels_that_the_sample_has_not() {
    let comtrade = "period,reporterISO,flowCode,partnerISO,cmdCode,primaryValue\n";
    let cases: [Case; 6] = [
        // The European Union as one partner counts where its members do not.
        (
            "union.csv",
            format!("{comtrade}2024,MEX,X,EUR,72,5000000000\n2024,MEX,X,DEU,72,3000000000\n2024,USA,X,EUR,72,7000000000\n").into_bytes(),
            &[],
            ("MEX-EU27", "steel", 3000.0, "comtrade-2024-exports"),
            "US$ 10.0 bn is between regions",
        ),
        // Finer codes count, and what they lack is said.
        (
            "levels.csv",
            format!("{comtrade}2024,CAN,X,USA,72,1000000000\n2024,CAN,X,USA,720839,900000000\n2024,CAN,X,USA,73,50000000\n").into_bytes(),
            &[],
            ("CAN-USA", "steel", 950.0, "comtrade-2024-exports"),
            "fall short of their own sums by US$ 100.0 m",
        ),
        // A chapter whose parts are in two sectors cannot be divided.
        (
            "coarse.csv",
            format!("{comtrade}2024,CAN,X,USA,87,1000000000\n2024,CAN,X,USA,72,1000000\n").into_bytes(),
            &[],
            ("CAN-USA", "steel", 1.0, "comtrade-2024-exports"),
            "codes too coarse 87 1.0 bn 99.9%",
        ),
        // The columns of the Census Bureau's API; its values of a year grow from month to month. Names in Windows-1252.
        (
            "api.csv",
            b"CTY_NAME,I_COMMODITY,CON_VAL_YR,time,SUMMARY_LVL\nCANADA,72,4000000000,2024-11,DET\nCANADA,72,5000000000,2024-12,DET\n\
              OECD,72,9000000000,2024-12,CGP\nC\xd4TE D'IVOIRE,18,7000000,2024-12,DET\n"
                .to_vec(),
            &[],
            ("CAN-USA", "steel", 5000.0, "census-2024-imports"),
            "api.csv:5",
        ),
        // Canada and its provinces: the provinces count. A part of a year is called so.
        (
            "exports=web.csv",
            "Period,Commodity,Province,Country,Value ($)\n2024-01-01,72 - Iron and steel,Canada,United States,900000000\n\
             2024-01-01,72 - Iron and steel,Ontario,United States,500000000\n2024-01-01,72 - Iron and steel,Québec,United States,400000000\n"
                .as_bytes()
                .to_vec(),
            &["--rate", "1.5"],
            ("CAN-USA", "steel", 600.0, "statcan-2024-exports"),
            "only the months 1:",
        ),
        // DataWeb in thousands, codes of ten digits with dots.
        (
            "thousands.csv",
            b"Customs Value by HTS Number\nU.S. Imports For Consumption\nIn 1,000 Dollars\nData Type,HTS Number,Country,2024\n\
              Customs Value,7208.39.0015,Mexico,\"1,500\"\nCalculated Duties,7208.39.0015,Mexico,20\n"
                .to_vec(),
            &["--from", "dataweb"],
            ("MEX-USA", "steel", 1.5, "dataweb-2024-imports"),
            "duties, charges and CIF values (1)",
        ),
    ];
    for (file, bytes, options, (pair, sector, value, source), words) in cases {
        let bench = sample();
        std::fs::write(bench.path("sample").join(file.rsplit('=').next().unwrap()), bytes).unwrap();
        let (flows, said) = imported(&bench, &[&[file], options].concat(), "a");
        is(&flows, pair, sector, value, "observed", source);
        assert!(said.contains(words), "{file}: {said}");
    }
}

#[test]
fn regions_of_ones_own_are_made_of_the_countries_listed() {
    let bench = sample();
    bench.file("sample/regions.csv", "code,name\nUSA,\nNAFTA_PARTNERS,\nROW,\n");
    bench.file("sample/members.csv", "region,country\nNAFTA_PARTNERS,Canada\nNAFTA_PARTNERS,MEX\n");
    let frame = ["--regions", "regions.csv", "--sectors", "base/sectors.csv", "--out", "a"];
    let (code, said) = import(&bench, &[&["census-imports.csv"], &frame[..]].concat());
    assert!(code == Some(2) && said.contains("`NAFTA_PARTNERS`") && said.contains("--members"), "{said}");
    let (code, said) = import(&bench, &[&["census-imports.csv", "--members", "members.csv"], &frame[..]].concat());
    assert_eq!(code, Some(0), "{said}");
    let flows = Table::read(&bench.path("sample/a/flows.csv"));
    is(&flows, "NAFTA_PARTNERS-USA", "steel", 13700.246912 + 9300.246912, "observed", "census-2024-imports");
    bench.file("sample/members.csv", "region,country\nNAFTA_PARTNERS,Canadia\nNAFTA,MEX\n");
    let (code, said) = import(&bench, &[&["census-imports.csv", "--members", "members.csv"], &frame[..], &["--force"]].concat());
    assert!(code == Some(2) && said.contains("members.csv:2:16") && said.contains("members.csv:3:1"), "{said}");
}

/// Each file with the words that it must be refused with.
#[test]
fn what_is_wrong_is_shown_with_file_and_line() {
    let header = "t,i,j,k,v,q\n2024,842,124,720839,1.5,1\n";
    for (text, words) in [
        ("year,from,to,usd\n2024,USA,CAN,5\n", &["`year`, `from`, `to`, `usd`", "t,i,j,k,v,q", "primaryValue"][..]),
        (&format!("{header}2024,842,124,720839,2.5,1\n"), &["bad.csv:3", "a second time"]),
        (&format!("{header}2024,842,124,720840,-2.5,1\n"), &["bad.csv:3", "`-2.5` is negative"]),
        (
            &format!("{header}2024,842,124,720840,NaN,1\n2024,842,124,720841,\"2,5\",1\n"),
            &["bad.csv:3", "`NaN` is not a number", "bad.csv:4", "decimal comma"],
        ),
        (&format!("{header}2023,842,124,720840,1,1\n"), &["several years: 2023, 2024"]),
        (
            "period,reporterISO,flowCode,partnerISO,cmdCode,primaryValue\n202401,USA,M,CAN,72,5\n2024,USA,M,CAN,73,5\n",
            &["years and months", "counted twice"],
        ),
        (
            "period,reporterISO,flowCode,partnerISO,cmdCode,primaryValue,classificationCode\n2024,USA,M,CAN,6,5,S4\n",
            &["bad.csv:2", "`S4`", "choose HS"],
        ),
        (&format!("{header}2024,842,124,steel,1,1\n"), &["bad.csv:3", "`steel` is no code"]),
        (&format!("{header}2024,842,124\n"), &["bad.csv:3", "cut off"]),
        (&format!("{header}2024,842,124,720840,1,000,1\n"), &["bad.csv:3", "7 cells", "within quotes"]),
        ("t;i;j;k;v;q\n2024;842;124;720839;1,5;1\n", &["bad.csv:2", "decimal comma"]),
        ("", &["empty"]),
        ("PK\u{3}\u{4}", &["ZIP"]),
        ("t,i,j,k,v,q\n2024,1,2,720839,1,1\n", &["nothing can be imported"]),
    ] {
        let bench = sample();
        bench.file("sample/bad.csv", text);
        let (code, said) = import(&bench, &["bad.csv", "--base", "base", "--out", "a"]);
        assert!(code == Some(2) && words.iter().all(|word| said.contains(word)), "{text}: {said}");
        assert!(!bench.path("sample/a").exists(), "{text}");
    }
}

#[test]
fn a_world_too_large_is_refused_before_it_is_made() {
    let bench = sample();
    let codes: String = (0..70_000).map(|n| format!("s{n},,\n")).collect();
    bench.file("sample/many.csv", &format!("code,name,hs_chapters\n{codes}"));
    let (code, said) = import(&bench, &["comtrade.csv", "--regions", "base/regions.csv", "--sectors", "many.csv", "--out", "a"]);
    assert!(code == Some(2) && said.contains("70000 sectors and 5 regions"), "{said}");
}

#[test]
fn totals_that_cannot_be_met_are_explained() {
    let bench = sample();
    for (totals, words) in [
        ("USA,steel,1,1\n", &["no totals for CAN, MEX, EU27, ROW"][..]),
        ("USA,steel,9,1\nCAN,steel,1,1\nMEX,steel,1,1\nEU27,steel,1,1\nROW,steel,1,1\n", &["13.000", "5.000", "agree"]),
    ] {
        bench.file("sample/bad.csv", &format!("region,sector,exports_usd_m,imports_usd_m\n{totals}"));
        let (code, said) = import(&bench, &["comtrade.csv", "--base", "base", "--totals", "bad.csv", "--out", "a"]);
        assert!(code == Some(2) && words.iter().all(|word| said.contains(word)), "{said}");
    }
}

#[test]
fn a_narrow_terminal_is_kept_to_and_errors_of_a_folder_are_all_shown() {
    let bench = sample();
    let base = bench.path("sample/base");
    let narrow = tradewind().env("COLUMNS", "60").args(["data", "check"]).arg(&base).assert().code(0);
    let text = String::from_utf8(narrow.get_output().stdout.clone()).unwrap();
    assert!(text.lines().skip(1).all(|line| line.chars().count() <= 60), "{text}");
    assert!(!text.contains('\u{1b}'));
    bench.file(
        "sample/base/flows.csv",
        "exporter,importer,sector,value_usd_m,quality\nUSX,CAN,steel,1,observed\nUSA,CAN,steel,-1,observed\n",
    );
    let wrong = tradewind().args(["data", "check"]).arg(&base).assert().code(2);
    let said = stderr(&wrong);
    assert!(said.contains("`USX`") && said.contains("negative") && said.contains("flows.csv:2"), "{said}");
    assert!(tradewind().args(["data", "check"]).arg(Path::new("nowhere")).assert().code(2).get_output().stdout.is_empty());
}

#[test]
fn what_is_out_of_the_ordinary_is_remarked() {
    let bench = Bench::new();
    bench.file("odd/regions.csv", "code,name\nUSA,\nCIV,Côte d'Ivoire\n");
    bench.file("odd/sectors.csv", "code,name,hs_chapters\nsteel,,72\ncocoa,,18\nidle,,99\n");
    bench.file(
        "odd/flows.csv",
        "exporter,importer,sector,value_usd_m,tariff,quality\nUSA,USA,steel,5000,,derived\nUSA,CIV,steel,1,0.6,observed\nCIV,USA,steel,1,,assumed\n\
         CIV,USA,cocoa,900,,assumed\nCIV,CIV,cocoa,100,,assumed\nUSA,CIV,cocoa,0,0.1,observed\n",
    );
    bench.file(
        "odd/elasticities.csv",
        "kind,sector,region,horizon,mean,quality\ndemand,*,*,long,0.8,assumed\ndomestic,*,*,long,3,assumed\nimport,*,*,long,5,assumed\n\
         import,cocoa,*,long,0.9,assumed\nsupply,*,*,long,2,assumed\n",
    );
    let (folder, tables) = (bench.path("odd"), bench.path("tables"));
    let check = tradewind().args(["data", "check"]).arg(&folder).arg("--csv").arg(&tables).assert().code(0);
    let text = String::from_utf8(check.get_output().stdout.clone()).unwrap();
    for words in
        ["CIV-USA cocoa", "99.98%", "tariff USA-CIV steel: 60.0%, above 50%", "sector idle: nobody trades it", "σ_M 0.90 below σ_D 3.00"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    let home = Table::read(&tables.join("home_shares.csv"));
    let places: Vec<_> = home.iter().map(|row| (row.key(&["region", "sector"]), row.number("home_share"))).collect();
    let expected = [("USA steel", 5000.0 / 5001.0), ("USA cocoa", 0.0), ("CIV cocoa", 1.0), ("CIV steel", 0.0)];
    assert!(places.len() == 4 && places.iter().zip(expected).all(|(a, b)| a.0 == b.0 && (a.1 - b.1).abs() < 1e-14), "{places:?}");
    assert_eq!(Table::read(&tables.join("doubts.csv")).texts("value_usd_m"), ["900", "1"]);
    let remarks = Table::read(&tables.join("remarks.csv"));
    assert_eq!(
        remarks.texts("about"),
        ["tariff USA-CIV steel", "tariff USA-CIV cocoa", "sector idle", "elasticity cocoa", "elasticity cocoa"]
    );
}
