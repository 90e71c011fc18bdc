//! What the integration tests share: a folder to write scenarios and baselines in, the programme, and the tables that it leaves.
#![allow(dead_code)] // Each test binary uses its own part.

pub mod coasts;
pub mod draws;

use assert_cmd::Command;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A folder of its own for one test; gone when the test ends.
pub struct Bench(TempDir);

/// The head of a small scenario of two years.
pub const TWO_YEARS: &str = "baseline = \"world\"\nperiods = \"2025..2026\"\n[simulation]\ndraws = 32\n";

impl Bench {
    pub fn new() -> Bench {
        Bench(tempfile::tempdir().unwrap())
    }

    /// With a small world, and steel at 50% in `one.toml` and `two.toml`.
    pub fn with_two_alike() -> Bench {
        let bench = Bench::new();
        bench.baseline("world", &World::small());
        let steel = duty("Steel", "USA", "\"*\"", "[\"steel\"]", "\"50%\"");
        for stem in ["one", "two"] {
            bench.file(&format!("{stem}.toml"), &format!("{TWO_YEARS}{steel}"));
        }
        bench
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a file; `name` may lead into a folder within.
    pub fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path
    }

    /// Writes a baseline folder.
    pub fn baseline(&self, name: &str, world: &World) {
        for (table, text) in world.tables() {
            self.file(&format!("{name}/{table}"), &text);
        }
    }

    /// Runs the scenarios into `out` and reads the results of the first; they must all succeed.
    pub fn run(&self, scenarios: &[PathBuf], out: &str, options: &[&str]) -> Run {
        tradewind().arg("run").args(scenarios).arg("--out").arg(self.path(out)).args(options).assert().code(0);
        Run::of(&self.path(out).join(scenarios[0].file_stem().unwrap()))
    }

    /// Writes and runs one scenario without charts.
    pub fn simulate(&self, stem: &str, scenario: &str, options: &[&str]) -> Run {
        let path = self.file(&format!("{stem}.toml"), scenario);
        let mut all = vec!["--no-plots", "--quiet"];
        all.extend(options);
        self.run(&[path], "out", &all)
    }
}

/// What a command said to its user.
pub fn stderr(assert: &assert_cmd::assert::Assert) -> String {
    String::from_utf8(assert.get_output().stderr.clone()).unwrap()
}

/// The programme, with nothing of the caller's terminal.
pub fn tradewind() -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("tradewind"));
    command.env_remove("NO_COLOR").env_remove("COLUMNS");
    command
}

/// Copies a folder with all that is in it.
pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            std::fs::copy(&path, &target).unwrap();
        }
    }
}

/// What stands in a folder, hidden things included.
pub fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// The folder of the scenarios that come with the programme.
pub fn shipped(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name)
}

/// A folder of results.
pub struct Run {
    pub folder: PathBuf,
}

impl Run {
    pub fn of(folder: &Path) -> Run {
        Run { folder: folder.to_path_buf() }
    }

    pub fn table(&self, name: &str) -> Table {
        Table::read(&self.folder.join(name))
    }

    pub fn manifest(&self) -> serde_json::Value {
        serde_json::from_slice(&std::fs::read(self.folder.join("manifest.json")).unwrap()).unwrap()
    }

    /// Every file by name, folders within included.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let mut found = BTreeMap::new();
        let mut folders = vec![self.folder.clone()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = path.strip_prefix(&self.folder).unwrap().to_string_lossy().into_owned();
                    found.insert(name, std::fs::read(&path).unwrap());
                }
            }
        }
        found
    }
}

/// A table as text, with its header.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    pub header: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

impl Table {
    pub fn read(path: &Path) -> Table {
        let mut reader = csv::ReaderBuilder::new().from_path(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let words = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect::<Vec<_>>();
        let header = words(reader.headers().unwrap());
        Table { header, rows: reader.records().map(|record| words(&record.unwrap())).collect() }
    }

    pub fn column(&self, name: &str) -> usize {
        self.header.iter().position(|h| h == name).unwrap_or_else(|| panic!("no column {name} in {:?}", self.header))
    }

    pub fn texts(&self, name: &str) -> Vec<&str> {
        let column = self.column(name);
        self.rows.iter().map(|row| row[column].as_str()).collect()
    }

    pub fn iter(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|cells| Row { table: self, cells })
    }

    /// The rows in which every named column holds the given text.
    pub fn of<'a>(&'a self, keys: &'a [(&'a str, &'a str)]) -> impl Iterator<Item = Row<'a>> {
        self.iter().filter(|row| keys.iter().all(|(column, text)| row.text(column) == *text))
    }

