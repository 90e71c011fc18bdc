//! Any chart, so that a run can keep the figures of all of them in one file and draw them again from it.

use super::{
    AttributionChart, BranchesChart, ChartError, ConvergenceChart, DistributionChart, DiversionChart, ExceedanceChart, FanChart, FanPair,
    HeatMap, IndicesChart, MaritimeShiftChart, PortFans, RouteMap, RouteMixChart, SweepPanels, TariffMap, TornadoChart, TradeAtRiskChart,
};
use serde::{Deserialize, Serialize};

macro_rules! charts {
    ($($kind:ident($chart:ident)),* $(,)?) => {
        /// One chart of any kind; in a file under the kind's name: `{"fan": {"title": …}}`.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Chart {
            $($kind($chart),)*
        }

        impl Chart {
            /// Draws it.
            ///
            /// # Errors
            /// [`ChartError::Draw`] where the plotting library refuses a mark.
            pub fn to_svg(&self) -> Result<String, ChartError> {
                match self {
                    $(Chart::$kind(chart) => chart.to_svg(),)*
                }
            }

            /// What it shows.
            pub fn title(&self) -> &str {
                match self {
                    $(Chart::$kind(chart) => &chart.title,)*
                }
            }

            /// Unit, base year, draws.
            pub fn subtitle(&self) -> &str {
                match self {
                    $(Chart::$kind(chart) => &chart.subtitle,)*
                }
            }
        }

        $(impl From<$chart> for Chart {
            fn from(chart: $chart) -> Chart {
                Chart::$kind(chart)
            }
        })*
    };
}

charts! {
    Attribution(AttributionChart),
    Branches(BranchesChart),
    Convergence(ConvergenceChart),
    Distribution(DistributionChart),
    Diversion(DiversionChart),
    Exceedance(ExceedanceChart),
    Fan(FanChart),
    FanPair(FanPair),
    HeatMap(HeatMap),
    Indices(IndicesChart),
    MaritimeShift(MaritimeShiftChart),
    PortFans(PortFans),
    RouteMap(RouteMap),
    RouteMix(RouteMixChart),
    SweepPanels(SweepPanels),
    TariffMap(TariffMap),
    Tornado(TornadoChart),
    TradeAtRisk(TradeAtRiskChart),
}
