//! The effective tariff of one exporter's goods in one market, sector and period (MODEL 2):
//!
//! t′ = t + Σ_m rate_m · coverage_m · (1 − exempt_m · u) · Π_{k displaces m} (1 − coverage_k), each weighted by its days in force,
//!
//! where measures that `replaces_base` also take away the base-year tariff t on what they cover. Measures add; `displaces` lists the authorities that a measure
//! switches off where it applies (Section 232 switches off IEEPA on the covered value, for one). Utilisation u is that of the days on which the duties stand.

use super::calendar::{InForce, segments};
use super::events::{Branches, Contingent};
use super::preferences::Utilisation;
use super::spells::{AGREEMENT, Agreement, Spell, spells};
use crate::baseline::Baseline;
use crate::numerics::Real;
use crate::scenario::{Measure, Period, Scenario};
use crate::uncertainty::{Parameters, Value};

/// One measure on one cell, on the days of one segment.
#[derive(Debug, Clone, PartialEq)]
struct Term {
    measure: usize,
    rate: Value,
    coverage: Value,
    exempt: bool,
    replaces_base: bool,
    /// Coverages of the measures in force that displace this one.
    displaced_by: Vec<Value>,
}

impl Term {
    /// Share of the trade that is in scope and not displaced.
    #[inline(always)]
    fn scope<R: Real>(&self, drawn: &[R]) -> R {
        let mut scope = self.coverage.of(drawn);
        for coverage in &self.displaced_by {
            scope = scope * (R::one() - coverage.of(drawn));
        }
        scope
    }
}

#[derive(Debug, Clone, PartialEq)]
struct Stack {
    days: f64,
    /// One where the agreement is in force, zero where it is not.
    agreement: Value,
    terms: Vec<Term>,
}

/// All that bears on one exporter's goods in one market, sector and period.
#[derive(Debug, Clone, PartialEq)]
pub struct CellPolicy {
    /// The base-year tariff, ad valorem.
    pub base: f64,
    utilisation: Utilisation,
    stacks: Vec<Stack>,
}

/// What a cell pays, as fractions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effective<R> {
    /// t′: the ad-valorem duty on the average US$ of trade, base included.
    pub rate: R,
    /// Share of the trade that pays a measure. Measures that stack on part of a sector are taken not to overlap, up to one: an upper bound.
    pub exposed: R,
}

/// One line of an effective tariff's account.
#[derive(Debug, Clone, PartialEq)]
pub struct Layer {
    /// The measure's name, or `base-year tariff`.
    pub name: String,
    /// Percentage points that it adds to the effective rate, as a fraction of customs value.
    pub ad_valorem: f64,
}

impl CellPolicy {
    fn untouched(base: f64) -> Self {
        CellPolicy { base, utilisation: Utilisation::NONE, stacks: Vec::new() }
    }

    /// Whether any measure is in force on any day.
    pub fn is_touched(&self) -> bool {
        self.stacks.iter().any(|stack| !stack.terms.is_empty())
    }

