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
