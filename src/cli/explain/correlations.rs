//! What is drawn together: the pairs that `[correlation]` comes to among the numbers of the run.

use crate::cli::columns::Columns;
use crate::cli::loading::Loaded;
use crate::scenario::Correlation;
use crate::uncertainty::{Copula, toml_key};

/// The copula, the sets that the pairs tie, and how far from what was asked for; above the table.
pub(super) fn heading(loaded: &Loaded) -> Option<String> {
    let correlation = loaded.scenario.correlation.as_ref()?;
    let copula = match correlation.copula {
        Copula::Gaussian => "Gaussian copula".to_string(),
        Copula::StudentT { df } => format!("Student-t copula of {df} degrees of freedom"),
    };
    let mut sizes: Vec<usize> = loaded.plan.world.parameters.components().iter().map(Vec::len).collect();
    sizes.sort_unstable_by(|a, b| b.cmp(a));
    let sets = sizes.chunk_by(|a, b| a == b).map(|same| match same {
        [size] => format!("a set of {size}"),
        _ => format!("{} sets of {}", same.len(), same[0]),
    });
    let sets: Vec<String> = sets.collect();
    let sets = if sets.is_empty() { "no two numbers tied".to_string() } else { sets.join(", ") };
    let repaired = loaded.plan.repair.as_ref().map(|repair| format!("\n  {repair}")).unwrap_or_default();
    Some(format!("Drawn together: {sets}; {copula}{repaired}"))
}

/// For a person: each line of the scenario with the pairs that it comes to, the strongest first.
pub(super) fn lines(loaded: &Loaded) -> Columns {
    let mut table = Columns::new(&["number", "with", "pairs", "rank correlation"], 2);
    let Some(correlation) = &loaded.scenario.correlation else { return table };
    let mut order: Vec<usize> = (0..correlation.pairs.len()).collect();
    order.sort_by(|&a, &b| correlation.pairs[b].spearman.abs().total_cmp(&correlation.pairs[a].spearman.abs()));
    let resolved = resolved(loaded, correlation);
    for written in order {
        let pair = &correlation.pairs[written];
        // What an earlier line says already is counted there.
        let count = resolved.iter().filter(|found| found.3 == written).count();
        table.row(vec![dotted(&pair.first), dotted(&pair.second), count.to_string(), pair.spearman.to_string()]);
    }
    table
}

/// For a spreadsheet: every pair.
pub(super) fn pairs(loaded: &Loaded) -> Columns {
    let mut table = Columns::new(&["number", "with", "rank_correlation"], 2);
    if let Some(correlation) = &loaded.scenario.correlation {
        let paths: Vec<&String> = loaded.plan.world.parameters.iter().map(|parameter| &parameter.path).collect();
        for (first, second, spearman, _) in resolved(loaded, correlation) {
            table.row(vec![paths[first].clone(), paths[second].clone(), spearman.to_string()]);
        }
    }
    table
}

/// Places of two numbers, their rank correlation, the line that says so. A plan that stands has found every path.
fn resolved(loaded: &Loaded, correlation: &Correlation) -> Vec<(usize, usize, f64, usize)> {
    let paths: Vec<&str> = loaded.plan.world.parameters.iter().map(|parameter| parameter.path.as_str()).collect();
    correlation.pairs_of(&paths).unwrap_or_default()
}

/// A path as a scenario writes it, stars and all.
fn dotted(parts: &[Option<String>]) -> String {
    parts.iter().map(|part| part.as_deref().map_or("*".to_string(), toml_key)).collect::<Vec<_>>().join(".")
}