    /// The only row with these keys.
    pub fn one<'a>(&'a self, keys: &'a [(&'a str, &'a str)]) -> Row<'a> {
        let found: Vec<Row<'_>> = self.of(keys).collect();
        assert_eq!(found.len(), 1, "rows of {keys:?}");
        found[0]
    }

    /// `column` of the only row with these keys.
    pub fn number(&self, keys: &[(&str, &str)], column: &str) -> f64 {
        self.one(keys).number(column)
    }
}

/// A row of a [`Table`].
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    table: &'a Table,
    pub cells: &'a [String],
}

impl<'a> Row<'a> {
    pub fn text(&self, column: &str) -> &'a str {
        &self.cells[self.table.column(column)]
    }

    pub fn number(&self, column: &str) -> f64 {
        self.text(column).parse().unwrap_or_else(|_| panic!("{column} of {:?} is no number", self.cells))
    }

    /// Several columns joined: a key to group rows by.
    pub fn key(&self, columns: &[&str]) -> String {
        columns.iter().map(|column| self.text(column)).collect::<Vec<_>>().join(" ")
    }
}

/// A baseline to be written.
#[derive(Clone)]
pub struct World {
    pub regions: Vec<&'static str>,
    pub sectors: Vec<&'static str>,
    /// Exporter, importer, sector, value, tariff.
    pub flows: Vec<(&'static str, &'static str, &'static str, f64, f64)>,
    /// Exporter, importer and sector of the flows that nobody observed.
    pub assumed: Vec<(&'static str, &'static str, &'static str)>,
    /// Rows without the header.
    pub elasticities: String,
    /// Further tables, whole.
    pub more: Vec<(&'static str, String)>,
}

impl World {
    /// One sector `goods`, values exporter × importer, no tariffs, the same fixed elasticities everywhere.
    pub fn one_sector(regions: &[&'static str], values: &[f64], elasticities: &str) -> World {
        let n = regions.len();
        let cell = |c: usize| (regions[c / n], regions[c % n], "goods", values[c], 0.0);
        World {
            regions: regions.to_vec(),
            sectors: vec!["goods"],
            flows: (0..n * n).filter(|&c| values[c] > 0.0).map(cell).collect(),
            assumed: Vec::new(),
            elasticities: elasticities.into(),
            more: Vec::new(),
        }
    }

    /// Four regions, two sectors, tariffs in the base year, uncertain elasticities; Canada and Mexico trade over land through the US and by sea, half known.
    pub fn small() -> World {
        let regions = vec!["CAN", "USA", "MEX", "ROW"];
        let steel = [250.0, 130.0, 6.0, 20.0, 90.0, 1200.0, 70.0, 60.0, 4.0, 60.0, 300.0, 15.0, 40.0, 260.0, 55.0, 9000.0];
        let grain = [100.0, 45.0, 22.0, 80.0, 30.0, 700.0, 110.0, 210.0, 1.5, 50.0, 260.0, 12.0, 15.0, 75.0, 18.0, 5000.0];
        let mut flows = Vec::new();
        for (sector, values) in [("steel", steel), ("grain", grain)] {
            for (c, value) in values.into_iter().enumerate() {
                let tariff = if c / 4 == c % 4 { 0.0 } else { 0.01 * (c % 5) as f64 };
                flows.push((regions[c / 4], regions[c % 4], sector, value, tariff));
            }
        }
        let elasticities = "demand,*,*,long,0.8,0.2,lognormal,assumed\ndomestic,*,*,long,2.5,0.5,lognormal,assumed\n\
            import,*,*,long,5,1.2,lognormal,assumed\nimport,steel,*,long,6,1.5,gamma,assumed\nroute,*,*,long,4,1,lognormal,assumed\n\
            supply,*,*,long,2,0.7,lognormal,assumed\nsupply,*,ROW,long,inf,,,assumed\n";
        let pair = |rows: &str| format!("{}{}", rows.replace("PAIR", "CAN,MEX"), rows.replace("PAIR", "MEX,CAN"));
        let routes =
            pair("PAIR,truck,truck,USA,4000,8,400,assumed\nPAIR,gulf,sea,,6000,25,170,assumed\nPAIR,pacific,sea,,5000,20,150,assumed\n");
        let shares = |sector: &str, [truck, gulf, pacific]: [f64; 3]| {
            pair(&format!(
                "PAIR,{sector},truck,{truck},0.3,assumed\nPAIR,{sector},gulf,{gulf},0.8,assumed\nPAIR,{sector},pacific,{pacific},0,assumed\n"
            ))
        };
        let shares = shares("steel", [0.7, 0.2, 0.1]) + &shares("grain", [0.3, 0.6, 0.1]);
        let more = vec![
            ("routes.csv", format!("exporter,importer,route,mode,via,distance_km,days,freight_usd_per_tonne,quality\n{routes}")),
            ("route_shares.csv", format!("exporter,importer,sector,route,share,log_sd,quality\n{shares}")),
            ("value_density.csv", "sector,usd_per_tonne,tonnes_per_teu,quality\nsteel,1300,13,assumed\ngrain,400,20,assumed\n".into()),
            (
                "preferences.csv",
                "agreement,exporter,importer,sector,utilisation,utilisation_max,response,quality\nusmca,CAN,USA,*,0.4,0.9,15,assumed\n"
                    .into(),
            ),
        ];
        World { regions, sectors: vec!["steel", "grain"], flows, assumed: Vec::new(), elasticities: elasticities.into(), more }
    }

    /// With one text of a table for another, which must be there.
    pub fn replacing(mut self, table: &str, from: &str, to: &str) -> World {
        let (_, text) = self.more.iter_mut().find(|(name, _)| *name == table).unwrap();
        assert!(text.contains(from), "no {from} in {text}");
        *text = text.replace(from, to);
        self
    }

    /// With these flows (exporter, importer, sector) marked as assumed.
    pub fn assuming(mut self, flows: &[(&'static str, &'static str, &'static str)]) -> World {
        for flow in flows {
            assert!(self.flows.iter().any(|known| (known.0, known.1, known.2) == *flow), "no flow {flow:?}");
        }
        self.assumed.extend_from_slice(flows);
        self
    }

    /// With every flow marked as assumed.
    pub fn assuming_all(self) -> World {
        let all: Vec<_> = self.flows.iter().map(|flow| (flow.0, flow.1, flow.2)).collect();
        self.assuming(&all)
    }

    /// With every value `times` as large.
    pub fn scaled(mut self, times: f64) -> World {
        for flow in &mut self.flows {
            flow.3 *= times;
        }
        self
    }

    fn tables(&self) -> Vec<(&'static str, String)> {
        let list = |codes: &[&str]| format!("code,name\n{}", codes.iter().map(|code| format!("{code},{code}\n")).collect::<String>());
        let flows: String = self
            .flows
            .iter()
            .map(|(from, to, sector, value, tariff)| {
                let quality = if self.assumed.contains(&(*from, *to, *sector)) { "assumed" } else { "observed" };
                format!("{from},{to},{sector},{value},{tariff},{quality}\n")
            })
            .collect();
        let mut tables = vec![
            ("regions.csv", list(&self.regions)),
            ("sectors.csv", list(&self.sectors)),
            ("flows.csv", format!("exporter,importer,sector,value_usd_m,tariff,quality\n{flows}")),
            ("elasticities.csv", format!("kind,sector,region,horizon,mean,sd,dist,quality\n{}", self.elasticities)),
        ];
        tables.extend(self.more.iter().cloned());
        tables
    }
}

/// The same fixed elasticities in every sector and region, as rows of `elasticities.csv`.
pub fn fixed_elasticities(demand: f64, domestic: f64, import: f64, supply: &str) -> String {
    format!(
        "demand,*,*,long,{demand},,,assumed\ndomestic,*,*,long,{domestic},,,assumed\nimport,*,*,long,{import},,,assumed\nsupply,*,*,long,{supply},,,assumed\n"
    )
}

/// A measure of a scenario: a US duty on `exporters` from 2025 on.
pub fn duty(name: &str, importer: &str, exporters: &str, sectors: &str, rate: &str) -> String {
    format!(
        "\n[[tariff]]\nname = \"{name}\"\nimporter = \"{importer}\"\nexporters = {exporters}\nsectors = {sectors}\nrate = {rate}\nfrom = 2025-01-01\n"
    )
}

/// Three regions and one sector; C buys 60 from A and 140 from B, which two [`duties`] bear on.
pub fn two_duties() -> World {
    World::one_sector(&["A", "B", "C"], &[500., 80., 60., 50., 700., 140., 30., 40., 900.], &fixed_elasticities(1.0, 3.0, 6.0, "2"))
}

/// Duties of C on A and on B, and the outcome `duty`: 0.3 × the first + 0.7 × the second.
pub fn duties(on_a: &str, on_b: &str) -> String {
    duty("On A", "C", "[\"A\"]", "\"*\"", on_a)
        + &duty("On B", "C", "[\"B\"]", "\"*\"", on_b)
        + "\n[[outcome]]\nname = \"duty\"\nmeasure = \"effective_tariff\"\nimporters = [\"C\"]\nas = \"level\"\n"
}

/// |a − b| within `tolerance` of the larger of `scale` and both.
#[track_caller]
pub fn close(a: f64, b: f64, scale: f64, tolerance: f64) {
    let size = a.abs().max(b.abs()).max(scale.abs());
    assert!((a - b).abs() <= tolerance * size, "{a} against {b}: {:e} of {size}", (a - b).abs() / size);
}
