//! `[data]`: how far the baseline's own figures may be off. One line turns it on: `uncertain = true`.

/// Standard deviations of logs; nothing listed is taken to be exact.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DataUncertainty {
    /// Of home over import sales, by market.
    pub home_sales: Vec<Doubt<usize>>,
    /// Of trade between regions, by (exporter, importer).
    pub trade: Vec<Doubt<(usize, usize)>>,
    /// Of US$ per tonne, by sector.
    pub value_density: Vec<Doubt<usize>>,
}

/// How far off the figures of one place may be, or of all that the baseline does not vouch for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Doubt<K> {
    /// `None`: every figure that the baseline marks assumed (of value densities: that it does not mark observed).
    pub of: Option<K>,
    /// Standard deviation of the log; zero holds the figure fast.
    pub log_sd: f64,
}
