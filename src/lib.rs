//! Tradewind: what tariffs do to trade, with honest uncertainty.
//!
//! An economist writes a scenario; the library takes the tariffs and the base year's trade flows, runs Monte Carlo over what nobody knows, and reports
//! distributions. Who wants to use it starts with the [`guide`]: a first scenario in ten minutes, a page a concept, a glossary. This page leads through the
//! code in the order in which the data flow; each module says on its own page what lives there and what may not.
//!
//! # From a tariff to a chart
//!
//! 1. [`scenario`] reads what the economist wrote: measures, dates, elasticities, outcomes, each number fixed or a distribution. [`baseline`] reads the observed
//!    world that it disturbs: who sells what to whom, at which tariff, by which route. [`data`] makes that world of what statistical
//!    offices publish, and looks it over. Whatever is wrong with either is collected in [`diagnostics`] and shown at once.
//! 2. [`policy`] stacks the measures into the tariff that each flow pays in each period, day by day: coverage, displacement, preferences that answer to the duty.
//!    [`transport`] lays out the routes and lets trade choose among them.
//! 3. [`model`] is the economics, pure: nested CES demand, one price an exporter, a Newton solve a sector, then welfare and the decompositions. Two classics,
//!    GSIM and SMART, answer instead where a scenario asks for them.
//! 4. [`simulation`] compiles all of this into a [`simulation::Plan`] and takes draws through it, eight at a time, in chunks spread over threads: each with its own
//!    policies, elasticities and, where the baseline is in doubt, its own base year. It stops early where a precision is asked for and reached.
//! 5. [`statistics`] knows quantiles and their errors, densities, risk, and what a variance is made of (`sensitivity`); [`findings`] applies them to a run: every figure
//!    once, with its unit, range and error, what drives it, and over the points of a sweep.
//! 6. [`output`] writes the tables, [`charts`] draws, [`report`] decides which charts a run is shown by.
//! 7. [`cli`] turns arguments into calls and what goes wrong into messages and exit codes.
//!
//! On the ground floor, known to all: [`numerics`] (eight draws in one number, `exp` and `ln` with the same bits everywhere) and [`uncertainty`] (distributions,
//! sampling designs whose draws depend on seed, index and name alone, and the copulas that join what goes together).
//!
//! # Conventions
//!
//! Values are US$ million a year, rates and shares fractions, prices ratios to the base year (hats). Matrices are row-major, exporter × importer.
//! i is an origin, n a market, r a route, s a sector. The same scenario, baseline and version give the same bytes on any number of threads.

pub mod baseline;
pub mod charts;
pub mod cli;
pub mod data;
pub mod diagnostics;
pub mod findings;
pub mod guide;
pub mod model;
pub mod numerics;
pub mod output;
pub mod policy;
pub mod report;
pub mod scenario;
pub mod simulation;
pub mod statistics;
pub mod transport;
pub mod uncertainty;