    /// Every number that it hangs on.
    pub fn numbers(&self) -> impl Iterator<Item = Value> + '_ {
        let of_term = |term: &'_ Term| [term.rate, term.coverage].into_iter().chain(term.displaced_by.clone());
        self.stacks.iter().flat_map(move |stack| std::iter::once(stack.agreement).chain(stack.terms.iter().flat_map(of_term)))
    }

    /// Whether it is the same in every draw.
    pub fn is_known(&self) -> bool {
        self.numbers().all(|number| matches!(number, Value::Fixed(_)))
    }

    /// The effective tariff in the draws whose parameters are `drawn`.
    #[inline(always)]
    pub fn effective<R: Real>(&self, drawn: &[R]) -> Effective<R> {
        let mut rate = R::splat(self.base);
        let mut exposed = R::zero();
        for stack in &self.stacks {
            if stack.terms.is_empty() {
                continue;
            }
            let days = R::splat(stack.days);
            let claims = self.claims(stack, drawn);
            let mut in_scope = R::zero();
            for term in &stack.terms {
                let paying = Self::paying(term, claims, drawn);
                rate = (days * paying).mul_add(self.net_rate(term, drawn), rate);
                in_scope = in_scope + paying;
            }
            exposed = days.mul_add(in_scope.min(R::one()), exposed);
        }
        Effective { rate, exposed }
    }

    /// The same account, measure by measure in the order of `names` ([`TariffSchedule::names`]); the layers add up to [`CellPolicy::effective`]'s rate.
    pub fn layers(&self, names: &[String], drawn: &[f64]) -> Vec<Layer> {
        let mut by_measure = vec![0.0; names.len()];
        let mut base = self.base;
        for stack in &self.stacks {
            let claims = self.claims(stack, drawn);
            for term in &stack.terms {
                let paying = Self::paying(term, claims, drawn);
                by_measure[term.measure] += stack.days * paying * term.rate.of(drawn);
                if term.replaces_base {
                    base -= stack.days * paying * self.base;
                }
            }
        }
        let touched = |index: usize| self.stacks.iter().flat_map(|s| &s.terms).any(|term| term.measure == index);
        let base = (self.base != 0.0).then(|| Layer { name: "base-year tariff".into(), ad_valorem: base });
        let added = (0..names.len()).filter(|&m| touched(m)).map(|m| Layer { name: names[m].clone(), ad_valorem: by_measure[m] });
        base.into_iter().chain(added).collect()
    }

    /// The share of trade that claims the preference on the days of `stack`.
    #[inline(always)]
    fn claims<R: Real>(&self, stack: &Stack, drawn: &[R]) -> R {
        let mut margin = R::zero();
        let mut any = false;
        for term in &stack.terms {
            if term.exempt {
                margin = term.rate.of(drawn).mul_add(term.scope(drawn), margin);
                any = true;
            }
        }
        if any { self.utilisation.at(margin) * stack.agreement.of(drawn) } else { R::zero() }
    }

    /// The share of trade that pays `term`.
    #[inline(always)]
    fn paying<R: Real>(term: &Term, claims: R, drawn: &[R]) -> R {
        let scope = term.scope(drawn);
        if term.exempt { scope * (R::one() - claims) } else { scope }
    }

    /// What `term` adds to the rate of those who pay it.
    #[inline(always)]
    fn net_rate<R: Real>(&self, term: &Term, drawn: &[R]) -> R {
        let rate = term.rate.of(drawn);
        if term.replaces_base { rate - R::splat(self.base) } else { rate }
    }
}

/// Effective tariffs of a whole scenario, period by period.
#[derive(Debug, Clone)]
pub struct TariffSchedule {
    regions: usize,
    sectors: usize,
    cells: Vec<CellPolicy>,
    /// What each layer is called: every measure, those that an event may bring included.
    pub names: Vec<String>,
}

impl TariffSchedule {
    /// Sorts the measures into cells and registers their uncertain numbers.
    pub fn compile(scenario: &Scenario, baseline: &Baseline, branches: &Branches, parameters: &mut Parameters) -> Self {
        let (regions, sectors) = (baseline.regions.len(), baseline.sectors.len());
        let all = branches.measures(scenario);
        let spells = spells(scenario, &all, branches, parameters);
        let agreement = Agreement::compile(scenario, branches, parameters);
        let mut cells = Vec::with_capacity(scenario.periods.len() * sectors * regions * regions);
        for period in &scenario.periods {
            for sector in 0..sectors {
                for exporter in 0..regions {
                    for importer in 0..regions {
                        let base = baseline.flow(sector, exporter, importer).tariff;
                        let on_cell: Vec<&Spell> =
                            spells.iter().filter(|spell| applies(all[spell.index].measure, sector, exporter, importer)).collect();
                        cells.push(if on_cell.is_empty() {
                            CellPolicy::untouched(base)
                        } else {
                            CellPolicy {
                                base,
                                utilisation: utilisation(baseline, sector, exporter, importer),
                                stacks: stacks(period, &all, &on_cell, &agreement),
                            }
                        });
                    }
                }
            }
        }
        let names = all.iter().map(|contingent| contingent.measure.name.clone()).collect();
        TariffSchedule { regions, sectors, cells, names }
    }

