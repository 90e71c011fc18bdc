//! What a number measures, and so what it may be: a rate is not negative, a share at most one, a date no number at all.

/// What a number measures, which decides what it may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quantity {
    /// Ad valorem: zero or more, a fraction.
    Rate,
    /// A share of the sector's trade: 0 to 1.
    Coverage,
    /// Demand, domestic, import, route: more than zero.
    Elasticity,
    /// Zero or more; may be infinite.
    SupplyElasticity,
    /// More than zero.
    FreightMultiple,
    /// More than zero.
    TimeMultiple,
    /// US$ per unit of a currency, as a ratio to the base year's: more than zero.
    ExchangeRatio,
    /// Zero or more: a port may handle for nothing.
    HandlingMultiple,
    /// More than zero, a year.
    Speed,
    /// Standard deviation of a log: zero or more.
    LogSd,
    /// 0 to 1.
    RouteShare,
    /// 0 to 1.
    Probability,
    /// Ad valorem a day: zero or more, a fraction.
    TimeValue,
    /// Ad valorem: zero or more, a fraction.
    CrossingCost,
    /// A year, as a fraction: more than −1.
    Growth,
    /// Zero or more.
    Days,
    /// A year: zero or more.
    Teu,
    /// US$ per tonne: zero or more.
    FreightRate,
    /// US$ per TEU and day: zero or more.
    Storage,
    /// Written as a date; days since 1 January 1970.
    Date,
    /// A figure of an outcome: an amount of this unit, or a share or ratio where there is none.
    Figure(Option<&'static str>),
}

/// A plain rate above this is taken for a percentage without its sign: 300% was never exceeded by accident.
const LARGEST_PLAIN_RATE: f64 = 3.0;
/// A day on the way costs about a hundredth of the goods' value; a tenth is a percentage without its sign.
const LARGEST_PLAIN_TIME_VALUE: f64 = 0.1;
/// No port's trade doubles from year to year.
const LARGEST_PLAIN_GROWTH: f64 = 1.0;

impl Quantity {
    pub fn name(self) -> &'static str {
        match self {
            Quantity::Rate => "a rate",
            Quantity::Coverage => "a coverage",
            Quantity::Elasticity => "this elasticity",
            Quantity::SupplyElasticity => "a supply elasticity",
            Quantity::FreightMultiple => "a multiple of freight",
            Quantity::TimeMultiple => "a multiple of transit time",
            Quantity::ExchangeRatio => "an exchange rate as a ratio to the base year's",
            Quantity::HandlingMultiple => "a multiple of handling charges",
            Quantity::Speed => "a speed of adjustment",
            Quantity::LogSd => "the sd of a log",
            Quantity::RouteShare => "a route's share",
            Quantity::Probability => "a probability",
            Quantity::TimeValue => "a value of time",
            Quantity::CrossingCost => "a cost of crossing",
            Quantity::Growth => "growth",
            Quantity::Days => "a time in days",
            Quantity::Teu => "a capacity in TEU",
            Quantity::FreightRate => "freight in US$ per tonne",
            Quantity::Storage => "storage in US$ per TEU and day",
            Quantity::Date => "a date",
            Quantity::Figure(_) => "a threshold",
        }
    }

    /// What it is an amount of, where a percentage would be one of nothing.
    pub fn unit(self) -> Option<&'static str> {
        match self {
            Quantity::Days => Some("days"),
            Quantity::Teu => Some("TEU"),
            Quantity::FreightRate => Some("US$ per tonne"),
            Quantity::Storage => Some("US$ per TEU and day"),
            Quantity::Figure(unit) => unit,
            _ => None,
        }
    }

    pub fn least(self) -> f64 {
        match self {
            Quantity::Growth => -1.0,
            Quantity::Date | Quantity::Figure(_) => f64::NEG_INFINITY,
            _ => 0.0,
        }
    }

    /// Whether a fixed number must be more than the least, and not just that.
    pub fn excludes_least(self) -> bool {
        matches!(
            self,
            Quantity::Elasticity
                | Quantity::FreightMultiple
                | Quantity::TimeMultiple
                | Quantity::ExchangeRatio
                | Quantity::Speed
                | Quantity::Growth
        )
    }

    /// A bound that keeps a distribution with tails inside.
    pub fn lower_bound(self) -> &'static str {
        match self {
            Quantity::Growth => "-0.5",
            _ if self.excludes_least() => "0.1",
            _ => "0",
        }
    }

    pub fn most(self) -> Option<f64> {
        matches!(self, Quantity::Coverage | Quantity::RouteShare | Quantity::Probability).then_some(1.0)
    }

    /// The largest number that can stand without a % sign.
    pub fn largest_plain(self) -> Option<f64> {
        match self {
            Quantity::Rate | Quantity::CrossingCost | Quantity::LogSd | Quantity::Figure(None) => Some(LARGEST_PLAIN_RATE),
            Quantity::TimeValue => Some(LARGEST_PLAIN_TIME_VALUE),
            Quantity::Growth => Some(LARGEST_PLAIN_GROWTH),
            _ => self.most(),
        }
    }

    /// A plain number that was likely meant as a percentage.
    pub fn looks_like_percent(self, value: f64) -> bool {
        match self {
            // Between one and two it is more likely a share that is a little too large.
            Quantity::Coverage | Quantity::RouteShare | Quantity::Probability => (2.0..=100.0).contains(&value),
            Quantity::Growth | Quantity::Figure(None) => self.largest_plain().is_some_and(|largest| value.abs() > largest),
            _ => self.largest_plain().is_some_and(|largest| value > largest),
        }
    }

    pub fn range(self) -> &'static str {
        match self {
            Quantity::Rate | Quantity::CrossingCost => "zero or more, a fraction such as 0.25 or \"25%\"",
            Quantity::TimeValue => "zero or more, a fraction a day such as 0.008 or \"0.8%\"",
            Quantity::Coverage | Quantity::RouteShare | Quantity::Probability => "0 to 1",
            Quantity::Elasticity | Quantity::FreightMultiple | Quantity::TimeMultiple | Quantity::ExchangeRatio | Quantity::Speed => {
                "more than zero"
            }
            Quantity::Growth => "more than -1, a fraction a year such as 0.02 or \"2%\"",
            Quantity::SupplyElasticity => "zero or more, or \"inf\"",
            Quantity::HandlingMultiple | Quantity::LogSd | Quantity::Days | Quantity::Teu | Quantity::FreightRate | Quantity::Storage => {
                "zero or more"
            }
            Quantity::Date => "a date",
            Quantity::Figure(_) => "a number",
        }
    }

    /// A value as a person would write it.
    pub fn shown(self, value: f64) -> String {
        match self {
            Quantity::Date if value.is_finite() => super::day::date_of(value),
            _ => format!("{value}"),
        }
    }
}
