//! Two scenarios to be compared have the same services: where one of them knows a service and the other does not, the other gets it with no room on board, so that
//! nobody takes it there and routes stand in the same places in both.

use super::{Scenario, Service, Target};
use crate::diagnostics::quoted;
use crate::uncertainty::Number;

/// Both scenarios with the services of either, in one order: the first's, then those that only the second has.
///
/// # Errors
/// In words, where both have a service of one name that does not sail between the same ports the same ways.
pub fn with_same_services(first: &Scenario, second: &Scenario) -> Result<(Scenario, Scenario), String> {
    let mut all = first.services.clone();
    for service in &second.services {
        match first.services.iter().find(|known| known.name == service.name) {
            Some(known) if lanes(known) != lanes(service) => {
                return Err(format!(
                    "{} and {} both have a service {}, but not between the same ports and in the same directions; give one of the two another name",
                    first.path.display(),
                    second.path.display(),
                    quoted(&service.name)
                ));
            }
            Some(_) => {}
            None => all.push(service.clone()),
        }
    }
    Ok((with(first, &all), with(second, &all)))
}

/// Ports and directions: what the tables of a service hang on.
fn lanes(service: &Service) -> (usize, usize, Vec<(usize, usize)>) {
    let mut ways: Vec<(usize, usize)> = service.ways.iter().map(|way| (way.exporter, way.importer)).collect();
    ways.sort_unstable();
    (service.from_port.min(service.to_port), service.from_port.max(service.to_port), ways)
}

/// A scenario with these services: its own as it has them, the others without a place on board. What its events set is set in the new places.
fn with(scenario: &Scenario, all: &[Service]) -> Scenario {
    let own = |service: &Service| scenario.services.iter().find(|own| own.name == service.name).cloned();
    let empty = |service: &Service| Service { capacity_teu: Number::Fixed(0.0), ..service.clone() };
    let mut scenario_with = scenario.clone();
    scenario_with.services = all.iter().map(|service| own(service).unwrap_or_else(|| empty(service))).collect();
    let settings = scenario_with.events.iter_mut().flat_map(|event| &mut event.outcomes).flat_map(|outcome| &mut outcome.sets);
    for setting in settings {
        if let Target::ServiceCapacity(at) = &mut setting.target {
            let name = &scenario.services[*at].name;
            *at = all.iter().position(|service| service.name == *name).unwrap_or(*at);
        }
    }
    scenario_with
}

#[cfg(test)]
mod tests {
    use super::super::{EventOutcome, Setting, open};
    use super::*;
    use crate::baseline;
    use std::path::Path;

    /// The shipped scenario with other services, by name, and capacity set by an event at the second.
    fn scenario(services: &[(&str, usize, f64)]) -> Scenario {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
        let document = open(&root.join("north-america-2025.toml")).expect("a scenario");
        let (baseline, _) = baseline::read(document.baseline_folder()).expect("a baseline");
        let (mut scenario, _) = document.resolve(&baseline).expect("a whole scenario");
        scenario.services = services
            .iter()
            .map(|&(name, to_port, teu)| Service {
                name: name.into(),
                from_port: 0,
                to_port,
                start: Number::Fixed(20454.0),
                capacity_teu: Number::Fixed(teu),
                sectors: vec![0],
                ways: Vec::new(),
            })
            .collect();
        let set = |at: usize| Setting { target: Target::ServiceCapacity(at), value: Number::Fixed(1.0) };
        let outcome =
            EventOutcome { name: "strike".into(), probability: 1.0, measures: Vec::new(), sets: (0..services.len()).map(set).collect() };
        let date = jiff::civil::date(2026, 7, 1);
        scenario.events = vec![super::super::Event { name: "Labour".into(), date, when: Vec::new(), outcomes: vec![outcome] }];
        scenario
    }

    fn capacities(scenario: &Scenario) -> Vec<(&str, f64)> {
        scenario.services.iter().map(|service| (service.name.as_str(), service.capacity_teu.central())).collect()
    }

    fn settings(scenario: &Scenario) -> Vec<&Target> {
        scenario.events[0].outcomes[0].sets.iter().map(|setting| &setting.target).collect()
    }

    #[test]
    fn both_have_the_services_of_either_and_events_still_mean_their_own() {
        let (first, second) = (scenario(&[("a", 7, 10.0), ("b", 8, 20.0)]), scenario(&[("c", 9, 30.0), ("b", 8, 40.0)]));
        let (one, other) = with_same_services(&first, &second).expect("they can be compared");
        assert_eq!(capacities(&one), [("a", 10.0), ("b", 20.0), ("c", 0.0)]);
        assert_eq!(capacities(&other), [("a", 0.0), ("b", 40.0), ("c", 30.0)]);
        assert_eq!(settings(&one), [&Target::ServiceCapacity(0), &Target::ServiceCapacity(1)]);
        assert_eq!(settings(&other), [&Target::ServiceCapacity(2), &Target::ServiceCapacity(1)]);
        let (one, other) = with_same_services(&first, &first).expect("it can be compared with itself");
        assert_eq!((&one.services, &other.services, &one.events), (&first.services, &first.services, &first.events));
    }

    #[test]
    fn one_name_for_two_lanes_is_refused() {
        let refused = with_same_services(&scenario(&[("a", 7, 10.0)]), &scenario(&[("a", 8, 10.0)])).expect_err("other ports");
        assert!(refused.contains("\"a\"") && refused.contains("another name"), "{refused}");
    }
}