    pub fn cell(&self, period: usize, sector: usize, exporter: usize, importer: usize) -> &CellPolicy {
        &self.cells[((period * self.sectors + sector) * self.regions + exporter) * self.regions + importer]
    }

    /// Whether a measure is in force on this trade in any period of any draw.
    pub fn ever_touched(&self, sector: usize, exporter: usize, importer: usize) -> bool {
        let periods = self.cells.len() / (self.sectors * self.regions * self.regions);
        (0..periods).any(|period| self.cell(period, sector, exporter, importer).is_touched())
    }
}

fn applies(measure: &Measure, sector: usize, exporter: usize, importer: usize) -> bool {
    measure.importer == importer && exporter != importer && measure.exporters.contains(&exporter) && measure.sectors.contains(&sector)
}

fn utilisation(baseline: &Baseline, sector: usize, exporter: usize, importer: usize) -> Utilisation {
    baseline.preference(AGREEMENT, sector, exporter, importer).map_or(Utilisation::NONE, Utilisation::from)
}

fn stacks(period: &Period, all: &[Contingent<'_>], on_cell: &[&Spell], agreement: &Agreement) -> Vec<Stack> {
    // Only measures with an exemption ask whether the agreement is in force.
    let asks = on_cell.iter().any(|spell| all[spell.index].measure.usmca_exempt);
    let changes = if asks { agreement.after.as_slice() } else { &[] };
    let in_force: Vec<InForce> = on_cell.iter().map(|spell| spell.days).chain(changes.iter().map(|(days, _)| *days)).collect();
    segments(period.first_day, period.last_day, &in_force)
        .into_iter()
        .map(|segment| {
            let latest = segment.measures.iter().filter_map(|&at| at.checked_sub(on_cell.len())).max();
            let active: Vec<&Spell> = segment.measures.iter().filter_map(|&at| on_cell.get(at).copied()).collect();
            let measure = |spell: &Spell| all[spell.index].measure;
            let terms = active.iter().map(|&spell| Term {
                measure: spell.index,
                rate: spell.rate,
                coverage: spell.coverage,
                exempt: measure(spell).usmca_exempt,
                replaces_base: measure(spell).replaces_base,
                displaced_by: active
                    .iter()
                    .filter(|other| other.index != spell.index && displaces(measure(other), measure(spell)))
                    .map(|other| other.coverage)
                    .collect(),
            });
            let terms = terms.collect();
            Stack { days: segment.share, agreement: latest.map_or(agreement.at_first, |change| changes[change].1), terms }
        })
        .collect()
}

fn displaces(by: &Measure, what: &Measure) -> bool {
    what.authority.as_ref().is_some_and(|authority| by.displaces.contains(authority))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::uncertainty::Number;
    use jiff::civil::date;

    fn measure(name: &str, rate: f64) -> Measure {
        Measure {
            name: name.into(),
            importer: 1,
            exporters: vec![0],
            sectors: vec![0],
            rate: Number::Fixed(rate),
            from: date(2025, 1, 1),
            until: None,
            authority: Some(name.into()),
            usmca_exempt: false,
            coverage: Number::Fixed(1.0),
            displaces: vec![],
            replaces_base: false,
        }
    }

    /// The year 2025 of exporter 0 in market 1, by these measures.
    fn cell(base: f64, utilisation: Utilisation, measures: &[Measure]) -> CellPolicy {
        let period = Period { label: "2025".into(), first_day: date(2025, 1, 1), last_day: date(2025, 12, 31) };
        let mut parameters = Parameters::default();
        let all: Vec<Contingent<'_>> = measures.iter().map(|measure| Contingent { measure, branch: None, from: measure.from }).collect();
        let spells: Vec<Spell> = all
            .iter()
            .enumerate()
            .map(|(index, contingent)| Spell {
                index,
                rate: parameters.value(&contingent.measure.rate),
                coverage: parameters.value(&contingent.measure.coverage),
                days: InForce { first_day: contingent.from, last_day: contingent.measure.until },
            })
            .collect();
        let agreement = Agreement { at_first: Value::Fixed(1.0), after: Vec::new() };
        CellPolicy { base, utilisation, stacks: stacks(&period, &all, &spells.iter().collect::<Vec<_>>(), &agreement) }
    }

    fn names(measures: &[Measure]) -> Vec<String> {
        measures.iter().map(|measure| measure.name.clone()).collect()
    }

    fn rate(cell: &CellPolicy) -> f64 {
        cell.effective::<f64>(&[]).rate
    }

    /// The worked example of US customs brokers: an entry of $14,172.00 at 25% + 50% on top of 2.9%.
    #[test]
    fn an_entry_with_three_layers_pays_each() {
        let measures = [measure("IEEPA", 0.25), measure("232", 0.50)];
        let cell = cell(0.029, Utilisation::NONE, &measures);
        let paid: Vec<String> =
            cell.layers(&names(&measures), &[]).iter().map(|layer| format!("{} {:.2}", layer.name, 14_172.0 * layer.ad_valorem)).collect();
        assert_eq!(paid, ["base-year tariff 410.99", "IEEPA 3543.00", "232 7086.00"]);
        assert!((14_172.0 * rate(&cell) - (3_543.0 + 7_086.0 + 410.988)).abs() < 1e-9);
    }

    #[test]
    fn a_measure_displaces_what_it_covers() {
        let mut steel = measure("232", 0.50);
        steel.coverage = Number::Fixed(0.4);
        steel.displaces = vec!["IEEPA".into()];
        let cell = cell(0.0, Utilisation::NONE, &[measure("IEEPA", 0.25), steel]);
        assert!((rate(&cell) - (0.4 * 0.50 + 0.6 * 0.25)).abs() < 1e-15);
        assert!((cell.effective::<f64>(&[]).exposed - 1.0).abs() < 1e-15);
    }

    #[test]
    fn displacement_begins_on_its_day() {
        let mut steel = measure("232", 0.50);
        steel.displaces = vec!["IEEPA".into()];
        steel.from = date(2025, 7, 1);
        let cell = cell(0.0, Utilisation::NONE, &[measure("IEEPA", 0.25), steel]);
        assert!((rate(&cell) - (181.0 * 0.25 + 184.0 * 0.50) / 365.0).abs() < 1e-15);
    }

    #[test]
    fn those_who_claim_do_not_pay_and_answer_to_the_duty() {
        let canada = Utilisation { base: 0.38, most: 0.90, response: 15.0 };
        let mut general = measure("IEEPA", 0.35);
        general.usmca_exempt = true;
        let claims = 0.38 + 0.52 * (1.0 - (-15.0f64 * 0.35).exp());
        assert!((rate(&cell(0.01, canada, &[general.clone()])) - (0.01 + 0.35 * (1.0 - claims))).abs() < 1e-12);
        // Where no preference exists, the exemption exempts nobody.
        assert!((rate(&cell(0.01, Utilisation::NONE, &[general])) - 0.36).abs() < 1e-15);
    }

    #[test]
    fn a_rate_may_stand_instead_of_the_base() {
        let mut free_trade = measure("agreement", 0.0);
        free_trade.replaces_base = true;
        assert!(rate(&cell(0.08, Utilisation::NONE, &[free_trade.clone()])).abs() < 1e-15);
        free_trade.coverage = Number::Fixed(0.5);
        free_trade.from = date(2025, 7, 2); // 183 of 365 days
        assert!((rate(&cell(0.08, Utilisation::NONE, &[free_trade])) - 0.08 * (1.0 - 0.5 * 183.0 / 365.0)).abs() < 1e-15);
    }

    #[test]
    fn layers_add_up_to_the_rate() {
        let mut a = measure("a", 0.1);
        a.usmca_exempt = true;
        let mut b = measure("b", 0.2);
        b.coverage = Number::Fixed(0.3);
        b.displaces = vec!["a".into()];
        b.replaces_base = true;
        let measures = [a, b];
        let cell = cell(0.05, Utilisation { base: 0.2, most: 0.9, response: 10.0 }, &measures);
        let sum: f64 = cell.layers(&names(&measures), &[]).iter().map(|l| l.ad_valorem).sum();
        assert!((sum - rate(&cell)).abs() < 1e-15);
    }
}
