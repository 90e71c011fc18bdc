//! Economies of several sizes, each of 24 sectors with other trade, and draws of what is uncertain in them.
//!
//! Everything is a function of the economy's name and ChaCha8: no clock, no file, so that each program and each round gets the same numbers.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use tradewind::model::Market;

/// Sectors of an economy.
pub const SECTORS: usize = 24;

/// What sets one economy apart from another.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    pub name: &'static str,
    pub regions: usize,
    /// Draws of each sector: a multiple of the lanes.
    pub draws: usize,
    /// Whether each market has an import elasticity of its own, or a sector's markets share one, as in the baselines of `scenarios/`.
    pub import_by_market: bool,
}

const fn shape(name: &'static str, regions: usize, draws: usize) -> Shape {
    Shape { name, regions, draws, import_by_market: false }
}

/// The first is the headline.
pub const ECONOMIES: [Shape; 5] = [
    shape("8", 8, 1000),
    Shape { name: "8-by-market", regions: 8, draws: 1000, import_by_market: true },
    shape("4", 4, 2000),
    shape("16", 16, 256),
    shape("30", 30, 64),
];

/// One sector: its base year, and draws × regions (or wedges) of everything that differs by draw.
#[derive(Debug, Clone)]
pub struct Sector {
    pub market: Market,
    /// V_in, US$ million, exporter × importer.
    pub value: Vec<f64>,
    /// t_in, ad valorem.
    pub tariff: Vec<f64>,
    /// g_in, ad valorem.
    pub transport: Vec<f64>,
    /// (exporter, importer) of each moved cell.
    pub cells: Vec<(usize, usize)>,
    /// ln τ̂ of each moved cell, draws × cells.
    pub wedge: Vec<f64>,
    /// η, draws × regions.
    pub demand: Vec<f64>,
    /// σ_D, draws × regions.
    pub domestic: Vec<f64>,
    /// σ_M, draws × regions, or draws × 1 where markets share it.
    pub import: Vec<f64>,
    /// ε, draws × regions.
    pub supply: Vec<f64>,
}

/// An economy and its draws.
#[derive(Debug, Clone)]
pub struct Economy {
    pub shape: Shape,
    pub sectors: Vec<Sector>,
}

impl Economy {
    pub fn make(shape: &Shape) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(shape.regions as u64);
        let sectors = (0..SECTORS).map(|sector| Sector::make(shape, sector, &mut rng)).collect();
        Economy { shape: *shape, sectors }
    }

    /// Sectors × draws.
    pub fn equilibria(&self) -> usize {
        SECTORS * self.shape.draws
    }
}

impl Sector {
    /// Home bias, and trade that falls off with distance. One market raises its tariffs on everybody by 10 to 50 points, a second answers with 10 to 25.
    fn make(shape: &Shape, sector: usize, rng: &mut ChaCha8Rng) -> Self {
        let n = shape.regions;
        let size: Vec<f64> = (0..n).map(|_| rng.random_range(1.0..20.0)).collect();
        let (mut value, mut tariff, mut transport) = (vec![0.0; n * n], vec![0.0; n * n], vec![0.0; n * n]);
        for i in 0..n {
            for m in 0..n {
                let near = if i == m { 10.0 } else { 1.0 / (1 + i.abs_diff(m)) as f64 };
                value[i * n + m] = near * size[i] * size[m] * rng.random_range(0.5..1.5);
                if i != m {
                    tariff[i * n + m] = rng.random_range(0.0..0.1);
                    transport[i * n + m] = rng.random_range(0.02..0.08);
                }
            }
        }
        let (raises, answers) = (sector % n, (sector + 1) % n);
        let mut cells: Vec<_> = (0..n).filter(|&exporter| exporter != raises).map(|exporter| (exporter, raises)).collect();
        cells.push((raises, answers));

        let (mut wedge, mut demand, mut domestic, mut import, mut supply) = (vec![], vec![], vec![], vec![], vec![]);
        for _ in 0..shape.draws {
            for &(exporter, importer) in &cells {
                let points = if importer == raises { rng.random_range(0.1..0.5) } else { rng.random_range(0.1..0.25) };
                let base = 1.0 + tariff[exporter * n + importer];
                wedge.push(tradewind::numerics::ln((base + points) / base));
            }
            for _ in 0..n {
                demand.push(rng.random_range(0.5..1.2));
                domestic.push(rng.random_range(1.5..4.0));
                supply.push(rng.random_range(0.5..5.0));
            }
            for _ in 0..if shape.import_by_market { n } else { 1 } {
                import.push(rng.random_range(3.0..8.0));
            }
        }
        let market = Market::new(n, value.clone(), tariff.clone(), &transport);
        Sector { market, value, tariff, transport, cells, wedge, demand, domestic, import, supply }
    }
}
